"""Giving money back: a refund of a credit, lines credited after they were paid, a payment that was taken wrongly.

Nothing taken is ever edited: each is a new fact that names the payment it undoes, gives its reason, and above the
clinic's limit a second person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import bill_papers, bills, payments
from hms_desktop.data.queries.bill_papers import LineFacts
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.billing import Payment, Receipt, Refund
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import PaymentMethod, PaymentState, RefundKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, NotFound, ReasonNeeded, TooMuchMoney, WrongState
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.tenders import Tender
from hms_desktop.services.approval import require_second_above
from hms_desktop.services.charges import void_charge
from hms_desktop.services.money.drawers import own_drawer, take_from_drawer
from hms_desktop.services.money.moves import move
from hms_desktop.services.money.papers import keep_receipt, keep_refund_note
from hms_desktop.services.money.receipts import Written, write_receipt
from hms_desktop.services.service import writes


@dataclass(frozen=True, kw_only=True)
class GiveRefund(Command):
    """Money back to the patient, from one payment, on one bill. `charges` are paid lines that are credited with it (not
    given, not done); without them a credit that the bill already shows is given back. `method` is how the money goes:
    cash, or the way it came.
    """

    payment_id: Id
    bill_id: Id
    amount: Decimal
    reason: str
    method: PaymentMethod = PaymentMethod.CASH
    code: str = ""
    charges: tuple[Id, ...] = ()
    approved_by: Id | None = None


@dataclass(frozen=True, kw_only=True)
class ReversePayment(Command):
    """Undo a payment that was written down wrongly: `replacement` is how the money really came (another method), or
    nothing when it never came or belongs to another bill.
    """

    payment_id: Id
    reason: str
    replacement: Tender | None = None
    approved_by: Id | None = None


@dataclass(frozen=True, slots=True)
class RefundGiven:
    """A refund or credit note with its paper. `credit` is what the bill still owes the patient."""

    refund_id: Id
    number: str
    paper_id: Id
    amount: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True)
class PaymentReversed:
    """The notes of a reversal, one a bill, and the receipt of its replacement when there is one."""

    amount: Decimal
    numbers: tuple[str, ...]
    paper_ids: tuple[Id, ...]
    receipt_number: str
    receipt_paper_id: Id | None


@writes("billing.refund")
def give_refund(work: Work, command: GiveRefund) -> RefundGiven:
    """Give money back with a note. Raises ReasonNeeded, TooMuchMoney (more than the payment or the credit),
    SecondPersonNeeded, NotEnoughCash, NoCashSession, WrongState (the payment is not confirmed), NotFound.
    """
    payment = _checked(work, command.payment_id, command.reason, "refund")
    amount = work.facility.currency.to_minor(command.amount)
    if amount <= 0:
        raise InvalidValue(field="amount", reason="not_positive")
    if command.method not in {PaymentMethod.CASH, payment.method}:
        raise InvalidValue(field="method", reason="choice", value=command.method)
    bills.locked(work, command.bill_id)
    credited = _credit_lines(work, command)
    row = bills.locked(work, command.bill_id)
    _within(work, amount, payments.refundable(work, payment.id).get(row.id, 0))
    _within(work, amount, bills.standing(row).credit)
    so_far = work.facility.currency.from_minor(payments.refunded_on(work, row.id) + amount)
    require_second_above(work, command.approved_by, "billing.approve", so_far, "refund_limit")
    session = own_drawer(work)
    if command.method is PaymentMethod.CASH:
        take_from_drawer(work, session, amount)
    kind = RefundKind.CREDIT_NOTE if credited else RefundKind.REFUND
    refund_id, number = _write(
        work, session, row, payment, amount, kind, command.method, command.reason, command.approved_by, command.code
    )
    standing = move(work, row, refunded=amount)
    paper_id = keep_refund_note(work, refund_id, asked_by=work.actor.name, credited=credited)
    credit = work.facility.currency.from_minor(standing.credit)
    return RefundGiven(refund_id, number, paper_id, command.amount, credit)


def _checked(work: Work, payment_id: Id, reason: str, what: str) -> AnyRow:
    """The payment, if it may be undone at all. Raises ReasonNeeded, NotFound, WrongState."""
    if not reason.strip():
        raise ReasonNeeded(field="reason", what=what)
    payment = work.get(Payment, payment_id)
    state = payments.state_of(work, payment_id)
    if state is not PaymentState.CONFIRMED:
        raise WrongState(kind="payment", state=state, wanted=PaymentState.CONFIRMED)
    return payment


def _credit_lines(work: Work, command: GiveRefund) -> list[LineFacts]:
    """Void the lines that are given back. Raises NotFound for a line of another bill."""
    live = {line.charge_id: line for line in bill_papers.lines(work, {command.bill_id})}
    for charge_id in command.charges:
        if charge_id not in live:
            raise NotFound(kind="charge", id=charge_id)
        void_charge(work, charge_id, command.reason)
    return [live[charge_id] for charge_id in command.charges]


def _within(work: Work, amount: int, limit: int) -> None:
    if amount > limit:
        money = work.facility.currency.from_minor
        raise TooMuchMoney(field="amount", amount=money(amount), limit=money(limit))


def _write(
    work: Work, session: AnyRow, row: AnyRow, payment: AnyRow, amount: int, kind: RefundKind, method: PaymentMethod,
    reason: str, approved_by: Id | None, code: str = "",
) -> tuple[Id, str]:  # fmt: skip
    number = work.number(NumberKind.REFUND)
    refund_id = work.insert(
        Refund, number=number, kind=kind, payment_id=payment.id, bill_id=row.id, patient_id=row.patient_id,
        session_id=session.id, method=method, amount=amount, code=code.strip(), reason=reason.strip()[:300],
        approved_by=approved_by, day=work.today,
    )  # fmt: skip
    return refund_id, number


@writes("billing.refund")
def reverse_payment(work: Work, command: ReversePayment) -> PaymentReversed:
    """Undo what is left of a payment, and write down how the money really came, both or neither.

    Raises ReasonNeeded, WrongState, TooMuchMoney (nothing is left of it), SecondPersonNeeded (above the limit, when
    cash or no money stands against it), NotEnoughCash, NoCashSession, CodeUsed, InvalidValue.
    """
    payment = _checked(work, command.payment_id, command.reason, "reversal")
    rows = bills.locked_all(work, payments.shares_of(work, payment.id))
    left = {bill: part for bill, part in payments.refundable(work, payment.id).items() if part > 0}
    total = sum(left.values())
    _within(work, 1, total)
    amount = work.facility.currency.from_minor(total)
    was_cash = payment.method == PaymentMethod.CASH
    if was_cash or command.replacement is None:
        require_second_above(work, command.approved_by, "billing.approve", amount, "refund_limit")
    session = own_drawer(work)
    if was_cash:
        take_from_drawer(work, session, total)
    rows = [row for row in rows if row.id in left]
    notes = [
        _write(
            work, session, row, payment, left[row.id], RefundKind.REVERSAL, payment.method, command.reason,
            command.approved_by,
        )
        for row in rows
    ]  # fmt: skip
    before = {row.id: bills.standing(row) for row in rows}
    written = _replace(work, session, payment, command.replacement, left)
    for row in rows:
        paid, pending = (written.paid, written.pending) if written else ({}, {})
        move(
            work, row, refunded=left[row.id], paid=paid.get(row.id, 0), pending=pending.get(row.id, 0),
            first=payment.meant_for,
        )  # fmt: skip
    paper_ids = tuple(keep_refund_note(work, refund_id, asked_by=work.actor.name) for refund_id, _number in notes)
    receipt_paper = None if written is None else keep_receipt(work, written.receipt_id, before)
    return PaymentReversed(
        amount, tuple(number for _id, number in notes), paper_ids, written.number if written else "", receipt_paper
    )


def _replace(
    work: Work, session: AnyRow, payment: AnyRow, tender: Tender | None, left: Mapping[Id, int]
) -> Written | None:
    """Write down how the money really came: the same amount, into the same bills. Raises InvalidValue otherwise."""
    if tender is None:
        return None
    if work.facility.currency.to_minor(tender.amount) != sum(left.values()):
        raise InvalidValue(field="amount", reason="not_the_same")
    patient_id = work.get(Receipt, payment.receipt_id).patient_id
    return write_receipt(work, session, patient_id, [tender], left, payment.meant_for)
