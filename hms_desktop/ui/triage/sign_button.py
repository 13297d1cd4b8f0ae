"""A sign as a button: its key as a key cap, its words on up to two lines, loud when it is there."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from hms_desktop.ui.kit.theme import TypeSize, font, px, tones

HEIGHT = 42
_CAP = 22


class SignButton(QPushButton):
    """Checkable; takes no focus itself, for its grid does."""

    def __init__(self, name: str, key: str, words: str) -> None:
        super().__init__()
        self._key, self._words = key, words
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setProperty("harm", True)
        self.setMinimumHeight(px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as it gets, high enough for two lines."""
        return QSize(px(150), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The same: words wrap."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The style's own button without text, then key cap and words."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor("#FFFFFF") if self.isChecked() else QColor(tones().text)
        inside = QRectF(self.rect()).adjusted(px(8), px(3), -px(8), -px(3))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._paint_cap(painter, inside, ink, mirrored=mirrored)
        gap = px(_CAP + 8)
        words = inside.adjusted(0, 0, -gap, 0) if mirrored else inside.adjusted(gap, 0, 0, 0)
        painter.setFont(font(TypeSize.BODY, bold=self.isChecked()))
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._words)

    def _paint_cap(self, painter: QPainter, inside: QRectF, ink: QColor, *, mirrored: bool) -> None:
        side = px(_CAP)
        left = inside.right() - side if mirrored else inside.left()
        cap = QRectF(left, inside.center().y() - side / 2, side, side)
        painter.setPen(QPen(ink, 1))
        painter.drawRoundedRect(cap, px(4), px(4))
        painter.setFont(font(TypeSize.BODY, bold=True))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
