"""Why no money can be taken now, and the way out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.words.language import tr


class StopPanel(QWidget):
    """A sentence and one button."""

    count_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", TypeSize.LARGE)
        self.words.setObjectName("cashier.stopped")
        self.words.setWordWrap(True)
        self.button = primary("cashier.count_now", tr("&Count and close…"), self.count_wanted.emit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(2 * GRID))
        outer.addWidget(self.words)
        outer.addWidget(self.button)
        outer.addStretch(1)

    def say(self, text: str, *, count: bool = True) -> None:
        """Why; `count` offers to count and close the drawer."""
        self.words.setText(text)
        self.button.setVisible(count)
