"""A badge says its meaning three times: by word, by shape and by colour."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from hms_desktop.ui.kit.theme import TypeSize, dress, font, px, tones
from hms_desktop.words.labels import label


class Shape(StrEnum):
    """The little sign in front of the word."""

    DOT = "dot"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    SQUARE = "square"
    OCTAGON = "octagon"
    RING = "ring"
    CROSS = "cross"
    TICK = "tick"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Badge:
    """A word on a colour with a shape. Colours as `#RRGGBB`."""

    text: str
    fill: str
    ink: str
    shape: Shape = Shape.NONE


_TRIAGE = {
    "red": ("#B3261E", "#FFFFFF", Shape.OCTAGON),
    "orange": ("#C2560C", "#FFFFFF", Shape.TRIANGLE),
    "yellow": ("#F2C200", "#000000", Shape.DIAMOND),
    "green": ("#2E7D32", "#FFFFFF", Shape.DOT),
    "black": ("#000000", "#FFFFFF", Shape.CROSS),
}


def triage_badge(colour: str) -> Badge | None:
    """The badge of a triage colour's code; None for a patient without one. The same in every look."""
    known = _TRIAGE.get(colour)
    return Badge(label("colour", colour), *known) if known else None


def tone_badge(text: str, tone: str, shape: Shape = Shape.NONE) -> Badge:
    """A badge in a tone of the look: info, good, warn, error or plain."""
    worn = tones()
    pairs = {
        "info": (worn.info, worn.on_info),
        "good": (worn.good, worn.on_good),
        "warn": (worn.warn, worn.on_warn),
        "error": (worn.error, worn.on_error),
        "plain": (worn.raised, worn.text),
    }
    return Badge(text, *pairs[tone], shape)


def badge_size(badge: Badge) -> QSize:
    """How much room a badge takes."""
    from PySide6.QtGui import QFontMetrics

    metrics = QFontMetrics(font(TypeSize.SMALL, bold=True))
    sign = 0 if badge.shape is Shape.NONE else px(15)
    return QSize(metrics.horizontalAdvance(badge.text) + sign + px(16), max(px(20), metrics.height() + px(4)))


def paint_badge(painter: QPainter, place: QRectF, badge: Badge, *, mirrored: bool = False) -> None:
    """Draw `badge` filling `place`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QColor(tones().edge) if QColor(badge.fill).lightness() in range(12) else QColor(badge.ink)
    edge.setAlpha(255 if dress().look == "high_contrast" else 70)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(QColor(badge.fill))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
    words = place.adjusted(px(8), 0, -px(8), 0)
    if badge.shape is not Shape.NONE:
        side = px(10)
        left = words.right() - side if mirrored else words.left()
        _paint_shape(painter, QRectF(left, place.center().y() - side / 2, side, side), badge)
        words = words.adjusted(0, 0, -px(15), 0) if mirrored else words.adjusted(px(15), 0, 0, 0)
    painter.setFont(font(TypeSize.SMALL, bold=True))
    painter.setPen(QColor(badge.ink))
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, badge.text)
    painter.restore()


def _paint_shape(painter: QPainter, place: QRectF, badge: Badge) -> None:
    painter.setPen(QPen(QColor(badge.ink), 2) if badge.shape in _STROKED else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if badge.shape in _STROKED else QColor(badge.ink))
    if badge.shape in (Shape.DOT, Shape.RING):
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
    elif badge.shape is Shape.CROSS:
        painter.drawLine(place.topLeft(), place.bottomRight())
        painter.drawLine(place.topRight(), place.bottomLeft())
    else:
        points = [
            QPointF(place.left() + x * place.width(), place.top() + y * place.height()) for x, y in _POINTS[badge.shape]
        ]
        if badge.shape is Shape.TICK:
            painter.drawPolyline(QPolygonF(points))
        else:
            painter.drawPolygon(QPolygonF(points))


_STROKED = frozenset({Shape.RING, Shape.CROSS, Shape.TICK})
_POINTS = {
    Shape.TRIANGLE: ((0.5, 0.0), (1.0, 0.95), (0.0, 0.95)),
    Shape.DIAMOND: ((0.5, -0.05), (1.05, 0.5), (0.5, 1.05), (-0.05, 0.5)),
    Shape.SQUARE: ((0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)),
    Shape.OCTAGON: ((0.3, 0.0), (0.7, 0.0), (1.0, 0.3), (1.0, 0.7), (0.7, 1.0), (0.3, 1.0), (0.0, 0.7), (0.0, 0.3)),
    Shape.TICK: ((0.0, 0.55), (0.38, 0.95), (1.0, 0.1)),
}


class BadgeLabel(QWidget):
    """A badge as a widget, outside lists."""

    def __init__(self, name: str, badge: Badge | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._badge: Badge | None = None
        self.set_badge(badge)

    def set_badge(self, badge: Badge | None) -> None:
        """Show `badge`; None hides it."""
        self._badge = badge
        if badge is None or self.parentWidget() is not None:
            self.setVisible(badge is not None)
        self.setAccessibleName(badge.text if badge else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The badge's own size."""
        return badge_size(self._badge) if self._badge else QSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._badge is not None:
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            paint_badge(QPainter(self), QRectF(self.rect()), self._badge, mirrored=mirrored)
