"""Several pharmacists at once, each with a connection of their own: nobody gives what is not there, nothing is lost."""

from collections.abc import Callable
from decimal import Decimal

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import ClinicError, NotEnoughStock, StaleRecord, WrongState
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.services.dispensing import (
    CancelPriced,
    Dispense,
    Dispensed,
    HandOver,
    PricePrescription,
    cancel_priced,
    dispense,
    hand_over,
    price_prescription,
)
from hms_desktop.services.goods_receipts import ReceivedLine, ReceiveStock, receive_stock
from hms_desktop.services.pharmacy.adjustments import AdjustStock, adjust_stock
from hms_desktop.services.pharmacy.levels import batches_of
from hms_desktop.services.pharmacy.reversal import ReverseDispensing, reverse_dispensing
from tests.make.dispensing import everything, item_state, left, movements, sound
from tests.make.pharmacy import LATER, SOON, make_medicine, make_stock
from tests.make.prescriptions import Sheet, make_prescription
from tests.make.racing import at_once

Station = Callable[[], Clinic]


def give(clinic: Clinic, actor: Actor, command: Dispense) -> Callable[[], Outcome[Dispensed]]:
    return lambda: dispense(clinic, actor, command)


def whole(clinic: Clinic, sheet: Sheet) -> Dispense:
    return Dispense(prescription_id=sheet.prescription_id, items=everything(clinic, sheet))


def won(results: list[object]) -> list[object]:
    return [result for result in results if not isinstance(result, ClinicError)]


def test_two_pharmacists_on_one_batch_never_oversell(clinic: Clinic, anyone: Actor, another_station: Station) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 50)
    sheets = [make_prescription(clinic, medicine, name=f"Patient {letter}") for letter in "ABCD"]
    commands = [whole(clinic, sheet) for sheet in sheets]
    results = at_once([give(another_station(), anyone, command) for command in commands])
    lost = [result for result in results if isinstance(result, ClinicError)]
    assert [type(each) for each in lost] == [NotEnoughStock, NotEnoughStock]
    assert left(clinic, medicine) == 8
    assert sound(clinic)


def test_two_pharmacists_on_one_prescription_give_it_once(
    clinic: Clinic, anyone: Actor, another_station: Station
) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    items = everything(clinic, sheet, 10)
    jobs = [
        give(another_station(), anyone, Dispense(prescription_id=sheet.prescription_id, items=items)) for _ in range(3)
    ]
    results = at_once(jobs)
    assert len(won(results)) == 1
    assert {type(each) for each in results if isinstance(each, ClinicError)} == {StaleRecord}
    assert item_state(clinic, sheet.items[0])[1] == 10
    assert left(clinic, medicine) == 90
    assert sound(clinic)


def test_the_same_press_from_two_threads_gives_once(clinic: Clinic, anyone: Actor, another_station: Station) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    command = whole(clinic, make_prescription(clinic, medicine))
    results = at_once([give(another_station(), anyone, command) for _ in range(2)])
    assert len({result.value.dispensing_id for result in results if isinstance(result, Outcome)}) == 1
    assert left(clinic, medicine) == 79


def test_medicines_in_opposite_order_do_not_block_each_other(
    clinic: Clinic, anyone: Actor, another_station: Station
) -> None:
    one, two = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    for medicine in (one, two):
        make_stock(clinic, medicine, 100, batch=f"S{medicine[-4:]}", expiry=SOON)
        make_stock(clinic, medicine, 100, batch=f"L{medicine[-4:]}", expiry=LATER)
    first = make_prescription(clinic, one, two)
    second = make_prescription(clinic, two, one, name="Ben Kamau")
    third = make_prescription(clinic, one, two, name="Carol Atieno")
    commands = [whole(clinic, sheet) for sheet in (first, second, third)]
    results = at_once([give(another_station(), anyone, command) for command in commands])
    assert len(won(results)) == 3
    assert (left(clinic, one), left(clinic, two)) == (137, 137)
    assert sound(clinic)


def test_a_reversal_by_two_at_once_happens_once(clinic: Clinic, anyone: Actor, another_station: Station) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    given = dispense(clinic, anyone, whole(clinic, make_prescription(clinic, medicine))).value.dispensing_id

    def back(mine: Clinic) -> Callable[[], object]:
        return lambda: reverse_dispensing(mine, anyone, ReverseDispensing(dispensing_id=given, reason="x"))

    results = at_once([back(another_station()) for _ in range(2)])
    assert sorted(isinstance(each, WrongState) for each in results) == [False, True]
    assert left(clinic, medicine) == 100
    assert len(movements(clinic, "reversal")) == 1
    assert sound(clinic)


def test_one_new_batch_received_by_two_at_once_is_one_batch(
    clinic: Clinic, anyone: Actor, another_station: Station
) -> None:
    medicine = make_medicine(clinic)

    def receive(mine: Clinic, units: int) -> Callable[[], object]:
        line = ReceivedLine(medication_id=medicine, batch="N1", expiry=LATER, quantity=units, unit_cost=Decimal("1.50"))
        return lambda: receive_stock(mine, anyone, ReceiveStock(lines=(line,), key=new_id()))

    results = at_once([receive(another_station(), units) for units in (10, 20, 30)])
    assert len(won(results)) == 3
    assert [(row.number, row.quantity) for row in batches_of(clinic, anyone, medicine)] == [("N1", 60)]
    assert sound(clinic)


def test_giving_while_counting_loses_nothing(clinic: Clinic, anyone: Actor, another_station: Station) -> None:
    medicine = make_medicine(clinic)
    batch: Id = make_stock(clinic, medicine, 100)
    command = whole(clinic, make_prescription(clinic, medicine))
    count = AdjustStock(batch_id=batch, counted=98, seen=100, reason_code="count_correction")
    counting, giving = another_station(), another_station()
    results = at_once([lambda: adjust_stock(counting, anyone, count), give(giving, anyone, command)])
    assert not isinstance(results[1], ClinicError)
    assert left(clinic, medicine) in (77, 79)
    assert isinstance(results[0], StaleRecord) == (left(clinic, medicine) == 79)
    assert sound(clinic)


def priced(clinic: Clinic, actor: Actor) -> tuple[Sheet, Id, Id]:
    """A prescription that was priced and is free; its dispensing and its medicine."""
    medicine = make_medicine(clinic, price=None)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    command = PricePrescription(prescription_id=sheet.prescription_id, items=everything(clinic, sheet))
    return sheet, price_prescription(clinic, actor, command).value.dispensing_id, medicine


def test_what_was_priced_is_handed_over_by_one_of_two(clinic: Clinic, anyone: Actor, another_station: Station) -> None:
    sheet, dispensing, medicine = priced(clinic, anyone)

    def over(mine: Clinic) -> Callable[[], object]:
        return lambda: hand_over(mine, anyone, HandOver(dispensing_id=dispensing))

    results = at_once([over(another_station()) for _ in range(3)])
    assert len(won(results)) == 1
    assert item_state(clinic, sheet.items[0])[1] == 21
    assert left(clinic, medicine) == 79
    assert sound(clinic)


def test_a_pricing_is_taken_back_or_handed_over_never_both(
    clinic: Clinic, anyone: Actor, another_station: Station
) -> None:
    sheet, dispensing, medicine = priced(clinic, anyone)
    one, two = another_station(), another_station()
    results = at_once(
        [
            lambda: hand_over(one, anyone, HandOver(dispensing_id=dispensing)),
            lambda: cancel_priced(two, anyone, CancelPriced(dispensing_id=dispensing, reason="changed")),
        ]
    )
    given = not isinstance(results[0], ClinicError)
    assert given == isinstance(results[1], ClinicError)
    assert (left(clinic, medicine), item_state(clinic, sheet.items[0])[1]) == ((79, 21) if given else (100, 0))
    assert sound(clinic)
