"""Small line charts: where people would rather look than read. The same facts stand in words for a screen reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from hms_desktop.domain.dates import show_date
from hms_desktop.ui.kit.theme import TypeSize, dress, font, px, tones
from hms_desktop.words.facts import months
from hms_desktop.words.language import tr

Number = Decimal | float | int


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A value at a local time; None means not measured and leaves a gap."""

    at: datetime
    value: Number | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Scale:
    """From facts to places: values up, time to the right."""

    place: QRectF
    first: datetime
    last: datetime
    low: float
    high: float

    def at(self, point: ChartPoint) -> QPointF:
        span = (self.last - self.first).total_seconds()
        part = 0.5 if span == 0 else (point.at - self.first).total_seconds() / span
        return QPointF(self.place.left() + part * self.place.width(), self.height_of(float(point.value or 0)))

    def height_of(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return self.place.bottom() - part * self.place.height()


class LineChart(QWidget):
    """One measurement over time with its normal band. Time always runs from left to right."""

    def __init__(self, name: str, title: str, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._title, self._unit = title, unit
        self._points: tuple[ChartPoint, ...] = ()
        self._band: tuple[float | None, float | None] = (None, None)
        self._say()
        dress().changed.connect(self.update)

    def set_title(self, title: str, unit: str = "") -> None:
        """Draw another measurement from now on."""
        self._title, self._unit = title, unit
        self._say()
        self.update()

    def set_points(self, points: Sequence[ChartPoint], band: tuple[Number | None, Number | None] | None = None) -> None:
        """Show these values (any order) and the normal band from low to high."""
        self._points = tuple(sorted(points, key=lambda point: point.at))
        low, high = band or (None, None)
        self._band = (None if low is None else float(low), None if high is None else float(high))
        self._say()
        self.update()

    def summary(self) -> str:
        """The chart in words: how many values, the last one, lowest and highest."""
        known = [point for point in self._points if point.value is not None]
        if not known:
            return tr("{title}: not measured", title=self._title)
        values = [float(point.value or 0) for point in known]
        return tr(
            "{title}: last {last} {unit} on {day}, lowest {low}, highest {high}, {count} values",
            title=self._title,
            last=_figure(values[-1]),
            unit=self._unit,
            day=show_date(known[-1].at.date(), months()),
            low=_figure(min(values)),
            high=_figure(max(values)),
            count=len(values),
        )

    def sizeHint(self) -> QSize:
        return QSize(px(260), px(112))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(150), px(84))

    def _say(self) -> None:
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self.summary())
        self.setToolTip(self.summary())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        known = [point for point in self._points if point.value is not None]
        self._paint_title(painter, known)
        if not known:
            return
        scale = self._scale(known)
        self._paint_band(painter, scale)
        self._paint_axes(painter, scale)
        for run in _runs(self._points):
            self._paint_run(painter, scale, run)

    def _paint_title(self, painter: QPainter, known: Sequence[ChartPoint]) -> None:
        worn = tones()
        place = QRectF(self.rect()).adjusted(px(2), 0, -px(2), 0)
        place.setHeight(px(20))
        painter.setFont(font(TypeSize.SMALL, bold=True))
        painter.setPen(QColor(worn.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._title)
        last = f"{_figure(float(known[-1].value or 0))} {self._unit}".strip() if known else tr("not measured")
        out = bool(known) and self._outside(float(known[-1].value or 0))
        painter.setPen(QColor(worn.error_ink if out else worn.text if known else worn.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, last)

    def _scale(self, known: Sequence[ChartPoint]) -> _Scale:
        values = [float(point.value or 0) for point in known]
        values += [edge for edge in self._band if edge is not None]
        low, high = min(values), max(values)
        room = (high - low) * 0.12 or max(abs(high) * 0.1, 1.0)
        place = QRectF(self.rect()).adjusted(px(34), px(24), -px(10), -px(18))
        first, last = known[0].at, known[-1].at
        return _Scale(place, first, last, low - room, high + room)

    def _paint_band(self, painter: QPainter, scale: _Scale) -> None:
        low, high = self._band
        if low is None and high is None:
            return
        top = scale.place.top() if high is None else scale.height_of(high)
        bottom = scale.place.bottom() if low is None else scale.height_of(low)
        painter.fillRect(QRectF(scale.place.left(), top, scale.place.width(), bottom - top), QColor(tones().band))

    def _paint_axes(self, painter: QPainter, scale: _Scale) -> None:
        worn = tones()
        painter.setPen(QPen(QColor(worn.edge), 1))
        painter.drawLine(scale.place.bottomLeft(), scale.place.bottomRight())
        painter.setFont(font(TypeSize.SMALL))
        painter.setPen(QColor(worn.muted))
        for value in self._marks(scale):
            where = QRectF(0, scale.height_of(value) - px(8), px(30), px(16))
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _figure(value))
        below = QRectF(scale.place.left() - px(20), scale.place.bottom() + px(1), scale.place.width() + px(30), px(16))
        within_a_day = scale.last - scale.first < timedelta(days=1)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _moment(scale.first, within_a_day))
        if scale.first != scale.last:
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, _moment(scale.last, within_a_day))

    def _marks(self, scale: _Scale) -> list[float]:
        low, high = self._band
        room = (scale.high - scale.low) * 0.12 / 1.24
        wanted = [low if low is not None else scale.low + room, high if high is not None else scale.high - room]
        return wanted if abs(scale.height_of(wanted[0]) - scale.height_of(wanted[1])) >= px(14) else wanted[1:]

    def _paint_run(self, painter: QPainter, scale: _Scale, run: Sequence[ChartPoint]) -> None:
        worn = tones()
        places = [scale.at(point) for point in run]
        painter.setPen(QPen(QColor(worn.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        for point, place in zip(run, places, strict=True):
            out = self._outside(float(point.value or 0))
            painter.setPen(QPen(QColor(worn.error_ink if out else worn.accent), 2))
            painter.setBrush(QColor(worn.base))
            size = px(4)
            if out:
                painter.drawRect(QRectF(place.x() - size, place.y() - size, 2 * size, 2 * size))
            else:
                painter.drawEllipse(place, size - 0.5, size - 0.5)

    def _outside(self, value: float) -> bool:
        low, high = self._band
        return (low is not None and value < low) or (high is not None and value > high)


def _runs(points: Sequence[ChartPoint]) -> list[list[ChartPoint]]:
    """Stretches without a gap."""
    runs: list[list[ChartPoint]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _figure(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _moment(at: datetime, within_a_day: bool) -> str:
    return f"{at:%H:%M}" if within_a_day else show_date(at.date(), months())[:6]
