"""What the bench refuses, by keys alone: another patient's tube or card, a wrong number, what a colleague entered."""

from datetime import timedelta

import pytest

from hms_desktop.domain.visits import QueueState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import results_of_order
from hms_desktop.services.patients import patient_banner
from hms_desktop.ui.kit import keys
from tests.house.widgets import nameless, shared_letters
from tests.make import lab
from tests.make.billing import set_setting
from tests.make.lab_desk import Desks, desks, engine_kind, staff, type_values
from tests.stores import Clock
from tests.ui.kit.conftest import dressed, shown

__all__ = ["desks", "dressed", "engine_kind", "shown", "staff"]
pytestmark = pytest.mark.journey


def test_another_patients_tube_stops_the_work_while_values_are_not_saved(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks
) -> None:
    labels = []
    for name in ("Asha Otieno", "Brian Kamau"):
        guest = lab.with_doctor(stocked_clinic, staff.doctor, name=name)
        made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", "potassium", "malaria_rdt")
        labels.append([each.accession for each in lab.collect(stocked_clinic, staff.technician, made).specimens])
    (serum, finger), (theirs, _their_finger) = labels
    bench = desks(staff.technician)
    bench.scan(serum)
    keys.type_text("140")
    keys.press("Return")
    keys.type_text(theirs)
    keys.press("Return")
    stop = bench.dialog()
    assert stop.objectName() == "lab.stop"
    form = bench.desk.bench.form
    assert form is not None
    assert [cell.typed() for cell in form.grid.cells] == ["140", ""]
    keys.press("Return")
    assert bench.no_dialog()
    assert keys.focus_name() == "lab.value_potassium"
    keys.type_text(finger)
    keys.press("Return")
    assert bench.said()[-1].startswith(f"Save the results of {serum} first")
    keys.type_text("4.2")
    keys.press("Ctrl+Return")
    bench.scan(theirs)
    assert bench.desk.bench.form is not None
    assert bench.desk.bench.form.sheet.row.accession == theirs


def test_a_label_scanned_into_a_choice_is_no_answer(stocked_clinic: Clinic, staff: lab.Staff, desks: Desks) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", "urine_colour")
    finger, urine = lab.collect(stocked_clinic, staff.technician, made).specimens
    bench = desks(staff.technician)
    bench.scan(finger.accession)
    keys.type_text(urine.accession)
    keys.press("Return")
    assert keys.focus_name() == "lab.value_urine_colour"
    assert lab.waiting_results(stocked_clinic, made) == []


def test_the_wrong_card_stops_the_collection(stocked_clinic: Clinic, staff: lab.Staff, desks: Desks) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    other = lab.with_doctor(stocked_clinic, staff.doctor, name="Brian Kamau")
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    theirs = patient_banner(stocked_clinic, staff.technician, other.patient_id).mrn
    own = patient_banner(stocked_clinic, staff.technician, guest.patient_id).mrn
    bench = desks(staff.technician)
    keys.press("Alt+1")
    keys.press("Return")
    keys.press("Return")
    assert keys.focus_name() == "lab.patient_number"
    keys.type_text(theirs)
    keys.press("Ctrl+Return")
    bench.dialog()
    keys.press("Return")
    assert bench.no_dialog()
    assert lab.states(stocked_clinic, made) == {"malaria_rdt": "ordered"}
    assert keys.wait_until(lambda: keys.focus_name() == "lab.patient_number")
    keys.type_text(own)
    keys.press("Ctrl+Return")
    assert lab.states(stocked_clinic, made) == {"malaria_rdt": "in_progress"}


def test_a_wrong_number_is_said_beside_the_scan_line(stocked_clinic: Clinic, staff: lab.Staff, desks: Desks) -> None:
    bench = desks(staff.technician)
    bench.scan("TC-AA-T000001-X")
    assert "wrong check character" in bench.desk.scan_line.note
    keys.type_text("TC-AA-T000001-N")
    keys.press("Return")
    assert bench.desk.scan_line.note == "No specimen has this number."
    keys.press("Ctrl+A")
    keys.press("Del")
    keys.press("Return")
    assert keys.focus_name() == "lab.to_collect"


def test_a_card_scanned_for_a_specimen_is_refused_by_name(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    bench = desks(staff.technician)
    bench.scan("TC-AA-P000001-A")  # the card of the patient whose specimen lies there, with the same count
    refused = "TC-AA-P000001-A is a patient card, not a specimen. Nothing was done; scan the right one."
    assert bench.desk.scan_line.note == refused
    bench.scan(taken.accession)
    assert keys.wait_until(lambda: keys.focus_name() == "lab.value_sodium")
    keys.type_text("140TC-AA-C000001-P")  # a receipt, scanned behind a value
    keys.press("Return")
    assert keys.wait_until(lambda: "is a receipt, not a specimen" in bench.desk.scan_line.note)


def test_a_colleagues_value_is_not_overwritten(stocked_clinic: Clinic, staff: lab.Staff, desks: Desks) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", "potassium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    bench = desks(staff.technician)
    bench.scan(taken.accession)
    type_values("140")
    lab.enter(stocked_clinic, staff.both, taken.specimen_id, sodium="144", potassium="4.4")
    keys.press("Ctrl+Return")
    assert "Nothing was overwritten" in bench.said()[-1]
    form = bench.desk.bench.form
    assert form is not None
    assert form.grid.cells[0].note == "Meanwhile Ben Both entered 144."
    assert [cell.typed() for cell in form.grid.cells] == ["140", "4.4"]
    keys.press("Ctrl+A")
    keys.type_text("142")
    keys.press("Ctrl+Return")
    assert {str(row.value_number) for row in lab.waiting_results(stocked_clinic, made)} == {"142.0000", "4.4000"}


def test_who_enters_may_release_only_where_the_clinic_allows_it(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    (taken,) = lab.collect(stocked_clinic, staff.both, made).specimens
    bench = desks(staff.both)
    bench.scan(taken.accession)
    type_values("140")
    keys.press("Return")
    action = bench.given.messages.recent[-1].action
    assert action is not None
    bench.look()
    action.run()
    panel = bench.desk.release_page.panel
    assert keys.focus_name() == "lab.to_release"
    assert not panel.release_button.isEnabled()
    assert panel.said.text() == "A second person releases what you entered."
    set_setting(stocked_clinic, "lab_own_release", True)
    bench.look()
    assert panel.release_button.isEnabled()
    keys.press("Ctrl+Return")
    (row,) = results_of_order(stocked_clinic, staff.doctor, made.order_id)
    assert row.own_release


def test_a_result_is_sent_back_to_the_bench(stocked_clinic: Clinic, staff: lab.Staff, desks: Desks) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, sodium="140")
    second = desks(staff.supervisor)
    keys.press("Down")
    keys.press("Return")
    keys.press("Alt+B")
    second.dialog()
    keys.type_text("control was out")
    keys.press("Ctrl+Return")
    assert second.no_dialog()
    assert second.said()[-1] == "Sodium is on the bench again."
    assert keys.wait_until(lambda: second.desk.release_page.list.rows() == [])


def test_calling_and_missing_patients_and_declining_a_test(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    bench = desks(staff.technician)
    keys.press("Alt+1")
    keys.type_text("c")
    assert bench.said()[-1].startswith("Called: OTIENO, Asha")
    bench.look()
    keys.type_text("x")
    assert bench.said()[-1] == "OTIENO, Asha did not come, and stays in the list."
    bench.look()
    keys.type_text("c")
    bench.look()
    assert bench.desk.collect.list.rows()[0].queue_state == QueueState.CALLED
    keys.press("Alt+L")
    bench.dialog()
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert bench.no_dialog()
    assert lab.states(stocked_clinic, made) == {"sodium": "cancelled"}
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WAITING


def test_the_search_opens_what_is_next_for_a_patient(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks, clock: Clock
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    bench = desks(staff.technician)
    bench.desk.open_patient(guest.patient_id)
    assert "Nothing is open for this patient" in bench.said()[-1]
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    bench.look()
    bench.desk.open_patient(guest.patient_id)
    assert keys.focus_name() == "lab.to_collect"
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    bench.look()
    assert bench.desk.collect.list.rows() == []
    bench.desk.open_patient(guest.patient_id)
    assert keys.focus_name() == "lab.value_sodium"
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, sodium="140")
    bench.look()
    bench.desk.open_patient(guest.patient_id)
    assert bench.desk.release_page.panel.sheet is not None
    clock.now += timedelta(minutes=1)


def test_every_page_has_names_for_all_and_a_letter_for_each(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "potassium", "malaria_rdt")
    taken = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", "stool_microscopy")
    lab.enter(stocked_clinic, staff.technician, taken[0].specimen_id, potassium="7.2")
    done = lab.with_doctor(stocked_clinic, staff.doctor, name="Brian Kamau")
    ready = lab.order(stocked_clinic, staff.doctor, done.visit_id, "sodium")
    (tube,) = lab.collect(stocked_clinic, staff.technician, ready).specimens
    lab.enter(stocked_clinic, staff.technician, tube.specimen_id, sodium="140")
    lab.release(stocked_clinic, staff.supervisor, ready)
    bench = desks(staff.both)
    for page in (1, 2, 3, 4):
        keys.press(f"Alt+{page}")
        keys.press("Return")
        assert [each for each in nameless(bench.desk) if "_draft" not in each] == []
        assert shared_letters(bench.desk) == [], page
    assert len(bench.desk.shortcuts()) > 4
    assert bench.desk.title() == "Laboratory"
