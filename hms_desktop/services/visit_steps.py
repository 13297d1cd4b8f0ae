"""Steps that end a visit. They run inside the transaction of whoever ends it: a desk, a queue, the last payment."""

from hms_desktop.data.queries import queues as queue_queries
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.errors import WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, QueueState, VisitOutcome, VisitState


def end(work: Work, visit_id: Id, state: VisitState, outcome: VisitOutcome | None, reason: str) -> None:
    """Close or cancel an open visit; whatever the patient still waits for is cancelled with the same reason.

    Raises WrongState when it is not open any more, NotFound.
    """
    visit = work.get(Visit, visit_id)
    over = {"state": state, "open_key": None, "closed_at": work.now, "outcome": outcome}
    if not work.claim(Visit, visit_id, {"state": VisitState.OPEN}, close_reason=reason.strip()[:200], **over):
        raise WrongState(kind="visit", state=str(work.get(Visit, visit_id).state), wanted=state.value)
    for entry in queue_queries.entries(work, visit_id, OPEN_QUEUE_STATES | {QueueState.NO_SHOW}):
        work.claim(
            QueueEntry, entry.id, {}, state=QueueState.CANCELLED, done_at=work.now, end_reason=reason.strip()[:200]
        )
    if outcome is VisitOutcome.DIED:
        work.claim(Patient, visit.patient_id, {}, deceased_on=work.today)
