"""Visits: open, close, cancel; the lists of the day. Steps that end a visit: `visit_steps.py`; queues: `queues.py`."""

from dataclasses import dataclass

from hms_desktop.data.queries import board as board_queries
from hms_desktop.data.queries import papers as kept_papers
from hms_desktop.data.queries import patients as patient_queries
from hms_desktop.data.queries import queues as queue_queries
from hms_desktop.data.queries import settings
from hms_desktop.data.queries import visits as queries
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.documents.ticket import TicketPaper
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.errors import (
    DeathNeedsClinician,
    InvalidValue,
    NotFound,
    OpenVisitExists,
    PatientDeceased,
    ReasonNeeded,
    VisitHasWork,
    WrongState,
)
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patient_search import index_words
from hms_desktop.domain.patients import Sex, full_name, tidy
from hms_desktop.domain.visits import (
    BoardRow,
    DepartmentRow,
    OpenWork,
    ServicePoint,
    VisitKind,
    VisitOutcome,
    VisitRow,
    VisitState,
    check_close,
)
from hms_desktop.services import papers, visit_steps
from hms_desktop.services import patient_records as records
from hms_desktop.services.approval import agrees
from hms_desktop.services.charges import raise_charge, void_charge
from hms_desktop.services.patient_records import PersonFacts
from hms_desktop.services.queues import enter_queue
from hms_desktop.services.service import reads, writes

RED = "red"


@dataclass(frozen=True, kw_only=True)
class OpenVisit(Command):
    """A patient has arrived. `straight_to_red`: past triage, to the doctor, before everybody else."""

    patient_id: Id
    kind: VisitKind = VisitKind.OUTPATIENT
    department_id: Id | None = None
    practitioner_id: Id | None = None
    payer_group_id: Id | None = None
    occurrence: Occurrence = Occurrence.NEW
    complaint: str = ""
    straight_to_red: bool = False


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """The open visit; `print_ticket` when the clinic wants the ticket printed by itself."""

    visit_id: Id
    number: str
    ticket: str
    ticket_paper_id: Id
    print_ticket: bool = True


@dataclass(frozen=True, kw_only=True)
class RegisterUnknown(Command):
    """Somebody who can't say who they are and needs help now. `called` is what the record is called until then."""

    called: str = "Unknown"
    sex: Sex = Sex.UNKNOWN
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class UnknownRegistered:
    """The new record and its visit, red in the doctor's queue."""

    patient_id: Id
    mrn: str
    visit: VisitOpened


@dataclass(frozen=True, kw_only=True)
class CloseVisit(Command):
    """The patient has gone."""

    visit_id: Id
    outcome: VisitOutcome
    reason: str = ""
    approved_by: Id | None = None
    """Who states a death, when the actor does not treat patients."""


@dataclass(frozen=True, kw_only=True)
class CancelVisit(Command):
    """The visit was opened by mistake."""

    visit_id: Id
    reason: str


@writes("visits.create")
def open_visit(work: Work, command: OpenVisit) -> VisitOpened:
    """Open a visit: number, ticket, place in the queue, registration charge where the clinic asks for one.

    Raises OpenVisitExists, PatientDeceased, InvalidValue, NotFound.
    """
    return _open(work, command)


@writes("patients.create")
def register_unknown(work: Work, command: RegisterUnknown) -> UnknownRegistered:
    """A record without a name and an emergency visit, at once red in the doctor's queue."""
    person = records.tidied(PersonFacts(given_name=command.called, sex=command.sex), work.today, unknown=True)
    patient_id, mrn = records.add_patient(work, person, unknown=True)
    arrival = OpenVisit(
        patient_id=patient_id, kind=VisitKind.EMERGENCY, complaint=command.complaint, straight_to_red=True
    )
    return UnknownRegistered(patient_id, mrn, _open(work, arrival))


def _open(work: Work, command: OpenVisit) -> VisitOpened:
    if command.kind is VisitKind.IMPORTED:
        raise InvalidValue(field="kind", reason="choice")
    patient = _arrived(work, command.patient_id)
    first = not queries.seen_before(work, command.patient_id)
    colour = RED if command.straight_to_red else ""
    number, ticket = work.number(NumberKind.VISIT), work.number(NumberKind.TICKET)
    visit_id = work.insert(
        Visit, number=number, patient_id=command.patient_id, kind=command.kind, state=VisitState.OPEN,
        open_key=command.patient_id, day=work.today, department_id=command.department_id,
        practitioner_id=command.practitioner_id, payer_group_id=command.payer_group_id or patient.payer_group_id,
        occurrence=Occurrence.REPEAT if command.kind is VisitKind.FOLLOW_UP else command.occurrence,
        complaint=tidy("complaint", command.complaint, 200), ticket=ticket, colour=colour, opened_at=work.now,
    )  # fmt: skip
    point = ServicePoint.DOCTOR if command.straight_to_red else ServicePoint.TRIAGE
    before = queue_queries.people_before(work, point, colour)
    enter_queue(work, visit_id=visit_id, service_point=point, colour=colour, practitioner_id=command.practitioner_id)
    if first:
        _charge_registration(work, visit_id, command.patient_id)
    paper_id = _keep_ticket(work, command, visit_id, number, ticket, point, before)
    return VisitOpened(visit_id, number, ticket, paper_id, settings.flag(work, "print_ticket"))


def _arrived(work: Work, patient_id: Id) -> AnyRow:
    """The patient, seen today; holds the row, so that two stations do not open two visits."""
    row = patient_queries.record(work, patient_id)
    name = full_name(row.given_name, row.middle_name, row.family_name)
    words = index_words(name, row.birth_date, work.today)
    if not work.claim(Patient, patient_id, {"voided_at": None}, last_visit_on=work.today, search_words=words):
        raise NotFound(kind="patient", id=patient_id)
    if row.deceased_on is not None:
        raise PatientDeceased(patient=name, died=row.deceased_on)
    known = queries.open_visit_of(work, patient_id)
    if known is not None:
        raise OpenVisitExists(visit=known.number)
    return row


def _charge_registration(work: Work, visit_id: Id, patient_id: Id) -> None:
    """Where the clinic asks for a registration fee, on the first visit."""
    item = settings.word(work, "registration_item")
    if item:
        raise_charge(
            work, visit_id=visit_id, patient_id=patient_id, kind=ChargeKind.REGISTRATION, item_code=item,
            source_table="visit", source_id=visit_id,
        )  # fmt: skip


def _keep_ticket(
    work: Work, command: OpenVisit, visit_id: Id, number: str, ticket: str, point: ServicePoint, before: int
) -> Id:
    department = work.find(Department, command.department_id) if command.department_id else None
    paper = TicketPaper(
        head=papers.head(work), printed=papers.printed(work), number=ticket, service_point=point,
        issued=work.local(work.now), patient=papers.patient_line(work, command.patient_id), waiting=before,
        visit_number=number, department=department.name if department else "",
    )  # fmt: skip
    return papers.keep_paper(
        work, "ticket", paper, subject_table="visit", subject_id=visit_id, patient_id=command.patient_id, number=ticket
    )


@writes("visits.close")
def close_visit(work: Work, command: CloseVisit) -> VisitState:
    """Close a visit. Raises VisitNotFinished, ReasonNeeded (see `domain.visits.check_close`), DeathNeedsClinician,
    WrongState, NotFound.
    """
    if command.outcome is VisitOutcome.DIED and not _treats_patients(work, command.approved_by):
        raise DeathNeedsClinician(right="triage.create")
    check_close(command.outcome, queries.open_work(work, command.visit_id), command.reason)
    visit_steps.end(work, command.visit_id, VisitState.CLOSED, command.outcome, command.reason)
    return VisitState.CLOSED


def _treats_patients(work: Work, person: Id | None) -> bool:
    """Whether the actor, or `person` who signed beside them, triages or consults."""
    rights = ("triage.create", "consultations.complete")
    return any(work.actor.may(right) or agrees(work, person, right) for right in rights)


@writes("visits.void")
def cancel_visit(work: Work, command: CancelVisit) -> VisitState:
    """Cancel a visit that was opened by mistake; its unpaid charges are taken back.

    Raises VisitHasWork once something was done or paid, ReasonNeeded, WrongState, NotFound.
    """
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="cancel")
    visit = work.get(Visit, command.visit_id)
    if visit.state != VisitState.OPEN:
        raise WrongState(kind="visit", state=str(visit.state), wanted=VisitState.CANCELLED.value)
    if queries.has_work(work, command.visit_id):
        raise VisitHasWork(visit=visit.number)
    for charge_id in queries.charges_of(work, command.visit_id):
        void_charge(work, charge_id, command.reason)
    visit_steps.end(work, command.visit_id, VisitState.CANCELLED, None, command.reason)
    return VisitState.CANCELLED


def try_close(work: Work, visit_id: Id) -> bool:
    """Close a visit as treated when a doctor has seen the patient and nothing is open any more: no queue entry, no
    unverified result, no medicine still to be given, no debt, no unsigned note. Whether it was closed.
    """
    visit = work.get(Visit, visit_id)
    if visit.state != VisitState.OPEN or not queries.was_seen(work, visit_id) or queries.open_work(work, visit_id):
        return False
    visit_steps.end(work, visit_id, VisitState.CLOSED, VisitOutcome.TREATED, "")
    return True


@reads("visits.view")
def board(reader: Reader) -> list[BoardRow]:
    """Everybody of today (and who is still here from yesterday), one line a visit; three statements for any number."""
    return board_queries.rows(reader)


@reads("visits.view")
def visits_of_today(reader: Reader) -> list[VisitRow]:
    """Every visit that began today, the newest first."""
    return queries.of_today(reader)


@reads("visits.view")
def visits_left_open(reader: Reader) -> list[VisitRow]:
    """Visits of earlier days that nobody closed, the oldest first: for the first sign-in of a day."""
    return queries.left_open(reader)


@reads("visits.view")
def visits_of_patient(reader: Reader, patient_id: Id) -> list[VisitRow]:
    """A patient's visits, the newest first."""
    return queries.of_patient(reader, patient_id)


@reads("visits.view")
def open_work(reader: Reader, visit_id: Id) -> frozenset[OpenWork]:
    """What is still to be done at a visit."""
    return queries.open_work(reader, visit_id)


@reads("visits.view")
def departments(reader: Reader) -> list[DepartmentRow]:
    """The departments to choose from."""
    return queries.departments(reader)


@reads("visits.view")
def ticket_paper(reader: Reader, visit_id: Id) -> Id | None:
    """The paper of a visit's ticket, or None for a visit without one (imported)."""
    found = kept_papers.papers_about(reader, "subject_id", visit_id, ["ticket"], 1)
    return found[0].id if found else None
