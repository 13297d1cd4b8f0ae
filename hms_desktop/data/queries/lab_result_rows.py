"""How a kept result becomes a row of a screen: its value, range and call, the first value, the value before.

The lists themselves: `lab_results.py`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.queries.lab import options_of, panel_names
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import CriticalCall, LabOrder, LabOrderItem, LabResult, LabTest
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import Flag, ResultStatus
from hms_desktop.domain.lab_rows import CallRow, FirstValue, ResultRow
from hms_desktop.domain.lab_values import show_range, show_unit, show_value
from hms_desktop.domain.labrules import Delta, Range, delta_check
from hms_desktop.domain.plain import from_plain
from hms_desktop.domain.texts import pick

RELEASED = (ResultStatus.FINAL, ResultStatus.CORRECTED)


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier released result of the same test. `number` None: no exact number."""

    number: Decimal | None
    value: str
    unit: str
    at: datetime
    delta_percent: int | None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the results of a list, by the result's id."""

    calls: Mapping[Id, CallRow]
    firsts: Mapping[Id, FirstValue]
    pending: frozenset[Id]
    panels: Mapping[str, str]


def results() -> Select[Any]:
    """Every result with its item, order and test; imported ones have neither item nor order."""
    result, item, order, test = table_of(LabResult), table_of(LabOrderItem), table_of(LabOrder), table_of(LabTest)
    return (
        select(
            result, item.c.panel_code, item.c.order_id, order.c.number.label("order_number"),
            test.c.code.label("test_code"), test.c.name.label("test_name"), test.c.places, test.c.choices,
            test.c.delta_percent, name_column(result.c.entered_by).label("enterer"),
            name_column(result.c.verified_by).label("verifier"),
        )
        .outerjoin(item, item.c.id == result.c.item_id)
        .outerjoin(order, order.c.id == item.c.order_id)
        .outerjoin(test, test.c.id == result.c.test_id)
    )  # fmt: skip


def shown(reader: Reader, statement: Select[Any], *, compared: bool = False) -> list[ResultRow]:
    """The rows of a statement made from `results`; `compared`: each beside the result before it."""
    rows = reader.rows(statement)
    if not rows:
        return []
    ids = [row.id for row in rows]
    beside = _Beside(_calls(reader, ids), _firsts(reader, rows), _pending(reader, ids), panel_names(reader))
    older = _older(reader, rows) if compared else {}
    return [_row(reader, row, beside, older.get(row.id)) for row in rows]


def _row(reader: Reader, row: AnyRow, beside: _Beside, older: Before | None) -> ResultRow:
    limits: Range | None = from_plain(Range | None, row.range_used)
    places = 4 if row.places is None else row.places
    return ResultRow(
        id=row.id, version=row.version, item_id=row.item_id, order_id=row.order_id,
        order_number=row.order_number or "", visit_id=row.visit_id, test_code=row.test_code or "",
        name=pick(row.test_name, reader.actor.language) if row.test_name else row.name,
        panel=beside.panels.get(row.panel_code or "", row.panel_code or ""), number=row.value_number,
        value=value_of(reader, row), unit=show_unit(row.unit), flag=Flag(row.flag) if row.flag else None,
        range=show_range(limits.normal_low, limits.normal_high, places) if limits else "", limits=limits,
        status=ResultStatus(row.status), current=row.current, comment=row.comment, entered_by_id=row.entered_by,
        entered_by=row.enterer or "", entered_at=row.entered_at, verified_by=row.verifier or "",
        verified_at=row.verified_at, own_release=row.own_release, first=beside.firsts.get(row.id),
        call=beside.calls.get(row.id), pending_correction=row.id in beside.pending,
        delta=_delta(row, older), previous=older.value if older else "", previous_at=older.at if older else None,
    )  # fmt: skip


def value_of(reader: Reader, row: AnyRow) -> str:
    """The value of a result's row as people read it; the row carries its test's places and choices."""
    return show_value(row.value_number, row.value_text, row.places, options_of(reader, row.choices))


def _calls(reader: Reader, result_ids: Collection[Id]) -> dict[Id, CallRow]:
    """The newest call about each result."""
    call = table_of(CriticalCall)
    statement = select(
        call, name_column(call.c.created_by).label("caller"), name_column(call.c.acknowledged_by).label("doctor")
    ).where(call.c.result_id.in_(sorted(result_ids)))
    return {
        row.result_id: CallRow(
            row.id, row.called_person, row.called_at, row.caller or "", row.read_back, row.note, row.doctor or "",
            row.acknowledged_at,
        )
        for row in reader.rows(statement.order_by(call.c.id))
    }  # fmt: skip


def _firsts(reader: Reader, rows: Sequence[AnyRow]) -> dict[Id, FirstValue]:
    """What was reported before each correction; what was only entered and never released is not shown."""
    replacing = {row.replaces_id: row for row in rows if row.replaces_id is not None}
    if not replacing:
        return {}
    statement = results().where(LabResult.id.in_(sorted(replacing)), LabResult.verified_at.is_not(None))
    return {
        replacing[old.id].id: FirstValue(
            value_of(reader, old), show_unit(old.unit), Flag(old.flag) if old.flag else None, old.verified_at,
            replacing[old.id].correction_reason,
        )
        for old in reader.rows(statement)
    }  # fmt: skip


def _pending(reader: Reader, result_ids: Collection[Id]) -> frozenset[Id]:
    """Results whose correction waits for release."""
    statement = select(LabResult.replaces_id).where(
        LabResult.replaces_id.in_(sorted(result_ids)), LabResult.status == ResultStatus.PRELIMINARY
    )
    return frozenset(row.replaces_id for row in reader.rows(statement))


# --- the result before ---------------------------------------------------------------------------------


def history(
    reader: Reader, patient_ids: Collection[Id], test_ids: Collection[Id], loincs: Collection[str]
) -> Sequence[AnyRow]:
    """The released results of patients in these tests (imported ones by their LOINC code), newest first."""
    table = table_of(LabResult)
    statement = results().where(
        table.c.patient_id.in_(sorted(patient_ids)), table.c.current, table.c.status.in_(RELEASED),
        or_(
            table.c.test_id.in_(sorted(test_ids)),
            and_(table.c.test_id.is_(None), table.c.loinc.in_(sorted(code for code in loincs if code))),
        ),
    )  # fmt: skip
    return reader.rows(statement.order_by(table.c.entered_at.desc(), table.c.id.desc()))


def before(
    reader: Reader, rows: Iterable[AnyRow], patient_id: Id, test_id: Id | None, loinc: str, item_id: Id | None,
    at: datetime | None = None,
) -> Before | None:  # fmt: skip
    """The newest of a `history` that is of this test of this patient, of another item, and before `at`."""
    for row in rows:
        same = row.test_id == test_id if row.test_id is not None else row.loinc == loinc
        if row.patient_id != patient_id or not same or (item_id is not None and row.item_id == item_id):
            continue
        if at is None or row.entered_at < at:
            number = None if row.value_text else row.value_number
            return Before(number, value_of(reader, row), row.unit, row.entered_at, row.delta_percent)
    return None


def _older(reader: Reader, rows: Sequence[AnyRow]) -> dict[Id, Before]:
    ours = [row for row in rows if row.test_id is not None]
    patients, tests = {row.patient_id for row in ours}, {row.test_id for row in ours}
    past = history(reader, patients, tests, {row.loinc for row in ours}) if ours else []
    found = {
        row.id: before(reader, past, row.patient_id, row.test_id, row.loinc, row.item_id, row.entered_at)
        for row in ours
    }
    return {id: older for id, older in found.items() if older is not None}


def _delta(row: AnyRow, older: Before | None) -> Delta | None:
    """The change since an earlier result; None where one of them is no exact number or in another unit."""
    if older is None or older.unit != row.unit or row.value_number is None or row.value_text:
        return None
    return delta_check(
        row.value_number, older.number, None if row.delta_percent is None else Decimal(row.delta_percent)
    )
