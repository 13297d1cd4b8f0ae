"""The triage form: what is asked of whom, what is suggested while typing, what saving does."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import ServicePoint
from hms_desktop.services.triage import RecordTriage, record_triage
from hms_desktop.ui.kit import keys
from hms_desktop.ui.triage.triage_form import TriageForm
from tests.make.triage import WELL, Waiting, assessments, measured, waiting_patient
from tests.make.triage_desk import OpenDesk, type_values

DOCTOR = ServicePoint.DOCTOR
MAN: dict[str, Any] = {"name": "John Otieno", "sex": Sex.MALE}


def opened(desk: OpenDesk, given: Waiting) -> TriageForm:
    desk.begin(given.entry_id)
    assert desk.desk.form.sheet is not None
    return desk.desk.form


def triaged(desk: OpenDesk, given: Waiting, **values: Any) -> None:
    """Triaged by this nurse without the window."""
    shared: dict[str, Any] = {"vitals": WELL, "signs_checked": True, "colour": Colour.GREEN, **values}
    record_triage(desk.clinic, desk.nurse, RecordTriage(visit_id=given.visit_id, **shared))


# --- what is asked -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "pregnant", "muac", "further", "signs"),
    [
        ({}, True, False, True, 9),
        (MAN, False, False, True, 9),
        ({"name": "Old Mary", "birth": date(1940, 1, 1)}, False, False, True, 9),
        ({"name": "Baby Achieng", "birth": date(2024, 6, 1)}, False, True, False, 10),
        ({"name": "Girl Achieng", "birth": date(2015, 6, 1)}, True, False, False, 10),
        ({"name": "Unknown", "birth": None, "sex": Sex.UNKNOWN}, True, False, False, 10),
    ],
)
def test_each_patient_is_asked_what_concerns_them(
    desk: OpenDesk, who: dict[str, Any], pregnant: bool, muac: bool, further: bool, signs: int
) -> None:
    form = opened(desk, waiting_patient(desk.clinic, **who))
    inputs = form.inputs
    assert inputs.pregnant.isHidden() is not pregnant
    assert inputs.vitals[Measure.MUAC].isHidden() is not muac
    assert inputs.further.isHidden() is not further
    assert form.steps.bar.buttons[1].isHidden() is not further
    assert len(inputs.danger._buttons) == signs


def test_pregnancy_changes_signs_and_limits_at_once(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic))
    labour = "triage.sign_active_labour"
    assert form.findChild(QWidget, labour) is None
    keys.press("Alt+Y")
    keys.type_text("165")
    assert form.inputs.vitals[Measure.SYSTOLIC].note == "High"
    keys.press("Alt+G")
    keys.type_text("y")
    assert form.findChild(QWidget, labour) is not None
    systolic = form.inputs.vitals[Measure.SYSTOLIC]
    assert systolic.note == "Unusual (80 to 159). Enter keeps it."
    assert form.suggestion.warnings.text().endswith("Severe high blood pressure in pregnancy")
    assert form.suggestion.badge.accessibleName() == "Red"
    form.inputs.further.set_value({Sign.ACTIVE_LABOUR, Sign.HEADACHE})
    keys.press("Alt+G")
    keys.type_text("n")
    assert form.inputs.further.value() == {Sign.HEADACHE}


def test_a_letter_turns_to_the_page_of_its_field_so_that_no_digit_becomes_a_sign(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic, **MAN))
    keys.press("Alt+U")
    assert keys.focus_name() == "triage.danger_signs"
    keys.press("Alt+X")
    assert keys.focus_name() == "triage.on_oxygen"
    keys.press("Alt+F")
    assert keys.focus_name() == "triage.sign_threatened_limb"
    keys.press("Alt+P")
    type_values("72")
    assert keys.focus_name() == "triage.breathing_rate"
    assert form.signs() == frozenset()
    keys.press("Alt+D")
    assert keys.focus_name() == "triage.danger_signs"


# --- signs -----------------------------------------------------------------------------------------------------


def test_none_of_these_is_refused_while_a_sign_is_pressed(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic))
    danger = form.inputs.danger
    keys.type_text("1")
    keys.type_text("n")
    assert keys.focus_name() == "triage.danger_signs"
    assert danger.note == "A sign is pressed. Press its key again to take it away."
    keys.type_text("1")
    keys.type_text("n")
    assert danger.gone_through
    assert form.steps.bar.buttons[0].text() == "&Danger signs: none"
    keys.press("Alt+D")
    keys.press("Ctrl+A")
    keys.type_text("q")
    assert danger.gone_through
    keys.press("Return")
    assert keys.focus_name() == "triage.pregnant"


def test_a_sign_pressed_by_the_mouse_counts_too(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    form = opened(desk, given)
    button = form.inputs.danger._buttons[Sign.STRIDOR]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert assessments(desk.clinic, given.visit_id)[0].danger_signs == ["stridor"]
    assert form.steps.bar.buttons[0].toolTip() == "Airway blocked or stridor"


def test_the_words_of_a_further_sign_tick_it_by_mouse_too(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic, **MAN))
    keys.press("Alt+F")
    box = form.inputs.further._boxes[Sign.SNAKE_BITE]
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.rect().center())
    assert form.signs() == {Sign.SNAKE_BITE}


def test_letters_find_further_signs_and_go_round(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic, **MAN))
    keys.press("Alt+F")
    keys.type_text("s")
    assert keys.focus_name() == "triage.sign_snake_bite"
    keys.type_text("ev")
    assert keys.focus_name() == "triage.sign_severe_pain"
    form.inputs.further._typed_at = 0
    keys.type_text("s")
    assert keys.focus_name() != "triage.sign_severe_pain"
    form.inputs.further._typed_at = 0
    before = keys.focus_name()
    keys.type_text("zz")
    assert keys.focus_name() == before
    keys.press("Ctrl+C")
    keys.press("Down")
    assert keys.focus_name() != before
    keys.press("Space")
    assert form.steps.bar.buttons[1].text() == "&Further signs: 1 sign"
    keys.press("Enter")
    assert keys.focus_name() == "triage.temperature"
    assert form.inputs.further.gone_through


def test_unticking_a_sign_means_that_the_list_was_not_read_to_its_end(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic, **MAN))
    keys.press("Alt+F")
    keys.press("Return")
    assert form.inputs.further.gone_through
    keys.press("Alt+F")
    keys.press("Space")
    assert not form.inputs.further.gone_through


# --- values and suggestion ---------------------------------------------------------------------------------


def test_impossible_blocks_and_unusual_is_kept_by_a_second_enter(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    form = opened(desk, given)
    keys.press("Alt+T")
    type_values("52")
    assert keys.focus_name() == "triage.temperature"
    assert form.inputs.first_vital.note == "Impossible: 25 to 45."
    form.inputs.first_vital.set_value(Decimal("41.5"))
    keys.press("Return")
    assert form.inputs.first_vital.note == "Unusual (35 to 41). Enter keeps it."
    keys.press("Return")
    assert keys.focus_name() == "triage.pulse"
    keys.press("Alt+L")
    keys.type_text("1")
    type_values("", "very hot")
    keys.press("Ctrl+Return")
    assert measured(desk.clinic, given.visit_id)[0].temperature == Decimal("41.5")


def test_the_diastolic_pressure_is_refused_beside_its_field(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    form = opened(desk, given)
    keys.press("Alt+Y")
    type_values("110", "112")
    form.inputs.colour._pick(0)
    form.inputs.reason.set_value("x")
    keys.press("Alt+D")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "triage.diastolic"
    assert "must be below the systolic pressure" in form.inputs.vitals[Measure.DIASTOLIC].note
    assert measured(desk.clinic, given.visit_id) == []


def test_high_and_low_are_said_in_words_while_typing(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic, **MAN))
    keys.press("Alt+P")
    keys.type_text("48")
    pulse = form.inputs.vitals[Measure.PULSE]
    assert pulse.note == "Low"
    assert pulse._note.property("tone") == "warn"
    keys.press("Backspace")
    keys.press("Backspace")
    assert pulse.note == "60–100"
    assert pulse._note.property("tone") == ""


def test_the_colour_follows_the_suggestion_until_a_person_chooses(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic, **MAN))
    assert form.suggestion.badge.accessibleName() == "not yet"
    assert "Not measured: Pulse, Breathing rate, Temperature, Consciousness" in form.suggestion.reasons.text()
    keys.press("Alt+P")
    keys.type_text("140")
    assert form.inputs.colour.value() is Colour.YELLOW
    keys.press("Backspace")
    keys.press("Backspace")
    keys.type_text("60")
    assert form.inputs.colour.value() is Colour.RED
    assert form.inputs.reason.isHidden()
    keys.press("Alt+L")
    keys.type_text("4")
    assert not form.inputs.reason.isHidden()
    keys.press("Alt+P")
    keys.press("Backspace")
    assert form.inputs.colour.value() is Colour.GREEN
    keys.press("Alt+L")
    keys.press("Backspace")
    assert form.inputs.colour.value() is None


def test_a_score_is_shown_when_everything_for_it_was_measured(desk: OpenDesk) -> None:
    form = opened(desk, waiting_patient(desk.clinic, **MAN))
    form.inputs.put_in(WELL, None)
    assert form.suggestion.score.text() == "NEWS2 0, low"


def test_the_last_value_and_its_day_stand_beside_the_field(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    triaged(desk, given)
    desk.desk.open_visit(given.visit_id)
    form = desk.desk.form
    weight, sheet = form.inputs.vitals[Measure.WEIGHT], form.sheet
    assert sheet is not None
    assert weight.note == "last 61.5"
    form.desk_context.today = lambda: date(2026, 3, 9)
    form.renew(sheet)
    assert weight.note == "last 61.5, 05-Mar"
    form.desk_context.today = lambda: date(2027, 3, 9)
    form.renew(sheet)
    assert weight.note == "last 61.5, 05-Mar-2026"
