"""Prescriptions as the pharmacy sees them: who waits, what is owed, what was given, from which batches."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries import stock
from hms_desktop.data.queries.stock import shown_name
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import BillItem, Charge
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.pharmacy import Dispensing, DispensingItem, Medication, StockBatch, StockMovement
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.dispensing import FoundRow, ItemRow, OwedRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import listed_name
from hms_desktop.domain.pharmacy import OPEN_ITEMS, DispensingState, MovementKind
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState, Route
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, ServicePoint, VisitKind

_item, _sheet, _medication = table_of(PrescriptionItem), table_of(Prescription), table_of(Medication)
_dispensing, _given = table_of(Dispensing), table_of(DispensingItem)
OPEN = and_(_item.c.state.in_(sorted(OPEN_ITEMS)), _item.c.voided_at.is_(None), _item.c.medication_id.is_not(None))
"""Items of which something can still be given: medicines of the list, not free text."""


def live(reader: Reader) -> Any:
    """Prescriptions that can be dispensed today."""
    return and_(
        _sheet.c.status == PrescriptionState.ACTIVE, _sheet.c.valid_until >= reader.today, _sheet.c.voided_at.is_(None)
    )


def open_items_of_visits(reader: Reader, visit_ids: Collection[Id]) -> Sequence[AnyRow]:
    """Open items of the live prescriptions of these visits: visit, prescription, number, medicine, what is left."""
    if not visit_ids:
        return []
    statement = (
        select(
            _sheet.c.visit_id, _sheet.c.id.label("prescription_id"), _sheet.c.number, _item.c.id, _item.c.medication_id,
            (_item.c.quantity - _item.c.dispensed).label("left"),
        )
        .join(_sheet, _sheet.c.id == _item.c.prescription_id)
        .where(_sheet.c.visit_id.in_(sorted(visit_ids)), live(reader), OPEN)
        .order_by(_sheet.c.prescribed_at, _sheet.c.id, _item.c.id)
    )  # fmt: skip
    return reader.rows(statement)


def owed_items(reader: Reader, limit: int = 300) -> list[OwedRow]:
    """Open items of patients who do not wait at the pharmacy now, the oldest first. `usable` is not filled in yet."""
    entry, visit, patient = table_of(QueueEntry), table_of(Visit), table_of(Patient)
    waits = exists().where(
        entry.c.visit_id == _sheet.c.visit_id, entry.c.service_point == ServicePoint.PHARMACY,
        entry.c.state.in_(sorted(OPEN_QUEUE_STATES)), entry.c.voided_at.is_(None),
    )  # fmt: skip
    statement = (
        select(
            _item.c.id, _sheet.c.id.label("prescription_id"), _sheet.c.number, _sheet.c.day, _sheet.c.valid_until,
            patient.c.id.label("patient_id"), patient.c.given_name, patient.c.middle_name, patient.c.family_name,
            patient.c.mrn, patient.c.phone, _medication.c.tall_man, _medication.c.generic, _medication.c.generic_names,
            _medication.c.strength, _medication.c.form, _medication.c.unit,
            (_item.c.quantity - _item.c.dispensed).label("left"), _item.c.medication_id,
        )
        .join(_sheet, _sheet.c.id == _item.c.prescription_id)
        .join(visit, visit.c.id == _sheet.c.visit_id)
        .join(patient, patient.c.id == _sheet.c.patient_id)
        .join(_medication, _medication.c.id == _item.c.medication_id)
        .where(live(reader), OPEN, visit.c.kind != VisitKind.IMPORTED, ~waits)
        .order_by(_sheet.c.day, _sheet.c.id, _item.c.id)
        .limit(limit)
    )  # fmt: skip
    rows = reader.rows(statement)
    shelf = usable_by_medicine(reader, {row.medication_id for row in rows})
    return [_owed(row, shelf.get(row.medication_id, 0), reader.actor.language) for row in rows]


def _owed(row: AnyRow, usable: int, language: str) -> OwedRow:
    return OwedRow(
        row.id, row.prescription_id, row.number, row.patient_id,
        listed_name(row.given_name, row.middle_name, row.family_name), row.mrn, row.phone, shown_name(row, language),
        row.strength, row.form, row.unit, row.left, usable, row.day, row.valid_until,
    )  # fmt: skip


def usable_by_medicine(reader: Reader, medication_ids: Iterable[Id], location_id: Id | None = None) -> dict[Id, int]:
    """Units that may be given today, by medicine, at a location (the station's own shelf when none is named)."""
    held = stock.lots(reader, list(medication_ids), location_id or stock.shelf_of_station(reader))
    return {each: sum(lot.quantity for lot in many if lot.expiry >= reader.today) for each, many in held.items()}


def items(reader: Reader, prescription_id: Id) -> list[ItemRow]:
    """The items of a prescription in the order they were written."""
    statement = (
        select(
            _item, _medication.c.tall_man, _medication.c.generic, _medication.c.generic_names, _medication.c.strength,
            _medication.c.form, _medication.c.unit,
        )
        .outerjoin(_medication, _medication.c.id == _item.c.medication_id)
        .where(_item.c.prescription_id == prescription_id, _item.c.voided_at.is_(None))
        .order_by(_item.c.id)
    )  # fmt: skip
    rows = reader.rows(statement)
    waiting = priced_units(reader, [row.id for row in rows])
    return [_item_row(row, waiting.get(row.id, 0), reader.actor.language) for row in rows]


def _item_row(row: AnyRow, priced: int, language: str) -> ItemRow:
    name = shown_name(row, language) if row.medication_id else row.free_text
    return ItemRow(
        row.id, row.version, row.medication_id, name, row.strength or "", row.form or "", row.unit or "",
        row.dose_amount, row.dose_unit, Route(row.route), row.frequency, row.duration_days, row.instructions,
        row.indication, row.quantity, row.dispensed, priced, ItemState(row.state), row.override_reason, row.stop_reason,
    )  # fmt: skip


def priced_units(reader: Reader, item_ids: Collection[Id]) -> dict[Id, int]:
    """Prescribed units that wait for the cashier, by item."""
    if not item_ids:
        return {}
    statement = (
        select(_given.c.prescription_item_id, func.sum(_given.c.covers))
        .join(_dispensing, _dispensing.c.id == _given.c.dispensing_id)
        .where(
            _given.c.prescription_item_id.in_(sorted(item_ids)), _dispensing.c.state == DispensingState.PRICED,
            _dispensing.c.voided_at.is_(None),
        )
        .group_by(_given.c.prescription_item_id)
    )  # fmt: skip
    return {row[0]: int(row[1]) for row in reader.rows(statement)}


def promised(reader: Reader, medication_ids: Collection[Id], location_id: Id) -> dict[Id, int]:
    """Units on this shelf that were priced today for patients who are at the cashier, by medicine."""
    if not medication_ids:
        return {}
    statement = (
        select(_given.c.medication_id, func.sum(_given.c.quantity))
        .join(_dispensing, _dispensing.c.id == _given.c.dispensing_id)
        .where(
            _given.c.medication_id.in_(sorted(medication_ids)), _dispensing.c.state == DispensingState.PRICED,
            _dispensing.c.location_id == location_id, _dispensing.c.day == reader.today,
            _dispensing.c.voided_at.is_(None),
        )
        .group_by(_given.c.medication_id)
    )  # fmt: skip
    return {row[0]: int(row[1]) for row in reader.rows(statement)}


def dispensings(reader: Reader, prescription_id: Id) -> Sequence[AnyRow]:
    """Every dispensing of a prescription, the oldest first."""
    return _dispensings(reader, _dispensing.c.prescription_id == prescription_id)


def dispensings_of_visit(reader: Reader, visit_id: Id) -> Sequence[AnyRow]:
    """Every dispensing of a visit, the oldest first."""
    return _dispensings(reader, _dispensing.c.visit_id == visit_id)


def _dispensings(reader: Reader, where: ColumnElement[bool]) -> Sequence[AnyRow]:
    statement = select(_dispensing).where(where, _dispensing.c.voided_at.is_(None))
    return reader.rows(statement.order_by(_dispensing.c.id))


def priced_sheets(reader: Reader, visit_ids: Collection[Id]) -> Sequence[AnyRow]:
    """What waits for the cashier at these visits, by prescription: `amount` (minor units), `open` lines not settled."""
    line = table_of(BillItem)
    unsettled = case((or_(line.c.voided_at.is_not(None), line.c.settled < line.c.amount), 1), else_=0)
    statement = (
        select(
            _dispensing.c.prescription_id, func.sum(_given.c.unit_price * _given.c.quantity).label("amount"),
            func.sum(unsettled).label("open"),
        )
        .join(_given, _given.c.dispensing_id == _dispensing.c.id)
        .outerjoin(line, line.c.charge_id == _given.c.charge_id)
        .where(
            _dispensing.c.visit_id.in_(sorted(visit_ids)), _dispensing.c.state == DispensingState.PRICED,
            _dispensing.c.voided_at.is_(None),
        )
        .group_by(_dispensing.c.prescription_id)
    )  # fmt: skip
    return reader.rows(statement) if visit_ids else []


def given_items(reader: Reader, dispensing_ids: Collection[Id]) -> Sequence[AnyRow]:
    """The lines of these dispensings with their medicine's names, in the order they were written."""
    if not dispensing_ids:
        return []
    named = (_medication.c.code, _medication.c.tall_man, _medication.c.generic, _medication.c.generic_names)
    statement = (
        select(_given, *named, _medication.c.strength, _medication.c.form, _medication.c.unit)
        .join(_medication, _medication.c.id == _given.c.medication_id)
        .where(_given.c.dispensing_id.in_(sorted(dispensing_ids)))
        .order_by(_given.c.id)
    )
    return reader.rows(statement)


def batches_given(reader: Reader, item_ids: Collection[Id]) -> Sequence[AnyRow]:
    """The movements by which these dispensing items left the shelf, with number and expiry of the batch."""
    movement, batch = table_of(StockMovement), table_of(StockBatch)
    if not item_ids:
        return []
    statement = (
        select(movement, batch.c.number, batch.c.expiry)
        .join(batch, batch.c.id == movement.c.batch_id)
        .where(movement.c.source_id.in_(sorted(item_ids)), movement.c.kind == MovementKind.DISPENSE)
        .order_by(movement.c.batch_id, movement.c.id)
    )
    return reader.rows(statement)


def find(reader: Reader, number: str, limit: int = 20) -> list[FoundRow]:
    """Prescriptions of this number, or of the patient with this MRN, the newest first."""
    wanted = or_(_sheet.c.number == number, table_of(Patient).c.mrn == number)
    statement = _found().where(wanted, _sheet.c.voided_at.is_(None))
    return [_found_row(row) for row in reader.rows(statement.order_by(_sheet.c.prescribed_at.desc()).limit(limit))]


def of_patient(reader: Reader, patient_id: Id, limit: int = 20) -> list[FoundRow]:
    """A patient's prescriptions, the newest first."""
    statement = _found().where(_sheet.c.patient_id == patient_id, _sheet.c.voided_at.is_(None))
    return [_found_row(row) for row in reader.rows(statement.order_by(_sheet.c.prescribed_at.desc()).limit(limit))]


def _found() -> Select[Any]:
    patient = table_of(Patient)
    count = select(func.count()).where(_item.c.prescription_id == _sheet.c.id, OPEN).correlate(_sheet).scalar_subquery()
    return select(
        _sheet.c.id, _sheet.c.number, _sheet.c.patient_id, _sheet.c.day, _sheet.c.status, patient.c.given_name,
        patient.c.middle_name, patient.c.family_name, patient.c.mrn, count.label("open_items"),
    ).join(patient, patient.c.id == _sheet.c.patient_id)  # fmt: skip


def _found_row(row: AnyRow) -> FoundRow:
    return FoundRow(
        row.id, row.number, row.patient_id, listed_name(row.given_name, row.middle_name, row.family_name), row.mrn,
        row.day, PrescriptionState(row.status), row.open_items,
    )  # fmt: skip


def is_void(reader: Reader, charge_id: Id) -> bool:
    """Whether a charge was taken back."""
    return reader.scalar(select(Charge.voided_at).where(Charge.id == charge_id)) is not None


def products(reader: Reader) -> Sequence[AnyRow]:
    """Every active medicine, for a search among products with the same ingredients."""
    statement = select(_medication).where(_medication.c.active, _medication.c.voided_at.is_(None))
    return reader.rows(statement.order_by(_medication.c.generic_folded, _medication.c.strength))
