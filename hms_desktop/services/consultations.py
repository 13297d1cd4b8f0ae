"""The doctor with a patient: take, write, sign, diagnose, complete. Back to the queue: `queues.put_back`.

Lab orders: `lab_orders.py`; medicines: `prescriptions.py`; what the chart shows: `chart.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hms_desktop.data.queries import consultations as queries
from hms_desktop.data.queries import settings
from hms_desktop.data.queries.accounts import person_name
from hms_desktop.data.queries.prescriptions import papers_of_visit as prescription_papers
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.consultations import ClinicalNote, Diagnosis, DiagnosisTerm, NoteAddendum
from hms_desktop.data.tables.patients import Condition
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.consultations import (
    Certainty,
    ConditionState,
    DiagnosisRank,
    DiagnosisTermRow,
    NoteKind,
    Occurrence,
)
from hms_desktop.domain.errors import InvalidValue, NotAllowed, ReasonNeeded, TakenBySomebody, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.states import DOCTOR_ENTRY, step
from hms_desktop.domain.texts import pick
from hms_desktop.domain.visits import QueueState, VisitState
from hms_desktop.services.catalogue import consultation_service
from hms_desktop.services.charges import raise_charge
from hms_desktop.services.lab_steps import seen_at_visit
from hms_desktop.services.service import reads, writes
from hms_desktop.services.visits import try_close


@dataclass(frozen=True, kw_only=True)
class OpenChart(Command):
    """Look at a chart. Without an open visit, or an own note in it, a reason is needed ("break glass")."""

    patient_id: Id
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class StartConsultation(Command):
    """Take a waiting patient in (also one who is at the lab: a recall)."""

    entry_id: Id


@dataclass(frozen=True, kw_only=True)
class SaveNote(Command):
    """Write or rewrite an unsigned note of a visit; `note_id` and `version` when it was saved before."""

    visit_id: Id
    note_id: Id | None = None
    version: int | None = None
    kind: NoteKind = NoteKind.SOAP
    complaint: str = ""
    history: str = ""
    examination: str = ""
    assessment: str = ""
    plan: str = ""
    follow_up_on: date | None = None
    follow_up_note: str = ""


@dataclass(frozen=True, kw_only=True)
class SignNote(Command):
    """Freeze a note."""

    note_id: Id
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class AddAddendum(Command):
    """Add to a signed note."""

    note_id: Id
    text: str


@dataclass(frozen=True, kw_only=True)
class AddDiagnosis(Command):
    """A coded diagnosis (`term_id`) or free text. `rank` None: primary if the visit has none yet."""

    visit_id: Id
    term_id: Id | None = None
    text: str = ""
    rank: DiagnosisRank | None = None
    certainty: Certainty = Certainty.CONFIRMED
    occurrence: Occurrence | None = None
    to_problem_list: bool = False


@dataclass(frozen=True, kw_only=True)
class VoidDiagnosis(Command):
    """Take a diagnosis back, with a reason."""

    diagnosis_id: Id
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResolveCondition(Command):
    """A problem is over."""

    condition_id: Id
    version: int


@dataclass(frozen=True, kw_only=True)
class CompleteConsultation(Command):
    """The doctor is done: signs what is unsigned, ends the queue entry, charges the consultation."""

    entry_id: Id
    without_diagnosis_reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteSaved:
    """The note as it stands now."""

    note_id: Id
    version: int


@dataclass(frozen=True, slots=True)
class Completed:
    """What completing did; `charge_id` None where the clinic charges no consultation.

    `papers`: the prescriptions of the visit, oldest first; `visit_closed` when nothing else was open.
    """

    visit_id: Id
    charge_id: Id | None
    signed_notes: int
    papers: tuple[Id, ...] = ()
    visit_closed: bool = False


@writes("chart.view")
def open_chart(work: Work, command: OpenChart) -> None:
    """Note a look at a chart. Raises ReasonNeeded (break glass), NotAllowed."""
    visit = queries.open_visit_of(work, command.patient_id)
    own = visit is not None or queries.treated_before(work, command.patient_id, work.actor.user_id)
    if own:
        work.look("chart.opened", "patient", command.patient_id)
        return
    if not work.actor.may("chart.break_glass"):
        raise NotAllowed(right="chart.break_glass")
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="break_glass")
    work.look("chart.glass_broken", "patient", command.patient_id, reason=command.reason.strip())


@writes("consultations.create")
def start_consultation(work: Work, command: StartConsultation) -> Id:
    """Take a patient in; one doctor wins. Returns the visit. Raises TakenBySomebody, WrongState."""
    entry = work.get(QueueEntry, command.entry_id)
    state = QueueState(entry.state)
    if state is QueueState.WITH_DOCTOR and entry.claimed_by == work.actor.user_id:
        return Id(entry.visit_id)
    if state is QueueState.WITH_DOCTOR:
        raise TakenBySomebody(kind="queue_entry", by=person_name(work, entry.claimed_by))
    step(DOCTOR_ENTRY, state, QueueState.WITH_DOCTOR)
    won = work.claim(
        QueueEntry, entry.id, {"state": state}, state=QueueState.WITH_DOCTOR, claimed_by=work.actor.user_id,
        practitioner_id=work.actor.user_id, started_at=entry.started_at or work.now, returned=False,
    )  # fmt: skip
    if not won:
        raise TakenBySomebody(kind="queue_entry", by=person_name(work, work.get(QueueEntry, entry.id).claimed_by))
    work.change(Visit, entry.visit_id, practitioner_id=work.actor.user_id)
    return Id(entry.visit_id)


@writes("consultations.create")
def save_note(work: Work, command: SaveNote) -> NoteSaved:
    """Keep a note. Raises WrongState when it is signed or the visit is over, StaleRecord, InvalidValue when empty."""
    texts = {
        "complaint": command.complaint.strip(), "history": command.history.strip(),
        "examination": command.examination.strip(), "assessment": command.assessment.strip(),
        "plan": command.plan.strip(),
    }  # fmt: skip
    if not any(texts.values()):
        raise InvalidValue(field="complaint", reason="required")
    if command.follow_up_on is not None and command.follow_up_on < work.today:
        raise InvalidValue(field="follow_up_on", reason="past")
    values = {"follow_up_on": command.follow_up_on, "follow_up_note": command.follow_up_note.strip(), **texts}
    if command.note_id is not None:
        return _rewritten(work, command.note_id, command.version, values)
    visit = _open_visit(work, command.visit_id)
    note_id = work.insert(
        ClinicalNote, visit_id=visit.id, patient_id=visit.patient_id, kind=command.kind, written_at=work.now,
        author_id=work.actor.user_id, **values,
    )  # fmt: skip
    return NoteSaved(note_id, 1)


def _open_visit(work: Work, visit_id: Id) -> AnyRow:
    visit = work.get(Visit, visit_id)
    if visit.state != VisitState.OPEN:
        raise WrongState(kind="visit", state=VisitState(visit.state).value, wanted=VisitState.OPEN.value)
    return visit


def _rewritten(work: Work, note_id: Id, version: int | None, values: Mapping[str, object]) -> NoteSaved:
    row = work.get(ClinicalNote, note_id)
    _unsigned(row.signed_at)
    if row.author_id != work.actor.user_id:
        raise NotAllowed(right="consultations.correct")
    return NoteSaved(note_id, work.change(ClinicalNote, note_id, version, **values))


def _unsigned(signed_at: object) -> None:
    if signed_at is not None:
        raise WrongState(kind="clinical_note", state="signed", wanted="changed")


@writes("consultations.sign")
def sign_note(work: Work, command: SignNote) -> NoteSaved:
    """Freeze an own note; from now on only addenda. Raises WrongState, NotAllowed, StaleRecord."""
    row = work.get(ClinicalNote, command.note_id)
    _unsigned(row.signed_at)
    if row.author_id != work.actor.user_id:
        raise NotAllowed(right="consultations.sign")
    return NoteSaved(row.id, _signed(work, row.id, command.version))


def _signed(work: Work, note_id: Id, version: int | None = None) -> int:
    return work.change(ClinicalNote, note_id, version, signed_at=work.now, signed_by=work.actor.user_id)


@writes("consultations.correct")
def add_addendum(work: Work, command: AddAddendum) -> Id:
    """Add to a signed note. Raises InvalidValue when empty, WrongState while it is unsigned."""
    if not command.text.strip():
        raise InvalidValue(field="text", reason="required")
    if work.get(ClinicalNote, command.note_id).signed_at is None:
        raise WrongState(kind="clinical_note", state="unsigned", wanted="addendum")
    return work.insert(NoteAddendum, note_id=command.note_id, text=command.text.strip())


@writes("consultations.create")
def add_diagnosis(work: Work, command: AddDiagnosis) -> Id:
    """Add a diagnosis; new or re-attendance is worked out from earlier visits. Raises InvalidValue, WrongState."""
    visit = _open_visit(work, command.visit_id)
    code, icd10, text = _term(work, command)
    rank = command.rank
    if rank is None:
        rank = DiagnosisRank.SECONDARY if queries.has_primary(work, visit.id) else DiagnosisRank.PRIMARY
    if rank is DiagnosisRank.PRIMARY and queries.has_primary(work, visit.id):
        raise InvalidValue(field="rank", reason="one_primary")
    before = bool(code) and queries.earlier_diagnosis(work, visit.patient_id, code, visit.id)
    occurrence = command.occurrence or (Occurrence.REPEAT if before else Occurrence.NEW)
    made = work.insert(
        Diagnosis, visit_id=visit.id, patient_id=visit.patient_id, term_id=command.term_id, code=code, icd10=icd10,
        text=text, rank=rank, certainty=command.certainty, occurrence=occurrence, day=work.today,
    )  # fmt: skip
    if command.to_problem_list:
        work.insert(
            Condition, patient_id=visit.patient_id, visit_id=visit.id, code=code or None,
            system="icd10" if icd10 else "", text=text, state=ConditionState.ACTIVE, onset_on=work.today,
        )  # fmt: skip
    return made


def _term(work: Work, command: AddDiagnosis) -> tuple[str, str, str]:
    """Code, ICD-10 code and text of what was chosen or typed."""
    if command.term_id is not None:
        term = work.get(DiagnosisTerm, command.term_id)
        return term.code, term.icd10, pick(term.name, work.actor.language)
    if not command.text.strip():
        raise InvalidValue(field="text", reason="required")
    return "", "", command.text.strip()


@writes("consultations.correct")
def void_diagnosis(work: Work, command: VoidDiagnosis) -> None:
    """Take a diagnosis back; when it was the primary one, the oldest other takes its place.

    Raises ReasonNeeded, NotFound.
    """
    gone = work.get(Diagnosis, command.diagnosis_id)
    work.void(Diagnosis, command.diagnosis_id, command.reason)
    following = queries.oldest_diagnosis(work, gone.visit_id)
    if gone.rank == DiagnosisRank.PRIMARY and following is not None:
        work.change(Diagnosis, following, rank=DiagnosisRank.PRIMARY)


@writes("consultations.correct")
def resolve_condition(work: Work, command: ResolveCondition) -> None:
    """Mark a problem as over. Raises StaleRecord."""
    work.change(Condition, command.condition_id, command.version, state=ConditionState.RESOLVED, resolved_on=work.today)


@writes("consultations.complete")
def complete_consultation(work: Work, command: CompleteConsultation) -> Completed:
    """End a consultation. Raises WrongState, TakenBySomebody, ReasonNeeded (no diagnosis and no reason why)."""
    entry = work.get(QueueEntry, command.entry_id)
    step(DOCTOR_ENTRY, QueueState(entry.state), QueueState.COMPLETED)
    visit = work.get(Visit, entry.visit_id)
    if not queries.has_primary(work, visit.id) and not command.without_diagnosis_reason.strip():
        raise ReasonNeeded(field="without_diagnosis_reason", what="no_diagnosis")
    won = work.claim(
        QueueEntry, entry.id, {"state": QueueState.WITH_DOCTOR, "claimed_by": work.actor.user_id},
        state=QueueState.COMPLETED, done_at=work.now, end_reason=command.without_diagnosis_reason.strip(),
    )  # fmt: skip
    if not won:
        raise TakenBySomebody(kind="queue_entry", by=person_name(work, entry.claimed_by))
    unsigned = [
        note.id
        for note in queries.notes(work, visit.patient_id)
        if note.visit_id == visit.id and note.signed_at is None and note.author_id == work.actor.user_id
    ]
    for note_id in unsigned:
        _signed(work, note_id)
    seen_at_visit(work, visit.id)
    charge_id = _charge(work, visit.id, visit.patient_id, visit.kind, entry.id)
    sheets = prescription_papers(work, visit.id)
    return Completed(visit.id, charge_id, len(unsigned), tuple(sheets), try_close(work, visit.id))


def _charge(work: Work, visit_id: Id, patient_id: Id, kind: str, entry_id: Id) -> Id | None:
    """The consultation's charge: what the kind of visit is charged as, else the clinic's usual item."""
    item = consultation_service(kind) or settings.word(work, "consultation_item")
    if not item:
        return None
    made = raise_charge(
        work, visit_id=visit_id, patient_id=patient_id, kind=ChargeKind.CONSULTATION, item_code=item,
        source_table="queue_entry", source_id=entry_id,
    )  # fmt: skip
    return made.charge_id


@reads("consultations.view")
def search_diagnoses(reader: Reader, text: str, limit: int = 20) -> list[DiagnosisTermRow]:
    """Terms of the clinic's list by name, synonym or ICD-10 code."""
    return queries.terms(reader, text, limit)
