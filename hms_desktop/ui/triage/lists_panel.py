"""Whom to look at again, who was triaged today, what was measured on the open patient."""

from collections.abc import Callable, Sequence
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from hms_desktop.domain.protocols.vital_limits import FORMS, Measure
from hms_desktop.domain.queueing import is_overdue
from hms_desktop.domain.triage_rows import LookRow, TriagedRow, VitalsRow, show_measure
from hms_desktop.domain.vitals import Vitals
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge, triage_badge
from hms_desktop.ui.kit.buttons import harmful
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, px
from hms_desktop.ui.triage.vital_field import clock_text
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trc

LOOKS, TRIAGED, TAKEN = range(3)
SHOW_TIME_FROM_MINUTES = 90
"""A look that is further away is told by the clock."""
_BOTH = (Measure.SYSTOLIC, Measure.DIASTOLIC)


class ListsPanel(QTabWidget):
    """Three lists below the waiting list."""

    visit_wanted = Signal(object)
    """The id of a visit to open."""
    slip_wanted = Signal(object)
    """A `TriagedRow` whose slip is wanted."""
    void_wanted = Signal(object)
    """A `VitalsRow` that is to become void."""

    def __init__(self, now: Callable[[], datetime], zone: ZoneInfo, *, may_void: bool) -> None:
        super().__init__()
        self.setObjectName("triage.lists")
        self.setAccessibleName(tr("Further lists"))
        self._now, self._zone = now, zone
        self.looks, self.triaged, self.taken = self._make_looks(), self._make_triaged(), self._make_taken()
        self.void = harmful("triage.void", f"{tr('Void…')}  {trc('key', 'V')}", self._on_void)
        self.void.setVisible(False)
        self._may_void = may_void
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(GRID))
        inside.addWidget(self.taken, 1)
        inside.addWidget(self.void)
        for each in (self.looks, self.triaged, page):
            self.addTab(each, "")
        self._connect()
        self._show_titles()

    def _connect(self) -> None:
        self.looks.activated_row.connect(lambda row: self.visit_wanted.emit(row.visit_id))
        self.triaged.activated_row.connect(lambda row: self.visit_wanted.emit(row.visit_id))
        self.taken.current_row_changed.connect(lambda _row: self._show_void())
        bind(trc("key", "P"), self.triaged, self._on_slip, inside=True)
        bind(trc("key", "V"), self.taken, self._on_void, inside=True)

    # --- rows ------------------------------------------------------------------------------------

    def set_board(self, looks: Sequence[LookRow], triaged: Sequence[TriagedRow]) -> None:
        """Show whom to look at again and who was triaged today."""
        self.looks.set_rows(looks)
        self.triaged.set_rows(triaged)
        self._show_titles()

    def set_taken(self, rows: Sequence[VitalsRow]) -> None:
        """Show what was measured on the open patient."""
        self.taken.set_rows(rows)
        if self.taken.current() is None:
            self.taken.select_first()
        self.void.setVisible(self._may_void and bool(rows))
        self._show_void()

    def _show_void(self) -> None:
        row = self.taken.current()
        self.void.setEnabled(row is not None and row.voided_at is None)

    def overdue(self) -> list[LookRow]:
        """Whom to look at now."""
        return [row for row in self.looks.rows() if is_overdue(row.due, self._now())]

    def tick(self) -> None:
        """A minute may be over."""
        self.looks.set_rows(self.looks.rows())
        self._show_titles()

    def open_list(self, place: int) -> None:
        """Show one of the lists and put the focus there."""
        self.setCurrentIndex(place)
        chosen: RowsView[LookRow] | RowsView[TriagedRow] | RowsView[VitalsRow] = (
            self.looks, self.triaged, self.taken,
        )[place]  # fmt: skip
        chosen.setFocus()
        if chosen.current() is None:
            chosen.select_first()

    def _show_titles(self) -> None:
        due = len(self.overdue())
        again = tr("2  Look again: {n}", n=due) if due else tr("2  Look again")
        for place, text in enumerate((again, tr("3  Today"), tr("4  Visit"))):
            self.setTabText(place, text)

    # --- the lists -------------------------------------------------------------------------------

    def _make_looks(self) -> RowsView[LookRow]:
        return RowsView[LookRow](
            "triage.looks",
            tr("Look again"),
            [
                Column(tr("Colour"), lambda row: say_colour(row.colour), width=90, badge=_colour),
                Column(tr("Patient"), lambda row: row.patient_name, stretch=True, bold=True),
                Column(tr("Look again"), self.due_text, width=114, badge=self._due_badge, tip=self.due_text),
            ],
            key=lambda row: row.id,
            empty=tr("Nobody who was triaged is waiting for the doctor."),
        )

    def _make_triaged(self) -> RowsView[TriagedRow]:
        return RowsView[TriagedRow](
            "triage.triaged",
            tr("Triaged today"),
            [
                Column(tr("Time"), lambda row: clock_text(row.assessed_at, self._zone), width=58),
                Column(tr("Colour"), lambda row: say_colour(row.colour), width=90, badge=_colour),
                Column(tr("Patient"), lambda row: row.patient_name, stretch=True, bold=True),
                Column(tr("By"), lambda row: row.by, width=76, muted=True, spare=True),
            ],
            key=lambda row: row.visit_id,
            empty=tr("Nobody was triaged today."),
        )

    def _make_taken(self) -> RowsView[VitalsRow]:
        return RowsView[VitalsRow](
            "triage.taken",
            tr("Measured in this visit"),
            [
                Column(tr("Time"), lambda row: clock_text(row.taken_at, self._zone), width=58),
                Column(tr("Values"), taken_text, stretch=True, badge=_void_badge, tip=taken_tip),
            ],
            key=lambda row: row.id,
            empty=tr("Nothing was measured yet in this visit, or no patient is open."),
        )

    def due_text(self, row: LookRow) -> str:
        """`no vitals yet`, `all the time`, `12 min late`, `now`, `in 8 min`, `at 16:20`; `–` without an interval."""
        if row.due is None:
            return "–"
        if not row.measured:
            return tr("no vitals yet")
        if row.due == row.looked_at:
            return tr("all the time")
        seconds = (row.due - self._now()).total_seconds()
        if seconds > SHOW_TIME_FROM_MINUTES * 60:
            return tr("at {time}", time=clock_text(row.due, self._zone))
        if seconds > 0:
            return tr("in {n} min", n=ceil(seconds / 60))
        late = int(-seconds // 60)
        return tr("{n} min late", n=late) if late else tr("now")

    def _due_badge(self, row: LookRow) -> Badge | None:
        if not is_overdue(row.due, self._now()):
            return None
        return tone_badge(self.due_text(row), "warn", Shape.TRIANGLE)

    def _on_slip(self) -> None:
        row = self.triaged.current()
        if row is not None:
            self.slip_wanted.emit(row)

    def _on_void(self) -> None:
        row = self.taken.current()
        if row is not None and row.voided_at is None and self._may_void:
            self.void_wanted.emit(row)


def _colour(row: LookRow | TriagedRow) -> Badge | None:
    return triage_badge(row.colour)


def say_colour(code: str) -> str:
    """A colour's word for those who hear the list."""
    badge = triage_badge(code)
    return badge.text if badge else ""


def values_text(vitals: Vitals) -> list[str]:
    """What was measured, short, in measuring order."""
    parts = []
    for measure in Measure:
        value = vitals.value(measure)
        if measure is Measure.SYSTOLIC and (vitals.systolic is not None or vitals.diastolic is not None):
            both = "/".join("–" if each is None else str(each) for each in (vitals.systolic, vitals.diastolic))
            parts.append(tr("BP {value}", value=both))
        elif measure not in _BOTH and value is not None:
            parts.append(f"{say(measure)} {show_measure(measure, value)} {FORMS[measure].unit}")
    if vitals.avpu is not None:
        parts.append(say(vitals.avpu))
    return parts


def taken_text(row: VitalsRow) -> str:
    """The values of a row, or that it is void and why."""
    if row.voided_at is not None:
        return tr("Void: {reason}", reason=row.void_reason)
    return " · ".join(values_text(row.vitals))


def taken_tip(row: VitalsRow) -> str:
    """Everything about a row, a line each."""
    lines = [row.by, *values_text(row.vitals), row.comment]
    if row.voided_at is not None:
        lines.append(tr("Void: {reason} ({who})", reason=row.void_reason, who=row.voided_by or "–"))
    return "\n".join(line for line in lines if line)


def _void_badge(row: VitalsRow) -> Badge | None:
    return tone_badge(taken_text(row), "error", Shape.CROSS) if row.voided_at is not None else None
