"""Prescriptions, their items, and medicines with what is left of them."""

from collections.abc import Iterable

from sqlalchemy import and_, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.audit import Paper
from hms_desktop.data.tables.pharmacy import Medication, StockBalance, StockBatch
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.prescriptions import ItemState, MedicationRow, PrescribedRow, Route
from hms_desktop.domain.texts import pick


def medications(reader: Reader, text: str, limit: int = 20) -> list[MedicationRow]:
    """Active medicines where every typed word begins a word of name, brand, strength or code; with unexpired stock."""
    typed = fold(text).split()
    if not typed:
        return []
    table = table_of(Medication)
    padded = " " + table.c.search_words
    statement = select(table).where(table.c.active, table.c.voided_at.is_(None))
    for word in typed:
        statement = statement.where(padded.contains(f" {word}", autoescape=True))
    rows = reader.rows(statement.order_by(table.c.generic_folded, table.c.strength).limit(limit))
    left = stock_left(reader, [row.id for row in rows])
    return [_medication(row, left.get(row.id, 0), reader.actor.language) for row in rows]


def medication(reader: Reader, medication_id: Id) -> MedicationRow:
    """One medicine with its unexpired stock. Raises NotFound."""
    row = reader.get(Medication, medication_id)
    return _medication(row, stock_left(reader, [medication_id]).get(medication_id, 0), reader.actor.language)


def stock_left(reader: Reader, medication_ids: Iterable[Id]) -> dict[Id, int]:
    """Units that are not expired, over all locations, by medicine."""
    wanted = list(medication_ids)
    if not wanted:
        return {}
    balance, batch = table_of(StockBalance), table_of(StockBatch)
    statement = (
        select(balance.c.medication_id, func.sum(balance.c.quantity))
        .join(
            batch, and_(batch.c.id == balance.c.batch_id, batch.c.expiry >= reader.today, batch.c.voided_at.is_(None))
        )
        .where(balance.c.medication_id.in_(wanted))
        .group_by(balance.c.medication_id)
    )
    return {row[0]: int(row[1]) for row in reader.rows(statement)}


def _medication(row: AnyRow, left: int, language: str) -> MedicationRow:
    return MedicationRow(
        row.id, row.code, pick(row.generic_names, language) or row.generic, row.tall_man, row.strength, row.form,
        row.unit, row.route, row.default_dose, row.default_frequency, row.default_days, row.mg_per_unit, row.unit_ml,
        row.child_mg_per_kg, row.child_max_mg, row.pregnancy_caution, row.controlled_schedule, left,
    )  # fmt: skip


def items_of_patient(reader: Reader, patient_id: Id, limit: int = 200) -> list[PrescribedRow]:
    """What was prescribed to the patient, newest first."""
    item, sheet, medicine = table_of(PrescriptionItem), table_of(Prescription), table_of(Medication)
    statement = (
        select(
            item, sheet.c.number, sheet.c.visit_id, sheet.c.day, sheet.c.valid_until,
            name_column(sheet.c.prescriber_id).label("prescriber"), medicine.c.generic, medicine.c.generic_names,
            medicine.c.tall_man, medicine.c.strength, medicine.c.form, medicine.c.unit,
        )
        .join(sheet, sheet.c.id == item.c.prescription_id)
        .outerjoin(medicine, medicine.c.id == item.c.medication_id)
        .where(item.c.patient_id == patient_id, item.c.voided_at.is_(None))
        .order_by(sheet.c.prescribed_at.desc(), item.c.id)
        .limit(limit)
    )  # fmt: skip
    return [_item(row, reader.actor.language) for row in reader.rows(statement)]


def papers_of_visit(reader: Reader, visit_id: Id) -> list[Id]:
    """The prescriptions of a visit on paper, oldest first."""
    statement = (
        select(Paper.id)
        .join(Prescription, Prescription.id == Paper.subject_id)
        .where(Paper.kind == "prescription", Prescription.visit_id == visit_id, Prescription.voided_at.is_(None))
        .order_by(Paper.id)
    )
    return [Id(row.id) for row in reader.rows(statement)]


def _item(row: AnyRow, language: str) -> PrescribedRow:
    name = (pick(row.generic_names or {}, language) or row.generic) if row.medication_id else row.free_text
    return PrescribedRow(
        row.id, row.version, row.prescription_id, row.number, row.visit_id, row.medication_id, name,
        row.tall_man or "", row.strength or "", row.form or "", row.unit or "", row.dose_amount, row.dose_unit,
        Route(row.route), row.frequency, row.duration_days, row.quantity, row.dispensed, row.instructions,
        row.indication, ItemState(row.state), row.day, row.valid_until, row.prescriber or "", row.stop_reason,
    )  # fmt: skip
