"""Where reception's work starts: search, and below it today's arrivals or what was found, with the reason."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from hms_desktop.domain.patients import PatientHit
from hms_desktop.domain.visits import VisitRow, VisitState
from hms_desktop.services.patients import find_patients
from hms_desktop.ui.kit.buttons import beside_primary, harmful, tall
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.layout import column, row
from hms_desktop.ui.kit.table import RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label
from hms_desktop.ui.reception.desk_keys import NEW_PATIENT, UNKNOWN_PERSON
from hms_desktop.ui.reception.find_line import FindLineField
from hms_desktop.ui.reception.find_lists import HITS_HIDDEN, VISITS_HIDDEN, hits_view, visits_view
from hms_desktop.ui.reception.two_columns import hide_when_narrow
from hms_desktop.words.language import tr, trn

DELAY_MS = 120
"""How long somebody must stop typing until the store is asked."""


class FindPage(QWidget):
    """Search first; Enter opens the chosen patient."""

    patient_wanted = Signal(object)
    """The id of a patient to open."""
    new_wanted = Signal(str)
    """Register somebody; carries what was typed."""
    unknown_wanted = Signal()
    """Somebody who can't say who they are."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = ""
        self._open_first = False
        self._left_open: list[VisitRow] = []
        self._arrivals: list[VisitRow] = []
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._ask)
        self.line = FindLineField(
            "reception.search", tr("&Find a patient"), placeholder=tr("Name, phone, patient number or card")
        )
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.today: RowsView[VisitRow] = visits_view(ZoneInfo(context.clinic.facility.time_zone), context.today)
        self.results: RowsView[PatientHit] = hits_view(context.today)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.today)
        self.lists.addWidget(self.results)
        self._lay_out()
        self.today.activated_row.connect(lambda visit: self.patient_wanted.emit(visit.patient_id))
        self.results.activated_row.connect(lambda hit: self.patient_wanted.emit(hit.id))
        self.line.changed.connect(self._on_typed)
        self.line.moved.connect(self._on_moved)
        self.line.entered.connect(self._on_enter)

    def _lay_out(self) -> None:
        self.new_button = beside_primary("reception.new_patient", tr("&New patient"), self.start_new, icon="add")
        self.unknown_button = tall(
            harmful("reception.unknown", tr("Emergency: &unknown person"), self.unknown_wanted.emit, icon="alert")
        )
        self.new_button.setToolTip(NEW_PATIENT)
        self.unknown_button.setToolTip(UNKNOWN_PERSON)
        buttons = column(space=3)
        buttons.addStretch(1)
        buttons.addLayout(row(self.new_button, self.unknown_button, space=GRID))
        top = row(self.line, space=2 * GRID)
        top.addLayout(buttons)
        top.setStretch(0, 1)
        whole = column(space=GRID, margins=2 * GRID)
        whole.addLayout(top)
        whole.addWidget(self.heading)
        whole.addWidget(self.lists, 1)
        self.setLayout(whole)
        for button in (self.new_button, self.unknown_button):
            button.setVisible(self._context.actor.may("patients.create"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hide_when_narrow(self.today, VISITS_HIDDEN, self.width())
        hide_when_narrow(self.results, HITS_HIDDEN, self.width())

    # --- today -----------------------------------------------------------------------------------------

    def show_day(self, left_open: Sequence[VisitRow], today: Sequence[VisitRow]) -> None:
        """Today's visits; on top those of earlier days that nobody closed."""
        self._left_open, self._arrivals = list(left_open), list(today)
        self.today.set_rows([*left_open, *today])
        self._say_day()

    def _say_day(self) -> None:
        if self.lists.currentWidget() is not self.today:
            return
        here = sum(visit.state is VisitState.OPEN for visit in self._arrivals)
        parts = [
            trn("Today: {n} patient came", "Today: {n} patients came", len(self._arrivals)),
            trn("{n} still here", "{n} still here", here),
        ]
        if self._left_open:
            count = len(self._left_open)
            parts.append(trn("{n} visit of an earlier day is open", "{n} visits of earlier days are open", count))
        self.heading.setText(" · ".join(parts))

    # --- searching -----------------------------------------------------------------------------------

    def clear(self) -> None:
        """Back to today, ready for the next person."""
        self.line.clear()

    def look_again(self) -> None:
        """Ask the same question again."""
        if self.line.value():
            self._ask()

    def start_new(self) -> None:
        """Register somebody, called what was searched for."""
        typed = self.line.value()
        is_name = any(c.isalpha() for c in typed) and not any(c.isdigit() for c in typed)
        self.new_wanted.emit(typed if is_name else "")

    def _on_typed(self) -> None:
        self._open_first = False
        if self.line.value():
            self._delay.start()
            return
        self._delay.stop()
        self._asked = ""
        self._context.background.forget("reception.search")
        self.lists.setCurrentWidget(self.today)
        self._say_day()

    def _ask(self) -> None:
        self._delay.stop()
        typed = self.line.value()
        clinic, actor = self._context.clinic, self._context.actor
        self._context.background.latest(
            "reception.search",
            lambda: find_patients(clinic, actor, typed),
            lambda hits: self._on_found(typed, hits),
            owner=self,
        )

    def _on_found(self, typed: str, hits: list[PatientHit]) -> None:
        if typed != self.line.value():
            return
        self.results.set_empty(
            tr("Nobody found for “{text}”. Try another part of the name, or register with Ctrl+N.", text=typed)
        )
        self.results.set_rows(hits)
        if self._asked != typed or self.results.current() is None:
            self.results.select_first()
        self._asked = typed
        near = bool(hits) and all(hit.matched == "near_name" for hit in hits)
        found = trn("{n} patient found", "{n} patients found", len(hits)) if hits else tr("Nobody found")
        self.heading.setText(tr("Nobody is called “{text}”. Is it one of these?", text=typed) if near else found)
        self.lists.setCurrentWidget(self.results)
        if self._open_first:
            self._open_first = False
            self._open_current()

    def _on_moved(self, step: int) -> None:
        view: RowsView[Any] = self.today if self.lists.currentWidget() is self.today else self.results
        count = len(view.rows())
        if count:
            before = view.currentIndex().row() if view.current() is not None else -1
            place = min(max(before + step, 0), count - 1)
            view.setCurrentIndex(view.rows_model.index(place, 0))

    def _on_enter(self) -> None:
        if self.line.value() and self._asked != self.line.value():
            self._open_first = True
            self._ask()
        else:
            self._open_current()

    def _open_current(self) -> None:
        if self.lists.currentWidget() is self.today:
            visit = self.today.current()
            if visit is not None:
                self.patient_wanted.emit(visit.patient_id)
            return
        hit = self.results.current()
        if hit is not None:
            self.patient_wanted.emit(hit.id)
