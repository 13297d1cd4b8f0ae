"""Triage: who waits, whom to look at again, who was triaged today, what was found."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.vitals import person
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import Role, UserAccount, UserRole
from hms_desktop.data.tables.audit import Paper
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.triage import TriageAssessment, Vitals
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.dates import age_text
from hms_desktop.domain.errors import NotFound
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import listed_name
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.triage_rows import AssessmentRow, LookRow, PlaceChoice, TriagedRow
from hms_desktop.domain.visits import QueueRow, QueueState, ServicePoint, VisitKind, VisitState

_HERE = (QueueState.WAITING, QueueState.CALLED, QueueState.IN_SERVICE)
_FOR_THE_DOCTOR = (QueueState.WAITING, QueueState.CALLED)
_TRIAGED_LIMIT = 200


def name_of(row: AnyRow) -> str:
    """The patient of a row that carries the name columns."""
    return listed_name(row.given_name, row.middle_name, row.family_name)


def age_of(reader: Reader, row: AnyRow) -> str:
    """Today's age of the patient of a row; '' when nobody knows it."""
    if row.birth_date is None:
        return ""
    return age_text(row.birth_date, reader.today, estimated=row.birth_estimated)


def _entries(point: ServicePoint) -> Select[Any]:
    """Queue entries of open visits with their patients."""
    return (
        select(
            table_of(QueueEntry), Visit.number, Visit.complaint, Patient.mrn, Patient.sex, Patient.given_name,
            Patient.middle_name, Patient.family_name, Patient.birth_date, Patient.birth_estimated,
            UserAccount.given_name.label("by_given"), UserAccount.family_name.label("by_family"),
        )
        .join(Visit, Visit.id == QueueEntry.visit_id)
        .join(Patient, Patient.id == QueueEntry.patient_id)
        .outerjoin(UserAccount, UserAccount.id == QueueEntry.claimed_by)
        .where(QueueEntry.service_point == point, QueueEntry.voided_at.is_(None), Visit.state == VisitState.OPEN)
        .order_by(QueueEntry.colour_rank, QueueEntry.returned.desc(), QueueEntry.waiting_since, QueueEntry.id)
    )  # fmt: skip


def waiting_for_triage(reader: Reader, department: Id | None = None) -> list[QueueRow]:
    """Who waits, was called or is with a nurse, in order; then who did not come when called today."""
    came = QueueEntry.state.in_(_HERE)
    missed = and_(QueueEntry.state == QueueState.NO_SHOW, QueueEntry.day == reader.today)
    statement = _entries(ServicePoint.TRIAGE).where(or_(came, missed))
    if department is not None:
        statement = statement.where(QueueEntry.department_id == department)
    rows = [_queue_row(reader, row) for row in reader.rows(statement)]
    return sorted(rows, key=lambda row: row.state is QueueState.NO_SHOW)


def _queue_row(reader: Reader, row: AnyRow) -> QueueRow:
    return QueueRow(
        id=row.id, version=row.version, visit_id=row.visit_id, visit_number=row.number, patient_id=row.patient_id,
        patient_name=name_of(row), mrn=row.mrn, sex=row.sex, age=age_of(reader, row), ticket=row.ticket,
        state=row.state, colour=row.colour, returned=row.returned, waiting_since=row.waiting_since,
        claimed_by=person(row.by_given, row.by_family), complaint=row.complaint,
    )  # fmt: skip


T = TypeVar("T")


def _newest(rows: Iterable[T], visit_of: str = "visit_id") -> dict[Id, T]:
    """The first row of each visit, of rows that come newest first."""
    found: dict[Id, T] = {}
    for row in rows:
        found.setdefault(getattr(row, visit_of), row)
    return found


def triaged_and_waiting(reader: Reader) -> list[LookRow]:
    """Who was triaged and still waits for the doctor. `due` is left to the rules (`looked_at` and colour are here)."""
    entries = reader.rows(_entries(ServicePoint.DOCTOR).where(QueueEntry.state.in_(_FOR_THE_DOCTOR)))
    visits = [row.visit_id for row in entries]
    assessed = _newest(_valid(reader, TriageAssessment, TriageAssessment.assessed_at, visits))
    measured = _newest(_valid(reader, Vitals, Vitals.taken_at, visits))
    return [
        _look(reader, row, assessed[row.visit_id], measured.get(row.visit_id))
        for row in entries
        if row.visit_id in assessed
    ]


def _valid(reader: Reader, mapped: Any, moment: Any, visits: Sequence[Id]) -> Sequence[AnyRow]:
    statement = select(table_of(mapped)).where(mapped.visit_id.in_(visits), mapped.voided_at.is_(None))
    return reader.rows(statement.order_by(moment.desc(), mapped.id.desc())) if visits else []


def _look(reader: Reader, row: AnyRow, assessment: AnyRow, vitals: AnyRow | None) -> LookRow:
    looked: datetime = assessment.assessed_at
    if vitals is not None:
        looked = max(looked, vitals.taken_at)
    return LookRow(
        id=row.id, visit_id=row.visit_id, patient_id=row.patient_id, patient_name=name_of(row), mrn=row.mrn,
        age=age_of(reader, row), ticket=row.ticket, colour=assessment.chosen_colour, state=row.state,
        waiting_since=row.waiting_since, looked_at=looked, due=None, measured=vitals is not None,
    )  # fmt: skip


def triaged_today(reader: Reader) -> list[TriagedRow]:
    """Today's visits that were triaged, newest triage first."""
    statement = (
        select(
            TriageAssessment.id, TriageAssessment.visit_id, TriageAssessment.assessed_at,
            TriageAssessment.chosen_colour, Visit.patient_id, Visit.ticket, Visit.state,
            Patient.mrn, Patient.given_name, Patient.middle_name, Patient.family_name,
            Patient.birth_date, Patient.birth_estimated,
            UserAccount.given_name.label("by_given"), UserAccount.family_name.label("by_family"),
        )
        .join(Visit, Visit.id == TriageAssessment.visit_id)
        .join(Patient, Patient.id == Visit.patient_id)
        .outerjoin(UserAccount, UserAccount.id == TriageAssessment.created_by)
        .where(Visit.day == reader.today, Visit.kind != VisitKind.IMPORTED, TriageAssessment.voided_at.is_(None))
        .order_by(TriageAssessment.assessed_at.desc(), TriageAssessment.id.desc())
    )  # fmt: skip
    newest = list(_newest(reader.rows(statement)).values())[:_TRIAGED_LIMIT]
    visits = [row.visit_id for row in newest]
    measured = _newest(_valid(reader, Vitals, Vitals.taken_at, visits))
    doctor, papers = _doctor_states(reader, visits), _slips(reader, [row.id for row in newest])
    return [
        _triaged(reader, row, measured.get(row.visit_id), doctor.get(row.visit_id, ""), papers.get(row.id))
        for row in newest
    ]


def _triaged(reader: Reader, row: AnyRow, taken: AnyRow | None, doctor_state: str, paper_id: Id | None) -> TriagedRow:
    return TriagedRow(
        visit_id=row.visit_id, patient_id=row.patient_id, patient_name=name_of(row), mrn=row.mrn,
        age=age_of(reader, row), ticket=row.ticket, colour=row.chosen_colour, assessed_at=row.assessed_at,
        by=person(row.by_given, row.by_family), vitals_id=taken.id if taken else None,
        vitals_taken_at=taken.taken_at if taken else None, doctor_state=doctor_state,
        open=row.state == VisitState.OPEN, paper_id=paper_id,
    )  # fmt: skip


def _doctor_states(reader: Reader, visits: Sequence[Id]) -> dict[Id, str]:
    """The state of the newest entry of each visit at the doctor."""
    statement = (
        select(QueueEntry.visit_id, QueueEntry.state)
        .where(
            QueueEntry.visit_id.in_(visits),
            QueueEntry.service_point == ServicePoint.DOCTOR,
            QueueEntry.voided_at.is_(None),
        )
        .order_by(QueueEntry.created_at, QueueEntry.id)
    )
    return {row.visit_id: str(row.state) for row in reader.rows(statement)} if visits else {}


def _slips(reader: Reader, assessments: Sequence[Id]) -> dict[Id, Id]:
    """The newest triage slip of each assessment."""
    statement = select(Paper.id, Paper.subject_id).where(Paper.subject_id.in_(assessments), Paper.kind == "triage-slip")
    return {row.subject_id: row.id for row in reader.rows(statement.order_by(Paper.id))} if assessments else {}


def locked_visit(work: Work, visit_id: Id) -> AnyRow:
    """The visit's row; whoever else wants to triage this visit waits until the transaction ends. Raises NotFound."""
    row = work.first(select(table_of(Visit)).where(Visit.id == visit_id).with_for_update())
    if row is None:
        raise NotFound(kind="visit", id=visit_id)
    return row


def entry_of(reader: Reader, visit_id: Id, point: ServicePoint) -> AnyRow | None:
    """The newest queue entry of a visit at a service point, open or not, with who has claimed it."""
    statement = (
        select(
            table_of(QueueEntry),
            UserAccount.given_name.label("by_given"), UserAccount.family_name.label("by_family"),
        )
        .outerjoin(UserAccount, UserAccount.id == QueueEntry.claimed_by)
        .where(
            QueueEntry.visit_id == visit_id, QueueEntry.service_point == point, QueueEntry.voided_at.is_(None),
        )
        .order_by(QueueEntry.created_at.desc(), QueueEntry.id.desc())
        .limit(1)
    )  # fmt: skip
    return reader.first(statement)


def claimer_of(row: AnyRow) -> str:
    """Who has claimed an entry of `entry_of`; '' for nobody."""
    return person(row.by_given, row.by_family)


def open_visit_of(reader: Reader, patient_id: Id) -> AnyRow | None:
    """The patient's open visit; there is at most one."""
    statement = select(table_of(Visit)).where(Visit.open_key == patient_id, Visit.state == VisitState.OPEN)
    return reader.first(statement.limit(1))


def newest_assessment(reader: Reader, visit_id: Id) -> AssessmentRow | None:
    """The newest triage of a visit that was not made void."""
    statement = (
        select(
            table_of(TriageAssessment),
            UserAccount.given_name.label("by_given"), UserAccount.family_name.label("by_family"),
        )
        .outerjoin(UserAccount, UserAccount.id == TriageAssessment.created_by)
        .where(TriageAssessment.visit_id == visit_id, TriageAssessment.voided_at.is_(None))
        .order_by(TriageAssessment.assessed_at.desc(), TriageAssessment.id.desc())
        .limit(1)
    )  # fmt: skip
    row = reader.first(statement)
    return None if row is None else _assessment(row)


def _assessment(row: AnyRow) -> AssessmentRow:
    return AssessmentRow(
        id=row.id, version=row.version, assessed_at=row.assessed_at, by=person(row.by_given, row.by_family),
        vitals_id=row.vitals_id, signs=tuple(Sign(code) for code in row.danger_signs), suggested=row.suggested_colour,
        chosen=Colour(row.chosen_colour), override_reason=row.override_reason, score=row.score, table=row.scale_version,
    )  # fmt: skip


def assessments_on(reader: Reader, vitals_id: Id) -> list[Id]:
    """The triages that hold and that these measurements led to."""
    statement = select(TriageAssessment.id).where(
        TriageAssessment.vitals_id == vitals_id, TriageAssessment.voided_at.is_(None)
    )
    return [row.id for row in reader.rows(statement.order_by(TriageAssessment.id))]


def departments(reader: Reader) -> list[PlaceChoice]:
    """Departments that a patient can be sent to, by name."""
    statement = (
        select(Department.id, Department.name)
        .where(Department.active, Department.voided_at.is_(None))
        .order_by(func.lower(Department.name))
    )
    return [PlaceChoice(row.id, row.name) for row in reader.rows(statement)]


def doctors(reader: Reader) -> list[PlaceChoice]:
    """Active users who open the doctor's window, by name."""
    statement = (
        select(UserAccount.id, UserAccount.given_name, UserAccount.family_name, Role.windows)
        .join(UserRole, and_(UserRole.user_id == UserAccount.id, UserRole.voided_at.is_(None)))
        .join(Role, and_(Role.id == UserRole.role_id, Role.voided_at.is_(None)))
        .where(UserAccount.active, UserAccount.voided_at.is_(None))
        .order_by(UserAccount.family_name, UserAccount.given_name, UserAccount.id)
    )
    found = {
        row.id: person(row.given_name, row.family_name) for row in reader.rows(statement) if "doctor" in row.windows
    }
    return [PlaceChoice(id, name) for id, name in found.items()]
