"""The hard stop: what was scanned belongs to another patient. Nothing goes on until somebody has read it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hms_desktop.ui.kit.buttons import beside_primary
from hms_desktop.ui.kit.dialogs import Dialog, show
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.theme import TypeSize, label, set_look_property
from hms_desktop.words.language import tr


class StopDialog(Dialog):
    """Says what is wrong; one button, and it changes nothing."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__("lab.stop", tr("Stop: another patient"), "", parent)
        said = label(text, TypeSize.LARGE, bold=True)
        said.setWordWrap(True)
        set_look_property(said, "tone", "error")
        self.body.addWidget(said)
        self.read_button = beside_primary("lab.stop_read", tr("I have put it &aside"), self.accept)
        self._row.addStretch(1)
        self._row.addWidget(self.read_button)
        bind(Key.SAVE, self, self.accept)
        self.read_button.setFocus()


def stop(parent: QWidget, text: str, then: Callable[[], None] | None = None) -> StopDialog:
    """Stop the work; `then` runs when it was read."""
    dialog = StopDialog(text, parent)
    show(dialog, lambda _agreed: then() if then is not None else None)
    return dialog
