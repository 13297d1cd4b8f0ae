"""Deliveries: numbers, batches that are known already, costs, what is refused beside its field."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.pharmacy import GoodsReceipt, Medication, StockBatch, StockMovement, Supplier
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import InvalidValue, NotAllowed, NotFound
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.goods_receipts import ReceivedLine, ReceiveStock, receive_stock, supplier_names
from hms_desktop.services.stock import available
from hms_desktop.words.errors import sentence
from tests.make.pharmacy import EXPIRED, LATER, SOON, TODAY, make_medicine
from tests.stores import actor_for


def line(medicine: Id, **other: Any) -> ReceivedLine:
    values: dict[str, Any] = {"batch": "A1", "expiry": LATER, "quantity": 100, "unit_cost": Decimal("2.50")}
    return ReceivedLine(medication_id=medicine, **(values | other))


def test_a_delivery_gets_a_number_a_cost_and_movements(clinic: Clinic, anyone: Actor) -> None:
    first, second = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    command = ReceiveStock(
        lines=(line(first), line(second, batch=" b 2 ", quantity=10)), supplier=" Lakeside  Medical ", invoice=" 77 "
    )
    outcome = receive_stock(clinic, anyone, command)
    made = outcome.value
    assert outcome.changed == {"stock", "catalogue"}
    assert (made.number, made.total_cost) == ("TC-AA-G000001", Decimal("275.00"))
    with clinic.read(anyone) as reader:
        receipt = reader.get(GoodsReceipt, made.receipt_id)
        batch = reader.get(StockBatch, made.batch_ids[1])
        moves = reader.rows(select(StockMovement.quantity, StockMovement.source_id).order_by(StockMovement.quantity))
        supplier = reader.get(Supplier, receipt.supplier_id)
        assert available(reader, first) == 100
    assert (receipt.invoice_number, receipt.total_cost, receipt.day) == ("77", 27500, TODAY)
    assert (batch.number, batch.unit_cost, batch.receipt_id) == ("B 2", 250, made.receipt_id)
    assert [tuple(row) for row in moves] == [(10, made.receipt_id), (100, made.receipt_id)]
    assert supplier.name == "Lakeside Medical"


def test_the_same_delivery_sent_twice_is_taken_in_once(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    command = ReceiveStock(lines=(line(medicine),))
    first, second = receive_stock(clinic, anyone, command), receive_stock(clinic, anyone, command)
    assert second.repeated
    assert first.value == second.value
    with clinic.read(anyone) as reader:
        assert available(reader, medicine) == 100


def test_a_known_batch_grows_and_keeps_its_first_cost(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    one = receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine),), supplier="Lakeside")).value
    two = receive_stock(
        clinic, anyone, ReceiveStock(lines=(line(medicine, batch="a1", unit_cost=Decimal(3)),), supplier="LAKESIDE")
    ).value
    three = receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine, unit_cost=Decimal(0)),))).value
    assert one.batch_ids == two.batch_ids == three.batch_ids
    assert (one.kept_cost, two.kept_cost, three.kept_cost) == ((), ("A1",), ())
    assert two.total_cost == 300
    assert supplier_names(clinic, anyone) == ["Lakeside"]
    with clinic.read(anyone) as reader:
        assert reader.get(StockBatch, one.batch_ids[0]).unit_cost == 250
        assert available(reader, medicine) == 300


def test_a_batch_that_came_without_a_cost_takes_the_first_one_told(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    made = receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine, unit_cost=Decimal(0)),))).value
    again = receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine),))).value
    with clinic.read(anyone) as reader:
        assert (reader.get(StockBatch, made.batch_ids[0]).unit_cost, again.kept_cost) == (250, ())


def test_one_delivery_may_name_a_batch_twice(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    made = receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine), line(medicine, quantity=1)))).value
    assert made.batch_ids[0] == made.batch_ids[1]
    with clinic.read(anyone) as reader:
        assert available(reader, medicine) == 101


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"batch": "  "}, "lines.0.batch", "required"),
        ({"quantity": 0}, "lines.0.quantity", "range"),
        ({"quantity": 1_000_001}, "lines.0.quantity", "range"),
        ({"unit_cost": Decimal(-1)}, "lines.0.unit_cost", "negative"),
        ({"unit_cost": Decimal("0.001")}, "lines.0.unit_cost", "money"),
        ({"expiry": EXPIRED}, "lines.0.expiry", "past"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(
    clinic: Clinic, anyone: Actor, values: dict[str, Any], field: str, reason: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        receive_stock(clinic, anyone, ReceiveStock(lines=(line(make_medicine(clinic), **values),)))
    assert (caught.value.field, caught.value.facts["reason"]) == (field, reason)


def test_a_batch_that_expires_today_may_come_yet(clinic: Clinic, anyone: Actor) -> None:
    receive_stock(clinic, anyone, ReceiveStock(lines=(line(make_medicine(clinic), expiry=TODAY),)))


def test_a_delivery_without_lines_is_none(clinic: Clinic, anyone: Actor) -> None:
    with pytest.raises(InvalidValue) as caught:
        receive_stock(clinic, anyone, ReceiveStock(lines=()))
    assert caught.value.field == "lines"


def test_the_same_batch_with_another_expiry_is_a_slip(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine, expiry=date(2027, 1, 31)),)))
    with pytest.raises(InvalidValue) as caught:
        receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine, expiry=SOON),)))
    assert sentence(caught.value.code, caught.value.facts) == (
        "Expiry differs from the 31-Jan-2027 that this batch has here: look at the box again."
    )


def test_medicines_and_locations_that_are_gone_are_named(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(Medication, medicine, "withdrawn")
        work.finish()
    with pytest.raises(NotFound):
        receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine),)))
    with pytest.raises(NotFound):
        receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine),), location_id=new_id()))


def test_only_who_may_receives(clinic: Clinic) -> None:
    with pytest.raises(NotAllowed):
        receive_stock(clinic, actor_for("doctor"), ReceiveStock(lines=(line(new_id()),)))


def test_a_late_batch_is_good_for_its_whole_last_day(clinic: Clinic, anyone: Actor, clock: Any) -> None:
    medicine = make_medicine(clinic)
    receive_stock(clinic, anyone, ReceiveStock(lines=(line(medicine, expiry=TODAY + timedelta(days=1)),)))
    clock.forward(days=1)
    with clinic.read(anyone) as reader:
        assert available(reader, medicine) == 100
    clock.forward(days=1)
    with clinic.read(anyone) as reader:
        assert available(reader, medicine) == 0
