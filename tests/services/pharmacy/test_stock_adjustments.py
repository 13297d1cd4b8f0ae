"""Counts, losses and write-offs: a reason always, a second person above the limit, nothing counted twice."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.pharmacy import StockMovement
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import InvalidValue, NotAllowed, ReasonNeeded, SecondPersonNeeded, StaleRecord
from hms_desktop.domain.ids import Id
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.pharmacy.adjustments import (
    AdjustStock,
    StockAdjusted,
    WriteOffExpired,
    adjust_stock,
    write_off_expired,
)
from hms_desktop.services.stock import available
from tests.make.dispensing import movements, sound
from tests.make.pharmacy import EXPIRED, make_location, make_medicine, make_stock
from tests.stores import Clock, actor_for, make_user


def adjust(clinic: Clinic, actor: Actor, batch: Id, counted: int, seen: int, **more: Any) -> StockAdjusted:
    values = {"reason_code": "count_correction"} | more
    return adjust_stock(clinic, actor, AdjustStock(batch_id=batch, counted=counted, seen=seen, **values)).value


def test_a_count_becomes_a_movement_with_its_reason(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    batch = make_stock(clinic, medicine, 100)
    lost = adjust(clinic, anyone, batch, 97, 100, reason="three were missing")
    found = adjust(clinic, anyone, batch, 98, 97, reason_code="", reason="one behind the shelf")
    assert (lost.units, lost.value, lost.balance) == (-3, Decimal("6.00"), 97)
    assert (found.units, found.balance) == (1, 98)
    assert [row.reason for row in movements(clinic, "adjustment")] == [
        "count_correction: three were missing", "one behind the shelf",
    ]  # fmt: skip
    assert sound(clinic)


def test_units_can_be_found_where_a_batch_never_was(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    batch = make_stock(clinic, medicine, 100)
    ward = make_location(clinic, "ward")
    assert adjust(clinic, anyone, batch, 5, 0, location_id=ward).balance == 5


@pytest.mark.parametrize(
    ("counted", "more", "error", "field"),
    [
        (90, {"reason_code": ""}, ReasonNeeded, "reason_code"),
        (90, {"reason_code": "", "reason": "  "}, ReasonNeeded, "reason_code"),
        (90, {"reason_code": "whim"}, InvalidValue, "reason_code"),
        (110, {"reason_code": "damaged"}, InvalidValue, "reason_code"),
        (100, {}, InvalidValue, "counted"),
        (-1, {}, InvalidValue, "counted"),
    ],
)
def test_a_count_without_reason_or_sense_is_refused(
    clinic: Clinic, anyone: Actor, counted: int, more: dict[str, str], error: type[Exception], field: str
) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 100)
    with pytest.raises(error) as caught:
        adjust(clinic, anyone, batch, counted, 100, **more)
    assert caught.value.field == field  # type: ignore[attr-defined]
    assert movements(clinic, "adjustment") == []


def test_a_count_of_yesterdays_balance_is_noticed(clinic: Clinic, anyone: Actor) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 100)
    adjust(clinic, anyone, batch, 90, 100)
    with pytest.raises(StaleRecord) as caught:
        adjust(clinic, anyone, batch, 95, 100)
    assert caught.value.facts["current"] == {"quantity": 90}


def test_above_the_limit_a_second_person_agrees(clinic: Clinic, anyone: Actor) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 100, cost="100")
    actor = make_user(clinic, "pharmacist", "pharmacy_supervisor")
    helper, boss = make_user(clinic, "pharmacist"), make_user(clinic, "pharmacy_supervisor")
    adjust(clinic, actor, batch, 50, 100)
    for nobody in (None, actor.user_id, helper.user_id):
        with pytest.raises(SecondPersonNeeded) as caught:
            adjust(clinic, actor, batch, 101, 50, approved_by=nobody)
        assert caught.value.facts["limit"] == 5000
    adjust(clinic, actor, batch, 101, 50, approved_by=boss.user_id)
    assert movements(clinic, "adjustment")[-1].approved_by == boss.user_id


def test_many_small_steps_count_like_a_large_one(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    medicine, boss = make_medicine(clinic), make_user(clinic, "pharmacy_supervisor")
    batch, other = (make_stock(clinic, medicine, 100, batch=number, cost="100") for number in ("A", "B"))
    adjust(clinic, anyone, batch, 70, 100)
    adjust(clinic, anyone, batch, 90, 70)
    with pytest.raises(SecondPersonNeeded):
        adjust(clinic, anyone, batch, 89, 90)
    adjust(clinic, anyone, other, 50, 100)
    adjust(clinic, anyone, batch, 30, 90, approved_by=boss.user_id)
    clock.forward(days=1)
    adjust(clinic, anyone, batch, 60, 30)


def test_expired_batches_are_written_off_whole(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    one = make_stock(clinic, medicine, 10, batch="A", expiry=EXPIRED)
    two = make_stock(clinic, medicine, 5, batch="B", expiry=EXPIRED)
    gone = write_off_expired(clinic, anyone, WriteOffExpired(batch_ids=(one, two, one), reason="expired")).value
    assert (gone.units, gone.value) == (-15, Decimal("30.00"))
    with clinic.read(anyone) as reader:
        kept = reader.rows(select(StockMovement.quantity).where(StockMovement.kind == "write_off"))
        assert available(reader, medicine) == 0
    assert sorted(row.quantity for row in kept) == [-10, -5]
    with pytest.raises(InvalidValue) as caught:
        write_off_expired(clinic, anyone, WriteOffExpired(batch_ids=(one,), reason="expired"))
    assert caught.value.facts["reason"] == "empty"
    assert sound(clinic)


def test_a_good_batch_is_not_written_off_as_expired(clinic: Clinic, anyone: Actor) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 10)
    with pytest.raises(InvalidValue) as caught:
        write_off_expired(clinic, anyone, WriteOffExpired(batch_ids=(batch,), reason="expired"))
    assert caught.value.facts["reason"] == "not_expired"
    with pytest.raises(InvalidValue):
        write_off_expired(clinic, anyone, WriteOffExpired(batch_ids=(), reason="expired"))
    with pytest.raises(ReasonNeeded):
        write_off_expired(clinic, anyone, WriteOffExpired(batch_ids=(batch,), reason=" "))


def test_a_large_write_off_needs_a_second_person_too(clinic: Clinic, anyone: Actor) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 100, cost="100", expiry=EXPIRED)
    boss = make_user(clinic, "pharmacy_supervisor")
    command = WriteOffExpired(batch_ids=(batch,), reason="expired")
    with pytest.raises(SecondPersonNeeded):
        write_off_expired(clinic, anyone, command)
    write_off_expired(clinic, anyone, replace(command, approved_by=boss.user_id))


def test_only_who_may_adjusts(clinic: Clinic) -> None:
    batch = make_stock(clinic, make_medicine(clinic), 10)
    with pytest.raises(NotAllowed):
        adjust(clinic, actor_for("doctor"), batch, 5, 10)
    with pytest.raises(NotAllowed):
        write_off_expired(clinic, actor_for("doctor"), WriteOffExpired(batch_ids=(batch,), reason="x"))
