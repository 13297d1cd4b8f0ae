"""X and Z report: a cash session's float, takings, drawer and count. X is a look at a session; Z closes it, numbered."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from hms_desktop.documents.flow import Flow
from hms_desktop.documents.layout import Setting, badge, pages, roll
from hms_desktop.documents.parts import Form, Head, Printed, moment
from hms_desktop.documents.sheet import BLACK, INK, SOFT, Align
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
    """A cash session. `expected` is the cash that should be in the drawer; `counted` what was counted, blind.

    `voided` counts receipts that were reversed. `z_number` is given for a Z report only.
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
    expected: Decimal
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
    if paper.kind is ReportKind.X:
        badge(flow, tr("Session still open"))
    _facts(flow, paper, colour)
    _methods(flow, tr("Takings"), paper.takings, paper.currency, colour)
    _methods(flow, tr("Refunds"), paper.refunds, paper.currency, colour, sign=-1)
    _reductions(flow, paper, colour)
    _pending(flow, paper, colour)
    _drawer(flow, paper, colour)
    _count(flow, paper, colour)
    if paper.note:
        flow.gap(4)
        flow.text(paper.note, colour=colour)


def _facts(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    numbers = " – ".join(each for each in (paper.first_receipt, paper.last_receipt) if each)
    for label, value in (
        (tr("Session"), paper.session_number),
        (tr("Cashier"), paper.cashier),
        (tr("Opened"), moment(paper.opened_at)),
        (tr("Closed"), moment(paper.closed_at) if paper.closed_at else ""),
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
        flow.rule(before=6, after=5, keep=True)
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
        flow.pair(f"{each.operator} · {each.code}", paper.currency.show(each.amount), colour=colour)
        soft = colour if colour == BLACK else SOFT
        flow.text(
            " · ".join(part for part in (moment(each.at), each.receipt) if part),
            size=flow.size - 1,
            indent=8,
            colour=soft,
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
        flow.pair(f"{say(each.kind)}: {each.reason}", show(sign * each.amount), colour=colour)
        soft = colour if colour == BLACK else SOFT
        flow.text(
            " · ".join(part for part in (moment(each.at), each.by) if part), size=flow.size - 1, indent=8, colour=soft
        )
    flow.pair(tr("Expected"), paper.currency.show(paper.expected, code=True), bold=True, share=0.45, colour=colour)


def _count(flow: Flow, paper: CashReportPaper, colour: str) -> None:
    if paper.counted is None:
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
