"""The history of a patient: past visits and immunisations. Notes, drugs, results and vitals have files of their own."""

from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.consultations import Diagnosis
from hms_desktop.data.tables.patients import Immunization
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.chart import ImmunizationRow, PastVisitRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import VisitKind, VisitState


def past_visits(reader: Reader, patient_id: Id, limit: int = 50) -> list[PastVisitRow]:
    """The patient's visits, newest first, each with its diagnoses, primary first."""
    visit = table_of(Visit)
    statement = (
        select(visit, name_column(visit.c.practitioner_id).label("practitioner"))
        .where(visit.c.patient_id == patient_id, visit.c.voided_at.is_(None))
        .order_by(visit.c.opened_at.desc())
        .limit(limit)
    )
    rows = reader.rows(statement)
    named = _diagnoses(reader, patient_id)
    return [
        PastVisitRow(
            row.id, row.number, row.day, VisitKind(row.kind), VisitState(row.state), row.complaint,
            tuple(named.get(row.id, ())), row.practitioner or "", row.opened_at,
        )
        for row in rows
    ]  # fmt: skip


def _diagnoses(reader: Reader, patient_id: Id) -> dict[Id, list[str]]:
    table = table_of(Diagnosis)
    statement = (
        select(table.c.visit_id, table.c.text)
        .where(table.c.patient_id == patient_id, table.c.voided_at.is_(None))
        .order_by(table.c.rank, table.c.id)
    )
    found: dict[Id, list[str]] = {}
    for row in reader.rows(statement):
        found.setdefault(row.visit_id, []).append(row.text)
    return found


def immunizations(reader: Reader, patient_id: Id, limit: int = 100) -> list[ImmunizationRow]:
    """Vaccines that were given, newest first."""
    table = table_of(Immunization)
    statement = (
        select(table.c.id, table.c.vaccine, table.c.given_on, table.c.dose_number)
        .where(table.c.patient_id == patient_id, table.c.voided_at.is_(None))
        .order_by(table.c.given_on.desc(), table.c.id)
        .limit(limit)
    )
    return [ImmunizationRow(r.id, r.vaccine, r.given_on, r.dose_number) for r in reader.rows(statement)]
