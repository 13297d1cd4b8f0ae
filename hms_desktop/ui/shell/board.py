"""F8: one line per patient today, in every window."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.visits import BoardRow, VisitState
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge, triage_badge
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.words.labels import label as word
from hms_desktop.words.language import tr, trn


class BoardDesk(Desk):
    """The visit board."""

    NAME: ClassVar[str] = "board"
    TOPICS: ClassVar[frozenset[str]] = frozenset(
        {
            topics.BOARD, topics.TRIAGE_QUEUE, topics.DOCTOR_QUEUE, topics.LAB_WORKLIST, topics.PHARMACY_QUEUE,
            topics.BILLS,
        }
    )  # fmt: skip
    chosen = Signal(object)
    """Enter on a line: the patient's id."""
    left = Signal()
    """Back to the desk."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._zone = ZoneInfo(context.clinic.facility.time_zone)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(2 * GRID), px(12), px(2 * GRID), px(12))
        self._heading = label(tr("Today"), TypeSize.TITLE, bold=True)
        outer.addWidget(self._heading)
        self.list = RowsView[BoardRow](
            "board.list",
            tr("Visit board"),
            self._columns(),
            key=lambda row: row.visit_id,
            empty=tr("Nobody came today yet."),
        )
        self.list.activated_row.connect(lambda row: self.chosen.emit(row.patient_id))
        outer.addWidget(self.list, 1)
        bind(Key.BACK, self, self.left.emit, inside=True)

    def title(self) -> str:
        return tr("Visit board")

    def start_focus(self) -> QWidget:
        return self.list

    def shortcuts(self) -> list[Shortcut]:
        return [Shortcut("Enter", tr("Open the patient at your desk")), Shortcut("Esc", tr("Back to your desk"))]

    def reload(self) -> None:
        from hms_desktop.services.visits import board

        self.read(board, self._on_rows)

    def _on_rows(self, rows: list[BoardRow]) -> None:
        self.list.set_rows(rows)
        here = sum(row.state is VisitState.OPEN for row in rows)
        self._heading.setText(trn("Today: {n} patient here", "Today: {n} patients here", here))

    def _columns(self) -> list[Column[BoardRow]]:
        return [
            Column(tr("Arrived"), lambda row: self._clock(row.arrived), width=64, muted=True, spare=True),
            Column(tr("Ticket"), lambda row: row.ticket, width=64),
            Column(tr("Patient"), lambda row: row.patient_name, stretch=True, bold=True, tip=lambda row: row.mrn),
            Column(tr("Colour"), _colour, width=92, badge=lambda row: triage_badge(row.colour)),
            Column(tr("Vitals"), _vitals_text, width=72, badge=_vitals, spare=True),
            Column(tr("Doctor"), _doctor, width=112),
            Column(tr("Lab"), lambda row: _of(row.lab_done, row.lab_total), width=56),
            Column(tr("Drugs"), lambda row: _of(row.dispensed, row.prescribed), width=60, spare=True),
            Column(tr("Owes"), lambda row: row.owed or "–", width=84, right=True),
            Column(tr("Waiting"), _waiting, width=78, right=True),
        ]  # fmt: skip

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M}"


def _colour(row: BoardRow) -> str:
    return word("colour", row.colour) if row.colour else "–"


def _doctor(row: BoardRow) -> str:
    return word("queue_state", row.doctor_state) if row.doctor_state else "–"


def _vitals_text(row: BoardRow) -> str:
    return tr("taken") if row.vitals_done else "–"


def _vitals(row: BoardRow) -> Badge | None:
    return tone_badge(tr("taken"), "good", Shape.TICK) if row.vitals_done else None


def _of(done: int, total: int) -> str:
    """`2/3`, or a dash when there is nothing to do."""
    return f"{done}/{total}" if total else "–"


def _waiting(row: BoardRow) -> str:
    if row.state is not VisitState.OPEN:
        return word("visit_state", row.state.value)
    hours, minutes = divmod(row.waiting_minutes, 60)
    return tr("{h} h {m} min", h=hours, m=f"{minutes:02d}") if hours else tr("{m} min", m=minutes)
