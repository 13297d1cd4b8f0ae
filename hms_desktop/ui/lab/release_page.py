"""To release: a second person looks at what was entered, calls what is critical, and lets it go."""

from collections.abc import Callable, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import OrderState
from hms_desktop.domain.lab_rows import ReleaseSheet, ResultRow
from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab_release import (
    CallNote,
    Released,
    ReleaseResults,
    SendBack,
    release_results,
    send_back,
)
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import harmful, plain, primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.layout import card, row
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.lab.call_dialog import CallFacts, ask_call
from hms_desktop.ui.lab.lab_words import (
    delta_badge,
    delta_text,
    flag_badge,
    flag_text,
    person_text,
    priority_badge,
    value_text,
    when_text,
)
from hms_desktop.ui.lab.side_stack import SideStack
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trc, trn

LIST_WIDTH = 272


class ReleasePage(QWidget):
    """Orders with entered results, beside the results of the chosen one."""

    patient_chosen = Signal(object)
    released = Signal(object, object)
    """The sheet and what was released."""
    call_noted = Signal(object, object)
    """Results and the facts of a call that was noted apart from a release."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.context.clinic.facility.time_zone)
        self._own_allowed = False
        self._left_out: set[Id] = set()
        self._sheet: ReleaseSheet | None = None
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
        self.results = self._results_view()
        self.person = label("", TypeSize.LARGE, bold=True)
        self.about = label("", muted=True)
        self.said = label("", TypeSize.SMALL, muted=True)
        self.release_button = primary("lab.release", tr("&Release"), self.release, icon="check")
        self.call_button = plain("lab.call_critical", tr("Log the &call…"), self._on_call)
        self.back_button = harmful("lab.send_back", tr("Send &back…"), self._on_back)
        self.stack = SideStack(tr("Nothing is open"), tr("Choose an order of the list to see what was entered."))
        self._lay_out()
        self._connect()

    def _results_view(self) -> RowsView[ResultRow]:
        return RowsView[ResultRow](
            "lab.results_to_release",
            tr("Entered results"),
            [
                Column(tr("Release"), self._mark, width=80, badge=self._mark_badge),
                Column(tr("Test"), lambda r: r.name, stretch=True, tip=self._more),
                Column(tr("Result"), value_text, width=120, bold=True, tip=self._more),
                Column(tr("Flag"), lambda r: flag_text(r.flag), width=116, badge=lambda r: flag_badge(r.flag)),
                Column(tr("Range"), lambda r: r.range, width=92, muted=True),
                Column(tr("Before"), _before, width=104, badge=_change, tip=self._more),
            ],
            key=lambda r: r.id,
        )

    def _lay_out(self) -> None:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        for each in (self.person, self.about):
            each.setWordWrap(True)
            layout.addWidget(each)
        layout.addWidget(self.results, 1)
        self.said.setWordWrap(True)
        layout.addWidget(self.said)
        buttons = row(self.release_button, self.call_button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        layout.addLayout(buttons)
        self._inside = inside
        left = QWidget()
        left.setFixedWidth(px(LIST_WIDTH))
        beside_list = QHBoxLayout(left)
        beside_list.setContentsMargins(0, 0, 0, 0)
        beside_list.addWidget(self.list)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, px(4), 0, 0)
        beside.setSpacing(px(12))
        beside.addWidget(left)
        beside.addWidget(card(self.stack, margins=12), 1)

    def _connect(self) -> None:
        self.list.current_row_changed.connect(self._on_chosen)
        self.list.activated_row.connect(self._on_activated)
        self.results.current_row_changed.connect(self._on_result)
        self.results.activated_row.connect(lambda _row: self.release_button.setFocus())
        bind("Space", self.results, self._on_toggle, inside=True)
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
        if self._sheet is None:
            return
        fresh = next((each for each in sheets if each.id == self._sheet.id), None)
        if fresh is None:
            self._close()
        else:
            self._show(fresh)

    def choose(self, order_id: Id) -> bool:
        """Select an order; False when it is not in the list."""
        return self.list.select_key(order_id)

    def row_of_patient(self, patient_id: Id) -> ReleaseSheet | None:
        """The first order of a patient."""
        return next((each for each in self.list.rows() if each.order.person.patient_id == patient_id), None)

    def _minutes(self, sheet: ReleaseSheet) -> str:
        return str(waiting_minutes(sheet.entered_at, self._desk.context.clinic.clock()))

    def _on_chosen(self, sheet: ReleaseSheet | None) -> None:
        if sheet is not None and (self._sheet is None or self._sheet.id != sheet.id):
            self._left_out.clear()
            self._key = new_id()
            self._show(sheet)
            self.patient_chosen.emit(sheet.order.person.patient_id)

    def _on_activated(self, sheet: ReleaseSheet) -> None:
        self._on_chosen(sheet)
        self.results.select_first()
        self.results.setFocus()

    def _show(self, sheet: ReleaseSheet) -> None:
        self._sheet = sheet
        order = sheet.order
        self.person.setText(person_text(order.person))
        parts = [order.number, tr("asked by {name}", name=order.ordered_by), order.diagnosis, order.clinical_notes]
        if sheet.released:
            parts.append(trn("{n} released before", "{n} released before", len(sheet.released)))
        self.about.setText(" · ".join(each for each in parts if each))
        self.results.set_rows(sheet.waiting)
        if self.stack.currentWidget() is not self._inside:
            self.stack.show_widget(self._inside)
        self._look()

    def _close(self) -> None:
        self._sheet = None
        self.stack.setCurrentIndex(0)
        self.patient_chosen.emit(None)

    # --- what is released ----------------------------------------------------------------------------

    def _is_own(self, result: ResultRow) -> bool:
        return result.entered_by_id == self._desk.context.actor.user_id and not self._own_allowed

    def _goes(self, result: ResultRow) -> bool:
        may = self._desk.context.actor.may("lab.release")
        return may and result.id not in self._left_out and not self._is_own(result)

    def _mark(self, result: ResultRow) -> str:
        if self._is_own(result):
            return tr("Yours")
        return tr("Yes") if self._goes(result) else tr("No")

    def _mark_badge(self, result: ResultRow) -> Badge | None:
        if self._is_own(result):
            return tone_badge(self._mark(result), "warn", Shape.RING)
        return tone_badge(self._mark(result), "good", Shape.TICK) if self._goes(result) else None

    def _on_toggle(self) -> None:
        result = self.results.current()
        if result is None or self._is_own(result):
            return
        self._left_out ^= {result.id}
        self._look()

    def _look(self) -> None:
        if self._sheet is None:
            return
        self.results.viewport().update()
        going = [result for result in self._sheet.waiting if self._goes(result)]
        may = self._desk.context.actor.may("lab.release")
        self.release_button.setText(trn("&Release {n} result", "&Release {n} results", len(going)))
        self.release_button.setEnabled(may and bool(going))
        self.call_button.setVisible(any(result.needs_call for result in self._sheet.waiting))
        self._on_result(self.results.current())

    def _on_result(self, result: ResultRow | None) -> None:
        sheet = self._sheet
        self.back_button.setEnabled(result is not None)
        if result is not None:
            self.said.setText(self._more(result))
        elif sheet is not None and any(self._is_own(each) for each in sheet.waiting):
            self.said.setText(tr("A second person releases what you entered."))
        else:
            self.said.setText(tr("Space leaves a result out, Ctrl+Enter releases."))

    def _more(self, result: ResultRow) -> str:
        today = self._desk.context.today()
        entered = tr("entered {time} by {name}", time=when_text(result.entered_at, self._zone, today),
                     name=result.entered_by)  # fmt: skip
        parts = [entered, result.comment]
        if result.previous_at is not None:
            when = when_text(result.previous_at, self._zone, today)
            parts.append(tr("before: {value} on {when}", value=result.previous, when=when))
        if result.first is not None:
            parts.append(tr("corrects {value}: {reason}", value=result.first.value, reason=result.first.reason))
        if result.call is not None:
            at = when_text(result.call.called_at, self._zone, today)
            parts.append(tr("called {person} at {time}", person=result.call.called_person, time=at))
        return " · ".join(each for each in parts if each)

    # --- deeds ---------------------------------------------------------------------------------------

    def release(self) -> None:
        """Release what is marked; what is critical and not called asks for the call first."""
        sheet = self._sheet
        if sheet is None or not self.release_button.isEnabled():
            return
        going = [result for result in sheet.waiting if self._goes(result)]
        uncalled = [result for result in going if result.needs_call]
        if uncalled:
            self._ask_call(
                uncalled, lambda facts: self._release(sheet, going, uncalled, facts), tr("Note and &release")
            )
        else:
            self._release(sheet, going, [], None)

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
        context = self._desk.context
        said = trn(
            "{n} result of {patient} is released.", "{n} results of {patient} are released.", len(done.result_ids),
            patient=sheet.order.person.name,
        )  # fmt: skip
        if done.order_state is OrderState.COMPLETED:
            said = f"{said} {tr('The order is complete; the doctor sees it.')}"
        context.messages.good(said)
        self.list.setFocus()
        self.released.emit(sheet, done)

    def _on_refused(self, error: Exception) -> None:
        self._key = new_id()
        self._desk.context.messages.failed(error)
        self._desk.look_again()

    def _on_call(self) -> None:
        if self._sheet is not None:
            uncalled = [result for result in self._sheet.waiting if result.needs_call]
            self._ask_call(uncalled, lambda facts: self.call_noted.emit(uncalled, facts), "")

    def _ask_call(self, results: Sequence[ResultRow], then: Callable[[CallFacts], None], confirm: str) -> None:
        assert self._sheet is not None
        order = self._sheet.order
        now = self._desk.context.clinic.clock()
        ask_call(self, person_text(order.person), results, order.ordered_by, now, self._zone, then, confirm=confirm)

    def _on_back(self) -> None:
        result, sheet = self.results.current(), self._sheet
        if result is None or sheet is None:
            return
        ask_reason(
            self, "lab.back_reason", tr("Send back to the bench"), f"{result.name} {value_text(result)}",
            tr("&Send back"),
            lambda reason: self._desk.write(
                send_back, SendBack(order_id=sheet.id, result_ids=(result.id,), reason=reason),
                lambda _done: self._desk.context.messages.info(tr("{test} is on the bench again.", test=result.name)),
                self._on_refused,
            ),
        )  # fmt: skip


def _note(result_id: Id, facts: CallFacts) -> CallNote:
    return CallNote(result_id, facts.person, facts.at, facts.read_back, facts.note)


def _priority(sheet: ReleaseSheet) -> Badge | None:
    if any(result.needs_call for result in sheet.waiting):
        return tone_badge(tr("Critical"), "error", Shape.OCTAGON)
    return priority_badge(sheet.order.priority)


def _tip(sheet: ReleaseSheet) -> str:
    names = ", ".join(result.name for result in sheet.waiting)
    return f"{sheet.order.person.name} · {sheet.order.person.mrn} · {sheet.order.number} · {names}"


def _before(result: ResultRow) -> str:
    return " ".join(each for each in (result.previous, delta_text(result.delta)) if each)


def _change(result: ResultRow) -> Badge | None:
    badge = delta_badge(result.delta)
    return None if badge is None else tone_badge(_before(result), "warn", Shape.DIAMOND)
