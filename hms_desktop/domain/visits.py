"""A visit and its queue entries: states, service points, rows for lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hms_desktop.domain.errors import ReasonNeeded, VisitNotFinished
from hms_desktop.domain.ids import Id


class VisitKind(StrEnum):
    """FHIR Encounter.class, in the clinic's words."""

    OUTPATIENT = "outpatient"
    EMERGENCY = "emergency"
    MATERNITY = "maternity"
    FOLLOW_UP = "follow_up"
    IMPORTED = "imported"


class VisitState(StrEnum):
    """open → closed, or cancelled."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class VisitOutcome(StrEnum):
    """How a closed visit ended."""

    TREATED = "treated"
    ADMITTED = "admitted"
    REFERRED = "referred"
    LEFT = "left_without_being_seen"
    DIED = "died"


class ServicePoint(StrEnum):
    """Where a patient can wait."""

    TRIAGE = "triage"
    DOCTOR = "doctor"
    LAB = "lab"
    PHARMACY = "pharmacy"
    CASHIER = "cashier"


class QueueState(StrEnum):
    """States of a queue entry. The doctor's entry uses with_doctor, sent_to_lab and completed."""

    WAITING = "waiting"
    CALLED = "called"
    IN_SERVICE = "in_service"
    WITH_DOCTOR = "with_doctor"
    SENT_TO_LAB = "sent_to_lab"
    DONE = "done"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


OPEN_QUEUE_STATES = frozenset(
    {QueueState.WAITING, QueueState.CALLED, QueueState.IN_SERVICE, QueueState.WITH_DOCTOR, QueueState.SENT_TO_LAB}
)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A waiting patient at one service point. `waiting_since` is aware UTC; `colour` a triage colour code or ''."""

    id: Id
    version: int
    visit_id: Id
    visit_number: str
    patient_id: Id
    patient_name: str
    mrn: str
    sex: str
    age: str
    ticket: str
    state: QueueState
    colour: str
    returned: bool
    waiting_since: datetime
    claimed_by: str
    complaint: str
    retriage_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One patient's day at a glance. Counts are of today's visit; money in the clinic's currency as shown text."""

    visit_id: Id
    patient_id: Id
    patient_name: str
    mrn: str
    ticket: str
    arrived: datetime
    colour: str
    vitals_done: bool
    doctor_state: str
    lab_done: int
    lab_total: int
    owed: str
    paid: str
    dispensed: int
    prescribed: int
    waiting_minutes: int
    state: VisitState


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit in reception's lists. `waiting_at` is the service point where the patient waits or is served, or ''."""

    id: Id
    version: int
    number: str
    patient_id: Id
    patient_name: str
    mrn: str
    sex: str
    birth_date: date | None
    birth_estimated: bool
    kind: VisitKind
    state: VisitState
    outcome: VisitOutcome | None
    day: date
    opened_at: datetime
    ticket: str
    colour: str
    complaint: str
    department: str
    waiting_at: str
    waiting_since: datetime | None


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department to choose."""

    id: Id
    code: str
    name: str


class OpenWork(StrEnum):
    """What keeps a visit open."""

    QUEUE = "queue"
    RESULT = "result"
    DRUG = "drug"
    DEBT = "debt"
    NOTE = "note"


_ENDS_EARLY = frozenset({VisitOutcome.LEFT, VisitOutcome.REFERRED, VisitOutcome.DIED})
_MAY_STAY_OPEN = frozenset({OpenWork.DEBT, OpenWork.DRUG})
"""A debt stays a debt after the visit, and a medicine may be fetched elsewhere; the rest must be done or left."""


def check_close(outcome: VisitOutcome, open_work: Collection[OpenWork], reason: str) -> None:
    """Whether a visit may close so. Raises VisitNotFinished when work is open that this outcome does not end, and
    ReasonNeeded when it does but nobody says why.
    """
    if outcome is VisitOutcome.LEFT and not reason.strip():
        raise ReasonNeeded(field="reason", what="left")
    if not open_work:
        return
    blocking = set(open_work) if outcome not in _ENDS_EARLY else set()
    if blocking - _MAY_STAY_OPEN:
        raise VisitNotFinished(open=",".join(sorted(blocking)))
    if not reason.strip():
        raise ReasonNeeded(field="reason", what="closing")
