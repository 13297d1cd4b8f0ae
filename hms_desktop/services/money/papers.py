"""Papers about money: their facts are gathered from the store in the transaction that they prove."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hms_desktop.data.queries import bill_papers, bills, cash, settings
from hms_desktop.data.queries.bill_papers import LineFacts, PaymentFacts, ReductionFacts
from hms_desktop.data.queries.facility import stations
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.billing import Bill, PayerGroup, Payment, Receipt, Refund
from hms_desktop.data.work import Work
from hms_desktop.documents.bill import BillPaper
from hms_desktop.documents.money_lines import MoneyLine, PaymentLine, ReductionLine
from hms_desktop.documents.parts import Form
from hms_desktop.documents.receipt import ReceiptPaper
from hms_desktop.documents.refund_note import RefundNotePaper
from hms_desktop.domain.billing import AdjustmentKind, BillState, PaymentState, RefundKind
from hms_desktop.domain.bills import Standing, due_on
from hms_desktop.domain.ids import Id
from hms_desktop.domain.texts import pick
from hms_desktop.services.catalogue import reason_rows
from hms_desktop.services.papers import head, keep_paper, patient_line, printed


def receipt_form(reader: Reader) -> Form:
    """The paper in this station's receipt printer."""
    mine = (line for line in stations(reader.connection) if line.station.id == reader.station.id)
    return next((Form(line.receipt_paper.value) for line in mine), Form.ROLL_80)


def reason_text(category: str, reason: str, language: str, kind: str = "waiver") -> str:
    """A reason as a person reads it: the listed one, with what was written beside it."""
    listed = next((pick(row.name, language) for row in reason_rows(kind) if row.code == category), "")
    return " – ".join(part for part in (listed, reason.strip()) if part)


def keep_receipt(work: Work, receipt_id: Id, before: Mapping[Id, Standing], payer_name: str = "") -> Id:
    """Keep a receipt's paper. `before` holds the bills that it pays, as they stood before the money came."""
    receipt = work.get(Receipt, receipt_id)
    money = work.facility.currency.from_minor
    rows = bill_papers.bills_with_visits(work, before)
    paid = _once(bill_papers.payments(work, receipt_id=receipt_id))
    patient = patient_line(work, receipt.patient_id)
    now = [bills.standing(row) for row in rows]
    cash_given = sum(each.tendered for each in paid if each.tendered is not None)
    paper = ReceiptPaper(
        head=head(work, about_money=True),
        printed=printed(work),
        number=receipt.number,
        issued=work.local(receipt.taken_at),
        currency=work.facility.currency,
        payer_name=payer_name or patient.name,
        lines=_lines(work, rows, before),
        payments=tuple(_payment(work, each) for each in paid),
        total=money(sum(each.asked for each in now)),
        paid=money(sum(each.whole for each in paid if each.state is PaymentState.CONFIRMED)),
        balance=money(sum(max(0, each.unpaid) for each in now)),
        patient=patient,
        reductions=_reductions(work, before),
        paid_before=money(sum(each.kept for each in before.values())),
        tendered=money(cash_given) if cash_given else None,
        change=money(sum(each.change for each in paid)),
        bills=tuple(row.number for row in rows),
        visit_number=", ".join(row.visit_number for row in rows),
        form=receipt_form(work),
    )
    return keep_paper(
        work, "receipt", paper, subject_table="receipt", subject_id=receipt_id, patient_id=receipt.patient_id,
        number=receipt.number,
    )  # fmt: skip


def keep_bill(work: Work, bill_id: Id) -> Id:
    """Keep the paper of a bill as it stands now: lines, reductions, payments with their state, what is to be paid."""
    (row,) = bill_papers.bills_with_visits(work, {bill_id})
    money = work.facility.currency.from_minor
    standing = bills.standing(row)
    group = None if row.payer_group_id is None else work.get(PayerGroup, row.payer_group_id)
    others = [bills.standing(each) for each in _other_debts(work, row)]
    paid = [each for each in bill_papers.payments(work, bill_ids={bill_id}) if each.state is not PaymentState.FAILED]
    paper = BillPaper(
        head=head(work, about_money=True),
        printed=printed(work),
        number=row.number,
        issued=work.local(work.now),
        currency=work.facility.currency,
        lines=_lines(work, [row], {bill_id}),
        total=money(standing.asked),
        paid=money(standing.kept),
        balance=money(standing.unpaid),
        patient=patient_line(work, row.patient_id),
        state=BillState(row.state),
        reductions=_reductions(work, {bill_id}),
        payments=tuple(_payment(work, replace(each, whole=each.amount), earlier=True) for each in paid),
        payer_name="" if group is None else pick(group.name, work.actor.language),
        visit_number=row.visit_number,
        previous_balance=money(sum(each.owed for each in others)),
        due=due_on(row.day, settings.whole(work, "bill_due_days")) if standing.owed else None,
    )
    return keep_paper(
        work, "bill", paper, subject_table="bill", subject_id=bill_id, patient_id=row.patient_id, number=row.number
    )


def _other_debts(reader: Reader, row: Any) -> list[Any]:
    wanted = set(bills.movable_bills(reader, row.patient_id)) - {row.id}
    return [each for each in bill_papers.bills_with_visits(reader, wanted) if each.day < row.day]


def keep_refund_note(work: Work, refund_id: Id, *, asked_by: str, credited: Sequence[LineFacts] = ()) -> Id:
    """Keep the paper of money given back. `credited` are the lines that the patient does not pay for any more."""
    refund = work.get(Refund, refund_id)
    payment = work.get(Payment, refund.payment_id)
    money = work.facility.currency.from_minor
    paper = RefundNotePaper(
        head=head(work),
        printed=printed(work),
        number=refund.number,
        issued=work.local(refund.created_at),
        currency=work.facility.currency,
        kind=RefundKind(refund.kind),
        amount=money(refund.amount),
        method=refund.method,
        receipt_number=work.get(Receipt, payment.receipt_id).number,
        patient=patient_line(work, refund.patient_id),
        reason=refund.reason,
        requested_by=asked_by,
        approved_by=cash.person(work, refund.approved_by),
        bill_number=work.get(Bill, refund.bill_id).number,
        lines=tuple(_line(work, each) for each in credited),
        code=refund.code,
        form=receipt_form(work),
    )
    return keep_paper(
        work, "refund-note", paper, subject_table="refund", subject_id=refund_id, patient_id=refund.patient_id,
        number=refund.number,
    )  # fmt: skip


def _lines(reader: Reader, rows: Sequence[Any], bill_ids: Collection[Id]) -> tuple[MoneyLine, ...]:
    """The lines of the bills; those of several bills stand under the number of theirs."""
    found = bill_papers.lines(reader, bill_ids)
    if len(rows) == 1:
        return tuple(_line(reader, each) for each in found)
    return tuple(
        replace(_line(reader, each), group=row.number) for row in rows for each in found if each.bill_id == row.id
    )


def _line(reader: Reader, line: LineFacts) -> MoneyLine:
    money = reader.facility.currency.from_minor
    return MoneyLine(
        text=line.text, amount=money(line.amount), quantity=Decimal(line.quantity), unit_price=money(line.unit_price)
    )


def _reductions(reader: Reader, bill_ids: Collection[Id]) -> tuple[ReductionLine, ...]:
    return tuple(_reduction(reader, each) for each in bill_papers.reductions(reader, bill_ids))


def _reduction(reader: Reader, each: ReductionFacts) -> ReductionLine:
    rounding = each.kind is AdjustmentKind.ROUNDING
    reason = "" if rounding else reason_text(each.category, each.reason, reader.actor.language)
    return ReductionLine(
        kind=each.kind, amount=reader.facility.currency.from_minor(each.amount), reason=reason, by=each.by
    )


def _once(parts: Sequence[PaymentFacts]) -> list[PaymentFacts]:
    """Each payment once, though it may pay several bills."""
    return list({each.payment_id: each for each in parts}.values())


def _payment(reader: Reader, each: PaymentFacts, *, earlier: bool = False) -> PaymentLine:
    return PaymentLine(
        method=each.method,
        amount=reader.facility.currency.from_minor(each.whole),
        state=each.state,
        operator=each.operator,
        code=each.code,
        at=reader.local(each.at) if earlier else None,
        receipt=each.receipt if earlier else "",
    )
