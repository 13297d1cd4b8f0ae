"""Tests and medicines at the doctor's window: ordered, taken away, cancelled, stopped, checked."""

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.visits import QueueState
from hms_desktop.services.chart import seen_patient
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab_release import CallNote
from hms_desktop.ui.kit import keys
from tests.make import lab
from tests.make.consultations import Waiting, waiting_patient
from tests.make.doctor_desk import Doctor, SitDown, chart, dialog_opens, state, words_of

# --- lab -----------------------------------------------------------------------------------------------


def test_tests_are_collected_taken_away_and_ordered_once(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+2")
    keys.press("Alt+O")
    assert desk.said[-1] == "Choose at least one test first."
    desk.choose("haemoglobin")
    desk.choose("malaria rapid")
    wanted = desk.window.chart.lab.wanted
    assert len(wanted.rows()) == 2
    wanted.setFocus()
    keys.press("End")
    keys.press("Del")
    assert [row.name for row in wanted.rows()] == ["Haemoglobin"]
    keys.press("Alt+T")
    assert "not saved yet" in desk.said[-1]
    assert state(desk, asha) is QueueState.WITH_DOCTOR
    keys.press("Return")
    assert keys.focus_name() == "doctor.lab_priority"
    keys.press("2")
    desk.enter_until("doctor.order_tests")
    keys.press("Return")
    orders = seen_patient(desk.clinic, desk.actor, asha.patient_id).orders
    assert [(order.priority.value, order.total) for order in orders] == [("urgent", 1)]


def test_tests_that_the_lab_has_not_begun_are_cancelled(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    lab.order(desk.clinic, desk.actor, asha.visit_id, "haemoglobin")
    desk.window.reload()
    keys.press("Alt+2")
    keys.press("Alt+L")
    desk.answer("not needed")
    assert desk.said[-1] == "The tests are cancelled, and off the bill."


def test_a_test_the_patient_waits_for_is_ordered_again_with_a_reason_for_the_lab(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    for _time in range(2):
        if keys.focus_name() == "doctor.queue":
            desk.take(asha.entry_id)
            back_with_doctor(desk, asha)
        keys.press("Alt+2")
        desk.choose("haemoglobin")
        keys.press("Ctrl+Return")
    dialog_opens()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    shown = " ".join(each.text() for each in dialog.findChildren(QLabel))
    assert "The patient waits for this already: Haemoglobin." in shown
    keys.press("Esc")
    assert len(seen_patient(desk.clinic, desk.actor, asha.patient_id).orders) == 1
    assert len(desk.window.chart.lab.wanted.rows()) == 1
    keys.press("Ctrl+Return")
    dialog_opens()
    keys.press("Alt+W")
    keys.type_text("bleeding since")
    keys.press("Ctrl+Return")
    desk.settle(lambda: len(seen_patient(desk.clinic, desk.actor, asha.patient_id).orders) == 2)
    first, second = seen_patient(desk.clinic, desk.actor, asha.patient_id).orders
    assert (first.clinical_notes, second.clinical_notes) == ("", "Ordered again: bleeding since")


def back_with_doctor(desk: Doctor, patient: Waiting) -> None:
    with desk.clinic.work(SYSTEM, "tests.back") as work:
        work.change(QueueEntry, patient.entry_id, state=QueueState.WITH_DOCTOR)
        work.finish()
    desk.window.reload()
    desk.settle(lambda: desk.window.chart.lab.ordering.isVisibleTo(desk.window.chart.lab))


def test_a_critical_result_is_seen_by_the_doctor(desk: Doctor, asha: Waiting) -> None:
    staff = lab.staff(desk.clinic)
    desk.take(asha.entry_id)
    made = lab.order(desk.clinic, desk.actor, asha.visit_id, "haemoglobin")
    taken = lab.collect(desk.clinic, staff.technician, made).specimens[0]
    lab.enter(desk.clinic, staff.technician, taken.specimen_id, haemoglobin="3.1")
    result = lab.waiting_results(desk.clinic, made)[0]
    call = CallNote(result.id, "Dora Doctor", desk.clinic.clock(), read_back=True)
    lab.release(desk.clinic, staff.supervisor, made, calls=(call,))
    desk.window.reload()
    desk.take(asha.entry_id)
    keys.press("Alt+2")
    keys.press("Alt+S")
    assert desk.said[-1] == "Noted: you have seen Haemoglobin 3.1."
    desk.settle(desk.window.chart.lab.results.acknowledge_button.isHidden)


# --- prescription --------------------------------------------------------------------------------------


def test_free_text_needs_a_quantity_and_an_unsafe_dose_is_refused(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+3")
    keys.press("Alt+L")
    assert keys.focus_name() == "doctor.medicine"
    keys.type_text("Elastic stocking")
    keys.press("Alt+L")
    assert keys.focus_name() == "doctor.quantity"
    keys.type_text("2")
    keys.press("Alt+D")
    keys.type_text("10 IU")
    keys.press("Alt+L")
    assert keys.focus_name() == "doctor.dose"
    desk.window.chart.prescription.line.dose.clear()
    keys.press("Alt+L")
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    keys.press("Esc")
    assert desk.window.chart.prescription.lines.rows() == []
    keys.press("Alt+L")
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    keys.press("Alt+A")
    assert [(row.name, row.quantity) for row in desk.window.chart.prescription.lines.rows()] == [
        ("Elastic stocking", 2)
    ]
    keys.press("Alt+S")
    assert chart(desk, asha).prescriptions[0].name == "Elastic stocking"


def test_a_line_is_taken_away_and_nothing_is_saved_empty(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+3")
    keys.press("Alt+S")
    assert desk.said[-1] == "Add at least one medicine first."
    desk.choose("paracetamol 500")
    keys.press("Alt+L")
    assert "in stock" in desk.said[-1]
    desk.window.chart.prescription.lines.setFocus()
    keys.press("Down")
    keys.press("Del")
    assert desk.window.chart.prescription.lines.rows() == []


def test_another_medicine_forgets_the_dose_of_the_one_before(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+3")
    desk.choose("paracetamol 500")
    line = desk.window.chart.prescription.line
    assert line.dose.value()
    line.change_medicine()
    keys.type_text("x")
    assert line.dose.value() == ""


def test_a_medicine_is_stopped_with_a_reason(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+3")
    desk.choose("paracetamol 500")
    keys.press("Alt+L")
    keys.press("Alt+S")
    before = desk.window.chart.prescription.before
    desk.settle(before.list.rows)
    before.list.setFocus()
    keys.press("Down")
    keys.press("Alt+P")
    desk.answer("rash")
    assert chart(desk, asha).prescriptions[0].state is ItemState.STOPPED
    desk.settle(lambda: before.list.rows()[0].state is ItemState.STOPPED)
    keys.press("Del")
    assert desk.said[-1] == "Only a medicine that is still to be given can be stopped."


def test_a_childs_weight_is_asked_for_and_the_dose_shown_per_kilogram(
    doctor: Any, stocked_clinic: Clinic, sit_down: SitDown
) -> None:
    child = waiting_patient(stocked_clinic, name="Baby Achieng", birth=date(2023, 3, 5))
    desk = sit_down(doctor)
    desk.take(child.entry_id)
    keys.press("Alt+3")
    desk.choose("paracetamol 500")
    assert "weight is not measured" in words_of(desk, "doctor.cautions")
    with stocked_clinic.work(SYSTEM, "tests.weigh") as work:
        work.insert(
            Vitals, patient_id=child.patient_id, visit_id=child.visit_id, taken_at=work.now, weight=Decimal("12.5")
        )
        work.finish()
    desk.window.chart.prescription.line.dose.set_value("180 mg")
    assert "14.4 mg/kg at 12.5 kg" in words_of(desk, "doctor.cautions")
