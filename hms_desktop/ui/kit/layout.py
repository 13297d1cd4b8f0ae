"""Rows, columns and cards on the 8-px grid, so that every desk breathes alike."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px


def column(*widgets: QWidget, space: int = GRID, margins: int = 0) -> QVBoxLayout:
    """Widgets below each other."""
    result = QVBoxLayout()
    _spaced(result, space, margins)
    for widget in widgets:
        result.addWidget(widget)
    return result


def row(*widgets: QWidget, space: int = GRID, margins: int = 0) -> QHBoxLayout:
    """Widgets beside each other (mirrored for right-to-left by Qt)."""
    result = QHBoxLayout()
    _spaced(result, space, margins)
    for widget in widgets:
        result.addWidget(widget)
    return result


def card(*widgets: QWidget, space: int = GRID, margins: int = 2 * GRID) -> QFrame:
    """A surface that holds what belongs together; `card().layout()` is a column."""
    result = QFrame()
    result.setProperty("surface", "card")
    result.setLayout(column(*widgets, space=space, margins=margins))
    return result


def nobody_card(title: str, *lines: str) -> QFrame:
    """What stands where a patient would be: that nobody is open, and how to open somebody."""
    words = [label(title, TypeSize.TITLE, bold=True)]
    words += [label(text, muted=place > 0) for place, text in enumerate(lines)]
    for each in words:
        each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        each.setWordWrap(True)
    made = card(*words)
    inside = made.layout()
    assert isinstance(inside, QVBoxLayout)
    inside.insertStretch(0, 1)
    inside.addStretch(1)
    return made


def line() -> QFrame:
    """A thin line between two things."""
    result = QFrame()
    result.setFrameShape(QFrame.Shape.HLine)
    result.setFixedHeight(1)
    result.setProperty("surface", "line")
    return result


def scrolled(inside: QWidget) -> QScrollArea:
    """`inside`, scrolling up and down when the window is low."""
    result = QScrollArea()
    result.setWidget(inside)
    result.setWidgetResizable(True)
    result.setFrameShape(QFrame.Shape.NoFrame)
    result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return result


def _spaced(layout: QVBoxLayout | QHBoxLayout, space: int, margins: int) -> None:
    layout.setSpacing(px(space))
    edge = px(margins)
    layout.setContentsMargins(edge, edge, edge, edge)
