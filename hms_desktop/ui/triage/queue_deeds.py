"""What the keys of the waiting list do: begin, call, did not come, put back, left, take over from a colleague."""

from collections.abc import Callable

from hms_desktop.domain.errors import TakenBySomebody
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import QueueRow, QueueState
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.queues import (
    CallPatient,
    EntryMoved,
    MarkLeft,
    MarkNoShow,
    PutBack,
    StartService,
    call_patient,
    mark_left,
    mark_no_show,
    put_back,
    start_service,
)
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.fields import Choice
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.triage.waiting_panel import WaitingPanel
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr


class QueueDeeds:
    """Listens to the waiting list; `open_visit` opens whom it began with, `gone` hears of a visit that ended."""

    def __init__(
        self, desk: Desk, panel: WaitingPanel, open_visit: Callable[[Id], None], gone: Callable[[Id], None]
    ) -> None:
        self._desk, self._open_visit, self._gone = desk, open_visit, gone
        panel.begin_wanted.connect(self.begin)
        panel.call_wanted.connect(self.call)
        panel.no_show_wanted.connect(self.no_show)
        panel.back_wanted.connect(lambda row: self.back(row.id))
        panel.left_wanted.connect(self.left)

    def begin(self, row: QueueRow) -> None:
        """Enter on a patient: put back first who did not come, then start."""
        if row.state is QueueState.NO_SHOW:
            self._take_over(row.id, row.visit_id)
        else:
            self.start(row.id, row.visit_id)

    def start(self, entry_id: Id, visit_id: Id) -> None:
        """The patient is with me now; then the form opens."""
        self._desk.write(
            start_service,
            StartService(entry_id=entry_id),
            lambda _done: self._open_visit(visit_id),
            lambda error: self._on_not_started(error, entry_id, visit_id),
        )

    def _on_not_started(self, error: Exception, entry_id: Id, visit_id: Id) -> None:
        if isinstance(error, TakenBySomebody):
            take = MessageAction(tr("Ta&ke over"), lambda: self._take_over(entry_id, visit_id))
            self._desk.context.messages.warn(sentence(error.code, error.facts), take)
        else:
            self._desk.context.messages.failed(error)

    def _take_over(self, entry_id: Id, visit_id: Id) -> None:
        self.back(entry_id, lambda: self.start(entry_id, visit_id))

    def call(self, row: QueueRow) -> None:
        """Call the patient in."""
        said = tr("Called: {patient}, ticket {ticket}.", patient=row.patient_name, ticket=row.ticket)
        self._desk.write(
            call_patient, CallPatient(entry_id=row.id), lambda _done: self._desk.context.messages.info(said)
        )

    def back(self, entry_id: Id, then: Callable[[], None] = lambda: None) -> None:
        """Put a patient back to waiting, with the waiting time kept."""
        self._desk.write(put_back, PutBack(entry_id=entry_id), lambda _done: then())

    def no_show(self, row: QueueRow) -> None:
        """Called, and nobody came; the patient stays below in the list."""
        undo = MessageAction(tr("&Undo"), lambda: self.back(row.id))
        said = tr("{patient} did not come, and stays at the end of the list.", patient=row.patient_name)
        self._desk.write(
            mark_no_show, MarkNoShow(entry_id=row.id), lambda _done: self._desk.context.messages.info(said, undo)
        )

    def left(self, row: QueueRow) -> None:
        """The patient went home: ask why, then the visit ends."""
        ask_reason(
            self._desk,
            "triage.left_reason",
            tr("Left without being seen"),
            tr("{patient}: the visit ends. Why?", patient=row.patient_name),
            tr("&End the visit"),
            lambda reason: self._desk.write(mark_left, MarkLeft(entry_id=row.id, reason=reason), self._on_left),
            reasons=[
                Choice("waited", tr("Did not want to wait")),
                Choice("better", tr("Feels better")),
                Choice("elsewhere", tr("Goes elsewhere")),
            ],
        )

    def _on_left(self, outcome: Outcome[EntryMoved]) -> None:
        self._gone(outcome.value.visit_id)
        self._desk.context.messages.info(tr("The visit is closed: left without being seen."))
