"""Kept papers and what became of them at printers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.audit import Paper, PrintJob
from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A kept paper in a list."""

    id: Id
    kind: str
    number: str
    day: date
    created_at: datetime
    printed: int


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What papers say of a patient."""

    name: str
    mrn: str
    sex: Sex
    birth_date: date | None
    birth_estimated: bool
    phone: str
    address: str


def times_printed(reader: Reader, paper_id: Id) -> int:
    """How often the paper reached a printer."""
    statement = select(func.count()).where(PrintJob.paper_id == paper_id, PrintJob.state == "printed")
    return int(reader.scalar(statement))


def unrendered(reader: Reader) -> list[Id]:
    """Papers whose facts were saved but whose PDF was not made yet."""
    return [row.id for row in reader.rows(select(Paper.id).where(Paper.sha256.is_(None)).order_by(Paper.id))]


def papers_about(reader: Reader, column: str, id: Id, kinds: Sequence[str], limit: int = 50) -> list[PaperRow]:
    """Newest first: the papers of a `patient_id` or a `subject_id`, of these kinds."""
    paper = table_of(Paper)
    printed = (
        select(func.count())
        .where(PrintJob.paper_id == paper.c.id, PrintJob.state == "printed")
        .correlate(paper)
        .scalar_subquery()
    )
    statement = (
        select(paper.c.id, paper.c.kind, paper.c.number, paper.c.day, paper.c.created_at, printed)
        .where(paper.c[column] == id, paper.c.kind.in_(kinds))
        .order_by(paper.c.id.desc())
        .limit(limit)
    )
    return [PaperRow(*row) for row in reader.rows(statement)]


def content(reader: Reader, paper_id: Id) -> Any:
    """The whole row of a paper."""
    return reader.get(Paper, paper_id)


def patient_facts(reader: Reader, patient_id: Id) -> PatientFacts:
    """What papers say of this patient. Raises NotFound."""
    row = reader.get(Patient, patient_id)
    name = " ".join(part for part in (row.given_name, row.middle_name, row.family_name) if part)
    return PatientFacts(name, row.mrn, Sex(row.sex), row.birth_date, row.birth_estimated, row.phone, row.address)
