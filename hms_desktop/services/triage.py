"""Triage: who waits, red at once, the colour with its reasons, sending to the doctor, looking again.

Read next: `vitals.py`, whose steps keep the measurements; the rules are `domain/triage.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hms_desktop.data.queries import settings
from hms_desktop.data.queries import triage as queries
from hms_desktop.data.queries import vitals as vitals_queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.triage import TriageAssessment
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, StaleRecord, TakenBySomebody
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.plain import to_plain
from hms_desktop.domain.protocols import iitt
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.states import QUEUE_ENTRY, step
from hms_desktop.domain.triage import Assessment, Colour, Suggestion, check_choice, retriage_due, score_news2, suggest
from hms_desktop.domain.triage_rows import PlaceChoice, TriageBoard, TriageSheet, look_order
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, QueueRow, QueueState, ServicePoint, VisitState
from hms_desktop.domain.vitals import Vitals
from hms_desktop.services import vitals as measuring
from hms_desktop.services.queues import enter_queue, finish_entry, recolour
from hms_desktop.services.service import reads, require, writes
from hms_desktop.services.triage_slip import Found, keep_slip

_COLOURS = (Colour.RED, Colour.ORANGE, Colour.YELLOW, Colour.GREEN)


@dataclass(frozen=True, kw_only=True)
class RecordTriage(Command):
    """What the nurse found and chose, for a first look or a later one.

    `seen` is the newest triage that the form knew (None: none), so that two nurses do not overwrite each other.
    `confirmed` names the unusual values that are meant. Department and practitioner None leave them as they are.
    """

    visit_id: Id
    colour: Colour
    seen: Id | None = None
    signs: tuple[Sign, ...] = ()
    signs_checked: bool = False
    vitals: Vitals = field(default_factory=Vitals)
    pregnant: bool | None = None
    confirmed: tuple[Measure, ...] = ()
    override_reason: str = ""
    complaint: str | None = None
    comment: str = ""
    department_id: Id | None = None
    practitioner_id: Id | None = None
    slip: bool = False


@dataclass(frozen=True, kw_only=True)
class SendRed(Command):
    """A danger sign was seen: red at once, vitals to follow."""

    visit_id: Id
    signs: tuple[Sign, ...]
    seen: Id | None = None


@dataclass(frozen=True, slots=True)
class TriageSaved:
    """What was recorded. `doctor_entry_id` is None when the patient was past the doctor already."""

    visit_id: Id
    assessment_id: Id
    colour: Colour
    overridden: bool
    vitals_id: Id | None
    doctor_entry_id: Id | None
    paper_id: Id | None = None


# --- what a person sees ----------------------------------------------------------------------------------


@reads("triage.view")
def waiting_list(reader: Reader, department: Id | None = None) -> list[QueueRow]:
    """Who waits for triage, was called or is with a nurse, in order; last who did not come when called today."""
    return queries.waiting_for_triage(reader, department)


@reads("triage.view")
def triage_board(reader: Reader, department: Id | None = None) -> TriageBoard:
    """All lists of the desk at one moment; whom to look at again comes in the order in which that is due."""
    minutes = retriage_minutes(reader)
    looks = [
        replace(row, due=retriage_due(Colour(row.colour), row.looked_at, minutes))
        for row in queries.triaged_and_waiting(reader)
    ]
    looks.sort(key=lambda row: look_order(row, reader.now))
    return TriageBoard(
        now=reader.now,
        waiting=tuple(queries.waiting_for_triage(reader, department)),
        looks=tuple(looks),
        triaged=tuple(queries.triaged_today(reader)),
    )


@reads("triage.view")
def triage_sheet(reader: Reader, visit_id: Id) -> TriageSheet:
    """What the form needs of one visit. Raises NotFound."""
    return _sheet(reader, reader.get(Visit, visit_id))


@reads("triage.view")
def triage_sheet_of_patient(reader: Reader, patient_id: Id) -> TriageSheet | None:
    """The same by patient: of the open visit; None when the patient is not here."""
    visit = queries.open_visit_of(reader, patient_id)
    return None if visit is None else _sheet(reader, visit)


@reads("triage.view")
def places(reader: Reader) -> tuple[list[PlaceChoice], list[PlaceChoice]]:
    """The departments and the doctors to whom a patient can be sent."""
    return queries.departments(reader), queries.doctors(reader)


def retriage_minutes(reader: Reader) -> Mapping[Colour, int]:
    """After how many minutes the clinic looks again at a waiting patient of each colour."""
    return {colour: settings.whole(reader, f"retriage_{colour.value}_minutes") for colour in _COLOURS}


def _sheet(reader: Reader, visit: Any) -> TriageSheet:
    patient = reader.get(Patient, visit.patient_id)
    entry = queries.entry_of(reader, visit.id, ServicePoint.TRIAGE)
    doctor = queries.entry_of(reader, visit.id, ServicePoint.DOCTOR)
    taken = tuple(vitals_queries.vitals_of_visit(reader, visit.id))
    known = [row.pregnant for row in taken if row.voided_at is None and row.pregnant is not None]
    return TriageSheet(
        visit_id=visit.id, visit_number=visit.number, patient_id=patient.id, patient_name=queries.name_of(patient),
        sex=Sex(patient.sex), birth_date=patient.birth_date, complaint=visit.complaint, colour=visit.colour,
        open=visit.state == VisitState.OPEN, department_id=_of(doctor, visit, "department_id"),
        practitioner_id=_of(doctor, visit, "practitioner_id"), entry_id=entry.id if entry else None,
        entry_state=str(entry.state) if entry else "", claimed_by=queries.claimer_of(entry) if entry else "",
        doctor_state=str(doctor.state) if doctor else "", assessment=queries.newest_assessment(reader, visit.id),
        taken=taken, last=vitals_queries.last_values(reader, patient.id), pregnant=known[0] if known else None,
    )  # fmt: skip


def _of(doctor: Any, visit: Any, column: str) -> Id | None:
    """Where the patient is sent: as the entry at the doctor says, else as the visit does."""
    found: Id | None = getattr(doctor, column) if doctor is not None else None
    own: Id | None = getattr(visit, column)
    return found or own


# --- what a person does -----------------------------------------------------------------------------------


@writes("triage.create")
def record_triage(work: Work, command: RecordTriage) -> TriageSaved:
    """Keep vitals and colour with the reasons, and put the patient into the doctor's queue.

    Raises InvalidValue (impossible, or unusual and not confirmed), ReasonNeeded and NotAllowed (against the
    suggestion), StaleRecord (somebody else triaged meanwhile), TakenBySomebody, WrongState (visit closed).
    """
    visit = _held(work, command.visit_id, command.seen)
    subject = measuring.check_measured(work, visit.patient_id, command.vitals, command.pregnant, command.confirmed)
    found = Assessment(
        subject=subject, vitals=command.vitals, signs=frozenset(command.signs), signs_checked=command.signs_checked
    )
    suggestion = suggest(found)
    overridden = check_choice(suggestion, command.colour, command.override_reason)
    if overridden:
        require(work.actor, "triage.override")
    vitals_id = None
    if not command.vitals.empty or command.pregnant is not None:
        vitals_id = measuring.keep_vitals(work, visit, command.vitals, command.pregnant, command.comment)
    complaint = _keep_complaint(work, visit, command.complaint)
    reason = command.override_reason.strip() if overridden else ""
    made = _keep_assessment(work, visit, found, suggestion, command.colour, vitals_id, reason)
    doctor = _send(work, visit, command.colour, vitals_id, command.department_id, command.practitioner_id)
    paper_id = None
    if command.slip:
        said = Found(
            assessment_id=made, colour=command.colour, reasons=suggestion.reasons, override_reason=reason,
            vitals=command.vitals, complaint=complaint,
        )  # fmt: skip
        paper_id = keep_slip(work, visit, said)
    return TriageSaved(visit.id, made, command.colour, overridden, vitals_id, doctor, paper_id)


@writes("triage.create")
def send_red(work: Work, command: SendRed) -> TriageSaved:
    """Red at once: into the doctor's queue before anything is measured. Raises InvalidValue (no sign), StaleRecord,
    TakenBySomebody, WrongState.
    """
    if not command.signs:
        raise InvalidValue(field="signs", reason="required")
    visit = _held(work, command.visit_id, command.seen)
    subject = measuring.subject_of(work, visit.patient_id, pregnant=None)
    found = Assessment(subject=subject, vitals=Vitals(), signs=frozenset(command.signs))
    suggestion = suggest(found)
    if suggestion.colour is not Colour.RED:
        raise InvalidValue(field="signs", reason="choice")
    made = _keep_assessment(work, visit, found, suggestion, Colour.RED, None, "")
    doctor = _send(work, visit, Colour.RED, None, None, None)
    return TriageSaved(visit.id, made, Colour.RED, False, None, doctor)


# --- inside -----------------------------------------------------------------------------------------------


def _held(work: Work, visit_id: Id, seen: Id | None) -> Any:
    """The open visit, locked; nobody has triaged it since the form looked."""
    visit = measuring.hold_visit(work, visit_id)
    newest = queries.newest_assessment(work, visit_id)
    if (newest.id if newest else None) != seen:
        now = to_plain(newest) if newest else {}
        raise StaleRecord(kind="triage_assessment", id=newest.id if newest else seen, current=now)
    return visit


def _keep_complaint(work: Work, visit: Any, complaint: str | None) -> str:
    if complaint is None or complaint.strip() == visit.complaint:
        return str(visit.complaint)
    measuring.check_length("complaint", complaint, 200)
    work.change(Visit, visit.id, complaint=complaint.strip())
    return complaint.strip()


def _keep_assessment(
    work: Work, visit: Any, found: Assessment, suggestion: Suggestion, chosen: Colour, vitals_id: Id | None, reason: str
) -> Id:
    measuring.check_length("override_reason", reason, 300)
    score = score_news2(found.subject, found.vitals).total
    return work.insert(
        TriageAssessment, visit_id=visit.id, patient_id=visit.patient_id, vitals_id=vitals_id,
        scale="iitt" if suggestion.table == iitt.VERSION else "etat", scale_version=suggestion.table,
        danger_signs=sorted(sign.value for sign in found.signs), score=score,
        suggested_colour=suggestion.colour.value if suggestion.colour else "", chosen_colour=chosen.value,
        reasons=to_plain(suggestion.reasons), override_reason=reason, assessed_at=work.now,
    )  # fmt: skip


def _send(
    work: Work, visit: Any, colour: Colour, vitals_id: Id | None, department_id: Id | None, practitioner_id: Id | None
) -> Id | None:
    """End the wait for triage; the doctor's entry gets the colour, or is made. None when that lies behind already."""
    came_from_triage = _end_wait(work, visit.id)
    recolour(work, visit.id, colour.value)
    doctor = queries.entry_of(work, visit.id, ServicePoint.DOCTOR)
    if doctor is not None and doctor.state in OPEN_QUEUE_STATES:
        wanted: dict[str, Any] = {
            "vitals_id": vitals_id,
            "department_id": department_id,
            "practitioner_id": practitioner_id,
        }
        moved = {name: value for name, value in wanted.items() if value and value != getattr(doctor, name)}
        if moved:
            work.change(QueueEntry, doctor.id, **moved)
        return Id(doctor.id)
    if doctor is not None and not came_from_triage:
        return None
    return enter_queue(
        work, visit_id=visit.id, service_point=ServicePoint.DOCTOR, colour=colour.value, vitals_id=vitals_id,
        department_id=department_id or visit.department_id, practitioner_id=practitioner_id or visit.practitioner_id,
    )  # fmt: skip


def _end_wait(work: Work, visit_id: Id) -> bool:
    """Finish the entry at triage; whether there was one. Raises TakenBySomebody when another nurse has the patient."""
    entry = queries.entry_of(work, visit_id, ServicePoint.TRIAGE)
    if entry is None or QUEUE_ENTRY.is_final(entry.state):
        return False
    if entry.state == QueueState.NO_SHOW:
        finish_entry(work, entry.id, QueueState.CANCELLED)
        return True
    if entry.state == QueueState.IN_SERVICE:
        if entry.claimed_by not in {None, work.actor.user_id}:
            raise TakenBySomebody(kind="queue_entry", by=queries.claimer_of(entry))
    else:
        state = step(QUEUE_ENTRY, QueueState(entry.state), QueueState.IN_SERVICE)
        here = {"state": entry.state}
        if not work.claim(QueueEntry, entry.id, here, state=state, started_at=work.now, claimed_by=work.actor.user_id):
            raise TakenBySomebody(kind="queue_entry", by="")
    finish_entry(work, entry.id, QueueState.DONE)
    return True
