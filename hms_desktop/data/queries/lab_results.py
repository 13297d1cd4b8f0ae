"""Results: what waits for release, what a patient or a visit has, what is critical and nobody was told of."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.queries.lab import person_of
from hms_desktop.data.queries.lab_result_rows import RELEASED, results, shown
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import CriticalCall, LabOrder, LabOrderItem, LabResult, LabTest
from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import ResultStatus
from hms_desktop.domain.lab_rows import AlertRow, ResultRow
from hms_desktop.domain.lab_values import CRITICAL_FLAGS


def preliminary(reader: Reader, item_ids: Collection[Id]) -> Sequence[AnyRow]:
    """What is entered of items and not released, corrections that wait for release included."""
    if not item_ids:
        return []
    table = table_of(LabResult)
    statement = select(table).where(table.c.item_id.in_(sorted(item_ids)), table.c.status == ResultStatus.PRELIMINARY)
    return reader.rows(statement.order_by(table.c.id))


def current(reader: Reader, item_id: Id) -> AnyRow | None:
    """The result that counts for an item now, released or not."""
    table = table_of(LabResult)
    return reader.first(select(table).where(table.c.item_id == item_id, table.c.current))


def calls_about(reader: Reader, result_id: Id) -> Sequence[AnyRow]:
    """Who was told of a result, the first call first."""
    table = table_of(CriticalCall)
    return reader.rows(select(table).where(table.c.result_id == result_id).order_by(table.c.id))


def result(reader: Reader, result_id: Id) -> ResultRow | None:
    """One result, or None."""
    found = shown(reader, results().where(LabResult.id == result_id), compared=True)
    return found[0] if found else None


def of_items(reader: Reader, item_ids: Collection[Id]) -> dict[Id, ResultRow]:
    """The result that counts for each item now."""
    if not item_ids:
        return {}
    found = shown(reader, results().where(LabResult.item_id.in_(sorted(item_ids)), LabResult.current))
    return {row.item_id: row for row in found if row.item_id is not None}


def to_release(reader: Reader) -> list[ResultRow]:
    """Everything entered and not released, corrections included, in the order in which it was asked for."""
    statement = results().where(LabResult.status == ResultStatus.PRELIMINARY, LabResult.item_id.is_not(None))
    return shown(reader, statement.order_by(LabResult.item_id, LabResult.id), compared=True)


def of_orders(reader: Reader, order_ids: Collection[Id]) -> list[ResultRow]:
    """The results that count of orders, preliminary ones too, in the order in which they were asked for."""
    if not order_ids:
        return []
    statement = results().where(table_of(LabOrderItem).c.order_id.in_(sorted(order_ids)), LabResult.current)
    return shown(reader, statement.order_by(LabResult.item_id), compared=True)


def of_visit(reader: Reader, visit_id: Id) -> list[ResultRow]:
    """The results that count of a visit, preliminary ones too, in the order in which they were asked for."""
    statement = results().where(LabResult.visit_id == visit_id, LabResult.current)
    return shown(reader, statement.order_by(LabResult.item_id, LabResult.id), compared=True)


def of_patient(reader: Reader, patient_id: Id, *, limit: int = 200) -> list[ResultRow]:
    """The released results of a patient, newest first."""
    statement = results().where(LabResult.patient_id == patient_id, LabResult.current, LabResult.status.in_(RELEASED))
    return shown(reader, statement.order_by(LabResult.entered_at.desc(), LabResult.id.desc()).limit(limit))


def trend(reader: Reader, patient_id: Id, test_code: str, limit: int = 50) -> list[ResultRow]:
    """The released results of one test of a patient, oldest first; imported ones by their LOINC code too."""
    test, table = table_of(LabTest), table_of(LabResult)
    known = reader.first(select(test.c.id, test.c.loinc).where(test.c.code == test_code))
    if known is None:
        return []
    same = table.c.test_id == known.id
    if known.loinc:
        same = or_(same, table.c.loinc == known.loinc)
    statement = results().where(table.c.patient_id == patient_id, table.c.current, table.c.status.in_(RELEASED), same)
    newest = statement.order_by(table.c.entered_at.desc(), table.c.id.desc()).limit(limit)
    return list(reversed(shown(reader, newest)))


def alerts(reader: Reader, limit: int = 100) -> list[AlertRow]:
    """Critical results that nobody was told of, or that no doctor has acknowledged; the oldest first."""
    table, call = table_of(LabResult), table_of(CriticalCall)
    acknowledged = select(call.c.result_id).where(call.c.acknowledged_at.is_not(None))
    statement = (
        results()
        .where(
            table.c.flag.in_(sorted(CRITICAL_FLAGS)), table.c.item_id.is_not(None),
            table.c.status != ResultStatus.CANCELLED,
            or_(table.c.current, table.c.status == ResultStatus.PRELIMINARY), table.c.id.not_in(acknowledged),
        )
        .order_by(table.c.entered_at, table.c.id)
        .limit(limit)
    )  # fmt: skip
    rows = shown(reader, statement)
    people = _people(reader, [row.id for row in rows])
    return [
        AlertRow(
            row,
            person_of(reader, people[row.id]),
            row.visit_id,
            people[row.id].orderer or "",
            people[row.id].ordered_by,
        )
        for row in rows
    ]


def _people(reader: Reader, result_ids: Collection[Id]) -> dict[Id, AnyRow]:
    """The patient of each result, and who asked for it."""
    if not result_ids:
        return {}
    table, item, order, patient = (table_of(each) for each in (LabResult, LabOrderItem, LabOrder, Patient))
    statement = (
        select(
            table.c.id.label("result_id"), patient.c.id.label("patient_id"), patient.c.given_name,
            patient.c.middle_name, patient.c.family_name, patient.c.mrn, patient.c.sex, patient.c.birth_date,
            patient.c.birth_estimated, order.c.ordered_by,
            name_column(order.c.ordered_by).label("orderer"),
        )
        .join(patient, patient.c.id == table.c.patient_id)
        .join(item, item.c.id == table.c.item_id)
        .join(order, order.c.id == item.c.order_id)
        .where(table.c.id.in_(sorted(result_ids)))
    )  # fmt: skip
    return {row.result_id: row for row in reader.rows(statement)}
