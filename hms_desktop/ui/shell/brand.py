"""The calm card in the middle of the window that sign-in, lock and first run share."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hms_desktop.ui.kit.icons import pixmap
from hms_desktop.ui.kit.layout import scrolled
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px, set_look_property


class CardPage(QWidget):
    """A page with one card: sign, title, a line below it, and a `body` to fill."""

    def __init__(self, name: str, title: str, subtitle: str = "", *, width: int = 440, icon: str = "hms") -> None:
        super().__init__()
        self.setObjectName(f"{name}.page")
        self.card = QFrame()
        self.card.setProperty("surface", "card")
        self.card.setFixedWidth(px(width))
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(px(32), px(24), px(32), px(24))
        inside.setSpacing(px(GRID))
        inside.addLayout(self._head(title, subtitle, icon))
        self.body = QVBoxLayout()
        self.body.setSpacing(px(GRID))
        inside.addLayout(self.body)
        middle = QWidget()
        grid = QGridLayout(middle)
        grid.setContentsMargins(px(GRID), px(GRID), px(GRID), px(GRID))
        grid.addWidget(self.card, 1, 1)
        for edge in (0, 2):
            grid.setRowStretch(edge, 1)
            grid.setColumnStretch(edge, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(middle))

    def _head(self, title: str, subtitle: str, icon: str) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(pixmap(icon, px(48), ratio=self.devicePixelRatioF()))
        self.title_label = label(title, TypeSize.TITLE, bold=True)
        self.subtitle_label = label(subtitle, muted=True)
        for each in (self.title_label, self.subtitle_label):
            each.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.title_label)
        words.addWidget(self.subtitle_label)
        if not subtitle:
            self.subtitle_label.hide()
        head = QHBoxLayout()
        head.setSpacing(px(2 * GRID))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.setContentsMargins(0, 0, 0, px(GRID))
        return head


class NoticeBar(QFrame):
    """A sentence on the colour of its level, inside a card."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._text = label()
        self._text.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(12), px(GRID), px(12), px(GRID))
        layout.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; '' when it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, level: str = "error") -> None:
        """Show a sentence; an empty one hides it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        set_look_property(self, "level", level)
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self.setHidden(not text)
