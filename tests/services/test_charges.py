"""Charges arise by themselves: the right price, one bill a visit, once a fact; and the pay-first door."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import func, select

from hms_desktop.data.base import Base, table_of
from hms_desktop.data.queries import bills
from hms_desktop.data.tables.billing import Adjustment, Bill, BillItem, Charge
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import AdjustmentKind, BillState, ChargeKind, ClinicProfile
from hms_desktop.domain.bills import Standing
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, NotAllowed, NotFound, NotPaid, ReasonNeeded
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.services.charges import is_settled, must_be_paid, raise_charge, void_charge
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.money.moves import move
from hms_desktop.services.service import writes
from tests.make.billing import billed_patient, charge, payer_group, price, set_setting
from tests.make.racing import at_once
from tests.stores import actor_for


def standing_of(clinic: Clinic, visit_id: Id) -> tuple[Standing, BillState]:
    with clinic.read(SYSTEM) as reader:
        row = reader.first(select(table_of(Bill)).where(Bill.visit_id == visit_id).order_by(Bill.id.desc()))
        assert row is not None
        return bills.standing(row), BillState(row.state)


def count(clinic: Clinic, mapped: type[Base]) -> int:
    with clinic.read(SYSTEM) as reader:
        return int(reader.scalar(select(func.count()).select_from(mapped)))


def pay_in(clinic: Clinic, visit_id: Id, paid: int) -> None:
    with clinic.work(SYSTEM, "tests.pay_in") as work:
        bill_id = bills.open_bill(work, visit_id)
        assert bill_id is not None
        move(work, bills.locked(work, bill_id), paid=paid)
        work.finish()


def void(clinic: Clinic, actor: Actor, charge_id: Id, reason: str = "not done") -> None:
    with clinic.work(actor, "tests.void") as work:
        void_charge(work, charge_id, reason)
        work.finish()


def test_charges_of_a_visit_stand_on_one_bill_with_one_number(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "consultation", 300)
    price(clinic, "dressing", 150)
    guest = billed_patient(clinic)
    first = charge(clinic, anyone, guest, "consultation")
    second = charge(clinic, anyone, guest, "dressing", 2)
    assert (first.amount, second.amount, second.unit_price) == (Decimal(300), Decimal(300), Decimal(150))
    assert standing_of(clinic, guest.visit_id) == (Standing(charged=60000), BillState.OPEN)
    assert count(clinic, Bill) == 1
    with clinic.read(anyone) as reader:
        assert reader.scalar(select(Bill.number)).startswith("TC-AA-F000001-")


def test_the_same_fact_is_never_charged_twice(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "consultation", 300)
    guest = billed_patient(clinic)
    fact = new_id()
    first = charge(clinic, anyone, guest, "consultation", source_id=fact)
    assert charge(clinic, anyone, guest, "consultation", source_id=fact) == first
    assert standing_of(clinic, guest.visit_id)[0].charged == 30000


@pytest.mark.parametrize(
    ("multiplier", "round_to", "expected"), [("1.20", 10, 370), ("1.20", 0, 367), ("0.5", 5, 155), ("0", 1, 0)]
)
def test_a_payer_group_pays_its_list(
    clinic: Clinic, anyone: Actor, multiplier: str, round_to: int, expected: int
) -> None:
    price(clinic, "consultation", 306)
    guest = billed_patient(clinic, payer=payer_group(clinic, "group", multiplier, round_to=round_to))
    made = charge(clinic, anyone, guest, "consultation")
    assert round(made.amount) == expected


def test_a_price_of_the_lists_own_wins_over_its_multiplier(clinic: Clinic, anyone: Actor) -> None:
    item = price(clinic, "consultation", 300)
    guest = billed_patient(clinic, payer=payer_group(clinic, "group", "2", own=[(item, 111)]))
    assert charge(clinic, anyone, guest, "consultation").amount == Decimal(111)


def test_the_visits_payer_group_wins_over_the_patients(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "consultation", 300)
    guest = billed_patient(clinic, payer=payer_group(clinic, "free", "0"))
    company = payer_group(clinic, "company", "1.1")
    with clinic.work(SYSTEM, "tests.payer") as work:
        work.change(Visit, guest.visit_id, payer_group_id=company)
        work.finish()
    assert charge(clinic, anyone, guest, "consultation").amount == Decimal(330)


def test_care_is_not_held_up_by_a_missing_price(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "unpriced", None)
    guest = billed_patient(clinic)
    known = charge(clinic, anyone, guest, "unpriced")
    unknown = charge(clinic, anyone, guest, "never_heard_of")
    assert (known.amount, unknown.amount) == (Decimal(0), Decimal(0))
    with clinic.read(anyone) as reader:
        rows = {row.description: row.price_list_code for row in reader.rows(select(table_of(Charge)))}
        assert is_settled(reader, known.charge_id)
    assert rows == {"Unpriced": "", "never heard of": ""}
    assert standing_of(clinic, guest.visit_id)[1] is BillState.PAID


def test_a_charge_needs_a_visit_of_the_patient_and_a_quantity(clinic: Clinic, anyone: Actor) -> None:
    guest, other = billed_patient(clinic), billed_patient(clinic)
    with pytest.raises(InvalidValue), clinic.work(anyone, "tests") as work:
        _raise(work, guest.visit_id, guest.patient_id, 0)
    with pytest.raises(NotFound), clinic.work(anyone, "tests") as work:
        _raise(work, other.visit_id, guest.patient_id, 1)
    assert count(clinic, Bill) == 0


def _raise(work: Work, visit_id: Id, patient_id: Id, quantity: int) -> None:
    raise_charge(
        work, visit_id=visit_id, patient_id=patient_id, kind=ChargeKind.LAB, item_code="x", quantity=quantity,
        source_table="visit", source_id=visit_id,
    )  # fmt: skip


def test_a_void_charge_leaves_the_bill_and_an_empty_bill_is_void(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "dressing", 150)
    guest = billed_patient(clinic)
    first = charge(clinic, anyone, guest, "dressing")
    second = charge(clinic, anyone, guest, "dressing")
    void(clinic, anyone, first.charge_id)
    assert standing_of(clinic, guest.visit_id) == (Standing(charged=15000), BillState.OPEN)
    with clinic.read(anyone) as reader:
        assert not is_settled(reader, first.charge_id)
    with pytest.raises(NotFound):
        void(clinic, anyone, first.charge_id)
    with pytest.raises(ReasonNeeded):
        void(clinic, anyone, second.charge_id, " ")
    void(clinic, anyone, second.charge_id)
    assert standing_of(clinic, guest.visit_id) == (Standing(), BillState.VOID)
    charge(clinic, anyone, guest, "dressing")
    assert count(clinic, Bill) == 2
    assert standing_of(clinic, guest.visit_id)[1] is BillState.OPEN
    with clinic.read(anyone) as reader, pytest.raises(NotFound):
        is_settled(reader, new_id())


def test_voiding_a_paid_charge_settles_other_lines_and_leaves_a_credit(clinic: Clinic, anyone: Actor) -> None:
    price(clinic, "dressing", 150)
    guest = billed_patient(clinic)
    first = charge(clinic, anyone, guest, "dressing")
    second = charge(clinic, anyone, guest, "dressing", 2)
    pay_in(clinic, guest.visit_id, 20000)
    with clinic.read(anyone) as reader:
        assert is_settled(reader, first.charge_id)
        assert not is_settled(reader, second.charge_id)
    void(clinic, anyone, first.charge_id)
    with clinic.read(anyone) as reader:
        assert reader.scalar(select(BillItem.settled).where(BillItem.charge_id == second.charge_id)) == 20000
    void(clinic, anyone, second.charge_id)
    standing, state = standing_of(clinic, guest.visit_id)
    assert (standing.credit, standing.owed, state) == (20000, 0, BillState.PAID)


@pytest.mark.parametrize(("rule", "totals"), [("nearest", [15, 20, 15, 0]), ("up", [15, 20, 15, 0])])
def test_the_total_is_rounded_once_and_again_when_it_moves(
    clinic: Clinic, anyone: Actor, rule: str, totals: list[int]
) -> None:
    set_setting(clinic, "rounding", rule)
    set_setting(clinic, "smallest_coin", "5")
    price(clinic, "swab", 13 if rule == "nearest" else 11)
    price(clinic, "gauze", 6)
    guest = billed_patient(clinic)
    made, seen = [], []
    for code in ("swab", "gauze"):
        made.append(charge(clinic, anyone, guest, code))
        seen.append(standing_of(clinic, guest.visit_id)[0].owed // 100)
    for each in reversed(made):
        void(clinic, anyone, each.charge_id)
        seen.append(standing_of(clinic, guest.visit_id)[0].owed // 100)
    assert seen == totals
    with clinic.read(anyone) as reader:
        kinds = {row.kind for row in reader.rows(select(Adjustment.kind))}
        total = reader.scalar(select(func.sum(Adjustment.amount)))
    assert (kinds, total) == ({AdjustmentKind.ROUNDING}, 0)


def test_rounding_up_does_not_keep_a_paid_line_closed(clinic: Clinic, anyone: Actor) -> None:
    set_setting(clinic, "rounding", "up")
    set_setting(clinic, "smallest_coin", "5")
    price(clinic, "swab", 11)
    price(clinic, "gauze", 6)
    guest = billed_patient(clinic)
    swab, gauze = charge(clinic, anyone, guest, "swab"), charge(clinic, anyone, guest, "gauze")
    pay_in(clinic, guest.visit_id, 1100)
    with clinic.read(anyone) as reader:
        assert is_settled(reader, swab.charge_id)
        assert not is_settled(reader, gauze.charge_id)
    pay_in(clinic, guest.visit_id, 900)
    with clinic.read(anyone) as reader:
        assert is_settled(reader, gauze.charge_id)
    assert standing_of(clinic, guest.visit_id)[1] is BillState.PAID


def test_a_pay_first_clinic_serves_what_is_settled_and_emergencies(clinic: Clinic, anyone: Actor) -> None:
    first = clinic.with_facility(replace(clinic.facility, profile=ClinicProfile.PAY_FIRST))
    price(clinic, "malaria", 200, ChargeKind.LAB)
    guest = billed_patient(clinic)
    made = charge(clinic, anyone, guest, "malaria", kind=ChargeKind.LAB)
    for place, actor, emergency in ((clinic, anyone, False), (first, anyone, True)):
        with place.work(actor, "tests") as work:
            must_be_paid(work, made.charge_id, emergency=emergency)
            work.finish()
    with pytest.raises(NotPaid) as refused, first.work(anyone, "tests") as work:
        must_be_paid(work, made.charge_id, emergency=False)
    assert refused.value.facts == {"item": "Malaria", "amount": Decimal("200.00")}
    with pytest.raises(NotAllowed), first.work(actor_for("cashier"), "tests") as work:
        must_be_paid(work, made.charge_id, emergency=True)
    pay_in(clinic, guest.visit_id, 20000)
    with first.work(anyone, "tests") as work:
        must_be_paid(work, made.charge_id, emergency=False)
        work.finish()


@writes("visits.view")
def _charge_at_once(work: Work, command: Command) -> Decimal:
    visit = work.first(select(table_of(Visit)))
    assert visit is not None
    made = raise_charge(
        work, visit_id=visit.id, patient_id=visit.patient_id, kind=ChargeKind.SERVICE, item_code="dressing",
        source_table="visit", source_id=command.key,
    )  # fmt: skip
    return made.amount


def test_many_stations_charging_at_once_make_one_bill(
    clinic: Clinic, anyone: Actor, another_station: Callable[[], Clinic]
) -> None:
    price(clinic, "dressing", 150)
    guest = billed_patient(clinic)
    places = [another_station() for _ in range(4)]
    results = at_once([partial(_charge_at_once, place, anyone, Command()) for place in places])
    assert [each for each in results if isinstance(each, Exception)] == []
    assert count(clinic, Bill) == 1
    assert standing_of(clinic, guest.visit_id)[0].charged == 4 * 15000
