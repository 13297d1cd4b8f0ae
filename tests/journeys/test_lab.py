"""A day at the bench, by keys alone: malaria, a blood count, a critical potassium, a clotted tube, a correction."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from hms_desktop.domain.visits import QueueState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import critical_alerts, lab_board, results_of_order, results_of_visit
from hms_desktop.services.patients import patient_banner
from hms_desktop.ui.kit import keys
from tests.house.widgets import nameless, shared_letters
from tests.make import lab
from tests.make.billing import Guest, next_visit, set_setting
from tests.make.lab_desk import OpenDesk, Shown, open_desk, type_values
from tests.stores import Clock
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]
pytestmark = pytest.mark.journey
Desks = Callable[[Any], OpenDesk]


@pytest.fixture
def staff(stocked_clinic: Clinic) -> lab.Staff:
    return lab.staff(stocked_clinic)


@pytest.fixture
def desks(stocked_clinic: Clinic, shown: Shown) -> Iterator[Desks]:
    """Opens desks of people of the lab."""
    made: list[OpenDesk] = []

    def open_one(actor: Any) -> OpenDesk:
        made.append(open_desk(stocked_clinic, shown, actor))
        return made[-1]

    yield open_one
    for each in made:
        each.desk.release()


def test_a_positive_malaria_test_from_the_finger_to_the_doctor(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    bench = desks(staff.technician)
    assert keys.focus_name() == "lab.scan"
    keys.press("Alt+1")
    assert bench.banners[-1] is not None
    assert bench.banners[-1].name == "OTIENO, Asha"
    keys.press("Return")
    assert keys.focus_name() == "lab.take1"
    keys.press("Ctrl+Return")
    (label,) = [row.accession for row in lab_board(stocked_clinic, staff.technician).bench]
    assert bench.said()[-1] == f"1 specimen of OTIENO, Asha: {label}."
    assert len(bench.papers.printed) == 1
    assert keys.focus_name() == "lab.to_collect"
    bench.scan(label.lower())
    assert keys.focus_name() == "lab.value_malaria_rdt"
    keys.type_text("p")
    keys.press("Return")
    assert keys.focus_name() == "lab.save_results"
    keys.press("Return")
    assert bench.said()[-1] == "1 result of OTIENO, Asha is entered and waits for release."
    assert keys.focus_name() == "lab.scan"
    (partial,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (partial.value, partial.released) == ("Positive", False)
    second = desks(staff.supervisor)
    assert keys.focus_name() == "lab.to_release"
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert second.said()[-1].endswith("The order is complete; the doctor sees it.")
    entry = lab.doctor_entry(stocked_clinic, guest.entry_id)
    assert (entry.state, entry.returned) == (QueueState.WAITING, True)
    keys.press("Alt+4")
    assert keys.wait_until(lambda: keys.focus_name() == "lab.done")
    keys.press("Ctrl+P")
    assert len(second.papers.printed) == 1
    assert lab.states(stocked_clinic, made) == {"malaria_rdt": "completed"}


def test_a_blood_count_with_low_haemoglobin_shows_the_change_and_asks_about_it(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks, clock: Clock
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    first = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "haemoglobin")
    (taken,) = lab.collect(stocked_clinic, staff.technician, first).specimens
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, haemoglobin="12.4")
    lab.release(stocked_clinic, staff.supervisor, first)
    clock.forward(days=30)
    again = next_visit(stocked_clinic, Guest(guest.patient_id, guest.visit_id))
    made = lab.order(stocked_clinic, staff.doctor, again.visit_id, panels=("full_blood_count",))
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    bench = desks(staff.technician)
    bench.scan(taken.accession)
    assert keys.focus_name() == "lab.value_haemoglobin"
    keys.type_text("8.1")
    keys.press("Return")
    form = bench.desk.bench.form
    assert form is not None
    assert form.grid.cells[0].note == "\u221235 % since last time. Enter keeps it."
    assert keys.focus_name() == "lab.value_haemoglobin"
    keys.press("Return")
    type_values("25.1", "3.1", "78.2", "25.9", "32.4", "17.2", "9.8", "72", "20", "5")
    assert keys.focus_name() == "lab.value_eosinophils_percent"
    keys.press("Alt+M")
    keys.type_text("hand count")
    keys.press("Return")
    assert keys.focus_name() == "lab.value_basophils_percent"
    keys.press("Up")
    assert keys.focus_name() == "lab.value_eosinophils_percent"
    keys.type_text("3")
    keys.press("Down")
    type_values("0", "310")
    assert keys.focus_name() == "lab.save_results"
    keys.press("Ctrl+Return")
    rows = {row.test_code: row for row in results_of_order(stocked_clinic, staff.doctor, made.order_id)}
    assert len(rows) == 14
    assert (rows["haemoglobin"].value, rows["haemoglobin"].flag) == ("8.1", "L")
    assert rows["eosinophils_percent"].comment == "hand count"
    assert rows["white_cells"].unit == "×10⁹/L"
    second = desks(staff.supervisor)
    keys.press("Down")
    keys.press("Return")
    assert keys.focus_name() == "lab.results_to_release"
    keys.press("Space")
    assert second.desk.release_page.panel.release_button.text() == "&Release 13 results"
    keys.press("Space")
    keys.press("Return")
    keys.press("Return")
    assert second.said()[-1].startswith("14 results of OTIENO, Asha are released.")


def test_a_critical_potassium_is_called_and_stays_loud_until_then(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "potassium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    bench = desks(staff.technician)
    bench.scan(taken.accession)
    keys.type_text("71")
    keys.press("Return")
    form = bench.desk.bench.form
    assert form is not None
    assert "must lie between" in form.grid.cells[0].note
    keys.press("Ctrl+A")
    keys.type_text("7.1")
    keys.press("Ctrl+Return")
    assert form.grid.cells[0].note == "Critical. Enter keeps it; the call comes next."
    keys.press("Ctrl+Return")
    bench.dialog()
    assert keys.focus_name() == "lab.called_person"
    keys.press("Esc")
    assert bench.no_dialog()
    assert bench.desk.alerts.isVisible()
    assert "OTIENO, Asha" in bench.desk.alerts.accessibleName()
    keys.press("Alt+G")
    bench.dialog()
    keys.press("Return")
    keys.press("Ctrl+A")
    keys.type_text("2359")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "lab.called_at"
    keys.press("Ctrl+A")
    keys.type_text("1155")
    keys.press("Return")
    keys.press("Space")
    keys.press("Return")
    keys.type_text("repeat in 1 hour")
    keys.press("Return")
    keys.press("Return")
    assert bench.no_dialog()
    assert bench.said()[-1] == "Noted: Dora Doctor knows of Potassium 7.1."
    assert keys.wait_until(lambda: not bench.desk.alerts.isVisible())
    (alert,) = critical_alerts(stocked_clinic, staff.doctor)
    assert alert.result.call is not None
    noted = alert.result.call
    assert (noted.called_person, noted.read_back, noted.note) == ("Dora Doctor", True, "repeat in 1 hour")
    assert noted.called_at == bench.clinic.clock().replace(minute=55, hour=8, second=0, microsecond=0)


def test_a_release_asks_for_the_call_that_nobody_made(stocked_clinic: Clinic, staff: lab.Staff, desks: Desks) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "potassium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, potassium="7.1")
    second = desks(staff.supervisor)
    keys.press("Down")
    keys.press("Ctrl+Return")
    second.dialog()
    keys.press("Ctrl+Return")
    assert second.no_dialog()
    assert second.said()[-1].startswith("1 result of OTIENO, Asha is released.")
    (row,) = results_of_order(stocked_clinic, staff.doctor, made.order_id)
    assert row.call is not None
    assert not row.call.read_back


def test_a_clotted_tube_is_rejected_and_taken_again(stocked_clinic: Clinic, staff: lab.Staff, desks: Desks) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "haemoglobin")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made, received=False).specimens
    bench = desks(staff.technician)
    keys.press("Alt+2")
    assert bench.desk.bench.form is None
    keys.press("Return")
    assert keys.focus_name() == "lab.receive"
    bench.scan(taken.accession)
    assert bench.said()[-1].endswith("is on the bench.")
    assert keys.focus_name() == "lab.value_haemoglobin"
    keys.press("Alt+J")
    bench.dialog()
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "lab.reject_listed"
    keys.type_text("clo")
    keys.press("Return")
    keys.type_text("full of clots")
    keys.press("Return")
    keys.press("Return")
    assert bench.no_dialog()
    assert "waits to be collected again" in bench.said()[-1]
    bench.scan(taken.accession)
    assert "Clotted" in bench.desk.scan_line.note
    assert keys.wait_until(lambda: bool(bench.desk.collect.list.rows()))
    keys.press("Alt+1")
    (row,) = bench.desk.collect.list.rows()
    assert row.needs[0].reject_reason == "Clotted · full of clots"
    keys.press("Return")
    keys.press("Ctrl+Return")
    (again,) = lab_board(stocked_clinic, staff.technician).bench
    assert again.accession != taken.accession
    bench.scan(again.accession)
    type_values("11.2")
    keys.press("Return")
    keys.press("Return")
    assert len(lab.waiting_results(stocked_clinic, made)) == 1


def test_a_correction_waits_for_release_and_shows_both_values(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "haemoglobin")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, haemoglobin="9.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    bench = desks(staff.technician)
    bench.scan(taken.accession)
    assert keys.wait_until(lambda: keys.focus_name() == "lab.done")
    keys.press("Return")
    keys.press("Down")
    keys.press("Return")
    bench.dialog()
    assert keys.focus_name() == "lab.value_haemoglobin"
    keys.type_text("11.9")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "lab.correction_reason"
    keys.type_text("tubes swapped")
    keys.press("Ctrl+Return")
    assert bench.no_dialog()
    assert bench.said()[-1] == "The correction of Haemoglobin waits for release: Alt+3."
    assert keys.wait_until(lambda: not bench.desk.done.correct_button.isEnabled())
    second = desks(staff.supervisor)
    keys.press("Down")
    keys.press("Return")
    assert "corrects 9.1: tubes swapped" in second.desk.release_page.panel.said.text()
    keys.press("Ctrl+Return")
    (row,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (row.value, row.first.value if row.first else "") == ("11.9", "9.1")
    second.desk.open_page(3)
    assert keys.wait_until(lambda: bool(second.desk.done.results.rows()))
    keys.press("Return")
    keys.press("Down")
    assert "first reported as 9.1: tubes swapped" in second.desk.done.said.text()


# --- stops ---------------------------------------------------------------------------------------------------


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
    bench.scan("TC-AA-000001-X")
    assert "wrong check character" in bench.desk.scan_line.note
    keys.type_text("TC-AA-000001-Q")
    keys.press("Return")
    assert bench.desk.scan_line.note == "No specimen has this number."
    keys.press("Ctrl+A")
    keys.press("Del")
    keys.press("Return")
    assert keys.focus_name() == "lab.to_collect"


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
