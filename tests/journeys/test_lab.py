"""A day at the bench, by keys alone: malaria, a blood count, a critical potassium, a clotted tube, a correction."""

import pytest

from hms_desktop.domain.visits import QueueState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import critical_alerts, lab_board, results_of_order, results_of_visit
from hms_desktop.services.lab_orders import OrderMade
from hms_desktop.ui.kit import keys
from tests.make import lab
from tests.make.billing import Guest, next_visit
from tests.make.lab_desk import Desks, desks, engine_kind, staff, type_values
from tests.stores import Clock
from tests.ui.kit.conftest import dressed, shown

__all__ = ["desks", "dressed", "engine_kind", "shown", "staff"]
pytestmark = pytest.mark.journey


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


def count_after_a_month(clinic: Clinic, staff: lab.Staff, clock: Clock) -> tuple[OrderMade, str]:
    """A blood count of somebody whose haemoglobin was 12.4 a month ago: the order and its tube."""
    guest, first, _specimen = lab.entered(clinic, staff, haemoglobin="12.4")
    lab.release(clinic, staff.supervisor, first)
    clock.forward(days=30)
    again = next_visit(clinic, Guest(guest.patient_id, guest.visit_id))
    made = lab.order(clinic, staff.doctor, again.visit_id, panels=("full_blood_count",))
    (taken,) = lab.collect(clinic, staff.technician, made).specimens
    return made, taken.accession


def note_the_call(at: str) -> None:
    """Fill in the call that is open, with the person who is proposed."""
    keys.press("Return")
    keys.press("Ctrl+A")
    keys.type_text("2359")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "lab.called_at"
    keys.press("Ctrl+A")
    type_values(at)
    keys.press("Space")
    keys.press("Return")
    type_values("repeat in 1 hour")
    keys.press("Return")


def test_a_blood_count_with_low_haemoglobin_shows_the_change_and_asks_about_it(
    stocked_clinic: Clinic, staff: lab.Staff, desks: Desks, clock: Clock
) -> None:
    made, label = count_after_a_month(stocked_clinic, staff, clock)
    bench = desks(staff.technician)
    bench.scan(label)
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
    note_the_call("1155")
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
