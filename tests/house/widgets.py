"""What every window owes to people without a mouse: names for all that they act on, and a letter of its own for each.

For journeys: `assert not nameless(window)` and `assert not shared_letters(window)`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

ACTED_ON = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit, QAbstractItemView)
WITH_PARTS = (QComboBox, QAbstractSpinBox, QAbstractItemView, QLineEdit, QTabBar)
"""Widgets whose own parts (the arrow, the clear button, the editor of a cell) belong to Qt."""

NAME = re.compile(r"[a-z][a-z_]*\.[a-z0-9_]+")


def acted_on(window: QWidget) -> Iterator[QWidget]:
    """Every widget that a person acts on, without the parts that Qt made for itself."""
    for widget in window.findChildren(QWidget):
        if widget.window() is not window.window():
            continue
        own = widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView)
        if isinstance(widget, ACTED_ON) and not own and not _is_part(widget, window):
            yield widget


def _is_part(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, WITH_PARTS):
            return True
        parent = parent.parentWidget()
    return False


def nameless(window: QWidget) -> list[str]:
    """Widgets without an object name of the form role.thing, or without an accessible name."""
    found = []
    for widget in acted_on(window):
        kind, name = type(widget).__name__, widget.objectName()
        if not NAME.fullmatch(name):
            found.append(f"{kind} {name!r} in {type(widget.parent()).__name__}: setObjectName('role.thing')")
        if not widget.accessibleName():
            found.append(f"{kind} {name!r} in {type(widget.parent()).__name__}: setAccessibleName(tr(…))")
    return found


def _text(widget: QWidget) -> str:
    """The text that may carry a letter."""
    if isinstance(widget, QAbstractButton):
        return widget.text()
    if isinstance(widget, QGroupBox):
        return widget.title()
    return widget.text() if isinstance(widget, QLabel) and widget.buddy() is not None else ""


def _letter(widget: QWidget) -> str:
    """The letter that Alt reaches this widget by, or nothing."""
    found = re.search(r"&([^&\s])", _text(widget).replace("&&", ""))
    return found[1].casefold() if found else ""


def shared_letters(window: QWidget) -> list[str]:
    """Letters that two visible widgets of one window answer to: then neither works at one stroke."""
    owners: dict[str, list[str]] = defaultdict(list)
    for widget in window.findChildren(QWidget):
        inside = widget.window() is window.window() and widget.isVisibleTo(window)
        if inside and (letter := _letter(widget)):
            owners[letter].append(f"{widget.objectName() or type(widget).__name__} “{_text(widget)}”")
    return [f"Alt+{letter.upper()}: {', '.join(names)}" for letter, names in owners.items() if len(names) > 1]
