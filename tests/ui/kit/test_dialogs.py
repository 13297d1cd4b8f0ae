from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.dialogs import ask_approval, ask_choice, ask_confirm, ask_reason
from hms_desktop.ui.kit.fields import Choice

Shown = Callable[[QWidget], QWidget]


@pytest.fixture
def window(shown: Shown, qtbot: QtBot) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    line = QLineEdit()
    line.setObjectName("desk.line")
    layout.addWidget(line)
    shown(made)
    line.setFocus()
    return made


def gone() -> bool:
    return QApplication.activeModalWidget() is None and keys.focus_name() == "desk.line"


def test_a_reason_is_needed_and_comes_back_as_one_line(window: QWidget) -> None:
    reasons: list[str] = []
    listed = [Choice("wrong_patient", "Wrong patient"), Choice("typo", "Slip of the finger")]
    ask_reason(window, "triage.void", "Void", "The vitals stay visible.", "&Void", reasons.append, reasons=listed)
    assert keys.wait_until(lambda: keys.focus_name() == "triage.void_listed")
    keys.press("Ctrl+Return")
    assert reasons == []
    keys.type_text("w")
    keys.press("Return")
    keys.type_text("card of the sister")
    keys.press("Tab")
    assert keys.focus_name() == "triage.void_confirm"
    keys.press("Return")
    assert reasons == ["Wrong patient: card of the sister"]
    assert keys.wait_until(gone)


def test_escape_asks_for_nothing(window: QWidget) -> None:
    reasons: list[str] = []
    ask_reason(window, "x.void", "Void", "", "&Void", reasons.append)
    keys.wait_until(lambda: keys.focus_name() == "x.void_reason")
    keys.type_text("because")
    keys.press("Esc")
    assert reasons == []
    assert keys.wait_until(gone)


def test_a_second_person_gives_name_and_password(window: QWidget) -> None:
    given: list[tuple[str, str]] = []
    ask_approval(window, "cashier.approve", "Refund", "Over the limit.", lambda *pair: given.append(pair))
    keys.wait_until(lambda: keys.focus_name() == "cashier.approve_username")
    keys.press("Ctrl+Return")
    assert given == []
    keys.type_text("manager")
    keys.press("Return")
    keys.type_text("secret ")
    keys.press("Return")
    keys.press("Return")
    assert given == [("manager", "secret ")]


def test_a_choice_is_one_button(window: QWidget) -> None:
    taken: list[int] = []
    ask_choice(window, "x.ask", "Which?", "", [Choice(1, "&One", "the first"), Choice(2, "&Two")], taken.append)
    keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    keys.press("Alt+T")
    assert taken == [2]


def test_what_is_harmful_is_never_the_default(window: QWidget) -> None:
    done: list[int] = []
    ask_confirm(window, "x.drop", "Throw away?", "It is gone then.", "&Throw away", lambda: done.append(1))
    keys.wait_until(lambda: keys.focus_name() == "x.drop_cancel")
    keys.press("Return")
    assert done == []
    assert keys.wait_until(gone)
    ask_confirm(window, "x.drop", "Throw away?", "It is gone then.", "&Throw away", lambda: done.append(1))
    keys.wait_until(lambda: keys.focus_name() == "x.drop_cancel")
    keys.press("Alt+T")
    assert done == [1]
