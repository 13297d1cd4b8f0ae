from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.patients import PatientHit, Sex
from hms_desktop.domain.visits import BoardRow, VisitState
from hms_desktop.services.clinic import Clinic
from hms_desktop.system.drafts import Draft
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.drafts import DraftBar
from hms_desktop.ui.shell import top_bar
from hms_desktop.ui.shell.board import BoardDesk
from hms_desktop.ui.shell.frame import Frame
from tests.stores import NOON
from tests.ui.kit.fakes import context, said, somebody
from tests.ui.shell.fake_desks import FakeDesk

Shown = Callable[[QWidget], QWidget]
pytestmark = pytest.mark.usefixtures("fake_windows")


@pytest.fixture
def given(here: Clinic) -> DeskContext:
    return context(here, somebody("triage", "doctor"))


@pytest.fixture
def frame(given: DeskContext, shown: Shown) -> Frame:
    made = Frame(given)
    shown(made)
    made.resize(1024, 768)
    made.start()
    assert keys.wait_until(lambda: keys.focus_name() == "triage.line")
    return made


def desk(frame: Frame) -> FakeDesk:
    assert isinstance(frame.desk, FakeDesk)
    return frame.desk


def test_windows_are_switched_by_number_and_reload_only_when_seen(frame: Frame, given: DeskContext) -> None:
    triage = desk(frame)
    assert triage.reloads == 1
    keys.press("Ctrl+2")
    assert keys.wait_until(lambda: keys.focus_name() == "doctor.line")
    assert triage.left == 1
    given.background.announce(frozenset({topics.TRIAGE_QUEUE}))
    given.background.announce(frozenset({topics.STOCK}))
    assert keys.wait_until(lambda: desk(frame).reloads == 2)
    assert triage.reloads == 1
    keys.press("Ctrl+1")
    assert keys.wait_until(lambda: triage.reloads == 2)
    keys.press("F5")
    assert keys.wait_until(lambda: triage.reloads == 3)
    frame.release()
    given.background.announce(frozenset({topics.TRIAGE_QUEUE}))
    keys.wait(80)
    assert triage.reloads == 3


def test_a_wanted_window_comes_first(given: DeskContext, shown: Shown) -> None:
    frame = Frame(given, role="doctor")
    shown(frame)
    frame.start()
    assert desk(frame).NAME == "doctor"


def test_somebody_without_a_window_is_told(here: Clinic, shown: Shown) -> None:
    given = context(here, somebody())
    frame = Frame(given)
    shown(frame)
    frame.start()
    assert "no window" in said(given)[0]


def test_the_search_finds_a_patient_and_the_banner_stays_with_the_desk(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hms_desktop.services.patients as service

    hit = PatientHit(new_id(), "KH-1", "Otieno, Asha", None, False, Sex.FEMALE, "0700", "phone", None, None)
    monkeypatch.setattr(service, "find_patients", lambda *_args, **_more: [hit])
    keys.press("Ctrl+K")
    assert keys.focus_name() == "frame.search"
    keys.type_text("07")
    assert keys.wait_until(lambda: frame.top.search.answers_shown)
    keys.press("Return")
    assert desk(frame).opened == [hit.id]
    assert frame.banner.isVisible()
    assert frame.banner.accessibleDescription() == "Allergies NOT ASKED"
    keys.press("Ctrl+2")
    assert not frame.banner.isVisible()
    keys.press("Ctrl+1")
    assert frame.banner.isVisible()
    assert "never here before" in top_bar._note(hit, frame.context.today())


def board_row(**more: object) -> BoardRow:
    facts: dict[str, object] = {
        "visit_id": new_id(), "patient_id": new_id(), "patient_name": "Otieno, Asha", "mrn": "KH-1", "ticket": "A1",
        "arrived": NOON, "colour": "red", "vitals_done": True, "doctor_state": "waiting", "lab_done": 2, "lab_total": 3,
        "owed": "250.00", "paid": "", "dispensed": 0, "prescribed": 0, "waiting_minutes": 75, "state": VisitState.OPEN,
    }  # fmt: skip
    return BoardRow(**{**facts, **more})  # type: ignore[arg-type]


def test_the_board_shows_the_day_and_leads_back_to_the_desk(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [board_row(), board_row(state=VisitState.CLOSED, colour="", vitals_done=False, waiting_minutes=5)]
    monkeypatch.setattr(BoardDesk, "reload", lambda board: board._on_rows(rows))
    keys.press("F8")
    assert keys.wait_until(lambda: keys.focus_name() == "board.list")
    board = cast(BoardDesk, frame.desk)
    model = board.list.rows_model
    texts = [[model.data(model.index(line, cell)) for cell in range(10)] for line in range(2)]
    assert texts[0] == ["12:00", "A1", "Otieno, Asha", "Red", "taken", "Waiting", "2/3", "–", "250.00", "1 h 15 min"]
    assert texts[1][3:5] == ["–", "–"]
    assert board._heading.text() == "Today: 1 patient here"
    keys.press("Down")
    keys.press("Return")
    assert desk(frame).opened == [rows[0].patient_id]
    keys.press("F8")
    keys.press("Esc")
    assert keys.wait_until(lambda: keys.focus_name() == "triage.line")


def has_focus(*names: str) -> bool:
    return keys.focus_name() in names


def test_every_key_is_shown_and_help_opens(frame: Frame) -> None:
    for press, name in (("Ctrl+/", "shortcuts"), ("F1", "help"), ("Ctrl+M", "said")):
        keys.press(press)
        assert keys.wait_until(partial(has_focus, f"{name}.list", f"{name}.page"))
        keys.press("Esc")
        assert keys.wait_until(lambda: QApplication.activeModalWidget() is None)
        assert keys.wait_until(lambda: keys.focus_name() == "triage.line")


def test_one_clock_for_messages_saves_and_drafts(frame: Frame, given: DeskContext) -> None:
    zone = ZoneInfo("Pacific/Kiritimati")  # UTC+14: no PC's own zone in these tests
    given.messages.zone = lambda: zone
    given.background.wrote.emit()
    given.messages.good("Saved.")
    assert given.messages.recent[-1].at.utcoffset() == timedelta(hours=14)
    frame.status.messages.put_away()
    here = given.messages.now()
    assert frame.status.text[6:11] in {f"{here:%H:%M}", f"{here - timedelta(minutes=1):%H:%M}"}
    bar = DraftBar("triage.form", frame)
    typed = Draft("triage.form", "", 0, datetime(2026, 3, 5, 20, 0, tzinfo=UTC), {})
    bar.offer(typed, now=datetime(2026, 3, 6, 11, 0, tzinfo=zone), stale=False)
    assert "10:00" in bar.accessibleName()


def test_the_status_bar_tells_the_truth(frame: Frame, given: DeskContext) -> None:
    assert frame.status.text == "Nothing saved yet · store: this PC · station A"
    given.background.wrote.emit()
    assert frame.status.text.startswith("Saved ")
    frame.status.note_lost()
    assert "does not answer since" in frame.status.text
    frame.status.note_found()
    assert "store: this PC" in frame.status.text
    given.messages.good("Saved.")
    assert frame.status.messages.isVisible()
    frame.status.messages.put_away()
    assert not frame.status.messages.isVisible()
