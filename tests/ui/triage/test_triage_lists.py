"""The lists of the triage desk: one key each, who is with whom, whom to look at again, void with a trace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from hms_desktop.domain.errors import StoreFull
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.triage_rows import VitalsRow
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.domain.vitals import Avpu, Vitals
from hms_desktop.services.triage import RecordTriage, SendRed, TriageSaved, record_triage, send_red
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.theme import Look, apply_theme
from hms_desktop.ui.triage import queue_deeds
from hms_desktop.ui.triage.lists_panel import LOOKS, TAKEN, TRIAGED, say_colour, taken_text, taken_tip
from tests.house.widgets import shared_letters
from tests.make.triage import WELL, Waiting, close, entries, measured, set_entry, waiting_patient
from tests.make.triage_desk import OpenDesk
from tests.stores import NOON, Clock, make_user

TRIAGE = ServicePoint.TRIAGE


def triaged(desk: OpenDesk, given: Waiting, **values: Any) -> TriageSaved:
    shared: dict[str, Any] = {"vitals": WELL, "signs_checked": True, "colour": Colour.GREEN, **values}
    return record_triage(desk.clinic, desk.nurse, RecordTriage(visit_id=given.visit_id, **shared)).value


def cell(desk: OpenDesk, row: int, column: int) -> str:
    model = desk.desk.waiting.list.rows_model
    return str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole))


# --- waiting -------------------------------------------------------------------------------------------------


def test_the_list_shows_who_waits_since_when_and_who_is_with_whom(desk: OpenDesk, clock: Clock) -> None:
    waiting_patient(desk.clinic, complaint="Cough")
    other = make_user(desk.clinic, "nurse", name="Beth Njeri")
    waiting_patient(desk.clinic, "Grace Wanjiru", state=QueueState.IN_SERVICE, claimed_by=other.user_id)
    waiting_patient(desk.clinic, "Late Person", state=QueueState.NO_SHOW)
    clock.forward(minutes=7)
    desk.look()
    panel = desk.desk.waiting
    assert panel.heading.text() == "1  Waiting for triage: 1"
    assert [cell(desk, 0, column) for column in range(4)] == ["A001", "OTIENO, Asha", "28 y", "7"]
    model = panel.list.rows_model
    tip = model.data(model.index(1, 1), Qt.ItemDataRole.ToolTipRole)
    assert "Beth Njeri" in tip
    clock.forward(minutes=1)
    desk.desk._tick()
    assert cell(desk, 0, 3) == "8"


def test_buttons_follow_the_state_of_the_chosen_patient(desk: OpenDesk) -> None:
    first = waiting_patient(desk.clinic)
    second = waiting_patient(desk.clinic, "Late Person", state=QueueState.NO_SHOW)
    buttons = desk.desk.waiting._buttons

    def enabled() -> list[str]:
        return [name for name, button in buttons.items() if button.isEnabled()]

    assert enabled() == []
    desk.look()
    assert desk.desk.waiting.list.select_key(first.entry_id)
    assert enabled() == ["call", "no_show", "left"]
    assert desk.desk.waiting.list.select_key(second.entry_id)
    assert enabled() == ["put_back", "left"]
    buttons["put_back"].click()
    assert entries(desk.clinic, second.visit_id, TRIAGE)[0].state == QueueState.WAITING


def test_keys_on_an_empty_list_do_nothing(desk: OpenDesk) -> None:
    desk.desk.waiting.list.setFocus()
    for key in "cxbl":
        keys.type_text(key)
    assert desk.said() == []


def test_no_show_can_be_undone_at_once(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    desk.look()
    keys.type_text("x")
    desk.act()
    assert entries(desk.clinic, given.visit_id, TRIAGE)[0].state == QueueState.WAITING


def test_a_patient_of_a_colleague_can_be_taken_over_on_purpose(desk: OpenDesk) -> None:
    other = make_user(desk.clinic, "nurse", name="Beth Njeri")
    given = waiting_patient(desk.clinic, state=QueueState.IN_SERVICE, claimed_by=other.user_id)
    desk.begin(given.entry_id)
    assert not desk.desk.form.isVisible()
    assert "Beth Njeri" in desk.said()[-1]
    desk.act()
    assert desk.desk.form.isVisible()
    assert entries(desk.clinic, given.visit_id, TRIAGE)[0].claimed_by == desk.nurse.user_id


def test_a_failure_to_begin_is_said(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: Any) -> Any:
        raise StoreFull(store="clinic.db")

    monkeypatch.setattr(queue_deeds, "start_service", full)
    desk.begin(waiting_patient(desk.clinic).entry_id)
    assert "full" in desk.said()[-1]


def test_leaving_while_the_form_is_open_closes_the_form(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    other = waiting_patient(desk.clinic, "Grace Wanjiru")
    desk.begin(given.entry_id)
    assert desk.desk.start_focus() is desk.desk.form.inputs.danger.editor
    for who, stays in ((other, True), (given, False)):
        keys.press("Alt+1")
        desk.look()
        assert desk.desk.waiting.list.select_key(who.entry_id)
        keys.type_text("l")
        keys.wait_until(lambda: keys.focus_name() == "triage.left_reason_listed")
        keys.press("Down")
        keys.press("Alt+E")
        keys.wait_until(lambda: QApplication.activeModalWidget() is None)
        assert (desk.desk.form.sheet is not None) is stays
    assert desk.said()[-1] == "The visit is closed: left without being seen."


# --- the search --------------------------------------------------------------------------------------------


def test_the_search_begins_opens_again_or_says_that_there_is_no_visit(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    desk.desk.open_patient(given.patient_id)
    assert entries(desk.clinic, given.visit_id, TRIAGE)[0].state == QueueState.IN_SERVICE
    sheet = desk.desk.form.sheet
    assert sheet is not None
    keys.press("Esc")
    triaged(desk, given)
    desk.desk.open_patient(given.patient_id)
    assert desk.desk.form.current is Colour.GREEN
    keys.press("Esc")
    close(desk.clinic, given.visit_id)
    desk.desk.open_patient(given.patient_id)
    assert desk.said() == ["This patient has no open visit. Reception opens one."]
    desk.desk.open_visit(given.visit_id)
    assert desk.said()[-1] == "The visit of OTIENO, Asha is over."


def test_the_last_of_two_openings_wins(desk: OpenDesk) -> None:
    first, second = waiting_patient(desk.clinic), waiting_patient(desk.clinic, "Grace Wanjiru")
    desk.desk.open_visit(first.visit_id)
    sheet = desk.desk.form.sheet
    assert sheet is not None
    desk.desk.open_visit(second.visit_id)
    desk.desk._show_sheet(sheet)
    desk.desk._renew(sheet)
    shown = desk.desk.form.sheet
    assert shown is not None
    assert shown.visit_id == second.visit_id


# --- look again ------------------------------------------------------------------------------------------


def test_whom_to_look_at_again_says_how_late_and_is_announced_once(desk: OpenDesk, clock: Clock) -> None:
    orange, green = waiting_patient(desk.clinic, "Orange One"), waiting_patient(desk.clinic, "Green One")
    black, red = waiting_patient(desk.clinic, "Black One"), waiting_patient(desk.clinic, "Red One")
    triaged(desk, orange, colour=Colour.ORANGE, override_reason="pale")
    triaged(desk, green)
    triaged(desk, black, colour=Colour.BLACK, override_reason="as it is")
    send_red(desk.clinic, desk.nurse, SendRed(visit_id=red.visit_id, signs=(Sign.STRIDOR,)))
    measured_red = waiting_patient(desk.clinic, "Red Two")
    triaged(desk, measured_red, signs=(Sign.STRIDOR,), colour=Colour.RED)
    desk.look()
    lists = desk.desk.lists
    assert [lists.due_text(row) for row in lists.looks.rows()] == [
        "no vitals yet", "all the time", "in 10 min", "at 16:00", "–",
    ]  # fmt: skip
    assert lists.tabText(LOOKS) == "2  Look again: 2"
    assert desk.said() == []
    clock.forward(minutes=10)
    assert lists.due_text(lists.looks.rows()[2]) == "now"
    clock.forward(minutes=12)
    desk.desk._tick()
    assert lists.due_text(lists.looks.rows()[2]) == "12 min late"
    assert desk.said() == ["Look again at ONE, Orange: orange, due 12:10."]
    desk.desk._tick()
    desk.look()
    assert len(desk.said()) == 1
    desk.act()
    sheet = desk.desk.form.sheet
    assert sheet is not None
    assert sheet.visit_id == orange.visit_id


def test_lists_have_keys_and_choose_their_first_row(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    triaged(desk, given)
    desk.look()
    for key, place, name in (("2", LOOKS, "looks"), ("3", TRIAGED, "triaged"), ("4", TAKEN, "taken")):
        keys.press(f"Alt+{key}")
        assert desk.desk.lists.currentIndex() == place
        assert keys.focus_name() == f"triage.{name}"
    keys.press("Alt+2")
    keys.press("Alt+2")
    keys.press("Return")
    assert desk.desk.form.sheet is not None
    assert "Alt+4" in {each.keys for each in desk.desk.shortcuts()}
    assert desk.desk.title() == "Triage"


# --- triaged today ---------------------------------------------------------------------------------------


def test_the_slip_opens_from_the_list_of_today(desk: OpenDesk) -> None:
    with_slip, without = waiting_patient(desk.clinic), waiting_patient(desk.clinic, "Grace Wanjiru")
    paper = triaged(desk, with_slip, slip=True).paper_id
    keys.press("Alt+3")
    keys.type_text("p")
    triaged(desk, without)
    desk.look()
    for given in (with_slip, without):
        assert desk.desk.lists.triaged.select_key(given.visit_id)
        desk.desk.lists.triaged.setFocus()
        keys.type_text("p")
    assert desk.papers.opened == [paper]
    assert desk.said() == ["No slip was asked for when WANJIRU, Grace was triaged."]


# --- measured in this visit ------------------------------------------------------------------------------


def test_a_void_set_shows_its_reason_and_is_not_made_void_again(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    set_entry(desk.clinic, given.entry_id, state=QueueState.CANCELLED)
    saved = triaged(desk, given)
    assert saved.doctor_entry_id is not None
    set_entry(desk.clinic, saved.doctor_entry_id, state=QueueState.WITH_DOCTOR)
    desk.desk.open_visit(given.visit_id)
    lists = desk.desk.lists
    keys.press("Alt+4")
    lists.void.click()
    keys.wait_until(lambda: keys.focus_name() == "triage.void_reason_listed")
    keys.press("Down")
    keys.press("Down")
    keys.press("Alt+V")
    keys.wait_until(lambda: keys.focus_name() == "triage.taken")
    assert desk.said()[-1] == "The values are void. Open the right patient to put them in there."
    (row,) = lists.taken.rows()
    assert taken_text(row) == "Void: Typed wrongly"
    assert taken_tip(row).endswith("Void: Typed wrongly (Amina Juma)")
    keys.type_text("v")
    assert QApplication.activeModalWidget() is None
    assert not lists.void.isEnabled()
    assert desk.desk.form.findChild(QWidget, "triage.put_in").isHidden()  # type: ignore[union-attr]


def test_who_may_not_void_has_no_button(open_one: Callable[..., OpenDesk], clinic: Any) -> None:
    nurse = make_user(clinic, "nurse")
    desk = open_one(nurse=replace(nurse, rights=nurse.rights - {"triage.void"}))
    given = waiting_patient(clinic)
    triaged(desk, given)
    desk.desk.open_visit(given.visit_id)
    keys.press("Alt+4")
    keys.type_text("v")
    assert QApplication.activeModalWidget() is None
    assert not desk.desk.lists.void.isVisible()
    assert measured(clinic, given.visit_id)[0].voided_at is None


def test_values_read_short_and_a_colour_has_a_word() -> None:
    vitals = Vitals(diastolic=70, pulse=80, avpu=Avpu.VOICE)
    row = VitalsRow("1", 1, "2", NOON, "Amina", vitals, None, "after rest")  # type: ignore[arg-type]
    assert taken_text(row) == "Pulse 80 /min · BP –/70 · Answers to voice"
    assert taken_tip(row) == "Amina\nPulse 80 /min\nBP –/70\nAnswers to voice\nafter rest"
    assert (say_colour("red"), say_colour("")) == ("Red", "")


# --- the window --------------------------------------------------------------------------------------------


def test_no_letter_is_shared_on_any_page(desk: OpenDesk) -> None:
    assert shared_letters(desk.desk) == []
    for birth in (date(1998, 3, 5), date(2024, 6, 1)):
        given = waiting_patient(desk.clinic, birth=birth)
        triaged(desk, given, vitals=Vitals(pulse=100), colour=Colour.ORANGE, override_reason="pale")
        desk.desk.open_visit(given.visit_id)
        form = desk.desk.form
        form.inputs.reason.setVisible(True)
        for button in form.steps.bar.buttons:
            if button.isVisible():
                button.click()
                assert shared_letters(desk.desk) == []


def test_without_room_for_both_lists_and_patient_take_turns(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    desk.desk.resize(700, 600)
    assert desk.desk.left.isVisible()
    desk.begin(given.entry_id)
    assert (desk.desk.left.isVisible(), desk.desk.right.isVisible()) == (False, True)
    keys.press("Alt+1")
    assert (desk.desk.left.isVisible(), desk.desk.right.isVisible()) == (True, False)
    desk.begin(given.entry_id)
    assert desk.desk.right.isVisible()
    keys.press("Esc")
    assert desk.desk.left.isVisible()
    desk.desk.resize(1100, 600)
    assert desk.desk.left.isVisible()
    assert desk.desk.right.isVisible()


@pytest.mark.parametrize("look", list(Look))
def test_the_desk_can_be_drawn_in_every_look_and_mirrored(desk: OpenDesk, look: Look, qapp: QApplication) -> None:
    apply_theme(qapp, look)
    desk.desk.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    given = waiting_patient(desk.clinic, sex=Sex.FEMALE)
    desk.begin(given.entry_id)
    for button in desk.desk.form.steps.bar.buttons:
        button.click()
        assert not desk.desk.grab().isNull()


def test_the_lists_reload_when_something_moves_and_rest_while_hidden(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    desk.given.background.announce(frozenset({"triage_queue"}))
    keys.wait_until(lambda: bool(desk.desk.waiting.list.rows()))
    assert desk.desk.waiting.list.rows()[0].id == given.entry_id
    desk.desk.hide()
    assert not desk.desk._timer.isActive()
