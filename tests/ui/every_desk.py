"""Walks through every part of a desk, and through every dialog that a button with three dots opens, and looks at each.

Works the widgets directly and not by keys, so that one walk serves every language.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QTabWidget, QWidget

from hms_desktop.ui.admin.window import AdminDesk
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.table import RowsView
from hms_desktop.ui.shell.frame import Frame

OPENED_BY_ENTER = {
    "reception.today", "triage.waiting", "doctor.queue", "lab.to_collect", "lab.bench", "lab.to_release",
    "pharmacy.queue", "cashier.debtors",
}  # fmt: skip
"""Lists whose rows open somebody or something."""
PAGES_BEHIND = ("reception.correct", "reception.new_patient")
"""Buttons that lead to another page of their desk."""
OPENS_A_DIALOG = ("doctor.allergies", "reception.allergies", "reception.unknown")
Look = Callable[[QWidget, str], list[str]]


class Strays(QObject):
    """Watches for windows that nobody asked for: widgets that were shown before they had a parent."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.known: QWidget | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            plain = watched.windowType() in (Qt.WindowType.Window, Qt.WindowType.Widget)
            if plain and watched is not self.known and not isinstance(watched, QDialog):
                self.seen.append(f"{type(watched).__name__} {watched.objectName()!r}")
        return False


@contextmanager
def watching() -> Iterator[Strays]:
    """Note every stray window inside this block."""
    app, strays = QApplication.instance(), Strays()
    assert app is not None
    app.installEventFilter(strays)
    try:
        yield strays
    finally:
        app.removeEventFilter(strays)


class Walk:
    """One walk through one window; `found` gathers what `look` says, `dialogs` the dialogs that were seen."""

    def __init__(self, frame: Frame, look: Look) -> None:
        self.frame, self._look = frame, look
        self.found: list[str] = []
        self.dialogs: set[str] = set()

    def desk(self) -> Desk:
        """The desk that is shown."""
        shown = self.frame.desk
        assert shown is not None
        return shown

    def everything(self) -> None:
        """Every page, every part, every list, every dialog."""
        desk = self.desk()
        if isinstance(desk, AdminDesk):
            for name in desk.navigation.names():
                desk.navigation.pick(name)
                self._part(name)
                if desk.page is not None:
                    desk.page.begin_new()
                    self._here(f"{name}, a new one")
            return
        self._part(desk.NAME)
        for view in self._lists():
            if view.objectName() in OPENED_BY_ENTER and view.isVisible() and view.rows():
                view.select_first()
                view.activated_row.emit(view.current())
                self._part(f"{view.objectName()} opened")
        for name in PAGES_BEHIND:
            button = self.frame.findChild(QPushButton, name)
            if button is not None and button.isVisible():
                button.click()
                self._here(name)

    def _part(self, where: str) -> None:
        self._here(where)
        for tabs in [each for each in self.desk().findChildren(QTabWidget) if each.isVisible()]:
            for place in range(tabs.count()):
                tabs.setCurrentIndex(place)
                self._here(f"{where}, {tabs.objectName()} {place + 1}")

    def _lists(self) -> list[RowsView[object]]:
        return [view for view in self.desk().findChildren(RowsView) if view.isVisible()]

    def _here(self, where: str) -> None:
        QApplication.processEvents()
        for view in self._lists():
            view.select_first()
        QApplication.processEvents()
        self._say(self.frame, where)
        self._open_dialogs(where)

    def _open_dialogs(self, where: str) -> None:
        for button in self.desk().findChildren(QPushButton):
            opens = "…" in button.text() or button.objectName() in OPENS_A_DIALOG
            if not opens or not button.isVisible() or not button.isEnabled():
                continue
            button.click()
            QApplication.processEvents()
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                self.dialogs.add(dialog.objectName())
                if not isinstance(dialog, QFileDialog):
                    self._say(dialog, f"{where}, {dialog.objectName()}")
                dialog.reject()
                QApplication.processEvents()

    def _say(self, window: QWidget, where: str) -> None:
        self.found += [f"{where}: {fault}" for fault in self._look(window, where)]
