"""The stock screens: what is where, the card with its running balance, what expires, what to order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import NotAllowed, NotFound
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.pharmacy import MovementKind
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dispensing import Dispense, dispense
from hms_desktop.services.pharmacy.adjustments import AdjustStock, adjust_stock
from hms_desktop.services.pharmacy.levels import (
    batches_of,
    expiring,
    search_medicines,
    stock_card,
    stock_list,
    to_order,
)
from hms_desktop.services.pharmacy.reversal import ReverseDispensing, reverse_dispensing
from hms_desktop.services.stock import move
from tests.make.billing import set_setting
from tests.make.dispensing import everything
from tests.make.pharmacy import EXPIRED, LATER, SOON, TODAY, make_location, make_medicine, make_stock, shelf
from tests.make.prescriptions import make_prescription
from tests.stores import Clock, actor_for


def take(clinic: Clinic, batch: Id, quantity: int, day: date = TODAY) -> None:
    with clinic.work(actor_for("everything"), "tests.take") as work:
        move(work, batch_id=batch, location_id=shelf(clinic), kind=MovementKind.DISPENSE, quantity=-quantity, day=day)
        work.finish()


def test_the_list_tells_usable_from_expired_and_why_a_shelf_is_empty(clinic: Clinic, anyone: Actor) -> None:
    good, gone = make_medicine(clinic, reorder_level=50), make_medicine(clinic, "ibuprofen", "200 mg")
    make_medicine(clinic, "zinc", "20 mg", tall_man="zINC")
    make_stock(clinic, good, 40, batch="A", expiry=SOON)
    make_stock(clinic, good, 10, batch="B", expiry=EXPIRED, cost="3")
    make_stock(clinic, gone, 5, batch="C", expiry=EXPIRED)
    make_stock(clinic, gone, 5, batch="D", expiry=EXPIRED - timedelta(days=1))
    first, second, third = stock_list(clinic, anyone)
    assert (first.usable, first.expired, first.lots, first.next_expiry) == (40, 10, 2, SOON)
    assert (first.low, first.value) == (True, Decimal("110.00"))
    assert (second.usable, second.expired, second.lots, second.last_expired) == (0, 10, 2, EXPIRED)
    assert second.next_expiry is None
    assert (third.name, third.usable, third.lots, third.low) == ("zINC", 0, 0, True)


def test_each_location_has_its_own_list_and_batches(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 40)
    bulk = make_location(clinic, "bulk")
    make_stock(clinic, medicine, 7, location_id=bulk)
    assert [stock_list(clinic, anyone, where)[0].usable for where in (None, bulk)] == [40, 7]
    assert [row.quantity for row in batches_of(clinic, anyone, medicine, bulk)] == [7]
    with pytest.raises(NotFound):
        stock_list(clinic, anyone, new_id())
    with pytest.raises(NotFound):
        batches_of(clinic, anyone, new_id())


def test_batches_come_by_expiry_with_cost_and_value(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 40, batch="LATE", expiry=LATER, cost="2.50")
    make_stock(clinic, medicine, 10, batch="OLD", expiry=EXPIRED)
    rows = batches_of(clinic, anyone, medicine)
    assert [(row.number, row.expired, row.value) for row in rows] == [
        ("OLD", True, Decimal("20.00")), ("LATE", False, Decimal("100.00")),
    ]  # fmt: skip


def test_the_card_runs_from_the_newest_line_with_the_balance_after_each(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    first = make_stock(clinic, medicine, 100, batch="A", expiry=SOON)
    make_stock(clinic, medicine, 50, batch="B")
    sheet = make_prescription(clinic, medicine)
    given = dispense(
        clinic, anyone, Dispense(prescription_id=sheet.prescription_id, items=everything(clinic, sheet))
    ).value
    reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=given.dispensing_id, reason="wrong bag"))
    adjust_stock(
        clinic, anyone,
        AdjustStock(batch_id=first, counted=98, seen=100, reason_code="damaged", reason="fell down"),
    )  # fmt: skip
    rows = stock_card(clinic, anyone, medicine)
    assert [(row.kind.value, row.quantity, row.balance) for row in rows] == [
        ("adjustment", -2, 148), ("reversal", 21, 150), ("dispense", -21, 129), ("receipt", 50, 150),
        ("receipt", 100, 100),
    ]  # fmt: skip
    assert rows[0].reason == "Damaged or broken: fell down"
    assert (rows[1].document, rows[1].reason) == (given.number, "wrong bag")
    assert rows[2].document == given.number
    assert rows[3].document.startswith("TC-")
    assert [row.balance for row in stock_card(clinic, anyone, medicine, limit=2)] == [148, 150]


def test_what_expires_is_listed_by_the_clinics_months(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    for batch, expiry in (("OLD", EXPIRED), ("SOON", SOON), ("LATE", LATER)):
        make_stock(clinic, medicine, 5, batch=batch, expiry=expiry)
    found = expiring(clinic, anyone)
    assert (found.months, [row.number for row in found.rows]) == (3, ["OLD", "SOON"])
    assert [row.number for row in expiring(clinic, anyone, 24).rows] == ["OLD", "SOON", "LATE"]
    set_setting(clinic, "expiring_months", 1)
    assert [row.number for row in expiring(clinic, anyone).rows] == ["OLD"]


def test_an_order_follows_consumption_and_levels(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    busy = make_medicine(clinic, "amoxicillin", reorder_level=10, pack_size=100)
    idle = make_medicine(clinic, "ibuprofen", reorder_level=20)
    make_medicine(clinic, "zinc")
    batch = make_stock(clinic, busy, 1000, cost="2", day=TODAY - timedelta(days=100))
    make_stock(clinic, idle, 20)
    take(clinic, batch, 500, TODAY - timedelta(days=95))
    take(clinic, batch, 450, TODAY - timedelta(days=10))
    rows = {row.name: row for row in to_order(clinic, anyone)}
    assert set(rows) == {"amoxicillin", "ibuprofen"}
    order = rows["amoxicillin"]
    assert (order.usable, order.a_month, order.days_left, order.order) == (50, Decimal("150.0"), 10, 400)
    assert (order.cost, rows["ibuprofen"].order, rows["ibuprofen"].days_left) == (Decimal("2.00"), 20, None)
    assert [row.name for row in to_order(clinic, anyone)] == ["amoxicillin", "ibuprofen"]


def test_one_busy_day_in_a_new_clinic_is_no_trend(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    take(clinic, make_stock(clinic, medicine, 100), 90)
    assert to_order(clinic, anyone)[0].a_month == Decimal("90.0")


def test_medicines_are_found_by_words_barcode_and_batch(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic, barcode="6009876543210")
    make_medicine(clinic, "amitriptyline", "25 mg")
    make_stock(clinic, medicine, 40, batch="LB77")
    for text in ("amox 500", "6009876543210", "lb77"):
        assert [(row.id, row.usable) for row in search_medicines(clinic, anyone, text)] == [(medicine, 40)], text
    assert len(search_medicines(clinic, anyone, "am")) == 2
    assert search_medicines(clinic, anyone, " ") == search_medicines(clinic, anyone, "nothing") == []


def test_only_who_may_sees_stock(clinic: Clinic) -> None:
    with pytest.raises(NotAllowed):
        stock_list(clinic, actor_for("receptionist"))
