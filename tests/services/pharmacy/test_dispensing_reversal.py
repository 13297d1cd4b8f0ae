"""A hand-over taken back leaves everything as it was; what is not given is stopped with a reason; turns end."""

import pytest

from hms_desktop.data.tables.prescriptions import PrescriptionItem
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import NotAllowed, ReasonNeeded, StaleRecord, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState
from hms_desktop.domain.visits import VisitState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dispensing import Dispense, dispense
from hms_desktop.services.pharmacy.queue import (
    LeaveOwed,
    leave_owed,
    owed_list,
    pharmacy_queue,
    prescriptions_of_patient,
)
from hms_desktop.services.pharmacy.reversal import (
    ReverseDispensing,
    WithholdItem,
    reverse_dispensing,
    withhold_item,
)
from hms_desktop.services.pharmacy.scan import scan
from tests.make.billing import Guest, next_visit
from tests.make.dispensing import (
    bills,
    charges,
    everything,
    item_state,
    left,
    movements,
    sheet_state,
    sound,
    wish,
)
from tests.make.pharmacy import LATER, SOON, make_medicine, make_stock
from tests.make.prescriptions import Sheet, Written, make_prescription, seen_by_doctor
from tests.stores import Clock, actor_for


def give(clinic: Clinic, actor: Actor, sheet: Sheet, quantity: int = 21) -> Id:
    command = Dispense(prescription_id=sheet.prescription_id, items=everything(clinic, sheet, quantity))
    return dispense(clinic, actor, command).value.dispensing_id


def test_a_reversal_puts_every_unit_back_where_it_came_from(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    medicine = make_medicine(clinic)
    soon = make_stock(clinic, medicine, 8, batch="SOON", expiry=SOON)
    late = make_stock(clinic, medicine, 100, batch="LATE", expiry=LATER)
    sheet = make_prescription(clinic, medicine)
    given = give(clinic, anyone, sheet)
    clock.forward(days=90)
    back = reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=given, reason="wrong patient")).value
    assert (back.movements, back.units) == (2, 21)
    gone = {row.id: row for row in movements(clinic, "dispense")}
    for row in movements(clinic, "reversal"):
        first = gone[row.source_id]
        assert (row.batch_id, row.location_id, row.quantity) == (first.batch_id, first.location_id, -first.quantity)
        assert (row.source_table, row.reason) == ("stock_movement", "wrong patient")
    assert {row.batch_id for row in movements(clinic, "reversal")} == {soon, late}
    assert item_state(clinic, sheet.items[0]) == (ItemState.ACTIVE, 0)
    assert sheet_state(clinic, sheet) is PrescriptionState.ACTIVE
    assert charges(clinic) == [("amoxicillin_500_mg", 21, 105, True)]
    assert [bill.charged for bill in bills(clinic)] == [0]
    assert sound(clinic)


def test_a_hand_over_is_reversed_once_and_with_a_reason(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    given = give(clinic, anyone, make_prescription(clinic, medicine))
    with pytest.raises(ReasonNeeded):
        reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=given, reason=""))
    reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=given, reason="x"))
    with pytest.raises(WrongState):
        reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=given, reason="x"))
    with pytest.raises(NotAllowed):
        reverse_dispensing(clinic, actor_for("doctor"), ReverseDispensing(dispensing_id=given, reason="x"))
    assert left(clinic, medicine) == 100


def test_a_partial_hand_over_is_reversed_in_part(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    give(clinic, anyone, sheet, 10)
    second = give(clinic, anyone, sheet, 11)
    reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=second, reason="x"))
    assert item_state(clinic, sheet.items[0]) == (ItemState.PARTLY, 10)
    assert left(clinic, medicine) == 90


def test_a_stopped_item_stays_stopped_when_what_was_given_comes_back(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    given = give(clinic, anyone, sheet, 10)
    version = wish(clinic, sheet.items[0]).version
    withhold_item(clinic, anyone, WithholdItem(item_id=sheet.items[0], version=version, reason="rash"))
    assert sheet_state(clinic, sheet) is PrescriptionState.COMPLETED
    reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=given, reason="brought back"))
    assert item_state(clinic, sheet.items[0]) == (ItemState.STOPPED, 0)
    assert sheet_state(clinic, sheet) is PrescriptionState.COMPLETED


def test_after_a_reversal_the_patient_who_is_still_here_waits_again(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    given = give(clinic, anyone, sheet)
    assert pharmacy_queue(clinic, anyone) == []
    reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=given, reason="x"))
    assert [row.prescription_id for row in pharmacy_queue(clinic, anyone)] == [sheet.prescription_id]


def test_after_a_reversal_a_patient_who_went_home_is_owed(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    given = give(clinic, anyone, sheet)
    next_visit(clinic, Guest(sheet.patient_id, sheet.visit_id))
    reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=given, reason="x"))
    assert pharmacy_queue(clinic, anyone) == []
    assert [(row.owed, row.usable) for row in owed_list(clinic, anyone)] == [(21, 100)]


def test_withholding_tells_the_prescriber_why_and_ends_the_turn(clinic: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic))
    version = wish(clinic, sheet.items[0]).version
    with pytest.raises(ReasonNeeded):
        withhold_item(clinic, anyone, WithholdItem(item_id=sheet.items[0], version=version, reason=" "))
    withhold_item(clinic, anyone, WithholdItem(item_id=sheet.items[0], version=version, reason="allergic"))
    with clinic.read(SYSTEM) as reader:
        row = reader.get(PrescriptionItem, sheet.items[0])
    assert (row.state, row.stop_reason, row.stopped_by) == (ItemState.STOPPED, "allergic", anyone.user_id)
    assert pharmacy_queue(clinic, anyone) == []
    assert owed_list(clinic, anyone) == []
    with pytest.raises(WrongState):
        withhold_item(clinic, anyone, WithholdItem(item_id=sheet.items[0], version=version, reason="again"))


def test_withholding_from_an_old_screen_is_noticed(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    seen = wish(clinic, sheet.items[0]).version
    give(clinic, anyone, sheet, 10)
    with pytest.raises(StaleRecord):
        withhold_item(clinic, anyone, WithholdItem(item_id=sheet.items[0], version=seen, reason="x"))


def test_the_queue_is_ordered_by_colour_and_says_what_is_in_stock(clinic: Clinic, anyone: Actor) -> None:
    medicine, empty = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    make_stock(clinic, medicine, 30)
    green = make_prescription(clinic, medicine, empty, Written(None, free_text="Honey"), colour="green")
    red = make_prescription(clinic, medicine, name="Ben Kamau", colour="red")
    rows = pharmacy_queue(clinic, anyone)
    assert [(row.prescription_id, row.items, row.in_stock) for row in rows] == [
        (red.prescription_id, 1, 1), (green.prescription_id, 2, 1),
    ]  # fmt: skip
    assert rows[1].number == green.number


def test_who_waits_without_a_prescription_is_seen_too(clinic: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(clinic)
    row = pharmacy_queue(clinic, anyone)[0]
    assert (row.prescription_id, row.items, row.entry.visit_id) == (None, 0, sheet.visit_id)


def test_what_could_not_be_given_is_owed_when_the_patient_goes(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic, tall_man="amoxiCILLin")
    sheet = make_prescription(clinic, medicine)
    assert owed_list(clinic, anyone) == []
    assert leave_owed(clinic, anyone, LeaveOwed(visit_id=sheet.visit_id)).value
    assert not leave_owed(clinic, anyone, LeaveOwed(visit_id=sheet.visit_id)).value
    assert pharmacy_queue(clinic, anyone) == []
    row = owed_list(clinic, anyone)[0]
    assert (row.name, row.owed, row.usable, row.number) == ("amoxiCILLin", 21, 0, sheet.number)
    make_stock(clinic, medicine, 50)
    assert owed_list(clinic, anyone)[0].usable == 50
    give(clinic, anyone, sheet)
    assert owed_list(clinic, anyone) == []


def test_the_rest_of_an_attended_prescription_is_owed_but_the_turn_goes_on_for_another(
    clinic: Clinic, anyone: Actor
) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    first = make_prescription(clinic, medicine)
    guest = Guest(first.patient_id, first.visit_id)
    second = make_prescription(clinic, medicine, guest=guest)
    give(clinic, anyone, first, 10)
    assert {row.prescription_id for row in pharmacy_queue(clinic, anyone)} == {
        first.prescription_id, second.prescription_id,
    }  # fmt: skip
    give(clinic, anyone, second)
    assert pharmacy_queue(clinic, anyone) == []
    assert [row.owed for row in owed_list(clinic, anyone)] == [11]


def test_owed_medicines_expire_with_their_prescription(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic))
    leave_owed(clinic, anyone, LeaveOwed(visit_id=sheet.visit_id))
    clock.forward(days=30)
    assert len(owed_list(clinic, anyone)) == 1
    clock.forward(days=1)
    assert owed_list(clinic, anyone) == []


def test_a_visit_closes_when_the_last_medicine_was_given_and_nothing_is_owed(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic, price=None)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    seen_by_doctor(clinic, sheet.visit_id)
    give(clinic, anyone, sheet)
    with clinic.read(SYSTEM) as reader:
        assert reader.get(Visit, sheet.visit_id).state == VisitState.CLOSED


def test_a_prescription_is_found_by_its_number_however_it_is_typed_or_by_its_patient(
    clinic: Clinic, anyone: Actor
) -> None:
    medicine = make_medicine(clinic)
    sheet = make_prescription(clinic, medicine)
    for text in (sheet.number, sheet.number.lower().replace("-", ""), f" {sheet.number} "):
        found = scan(clinic, anyone, text).prescriptions
        assert [(row.prescription_id, row.open_items) for row in found] == [(sheet.prescription_id, 1)]
    mrn = prescriptions_of_patient(clinic, anyone, sheet.patient_id)[0].mrn
    assert [row.number for row in scan(clinic, anyone, mrn).prescriptions] == [sheet.number]
    assert scan(clinic, anyone, "  ").nothing
    assert scan(clinic, anyone, "nobody").nothing


def test_old_prescriptions_are_found_but_not_live(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic))
    clock.forward(days=40)
    assert [row.number for row in scan(clinic, anyone, sheet.number).prescriptions] == [sheet.number]
