"""A line of text that gives way where room is tight."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from hms_desktop.ui.kit.theme import TypeSize, px


class ElidedLabel(QLabel):
    """A title that gives way: what does not fit ends in three dots, and the whole is in the tool tip."""

    def __init__(self, text: str, name: str, *, least: int = 110) -> None:
        """`least` is the width, in pixels at normal text size, below which it never goes."""
        super().__init__()
        self.setObjectName(name)
        self.setProperty("typeSize", TypeSize.LARGE.value)
        self.setProperty("strong", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(px(least))
        self._whole = ""
        self.set_whole(text)

    @property
    def whole(self) -> str:
        """The text as it is when there is room."""
        return self._whole

    def set_whole(self, text: str) -> None:
        """Another title."""
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._fit()

    def sizeHint(self) -> QSize:
        """The whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
