"""The one top-level window. It holds one page at a time, and a cover over it for the lock."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from hms_desktop.words.language import tr

HIDDEN_MS = 2000
"""A window that is not painted after this long was started out of sight."""


class Window(QMainWindow):
    """Shows a page; closes when the person closes it."""

    closing = Signal()
    painted = Signal()
    """Once: the first page was painted (or nobody looks), so that what takes time may begin."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("frame.window")
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._page: QWidget | None = None
        self._cover: QWidget | None = None
        self.setMinimumSize(800, 560)
        self.resize(1024, 768)
        self.set_title("", "")
        self._stack.installEventFilter(self)
        self._after_paint = QTimer(self, singleShot=True, interval=HIDDEN_MS)
        self._after_paint.timeout.connect(self._on_painted)

    def open(self) -> None:
        """Show the window; `painted` follows."""
        self._after_paint.start()
        self.show()
        self.activateWindow()

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._after_paint.start(0)
        return False

    def _on_painted(self) -> None:
        self.painted.emit()
        QTimer.singleShot(0, self, self._wear_icon)

    def _wear_icon(self) -> None:
        from hms_desktop.ui.kit.icons import icon

        self.setWindowIcon(icon("hms"))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
