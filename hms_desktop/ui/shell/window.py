"""The one top-level window. It holds one page at a time, and a cover over it for the lock."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from hms_desktop.ui.kit.icons import icon
from hms_desktop.words.language import tr


class Window(QMainWindow):
    """Shows a page; closes when the person closes it."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("frame.window")
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._page: QWidget | None = None
        self._cover: QWidget | None = None
        self.setMinimumSize(800, 560)
        self.resize(1024, 768)
        self.setWindowIcon(icon("hms"))
        self.set_title("", "")

    @property
    def page(self) -> QWidget | None:
        """What is shown now: the cover when there is one."""
        return self._cover or self._page

    def set_title(self, page: str, clinic: str) -> None:
        """`Triage – Kisumu Hill Clinic`."""
        self.setWindowTitle(" – ".join(part for part in (page, clinic) if part) or tr("Clinic"))

    def show_page(self, page: QWidget) -> None:
        """Show another page; the one before goes."""
        self.uncover()
        old, self._page = self._page, page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None and old is not page:
            self._stack.removeWidget(old)
            old.deleteLater()

    def cover(self, cover: QWidget) -> None:
        """Show `cover` in front of the page, which stays as it is."""
        self.uncover()
        self._cover = cover
        self._stack.addWidget(cover)
        self._stack.setCurrentWidget(cover)

    def uncover(self) -> None:
        """Take the cover away."""
        cover, self._cover = self._cover, None
        if cover is not None:
            self._stack.removeWidget(cover)
            cover.deleteLater()
        if self._page is not None:
            self._stack.setCurrentWidget(self._page)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
