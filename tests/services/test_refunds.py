"""Money back: never more than came or than is owed back, with a reason, and above the limit with a second person."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.billing import AdjustmentKind, BillState, PaymentMethod, PaymentState, RefundKind
from hms_desktop.domain.errors import (
    ClinicError,
    InvalidValue,
    NotAllowed,
    NotEnoughCash,
    NotFound,
    ReasonNeeded,
    SecondPersonNeeded,
    TooMuchMoney,
    WrongState,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.tenders import Tender
from hms_desktop.services.bills import ReduceBill, VoidLine, reduce_bill, void_line
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.payments import ConfirmPayment, confirm_payment
from hms_desktop.services.refunds import (
    GiveRefund,
    ReversePayment,
    give_refund,
    reverse_payment,
)
from tests.make.billing import (
    Guest,
    account,
    cash,
    charge,
    findings,
    guest,
    mobile,
    next_visit,
    paper,
    pay,
    set_setting,
    till,
)
from tests.make.racing import at_once
from tests.stores import Clock, actor_for, make_user

__all__ = ["guest"]


def refund(
    clinic: Clinic, cashier: Actor, guest: Guest, amount: int, *, place: int = 0, charges: tuple[int, ...] = (),
    approved_by: Id | None = None, reason: str = "not done", method: PaymentMethod = PaymentMethod.CASH,
) -> Any:  # fmt: skip
    found = account(clinic, guest)
    payment = found.payments[place]
    command = GiveRefund(
        payment_id=payment.payment_id, bill_id=payment.bill_id, amount=Decimal(amount), reason=reason, method=method,
        charges=tuple(found.lines[each].charge_id for each in charges), approved_by=approved_by,
    )  # fmt: skip
    return give_refund(clinic, cashier, command).value


def test_a_paid_line_that_was_not_given_is_credited_and_paid_back(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    receipt = pay(clinic, cashier, guest, cash(800))
    given = refund(clinic, cashier, guest, 300, charges=(0,))
    assert (given.amount, given.credit) == (300, 0)
    found = account(clinic, guest)
    assert (found.owed, found.bills[0].state, found.bills[0].kept) == (0, BillState.PAID, 500)
    assert found.payments[0].refundable == 500
    note = paper(clinic, given.paper_id)
    assert (note.kind, note.receipt_number, note.amount) == (RefundKind.CREDIT_NOTE, receipt.number, 300)
    assert [line.text for line in note.lines] == ["Consultation"]
    assert (note.requested_by, note.approved_by) == ("Carol Cash", "")
    assert findings(clinic) == []


def test_a_credit_that_the_bill_shows_is_given_back_once(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    pay(clinic, cashier, guest, cash(800))
    supervisor = make_user(clinic, "cash_supervisor")
    line = account(clinic, guest).lines[0].charge_id
    voided = void_line(clinic, supervisor, VoidLine(charge_id=line, reason="not done")).value
    assert voided.credit == account(clinic, guest).credit == 300
    with pytest.raises(TooMuchMoney) as refused:
        refund(clinic, cashier, guest, 301)
    assert refused.value.facts["limit"] == 300
    assert paper(clinic, refund(clinic, cashier, guest, 300).paper_id).kind is RefundKind.REFUND
    with pytest.raises(TooMuchMoney):
        refund(clinic, cashier, guest, 1)
    assert findings(clinic) == []


def test_everything_given_back_leaves_a_refunded_bill_and_a_new_one_follows(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    pay(clinic, cashier, guest, cash(500))
    supervisor = make_user(clinic, "cash_supervisor")
    with pytest.raises(TooMuchMoney):
        refund(clinic, cashier, guest, 800, charges=(0, 1), approved_by=supervisor.user_id)
    refund(clinic, cashier, guest, 500, charges=(0, 1))
    charge(clinic, cashier, guest, "dressing")
    found = account(clinic, guest)
    assert [(bill.state, bill.owed) for bill in found.bills] == [(BillState.REFUNDED, 0), (BillState.OPEN, 500)]
    with pytest.raises(WrongState):
        pay(clinic, cashier, guest, cash(1), bills=[found.bills[0].id])


def test_above_the_limit_a_second_person_agrees_also_in_slices(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    pay(clinic, cashier, guest, cash(800))
    supervisor, nurse = make_user(clinic, "cash_supervisor", name="Sara Super"), make_user(clinic, "nurse")
    refund(clinic, cashier, guest, 300, charges=(0,))
    for nobody in (None, cashier.user_id, nurse.user_id):
        with pytest.raises(SecondPersonNeeded) as refused:
            refund(clinic, cashier, guest, 201, charges=(0,), approved_by=nobody)
        assert refused.value.facts == {"right": "billing.approve", "limit": Decimal(500)}
    given = refund(clinic, cashier, guest, 201, charges=(0,), approved_by=supervisor.user_id)
    assert paper(clinic, given.paper_id).approved_by == "Sara Super"
    assert given.credit == 299


def test_a_refund_needs_reason_right_confirmed_money_and_a_line_of_the_bill(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    pay(clinic, cashier, guest, mobile(800))
    with pytest.raises(WrongState):
        refund(clinic, cashier, guest, 100, charges=(0,))
    found = account(clinic, guest)
    confirm_payment(clinic, cashier, ConfirmPayment(payment_id=found.payments[0].payment_id))
    with pytest.raises(ReasonNeeded):
        refund(clinic, cashier, guest, 100, charges=(0,), reason=" ")
    with pytest.raises(NotAllowed):
        refund(clinic, actor_for("receptionist"), guest, 100, charges=(0,))
    for amount, field in ((0, "amount"), (-5, "amount")):
        with pytest.raises(InvalidValue) as refused:
            refund(clinic, cashier, guest, amount, charges=(0,))
        assert refused.value.field == field
    with pytest.raises(InvalidValue):
        refund(clinic, cashier, guest, 100, charges=(0,), method=PaymentMethod.CARD)
    with pytest.raises(NotFound):
        give_refund(
            clinic, cashier,
            GiveRefund(
                payment_id=found.payments[0].payment_id, bill_id=found.bills[0].id, amount=Decimal(1), reason="x",
                charges=(new_id(),),
            ),
        )  # fmt: skip
    given = refund(clinic, cashier, guest, 300, charges=(0,), method=PaymentMethod.MOBILE)
    assert paper(clinic, given.paper_id).method is PaymentMethod.MOBILE


def test_the_drawer_gives_no_more_cash_than_it_holds(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic, cash="50")
    pay(clinic, cashier, guest, mobile(800, confirmed=True))
    with pytest.raises(NotEnoughCash) as refused:
        refund(clinic, cashier, guest, 300, charges=(0,))
    assert refused.value.facts == {"amount": Decimal("300.00")}
    assert account(clinic, guest).owed == 0


def test_a_wrong_method_is_reversed_and_written_anew_in_one_step(clinic: Clinic, guest: Guest) -> None:
    set_setting(clinic, "refund_limit", "1000")
    cashier = till(clinic)
    first = pay(clinic, cashier, guest, cash(800))
    wrong = account(clinic, guest).payments[0].payment_id
    with pytest.raises(InvalidValue):
        reverse_payment(clinic, cashier, ReversePayment(payment_id=wrong, reason="mobile", replacement=mobile(799)))
    command = ReversePayment(payment_id=wrong, reason="it was mobile money", replacement=mobile(800))
    done = reverse_payment(clinic, cashier, command).value
    found = account(clinic, guest)
    assert (found.owed, found.pending, found.bills[0].state) == (0, 800, BillState.OPEN)
    assert [(p.method, p.state, p.refundable) for p in found.payments] == [
        (PaymentMethod.CASH, PaymentState.CONFIRMED, 0), (PaymentMethod.MOBILE, PaymentState.PENDING, 0),
    ]  # fmt: skip
    note = paper(clinic, done.paper_ids[0])
    assert (note.kind, note.receipt_number, note.amount) == (RefundKind.REVERSAL, first.number, 800)
    assert done.receipt_paper_id is not None
    assert paper(clinic, done.receipt_paper_id).number == done.receipt_number != first.number
    confirm_payment(clinic, cashier, ConfirmPayment(payment_id=found.payments[1].payment_id))
    assert account(clinic, guest).bills[0].state is BillState.PAID
    with pytest.raises(TooMuchMoney):
        reverse_payment(clinic, cashier, ReversePayment(payment_id=wrong, reason="again"))
    assert findings(clinic) == []


def test_a_payment_that_never_came_is_reversed_over_all_its_bills(clinic: Clinic, guest: Guest, clock: Clock) -> None:
    clock.forward(days=1)
    today = next_visit(clinic, guest)
    charge(clinic, actor_for("everything"), today, "consultation")
    cashier = till(clinic)
    pay(clinic, cashier, today, mobile(1100, confirmed=True))
    payment = account(clinic, today).payments[0].payment_id
    command = ReversePayment(payment_id=payment, reason="wrong patient")
    with pytest.raises(SecondPersonNeeded):
        reverse_payment(clinic, cashier, command)
    with pytest.raises(ReasonNeeded):
        reverse_payment(clinic, cashier, ReversePayment(payment_id=payment, reason=""))
    supervisor = make_user(clinic, "cash_supervisor")
    command = ReversePayment(payment_id=payment, reason="wrong patient", approved_by=supervisor.user_id)
    done = reverse_payment(clinic, cashier, command).value
    assert (done.amount, len(done.numbers), done.receipt_paper_id) == (Decimal(1100), 2, None)
    assert account(clinic, today).owed == 1100
    pay(clinic, cashier, today, mobile(1100))
    assert findings(clinic) == []


def test_a_swap_between_methods_that_are_not_cash_needs_nobody_else(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    pay(clinic, cashier, guest, mobile(800, confirmed=True))
    payment = account(clinic, guest).payments[0].payment_id
    card = Tender(method=PaymentMethod.CARD, amount=Decimal(800))
    reverse_payment(clinic, cashier, ReversePayment(payment_id=payment, reason="it was a card", replacement=card))
    assert [each.refundable for each in account(clinic, guest).payments] == [0, 800]


def test_a_reversed_and_wholly_voided_bill_is_refunded_not_void(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic)
    pay(clinic, cashier, guest, cash(100))
    payment = account(clinic, guest).payments[0].payment_id
    reverse_payment(clinic, cashier, ReversePayment(payment_id=payment, reason="wrong patient"))
    supervisor = make_user(clinic, "cash_supervisor")
    for line in account(clinic, guest).lines:
        void_line(clinic, supervisor, VoidLine(charge_id=line.charge_id, reason="wrong patient"))
    assert account(clinic, guest).bills[0].state is BillState.REFUNDED
    assert findings(clinic) == []


def test_waived_money_is_never_paid_back(clinic: Clinic, guest: Guest) -> None:
    cashier, supervisor = till(clinic), make_user(clinic, "cash_supervisor")
    pay(clinic, cashier, guest, cash(300))
    found = account(clinic, guest)
    reduce_bill(
        clinic, supervisor,
        ReduceBill(
            bill_id=found.bills[0].id, kind=AdjustmentKind.WAIVER, reason="poor", charges=(found.lines[1].charge_id,)
        ),
    )  # fmt: skip
    assert account(clinic, guest).bills[0].state is BillState.PAID
    void_line(clinic, supervisor, VoidLine(charge_id=found.lines[1].charge_id, reason="not done"))
    found = account(clinic, guest)
    assert (found.credit, found.bills[0].reduced, found.reductions) == (0, 0, ())
    assert findings(clinic) == []


def test_two_refunds_of_one_credit_at_once_pay_it_once(
    clinic: Clinic, guest: Guest, another_station: Callable[[], Clinic]
) -> None:
    cashiers = [till(clinic, name=f"Cashier {letter}") for letter in "AB"]
    pay(clinic, cashiers[0], guest, cash(800))
    line = account(clinic, guest).lines[0].charge_id
    void_line(clinic, make_user(clinic, "cash_supervisor"), VoidLine(charge_id=line, reason="not done"))
    places = [another_station(), another_station()]
    results = at_once([partial(refund, place, who, guest, 300) for place, who in zip(places, cashiers, strict=True)])
    assert sorted(type(each) is TooMuchMoney for each in results) == [False, True]
    assert not [each for each in results if isinstance(each, ClinicError) and not isinstance(each, TooMuchMoney)]
    assert account(clinic, guest).credit == 0
    assert findings(clinic) == []
