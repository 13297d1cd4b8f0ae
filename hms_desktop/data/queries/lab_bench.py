"""The bench: specimens with work on them, found by accession number, and what the entry grid needs of one."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries import lab, lab_results
from hms_desktop.data.queries.lab_orders import items
from hms_desktop.data.queries.lab_result_rows import before, history
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import LabOrder, LabOrderItem, LabResult, Specimen
from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority, OrderState, SpecimenState
from hms_desktop.domain.lab_rows import PRIORITY_RANK, BenchRow, EntryRow, ResultRow, due_at
from hms_desktop.domain.lab_values import show_unit
from hms_desktop.domain.labrules import Range, choose_range
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.texts import pick

ON_THE_BENCH = (OrderState.COLLECTED, OrderState.IN_PROGRESS)


def _specimens() -> Select[Any]:
    specimen, order, patient = table_of(Specimen), table_of(LabOrder), table_of(Patient)
    return (
        select(
            specimen, order.c.number, order.c.priority, patient.c.given_name, patient.c.middle_name,
            patient.c.family_name, patient.c.mrn, patient.c.sex, patient.c.birth_date, patient.c.birth_estimated,
        )
        .join(order, order.c.id == specimen.c.order_id)
        .join(patient, patient.c.id == specimen.c.patient_id)
        .where(specimen.c.voided_at.is_(None))
    )  # fmt: skip


def on_the_bench(reader: Reader) -> list[BenchRow]:
    """Specimens with tests that are not released: what lacks a result first, by priority, then by waiting time."""
    item = table_of(LabOrderItem)
    busy = select(item.c.specimen_id).where(
        item.c.state.in_(ON_THE_BENCH), item.c.specimen_id.is_not(None), item.c.voided_at.is_(None)
    )
    rows = _shown(reader, _specimens().where(Specimen.id.in_(busy), Specimen.state != SpecimenState.REJECTED))
    return sorted(
        rows, key=lambda row: (row.waits_for_release, PRIORITY_RANK[row.priority], row.collected_at, row.accession)
    )


def by_accession(reader: Reader, accession: str) -> BenchRow | None:
    """The specimen with this number, in whatever state, or None."""
    found = _shown(reader, _specimens().where(Specimen.accession == accession))
    return found[0] if found else None


def by_id(reader: Reader, specimen_id: Id) -> BenchRow | None:
    """One specimen, or None."""
    found = _shown(reader, _specimens().where(Specimen.id == specimen_id))
    return found[0] if found else None


def specimen_of(reader: Reader, item_id: Id | None) -> BenchRow | None:
    """The specimen that an item is done from, or None."""
    item = table_of(LabOrderItem)
    specimen_id = reader.scalar(select(item.c.specimen_id).where(item.c.id == item_id))
    return None if specimen_id is None else by_id(reader, specimen_id)


def _shown(reader: Reader, statement: Select[Any]) -> list[BenchRow]:
    rows = reader.rows(statement)
    tests: dict[Id, list[AnyRow]] = {}
    for item in items(reader, {row.order_id for row in rows}) if rows else ():
        if item.specimen_id is not None and item.state != OrderState.CANCELLED:
            tests.setdefault(item.specimen_id, []).append(item)
    entered = _entered(reader, [row.id for row in rows])
    return [_row(reader, row, tests.get(row.id, []), entered) for row in rows]


def _row(reader: Reader, row: AnyRow, tests: Sequence[AnyRow], entered: Collection[Id]) -> BenchRow:
    waiting = [item for item in tests if item.state in ON_THE_BENCH]
    minutes = max((item.turnaround_minutes for item in waiting), default=0)
    return BenchRow(
        id=row.id, version=row.version, accession=row.accession, order_id=row.order_id, order_number=row.number,
        person=lab.person_of(reader, row), specimen=row.kind,
        tests=tuple(pick(item.name, reader.actor.language) for item in tests), priority=LabPriority(row.priority),
        state=SpecimenState(row.state), collected_at=row.collected_at, received_at=row.received_at,
        due_at=due_at(row.collected_at, row.received_at, minutes), total=len(waiting),
        entered=sum(item.id in entered for item in waiting), reject_reason=row.reject_reason,
        reject_note=row.reject_note,
    )  # fmt: skip


def _entered(reader: Reader, specimen_ids: Collection[Id]) -> frozenset[Id]:
    """Items of specimens that have a result now."""
    if not specimen_ids:
        return frozenset()
    item, result = table_of(LabOrderItem), table_of(LabResult)
    statement = (
        select(result.c.item_id)
        .join(item, item.c.id == result.c.item_id)
        .where(item.c.specimen_id.in_(sorted(specimen_ids)), result.c.current)
    )
    return frozenset(row.item_id for row in reader.rows(statement))


def last_rejected(reader: Reader, order_id: Id, kind: str) -> AnyRow | None:
    """The rejected specimen of this kind that no other has replaced yet."""
    specimen = table_of(Specimen)
    replaced = select(Specimen.replaces_id).where(Specimen.replaces_id.is_not(None))
    statement = select(specimen).where(
        specimen.c.order_id == order_id, specimen.c.kind == kind, specimen.c.state == SpecimenState.REJECTED,
        specimen.c.id.not_in(replaced),
    )  # fmt: skip
    return reader.first(statement.order_by(specimen.c.id.desc()))


def entries(reader: Reader, specimen: BenchRow, *, pregnant: bool) -> list[EntryRow]:
    """The tests of a specimen as the grid shows them: ranges for the patient's age when it was taken."""
    tests = [
        item
        for item in items(reader, [specimen.order_id])
        if item.specimen_id == specimen.id and item.state != OrderState.CANCELLED
    ]
    patient = reader.get(Patient, specimen.person.patient_id)
    age = lab.age_days(patient.birth_date, reader.local(specimen.collected_at).date())
    ranges = lab.ranges_of(reader, {item.test_id for item in tests})
    known = lab_results.of_items(reader, {item.id for item in tests})
    past = history(reader, {patient.id}, {item.test_id for item in tests}, {item.loinc for item in tests})
    panels = lab.panel_names(reader)
    return [
        _entry(
            reader, item, past, known.get(item.id), panels.get(item.panel_code, ""),
            choose_range(ranges.get(item.test_id, []), Sex(patient.sex), age, pregnant=pregnant),
        )
        for item in tests
    ]  # fmt: skip


def _entry(
    reader: Reader, item: AnyRow, past: Sequence[AnyRow], result: ResultRow | None, panel: str, limits: Range | None
) -> EntryRow:
    older = before(reader, past, item.patient_id, item.test_id, item.loinc, item.id)
    comparable: Decimal | None = older.number if older and older.unit == item.unit else None
    return EntryRow(
        item_id=item.id, test_code=item.code, name=pick(item.name, reader.actor.language), panel=panel,
        unit=show_unit(item.unit), rules=lab.rules_of(reader, item), limits=limits, delta_percent=item.delta_percent,
        previous=older.value if older else "", previous_number=comparable, previous_at=older.at if older else None,
        state=OrderState(item.state), result=result,
    )  # fmt: skip


def used(reader: Reader, order_id: Id) -> Sequence[AnyRow]:
    """The specimens of an order that were not rejected, in the order in which they were taken."""
    specimen = table_of(Specimen)
    statement = select(specimen).where(
        specimen.c.order_id == order_id, specimen.c.state != SpecimenState.REJECTED, specimen.c.voided_at.is_(None)
    )
    return reader.rows(statement.order_by(specimen.c.id))
