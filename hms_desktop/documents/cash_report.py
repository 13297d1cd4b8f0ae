"""X and Z report: a cash session's float, takings, drawer and count. X is a look at a session; Z closes it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from hms_desktop.documents.flow import Flow
from hms_desktop.documents.layout import Setting, badge, pages, roll, signatures
from hms_desktop.documents.parts import Form, Head, Printed, moment
from hms_desktop.documents.sheet import BLACK, INK, Align
from hms_desktop.domain.billing import AdjustmentKind, CashMovementKind, PaymentMethod
from hms_desktop.domain.money import Currency
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, using


class ReportKind(StrEnum):
    """X: the session goes on. Z: it is closed and never changes again."""

    X = "x"
    Z = "z"


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodTotal:
    """Money of one method: how many payments (or refunds) and how much."""

    method: PaymentMethod
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerLine:
    """Money that entered or left the drawer without a patient. `amount` is positive."""

    kind: CashMovementKind
    amount: Decimal
    reason: str
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denomination:
    """How many notes or coins of one face value were counted."""

    face: Decimal
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingLine:
    """Mobile money that the operator has not confirmed."""

    operator: str
    code: str
    amount: Decimal
    at: datetime
    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionTotal:
    """Discounts or waivers of one kind, given in this session."""

    kind: AdjustmentKind
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CashReportPaper:
    """A cash session. `expected` is the cash that should be in the drawer (None: not shown before the drawer was
    counted); `counted` what was counted, blind.

    `counts` says how often the drawer was counted, `first_count` what the first count gave; `closed_by` who closed it
    when it was not the cashier; `late` is mobile money of earlier sessions that was confirmed in this one.
    `voided` counts payments that were reversed. `z_number` is given for a Z report only.
    """

    head: Head
    printed: Printed
    kind: ReportKind
    session_number: str
    z_number: int | None
    currency: Currency
    cashier: str
    opened_at: datetime
    closed_at: datetime | None
    float_amount: Decimal
    takings: tuple[MethodTotal, ...]
    expected: Decimal | None
    refunds: tuple[MethodTotal, ...] = ()
    movements: tuple[DrawerLine, ...] = ()
    counted: Decimal | None = None
    denominations: tuple[Denomination, ...] = ()
    pending: tuple[PendingLine, ...] = ()
    reductions: tuple[ReductionTotal, ...] = ()
    first_receipt: str = ""
    last_receipt: str = ""
    receipts: int = 0
    voided: int = 0
    difference_reason: str = ""
    counts: int = 0
    first_count: Decimal | None = None
    closed_by: str = ""
    late: MethodTotal | None = None
    note: str = ""
    form: Form = Form.ROLL_80


def render(paper: CashReportPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The report as PDF."""
    with using(language):
        number = paper.session_number if paper.z_number is None else tr("No. {number}", number=paper.z_number)
        setting = Setting(
            head=paper.head,
            printed=paper.printed,
            title=tr("Z report") if paper.kind is ReportKind.Z else tr("X report"),
            number=number,
            copy=copy,
            form=paper.form,
        )
        if paper.form.is_roll:
            return roll(setting, lambda flow: _on_roll(flow, paper, number))
        return pages(setting, lambda flow: _content(flow, paper, INK))


def _on_roll(flow: Flow, paper: CashReportPaper, number: str) -> None:
    flow.text(number, size=flow.size + 2, bold=True, align=Align.MIDDLE, colour=BLACK, after=4)
    _content(flow, paper, BLACK)


def _content(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    flow.ruled = not paper.form.is_roll
    if paper.kind is ReportKind.X:
        badge(flow, tr("Session still open"))
    _facts(flow, paper, colour)
    _methods(flow, tr("Takings"), paper.takings, paper.currency, colour)
    _methods(flow, tr("Refunds"), paper.refunds, paper.currency, colour, sign=-1)
    _reductions(flow, paper, colour)
    _pending(flow, paper, colour)
    _late(flow, paper, colour)
    _drawer(flow, paper, colour)
    _count(flow, paper, colour)
    flow.gap(4)
    flow.text(paper.note, colour=colour)
    if paper.kind is ReportKind.Z:
        flow.gap(30)
        signatures(flow, (tr("Cashier"), tr("Checked by")), colour)


def _facts(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    numbers = " – ".join(each for each in (paper.first_receipt, paper.last_receipt) if each)
    for label, value in (
        (tr("Session"), paper.session_number),
        (tr("Cashier"), paper.cashier),
        (tr("Opened"), moment(paper.opened_at)),
        (tr("Closed"), moment(paper.closed_at) if paper.closed_at else ""),
        (tr("Closed by"), paper.closed_by),
        (tr("Receipts"), str(paper.receipts)),
        (tr("Numbers"), numbers),
        (tr("Reversed"), str(paper.voided)),
    ):
        if value:
            flow.pair(label, value, share=0.3, colour=colour)


def _section(flow: Flow, title: str, colour: str) -> None:
    if colour == BLACK:
        flow.dashes()
    else:
        flow.gap(10, keep=True)
    flow.text(title, bold=True, size=flow.size + 0.5, colour=colour, after=1, keep=True)


def _methods(
    flow: Flow, title: str, totals: tuple[MethodTotal, ...], currency: Currency, colour: str, *, sign: int = 1
) -> None:
    if not totals and sign < 0:
        return
    _section(flow, title, colour)
    for each in totals:
        flow.pair(f"{say(each.method)} ({each.count})", currency.show(sign * each.amount), colour=colour)
    total = sum((each.amount for each in totals), Decimal(0))
    flow.pair(tr("Total"), currency.show(sign * total, code=True), bold=True, share=0.45, colour=colour)


def _reductions(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    if paper.reductions:
        _section(flow, tr("Waivers and discounts"), colour)
        for each in paper.reductions:
            flow.pair(f"{say(each.kind)} ({each.count})", paper.currency.show(each.amount), colour=colour)


def _pending(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    if not paper.pending:
        return
    _section(flow, tr("Mobile money, NOT CONFIRMED"), colour)
    for each in paper.pending:
        what, when = f"{each.operator} · {each.code}", (moment(each.at), each.receipt)
        _dated(flow, what, when, paper.currency.show(each.amount), colour)


def _dated(flow: Flow, what: str, when: tuple[str, ...], amount: str, colour: str) -> None:
    """An amount with its moment: in the same row on a page, below it on a roll."""
    more = " · ".join(each for each in when if each)
    if flow.ruled:
        flow.pair(f"{what} · {more}", amount, share=0.8, colour=colour)
        return
    flow.pair(what, amount, colour=colour)
    flow.text(more, size=flow.size - 1, indent=8, colour=colour)


def _late(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    if paper.late is not None:
        _section(flow, tr("Confirmed from earlier sessions"), colour)
        flow.pair(
            f"{say(paper.late.method)} ({paper.late.count})", paper.currency.show(paper.late.amount), colour=colour
        )


def _drawer(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    show = paper.currency.show
    cash = PaymentMethod.CASH
    taken = sum((each.amount for each in paper.takings if each.method is cash), Decimal(0))
    given = sum((each.amount for each in paper.refunds if each.method is cash), Decimal(0))
    _section(flow, tr("Cash drawer"), colour)
    flow.pair(tr("Float"), show(paper.float_amount), colour=colour)
    flow.pair(tr("Cash taken"), show(taken), colour=colour)
    if given:
        flow.pair(tr("Cash refunded"), show(-given), colour=colour)
    for each in paper.movements:
        sign = -1 if each.kind is CashMovementKind.OUT else 1
        what, amount = f"{say(each.kind)}: {each.reason}", show(sign * each.amount)
        _dated(flow, what, (moment(each.at), each.by), amount, colour)
    if paper.expected is not None:
        flow.pair(tr("Expected"), paper.currency.show(paper.expected, code=True), bold=True, share=0.45, colour=colour)


def _count(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    if paper.counted is None or paper.expected is None:
        return
    _section(flow, tr("Counted"), colour)
    for each in paper.denominations:
        face = f"{each.face.normalize():f}"
        flow.pair(f"{face} × {each.count}", paper.currency.show(each.face * each.count), colour=colour)
    flow.pair(tr("Counted"), paper.currency.show(paper.counted, code=True), bold=True, share=0.45, colour=colour)
    difference = paper.counted - paper.expected
    word = tr("Exact") if not difference else tr("Over") if difference > 0 else tr("Short")
    flow.gap(2)
    flow.pair(
        word, paper.currency.show(difference, code=True), bold=True, size=flow.size + 2.5, share=0.4, colour=colour
    )
    if paper.difference_reason:
        flow.text(tr("Reason: {reason}", reason=paper.difference_reason), colour=colour)
    if paper.counts > 1 and paper.first_count is not None:
        first = paper.currency.show(paper.first_count)
        flow.text(tr("Counted {n} times, first {amount}", n=paper.counts, amount=first), colour=colour)
