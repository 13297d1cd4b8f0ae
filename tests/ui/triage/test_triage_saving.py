"""Saving a triage: the slip, once, red on its way, a colleague who was faster, a later look."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hms_desktop.domain.errors import StoreFull
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.services.triage import RecordTriage, SendRed, record_triage, send_red
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.triage import triage_form, window
from hms_desktop.ui.triage.triage_form import TriageForm
from tests.make.triage import WELL, Waiting, assessments, department, entries, measured, set_entry, waiting_patient
from tests.make.triage_desk import OpenDesk
from tests.stores import make_user

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


# --- saving ------------------------------------------------------------------------------------------------


def test_the_slip_prints_and_the_chosen_doctor_gets_the_patient(desk: OpenDesk) -> None:
    surgery = department(desk.clinic, "Surgery")
    doctor = make_user(desk.clinic, "doctor", name="Daktari Mwangi").user_id
    given = waiting_patient(desk.clinic, **MAN)
    form = opened(desk, given)
    form.inputs.put_in(WELL, None)
    form.inputs.danger.gone_through = form.inputs.further.gone_through = True
    assert [form.inputs.send_to.box.itemText(i) for i in range(form.inputs.send_to.box.count())][-2:] == [
        "Surgery", "Daktari Mwangi · doctor",
    ]  # fmt: skip
    form.inputs.send_to.set_value(("practitioner", doctor))
    form.slip.set_value(True)
    keys.press("Ctrl+Return")
    (entry,) = entries(desk.clinic, given.visit_id, DOCTOR)
    assert entry.practitioner_id == doctor
    assert len(desk.papers.printed) == 1
    other = waiting_patient(desk.clinic, "Peter Otieno", sex=Sex.MALE)
    form = opened(desk, other)
    assert form.slip.value() is False
    form.inputs.put_in(WELL, None)
    form.inputs.colour._pick(3)
    form.inputs.send_to.set_value(("department", surgery))
    keys.press("Ctrl+Return")
    assert entries(desk.clinic, other.visit_id, DOCTOR)[0].department_id == surgery


def test_a_double_press_saves_once(open_one: Callable[..., OpenDesk], qtbot: QtBot) -> None:
    background = Background()
    desk = open_one(background=background)
    given = waiting_patient(desk.clinic, **MAN)
    desk.look()
    qtbot.waitUntil(lambda: bool(desk.desk.waiting.list.rows()))
    desk.begin(given.entry_id)
    qtbot.waitUntil(lambda: keys.focus_name() == "triage.danger_signs")
    keys.press("Alt+L")
    keys.type_text("4")
    keys.press("Ctrl+Return")
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: desk.desk.form.sheet is None)
    assert len(assessments(desk.clinic, given.visit_id)) == 1
    qtbot.waitUntil(lambda: background.idle)
    desk.desk.release()
    background.shutdown()


def test_saving_waits_for_red_that_is_on_its_way(
    open_one: Callable[..., OpenDesk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    background, gate = Background(), threading.Event()

    def slow(*given: Any) -> Any:
        gate.wait(5)
        return send_red(*given)

    monkeypatch.setattr(window, "send_red", slow)
    desk = open_one(background=background)
    given = waiting_patient(desk.clinic, **MAN)
    desk.look()
    qtbot.waitUntil(lambda: bool(desk.desk.waiting.list.rows()))
    desk.begin(given.entry_id)
    qtbot.waitUntil(lambda: keys.focus_name() == "triage.danger_signs")
    keys.type_text("6")
    keys.press("Alt+P")
    keys.type_text("130")
    keys.press("Ctrl+Return")
    assert desk.desk.form.red_pending
    gate.set()
    qtbot.waitUntil(lambda: desk.desk.form.sheet is None)
    red, full = assessments(desk.clinic, given.visit_id)
    assert (red.vitals_id, full.chosen_colour) == (None, "red")
    assert measured(desk.clinic, given.visit_id)[0].pulse == 130
    qtbot.waitUntil(lambda: background.idle)
    desk.desk.release()
    background.shutdown()


def test_red_that_fails_is_said_and_the_sign_stays(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: Any) -> Any:
        raise StoreFull(store="clinic.db")

    given = waiting_patient(desk.clinic, **MAN)
    form = opened(desk, given)
    monkeypatch.setattr(window, "send_red", full)
    keys.type_text("6")
    assert "full" in desk.said()[-1]
    assert not form.red_pending
    assert form.inputs.colour.value() is Colour.RED
    monkeypatch.undo()
    keys.press("Ctrl+Return")
    assert entries(desk.clinic, given.visit_id, DOCTOR)[0].colour == "red"


def test_when_a_colleague_was_faster_nothing_typed_is_lost(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    form = opened(desk, given)
    keys.press("Alt+P")
    keys.type_text("88")
    triaged(desk, given)
    keys.press("Alt+L")
    keys.type_text("4")
    keys.press("Ctrl+Return")
    assert "Somebody else changed this triage" in desk.said()[-1]
    assert form.heading.text().startswith("Triaged 12:00 by Amina Juma: Green")
    assert form.inputs.measured().pulse == 88
    keys.press("Ctrl+Return")
    assert len(assessments(desk.clinic, given.visit_id)) == 2


def test_a_full_disk_keeps_the_form(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: Any) -> Any:
        raise StoreFull(store="clinic.db")

    given = waiting_patient(desk.clinic, **MAN)
    form = opened(desk, given)
    keys.press("Alt+P")
    keys.type_text("140")
    monkeypatch.setattr(triage_form, "record_triage", full)
    keys.press("Ctrl+Return")
    assert "full" in desk.said()[-1]
    assert form.inputs.measured().pulse == 140
    monkeypatch.undo()
    keys.press("Ctrl+Return")
    assert len(assessments(desk.clinic, given.visit_id)) == 1


# --- a later look --------------------------------------------------------------------------------------------


def test_a_later_look_that_is_worse_takes_the_more_urgent_colour_by_itself(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    triaged(desk, given)
    desk.desk.open_visit(given.visit_id)
    form = desk.desk.form
    assert form.inputs.colour.value() is None
    assert form.save_button.text() == "Save"
    keys.type_text("36")
    keys.press("Alt+P")
    keys.type_text("155")
    assert form.inputs.colour.value() is Colour.RED
    keys.press("Return")
    keys.press("Return")
    keys.press("Ctrl+Return")
    assert entries(desk.clinic, given.visit_id, DOCTOR)[0].colour == "red"


def test_a_later_look_never_takes_a_less_urgent_colour_by_itself(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    triaged(desk, given, vitals=replace(WELL, pulse=134), colour=Colour.YELLOW)
    desk.desk.open_visit(given.visit_id)
    form = desk.desk.form
    form.inputs.put_in(WELL, None)
    form.inputs.danger.gone_through = form.inputs.further.gone_through = True
    form.inputs.complaint.set_value("Better now")
    assert form.suggested().colour is Colour.GREEN
    assert form.inputs.colour.value() is None
    assert not form.inputs.reason.isHidden()
    keys.press("Alt+L")
    keys.type_text("4")
    assert form.inputs.reason.isHidden()
    keys.press("Ctrl+Return")
    assert entries(desk.clinic, given.visit_id, DOCTOR)[0].colour == "green"


def test_a_triage_after_the_doctor_is_kept_without_a_place_in_the_queue(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    doctor = make_user(desk.clinic, "doctor").user_id
    triaged(desk, given, practitioner_id=doctor)
    set_entry(desk.clinic, entries(desk.clinic, given.visit_id, DOCTOR)[0].id, state=QueueState.COMPLETED)
    desk.look()
    desk.desk.open_visit(given.visit_id)
    assert desk.desk.form.inputs.send_to.value() == ("practitioner", doctor)
    keys.press("Alt+L")
    keys.type_text("3")
    keys.press("Ctrl+Return")
    assert desk.said() == ["Saved: OTIENO, John is yellow."]


def test_signs_of_the_last_triage_stand_there_and_a_new_one_is_a_new_triage(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic)
    triaged(desk, given, signs=(Sign.WHEEZING,), colour=Colour.YELLOW, pregnant=True)
    desk.desk.open_visit(given.visit_id)
    form = desk.desk.form
    assert form.signs() == {Sign.WHEEZING}
    assert form.inputs.pregnant.value() is True
    assert not form.is_triage()
    form.inputs.further.set_value({Sign.WHEEZING, Sign.HEADACHE})
    assert form.is_triage()


def test_somebody_yellow_who_collapses_is_red_by_one_key(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    triaged(desk, given, vitals=replace(WELL, pulse=134), colour=Colour.YELLOW)
    desk.desk.open_visit(given.visit_id)
    keys.press("Alt+D")
    keys.type_text("1")
    assert entries(desk.clinic, given.visit_id, DOCTOR)[0].colour == "red"


def test_a_red_patient_without_vitals_keeps_red_when_the_sign_goes(desk: OpenDesk) -> None:
    given = waiting_patient(desk.clinic, **MAN)
    send_red(desk.clinic, desk.nurse, SendRed(visit_id=given.visit_id, signs=(Sign.CONVULSING,)))
    desk.desk.open_visit(given.visit_id)
    form = desk.desk.form
    assert form.inputs.danger.value() == {Sign.CONVULSING}
    form.inputs.danger.set_value(())
    assert form.inputs.colour.value() is Colour.RED


def test_saving_with_nobody_open_does_nothing(desk: OpenDesk) -> None:
    desk.desk.form.save()
    desk.desk.form.carry(None)
    desk.desk.form._on_put_in()
    desk.desk._read_sheet_again()
    assert desk.said() == []


def test_the_focus_comes_into_sight_in_a_small_window(desk: OpenDesk) -> None:
    desk.desk.resize(1024, 420)
    form = opened(desk, waiting_patient(desk.clinic, **MAN))
    keys.press("Alt+L")
    QApplication.processEvents()
    bar = form.inputs.colour.editor
    assert bar.visibleRegion().boundingRect().height() > bar.height() / 2
    assert keys.focus_name() == "triage.colour"
