"""Pages of the lab's window beside the usual day: not paid, released before, labels again, trends, races."""

from dataclasses import replace

import pytest

from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.visits import QueueState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import lab_board, label_paper
from hms_desktop.ui.kit import keys
from tests.make import lab
from tests.make.billing import Guest, next_visit
from tests.make.lab_desk import OpenDesk, Shown, open_desk, type_values
from tests.stores import Clock


@pytest.fixture
def staff(stocked_clinic: Clinic) -> lab.Staff:
    return lab.staff(stocked_clinic)


def close(bench: OpenDesk) -> None:
    bench.desk.release()


def test_an_unpaid_order_is_collected_only_as_an_emergency(stocked_clinic: Clinic, shown: Shown) -> None:
    first = stocked_clinic.with_facility(replace(stocked_clinic.facility, profile=ClinicProfile.PAY_FIRST))
    staff = lab.staff(first)
    guest = lab.with_doctor(first, staff.doctor)
    made = lab.order(first, staff.doctor, guest.visit_id, "malaria_rdt")
    bench = open_desk(first, shown, staff.technician)
    keys.press("Alt+1")
    assert bench.desk.collect.list.rows()[0].owed == 150
    keys.press("Return")
    keys.press("Ctrl+Return")
    assert "is not paid" in bench.said()[-1]
    keys.press("Alt+E")
    form = bench.desk.collect.form
    assert form is not None
    assert keys.wait_until(form.emergency.value)
    keys.press("Ctrl+Return")
    assert lab.states(first, made) == {"malaria_rdt": "in_progress"}
    close(bench)


def test_nothing_ticked_takes_nothing(stocked_clinic: Clinic, shown: Shown, staff: lab.Staff) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    lab.order(stocked_clinic, staff.doctor, guest.visit_id, "glucose_fasting", diagnosis="diabetes")
    bench = open_desk(stocked_clinic, shown, staff.technician)
    keys.press("Alt+1")
    keys.press("Return")
    keys.press("Space")
    keys.press("Ctrl+Return")
    assert bench.said()[-1] == "Tick what you take."
    close(bench)


def test_what_is_released_stands_in_the_grid_to_be_read(stocked_clinic: Clinic, shown: Shown, staff: lab.Staff) -> None:
    guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140", urea="")
    lab.release(stocked_clinic, staff.supervisor, made)
    bench = open_desk(stocked_clinic, shown, staff.technician)
    bench.desk.open_patient(guest.patient_id)
    form = bench.desk.bench.form
    assert form is not None
    assert [cell.entry.test_code for cell in form.grid.cells] == ["urea"]
    keys.press("Ctrl+Return")
    assert bench.said()[-1] == "Type at least one result first."
    close(bench)


def test_text_and_choices_are_entered_and_a_label_is_printed_again(
    stocked_clinic: Clinic, shown: Shown, staff: lab.Staff
) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "stool_microscopy", "stool_occult_blood")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    bench = open_desk(stocked_clinic, shown, staff.technician)
    bench.scan(taken.accession)
    keys.press("Alt+L")
    assert bench.papers.printed == [label_paper(stocked_clinic, staff.technician, taken.specimen_id)]
    keys.press("F3")
    bench.scan(taken.accession)
    type_values("Ova of hookworm", "pos")
    keys.press("Return")
    values = {row.value_text for row in lab.waiting_results(stocked_clinic, made)}
    assert values == {"Ova of hookworm", "Positive"}
    close(bench)


def test_a_trend_is_drawn_and_the_report_shown(
    stocked_clinic: Clinic, shown: Shown, staff: lab.Staff, clock: Clock
) -> None:
    guest, first, _specimen = lab.entered(stocked_clinic, staff, haemoglobin="12.4")
    lab.release(stocked_clinic, staff.supervisor, first)
    clock.forward(days=3)
    again = next_visit(stocked_clinic, Guest(guest.patient_id, guest.visit_id))
    made = lab.order(stocked_clinic, staff.doctor, again.visit_id, "haemoglobin", "malaria_smear")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, haemoglobin="8.2", malaria_smear="2+")
    lab.release(stocked_clinic, staff.supervisor, made)
    bench = open_desk(stocked_clinic, shown, staff.technician)
    keys.press("Alt+4")
    assert keys.wait_until(lambda: len(bench.desk.done.list.rows()) == 2)
    keys.press("Home")
    keys.press("Return")
    keys.press("Down")
    assert bench.desk.done.trend.isVisible()
    keys.press("Down")
    assert not bench.desk.done.trend.isVisible()
    keys.press("Alt+W")
    assert len(bench.papers.opened) == 1
    keys.press("Alt+N")
    type_values("nobody at all")
    assert keys.wait_until(lambda: bench.desk.done.list.rows() == [])
    close(bench)


def test_a_call_is_logged_apart_from_the_release_and_another_releaser_is_faster(
    stocked_clinic: Clinic, shown: Shown, staff: lab.Staff
) -> None:
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, potassium="7.1")
    second = open_desk(stocked_clinic, shown, staff.supervisor)
    keys.press("Down")
    keys.press("Alt+C")
    second.dialog()
    keys.press("Ctrl+Return")
    assert second.no_dialog()
    assert second.said()[-1] == "Noted: Dora Doctor knows of Potassium 7.1."
    assert keys.wait_until(lambda: not second.desk.release_page.panel.call_button.isVisible())
    assert "called Dora Doctor at" in second.desk.release_page.panel._more(second.desk.release_page.panel.going()[0])
    lab.release(stocked_clinic, staff.both, made)
    keys.press("Ctrl+Return")
    assert "Ben Both was quicker" in second.said()[-1]
    assert keys.wait_until(lambda: second.desk.release_page.panel.sheet is None)
    close(second)


def test_a_colleague_has_called_the_patient_already(stocked_clinic: Clinic, shown: Shown, staff: lab.Staff) -> None:
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    mine, theirs = (open_desk(stocked_clinic, shown, actor) for actor in (staff.technician, staff.both))
    keys.press("Alt+1")
    keys.type_text("c")
    mine.desk.activateWindow()
    assert keys.wait_until(mine.desk.isActiveWindow)
    keys.press("Alt+1")
    keys.type_text("c")
    assert "Ben Both was quicker" in mine.said()[-1]
    for each in (mine, theirs):
        close(each)


def test_the_bench_says_what_is_late_on_the_way_and_entered(
    stocked_clinic: Clinic, shown: Shown, staff: lab.Staff, clock: Clock
) -> None:
    _guest, _made, specimen = lab.entered(stocked_clinic, staff, sodium="140", urea="")
    guest = lab.with_doctor(stocked_clinic, staff.doctor, name="Brian Kamau")
    way = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    lab.collect(stocked_clinic, staff.technician, way, received=False)
    bench = open_desk(stocked_clinic, shown, staff.technician)
    page = bench.desk.bench
    shown_states = {row.person.name: page._state(row) for row in page.list.rows()}
    assert shown_states == {"OTIENO, Asha": "1 of 2", "KAMAU, Brian": "On the way"}
    clock.forward(hours=2)
    late = next(row for row in page.list.rows() if row.id == specimen)
    assert page._state(late) == "late 13:00"
    lab.enter(stocked_clinic, staff.technician, specimen, urea="5")
    bench.look()
    done = next(row for row in page.list.rows() if row.id == specimen)
    assert page._state(done) == "Entered"
    assert [row.id for row in lab_board(stocked_clinic, staff.technician).bench][-1] == specimen
    close(bench)


def test_what_the_device_did_not_measure_is_declined_and_the_order_is_complete(
    stocked_clinic: Clinic, shown: Shown, staff: lab.Staff
) -> None:
    guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140", urea="")
    lab.release(stocked_clinic, staff.supervisor, made)
    bench = open_desk(stocked_clinic, shown, staff.technician)
    bench.desk.open_patient(guest.patient_id)
    keys.type_text("5")
    keys.press("Alt+D")
    assert bench.said()[-1] == "Save the results first: Ctrl+Enter."
    form = bench.desk.bench.form
    assert form is not None
    form.grid.cells[0].put("")
    keys.press("Alt+D")
    bench.dialog()
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert bench.no_dialog()
    assert lab.states(stocked_clinic, made) == {"sodium": "completed", "urea": "cancelled"}
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WAITING
    close(bench)
