"""Refund note: money given back, why, by whom and for which receipt. The first receipt stays as it was."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hms_desktop.documents.flow import Flow
from hms_desktop.documents.layout import Setting, pages, roll, signatures
from hms_desktop.documents.money_lines import MoneyLine, add_lines
from hms_desktop.documents.parts import Form, Head, PatientLine, Printed, moment
from hms_desktop.documents.sheet import BLACK, INK, Align
from hms_desktop.domain.billing import PaymentMethod, RefundKind
from hms_desktop.domain.money import Currency
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, using


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundNotePaper:
    """A refund. `receipt_number` is the first receipt; `approved_by` the second person, where the rule asks for one."""

    head: Head
    printed: Printed
    number: str
    issued: datetime
    currency: Currency
    kind: RefundKind
    amount: Decimal
    method: PaymentMethod
    receipt_number: str
    patient: PatientLine
    reason: str
    requested_by: str
    approved_by: str = ""
    bill_number: str = ""
    lines: tuple[MoneyLine, ...] = ()
    code: str = ""
    form: Form = Form.ROLL_80


def render(paper: RefundNotePaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The refund note as PDF."""
    with using(language):
        setting = Setting(
            head=paper.head,
            printed=paper.printed,
            title=say(paper.kind),
            number=paper.number,
            copy=copy,
            form=paper.form,
        )
        if paper.form.is_roll:
            return roll(setting, lambda flow: _on_roll(flow, paper))
        return pages(setting, lambda flow: _content(flow, paper, INK), patient=paper.patient)


def _on_roll(flow: Flow, paper: RefundNotePaper) -> None:
    flow.text(paper.number, size=flow.size + 2, bold=True, align=Align.MIDDLE, colour=BLACK, after=4)
    flow.text(paper.patient.name, bold=True, size=flow.size + 1, colour=BLACK)
    flow.text(" · ".join(each for each in (paper.patient.mrn, paper.patient.short()) if each), colour=BLACK)
    flow.dashes()
    _content(flow, paper, BLACK)


def _content(flow: Flow, paper: RefundNotePaper, colour: str) -> None:
    for label, value in (
        (tr("Date"), moment(paper.issued)),
        (tr("Receipt"), paper.receipt_number),
        (tr("Bill"), paper.bill_number),
        (tr("Given back as"), say(paper.method)),
        (tr("Code"), paper.code),
        (tr("Asked by"), paper.requested_by),
        (tr("Approved by"), paper.approved_by),
    ):
        if value:
            flow.pair(label, value, share=0.4, colour=colour)
    flow.gap(3)
    flow.text(tr("Reason: {reason}", reason=paper.reason), colour=colour)
    if paper.lines:
        flow.gap(2)
        add_lines(flow, paper.lines, paper.currency, roll=True)
    flow.gap(4)
    shown = paper.currency.show(paper.amount, code=True)
    flow.pair(tr("Given back"), shown, bold=True, size=flow.size + 3, share=0.42, colour=colour)
    flow.gap(30)
    signatures(flow, (tr("Received by"), tr("Cashier")), colour)
