"""The checks of windows find what has no name and what shares a letter."""

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.house.widgets import nameless, shared_letters


def window(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    for each in widgets:
        layout.addWidget(each)
    qtbot.addWidget(made)
    return made


def named(widget: QWidget, name: str) -> QWidget:
    widget.setObjectName(name)
    widget.setAccessibleName(name)
    return widget


def test_a_window_with_names_is_sound(qtbot: QtBot) -> None:
    box = QComboBox()
    box.setEditable(True)
    line = QLineEdit()
    line.setClearButtonEnabled(True)
    made = window(qtbot, named(box, "triage.sex"), named(QSpinBox(), "triage.pulse"), named(line, "triage.name"))
    assert nameless(made) == []


def test_a_widget_without_a_name_is_found(qtbot: QtBot) -> None:
    half = QLineEdit()
    half.setObjectName("triage.pulse")
    assert len(nameless(window(qtbot, QPushButton(), half))) == 3


def test_a_letter_for_two_buttons_is_found(qtbot: QtBot) -> None:
    label, line = QLabel("&Pulse"), QLineEdit()
    label.setBuddy(line)
    made = window(qtbot, named(QPushButton("&Print"), "triage.print"), label, line, QPushButton("Fish && &Chips"))
    assert [each[:5] for each in shared_letters(made)] == ["Alt+P"]
    hidden = named(QPushButton("&Chart"), "triage.chart")
    hidden.setParent(made)
    hidden.show()
    assert len(shared_letters(made)) == 2
    hidden.hide()
    assert len(shared_letters(made)) == 1
