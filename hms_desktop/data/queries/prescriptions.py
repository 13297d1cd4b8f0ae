"""Prescriptions, their items, and medicines with what is left of them."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import and_, bindparam, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.question import Column, Question, first, rows_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.audit import Paper
from hms_desktop.data.tables.pharmacy import Medication, StockBalance, StockBatch
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.prescriptions import MedicationRow, PrescribedRow
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


_MOST_ITEMS = 200


@cache
def _items() -> Question:
    """What was prescribed to a patient, in the order of `PrescribedRow`."""
    item, sheet, medicine = table_of(PrescriptionItem), table_of(Prescription), table_of(Medication)
    statement = (
        select(
            item.c.id, item.c.version, item.c.prescription_id, sheet.c.number, sheet.c.visit_id, item.c.medication_id,
            item.c.free_text, medicine.c.tall_man, medicine.c.strength, medicine.c.form, medicine.c.unit,
            item.c.dose_amount, item.c.dose_unit, item.c.route, item.c.frequency, item.c.duration_days, item.c.quantity,
            item.c.dispensed, item.c.instructions, item.c.indication, item.c.state, sheet.c.day, sheet.c.valid_until,
            name_column(sheet.c.prescriber_id).label("prescriber"), item.c.stop_reason, medicine.c.generic,
            medicine.c.generic_names,
        )
        .join(sheet, sheet.c.id == item.c.prescription_id)
        .outerjoin(medicine, medicine.c.id == item.c.medication_id)
        .where(item.c.patient_id == bindparam("patient", type_=item.c.patient_id.type), item.c.voided_at.is_(None))
        .order_by(sheet.c.prescribed_at.desc(), item.c.id)
    )  # fmt: skip
    return Question(first(statement, _MOST_ITEMS))


def items_of_patient(reader: Reader, patient_id: Id) -> list[PrescribedRow]:
    """What was prescribed to the patient, newest first."""
    columns = reader.columns(_items(), patient=patient_id)
    (ids, versions, sheets, numbers, visits, medicines, written, *medicine), rest = columns[:11], columns[11:]
    *taken, prescribers, stopped, generics, translated = rest
    language = reader.actor.language
    names = [
        free if id is None else pick(texts or {}, language) or generic
        for id, free, generic, texts in zip(medicines, written, generics, translated, strict=True)
    ]
    return rows_of(
        PrescribedRow, ids, versions, sheets, numbers, visits, medicines, names, *map(_blank, medicine), *taken,
        _blank(prescribers), stopped,
    )  # fmt: skip


def _blank(column: Column) -> list[str]:
    """A column of text with '' where there is none."""
    return [value or "" for value in column]


def papers_of_visit(reader: Reader, visit_id: Id) -> list[Id]:
    """The prescriptions of a visit on paper, oldest first."""
    statement = (
        select(Paper.id)
        .join(Prescription, Prescription.id == Paper.subject_id)
        .where(Paper.kind == "prescription", Prescription.visit_id == visit_id, Prescription.voided_at.is_(None))
        .order_by(Paper.id)
    )
    return [Id(row.id) for row in reader.rows(statement)]
