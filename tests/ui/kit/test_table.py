from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QWidget

from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.badges import BadgeLabel, triage_badge
from hms_desktop.ui.kit.table import Column, RowsView

Shown = Callable[[QWidget], QWidget]


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    colour: str = "green"


COLUMNS = [
    Column[Line]("Triage", lambda line: line.colour, badge=lambda line: triage_badge(line.colour), width=90),
    Column[Line]("Name", lambda line: line.name, stretch=True, bold=True, tip=lambda line: line.name),
    Column[Line]("No.", lambda line: str(line.id), right=True, muted=True),
]


@pytest.fixture
def view(shown: Shown) -> RowsView[Line]:
    made = RowsView[Line]("triage.queue", "Queue", COLUMNS, key=lambda line: line.id, empty="Nobody is waiting.")
    made.resize(400, 200)
    shown(made)
    made.setFocus()
    return made


def lines(*ids: int) -> list[Line]:
    return [Line(each, f"Patient {each}") for each in ids]


def test_keys_walk_and_enter_activates(view: RowsView[Line]) -> None:
    activated: list[object] = []
    view.activated_row.connect(activated.append)
    view.set_rows(lines(1, 2, 3))
    assert view.current() is None
    keys.press("Down")
    assert view.current() == Line(1, "Patient 1")
    keys.press("End")
    keys.press("Return")
    keys.press("Home")
    keys.press("Enter")
    assert activated == [Line(3, "Patient 3"), Line(1, "Patient 1")]


def test_a_live_update_keeps_the_selected_row_and_its_place(view: RowsView[Line]) -> None:
    view.set_rows(lines(*range(10, 60)))
    view.select_key(30)
    before = view.rowViewportPosition(view.currentIndex().row())
    seen: list[object] = []
    view.current_row_changed.connect(seen.append)
    view.set_rows([*lines(1, 2, 3), *lines(*range(10, 60))])
    assert view.current() == Line(30, "Patient 30")
    assert view.rowViewportPosition(view.currentIndex().row()) == before
    assert view.selectionModel().selectedRows()[0].row() == view.currentIndex().row()


def test_a_row_that_changed_is_told_and_one_that_went_is_let_go(view: RowsView[Line]) -> None:
    view.set_rows(lines(1, 2, 3))
    view.select_key(2)
    seen: list[object] = []
    view.current_row_changed.connect(seen.append)
    view.set_rows([Line(1, "Patient 1"), Line(2, "Renamed"), Line(3, "Patient 3")])
    view.set_rows(lines(1, 3))
    assert seen == [Line(2, "Renamed"), None]
    assert view.current() is None
    assert not view.selectionModel().hasSelection()


def test_more_is_asked_for_once_when_the_end_is_near(shown: Shown) -> None:
    asked: list[Line] = []
    view = RowsView[Line]("x.list", "List", COLUMNS, key=lambda line: line.id, more=asked.append)
    view.resize(400, 200)
    shown(view)
    view.set_rows(lines(*range(50)), has_more=True)
    view.setFocus()
    keys.press("End")
    keys.press("Home")
    keys.press("End")
    assert asked == [Line(49, "Patient 49")]
    view.append_rows(lines(49, 50, 51), has_more=False)
    assert len(view.rows()) == 52
    keys.press("End")
    assert len(asked) == 1


def test_an_empty_list_says_why(view: RowsView[Line]) -> None:
    view.set_rows([])
    empty = view.grab().toImage()
    view.set_empty("")
    assert empty != view.grab().toImage()


def test_a_cell_speaks_its_column(view: RowsView[Line]) -> None:
    view.set_rows([Line(1, "Asha", "red")])
    from PySide6.QtCore import Qt

    index = view.rows_model.index(0, 0)
    assert view.rows_model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Triage: red"
    badge = triage_badge("red")
    assert badge is not None
    assert badge.text == "Red"
    assert triage_badge("") is None


def test_a_badge_is_a_widget_too(shown: Shown) -> None:
    badge = BadgeLabel("x.badge", triage_badge("black"))
    shown(badge)
    assert badge.accessibleName() == "Black"
    badge.set_badge(None)
    assert not badge.isVisible()
