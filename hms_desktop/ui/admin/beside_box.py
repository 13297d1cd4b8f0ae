"""Widgets side by side while there is room for them, one below the other when there is not (150 %, longer words)."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from hms_desktop.ui.kit.theme import GRID, px


class BesideBox(QWidget):
    """A row that turns into a column."""

    def __init__(
        self, widgets: Sequence[QWidget], stretch: Sequence[int] | None = None, *, space: int = 2 * GRID
    ) -> None:
        super().__init__()
        self._widgets = tuple(widgets)
        self._space = px(space)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(self._space)
        self._box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for place, widget in enumerate(self._widgets):
            self._box.addWidget(widget, stretch[place] if stretch else 1, Qt.AlignmentFlag.AlignTop)

    @property
    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def needed(self) -> int:
        """The width that all need side by side; boxes in this one stay rows as long as they can."""
        each = [w.needed() if isinstance(w, BesideBox) else w.minimumSizeHint().width() for w in self._shown]
        return sum(each) + self._space * max(len(each) - 1, 0)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of the widgets."""
        widest = max((each.minimumSizeHint().width() for each in self._shown), default=0)
        return QSize(widest, self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the width crosses what the row needs."""
        super().resizeEvent(event)
        wide = self.width() >= self.needed()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not direction:
            self._box.setDirection(direction)
            self._box.setSpacing(self._space if wide else px(GRID))
            self.updateGeometry()
