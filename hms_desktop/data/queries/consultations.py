"""Notes, diagnoses and problems of a visit, and the clinic's terms."""

from functools import cache

from sqlalchemy import bindparam, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.question import Question, first, rows_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.consultations import ClinicalNote, Diagnosis, DiagnosisTerm, NoteAddendum
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.consultations import (
    AddendumRow,
    Certainty,
    DiagnosisRank,
    DiagnosisRow,
    DiagnosisTermRow,
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


_MOST_NOTES = 50


@cache
def _notes() -> Question:
    """The notes of a patient, one line for each addendum and one for a note without."""
    note, added = table_of(ClinicalNote), table_of(NoteAddendum)
    mine = (
        select(note, name_column(note.c.author_id).label("author"))
        .where(note.c.patient_id == bindparam("patient", type_=note.c.patient_id.type), note.c.voided_at.is_(None))
        .order_by(note.c.written_at.desc(), note.c.id.desc())
    )
    of = first(mine, _MOST_NOTES).subquery()
    return Question(
        select(
            of.c.id, of.c.version, of.c.visit_id, of.c.kind, of.c.complaint, of.c.history, of.c.examination,
            of.c.assessment, of.c.plan, of.c.follow_up_on, of.c.follow_up_note, of.c.written_at, of.c.author_id,
            of.c.author, of.c.signed_at, added.c.text, added.c.created_at,
            name_column(added.c.created_by).label("added_by"),
        )
        .outerjoin(added, added.c.note_id == of.c.id)
        .order_by(of.c.written_at.desc(), of.c.id.desc(), added.c.id)
    )  # fmt: skip


def notes(reader: Reader, patient_id: Id) -> list[NoteRow]:
    """The patient's notes with their addenda, newest first."""
    lines = list(zip(*reader.columns(_notes(), patient=patient_id), strict=True))
    added: dict[Id, list[AddendumRow]] = {}
    for id, *_note, text, at, by in lines:
        if text is not None:
            added.setdefault(id, []).append(AddendumRow(text, at, by or ""))
    once = {line[0]: line for line in lines}
    if not once:
        return []
    *note, authors, signed, _text, _at, _by = zip(*once.values(), strict=True)
    return rows_of(NoteRow, *note, [name or "" for name in authors], signed, [tuple(added.get(id, ())) for id in once])


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
