"""Notes, diagnoses and problems of a visit, and the clinic's terms."""

from collections.abc import Sequence

from sqlalchemy import func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.consultations import ClinicalNote, Diagnosis, DiagnosisTerm, NoteAddendum
from hms_desktop.data.tables.patients import Condition
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.consultations import (
    AddendumRow,
    Certainty,
    ConditionRow,
    ConditionState,
    DiagnosisRank,
    DiagnosisRow,
    DiagnosisTermRow,
    NoteKind,
    NoteRow,
    Occurrence,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.texts import pick
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, ServicePoint, VisitState


def doctor_entry(reader: Reader, visit_id: Id) -> AnyRow | None:
    """The doctor's open queue entry of a visit."""
    table = table_of(QueueEntry)
    return reader.first(
        select(table).where(
            table.c.visit_id == visit_id,
            table.c.service_point == ServicePoint.DOCTOR,
            table.c.state.in_(list(OPEN_QUEUE_STATES)),
        )
    )


def notes(reader: Reader, patient_id: Id, limit: int = 50) -> list[NoteRow]:
    """The patient's notes with their addenda, newest first."""
    note = table_of(ClinicalNote)
    statement = (
        select(note, name_column(note.c.author_id).label("author"))
        .where(note.c.patient_id == patient_id, note.c.voided_at.is_(None))
        .order_by(note.c.written_at.desc())
        .limit(limit)
    )
    rows = reader.rows(statement)
    added = _addenda(reader, [row.id for row in rows])
    return [
        NoteRow(
            row.id, row.version, row.visit_id, NoteKind(row.kind), row.complaint, row.history, row.examination,
            row.assessment, row.plan, row.follow_up_on, row.follow_up_note, row.written_at, row.author_id,
            row.author or "", row.signed_at, tuple(added.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def _addenda(reader: Reader, note_ids: Sequence[Id]) -> dict[Id, list[AddendumRow]]:
    if not note_ids:
        return {}
    table = table_of(NoteAddendum)
    statement = (
        select(table.c.note_id, table.c.text, table.c.created_at, name_column(table.c.created_by).label("author"))
        .where(table.c.note_id.in_(note_ids))
        .order_by(table.c.id)
    )
    found: dict[Id, list[AddendumRow]] = {}
    for row in reader.rows(statement):
        found.setdefault(row.note_id, []).append(AddendumRow(row.text, row.created_at, row.author or ""))
    return found


def diagnoses(reader: Reader, patient_id: Id, limit: int = 100) -> list[DiagnosisRow]:
    """The patient's diagnoses, newest first, primary before secondary."""
    table = table_of(Diagnosis)
    statement = (
        select(table)
        .where(table.c.patient_id == patient_id, table.c.voided_at.is_(None))
        .order_by(table.c.day.desc(), table.c.rank, table.c.id)
        .limit(limit)
    )
    return [
        DiagnosisRow(
            r.id, r.visit_id, r.code, r.icd10, r.text, DiagnosisRank(r.rank), Certainty(r.certainty),
            Occurrence(r.occurrence), r.day,
        )
        for r in reader.rows(statement)
    ]  # fmt: skip


def has_primary(reader: Reader, visit_id: Id) -> bool:
    """Whether the visit has its primary diagnosis."""
    return bool(
        reader.scalar(
            select(func.count()).where(
                Diagnosis.visit_id == visit_id, Diagnosis.rank == DiagnosisRank.PRIMARY, Diagnosis.voided_at.is_(None)
            )
        )
    )


def oldest_diagnosis(reader: Reader, visit_id: Id) -> Id | None:
    """The visit's first diagnosis that was not taken back."""
    statement = select(Diagnosis.id).where(Diagnosis.visit_id == visit_id, Diagnosis.voided_at.is_(None))
    row = reader.first(statement.order_by(Diagnosis.id).limit(1))
    return None if row is None else Id(row.id)


def earlier_diagnosis(reader: Reader, patient_id: Id, code: str, visit_id: Id) -> bool:
    """Whether the patient came with this problem before: then this one is a re-attendance."""
    return bool(
        reader.scalar(
            select(func.count()).where(
                Diagnosis.patient_id == patient_id, Diagnosis.code == code, Diagnosis.visit_id != visit_id,
                Diagnosis.voided_at.is_(None),
            )
        )
    )  # fmt: skip


def conditions(reader: Reader, patient_id: Id) -> list[ConditionRow]:
    """The problem list: active ones first."""
    table = table_of(Condition)
    statement = (
        select(table)
        .where(table.c.patient_id == patient_id, table.c.voided_at.is_(None))
        .order_by(table.c.state, table.c.onset_on.desc(), table.c.id)
    )
    return [
        ConditionRow(r.id, r.version, r.code or "", r.text, ConditionState(r.state), r.onset_on, r.resolved_on)
        for r in reader.rows(statement)
    ]


def terms(reader: Reader, text: str, limit: int = 20) -> list[DiagnosisTermRow]:
    """Terms in which every typed word begins a word of the name, a synonym or the ICD-10 code; names first."""
    typed = fold(text).split()
    if not typed:
        return []
    table = table_of(DiagnosisTerm)
    statement = select(table).where(table.c.voided_at.is_(None))
    padded = " " + table.c.search_words
    for word in typed:
        statement = statement.where(padded.contains(f" {word}", autoescape=True))
    rows = reader.rows(statement)
    found = [_term(row, typed, reader.actor.language) for row in rows]
    found.sort(key=lambda pair: (pair[0], pair[1].name))
    return [row for _rank, row in found[:limit]]


def _term(row: AnyRow, typed: list[str], language: str) -> tuple[int, DiagnosisTermRow]:
    name = pick(row.name, language)
    synonyms: list[str] = (row.synonyms or {}).get(language) or (row.synonyms or {}).get("en", [])
    matched = "" if _begins(name, typed) else next((each for each in synonyms if _begins(each, typed)), "")
    rank = 0 if fold(name).startswith(typed[0]) else 1 if not matched else 2
    return rank, DiagnosisTermRow(row.id, row.code, row.icd10, name, matched, row.notifiable)


def _begins(name: str, typed: list[str]) -> bool:
    padded = f" {fold(name)}"
    return all(f" {word}" in padded for word in typed)


def open_visit_of(reader: Reader, patient_id: Id) -> AnyRow | None:
    """The patient's open visit, or None."""
    table = table_of(Visit)
    return reader.first(select(table).where(table.c.patient_id == patient_id, table.c.state == VisitState.OPEN))


def treated_before(reader: Reader, patient_id: Id, user_id: Id) -> bool:
    """Whether this person wrote a note about the patient: then the chart is theirs to see again."""
    statement = select(func.count()).where(ClinicalNote.patient_id == patient_id, ClinicalNote.author_id == user_id)
    return bool(reader.scalar(statement))
