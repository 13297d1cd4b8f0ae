"""The parts of the doctor's window: what each shows, allows and refuses."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from hms_desktop.data.tables.patients import Condition, Patient
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.consultations import ConditionState
from hms_desktop.domain.patients import AllergyState
from hms_desktop.domain.visits import QueueState
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.theme import Look, apply_theme
from tests.house.widgets import shared_letters
from tests.make import lab
from tests.make.consultations import Waiting, waiting_patient
from tests.make.doctor_desk import Doctor, SitDown, chart, dialog_opens, state, words_of

# --- the whole window ----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [1, 2, 3, 4])
def test_every_letter_belongs_to_one_thing_in_every_part(desk: Doctor, asha: Waiting, part: int) -> None:
    desk.take(asha.entry_id)
    keys.press(f"Alt+{part}")
    assert desk.window.chart.tabs.currentIndex() == part - 1
    assert shared_letters(desk.window) == []


@pytest.mark.parametrize(("width", "scale"), [(1024, 1.0), (1024, 1.5), (1366, 1.0)])
def test_nothing_has_to_be_scrolled_sideways(
    qapp: QApplication, doctor: Any, asha: Waiting, sit_down: SitDown, width: int, scale: float
) -> None:
    apply_theme(qapp, Look.LIGHT, scale=scale)
    desk = sit_down(doctor)
    desk.window.resize(width, 560)
    desk.take(asha.entry_id)
    for part in range(4):
        desk.window.chart.open_part(part)
        keys.wait(20)
        areas = desk.window.findChildren(QAbstractScrollArea)
        bars = [area.objectName() for area in areas if area.isVisible() and area.horizontalScrollBar().isVisible()]
        assert bars == []
        assert desk.window.width() == width


def test_where_there_is_no_room_the_queue_gives_way_to_the_chart_and_comes_back(desk: Doctor, asha: Waiting) -> None:
    desk.window.resize(700, 560)
    desk.take(asha.entry_id)
    assert desk.window.queue.isHidden()
    keys.press("Alt+Q")
    assert not desk.window.queue.isHidden()
    assert keys.focus_name() == "doctor.queue"
    keys.press("F6")
    assert desk.window.queue.isHidden()
    keys.press("Esc")
    assert keys.focus_name() == "doctor.queue"


def test_parts_turn_by_page_keys(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Ctrl+PgUp")
    assert keys.focus_name() == "doctor.past_visits"
    keys.press("Ctrl+PgDown")
    assert keys.focus_name() == "doctor.complaint"


def test_the_window_says_its_keys_and_its_name(desk: Doctor) -> None:
    assert desk.window.title() == "Doctor"
    assert {"F6", "Alt+T"} <= {each.keys for each in desk.window.shortcuts()}


# --- the queue -----------------------------------------------------------------------------------------


def test_a_live_update_never_moves_the_selected_row(desk: Doctor, asha: Waiting) -> None:
    desk.select(asha.entry_id)
    red = waiting_patient(desk.clinic, name="Just Red")
    with desk.clinic.work(SYSTEM, "tests.red") as work:
        work.change(QueueEntry, red.entry_id, colour="red", colour_rank=0)
        work.finish()
    desk.context.background.announce(desk.window.TOPICS)
    desk.settle(lambda: desk.queue() == ["RED, Just", "OTIENO, Asha"])
    current = desk.window.queue.list.current()
    assert current is not None
    assert current.id == asha.entry_id


def test_minutes_and_states_are_said_in_words(desk: Doctor, asha: Waiting) -> None:
    with desk.clinic.work(SYSTEM, "tests.since") as work:
        work.change(QueueEntry, asha.entry_id, waiting_since=work.now - timedelta(minutes=42), returned=True)
        work.finish()
    desk.window.reload()
    model = desk.window.queue.list.rows_model
    assert [model.columns[i].text(model.rows()[0]) for i in range(3)] == [
        "Yellow", "OTIENO, Asha\n28 y · Results are in", "42",
    ]  # fmt: skip
    assert words_of(desk, "doctor.waiting_count") == "1 patient waits"


def test_a_patient_is_put_back_and_waits_again(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+B")
    assert state(desk, asha) is QueueState.WAITING
    assert desk.window.chart.isHidden()
    assert desk.said[-1] == "OTIENO, Asha waits again."


def test_a_patient_at_the_lab_is_looked_at_or_called_back(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    lab.order(desk.clinic, desk.actor, asha.visit_id, "haemoglobin")
    desk.window.reload()
    desk.take(asha.entry_id)
    assert state(desk, asha) is QueueState.SENT_TO_LAB
    assert words_of(desk, "doctor.visit_state") == "Sent to the lab"
    assert desk.window.chart.lab.ordering.isHidden()
    keys.press("Alt+K")
    assert state(desk, asha) is QueueState.WITH_DOCTOR


# --- consultation --------------------------------------------------------------------------------------


def test_a_signed_note_is_read_and_takes_an_addendum(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.type_text("Cough")
    keys.press("Alt+N")
    assert desk.said[-1] == "Note signed. From now on only addenda."
    desk.settle(desk.window.chart.consultation.note.form.isHidden)
    assert "Cough" in words_of(desk, "doctor.signed_note")
    keys.press("Alt+U")
    dialog_opens()
    keys.press("Ctrl+Return")
    assert QApplication.activeModalWidget() is not None
    keys.type_text("Better on the way out")
    keys.press("Ctrl+Return")
    assert [each.text for each in chart(desk, asha).notes[0].addenda] == ["Better on the way out"]
    keys.press("Alt+O")
    assert keys.focus_name() == "doctor.complaint"


def test_a_refused_signature_leaves_the_note_open(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+N")
    assert chart(desk, asha).notes == ()
    assert keys.focus_name() == "doctor.complaint"


def test_what_is_being_typed_is_not_replaced_by_a_live_update(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.type_text("Half a wo")
    desk.window.reload()
    keys.type_text("rd")
    assert desk.window.chart.consultation.note.form.complaint.value() == "Half a word"


def test_a_diagnosis_in_own_words_goes_on_the_problem_list_and_is_taken_back(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+L")
    keys.press("Alt+D")
    keys.type_text("Zzz of unknown kind")
    keys.press("Return")
    assert [row.text for row in chart(desk, asha).conditions] == ["Zzz of unknown kind"]
    desk.settle(lambda: len(desk.window.chart.consultation.diagnoses.list.rows()) == 1)
    view = desk.window.chart.consultation.diagnoses.list
    view.setFocus()
    keys.press("Down")
    keys.press("Del")
    desk.answer("typed for another patient")
    assert chart(desk, asha).diagnoses == ()


def test_a_problem_that_is_over_is_marked(desk: Doctor, asha: Waiting) -> None:
    with desk.clinic.work(SYSTEM, "tests.problem") as work:
        work.insert(
            Condition, patient_id=asha.patient_id, system="", text="Asthma", state=ConditionState.ACTIVE,
            onset_on=date(2020, 1, 1),
        )  # fmt: skip
        work.finish()
    desk.take(asha.entry_id)
    assert "Asthma" in words_of(desk, "doctor.problems_summary")
    keys.press("Alt+4")
    desk.window.chart.history.problems.setFocus()
    keys.press("Down")
    keys.press("Del")
    dialog_opens()
    keys.press("Ctrl+Return")
    assert chart(desk, asha).conditions[0].state is ConditionState.RESOLVED


def test_vital_signs_are_drawn_once_there_are_two(desk: Doctor, asha: Waiting) -> None:
    with desk.clinic.work(SYSTEM, "tests.vitals") as work:
        for days, warm in ((2, "36.8"), (0, "39.2")):
            work.insert(
                Vitals, patient_id=asha.patient_id, visit_id=asha.visit_id, temperature=Decimal(warm), systolic=142,
                diastolic=90, taken_at=work.now - timedelta(days=days),
            )  # fmt: skip
        work.finish()
    desk.take(asha.entry_id)
    shown = words_of(desk, "doctor.vitals_summary")
    assert "Blood pressure 142/90 mmHg" in shown
    assert "39.2" in shown
    drawn = [c.objectName() for c in desk.window.chart.summary._charts.values() if not c.isHidden()]
    assert drawn == ["doctor.trend_temperature", "doctor.trend_systolic"]


# --- allergies -----------------------------------------------------------------------------------------


def test_nobody_asked_becomes_none_known_and_then_recorded(desk: Doctor, asha: Waiting) -> None:
    desk.take(asha.entry_id)
    keys.press("Alt+G")
    dialog_opens()
    keys.press("Alt+N")
    with desk.clinic.read(SYSTEM) as reader:
        assert AllergyState(reader.get(Patient, asha.patient_id).allergy_state) is AllergyState.NONE_KNOWN
    keys.press("Alt+G")
    dialog_opens()
    desk.choose("penicil")
    keys.type_text("rash")
    keys.press("Ctrl+Return")
    desk.settle(lambda: desk.window.chart.seen and desk.window.chart.seen.banner.allergies)
    seen = desk.window.chart.seen
    assert seen is not None
    assert [(row.reaction, row.code) for row in seen.banner.allergies] == [("rash", "penicillin")]


def test_the_same_allergy_twice_is_said_beside_the_field_and_a_wrong_one_is_taken_back(
    desk: Doctor, asha: Waiting
) -> None:
    desk.take(asha.entry_id)
    for _ in range(2):
        keys.press("Alt+G")
        dialog_opens()
        keys.type_text("Nuts")
        keys.press("Ctrl+Return")
        desk.settle(lambda: desk.window.chart.seen and desk.window.chart.seen.banner.allergies)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    keys.press("Shift+Tab")
    keys.press("Down")
    keys.press("Del")
    desk.answer("another patient's")
    desk.settle(lambda: desk.window.chart.seen and not desk.window.chart.seen.banner.allergies)
