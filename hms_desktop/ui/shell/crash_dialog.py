"""Our fault: says so, gives a number to tell, and that nothing saved is lost."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from hms_desktop.system.crashes import FOLDER
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.language import tr


class CrashDialog(Dialog):
    """Shows the reference number of a fault. What was saved stays saved; the window stays open."""

    def __init__(self, number: str, home: Path, parent: QWidget | None = None) -> None:
        text = tr(
            "The program made a mistake. What you saved is safe, and what you typed is kept as a draft. "
            "You can go on; if it happens again, tell this number to whoever looks after the program."
        )
        super().__init__("crash", tr("Something went wrong"), text, parent)
        self._number = number
        shown = label(number, TypeSize.TITLE, bold=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(tr("Reference {number}", number=number))
        self.body.addWidget(shown)
        place = label(tr("Written down without patient data in {place}", place=str(home / FOLDER)), muted=True)
        place.setWordWrap(True)
        self.body.addWidget(place)
        go_on = primary("crash.go_on", tr("&Go on"), self.accept)
        self.add_buttons(go_on, beside_primary("crash.copy", tr("C&opy the number"), self._copy))
        self.cancel_button.hide()
        go_on.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._number)
