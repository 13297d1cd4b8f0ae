"""The right side of a page: what is open, or a word about how to open something."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from hms_desktop.ui.kit.theme import TypeSize, label


class SideStack(QStackedWidget):
    """Holds one thing at a time; what was shown before is thrown away, unless it is kept."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._kept: QWidget | None = None
        nothing = QWidget()
        layout = QVBoxLayout(nothing)
        layout.addStretch(1)
        for each in (label(title, TypeSize.TITLE, bold=True), label(text, muted=True)):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            each.setWordWrap(True)
            layout.addWidget(each)
        layout.addStretch(1)
        self.addWidget(nothing)

    def keep(self, widget: QWidget) -> None:
        """The one thing that this stack shows, again and again."""
        self._kept = widget
        self.addWidget(widget)

    def show_widget(self, widget: QWidget) -> None:
        """Show `widget` in place of what was there."""
        before = self.widget(1)
        if before is not widget:
            self.addWidget(widget)
            self._drop(before)
        self.setCurrentWidget(widget)

    def show_nothing(self) -> None:
        """Back to the word about how to open something."""
        self.setCurrentIndex(0)
        self._drop(self.widget(1))

    def _drop(self, widget: QWidget | None) -> None:
        if widget is not None and widget is not self._kept:
            self.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
