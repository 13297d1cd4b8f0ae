"""Works a window by keys, the way a person does: for the tour and for tests.

Keys go to the popup when one is open, else to the widget that has the focus; who that is, is asked anew for press and
release. Text of any script is typed, one character a key.
"""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QKeyCombination, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

SETTLE_MS = 1000
NONE = Qt.KeyboardModifier.NoModifier


class NoFocus(AssertionError):
    """There is nobody to take a key."""


def target() -> QWidget:
    """Who takes the next key. Raises NoFocus."""
    popup: QWidget | None = QApplication.activePopupWidget()
    if popup is not None:
        return _focused_in(popup)
    focus = QApplication.focusWidget()
    if focus is not None:
        return focus
    window = QApplication.activeModalWidget() or QApplication.activeWindow()
    if window is None:
        raise NoFocus("no window is active")
    return _focused_in(window)


def _focused_in(window: QWidget) -> QWidget:
    inside: QWidget | None = window.focusWidget()
    return window if inside is None else inside


def focus_name() -> str:
    """The objectName of whoever takes the next key; '' when nobody does."""
    try:
        return target().objectName()
    except NoFocus:
        return ""


def press(keys: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press and release one key: `press(Qt.Key.Key_Tab)`, `press("Ctrl+Return")`, `press("Alt+S")`."""
    if isinstance(keys, str):
        combination = _combination(keys)
        key, modifiers = combination.key(), modifiers | combination.keyboardModifiers()
    else:
        key = keys
    _send(key, _text_of(key, modifiers), modifiers)


def type_text(text: str) -> None:
    """Type `text`, each character as one key to whoever has the focus by then."""
    for character in text:
        key = _combination(character).key() if character.isascii() and character.isprintable() else Qt.Key.Key_unknown
        shift = Qt.KeyboardModifier.ShiftModifier if character.isascii() and character.isupper() else NONE
        _send(key, character, shift)


def _combination(keys: str) -> QKeyCombination:
    sequence: Any = QKeySequence(keys)
    found: QKeyCombination = sequence[0]
    return found


def _send(key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> None:
    QTest.sendKeyEvent(QTest.KeyAction.Press, _awaited_target(), key, text, modifiers, -1)
    with suppress(NoFocus):  # the press closed a window, and the next one is not active yet
        QTest.sendKeyEvent(QTest.KeyAction.Release, target(), key, text, modifiers, -1)
    QCoreApplication.processEvents()


def _awaited_target() -> QWidget:
    """Whoever takes the next key, after a window that is just opening or closing has settled."""
    wait_until(_settled, SETTLE_MS)
    return target()


def _settled() -> bool:
    modal: QWidget | None = QApplication.activeModalWidget()
    if modal is not None and QApplication.activePopupWidget() is None and not modal.isActiveWindow():
        return False
    return bool(focus_name()) or QApplication.focusWidget() is not None


def _text_of(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
    if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return ""
    known = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t", Qt.Key.Key_Space: " "}
    if key in known:
        return known[key]
    return chr(key.value) if 0x20 < key.value < 0x7F else ""


def wait_until(predicate: Callable[[], bool], timeout_ms: int = 5000) -> bool:
    """Let events run until `predicate` holds; False when time is up."""
    deadline = monotonic() + timeout_ms / 1000
    while not predicate():
        if monotonic() > deadline:
            return False
        wait(10)
    return True


def wait(milliseconds: int) -> None:
    """Let events run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
