"""Clinical notes, addenda, diagnoses and the clinic's list of diagnosis terms."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Entry, Voidable, to
from hms_desktop.domain.consultations import Certainty, DiagnosisRank, NoteKind, Occurrence
from hms_desktop.domain.ids import Id


class ClinicalNote(Voidable):
    """A note; once signed it is frozen and only addenda follow."""

    __tablename__ = "clinical_note"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (Index(None, "patient_id", "written_at"),)

    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient", index=False)
    kind: Mapped[str] = column(t.Enum(NoteKind))
    complaint: Mapped[str] = column(t.Text(500))
    history: Mapped[str] = column(t.Text(8000))
    examination: Mapped[str] = column(t.Text(8000))
    assessment: Mapped[str] = column(t.Text(8000))
    plan: Mapped[str] = column(t.Text(8000))
    follow_up_on: Mapped[date | None] = column(t.LocalDate())
    follow_up_note: Mapped[str] = column(t.Text(300))
    written_at: Mapped[datetime] = column(t.UtcTime())
    author_id: Mapped[Id] = column(t.Id())
    signed_at: Mapped[datetime | None] = column(t.UtcTime())
    signed_by: Mapped[Id | None] = column(t.Id())


class NoteAddendum(Entry):
    """What was added to a signed note."""

    __tablename__ = "note_addendum"

    note_id: Mapped[Id] = to("clinical_note")
    text: Mapped[str] = column(t.Text(8000))


class DiagnosisTerm(Voidable):
    """A term of the clinic's list: name and synonyms by language, ICD-10 code."""

    __tablename__ = "diagnosis_term"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(60))
    icd10: Mapped[str] = column(t.Text(10))
    name: Mapped[Any] = column(t.Json())
    synonyms: Mapped[Any] = column(t.Json())
    search_words: Mapped[str] = column(t.Text(1000))
    chronic: Mapped[bool] = column(t.Flag())
    notifiable: Mapped[bool] = column(t.Flag())


class Diagnosis(Voidable):
    """A diagnosis of a visit; `term_id` is empty for free text."""

    __tablename__ = "diagnosis"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (Index(None, "patient_id", "day"),)

    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient", index=False)
    term_id: Mapped[Id | None] = to("diagnosis_term", nullable=True)
    code: Mapped[str] = column(t.Text(60))
    icd10: Mapped[str] = column(t.Text(10))
    text: Mapped[str] = column(t.Text(200))
    rank: Mapped[str] = column(t.Enum(DiagnosisRank))
    certainty: Mapped[str] = column(t.Enum(Certainty))
    occurrence: Mapped[str] = column(t.Enum(Occurrence))
    day: Mapped[date] = column(t.LocalDate())
