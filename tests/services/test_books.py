"""The books after any sequence of charges, payments, refunds and reversals: nothing is lost, nothing is doubled.

Σ charges not void = Σ bill lines; Σ bills − adjustments = payments − refunds + outstanding.
"""

import contextlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries import bills, cash
from hms_desktop.data.tables.billing import Adjustment, Bill, BillItem, Charge, Payment, Receipt, Refund
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import AdjustmentKind, BillState, PaymentMethod, PaymentState
from hms_desktop.domain.bills import MOVABLE, settled_by, state_of
from hms_desktop.domain.checkdigit import parse_number
from hms_desktop.domain.errors import Refused
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.tenders import Tender
from hms_desktop.services.bills import ReduceBill, VoidLine, reduce_bill, void_line
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.payments import (
    ConfirmPayment,
    FailPayment,
    TakePayment,
    confirm_payment,
    fail_payment,
    pending_payments,
    take_payment,
)
from hms_desktop.services.refunds import GiveRefund, ReversePayment, give_refund, reverse_payment
from tests.make import billing as make
from tests.stores import make_user

AMOUNTS = st.integers(min_value=1, max_value=900)
PICKS = st.integers(min_value=0, max_value=30)


class MoneyMachine(RuleBasedStateMachine):
    """People at the cashier's do anything, in any order; what the clinic's rules refuse changes nothing."""

    clinic: ClassVar[Clinic]
    cashier: ClassVar[Actor]
    supervisor: ClassVar[Actor]

    def __init__(self) -> None:
        super().__init__()
        self.guest = make.billed_patient(self.clinic)
        self.codes = 0

    def attempt(self, service: Callable[..., Any], command: Any, who: Actor | None = None) -> None:
        """Do it, or be refused; the same key again never does it twice."""
        for _press in range(2):
            with contextlib.suppress(Refused):
                service(self.clinic, who or self.cashier, command)

    @property
    def seen(self) -> Any:
        return make.account(self.clinic, self.guest)

    @rule(code=st.sampled_from(["dressing", "swab", "free"]), quantity=st.integers(min_value=1, max_value=3))
    def something_is_done(self, code: str, quantity: int) -> None:
        make.charge(self.clinic, self.cashier, self.guest, code, quantity)

    @rule()
    def the_patient_comes_another_day(self) -> None:
        self.guest = make.next_visit(self.clinic, self.guest)

    @rule(amount=AMOUNTS, given=st.integers(min_value=0, max_value=50), pick=PICKS, chosen=st.booleans())
    def cash_is_paid(self, amount: int, given: int, pick: int, chosen: bool) -> None:
        lines = self.seen.lines
        charges = (lines[pick % len(lines)].charge_id,) if chosen and lines else ()
        tender = make.cash(amount, amount + given)
        command = TakePayment(patient_id=self.guest.patient_id, tenders=(tender,), charges=charges)
        self.attempt(take_payment, command)

    @rule()
    def everything_is_paid(self) -> None:
        owed = self.seen.owed
        if owed > 0:
            command = TakePayment(patient_id=self.guest.patient_id, tenders=(make.cash(str(owed)),))
            self.attempt(take_payment, command)

    @rule(amount=AMOUNTS, part=AMOUNTS, code=st.integers(min_value=0, max_value=4))
    def cash_and_mobile_money_are_paid(self, amount: int, part: int, code: int) -> None:
        tenders = (make.mobile(amount, f"C{code}"), make.cash(part))
        self.attempt(take_payment, TakePayment(patient_id=self.guest.patient_id, tenders=tenders))

    @rule(pick=PICKS, comes=st.booleans())
    def the_operator_answers(self, pick: int, comes: bool) -> None:
        waiting = pending_payments(self.clinic, self.cashier, self.guest.patient_id)
        if not waiting:
            return
        payment = waiting[pick % len(waiting)].payment_id
        if comes:
            self.attempt(confirm_payment, ConfirmPayment(payment_id=payment))
        else:
            self.attempt(fail_payment, FailPayment(payment_id=payment, note="no money"))

    @rule(pick=PICKS)
    def a_line_is_void(self, pick: int) -> None:
        lines = self.seen.lines
        if lines:
            command = VoidLine(charge_id=lines[pick % len(lines)].charge_id, reason="not done")
            self.attempt(void_line, command, self.supervisor)

    @rule(
        pick=PICKS,
        amount=st.none() | AMOUNTS,
        kind=st.sampled_from([AdjustmentKind.WAIVER, AdjustmentKind.DISCOUNT, AdjustmentKind.WRITE_OFF]),
        chosen=st.booleans(),
    )
    def a_bill_is_lowered(self, pick: int, amount: int | None, kind: AdjustmentKind, chosen: bool) -> None:
        lines = self.seen.lines
        if not lines:
            return
        line = lines[pick % len(lines)]
        command = ReduceBill(
            bill_id=line.bill_id, kind=kind, reason="poor", amount=None if amount is None else Decimal(amount),
            charges=(line.charge_id,) if chosen else (), approved_by=self.cashier.user_id,
        )  # fmt: skip
        self.attempt(reduce_bill, command, self.supervisor)

    @rule(pick=PICKS, amount=st.none() | AMOUNTS, credits_lines=st.booleans())
    def money_is_given_back(self, pick: int, amount: int | None, credits_lines: bool) -> None:
        seen = self.seen
        if not seen.payments:
            return
        payment = seen.payments[pick % len(seen.payments)]
        credit = next(bill.credit for bill in seen.bills if bill.id == payment.bill_id)
        back = Decimal(amount) if amount is not None else min(credit, payment.refundable)
        lines = tuple(line.charge_id for line in seen.lines if line.bill_id == payment.bill_id)
        command = GiveRefund(
            payment_id=payment.payment_id, bill_id=payment.bill_id, amount=back, reason="not done",
            charges=lines[:1] if credits_lines else (), approved_by=self.supervisor.user_id,
        )  # fmt: skip
        self.attempt(give_refund, command)

    @rule(pick=PICKS, replaced=st.sampled_from([None, PaymentMethod.CARD, PaymentMethod.MOBILE]))
    def a_payment_is_reversed(self, pick: int, replaced: PaymentMethod | None) -> None:
        payments = self.seen.payments
        if not payments:
            return
        payment = payments[pick % len(payments)]
        amount = sum((each.refundable for each in payments if each.payment_id == payment.payment_id), Decimal(0))
        tender = None
        if replaced is not None:
            self.codes += 1
            tender = Tender(method=replaced, amount=amount, operator="M-Pesa", code=f"R{self.codes}")
        command = ReversePayment(
            payment_id=payment.payment_id, reason="wrong", replacement=tender, approved_by=self.supervisor.user_id
        )
        self.attempt(reverse_payment, command)

    @invariant()
    def the_books_agree(self) -> None:
        assert make.findings(self.clinic) == []
        with self.clinic.read(SYSTEM) as reader:

            def total(column: Any, *where: Any) -> int:
                return int(reader.scalar(select(func.coalesce(func.sum(column), 0)).where(*where)))

            charges = total(Charge.amount, Charge.voided_at.is_(None))
            lines = total(BillItem.amount, BillItem.voided_at.is_(None))
            assert charges == lines == total(Bill.charged)
            rows = reader.rows(select(table_of(Bill)))
            standings = {row.id: bills.standing(row) for row in rows}
            money_in = select(func.coalesce(func.sum(Payment.amount), 0)).select_from(cash.PAYMENTS)
            confirmed = int(reader.scalar(money_in.where(cash.CONFIRMED)))
            outstanding = sum(each.unpaid for each in standings.values())
            assert charges - total(Adjustment.amount) == confirmed - total(Refund.amount) + outstanding
            assert int(reader.scalar(money_in.where(cash.WAITING))) == sum(each.pending for each in standings.values())
            for row in rows:
                self._bill_agrees(reader, row, standings[row.id])

    def _bill_agrees(self, reader: Any, row: Any, standing: Any) -> None:
        live = bills.live_lines(reader, row.id)
        assert sum(line.settled for line in live) == settled_by(standing)
        assert all(0 <= line.settled <= line.amount for line in live)
        if row.state in MOVABLE or live:
            assert row.state == state_of(standing, len(live))
        assert (row.open_key is not None) == (row.state in MOVABLE)
        if row.state is BillState.VOID:
            assert (standing.kept, standing.pending, live) == (0, 0, [])
        assert standing.asked % 500 == 0

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        with self.clinic.read(SYSTEM) as reader:
            for table, kind in (
                (Receipt, NumberKind.RECEIPT),
                (Refund, NumberKind.REFUND),
                (Bill, NumberKind.BILL),
            ):
                numbers = [row.number for row in reader.rows(select(table.number))]
                counters = sorted(parse_number(n, kind, facility="TC").counter for n in numbers)
                assert counters == list(range(1, len(counters) + 1))

    @invariant()
    def nobody_paid_more_than_was_asked_at_the_time(self) -> None:
        for payment in self.seen.payments:
            assert 0 <= payment.refundable <= payment.amount
            assert payment.state is PaymentState.CONFIRMED or payment.refundable == 0


def _prices(clinic: Clinic, items: Iterable[tuple[str, int]]) -> None:
    for code, amount in items:
        make.price(clinic, code, amount)


@pytest.mark.slow
def test_the_books_agree_after_any_sequence(clinic: Clinic, engine_kind: str) -> None:
    make.set_setting(clinic, "rounding", "nearest")
    make.set_setting(clinic, "smallest_coin", "5")
    make.set_setting(clinic, "waiver_limit", "100000")
    _prices(clinic, [("dressing", 303), ("swab", 41), ("free", 0)])

    class Here(MoneyMachine):
        """At this clinic."""

    Here.clinic = clinic
    Here.cashier = make.till(clinic, "cashier", cash="100000")
    Here.supervisor = make_user(clinic, "cash_supervisor")
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25 if engine_kind == "sqlite" else 8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
