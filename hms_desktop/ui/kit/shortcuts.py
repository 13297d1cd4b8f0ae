"""Every key that does something everywhere, in one list: Ctrl+/ shows it, windows bind it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from hms_desktop.words.language import N_, tr


class Key(Enum):
    """A key of the whole program: (keys as Qt reads them, what it does in English)."""

    HELP = ("F1", N_("Help for this desk"))
    SWITCH_USER = ("F2", N_("Switch user"))
    RELOAD = ("F5", N_("Read the window anew"))
    BOARD = ("F8", N_("Visit board"))
    FIND_PATIENT = ("Ctrl+K", N_("Find a patient"))
    SAVE = ("Ctrl+Return", N_("Save"))
    BACK = ("Esc", N_("Back, keeping what you typed"))
    NEXT_AREA = ("F6", N_("Next part of the window"))
    PRINT = ("Ctrl+P", N_("Print"))
    LOCK = ("Ctrl+L", N_("Lock this PC"))
    MESSAGES = ("Ctrl+M", N_("What was said"))
    SHORTCUTS = ("Ctrl+/", N_("All keys"))

    @property
    def keys(self) -> str:
        """The keys, as Qt reads and people see them."""
        return self.value[0]

    @property
    def words(self) -> str:
        """What it does, in the current language."""
        return tr(self.value[1])


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key of one desk, as shown by Ctrl+/."""

    keys: str
    words: str


def bind(
    keys: Key | str,
    widget: QWidget,
    run: Callable[[], object],
    *,
    inside: bool = False,
) -> QShortcut:
    """Let `keys` run something while `widget`'s window is active, or only while the focus is `inside` the widget.

    Ctrl+Return also takes the Enter of the number pad.
    """
    text = keys.keys if isinstance(keys, Key) else keys
    sequences = [QKeySequence(text)]
    if "Return" in text:
        sequences.append(QKeySequence(text.replace("Return", "Enter")))
    result = QShortcut(widget)
    result.setKeys(sequences)
    result.setAutoRepeat(False)
    result.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut if inside else Qt.ShortcutContext.WindowShortcut)
    result.activated.connect(run)
    return result
