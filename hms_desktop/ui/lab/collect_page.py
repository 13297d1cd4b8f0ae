"""To collect: who waits at the lab, most urgent first; one key calls, Enter begins."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.errors import ClinicError, TakenBySomebody
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState
from hms_desktop.domain.lab_rows import CollectRow
from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.domain.visits import QueueState
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab_orders import CancelTests, decline_tests
from hms_desktop.services.lab_specimens import Collected
from hms_desktop.services.queues import CallPatient, MarkNoShow, PutBack, call_patient, mark_no_show, put_back
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.layout import card, row
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import Shortcut, bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, px
from hms_desktop.ui.lab.collect_form import CollectForm
from hms_desktop.ui.lab.lab_words import priority_badge
from hms_desktop.ui.lab.reject_dialog import ask_decline
from hms_desktop.ui.lab.side_stack import SideStack
from hms_desktop.ui.lab.stop_dialog import stop
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trc, trn

LIST_LEAST, LIST_WIDTH = 250, 428


class CollectPage(QWidget):
    """The list beside the form of the chosen order."""

    patient_chosen = Signal(object)
    """The patient's id, or None."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list = RowsView[CollectRow](
            "lab.to_collect",
            tr("To collect"),
            [
                Column(tr("Priority"), lambda r: say(r.order.priority), width=92, badge=_priority),
                Column(tr("Patient"), lambda r: r.order.person.name, stretch=True, bold=True, tip=_tip),
                Column(tr("State"), _state, width=104, badge=_state_badge, tip=_tip),
                Column(tr("Min"), self._minutes, width=52, right=True, muted=True),
            ],
            key=lambda r: r.id,
            empty=tr("Nothing to collect. Orders come here by themselves when a doctor asks for tests."),
        )
        self.stack = SideStack(
            tr("Nobody is open"), tr("Choose an order of the list and press Enter. F3 goes to the scan line.")
        )
        self.form: CollectForm | None = None
        self._lay_out()
        self.list.current_row_changed.connect(self._on_chosen)
        self.list.activated_row.connect(self._on_activated)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setMinimumWidth(px(LIST_LEAST))
        left.setMaximumWidth(px(LIST_WIDTH))
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(GRID))
        inside.addWidget(self.list, 1)
        buttons = row(space=6)
        for name, text, key, run in self._deeds():
            button = plain(f"lab.{name}", f"{text}  {key}", run)
            button.setAccessibleName(text)
            buttons.addWidget(button)
            bind(key, self.list, run, inside=True)
        buttons.addStretch(1)
        inside.addLayout(buttons)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, px(4), 0, 0)
        beside.setSpacing(px(12))
        beside.addWidget(left, 2)
        beside.addWidget(card(self.stack, margins=12), 3)

    def _deeds(self) -> tuple[tuple[str, str, str, Callable[[], None]], ...]:
        return (
            ("call", tr("Call"), trc("key", "C"), self._on_call),
            ("no_show", tr("Did not come"), trc("key", "X"), self._on_no_show),
        )

    def shortcuts(self) -> list[Shortcut]:
        """The keys of the list."""
        return [Shortcut(key, text) for _name, text, key, _run in self._deeds()]

    # --- rows ----------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[CollectRow]) -> None:
        """Show what must be collected; the open form stays, unless its order is done or asks for something else."""
        self.list.set_rows(rows)
        shown = None if self.form is None else self.form.shown
        if shown is None:
            return
        fresh = next((each for each in rows if each.id == shown.id), None)
        assert self.form is not None
        if fresh is None and not self.form.saving:
            self._close()
        elif fresh is not None and (fresh.needs, fresh.owed) != (shown.needs, shown.owed) and not self.form.dirty:
            self._open(fresh)

    def choose(self, order_id: Id) -> bool:
        """Select an order; False when it is not in the list."""
        return self.list.select_key(order_id)

    def row_of_patient(self, patient_id: Id) -> CollectRow | None:
        """The first order of a patient."""
        return next((each for each in self.list.rows() if each.order.person.patient_id == patient_id), None)

    def _minutes(self, shown: CollectRow) -> str:
        return str(waiting_minutes(shown.order.ordered_at, self._desk.context.clinic.clock()))

    # --- the form ------------------------------------------------------------------------------------

    def _on_chosen(self, shown: CollectRow | None) -> None:
        if shown is not None and (self.form is None or self.form.shown.id != shown.id):
            self._open(shown)

    def _on_activated(self, shown: CollectRow) -> None:
        self._on_chosen(shown)
        assert self.form is not None
        self.form.start()

    def _open(self, shown: CollectRow) -> None:
        self.form = CollectForm(self._desk.context, shown)
        self.form.saved.connect(self._on_collected)
        self.form.cancelled.connect(self.list.setFocus)
        self.form.stopped.connect(lambda text: stop(self._desk, text, self._after_stop))
        self.form.decline_wanted.connect(partial(self._on_decline, shown))
        self.stack.show_widget(self.form)
        self.patient_chosen.emit(shown.order.person.patient_id)

    def _after_stop(self) -> None:
        if self.form is not None:
            self.form.card.focus_editor()

    def _close(self) -> None:
        self.form = None
        self.stack.show_nothing()
        self.patient_chosen.emit(None)

    def _on_collected(self, outcome: Outcome[Collected]) -> None:
        done = outcome.value
        assert self.form is not None
        numbers = ", ".join(each.accession for each in done.specimens)
        said = trn(
            "{n} specimen of {patient}: {numbers}.", "{n} specimens of {patient}: {numbers}.", len(done.specimens),
            patient=self.form.shown.order.person.name, numbers=numbers,
        )  # fmt: skip
        self._desk.context.messages.good(said)
        self._desk.context.print_paper(done.label_paper_id)
        self._close()
        self.list.setFocus()

    def _on_decline(self, shown: CollectRow) -> None:
        items = tuple(test.id for test in shown.order.tests if test.state is OrderState.ORDERED)
        names = ", ".join(test.name for test in shown.order.tests if test.state is OrderState.ORDERED)
        ask_decline(self, shown.order.person.name, names, partial(self._decline, shown.id, items))

    def _decline(self, order_id: Id, items: tuple[Id, ...], reason: str) -> None:
        self._desk.write(
            decline_tests, CancelTests(order_id=order_id, item_ids=items, reason=reason), self._on_declined
        )

    def _on_declined(self, _outcome: Outcome[OrderState]) -> None:
        self._desk.context.messages.info(tr("The tests are cancelled, and off the bill. The doctor sees why."))
        self.list.setFocus()

    # --- the queue -----------------------------------------------------------------------------------

    def _on_call(self) -> None:
        shown = self.list.current()
        if shown is None or shown.queue_entry_id is None:
            self._not_waiting(shown)
            return
        entry_id = shown.queue_entry_id
        said = tr("Called: {patient}, ticket {ticket}.", patient=shown.order.person.name, ticket=shown.ticket)
        if shown.queue_state == QueueState.NO_SHOW:
            self._desk.write(put_back, PutBack(entry_id=entry_id), lambda _done: self._call(entry_id, said))
        else:
            self._call(entry_id, said)

    def _call(self, entry_id: Id, said: str) -> None:
        self._desk.write(
            call_patient, CallPatient(entry_id=entry_id), lambda _done: self._desk.context.messages.info(said),
            self._on_refused,
        )  # fmt: skip

    def _on_no_show(self) -> None:
        shown = self.list.current()
        if shown is None or shown.queue_entry_id is None:
            self._not_waiting(shown)
            return
        entry_id = shown.queue_entry_id
        undo = MessageAction(tr("&Undo"), lambda: self._put_back(entry_id))
        said = tr("{patient} did not come, and stays in the list.", patient=shown.order.person.name)
        self._desk.write(
            mark_no_show, MarkNoShow(entry_id=entry_id),
            lambda _done: self._desk.context.messages.info(said, undo), self._on_refused,
        )  # fmt: skip

    def _put_back(self, entry_id: Id) -> None:
        self._desk.write(put_back, PutBack(entry_id=entry_id), lambda _done: None)

    def _not_waiting(self, shown: CollectRow | None) -> None:
        if shown is not None:
            said = tr("{patient} does not wait at the lab.", patient=shown.order.person.name)
            self._desk.context.messages.info(said)

    def _on_refused(self, error: Exception) -> None:
        self._desk.context.messages.failed(error)
        if isinstance(error, TakenBySomebody | ClinicError):
            self._desk.look_again()


def _priority(shown: CollectRow) -> Badge | None:
    return priority_badge(shown.order.priority)


def _state(shown: CollectRow) -> str:
    if shown.owed:
        return tr("Not paid")
    if shown.again:
        return tr("Again")
    state = shown.queue_state
    return say(QueueState(state)) if state else tr("Not here")


def _state_badge(shown: CollectRow) -> Badge | None:
    if shown.owed:
        return tone_badge(_state(shown), "error")
    if shown.again:
        return tone_badge(_state(shown), "warn")
    return tone_badge(_state(shown), "info") if shown.queue_state == QueueState.CALLED else None


def _tip(shown: CollectRow) -> str:
    needs = ", ".join(need.name for need in shown.needs)
    person = shown.order.person
    return " · ".join(each for each in (person.name, person.mrn, person.age, shown.order.number, needs) if each)
