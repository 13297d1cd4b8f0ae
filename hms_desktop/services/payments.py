"""Taking money: for one bill or several, by one method or several; and what the operator says of mobile money later.

Two cashiers on one bill never take too much: the bill is held, what is owed is read from it, and only then money is
written down.
"""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import bills, cash, payments, settings
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import Payment, PaymentOutcome, Receipt
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import PaymentState
from hms_desktop.domain.bills import MOVABLE
from hms_desktop.domain.cash import PendingRow
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, NotFound, ReasonNeeded
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.states import PAYMENT, step
from hms_desktop.domain.tenders import Tender
from hms_desktop.services.money.drawers import own_drawer
from hms_desktop.services.money.leaving import let_go
from hms_desktop.services.money.moves import move, takes_money
from hms_desktop.services.money.papers import keep_receipt
from hms_desktop.services.money.receipts import write_receipt
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class TakePayment(Command):
    """Money of a patient. Without `bills`, every bill that is owed is paid, oldest first. `charges` names lines that
    the money is meant for (paid-first clinics); `payer_name` who paid, when it was not the patient.
    """

    patient_id: Id
    tenders: tuple[Tender, ...]
    bills: tuple[Id, ...] = ()
    charges: tuple[Id, ...] = ()
    payer_name: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmPayment(Command):
    """The operator says that the money is here."""

    payment_id: Id
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FailPayment(Command):
    """The operator says that no money came."""

    payment_id: Id
    note: str


@dataclass(frozen=True, slots=True)
class PaymentTaken:
    """A receipt. `balance` is still owed on these bills, money that is not confirmed counted as owed; `print_receipt`
    when the clinic wants the receipt printed by itself.
    """

    receipt_id: Id
    number: str
    paper_id: Id
    total: Decimal
    change: Decimal
    pending: Decimal
    balance: Decimal
    print_receipt: bool


@dataclass(frozen=True, slots=True)
class PaymentSettled:
    """What a pending payment became, and what its bills still ask for."""

    payment_id: Id
    state: PaymentState
    balance: Decimal


@writes("billing.pay")
def take_payment(work: Work, command: TakePayment) -> PaymentTaken:
    """Take money and give a receipt, whose paper is in the same transaction.

    Raises NoCashSession, CashSessionStale, TooMuchMoney (more than is owed now), CodeUsed, InvalidValue, WrongState.
    """
    if not command.tenders:
        raise InvalidValue(field="amount", reason="required")
    rows = _bills_to_pay(work, command)
    session = own_drawer(work)
    rooms = {row.id: bills.standing(row).owed for row in rows}
    written = write_receipt(work, session, command.patient_id, command.tenders, rooms, command.charges)
    balance = sum(rooms.values()) + sum(bills.standing(row).pending for row in rows) - sum(written.paid.values())
    before = {row.id: bills.standing(row) for row in rows if written.touches(row.id)}
    for row in (each for each in rows if each.id in before):
        paid, pending = written.paid.get(row.id, 0), written.pending.get(row.id, 0)
        move(work, row, paid=paid, pending=pending, first=command.charges)
    let_go(work, rows)
    money = work.facility.currency.from_minor
    paper_id = keep_receipt(work, written.receipt_id, before, payer_name=command.payer_name.strip())
    return PaymentTaken(
        written.receipt_id, written.number, paper_id, money(written.total),
        sum((tender.change for tender in command.tenders), ZERO), money(sum(written.pending.values())), money(balance),
        settings.flag(work, "print_receipt"),
    )  # fmt: skip


def _bills_to_pay(work: Work, command: TakePayment) -> list[AnyRow]:
    """The bills under lock, oldest first. Raises NotFound for a bill of somebody else, WrongState for a final one."""
    rows = bills.locked_all(work, command.bills or bills.movable_bills(work, command.patient_id))
    for row in rows:
        if row.patient_id != command.patient_id:
            raise NotFound(kind="bill", id=row.id)
        if command.bills:
            takes_money(row)
    return [row for row in rows if row.state in MOVABLE]


@reads("billing.view")
def pending_payments(reader: Reader, patient_id: Id | None = None) -> list[PendingRow]:
    """Mobile money that waits for its operator: of one patient, or all of it, oldest first."""
    return cash.pending(reader, patient_id=patient_id)


@writes("billing.confirm")
def confirm_payment(work: Work, command: ConfirmPayment) -> PaymentSettled:
    """Mobile money has come: what was pending is paid now. Raises WrongState when it is settled already."""
    return _settle(work, command.payment_id, PaymentState.CONFIRMED, command.note)


@writes("billing.confirm")
def fail_payment(work: Work, command: FailPayment) -> PaymentSettled:
    """Mobile money did not come: the bills are owed again. Raises WrongState (settled already), ReasonNeeded."""
    if not command.note.strip():
        raise ReasonNeeded(field="note", what="payment_failed")
    return _settle(work, command.payment_id, PaymentState.FAILED, command.note)


def _settle(work: Work, payment_id: Id, wanted: PaymentState, note: str) -> PaymentSettled:
    payment = work.get(Payment, payment_id)
    shares = payments.shares_of(work, payment_id)
    rows = bills.locked_all(work, shares)
    step(PAYMENT, payments.state_of(work, payment_id), wanted)
    work.insert(PaymentOutcome, payment_id=payment_id, state=wanted, note=note.strip())
    balance = 0
    for row in rows:
        part = shares[row.id]
        paid = part if wanted is PaymentState.CONFIRMED else 0
        new = move(work, row, pending=-part, paid=paid, first=payment.meant_for)
        balance += new.owed + new.pending
    let_go(work, rows)
    work.look(f"payments.{wanted}", "receipt", work.get(Receipt, payment.receipt_id).id)
    return PaymentSettled(payment_id, wanted, work.facility.currency.from_minor(balance))
