"""A day at the doctor's window, by keys: taken in, note, diagnosis, lab and back, prescription, completed."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import select

from hms_desktop.data.tables.billing import Charge
from hms_desktop.data.tables.patients import Allergy, Patient
from hms_desktop.data.tables.prescriptions import PrescriptionItem
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.errors import ReasonNeeded
from hms_desktop.domain.patients import AllergySeverity, AllergyState
from hms_desktop.domain.visits import QueueState, VisitState
from hms_desktop.services.chart import chart, seen_patient
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab_orders import OrderMade
from hms_desktop.system.drafts import DraftStore
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import InlineBackground
from hms_desktop.ui.kit.drafts import DraftKeeper
from tests.make import lab
from tests.make.consultations import Waiting, waiting_patient
from tests.make.doctor_desk import Doctor, SitDown, sit_down
from tests.stores import make_user
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown", "sit_down"]

pytestmark = pytest.mark.journey


@pytest.fixture
def engine_kind() -> str:
    """Windows do not know the engine: one is enough."""
    return "sqlite"


@pytest.fixture
def doctor(stocked_clinic: Clinic) -> Actor:
    return make_user(stocked_clinic, "doctor", name="Dora Doctor")


@pytest.fixture
def asha(stocked_clinic: Clinic) -> Waiting:
    """Yellow, with fever, allergic to penicillin."""
    patient = waiting_patient(stocked_clinic)
    with stocked_clinic.work(SYSTEM, "tests.asha") as work:
        work.insert(
            Allergy, patient_id=patient.patient_id, allergen_code="penicillin", substance="Penicillin",
            reaction="rash", severity=AllergySeverity.SEVERE, noted_on=work.today,
        )  # fmt: skip
        work.change(Patient, patient.patient_id, allergy_state=AllergyState.RECORDED)
        work.change(Visit, patient.visit_id, complaint="Fever for 3 days")
        work.finish()
    return patient


@pytest.fixture
def desk(doctor: Actor, asha: Waiting, sit_down: SitDown) -> Doctor:
    """The window, with Asha in the queue."""
    assert asha.entry_id
    return sit_down(doctor)


def rows(clinic: Clinic, statement: Any) -> list[Any]:
    with clinic.read(SYSTEM) as reader:
        return list(reader.rows(statement))


def entry_state(clinic: Clinic, patient: Waiting) -> QueueState:
    with clinic.read(SYSTEM) as reader:
        return QueueState(reader.get(QueueEntry, patient.entry_id).state)


def write_note_and_diagnosis(desk: Doctor) -> None:
    """Triage's complaint is there already; history, then the diagnosis by an everyday word."""
    assert keys.focus_name() == "doctor.complaint"
    keys.press("Return")
    keys.type_text("Fever and dry cough. No travel.")
    keys.press("Ctrl+Return")
    assert desk.said[-1] == "Note saved."
    keys.press("Alt+D")
    desk.choose("lung infection")
    assert desk.said[-1].startswith("Diagnosis added")


def order_haemoglobin(desk: Doctor) -> None:
    """Alt+2, the test, and to the lab."""
    keys.press("Alt+2")
    desk.choose("haemoglobin")
    keys.press("Ctrl+Return")


def results_come(clinic: Clinic, patient: Waiting, doctor: Actor) -> None:
    """The lab does its work at its own station."""
    staff = lab.staff(clinic)
    order = seen_patient(clinic, doctor, patient.patient_id).orders[0]
    made = OrderMade(order.id, order.number, tuple(test.id for test in order.tests), 0, True)  # type: ignore[arg-type]
    taken = lab.collect(clinic, staff.technician, made).specimens[0]
    lab.enter(clinic, staff.technician, taken.specimen_id, haemoglobin="9.1")
    lab.release(clinic, staff.supervisor, made)


def add_medicine(desk: Doctor, text: str) -> None:
    """Choose a medicine and go on by Enter to the button that adds the line; press it."""
    desk.choose(text)
    desk.enter_until("doctor.add_line")
    keys.press("Return")


def test_a_whole_consultation_by_keys(stocked_clinic: Clinic, desk: Doctor, doctor: Actor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    assert entry_state(stocked_clinic, asha) is QueueState.WITH_DOCTOR
    write_note_and_diagnosis(desk)
    order_haemoglobin(desk)
    assert entry_state(stocked_clinic, asha) is QueueState.SENT_TO_LAB
    assert keys.focus_name() == "doctor.queue"

    desk.settle(lambda: desk.window.queue.list.rows()[0].state is QueueState.SENT_TO_LAB)

    results_come(stocked_clinic, asha, doctor)
    desk.context.background.announce(desk.window.TOPICS)
    desk.settle(lambda: "Results of OTIENO, Asha are in." in desk.said)
    desk.take(asha.entry_id)
    keys.press("Alt+2")
    assert [row.value for row in desk.window.chart.lab.results.list.rows()] == ["9.1"]

    keys.press("Alt+3")
    add_medicine(desk, "amoxicillin 500")
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    keys.press("Esc")
    assert desk.window.chart.prescription.lines.rows() == []
    assert keys.focus_name() == "doctor.medicine"
    add_medicine(desk, "azithromycin 500")
    assert [row.item.override_reason for row in desk.window.chart.prescription.lines.rows()] == [""]
    keys.press("Alt+S")
    assert "is in the pharmacy's queue" in desk.said[-1]

    keys.press("Alt+T")
    assert entry_state(stocked_clinic, asha) is QueueState.COMPLETED
    assert desk.said[-1] == "Completed: OTIENO, Asha. The consultation is on the bill."
    action = desk.context.messages.recent[-1].action
    assert action is not None
    action.run()
    assert len(desk.papers.printed) == 1
    charged = rows(stocked_clinic, select(Charge.kind).where(Charge.visit_id == asha.visit_id))
    assert ChargeKind.CONSULTATION in {ChargeKind(row.kind) for row in charged}
    note = seen_patient(stocked_clinic, doctor, asha.patient_id).chart.notes[0]
    assert (note.complaint, note.signed_at is not None) == ("Fever for 3 days", True)


def test_an_alert_is_overridden_with_a_reason_that_is_kept(stocked_clinic: Clinic, desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+3")
    desk.choose("amoxicillin 500")
    alerts = desk.window.findChild(QLabel, "doctor.alerts")
    assert alerts is not None
    assert "Penicillin" in alerts.text()
    desk.enter_until("doctor.add_line")
    keys.press("Return")
    desk.answer("Tolerated it in 2024, watched here")
    assert desk.window.chart.prescription.lines.rows()[0].item.override_reason
    keys.press("Ctrl+Return")
    kept = rows(stocked_clinic, select(PrescriptionItem.override_reason, PrescriptionItem.alerts))[0]
    assert kept.override_reason == "Tolerated it in 2024, watched here"
    assert kept.alerts[0]["kind"] == "allergy"


def test_two_medicines_that_must_not_meet_are_saved_with_one_reason(
    stocked_clinic: Clinic, desk: Doctor, asha: Waiting
) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+3")
    add_medicine(desk, "warfarin 5")
    add_medicine(desk, "metronidazole 200")
    desk.answer("INR watched")
    keys.press("Ctrl+Return")
    assert "is in the pharmacy's queue" in desk.said[-1]
    kept = rows(stocked_clinic, select(PrescriptionItem.override_reason).order_by(PrescriptionItem.id))
    assert [row.override_reason for row in kept] == ["", "INR watched"]


def test_a_childs_dose_in_ml_interrupts(stocked_clinic: Clinic, doctor: Actor, sit_down: SitDown) -> None:
    baby = waiting_patient(stocked_clinic, name="Baby Achieng", birth=date(2024, 1, 5))
    with stocked_clinic.work(SYSTEM, "tests.weigh") as work:
        work.insert(Vitals, patient_id=baby.patient_id, visit_id=baby.visit_id, taken_at=work.now, weight=Decimal(11))
        work.finish()
    desk = sit_down(doctor)
    desk.take(baby.entry_id)
    keys.press("Alt+3")
    desk.choose("paracetamol 120")
    desk.window.chart.prescription.line.dose.set_value("50 ml")
    desk.window.chart.prescription.line.quantity.set_value(8)
    keys.press("Alt+L")
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    alerts = desk.window.findChild(QLabel, "doctor.alerts")
    cautions = desk.window.findChild(QLabel, "doctor.cautions")
    assert alerts is not None
    assert cautions is not None
    assert "Child's dose" in alerts.text()
    assert "at 11 kg" in alerts.text()
    assert "Most for one dose: 1000 mg" in cautions.text()
    keys.press("Esc")
    assert desk.window.chart.prescription.lines.rows() == []


def test_free_text_against_an_allergy_interrupts(stocked_clinic: Clinic, desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+3")
    keys.type_text("Penicillin V from the shop")
    desk.window.chart.prescription.line.quantity.set_value(9)
    keys.press("Alt+L")
    desk.answer("desensitised in 2024")
    assert [row.item.override_reason for row in desk.window.chart.prescription.lines.rows()] == ["desensitised in 2024"]
    keys.press("Ctrl+Return")
    kept = rows(stocked_clinic, select(PrescriptionItem.alerts))[0]
    assert {each["kind"] for each in kept.alerts} == {"allergy", "unchecked"}


def test_two_doctors_and_one_patient(stocked_clinic: Clinic, desk: Doctor, asha: Waiting, sit_down: SitDown) -> None:
    second = sit_down(make_user(stocked_clinic, "doctor", name="Otto Other"))
    second.take(asha.entry_id)
    desk.window.activateWindow()
    keys.wait_until(desk.window.isActiveWindow)
    desk.take(asha.entry_id)
    assert "Otto Other was quicker" in desk.said[-1]
    assert desk.window.chart.isHidden()
    action = desk.context.messages.recent[-1].action
    assert action is not None
    action.run()
    seen = desk.window.chart.seen
    assert seen is not None
    assert not seen.mine
    assert desk.window.chart.head.complete_button.isHidden()


def test_a_note_that_was_not_saved_is_offered_again(
    doctor: Actor, asha: Waiting, sit_down: SitDown, tmp_path: Path
) -> None:
    store = DraftStore(tmp_path / "drafts")
    runner = InlineBackground()

    def come() -> Doctor:
        return sit_down(doctor, background=runner, drafts=DraftKeeper(runner, store, doctor.username))

    first = come()
    first.take(asha.entry_id)
    keys.press("Alt+H")
    keys.type_text("Typed before the power went")
    first.window.hide()
    second = come()
    second.take(asha.entry_id)
    keys.press("Alt+R")
    assert second.window.chart.consultation.note.form.history.value() == "Typed before the power went"
    store.close()


def test_lines_of_a_prescription_survive_another_patient(
    stocked_clinic: Clinic, doctor: Actor, asha: Waiting, sit_down: SitDown, tmp_path: Path
) -> None:
    store, runner = DraftStore(tmp_path / "drafts"), InlineBackground()
    other = waiting_patient(stocked_clinic, name="Baraka Mwangi")
    desk = sit_down(doctor, background=runner, drafts=DraftKeeper(runner, store, doctor.username))
    desk.take(asha.entry_id)
    keys.press("Alt+3")
    add_medicine(desk, "paracetamol 500")
    lines = desk.window.chart.prescription.lines
    assert len(lines.rows()) == 1
    desk.take(other.entry_id)
    assert lines.rows() == []
    desk.take(asha.entry_id)
    assert [row.name for row in lines.rows()] == ["paracetamol"]
    store.close()


def test_a_chart_of_somebody_else_opens_with_a_reason(stocked_clinic: Clinic, desk: Doctor, asha: Waiting) -> None:
    with stocked_clinic.work(SYSTEM, "tests.close") as work:
        work.change(Visit, asha.visit_id, state=VisitState.CLOSED, open_key=None)
        work.change(QueueEntry, asha.entry_id, state=QueueState.CANCELLED)
        work.finish()
    desk.window.open_patient(asha.patient_id)
    assert desk.window.chart.isHidden()
    with pytest.raises(ReasonNeeded):
        seen_patient(stocked_clinic, desk.actor, asha.patient_id)
    desk.answer("Called by phone about a refill")
    desk.settle(desk.window.chart.isVisible)
    assert desk.window.chart.tabs.currentIndex() == 3


def test_completing_asks_why_there_is_no_diagnosis(stocked_clinic: Clinic, desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+T")
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    assert entry_state(stocked_clinic, asha) is QueueState.WITH_DOCTOR
    keys.press("Return")
    keys.type_text("wants to think about it")
    keys.press("Ctrl+Return")
    assert entry_state(stocked_clinic, asha) is QueueState.COMPLETED


def test_what_is_typed_is_saved_before_completing(
    stocked_clinic: Clinic, desk: Doctor, doctor: Actor, asha: Waiting
) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+P")
    keys.type_text("Rest and fluids")
    keys.press("Alt+T")
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    keys.press("Alt+W")
    keys.type_text("advice")
    keys.press("Ctrl+Return")
    kept = chart(stocked_clinic, doctor, asha.patient_id).notes
    assert [(note.plan, note.signed_at is not None) for note in kept] == [("Rest and fluids", True)]
