"""Bill (invoice): what was done, what it costs, what has come in and what is owed. On A5, A4 or a roll."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from hms_desktop.documents.flow import Flow
from hms_desktop.documents.layout import Setting, pages, roll, table_head
from hms_desktop.documents.money_lines import (
    MoneyLine,
    PaymentLine,
    ReductionLine,
    add_lines,
    add_payments,
    add_reductions,
    table_cells,
)
from hms_desktop.documents.parts import Form, Head, PatientLine, Printed, moment
from hms_desktop.documents.sheet import BLACK, INK, SOFT, Align
from hms_desktop.domain.billing import BillState
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.money import Currency
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, using


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPaper:
    """A bill. `total` is after reductions, `paid` everything received so far, `balance` what is owed now."""

    head: Head
    printed: Printed
    number: str
    issued: datetime
    currency: Currency
    lines: tuple[MoneyLine, ...]
    total: Decimal
    paid: Decimal
    balance: Decimal
    patient: PatientLine
    state: BillState
    reductions: tuple[ReductionLine, ...] = ()
    payments: tuple[PaymentLine, ...] = ()
    payer_name: str = ""
    visit_number: str = ""
    previous_balance: Decimal = Decimal(0)
    due: date | None = None
    form: Form = Form.A5


def render(paper: BillPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The bill as PDF."""
    with using(language):
        setting = Setting(
            head=paper.head, printed=paper.printed, title=tr("Bill"), number=paper.number, copy=copy, form=paper.form
        )
        if paper.form.is_roll:
            return roll(setting, lambda flow: _on_roll(flow, paper))
        return pages(setting, lambda flow: _on_page(flow, paper), patient=paper.patient, heading=_heading)


def _heading(flow: Flow) -> None:
    table_head(flow, *table_cells(flow, tr("Item"), tr("Qty"), tr("Price"), tr("Amount"), bold=True))


def _facts(paper: BillPaper) -> list[tuple[str, str]]:
    return [
        (tr("Date"), moment(paper.issued)),
        (tr("Due"), show_date(paper.due) if paper.due else ""),
        (tr("Visit"), paper.visit_number),
        (tr("Payer"), paper.payer_name),
        (tr("State"), say(paper.state)),
    ]


def _on_page(flow: Flow, paper: BillPaper) -> None:
    for label, value in _facts(paper):
        flow.fact(label, value, label_room=flow.room * 0.22)
    flow.gap(5)
    _heading(flow)
    add_lines(flow, paper.lines, paper.currency, roll=False)
    flow.keep_last()
    flow.rule(before=4, after=4, keep=True)
    start = flow.room * 0.42
    sums = Flow(flow.left + start, flow.room - start - 6, flow.size)
    _sums(sums, paper, INK)
    flow.beside(Flow(flow.left, start, flow.size), sums)


def _on_roll(flow: Flow, paper: BillPaper) -> None:
    flow.text(paper.number, size=flow.size + 2, bold=True, align=Align.MIDDLE, colour=BLACK, after=4)
    flow.text(paper.patient.name, bold=True, size=flow.size + 1, colour=BLACK)
    flow.text(" · ".join(each for each in (paper.patient.mrn, paper.patient.short()) if each), colour=BLACK)
    for label, value in _facts(paper):
        if value:
            flow.pair(label, value, share=0.3, colour=BLACK)
    flow.dashes()
    add_lines(flow, paper.lines, paper.currency, roll=True)
    flow.dashes()
    _sums(flow, paper, BLACK)


def _sums(flow: Flow, paper: BillPaper, colour: str) -> None:
    show = paper.currency.show
    if paper.reductions:
        flow.pair(tr("Subtotal"), show(sum((line.amount for line in paper.lines), Decimal(0))), colour=colour)
        add_reductions(flow, paper.reductions, paper.currency, colour)
    flow.pair(tr("Total"), paper.currency.show(paper.total, code=True), bold=True, share=0.45, colour=colour)
    if paper.previous_balance:
        flow.pair(tr("Previous balance"), show(paper.previous_balance), colour=colour)
    if paper.payments:
        flow.gap(3)
        flow.text(tr("Received"), size=flow.size - 1, colour=colour if colour == BLACK else SOFT)
        add_payments(flow, paper.payments, paper.currency, colour)
    flow.pair(tr("Paid"), show(paper.paid), colour=colour)
    flow.gap(3)
    owed = paper.currency.show(paper.balance, code=True)
    flow.pair(tr("To pay"), owed, bold=True, size=flow.size + 3, share=0.36, colour=colour)
