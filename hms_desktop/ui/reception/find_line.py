"""The search line: letters go to it, arrows to the list below, Enter opens."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from hms_desktop.ui.kit.fields import TextField

_PAGE = 10
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}


class FindLineField(TextField):
    """A large line that keeps the focus while the list below is worked."""

    moved = Signal(int)
    """The list shall go down (up, below zero) by so many rows."""

    def __init__(self, name: str, text: str, **shared: Any) -> None:
        super().__init__(name, text, large=True, max_length=120, **shared)

    def _on_key(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(step)
            return True
        return super()._on_key(event)
