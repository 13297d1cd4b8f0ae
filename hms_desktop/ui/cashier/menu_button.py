"""A button that opens a short menu: what can be done with the row that is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from hms_desktop.ui.kit.buttons import Button, plain_label


@dataclass(frozen=True)
class MenuDeed:
    """Something that can be done. `why_not` says why it cannot be done now; it is then shown, but not offered."""

    name: str
    text: str
    run: Callable[[], None]
    why_not: str = ""


class MenuButton(Button):
    """Asks `deeds` when it is pressed, so that the menu always fits what is chosen."""

    def __init__(self, name: str, text: str, deeds: Callable[[], Sequence[MenuDeed]]) -> None:
        super().__init__(name, text)
        self._deeds = deeds
        self.clicked.connect(lambda _checked=False: self.open_menu())

    def open_menu(self) -> None:
        """Show the menu below the button, its first possible deed chosen."""
        menu = QMenu(self)
        menu.setObjectName(f"{self.objectName()}_menu")
        menu.setAccessibleName(plain_label(self.text()))
        menu.setToolTipsVisible(True)
        for deed in self._deeds():
            action = menu.addAction(deed.text)
            action.setObjectName(deed.name)
            action.setEnabled(not deed.why_not)
            action.setToolTip(deed.why_not or plain_label(deed.text))
            action.triggered.connect(lambda _checked=False, run=deed.run: run())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        first = next((action for action in menu.actions() if action.isEnabled()), None)
        if first is not None:
            menu.setActiveAction(first)
