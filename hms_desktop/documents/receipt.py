"""Receipt: what was paid, for what, how, and what is still owed. On a roll or on A5, with a code that proves it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hms_desktop.documents.codes import qr
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
from hms_desktop.documents.sheet import BLACK, INK, MM, SOFT, Align
from hms_desktop.domain.money import Currency
from hms_desktop.domain.plain import canonical
from hms_desktop.words.language import tr, using

_PROOF_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """A receipt. `total` is what the lines ask for after reductions, `paid` what this receipt took, `balance` what is
    still owed after it; `bills` are the numbers of the bills that it pays, `paid_before` what came for them earlier.
    """

    head: Head
    printed: Printed
    number: str
    issued: datetime
    currency: Currency
    payer_name: str
    lines: tuple[MoneyLine, ...]
    payments: tuple[PaymentLine, ...]
    total: Decimal
    paid: Decimal
    balance: Decimal
    patient: PatientLine | None = None
    reductions: tuple[ReductionLine, ...] = ()
    previous_balance: Decimal = Decimal(0)
    paid_before: Decimal = Decimal(0)
    tendered: Decimal | None = None
    change: Decimal = Decimal(0)
    bills: tuple[str, ...] = ()
    visit_number: str = ""
    form: Form = Form.ROLL_80


def proof(paper: ReceiptPaper) -> str:
    """`number|date|amount|first digits of SHA-256`: what the code on the receipt says.

    The hash is over the facts (who, what, how much, how), not over the look, the printer or the clinic's head.
    """
    facts = canonical(
        {
            "number": paper.number,
            "issued": paper.issued.isoformat(),
            "currency": paper.currency.code,
            "payer": paper.payer_name,
            "lines": [[line.text, str(line.quantity), str(line.amount)] for line in paper.lines],
            "reductions": [[each.kind.value, str(each.amount)] for each in paper.reductions],
            "payments": [[each.method.value, str(each.amount), each.code] for each in paper.payments],
            "total": str(paper.total),
            "paid": str(paper.paid),
            "balance": str(paper.balance),
        }
    )
    digest = hashlib.sha256(facts.encode()).hexdigest()[:_PROOF_DIGITS]
    amount = f"{paper.paid.quantize(paper.currency.smallest):f} {paper.currency.code}"
    return f"{paper.number}|{paper.issued.date().isoformat()}|{amount}|{digest}"


def proves(payload: str, paper: ReceiptPaper) -> bool:
    """Whether a scanned code belongs to these facts."""
    return payload == proof(paper)


def render(paper: ReceiptPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The receipt as PDF."""
    with using(language):
        setting = Setting(
            head=paper.head,
            printed=paper.printed,
            title=tr("Receipt"),
            number=paper.number,
            copy=copy,
            form=paper.form,
        )
        if paper.form.is_roll:
            return roll(setting, lambda flow: _on_roll(flow, paper), proof=lambda flow: _code(flow, paper, 24 * MM))
        return pages(setting, lambda flow: _on_page(flow, paper), patient=paper.patient)


def _on_roll(flow: Flow, paper: ReceiptPaper) -> None:
    flow.text(paper.number, size=flow.size + 2, bold=True, align=Align.MIDDLE, colour=BLACK, after=2)
    flow.text(moment(paper.issued), align=Align.MIDDLE, colour=BLACK, after=4)
    _who(flow, paper)
    flow.dashes()
    add_lines(flow, paper.lines, paper.currency, roll=True)
    flow.dashes()
    _sums(flow, paper, BLACK)


def _who(flow: Flow, paper: ReceiptPaper) -> None:
    patient = paper.patient
    if patient is not None:
        flow.text(patient.name, bold=True, size=flow.size + 1, colour=BLACK)
        flow.text(" · ".join(each for each in (patient.mrn, patient.short()) if each), colour=BLACK)
    if paper.payer_name and (patient is None or paper.payer_name != patient.name):
        flow.text(tr("Paid by {name}", name=paper.payer_name), colour=BLACK)
    _references(flow, paper, BLACK)


def _references(flow: Flow, paper: ReceiptPaper, colour: str) -> None:
    if paper.bills:
        flow.text(tr("Bill {number}", number=", ".join(paper.bills)), size=flow.size - 0.5, colour=colour)
    if paper.visit_number:
        flow.text(tr("Visit {number}", number=paper.visit_number), size=flow.size - 0.5, colour=colour)


def _on_page(flow: Flow, paper: ReceiptPaper) -> None:
    flow.pair(tr("Date"), moment(paper.issued), label_colour=SOFT)
    if paper.payer_name and (paper.patient is None or paper.payer_name != paper.patient.name):
        flow.pair(tr("Paid by"), paper.payer_name, label_colour=SOFT)
    _references(flow, paper, SOFT)
    flow.gap(4)
    table_head(flow, *table_cells(flow, tr("Item"), tr("Qty"), tr("Price"), tr("Amount"), bold=True))
    add_lines(flow, paper.lines, paper.currency, roll=False)
    flow.keep_last()
    flow.rule(before=4, after=4, keep=True)
    start = flow.room * 0.42
    sums = Flow(flow.left + start, flow.room - start - 6, flow.size)
    _sums(sums, paper, INK)
    code = Flow(flow.left, 26 * MM, flow.size)
    code.gap(4)
    _code(code, paper, 26 * MM)
    flow.beside(code, sums)


def _sums(flow: Flow, paper: ReceiptPaper, colour: str) -> None:
    show = paper.currency.show
    if paper.reductions:
        flow.pair(tr("Subtotal"), show(sum((line.amount for line in paper.lines), Decimal(0))), colour=colour)
        add_reductions(flow, paper.reductions, paper.currency, colour)
    flow.pair(tr("Total"), paper.currency.show(paper.total, code=True), bold=True, share=0.5, colour=colour)
    if paper.previous_balance:
        flow.pair(tr("Previous balance"), show(paper.previous_balance), colour=colour)
    if paper.paid_before:
        flow.pair(tr("Paid before"), show(-paper.paid_before), colour=colour)
    flow.gap(3)
    add_payments(flow, paper.payments, paper.currency, colour)
    flow.gap(2)
    flow.pair(
        tr("Paid"),
        paper.currency.show(paper.paid, code=True),
        bold=True,
        size=flow.size + 3.5,
        share=0.38,
        colour=colour,
    )
    if paper.tendered is not None:
        flow.pair(tr("Tendered"), show(paper.tendered), colour=colour)
        flow.pair(tr("Change"), show(paper.change), colour=colour)
    flow.pair(
        tr("Balance still owed"), paper.currency.show(paper.balance, code=True), bold=True, colour=colour, share=0.55
    )


def _code(flow: Flow, paper: ReceiptPaper, side: float) -> None:
    payload = proof(paper)
    extent, bars = qr(payload)
    module = side / extent
    flow.code(extent, bars, module, rows=extent, height=module, after=3)
    flow.text(
        payload.rsplit("|", 1)[-1],
        size=flow.size - 2,
        align=Align.MIDDLE,
        colour=SOFT if not paper.form.is_roll else BLACK,
    )
