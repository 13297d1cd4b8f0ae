"""The ledger: one function moves stock, never below zero, never an expired batch in silence."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hms_desktop.data.queries.checks.stock import stock_findings
from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.facility import Station
from hms_desktop.data.tables.pharmacy import StockLocation, StockMovement
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import BatchExpired, NotAllowed, NotEnoughStock, NotFound, OnlyExpiredStock
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.pharmacy import MovementKind
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.pharmacy.units import counted
from hms_desktop.services.stock import Moved, allocate, available, move, propose, stock_locations
from hms_desktop.words.errors import sentence
from tests.make.pharmacy import EXPIRED, LATER, SOON, TODAY, make_location, make_medicine, make_stock, shelf
from tests.stores import actor_for


def step(
    clinic: Clinic, actor: Actor, batch: Id, kind: MovementKind, quantity: int, *, location: Id | None = None,
    expired_reason: str = "",
) -> Moved:  # fmt: skip
    with clinic.work(actor, "tests.move") as work:
        moved = move(
            work, batch_id=batch, location_id=location or shelf(clinic), kind=kind, quantity=quantity,
            expired_reason=expired_reason,
        )  # fmt: skip
        work.finish()
    return moved


def sound(clinic: Clinic) -> bool:
    with clinic.store.reading() as connection:
        return list(stock_findings(connection)) == []


def left(clinic: Clinic, actor: Actor, medicine: Id, location: Id | None = None) -> int:
    with clinic.read(actor) as reader:
        return available(reader, medicine, location)


def test_every_movement_has_the_balance_after_it(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    batch = make_stock(clinic, medicine, 100)
    assert step(clinic, anyone, batch, MovementKind.DISPENSE, -30).balance == 70
    assert step(clinic, anyone, batch, MovementKind.ADJUSTMENT, 5).balance == 75
    assert step(clinic, anyone, batch, MovementKind.REVERSAL, 30).balance == 105
    with clinic.read(anyone) as reader:
        rows = reader.rows(select(StockMovement.quantity, StockMovement.balance_after).order_by(StockMovement.id))
    assert [tuple(row) for row in rows] == [(100, 100), (-30, 70), (5, 75), (30, 105)]
    assert sound(clinic)


def test_more_than_there_is_is_refused_by_name_and_nothing_moves(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    batch = make_stock(clinic, medicine, 10)
    with pytest.raises(NotEnoughStock) as caught:
        step(clinic, anyone, batch, MovementKind.DISPENSE, -11)
    assert (caught.value.facts["medication"], caught.value.facts["available"]) == ("amoxicillin 500 mg", 10)
    assert "11 asked, 10 here" in sentence(caught.value.code, caught.value.facts)
    assert left(clinic, anyone, medicine) == 10
    assert sound(clinic)


def test_a_batch_that_was_never_at_a_location_gives_nothing_there(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    batch = make_stock(clinic, medicine, 10)
    store = make_location(clinic, "store")
    with pytest.raises(NotEnoughStock):
        step(clinic, anyone, batch, MovementKind.TRANSFER, -1, location=store)
    assert step(clinic, anyone, batch, MovementKind.TRANSFER, 4, location=store).balance == 4
    assert sound(clinic)


@pytest.mark.parametrize(
    ("kind", "quantity"),
    [
        (MovementKind.DISPENSE, 1),
        (MovementKind.WRITE_OFF, 1),
        (MovementKind.RECEIPT, -1),
        (MovementKind.REVERSAL, -1),
        (MovementKind.ADJUSTMENT, 0),
    ],
)
def test_a_movement_with_the_wrong_sign_is_our_mistake(
    clinic: Clinic, anyone: Actor, kind: MovementKind, quantity: int
) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 10)
    with pytest.raises(ValueError, match="do not fit"):
        step(clinic, anyone, batch, kind, quantity)


def test_an_unknown_batch_is_not_found(clinic: Clinic, anyone: Actor) -> None:
    with pytest.raises(NotFound):
        step(clinic, anyone, new_id(), MovementKind.RECEIPT, 1)


def test_an_expired_batch_is_blocked_and_goes_only_with_right_and_reason(clinic: Clinic, anyone: Actor) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 10, expiry=EXPIRED)
    with pytest.raises(BatchExpired) as caught:
        step(clinic, anyone, batch, MovementKind.DISPENSE, -1)
    assert caught.value.facts["batch"] == "B1"
    with pytest.raises(NotAllowed):
        step(clinic, actor_for("doctor"), batch, MovementKind.DISPENSE, -1, expired_reason="nothing else in town")
    assert step(clinic, anyone, batch, MovementKind.DISPENSE, -1, expired_reason="nothing else in town").balance == 9
    with clinic.read(anyone) as reader:
        seen = reader.first(select(AuditEvent.after).where(AuditEvent.action == "stock.expired_override"))
        reason = reader.scalar(select(StockMovement.reason).where(StockMovement.quantity == -1))
    assert seen is not None
    assert seen.after["reason"] == reason == "nothing else in town"


@pytest.mark.parametrize("kind", [MovementKind.WRITE_OFF, MovementKind.ADJUSTMENT])
def test_an_expired_batch_may_be_counted_and_written_off(clinic: Clinic, anyone: Actor, kind: MovementKind) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 10, expiry=EXPIRED)
    assert step(clinic, anyone, batch, kind, -10).balance == 0


def test_a_batch_may_be_given_on_its_last_day(clinic: Clinic, anyone: Actor) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 10, expiry=TODAY)
    assert step(clinic, anyone, batch, MovementKind.DISPENSE, -10).balance == 0


def test_what_is_available_leaves_out_expired_batches_and_stores_that_do_not_dispense(
    clinic: Clinic, anyone: Actor
) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 5, batch="OLD", expiry=EXPIRED)
    make_stock(clinic, medicine, 7, batch="NEW")
    bulk = make_location(clinic, "bulk", dispensing=False)
    make_stock(clinic, medicine, 100, batch="NEW", location_id=bulk)
    ward = make_location(clinic, "ward")
    make_stock(clinic, medicine, 2, batch="NEW", location_id=ward)
    assert left(clinic, anyone, medicine) == 9
    assert left(clinic, anyone, medicine, shelf(clinic)) == 7
    assert left(clinic, anyone, medicine, bulk) == 100
    assert [(row.code, row.own) for row in stock_locations(clinic, anyone)] == [
        ("main", True), ("bulk", False), ("ward", False),
    ]  # fmt: skip


def test_the_batch_that_expires_first_is_proposed_over_several_batches(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    late = make_stock(clinic, medicine, 50, batch="LATE", expiry=LATER)
    soon = make_stock(clinic, medicine, 10, batch="SOON", expiry=SOON)
    make_stock(clinic, medicine, 50, batch="OLD", expiry=EXPIRED)
    with clinic.read(anyone) as reader:
        found = propose(reader, medicine, shelf(clinic), 25)
        short = propose(reader, medicine, shelf(clinic), 61)
    assert [(pick.batch_id, pick.quantity) for pick in found.picks] == [(soon, 10), (late, 15)]
    assert (found.missing, short.missing) == (0, 1)


def test_an_allocation_that_does_not_reach_says_why(clinic: Clinic, anyone: Actor) -> None:
    medicine, other = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    make_stock(clinic, medicine, 5, expiry=SOON)
    make_stock(clinic, other, 5, batch="X1", expiry=EXPIRED)
    make_stock(clinic, other, 5, batch="X2", expiry=EXPIRED - timedelta(days=3))
    with clinic.work(anyone, "tests.allocate") as work:
        with pytest.raises(NotEnoughStock) as few:
            allocate(work, {medicine: 6}, shelf(clinic))
        with pytest.raises(OnlyExpiredStock) as expired:
            allocate(work, {other: 1}, shelf(clinic))
        assert allocate(work, {}, shelf(clinic)) == {}
    assert few.value.facts["available"] == 5
    assert (expired.value.facts["lots"], expired.value.facts["expiry"]) == (2, EXPIRED)
    assert "all expired (the last on 02-Feb-2026)" in sentence(expired.value.code, expired.value.facts)


def test_nobody_without_the_right_sees_the_locations(clinic: Clinic) -> None:
    with pytest.raises(NotAllowed):
        stock_locations(clinic, actor_for("cashier"))


def test_a_station_without_a_shelf_of_its_own_gives_from_the_first_that_dispenses(
    clinic: Clinic, anyone: Actor
) -> None:
    main = shelf(clinic)
    first = make_location(clinic, "counter")
    make_location(clinic, "attic", dispensing=False)
    with clinic.work(anyone, "tests.no_shelf") as work:
        work.change(Station, clinic.station.id, stock_location_id=None)
        work.finish()
    found = stock_locations(clinic, anyone)
    assert (found[0].id, found[0].own) == (first, True)
    with clinic.work(anyone, "tests.no_location") as work:
        for location in (main, first):
            work.change(StockLocation, location, dispensing=False)
        work.finish()
    with pytest.raises(NotFound):
        stock_locations(clinic, anyone)


def test_units_are_counted_in_words_of_each_language() -> None:
    assert [counted(n, "capsule") for n in (0, 1, 21)] == ["0 capsules", "1 capsule", "21 capsules"]
    assert [counted(n, "capsule", "fr") for n in (0, 1, 21)] == ["0 gélule", "1 gélule", "21 gélules"]
    assert counted(3, "horse_shoe") == "3 horse shoe"
