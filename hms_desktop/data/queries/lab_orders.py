"""Lab orders with their tests: to collect, done, of a visit."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.queries.lab import panel_names, person_of
from hms_desktop.data.queries.patient_search import named
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import BillItem
from hms_desktop.data.tables.lab import LabOrder, LabOrderItem, LabResult, LabTest, Specimen
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority, OrderState, ResultStatus
from hms_desktop.domain.lab_rows import PRIORITY_RANK, OrderedTestRow, OrderRow
from hms_desktop.domain.names import words
from hms_desktop.domain.texts import pick
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, QueueState, ServicePoint, VisitState

_AFTER_THE_VISIT = timedelta(days=7)
_OPEN = (OrderState.ORDERED, OrderState.COLLECTED, OrderState.IN_PROGRESS)


def _orders() -> Select[Any]:
    order, patient, visit = table_of(LabOrder), table_of(Patient), table_of(Visit)
    return (
        select(
            order, patient.c.given_name, patient.c.middle_name, patient.c.family_name, patient.c.mrn, patient.c.sex,
            patient.c.birth_date, patient.c.birth_estimated, visit.c.number.label("visit_number"), visit.c.colour,
            name_column(order.c.ordered_by).label("orderer"),
        )
        .join(patient, patient.c.id == order.c.patient_id)
        .join(visit, visit.c.id == order.c.visit_id)
        .where(order.c.voided_at.is_(None))
    )  # fmt: skip


def _found(reader: Reader, statement: Select[Any]) -> list[OrderRow]:
    rows = reader.rows(statement)
    ids = [row.id for row in rows]
    tests, corrected = _tests(reader, ids), _corrected(reader, ids)
    return [_row(reader, row, tests.get(row.id, ()), row.id in corrected) for row in rows]


def _row(reader: Reader, row: AnyRow, tests: Sequence[OrderedTestRow], corrected: bool) -> OrderRow:
    return OrderRow(
        id=row.id, version=row.version, number=row.number, person=person_of(reader, row), visit_id=row.visit_id,
        visit_number=row.visit_number, priority=LabPriority(row.priority), state=OrderState(row.state),
        ordered_at=row.ordered_at, ordered_by=row.orderer or "", completed_at=row.completed_at,
        clinical_notes=row.clinical_notes, diagnosis=row.diagnosis, tests=tuple(tests), colour=row.colour,
        corrected=corrected,
    )  # fmt: skip


def _tests(reader: Reader, order_ids: Collection[Id]) -> dict[Id, list[OrderedTestRow]]:
    if not order_ids:
        return {}
    panels = panel_names(reader)
    found: dict[Id, list[OrderedTestRow]] = {}
    for row in items(reader, order_ids):
        name = pick(row.name, reader.actor.language)
        panel = panels.get(row.panel_code, row.panel_code)
        made = OrderedTestRow(
            row.id,
            row.version,
            row.code,
            name,
            panel,
            row.specimen,
            row.category,
            OrderState(row.state),
            row.cancel_reason,
        )
        found.setdefault(row.order_id, []).append(made)
    return found


def _corrected(reader: Reader, order_ids: Collection[Id]) -> frozenset[Id]:
    if not order_ids:
        return frozenset()
    result, item = table_of(LabResult), table_of(LabOrderItem)
    statement = (
        select(item.c.order_id)
        .join(result, result.c.item_id == item.c.id)
        .where(item.c.order_id.in_(order_ids), result.c.status == ResultStatus.CORRECTED, result.c.current)
    )
    return frozenset(row.order_id for row in reader.rows(statement))


def items(reader: Reader, order_ids: Collection[Id]) -> Sequence[AnyRow]:
    """The items of orders with what their test says, in the order in which they were asked for."""
    item, test = table_of(LabOrderItem), table_of(LabTest)
    statement = (
        select(
            item, test.c.code, test.c.name, test.c.loinc, test.c.specimen, test.c.unit, test.c.result_kind,
            test.c.places, test.c.choices, test.c.preparation, test.c.turnaround_minutes, test.c.delta_percent,
            test.c.possible_low, test.c.possible_high, test.c.category,
        )
        .join(test, test.c.id == item.c.test_id)
        .where(item.c.order_id.in_(order_ids), item.c.voided_at.is_(None))
        .order_by(item.c.order_id, item.c.id)
    )  # fmt: skip
    return reader.rows(statement)


def order(reader: Reader, order_id: Id) -> OrderRow | None:
    """One order, or None."""
    found = _found(reader, _orders().where(LabOrder.id == order_id))
    return found[0] if found else None


def orders_of_visit(reader: Reader, visit_id: Id) -> list[OrderRow]:
    """The orders of a visit, oldest first."""
    return _found(reader, _orders().where(LabOrder.visit_id == visit_id).order_by(LabOrder.ordered_at, LabOrder.id))


def orders_by_id(reader: Reader, order_ids: Collection[Id]) -> dict[Id, OrderRow]:
    """These orders by their ids."""
    if not order_ids:
        return {}
    return {row.id: row for row in _found(reader, _orders().where(LabOrder.id.in_(sorted(order_ids))))}


def to_collect(reader: Reader, limit: int = 200) -> list[OrderRow]:
    """Orders of which something must still be taken, most urgent first, then who has waited longest.

    Of a visit that is over (the patient went home before the blood was drawn, or it must be drawn again) for a week.
    """
    item = table_of(LabOrderItem)
    missing = select(item.c.order_id).where(item.c.state == OrderState.ORDERED, item.c.voided_at.is_(None))
    statement = _orders().where(
        LabOrder.id.in_(missing), LabOrder.state.in_(_OPEN), Visit.state != VisitState.CANCELLED,
        or_(Visit.state == VisitState.OPEN, LabOrder.ordered_at >= reader.now - _AFTER_THE_VISIT),
    )  # fmt: skip
    rows = _found(reader, statement.order_by(LabOrder.ordered_at.desc(), LabOrder.id.desc()).limit(limit))
    return sorted(rows, key=lambda row: (PRIORITY_RANK[row.priority], row.ordered_at, row.id))


def open_orders(reader: Reader, visit_id: Id) -> bool:
    """Whether a visit still waits for results."""
    statement = select(LabOrder.id).where(
        LabOrder.visit_id == visit_id, LabOrder.state.in_(_OPEN), LabOrder.voided_at.is_(None)
    )
    return reader.scalar(statement.limit(1)) is not None


def uncollected(reader: Reader, visit_id: Id) -> bool:
    """Whether something of a visit must still be taken."""
    item, order_ = table_of(LabOrderItem), table_of(LabOrder)
    statement = (
        select(item.c.id)
        .join(order_, order_.c.id == item.c.order_id)
        .where(
            order_.c.visit_id == visit_id, item.c.state == OrderState.ORDERED, item.c.voided_at.is_(None),
            order_.c.voided_at.is_(None),
        )
    )  # fmt: skip
    return reader.scalar(statement.limit(1)) is not None


def open_items(reader: Reader, visit_id: Id) -> Sequence[AnyRow]:
    """Tests of a visit that were asked for and have no released result yet."""
    item, order_, test = table_of(LabOrderItem), table_of(LabOrder), table_of(LabTest)
    statement = (
        select(test.c.code, test.c.name)
        .join(item, item.c.test_id == test.c.id)
        .join(order_, order_.c.id == item.c.order_id)
        .where(order_.c.visit_id == visit_id, item.c.state.in_(_OPEN), item.c.voided_at.is_(None))
        .order_by(item.c.id)
    )
    return reader.rows(statement)


def done(
    reader: Reader, since: date, *, text: str = "", before: tuple[datetime, Id] | None = None, limit: int = 100
) -> list[OrderRow]:
    """Orders with released results, newest first; `text` begins a name, an order or a patient number."""
    released = select(LabOrderItem.order_id).where(LabOrderItem.state == OrderState.COMPLETED).scalar_subquery()
    statement = _orders().where(LabOrder.id.in_(released), Visit.day >= since)
    if words(text):
        statement = statement.where(or_(named(reader, text), LabOrder.number.startswith(text.upper(), autoescape=True)))
    if before is not None:
        at, id = before
        statement = statement.where(or_(LabOrder.ordered_at < at, and_(LabOrder.ordered_at == at, LabOrder.id < id)))
    return _found(reader, statement.order_by(LabOrder.ordered_at.desc(), LabOrder.id.desc()).limit(limit))


def queue_entries(reader: Reader, visit_ids: Collection[Id]) -> dict[Id, AnyRow]:
    """The lab's queue entry of each visit: where the patient waits, or did not come when called."""
    entry = table_of(QueueEntry)
    states = [*OPEN_QUEUE_STATES, QueueState.NO_SHOW]
    statement = select(entry).where(
        entry.c.visit_id.in_(sorted(visit_ids)), entry.c.service_point == ServicePoint.LAB,
        entry.c.state.in_(sorted(states)), entry.c.voided_at.is_(None),
    )  # fmt: skip
    return {row.visit_id: row for row in reader.rows(statement.order_by(entry.c.id))}


def rejected(reader: Reader, specimen_ids: Collection[Id]) -> dict[Id, AnyRow]:
    """Specimens by id, for those that must be replaced."""
    table = table_of(Specimen)
    if not specimen_ids:
        return {}
    return {row.id: row for row in reader.rows(select(table).where(table.c.id.in_(sorted(specimen_ids))))}


def unsettled(reader: Reader, charge_ids: Collection[Id]) -> dict[Id, int]:
    """What is still to be paid of charges, in minor units; settled ones are left out."""
    if not charge_ids:
        return {}
    line = table_of(BillItem)
    statement = select(line.c.charge_id, line.c.amount, line.c.settled).where(
        line.c.charge_id.in_(sorted(charge_ids)), line.c.voided_at.is_(None), line.c.settled < line.c.amount
    )
    return {row.charge_id: row.amount - row.settled for row in reader.rows(statement)}
