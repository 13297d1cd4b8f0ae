"""A nurse's morning, by keys alone: well and ill adults, a child, an emergency, an override, somebody who left."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.patients import Sex
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitState
from hms_desktop.services.clinic import Clinic
from hms_desktop.system.drafts import DraftStore
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import InlineBackground
from hms_desktop.ui.kit.drafts import DraftKeeper
from tests.make.triage import assessments, entries, measured, visit, waiting_patient
from tests.make.triage_desk import OpenDesk, Shown, open_desk, type_values
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]
pytestmark = pytest.mark.journey
DOCTOR, TRIAGE = ServicePoint.DOCTOR, ServicePoint.TRIAGE


@pytest.fixture
def desk(clinic: Clinic, shown: Shown) -> Iterator[OpenDesk]:
    made = open_desk(clinic, shown)
    yield made
    made.desk.release()


def test_a_well_adult_is_green_in_eighteen_values_and_enters(clinic: Clinic, desk: OpenDesk) -> None:
    given = waiting_patient(clinic, "John Otieno", sex=Sex.MALE, complaint="Check-up")
    desk.begin(given.entry_id)
    assert keys.focus_name() == "triage.danger_signs"
    assert entries(clinic, given.visit_id, TRIAGE)[0].state == QueueState.IN_SERVICE
    shown_banner = desk.banners[-1]
    assert shown_banner is not None
    assert shown_banner.name == "OTIENO, John"
    keys.type_text("n")
    assert keys.focus_name() == "triage.complaint"
    keys.press("Return")
    keys.press("Return")
    assert keys.focus_name() == "triage.temperature"
    type_values("36.8", "72", "16", "98", "", "118", "76", "", "61.5", "165", "1")
    assert keys.focus_name() == "triage.avpu"
    type_values("a", "", "")
    assert keys.focus_name() == "triage.save"
    keys.press("Return")
    assert desk.said() == ["Saved: OTIENO, John is green in the doctor's queue."]
    assert keys.focus_name() == "triage.waiting"
    assert desk.banners[-1] is None
    (row,) = measured(clinic, given.visit_id)
    assert (row.temperature, row.weight, row.glucose, row.on_oxygen, row.avpu) == (
        Decimal("36.8"), Decimal("61.50"), None, False, "A",
    )  # fmt: skip
    (found,) = assessments(clinic, given.visit_id)
    assert (found.suggested_colour, found.chosen_colour, found.score) == ("green", "green", 0)
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.colour, doctor.vitals_id) == ("green", row.id)


def test_an_adult_with_a_further_sign_and_a_fast_pulse_is_yellow_with_reasons(clinic: Clinic, desk: OpenDesk) -> None:
    given = waiting_patient(clinic)
    desk.begin(given.entry_id)
    keys.type_text("n")
    assert keys.focus_name() == "triage.pregnant"
    keys.type_text("n")
    keys.press("Return")
    keys.type_text("Belly pain")
    keys.press("Return")
    keys.type_text("severe")
    assert keys.focus_name() == "triage.sign_severe_pain"
    keys.press("Space")
    keys.press("Return")
    type_values("37.2", "134", "18", "97")
    form = desk.desk.form
    assert (
        form.suggestion.reasons.text() == "Yellow criterion: Severe pain · High-risk vital sign: Pulse 134 (above 130)"
    )
    assert "senior" in form.suggestion.warnings.text()
    keys.press("Ctrl+Return")
    assert desk.said() == ["Saved: OTIENO, Asha is yellow in the doctor's queue."]
    (found,) = assessments(clinic, given.visit_id)
    assert found.danger_signs == ["severe_pain"]
    assert visit(clinic, given.visit_id).complaint == "Belly pain"
    assert measured(clinic, given.visit_id)[0].pregnant is False


def test_a_child_is_weighed_screened_by_arm_and_coloured_by_hand(clinic: Clinic, desk: OpenDesk) -> None:
    given = waiting_patient(clinic, "Baby Achieng", birth=date(2024, 6, 1))
    desk.begin(given.entry_id)
    keys.type_text("n")
    keys.press("Return")
    assert keys.focus_name() == "triage.temperature"
    type_values("38.2", "120", "32", "97", "", "", "", "", "", "", "112", "")
    assert keys.focus_name() == "triage.avpu"
    assert desk.desk.form.suggestion.warnings.text() == (
        "Severe acute malnutrition · Weigh the child: doses are counted by weight"
    )
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "triage.colour"
    keys.press("Alt+W")
    type_values("9.8")
    keys.press("Alt+L")
    keys.type_text("3")
    keys.press("Ctrl+Return")
    assert desk.said() == ["Saved: ACHIENG, Baby is yellow in the doctor's queue."]
    (row,) = measured(clinic, given.visit_id)
    assert (row.muac, row.weight) == (112, Decimal("9.80"))


def test_one_key_sends_an_emergency_red_and_the_vitals_follow(clinic: Clinic, desk: OpenDesk) -> None:
    given = waiting_patient(clinic, "Unknown", birth=None, sex=Sex.UNKNOWN)
    desk.begin(given.entry_id)
    keys.type_text("7")
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.colour, doctor.state) == ("red", QueueState.WAITING)
    assert desk.said() == ["Unknown is RED in the doctor's queue: Convulsing now. Vitals follow."]
    assert desk.desk.form.heading.text().startswith("Red since 12:00 by Amina Juma")
    keys.type_text("6")
    assert len(assessments(clinic, given.visit_id)) == 1
    keys.press("Alt+P")
    type_values("128")
    keys.press("Ctrl+Return")
    assert desk.said()[-1] == "Saved: Unknown is red in the doctor's queue."
    first, second = assessments(clinic, given.visit_id)
    assert (first.danger_signs, second.danger_signs) == (["convulsing"], ["convulsing", "heavy_bleeding"])
    assert entries(clinic, given.visit_id, DOCTOR)[0].vitals_id == measured(clinic, given.visit_id)[0].id


def test_another_colour_than_suggested_asks_for_the_reason(clinic: Clinic, desk: OpenDesk) -> None:
    given = waiting_patient(clinic, "John Otieno", sex=Sex.MALE)
    desk.begin(given.entry_id)
    keys.press("Alt+V")
    type_values("37", "140")
    keys.press("Alt+L")
    keys.type_text("2")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "triage.override_reason"
    assert measured(clinic, given.visit_id) == []
    keys.type_text("grey and sweating")
    keys.press("Ctrl+Return")
    (found,) = assessments(clinic, given.visit_id)
    assert (found.suggested_colour, found.chosen_colour, found.override_reason) == (
        "yellow", "orange", "grey and sweating",
    )  # fmt: skip


def test_who_does_not_come_when_called_waits_below_and_may_come_back(clinic: Clinic, desk: OpenDesk) -> None:
    first = waiting_patient(clinic)
    second = waiting_patient(clinic, "Grace Wanjiru")
    desk.look()
    waiting = desk.desk.waiting.list
    assert waiting.select_key(first.entry_id)
    waiting.setFocus()
    keys.type_text("c")
    assert entries(clinic, first.visit_id, TRIAGE)[0].state == QueueState.CALLED
    keys.type_text("x")
    desk.look()
    assert [row.id for row in waiting.rows()] == [second.entry_id, first.entry_id]
    assert desk.said() == [
        "Called: OTIENO, Asha, ticket A001.", "OTIENO, Asha did not come, and stays at the end of the list.",
    ]  # fmt: skip
    desk.begin(first.entry_id)
    assert entries(clinic, first.visit_id, TRIAGE)[0].state == QueueState.IN_SERVICE
    assert keys.focus_name() == "triage.danger_signs"


def test_who_leaves_is_closed_with_a_reason(clinic: Clinic, desk: OpenDesk) -> None:
    given = waiting_patient(clinic)
    desk.look()
    desk.desk.waiting.list.setFocus()
    keys.type_text("l")
    keys.wait_until(lambda: keys.focus_name() == "triage.left_reason_listed")
    keys.press("Down")
    keys.press("Alt+E")
    keys.wait_until(lambda: keys.focus_name() == "triage.waiting")
    now = visit(clinic, given.visit_id)
    assert (now.state, now.close_reason) == (VisitState.CLOSED, "Did not want to wait")
    desk.look()
    assert desk.desk.waiting.list.rows() == []


def test_a_second_look_measures_again_and_keeps_the_colour(clinic: Clinic, desk: OpenDesk) -> None:
    given = waiting_patient(clinic, "John Otieno", sex=Sex.MALE)
    desk.begin(given.entry_id)
    keys.press("Alt+V")
    type_values("37", "140")
    keys.press("Ctrl+Return")
    keys.press("Alt+2")
    desk.look()
    desk.desk.lists.looks.select_first()
    keys.press("Return")
    assert keys.focus_name() == "triage.temperature"
    assert "last 37.0" in desk.desk.form.inputs.first_vital.note
    keys.press("Ctrl+Return")
    assert desk.said()[-1] == "Nothing new to save. Measure something, or choose another colour."
    keys.press("Alt+P")
    keys.type_text("92")
    keys.press("Ctrl+Return")
    assert desk.said()[-1] == "Measurements of OTIENO, John saved."
    assert len(assessments(clinic, given.visit_id)) == 1
    assert [row.pulse for row in measured(clinic, given.visit_id)] == [140, 92]


def test_values_of_the_wrong_patient_move_to_the_right_one(clinic: Clinic, desk: OpenDesk) -> None:
    wrong, right = waiting_patient(clinic), waiting_patient(clinic, "Grace Wanjiru")
    desk.begin(wrong.entry_id)
    keys.press("Alt+V")
    type_values("37", "140")
    keys.press("Ctrl+Return")
    keys.press("Alt+3")
    desk.look()
    desk.desk.lists.triaged.select_first()
    keys.press("Return")
    keys.press("Alt+4")
    keys.type_text("v")
    keys.wait_until(lambda: keys.focus_name() == "triage.void_reason_listed")
    keys.press("Down")
    keys.press("Alt+V")
    keys.wait_until(lambda: keys.focus_name() == "triage.taken")
    assert "waits for triage again" in desk.said()[-1]
    assert measured(clinic, wrong.visit_id)[0].void_reason == "Measured on another patient"
    keys.press("Alt+1")
    desk.begin(right.entry_id)
    button = desk.desk.findChild(QWidget, "triage.put_in")
    assert button is not None
    assert button.isVisible()
    keys.press("Alt+Z")
    assert keys.focus_name() == "triage.temperature"
    keys.press("Ctrl+Return")
    assert measured(clinic, right.visit_id)[0].pulse == 140
    assert entries(clinic, wrong.visit_id, TRIAGE)[-1].state == QueueState.WAITING


def test_what_was_typed_survives_going_back_and_closing_the_desk(
    clinic: Clinic,
    shown: Shown,
    tmp_path: Path,
) -> None:
    store, runner = DraftStore(tmp_path / "drafts"), InlineBackground()
    open_one = open_desk(clinic, shown, background=runner, drafts=DraftKeeper(runner, store, "nurse"))
    given = waiting_patient(clinic)
    open_one.begin(given.entry_id)
    keys.type_text("n")
    keys.press("Alt+P")
    keys.type_text("88")
    keys.press("Esc")
    assert keys.focus_name() == "triage.waiting"
    open_one.begin(given.entry_id)
    restore = open_one.desk.findChild(QWidget, "triage.form_restore_draft")
    assert restore is not None
    assert restore.isVisible()
    keys.press("Alt+R")
    assert open_one.desk.form.inputs.measured().pulse == 88
    assert open_one.desk.form.inputs.danger.gone_through
    keys.press("Esc")
    open_one.desk.release()
    store.close()
