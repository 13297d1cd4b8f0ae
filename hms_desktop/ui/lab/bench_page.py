"""The bench: specimens by priority beside the grid of the open one."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import SpecimenState
from hms_desktop.domain.lab_rows import BenchRow, BenchSheet, EntryRow
from hms_desktop.services.catalogue import reasons
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab import bench_sheet, label_paper
from hms_desktop.services.lab_orders import CancelTests, decline_tests
from hms_desktop.services.lab_results import Entered
from hms_desktop.services.lab_specimens import (
    ReceiveSpecimen,
    Rejected,
    RejectSpecimen,
    receive_specimen,
    reject_specimen,
)
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.fields import Choice
from hms_desktop.ui.kit.layout import card
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.ui.lab.entry_form import EntryForm
from hms_desktop.ui.lab.lab_words import clock_text, priority_badge
from hms_desktop.ui.lab.receive_panel import ReceivePanel
from hms_desktop.ui.lab.reject_dialog import ask_decline, ask_reject
from hms_desktop.ui.lab.side_stack import SideStack
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

LIST_LEAST, LIST_WIDTH = 276, 372
NUMBER_COLUMN, NARROW = 2, 940


class BenchPage(QWidget):
    """The worklist and what is open of it."""

    patient_chosen = Signal(object)
    scanned = Signal(str)
    entered = Signal(object, object)
    """The outcome and the sheet that was saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.context.clinic.facility.time_zone)
        self.list = RowsView[BenchRow](
            "lab.bench",
            tr("On the bench"),
            [
                Column(tr("Priority"), _priority, width=72, badge=lambda r: priority_badge(r.priority, short=True)),
                Column(tr("Patient"), lambda r: r.person.name, stretch=True, bold=True, tip=_tip),
                Column(tr("No."), _short, width=62, tip=_tip),
                Column(tr("Due"), self._state, width=96, badge=self._state_badge, tip=_tip),
            ],
            key=lambda r: r.id,
            empty=tr("The bench is empty. Scan a specimen, or collect one: Alt+1."),
        )
        self.stack = SideStack(
            tr("No specimen is open"), tr("Scan the label of a specimen, or choose one of the list and press Enter.")
        )
        self.form: EntryForm | None = None
        self._opening: Id | None = None
        self._focus_wanted = False
        left = QWidget()
        left.setMinimumWidth(px(LIST_LEAST))
        left.setMaximumWidth(px(LIST_WIDTH))
        inside = QHBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.list)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, px(4), 0, 0)
        beside.setSpacing(px(12))
        beside.addWidget(left, 2)
        beside.addWidget(card(self.stack, margins=12), 3)
        self.list.current_row_changed.connect(self._on_chosen)
        self.list.activated_row.connect(lambda shown: self.open_specimen(shown.id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the name needs the room of the number."""
        super().resizeEvent(event)
        self.list.setColumnHidden(NUMBER_COLUMN, self.width() < px(NARROW))

    # --- rows ----------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[BenchRow]) -> None:
        """Show the worklist; what is open is read again when it moved and nobody types in it."""
        self.list.set_rows(rows)
        if self._opening is None:
            return
        fresh = next((each for each in rows if each.id == self._opening), None)
        busy = self.form is not None and (self.form.dirty or self.form.saving)
        if fresh is None and not busy:
            self.close_specimen()
        elif fresh is not None and not busy:
            self._read(self._opening, focus=False)

    @property
    def unsaved(self) -> BenchSheet | None:
        """The open sheet, while something typed in it is not saved."""
        return self.form.sheet if self.form is not None and self.form.dirty else None

    def open_specimen(self, specimen_id: Id) -> None:
        """Open a specimen and put the focus where the work starts."""
        self.list.blockSignals(True)
        self.list.select_key(specimen_id)
        self.list.blockSignals(False)
        if self.form is not None and self.form.sheet.row.id == specimen_id:
            self.form.start()
            return
        self._read(specimen_id, focus=True)

    def row_of_patient(self, patient_id: Id) -> BenchRow | None:
        """The first specimen of a patient."""
        return next((each for each in self.list.rows() if each.person.patient_id == patient_id), None)

    def close_specimen(self) -> None:
        """Nothing is open."""
        self._opening, self.form = None, None
        self.stack.show_nothing()
        self.patient_chosen.emit(None)

    def _on_chosen(self, shown: BenchRow | None) -> None:
        if shown is not None and shown.id != self._opening:
            self._read(shown.id, focus=False)

    def _read(self, specimen_id: Id, *, focus: bool) -> None:
        self._opening = specimen_id
        self._focus_wanted = focus or (self._focus_wanted and self._opening == specimen_id)
        self._desk.read(bench_sheet, self._show_sheet, specimen_id)

    def _show_sheet(self, sheet: BenchSheet) -> None:
        if sheet.row.id != self._opening:
            return
        if self.form is not None and self.form.sheet == sheet and self.stack.currentWidget() is self.form:
            return
        if sheet.row.state is SpecimenState.COLLECTED:
            self._show_receive(sheet)
        else:
            self._show_form(sheet)
        self.patient_chosen.emit(sheet.row.person.patient_id)
        self._focus_wanted = False

    def _show_receive(self, sheet: BenchSheet) -> None:
        self.form = None
        panel = ReceivePanel(self._desk.context, sheet)
        panel.receive_wanted.connect(lambda: self.receive(sheet.row, sheet.row.person.patient_id))
        panel.reject_wanted.connect(partial(self._on_reject, sheet))
        self.stack.show_widget(panel)
        if self._focus_wanted:
            panel.start()

    def _show_form(self, sheet: BenchSheet) -> None:
        focus: QWidget | None = self.focusWidget()
        known = self.form is not None and self.form.sheet.row.id == sheet.row.id
        again = known and focus is not None and self.form is not None and self.form.isAncestorOf(focus)
        self.form = EntryForm(self._desk.context, sheet)
        self.form.saved.connect(self._on_saved)
        self.form.scanned.connect(self.scanned)
        self.form.cancelled.connect(self.list.setFocus)
        self.form.outdated.connect(self._on_outdated)
        self.form.reject_wanted.connect(partial(self._on_reject, sheet))
        self.form.labels_wanted.connect(partial(self._on_labels, sheet))
        self.form.not_done_wanted.connect(partial(self._on_not_done, sheet))
        self.stack.show_widget(self.form)
        if self._focus_wanted or again:
            self.form.start()

    # --- deeds ---------------------------------------------------------------------------------------

    def receive(self, shown: BenchRow, expected: Id | None) -> None:
        """Put a specimen on the bench, then open it."""
        command = ReceiveSpecimen(specimen_id=shown.id, expected_patient_id=expected)
        self._desk.write(receive_specimen, command, lambda _done: self._on_received(shown))

    def _on_received(self, shown: BenchRow) -> None:
        said = tr("{number} of {patient} is on the bench.", number=shown.accession, patient=shown.person.name)
        self._desk.context.messages.good(said)
        self._read(shown.id, focus=True)

    def _on_saved(self, outcome: Outcome[Entered]) -> None:
        assert self.form is not None
        sheet, self.form = self.form.sheet, None
        self.close_specimen()
        self.entered.emit(outcome, sheet)

    def _on_outdated(self) -> None:
        if self.form is not None:
            said = tr("A colleague entered results of this specimen meanwhile. Nothing was overwritten.")
            self._desk.context.messages.warn(said)
            self._desk.read(bench_sheet, self.form.renew, self.form.sheet.row.id)

    def _on_labels(self, sheet: BenchSheet) -> None:
        self._desk.read(label_paper, self._print_label, sheet.row.id)

    def _print_label(self, paper_id: Id | None) -> None:
        if paper_id is not None:
            self._desk.context.print_paper(paper_id)

    def _on_not_done(self, sheet: BenchSheet, entries: Sequence[EntryRow]) -> None:
        names = ", ".join(entry.name for entry in entries)
        items = tuple(entry.item_id for entry in entries)
        ask_decline(self, sheet.row.person.name, names, partial(self._decline, sheet.row.order_id, items))

    def _decline(self, order_id: Id, items: tuple[Id, ...], reason: str) -> None:
        command = CancelTests(order_id=order_id, item_ids=items, reason=reason)
        said = tr("These tests are cancelled. The doctor sees why.")
        self._desk.write(decline_tests, command, lambda _done: self._desk.context.messages.info(said))

    def _on_reject(self, sheet: BenchSheet) -> None:
        context = self._desk.context
        offered = [Choice(code, text) for code, text in reasons(context.clinic, context.actor, "reject")]
        ask_reject(self, sheet.row, offered, partial(self._reject, sheet))

    def _reject(self, sheet: BenchSheet, reason: str, note: str) -> None:
        command = RejectSpecimen(specimen_id=sheet.row.id, reason=reason, note=note)
        self._desk.write(reject_specimen, command, partial(self._on_rejected, sheet))

    def _on_rejected(self, sheet: BenchSheet, _outcome: Outcome[Rejected]) -> None:
        said = tr("{number} is rejected. {patient} waits to be collected again.", number=sheet.row.accession,
                  patient=sheet.row.person.name)  # fmt: skip
        self._desk.context.messages.warn(said)
        self.close_specimen()
        self.list.setFocus()

    # --- words ---------------------------------------------------------------------------------------

    def _now(self) -> datetime:
        return self._desk.context.clinic.clock()

    def _state(self, shown: BenchRow) -> str:
        if shown.state is SpecimenState.COLLECTED:
            return tr("On the way")
        if shown.waits_for_release:
            return tr("Entered")
        if shown.is_overdue(self._now()):
            return tr("late {time}", time=clock_text(shown.due_at, self._zone))
        if shown.entered:
            return tr("{n} of {total}", n=shown.entered, total=shown.total)
        return clock_text(shown.due_at, self._zone)

    def _state_badge(self, shown: BenchRow) -> Badge | None:
        if shown.waits_for_release:
            return tone_badge(self._state(shown), "good", Shape.TICK)
        if shown.state is SpecimenState.COLLECTED:
            return tone_badge(self._state(shown), "info")
        if shown.is_overdue(self._now()):
            return tone_badge(self._state(shown), "warn", Shape.TRIANGLE)
        return None


def _tip(shown: BenchRow) -> str:
    parts = (shown.person.name, shown.person.mrn, shown.accession, shown.specimen, ", ".join(shown.tests))
    return " · ".join(each for each in parts if each)


def _short(shown: BenchRow) -> str:
    """`123-7`: what tells one tube of this bench from another."""
    return "-".join(shown.accession.split("-")[2:]).lstrip("0")


def _priority(shown: BenchRow) -> str:
    return say(shown.priority)
