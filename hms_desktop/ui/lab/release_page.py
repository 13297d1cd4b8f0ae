"""To release: a second person looks at what was entered, calls what is critical, and lets it go."""

from collections.abc import Callable, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import OrderState
from hms_desktop.domain.lab_rows import ReleaseSheet, ResultRow
from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab_release import CallNote, Released, ReleaseResults, SendBack, release_results, send_back
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.layout import card
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.ui.lab.call_dialog import CallFacts, ask_call
from hms_desktop.ui.lab.lab_words import person_text, priority_badge, value_text
from hms_desktop.ui.lab.release_panel import ReleasePanel
from hms_desktop.ui.lab.side_stack import SideStack
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trc, trn

LIST_WIDTH = 272


class ReleasePage(QWidget):
    """Orders with entered results, beside the results of the chosen one."""

    patient_chosen = Signal(object)
    released = Signal(object)
    """The order's id."""
    call_noted = Signal(object, object)
    """Results and the facts of a call that was noted apart from a release."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.context.clinic.facility.time_zone)
        self._own_allowed = False
        self._key = new_id()
        self.list = RowsView[ReleaseSheet](
            "lab.to_release",
            tr("To release"),
            [
                Column(tr("Priority"), lambda s: say(s.order.priority), width=92, badge=_priority),
                Column(tr("Patient"), lambda s: s.order.person.name, stretch=True, bold=True, tip=_tip),
                Column(tr("Min"), self._minutes, width=48, right=True, muted=True),
            ],
            key=lambda s: s.id,
            empty=tr("Nothing to release. What is entered on the bench comes here."),
        )
        self.panel = ReleasePanel(desk.context)
        self.stack = SideStack(tr("Nothing is open"), tr("Choose an order of the list to see what was entered."))
        self.stack.keep(self.panel)
        self.list.setFixedWidth(px(LIST_WIDTH))
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, px(4), 0, 0)
        beside.setSpacing(px(12))
        beside.addWidget(self.list)
        beside.addWidget(card(self.stack, margins=12), 1)
        self.list.current_row_changed.connect(self._on_chosen)
        self.list.activated_row.connect(self._on_activated)
        self.panel.release_wanted.connect(self.release)
        self.panel.call_wanted.connect(self._on_call)
        self.panel.back_wanted.connect(self._on_back)
        bind(Key.SAVE, self, self.release, inside=True)
        bind(Key.BACK, self, self.list.setFocus, inside=True)

    def shortcuts(self) -> list[Shortcut]:
        """The keys of the results."""
        return [Shortcut(trc("key", "Space"), tr("Release this result, or leave it"))]

    # --- rows ----------------------------------------------------------------------------------------

    def set_rows(self, sheets: Sequence[ReleaseSheet], *, own_allowed: bool) -> None:
        """Show what waits."""
        self._own_allowed = own_allowed
        self.list.set_rows(sheets)
        shown = self.panel.sheet
        if shown is None:
            return
        fresh = next((each for each in sheets if each.id == shown.id), None)
        if fresh is None:
            self._close()
        else:
            self.panel.show_sheet(fresh, own_allowed=own_allowed)

    def choose(self, order_id: Id) -> bool:
        """Select an order; False when it is not in the list."""
        return self.list.select_key(order_id)

    def row_of_patient(self, patient_id: Id) -> ReleaseSheet | None:
        """The first order of a patient."""
        return next((each for each in self.list.rows() if each.order.person.patient_id == patient_id), None)

    def _minutes(self, sheet: ReleaseSheet) -> str:
        return str(waiting_minutes(sheet.entered_at, self._desk.context.clinic.clock()))

    def _on_chosen(self, sheet: ReleaseSheet | None) -> None:
        if sheet is None or (self.panel.sheet is not None and self.panel.sheet.id == sheet.id):
            return
        self._key = new_id()
        self.panel.show_sheet(sheet, own_allowed=self._own_allowed)
        self.stack.show_widget(self.panel)
        self.patient_chosen.emit(sheet.order.person.patient_id)

    def _on_activated(self, sheet: ReleaseSheet) -> None:
        self._on_chosen(sheet)
        self.panel.results.select_first()
        self.panel.results.setFocus()

    def _close(self) -> None:
        self.panel.sheet = None
        self.stack.show_nothing()
        self.patient_chosen.emit(None)

    # --- deeds ---------------------------------------------------------------------------------------

    def release(self) -> None:
        """Release what is marked; what is critical and not called asks for the call first."""
        sheet, going = self.panel.sheet, self.panel.going()
        if sheet is None or not going:
            return
        uncalled = [result for result in going if result.needs_call]
        if uncalled:
            run = partial(self._release, sheet, going, uncalled)
            self._ask_call(sheet, uncalled, run, tr("Note and &release"))
        else:
            self._release(sheet, going, (), None)

    def _release(
        self, sheet: ReleaseSheet, going: Sequence[ResultRow], uncalled: Sequence[ResultRow], facts: CallFacts | None
    ) -> None:
        calls = () if facts is None else tuple(_note(result.id, facts) for result in uncalled)
        ids = tuple(result.id for result in going)
        command = ReleaseResults(key=self._key, order_id=sheet.id, result_ids=ids, calls=calls)
        self._desk.write(release_results, command, partial(self._on_released, sheet), self._on_refused)

    def _on_released(self, sheet: ReleaseSheet, outcome: Outcome[Released]) -> None:
        self._key = new_id()
        done = outcome.value
        said = trn(
            "{n} result of {patient} is released.", "{n} results of {patient} are released.", len(done.result_ids),
            patient=sheet.order.person.name,
        )  # fmt: skip
        if done.order_state is OrderState.COMPLETED:
            said = f"{said} {tr('The order is complete; the doctor sees it.')}"
        self._desk.context.messages.good(said)
        self.list.setFocus()
        self.released.emit(sheet.id)

    def _on_refused(self, error: Exception) -> None:
        self._key = new_id()
        self._desk.context.messages.failed(error)
        self._desk.look_again()

    def _on_call(self) -> None:
        sheet, uncalled = self.panel.sheet, self.panel.uncalled()
        if sheet is not None and uncalled:
            self._ask_call(sheet, uncalled, partial(self._on_called, uncalled), "")

    def _on_called(self, uncalled: Sequence[ResultRow], facts: CallFacts) -> None:
        """The button that asked goes away with the last call: the focus must not go with it."""
        self.panel.results.setFocus()
        self.call_noted.emit(uncalled, facts)

    def _ask_call(
        self, sheet: ReleaseSheet, results: Sequence[ResultRow], then: Callable[[CallFacts], None], confirm: str
    ) -> None:
        order, now = sheet.order, self._desk.context.clinic.clock()
        ask_call(self, person_text(order.person), results, order.ordered_by, now, self._zone, then, confirm=confirm)

    def _on_back(self, result: ResultRow) -> None:
        sheet = self.panel.sheet
        if sheet is None:
            return
        ask_reason(
            self, "lab.back_reason", tr("Send back to the bench"), f"{result.name} {value_text(result)}",
            tr("&Send back"), partial(self._send_back, sheet.id, result),
        )  # fmt: skip

    def _send_back(self, order_id: Id, result: ResultRow, reason: str) -> None:
        said = tr("{test} is on the bench again.", test=result.name)
        command = SendBack(order_id=order_id, result_ids=(result.id,), reason=reason)
        self._desk.write(send_back, command, lambda _done: self._desk.context.messages.info(said), self._on_refused)


def _note(result_id: Id, facts: CallFacts) -> CallNote:
    return CallNote(result_id, facts.person, facts.at, facts.read_back, facts.note)


def _priority(sheet: ReleaseSheet) -> Badge | None:
    if any(result.needs_call for result in sheet.waiting):
        return tone_badge(tr("Critical"), "error", Shape.OCTAGON)
    return priority_badge(sheet.order.priority)


def _tip(sheet: ReleaseSheet) -> str:
    names = ", ".join(result.name for result in sheet.waiting)
    return f"{sheet.order.person.name} · {sheet.order.person.mrn} · {sheet.order.number} · {names}"
