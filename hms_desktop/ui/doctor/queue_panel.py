"""The doctor's queue: colour, then back from the lab, then waiting time. A live update never moves the selected row."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.domain.visits import QueueRow, QueueState
from hms_desktop.ui.kit.badges import triage_badge
from hms_desktop.ui.kit.buttons import plain, plain_label
from hms_desktop.ui.kit.cells import CellDelegate, isolated
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import TypeSize, font, label, px, tones
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn

LOOK_AGAIN_MS = 30_000
"""Waiting minutes grow while nothing else moves."""
ROW_HEIGHT = 46
WHO = 1
"""The column with two lines: who, and how it stands."""


class _WhoDelegate(CellDelegate):
    """Two lines: the name, and below it, quieter, what the doctor should know of the row."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        if index.column() != WHO:
            super().paint(painter, option, index)
            return
        opened: Any = QStyleOptionViewItem(option)
        self.initStyleOption(opened, index)
        opened.state &= ~QStyle.StateFlag.State_HasFocus
        opened.text = ""
        style = opened.widget.style() if opened.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, opened, painter, opened.widget)
        name, _break, state = str(index.data()).partition("\n")
        chosen = bool(opened.state & QStyle.StateFlag.State_Selected)
        self._paint_lines(painter, QRectF(opened.rect).adjusted(px(6), px(4), -px(4), -px(4)), (name, state), chosen)

    @staticmethod
    def _paint_lines(painter: QPainter, place: QRectF, lines: tuple[str, str], chosen: bool) -> None:
        worn = tones()
        painter.save()
        for text, size, bold, ink, edge in (
            (lines[0], TypeSize.BODY, True, worn.text, Qt.AlignmentFlag.AlignTop),
            (lines[1], TypeSize.SMALL, False, worn.muted, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(font(size, bold=bold))
            painter.setPen(QColor(worn.on_chosen if chosen else ink))
            shown = painter.fontMetrics().elidedText(isolated(text), Qt.TextElideMode.ElideRight, int(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | edge, shown)
        painter.restore()


class QueuePanel(QWidget):
    """Who waits, who is in, who is at the lab, who was seen today. Enter takes the patient in or opens the chart."""

    chosen = Signal(object)
    """A `QueueRow` that was activated."""
    review_wanted = Signal()
    """The list of results that came late."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """`now` gives aware UTC: the clinic's clock."""
        super().__init__(parent)
        self._now = now
        self._count = label("", bold=True)
        self._count.setObjectName("doctor.waiting_count")
        self.list = RowsView[QueueRow](
            "doctor.queue",
            tr("Patients for the doctor"),
            [
                Column(tr("Triage"), _colour, width=86, badge=lambda row: triage_badge(row.colour)),
                Column(tr("Patient"), _who, stretch=True, tip=_more),
                Column(tr("Min"), self._minutes, width=44, right=True, muted=True),
            ],
            key=lambda row: row.id,
            empty=tr("Nobody is waiting for the doctor. Patients come here by themselves after triage."),
        )
        self.list.setItemDelegate(_WhoDelegate(self.list))
        self.list.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))
        self.list.activated_row.connect(self.chosen)
        self.review_button = plain("doctor.review", tr("Results to re&view"), self.review_wanted.emit)
        self.set_reviews(0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._count)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.review_button)
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.list.viewport().update)
        self.set_rows([])

    def set_rows(self, rows: list[QueueRow]) -> None:
        """Show the queue as it stands."""
        waiting = sum(row.state in {QueueState.WAITING, QueueState.CALLED} for row in rows)
        self._count.setText(trn("{n} patient waits", "{n} patients wait", waiting))
        self.list.set_rows(rows)

    def set_reviews(self, waiting: int, mine: int) -> None:
        """How many results came after their consultation; the button is there only while some wait."""
        self.review_button.setVisible(waiting > 0)
        text = trn("{n} result to re&view", "{n} results to re&view", waiting)
        if mine:
            text = tr("{results}, {mine} yours", results=text, mine=mine)
        self.review_button.setText(text)
        self.review_button.setAccessibleName(plain_label(text))

    def _minutes(self, row: QueueRow) -> str:
        over = row.state in {QueueState.COMPLETED, QueueState.DONE}
        return "" if over else str(waiting_minutes(row.waiting_since, self._now()))

    def showEvent(self, event: QShowEvent) -> None:
        """Minutes run while somebody looks."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """And stand still when nobody does."""
        self._timer.stop()
        super().hideEvent(event)


def _colour(row: QueueRow) -> str:
    badge = triage_badge(row.colour)
    return "" if badge is None else badge.text


def _who(row: QueueRow) -> str:
    """The name; below it the age, and how the row stands."""
    below = " · ".join(part for part in (row.age, state_text(row)) if part)
    return f"{row.patient_name}\n{below}"


def state_text(row: QueueRow) -> str:
    """How a row of the queue stands, in words."""
    if row.state is QueueState.WITH_DOCTOR:
        return tr("With {doctor}", doctor=row.claimed_by) if row.claimed_by else say(row.state)
    if row.returned and row.state is QueueState.WAITING:
        return tr("Results are in")
    if row.state is QueueState.WAITING:
        return row.complaint or say(row.state)
    return say(row.state)


def _more(row: QueueRow) -> str:
    return " · ".join(part for part in (row.mrn, row.ticket, row.complaint) if part)
