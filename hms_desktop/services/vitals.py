"""Vital signs: measure again, make void what was measured on the wrong patient, see how they went.

Read next: `triage.py`, which records the first ones together with the colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hms_desktop.data.queries import triage as triage_queries
from hms_desktop.data.queries import vitals as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.triage import TriageAssessment
from hms_desktop.data.tables.triage import Vitals as VitalsTable
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.dates import age_in_months
from hms_desktop.domain.errors import InvalidValue, ReasonNeeded, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols.vital_limits import FORMS, Measure
from hms_desktop.domain.triage_rows import VitalsRow, may_be_pregnant
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, QueueState, ServicePoint, VisitState
from hms_desktop.domain.vitals import Subject, Vitals, refuse_impossible, unusual
from hms_desktop.services.chart_access import require_care
from hms_desktop.services.queues import enter_queue, recolour
from hms_desktop.services.service import reads, writes

COMMENT_LENGTH = 300


@dataclass(frozen=True, kw_only=True)
class RecordVitals(Command):
    """One more set of measurements for an open visit. `confirmed` names the unusual ones that the nurse means."""

    visit_id: Id
    vitals: Vitals
    pregnant: bool | None = None
    confirmed: tuple[Measure, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class VitalsSaved:
    """The new set."""

    vitals_id: Id
    visit_id: Id


@dataclass(frozen=True, kw_only=True)
class VoidVitals(Command):
    """Measurements that are not this patient's, or wrong otherwise. They stay visible, marked void with the reason."""

    vitals_id: Id
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class VitalsVoided:
    """What became void. `triage_again`: the colour rested on it, and the patient is in the triage queue again.

    The values are given back, so that they can be recorded on the right patient.
    """

    vitals_id: Id
    visit_id: Id
    patient_id: Id
    colour: str
    triage_again: bool
    vitals: Vitals = field(default_factory=Vitals)
    pregnant: bool | None = None


@writes("triage.create")
def record_vitals(work: Work, command: RecordVitals) -> VitalsSaved:
    """Keep another set of measurements; the colour stays. Raises InvalidValue, WrongState, NotFound."""
    if command.vitals.empty:
        raise InvalidValue(field="temperature", reason="required")
    visit = hold_visit(work, command.visit_id)
    check_measured(work, visit.patient_id, command.vitals, command.pregnant, command.confirmed)
    made = keep_vitals(work, visit, command.vitals, command.pregnant, command.comment)
    point_doctor_to(work, command.visit_id, made)
    return VitalsSaved(made, command.visit_id)


@writes("triage.void")
def void_vitals(work: Work, command: VoidVitals) -> VitalsVoided:
    """Make a set void, and the triage that rested on it. Raises ReasonNeeded, StaleRecord, NotFound."""
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="void")
    check_length("reason", command.reason, 400)
    row = work.get(VitalsTable, command.vitals_id)
    still_open = triage_queries.locked_visit(work, row.visit_id).state == VisitState.OPEN
    work.void(VitalsTable, command.vitals_id, command.reason, command.version)
    rested = triage_queries.assessments_on(work, command.vitals_id)
    for assessment_id in rested:
        work.void(TriageAssessment, assessment_id, command.reason)
    again = _colour_again(work, row.visit_id) if still_open and rested else False
    if still_open:
        left = queries.vitals_of_visit(work, row.visit_id, with_void=False)
        point_doctor_to(work, row.visit_id, left[0].id if left else None)
    colour: str = work.get(Visit, row.visit_id).colour
    return VitalsVoided(
        command.vitals_id, row.visit_id, row.patient_id, colour, again, queries.vitals_of(row), row.pregnant
    )


def _colour_again(work: Work, visit_id: Id) -> bool:
    """The colour of the triage that still holds. Without one the patient, while not with the doctor yet, waits for
    triage again and keeps the place at the doctor, not triaged.
    """
    holds = triage_queries.newest_assessment(work, visit_id)
    recolour(work, visit_id, holds.chosen.value if holds else "")
    doctor = triage_queries.entry_of(work, visit_id, ServicePoint.DOCTOR)
    if holds is not None or doctor is None or doctor.state not in {QueueState.WAITING, QueueState.CALLED}:
        return False
    enter_queue(work, visit_id=visit_id, service_point=ServicePoint.TRIAGE, department_id=doctor.department_id)
    return True


@reads("triage.view")
def vitals_trend(reader: Reader, patient_id: Id, limit: int = 200) -> list[VitalsRow]:
    """A patient's measurements over all visits, newest first, without void ones.

    Raises ReasonNeeded, NotAllowed (break glass).
    """
    require_care(reader, patient_id)
    return queries.vitals_of_patient(reader, patient_id, limit=limit)


@reads("triage.view")
def visit_vitals(reader: Reader, visit_id: Id) -> list[VitalsRow]:
    """The measurements of one visit, newest first; void ones with their trace."""
    return queries.vitals_of_visit(reader, visit_id)


# --- steps of other services, inside their transaction ------------------------------------------------


def hold_visit(work: Work, visit_id: Id) -> Any:
    """The visit's row, locked until the transaction ends and known to be open. Raises NotFound, WrongState."""
    visit = triage_queries.locked_visit(work, visit_id)
    if visit.state != VisitState.OPEN:
        raise WrongState(kind="visit", state=str(visit.state), wanted=VisitState.OPEN.value)
    return visit


def subject_of(reader: Reader, patient_id: Id, *, pregnant: bool | None) -> Subject:
    """Whom the rules speak about, with today's age. Raises InvalidValue for a pregnancy that can't be, NotFound."""
    patient = reader.get(Patient, patient_id)
    months = None if patient.birth_date is None else age_in_months(patient.birth_date, reader.today)
    if pregnant and not may_be_pregnant(Sex(patient.sex), months):
        raise InvalidValue(field="pregnant", reason="impossible")
    return Subject(months, pregnant is True)


def check_measured(
    reader: Reader, patient_id: Id, vitals: Vitals, pregnant: bool | None, confirmed: Sequence[Measure]
) -> Subject:
    """Refuse what can't be, and what is unusual unless it is among `confirmed`. Raises InvalidValue, NotFound."""
    subject = subject_of(reader, patient_id, pregnant=pregnant)
    for measure in Measure:
        value, places = vitals.value(measure), FORMS[measure].places
        if value is not None and value != round(value, places):
            raise InvalidValue(field=measure.value, reason="places", value=value, places=places)
    refuse_impossible(vitals, subject)
    for finding in unusual(vitals, subject):
        if finding.measure not in confirmed:
            limits: dict[str, Decimal | None] = {"low": finding.low, "high": finding.high}
            raise InvalidValue(field=finding.measure.value, reason="unusual", value=finding.value, **limits)
    return subject


def keep_vitals(work: Work, visit: Any, vitals: Vitals, pregnant: bool | None, comment: str = "") -> Id:
    """Write a set of measurements of now. Raises InvalidValue when the comment is too long."""
    check_length("comment", comment, COMMENT_LENGTH)
    return work.insert(
        VitalsTable, patient_id=visit.patient_id, visit_id=visit.id, taken_at=work.now, pregnant=pregnant,
        comment=comment.strip(), **queries.columns_of(vitals),
    )  # fmt: skip


def point_doctor_to(work: Work, visit_id: Id, vitals_id: Id | None) -> None:
    """Let the open entry at the doctor, if there is one, show these measurements."""
    entry = triage_queries.entry_of(work, visit_id, ServicePoint.DOCTOR)
    if entry is not None and entry.state in OPEN_QUEUE_STATES and entry.vitals_id != vitals_id:
        work.change(QueueEntry, entry.id, vitals_id=vitals_id)


def check_length(name: str, text: str, limit: int) -> None:
    """Raises InvalidValue when `text` is longer than the store keeps."""
    if len(text.strip()) > limit:
        raise InvalidValue(field=name, reason="too_long", limit=limit)
