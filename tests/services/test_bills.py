"""The cashier's bills: who owes, what is suggested, a charge by hand, and what a bill is lowered by."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.bill_rows import DebtScope
from hms_desktop.domain.billing import AdjustmentKind, BillState, ChargeKind
from hms_desktop.domain.errors import (
    InvalidValue,
    NotAllowed,
    NotFound,
    ReasonNeeded,
    SecondPersonNeeded,
    TooMuchMoney,
    WrongNumberKind,
    WrongState,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.visits import VisitKind
from hms_desktop.services.bills import (
    AddCharge,
    PrintBill,
    ReduceBill,
    VoidLine,
    add_charge,
    debtors,
    print_bill,
    reduce_bill,
    void_line,
)
from hms_desktop.services.clinic import Clinic
from tests.make.billing import (
    Guest,
    account,
    billed_patient,
    cash,
    charge,
    findings,
    guest,
    mobile,
    next_visit,
    paper,
    pay,
    payer_group,
    price,
    set_setting,
    till,
)
from tests.stores import Clock, actor_for, make_user

__all__ = ["guest"]


def reduce(
    clinic: Clinic, who: Actor, guest: Guest, amount: int | None = None, *,
    kind: AdjustmentKind = AdjustmentKind.WAIVER, lines: tuple[int, ...] = (), reason: str = "poor",
    category: str = "", approved_by: Id | None = None,
) -> Any:  # fmt: skip
    found = account(clinic, guest)
    command = ReduceBill(
        bill_id=found.bills[0].id, kind=kind, amount=None if amount is None else Decimal(amount), reason=reason,
        category=category, charges=tuple(found.lines[each].charge_id for each in lines), approved_by=approved_by,
    )  # fmt: skip
    return reduce_bill(clinic, who, command).value


def test_lists_show_who_owes_today_from_before_and_who_paid(clinic: Clinic, guest: Guest, clock: Clock) -> None:
    cashier = till(clinic)
    other = billed_patient(clinic, name="Baraka Njoroge")
    charge(clinic, cashier, other, "dressing")
    pay(clinic, cashier, other, mobile(100), cash(100))
    rows: Any = debtors(clinic, cashier)
    assert [(row.name, row.owed, row.pending, row.earlier) for row in rows] == [
        ("OTIENO, Asha", 800, 0, 0), ("NJOROGE, Baraka", 300, 100, 0),
    ]  # fmt: skip
    pay(clinic, cashier, guest, cash(800))
    assert [row.name for row in debtors(clinic, cashier)] == ["NJOROGE, Baraka"]
    paid = debtors(clinic, cashier, DebtScope.PAID_TODAY)
    assert sorted(row.name for row in paid) == ["NJOROGE, Baraka", "OTIENO, Asha"]
    clock.forward(days=40)
    today = next_visit(clinic, other)
    charge(clinic, cashier, today, "consultation")
    (row,) = debtors(clinic, cashier)
    assert (row.owed, row.earlier, row.overdue) == (Decimal(300), Decimal(300), False)
    (old,) = debtors(clinic, cashier, DebtScope.EARLIER)
    assert (old.owed, old.overdue) == (Decimal(300), True)
    assert [r.name for r in debtors(clinic, cashier, DebtScope.EARLIER, "njor bar")] == ["NJOROGE, Baraka"]
    assert debtors(clinic, cashier, DebtScope.EARLIER, "otieno") == []
    assert [r.name for r in debtors(clinic, cashier, DebtScope.EARLIER, old.mrn[-8:])] == ["NJOROGE, Baraka"]
    assert [r.name for r in debtors(clinic, cashier, DebtScope.EARLIER, "tcaac000001p")] == ["NJOROGE, Baraka"]
    assert debtors(clinic, cashier, DebtScope.EARLIER, "TC-AA-C000002-M") == []  # Asha's receipt: she owes nothing
    with pytest.raises(WrongNumberKind):
        debtors(clinic, cashier, DebtScope.EARLIER, "TC-AA-G000001")
    with pytest.raises(NotAllowed):
        debtors(clinic, actor_for("nurse"))


@pytest.mark.parametrize(
    ("birth", "kind", "waives", "expected"),
    [
        (date(2022, 1, 1), VisitKind.OUTPATIENT, True, "under_five"),
        (date(2021, 3, 5), VisitKind.OUTPATIENT, True, ""),
        (date(1998, 1, 1), VisitKind.MATERNITY, True, "maternity"),
        (date(2022, 1, 1), VisitKind.MATERNITY, False, ""),
    ],
)
def test_waivers_are_suggested_by_the_payer_groups_rule(
    clinic: Clinic, birth: date, kind: VisitKind, waives: bool, expected: str
) -> None:
    price(clinic, "consultation", 300)
    guest = billed_patient(clinic, birth=birth, kind=kind, payer=payer_group(clinic, "group", "1", waives=waives))
    charge(clinic, actor_for("everything"), guest, "consultation")
    (bill,) = account(clinic, guest).bills
    assert (bill.suggested_waiver, bill.payer) == (expected, "group")


def test_nobody_suggests_a_waiver_without_a_payer_group(clinic: Clinic) -> None:
    price(clinic, "consultation", 300)
    guest = billed_patient(clinic, birth=date(2025, 1, 1))
    charge(clinic, actor_for("everything"), guest, "consultation")
    assert account(clinic, guest).bills[0].suggested_waiver == ""


def test_a_waiver_settles_its_lines_and_says_why(clinic: Clinic, guest: Guest) -> None:
    supervisor = make_user(clinic, "cash_supervisor", name="Sara Super")
    done = reduce(clinic, supervisor, guest, lines=(1,), category="cannot_pay", reason="")
    assert (done.amount, done.owed) == (500, 300)
    found = account(clinic, guest)
    assert [line.settled for line in found.lines] == [0, 500]
    (row,) = found.reductions
    assert (row.kind, row.amount, row.reason, row.by) == (
        AdjustmentKind.WAIVER, 500, "Cannot pay (social decision)", "Sara Super",
    )  # fmt: skip
    cashier = till(clinic)
    taken = pay(clinic, cashier, guest, cash(300))
    facts = paper(clinic, taken.paper_id)
    assert (facts.total, [(each.amount, each.reason) for each in facts.reductions]) == (
        300, [(500, "Cannot pay (social decision)")],
    )  # fmt: skip
    assert account(clinic, guest).bills[0].state is BillState.PAID
    assert findings(clinic) == []


def test_a_listed_reason_is_one_of_the_list(clinic: Clinic, guest: Guest) -> None:
    with pytest.raises(InvalidValue) as refused:
        reduce(clinic, make_user(clinic, "cash_supervisor"), guest, 10, category="friend", reason="")
    assert refused.value.field == "category"


@pytest.mark.parametrize(
    ("category", "birth", "kind"),
    [
        ("under_five", date(2022, 1, 1), VisitKind.OUTPATIENT), ("maternity", date(1998, 1, 1), VisitKind.MATERNITY),
    ],
)  # fmt: skip
def test_a_reason_that_is_not_true_of_the_patient_needs_words(
    clinic: Clinic, guest: Guest, category: str, birth: date, kind: VisitKind
) -> None:
    supervisor = make_user(clinic, "cash_supervisor")
    with pytest.raises(ReasonNeeded):
        reduce(clinic, supervisor, guest, 10, category=category, reason=" ")
    assert reduce(clinic, supervisor, guest, 10, category=category, reason="age was wrong").amount == 10
    other = billed_patient(clinic, name="Baraka Njoroge", birth=birth, kind=kind)
    charge(clinic, actor_for("everything"), other, "consultation")
    assert reduce(clinic, supervisor, other, category=category, reason="").owed == 0


def test_a_cashier_waives_only_with_somebody_who_may(clinic: Clinic, guest: Guest) -> None:
    cashier, supervisor = make_user(clinic, "cashier"), make_user(clinic, "cash_supervisor")
    for kind, right in (
        (AdjustmentKind.WAIVER, "billing.waive"), (AdjustmentKind.DISCOUNT, "billing.discount"),
        (AdjustmentKind.WRITE_OFF, "billing.approve"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed) as refused:
            reduce(clinic, cashier, guest, 10, kind=kind)
        assert refused.value.facts == {"right": right}
        reduce(clinic, cashier, guest, 10, kind=kind, approved_by=supervisor.user_id)
    assert account(clinic, guest).owed == 770
    with pytest.raises(InvalidValue):
        reduce(clinic, supervisor, guest, 10, kind=AdjustmentKind.ROUNDING)


def test_above_the_limit_a_second_person_agrees(clinic: Clinic, guest: Guest) -> None:
    set_setting(clinic, "waiver_limit", "400")
    supervisor, manager = make_user(clinic, "cash_supervisor"), make_user(clinic, "hospital_manager")
    reduce(clinic, supervisor, guest, 300)
    with pytest.raises(SecondPersonNeeded):
        reduce(clinic, supervisor, guest, 101)
    with pytest.raises(SecondPersonNeeded):
        reduce(clinic, supervisor, guest, 101, approved_by=supervisor.user_id)
    assert reduce(clinic, supervisor, guest, approved_by=manager.user_id).owed == 0


def test_no_more_is_waived_than_is_owed(clinic: Clinic, guest: Guest) -> None:
    supervisor, cashier = make_user(clinic, "cash_supervisor"), till(clinic)
    pay(clinic, cashier, guest, cash(200), mobile(100))
    for amount, lines, limit in ((501, (), 500), (101, (0,), 100)):
        with pytest.raises(TooMuchMoney) as refused:
            reduce(clinic, supervisor, guest, amount, lines=lines)
        assert refused.value.facts["limit"] == limit
    with pytest.raises(ReasonNeeded):
        reduce(clinic, supervisor, guest, 1, reason=" ")
    with pytest.raises(InvalidValue):
        reduce(clinic, supervisor, guest, 0)
    with pytest.raises(NotFound):
        reduce_bill(
            clinic, supervisor,
            ReduceBill(
                bill_id=account(clinic, guest).bills[0].id, kind=AdjustmentKind.WAIVER, reason="x", charges=(new_id(),)
            ),
        )  # fmt: skip
    reduce(clinic, supervisor, guest)
    with pytest.raises(InvalidValue):
        reduce(clinic, supervisor, guest)


def test_a_void_line_takes_its_waiver_along_and_leaves_others_alone(clinic: Clinic, guest: Guest) -> None:
    supervisor = make_user(clinic, "cash_supervisor")
    reduce(clinic, supervisor, guest, 300, lines=(0,))
    lines = account(clinic, guest).lines
    void_line(clinic, supervisor, VoidLine(charge_id=lines[0].charge_id, reason="not done"))
    found = account(clinic, guest)
    assert (found.owed, found.bills[0].reduced, [line.settled for line in found.lines]) == (500, 0, [0])
    assert findings(clinic) == []


def test_voiding_a_line_needs_right_or_consent_and_a_reason(clinic: Clinic, guest: Guest) -> None:
    cashier, supervisor = make_user(clinic, "cashier"), make_user(clinic, "cash_supervisor")
    line = account(clinic, guest).lines[0].charge_id
    with pytest.raises(NotAllowed):
        void_line(clinic, cashier, VoidLine(charge_id=line, reason="typed twice"))
    with pytest.raises(ReasonNeeded):
        void_line(clinic, supervisor, VoidLine(charge_id=line, reason=""))
    void_line(clinic, cashier, VoidLine(charge_id=line, reason="typed twice", approved_by=supervisor.user_id))
    assert account(clinic, guest).owed == 500
    last = account(clinic, guest).lines[0].charge_id
    void_line(clinic, supervisor, VoidLine(charge_id=last, reason="typed twice"))
    assert account(clinic, guest).bills == ()


def test_a_void_bill_takes_no_waiver(clinic: Clinic, guest: Guest) -> None:
    supervisor = make_user(clinic, "cash_supervisor")
    found = account(clinic, guest)
    for line in found.lines:
        void_line(clinic, supervisor, VoidLine(charge_id=line.charge_id, reason="typed twice"))
    with pytest.raises(WrongState):
        reduce_bill(
            clinic, supervisor,
            ReduceBill(bill_id=found.bills[0].id, kind=AdjustmentKind.WAIVER, reason="poor"),
        )  # fmt: skip


def test_a_charge_by_hand_comes_from_the_price_list(clinic: Clinic, guest: Guest) -> None:
    cashier = make_user(clinic, "cashier")
    command = AddCharge(visit_id=guest.visit_id, kind=ChargeKind.SERVICE, item_code="dressing", quantity=2)
    made = add_charge(clinic, cashier, command)
    assert (made.value.amount, add_charge(clinic, cashier, command).repeated) == (Decimal(1000), True)
    assert account(clinic, guest).owed == 1800
    with pytest.raises(InvalidValue):
        add_charge(clinic, cashier, AddCharge(visit_id=guest.visit_id, kind=ChargeKind.LAB, item_code="dressing"))
    with pytest.raises(NotAllowed):
        add_charge(clinic, actor_for("nurse"), command)


def test_a_bill_on_paper_shows_payments_with_their_state_and_old_debts(
    clinic: Clinic, guest: Guest, clock: Clock
) -> None:
    clock.forward(days=1)
    today = next_visit(clinic, guest)
    charge(clinic, actor_for("everything"), today, "dressing")
    cashier = till(clinic)
    bill = account(clinic, today).bills[1].id
    pay(clinic, cashier, today, mobile(100), cash(50), bills=[bill])
    facts = paper(clinic, print_bill(clinic, cashier, PrintBill(bill_id=bill)).value.paper_id)
    assert (facts.total, facts.paid, facts.balance, facts.previous_balance) == (500, 50, 450, 800)
    assert [(line.amount, line.state.value) for line in facts.payments] == [(50, "confirmed"), (100, "pending")]
    assert facts.due == date(2026, 4, 5)
