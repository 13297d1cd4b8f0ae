"""Queues: who waits where, and one winner for each of them. Steps for other services, buttons for every desk's list."""

from dataclasses import dataclass
from datetime import datetime

from hms_desktop.data.queries import queues as queries
from hms_desktop.data.queries.accounts import person_name
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import ReasonNeeded, TakenBySomebody, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.queueing import colour_rank
from hms_desktop.domain.states import DOCTOR_ENTRY, QUEUE_ENTRY, Machine, step
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, QueueState, ServicePoint, VisitOutcome, VisitState
from hms_desktop.services import visit_steps
from hms_desktop.services.service import require, writes

_RIGHTS = {
    ServicePoint.TRIAGE: "triage.create",
    ServicePoint.DOCTOR: "consultations.create",
    ServicePoint.LAB: "lab.collect",
    ServicePoint.PHARMACY: "pharmacy.dispense",
    ServicePoint.CASHIER: "billing.pay",
}
"""What a person needs to call patients to a service point."""


@dataclass(frozen=True, kw_only=True)
class CallPatient(Command):
    """Call a waiting patient in."""

    entry_id: Id


@dataclass(frozen=True, kw_only=True)
class StartService(Command):
    """The patient is here: the work begins."""

    entry_id: Id


@dataclass(frozen=True, kw_only=True)
class MarkNoShow(Command):
    """Called, and nobody came."""

    entry_id: Id


@dataclass(frozen=True, kw_only=True)
class MarkLeft(Command):
    """The patient has gone home: the visit ends."""

    entry_id: Id
    reason: str


@dataclass(frozen=True, kw_only=True)
class PutBack(Command):
    """Back to waiting, where colour and waiting time put the patient."""

    entry_id: Id


@dataclass(frozen=True, slots=True)
class EntryMoved:
    """Where a queue entry stands now."""

    entry_id: Id
    visit_id: Id
    patient_id: Id
    state: QueueState


# --- steps for other services ------------------------------------------------------------------------


def enter_queue(
    work: Work,
    *,
    visit_id: Id,
    service_point: ServicePoint,
    colour: str = "",
    department_id: Id | None = None,
    practitioner_id: Id | None = None,
    vitals_id: Id | None = None,
    returned: bool = False,
) -> Id:
    """Let the patient of an open visit wait at a service point; returns the entry. Who waits there already keeps the
    place and time, and gets what is new (colour, vitals). Raises WrongState when the visit is over, NotFound.
    """
    visit = work.get(Visit, visit_id)
    if visit.state != VisitState.OPEN:
        raise WrongState(kind="visit", state=str(visit.state), wanted="open")
    values = {"colour": colour or visit.colour, "colour_rank": colour_rank(colour or visit.colour)}
    known = queries.open_entry(work, visit_id, service_point)
    if known is not None:
        further = {"department_id": department_id, "practitioner_id": practitioner_id, "vitals_id": vitals_id}
        given = {name: value for name, value in further.items() if value is not None}
        work.claim(QueueEntry, known.id, {}, **values, **given)
        return Id(known.id)
    return work.insert(
        QueueEntry, visit_id=visit_id, patient_id=visit.patient_id, service_point=service_point,
        department_id=department_id or visit.department_id, practitioner_id=practitioner_id, vitals_id=vitals_id,
        state=QueueState.WAITING, returned=returned, ticket=visit.ticket, day=work.today, waiting_since=work.now,
        **values,
    )  # fmt: skip


def open_entry(reader: Reader, visit_id: Id, service_point: ServicePoint) -> AnyRow | None:
    """The entry of a visit that waits or is served at a service point, or None."""
    return queries.open_entry(reader, visit_id, service_point)


def finish_entry(work: Work, entry_id: Id, state: QueueState) -> None:
    """End an entry (done, completed, no_show, cancelled). Who was served without being called first was in service
    for that moment. Raises WrongState, TakenBySomebody, NotFound.
    """
    entry = work.get(QueueEntry, entry_id)
    machine = machine_of(ServicePoint(entry.service_point))
    if state is QueueState.DONE and not machine.allows(entry.state, state):
        _move(work, entry, QueueState.IN_SERVICE, started_at=work.now, claimed_by=work.actor.user_id)
        entry = work.get(QueueEntry, entry_id)
    _move(work, entry, state, done_at=work.now)


def recolour(work: Work, visit_id: Id, colour: str) -> None:
    """Give a visit and everything it waits for another triage colour."""
    rank = colour_rank(colour)
    work.claim(Visit, visit_id, {}, colour=colour)
    for entry in queries.entries(work, visit_id, OPEN_QUEUE_STATES | {QueueState.NO_SHOW}):
        if entry.colour != colour:
            work.claim(QueueEntry, entry.id, {}, colour=colour, colour_rank=rank)


# --- buttons of every desk's list --------------------------------------------------------------------


@writes("visits.view")
def call_patient(work: Work, command: CallPatient) -> EntryMoved:
    """Call a patient in; one caller wins. Calling again who came not yet is the same call.

    Raises TakenBySomebody, WrongState, NotAllowed, NotFound.
    """
    entry = _entry(work, command.entry_id)
    if entry.state == QueueState.CALLED and entry.claimed_by == work.actor.user_id:
        return _moved(entry, QueueState.CALLED)
    return _move(work, entry, QueueState.CALLED, called_at=work.now, claimed_by=work.actor.user_id)


@writes("visits.view")
def start_service(work: Work, command: StartService) -> EntryMoved:
    """Begin with a patient who waits or was called by oneself. Raises TakenBySomebody, WrongState, NotAllowed."""
    entry = _entry(work, command.entry_id)
    doctor = entry.service_point == ServicePoint.DOCTOR
    wanted = QueueState.WITH_DOCTOR if doctor else QueueState.IN_SERVICE
    mine = entry.claimed_by == work.actor.user_id
    if entry.state == wanted and mine:
        return _moved(entry, wanted)
    if entry.state == QueueState.CALLED and not mine:
        raise TakenBySomebody(kind="queue_entry", by=person_name(work, entry.claimed_by))
    begun: dict[str, datetime | bool | Id] = {"started_at": entry.started_at or work.now, "returned": False}
    if doctor:
        begun["practitioner_id"] = work.actor.user_id
    return _move(work, entry, wanted, claimed_by=work.actor.user_id, **begun)


@writes("visits.view")
def mark_no_show(work: Work, command: MarkNoShow) -> EntryMoved:
    """Called, and nobody came; the patient may come back. Raises TakenBySomebody, WrongState, NotAllowed."""
    entry = _entry(work, command.entry_id)
    return _move(work, entry, QueueState.NO_SHOW, done_at=work.now, claimed_by=None)


@writes("visits.view")
def put_back(work: Work, command: PutBack) -> EntryMoved:
    """Back to waiting, with the waiting time kept. Raises TakenBySomebody, WrongState, NotAllowed."""
    entry = _entry(work, command.entry_id)
    return _move(work, entry, QueueState.WAITING, claimed_by=None, called_at=None, done_at=None)


@writes("visits.view")
def mark_left(work: Work, command: MarkLeft) -> EntryMoved:
    """The patient left: every entry and the visit end. Raises ReasonNeeded, WrongState, NotAllowed."""
    entry = _entry(work, command.entry_id)
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="left")
    if entry.state not in OPEN_QUEUE_STATES | {QueueState.NO_SHOW}:
        raise WrongState(kind="queue_entry", state=str(entry.state), wanted=QueueState.CANCELLED.value)
    visit_steps.end(work, entry.visit_id, VisitState.CLOSED, VisitOutcome.LEFT, command.reason)
    return _moved(entry, QueueState.CANCELLED)


def _entry(work: Work, entry_id: Id) -> AnyRow:
    """The entry, when this person may work at its service point."""
    entry = work.get(QueueEntry, entry_id)
    require(work.actor, _RIGHTS[ServicePoint(entry.service_point)])
    return entry


def machine_of(service_point: ServicePoint) -> Machine[QueueState]:
    """The steps that an entry of a service point may take."""
    return DOCTOR_ENTRY if service_point == ServicePoint.DOCTOR else QUEUE_ENTRY


def _move(work: Work, entry: AnyRow, wanted: QueueState, **values: object) -> EntryMoved:
    """One step of an entry, if nobody was faster."""
    state = QueueState(entry.state)
    busy = {QueueState.CALLED, QueueState.IN_SERVICE, QueueState.WITH_DOCTOR}
    machine = machine_of(ServicePoint(entry.service_point))
    if not machine.allows(state, wanted) and state in busy and entry.claimed_by != work.actor.user_id:
        raise TakenBySomebody(kind="queue_entry", by=person_name(work, entry.claimed_by))
    step(machine, state, wanted)
    seen = {"state": state, "claimed_by": entry.claimed_by}
    if not work.claim(QueueEntry, entry.id, seen, state=wanted, **values):
        now = work.get(QueueEntry, entry.id)
        raise TakenBySomebody(kind="queue_entry", by=person_name(work, now.claimed_by or now.updated_by))
    return _moved(entry, wanted)


def _moved(entry: AnyRow, state: QueueState) -> EntryMoved:
    return EntryMoved(entry.id, entry.visit_id, entry.patient_id, state)
