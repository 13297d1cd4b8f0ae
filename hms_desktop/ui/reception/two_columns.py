"""How this desk fills its room: two parts side by side, one above the other where there is too little of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QTableView, QWidget

from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.theme import GRID, px

NARROW = 880
"""Below this width, in pixels at normal text size, there is no room for two columns."""


class TwoColumnArea(QScrollArea):
    """`first` and `second`; in a narrow window `second` goes below, or above when it must be seen first."""

    narrowed = Signal(bool)
    """The layout has become narrow, or wide again."""

    def __init__(self, first: QWidget, second: QWidget, shares: tuple[int, int], *, second_above: bool = False) -> None:
        super().__init__()
        self._stacked = QBoxLayout.Direction.BottomToTop if second_above else QBoxLayout.Direction.TopToBottom
        self.narrow = False
        inside = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        edge = px(2 * GRID)
        self._box.setContentsMargins(edge, edge, edge, edge)
        self._box.setSpacing(edge)
        for widget, share in zip((first, second), shares, strict=True):
            self._box.addWidget(widget, share)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change over when the width crosses the limit."""
        super().resizeEvent(event)
        narrow = self.viewport().width() < px(NARROW)
        if narrow != self.narrow:
            self.narrow = narrow
            self._box.setDirection(self._stacked if narrow else QBoxLayout.Direction.LeftToRight)
            self.narrowed.emit(narrow)


def buttons_below_fields(form: Form) -> None:
    """Let the save button follow the last field where the form is higher than its fields."""
    outer = form.layout()
    assert isinstance(outer, QBoxLayout)
    outer.setStretchFactor(form.body, 0)
    outer.addStretch(1)


def hide_when_narrow(view: QTableView, columns: Sequence[int], width: int) -> None:
    """Hide the columns that matter least while there is no room for them."""
    narrow = width < px(NARROW)
    for column in columns:
        if view.isColumnHidden(column) != narrow:
            view.setColumnHidden(column, narrow)
