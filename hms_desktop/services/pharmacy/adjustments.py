"""Correcting the shelf: what was counted, lost, broken; expired batches written off. Always with a reason.

Above the clinic's limit in value, counted by batch and day, a second person who may approve must agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import stock as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.pharmacy import StockBatch
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, ReasonNeeded, StaleRecord
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import MovementKind, is_expired
from hms_desktop.services.approval import require_second_above
from hms_desktop.services.catalogue import reason_rows
from hms_desktop.services.service import writes
from hms_desktop.services.stock import move, shelf


@dataclass(frozen=True, kw_only=True)
class AdjustStock(Command):
    """What is really there of a batch. `seen` is the balance that the person saw, so that nothing given meanwhile is
    counted twice; `reason_code` is of the list of adjustment reasons, `reason` in own words.
    """

    batch_id: Id
    counted: int
    seen: int
    reason_code: str
    reason: str = ""
    location_id: Id | None = None
    approved_by: Id | None = None


@dataclass(frozen=True, kw_only=True)
class WriteOffExpired(Command):
    """Take expired batches off the shelf, whole."""

    batch_ids: tuple[Id, ...]
    reason: str
    location_id: Id | None = None
    approved_by: Id | None = None


@dataclass(frozen=True, slots=True)
class StockAdjusted:
    """Units that came (positive) or went, what they cost, and what the last batch has now."""

    units: int
    value: Decimal
    balance: int


@writes("pharmacy.adjust")
def adjust_stock(work: Work, command: AdjustStock) -> StockAdjusted:
    """Set a batch to what was counted, by a movement with a reason.

    Raises ReasonNeeded, InvalidValue (`counted`, `reason_code`), StaleRecord (it moved since), SecondPersonNeeded.
    """
    location = shelf(work, command.location_id)
    batch = work.get(StockBatch, command.batch_id)
    held = queries.balance(work, batch.id, location)
    now = held.quantity if held is not None else 0
    units = command.counted - command.seen
    _check_count(command, units)
    if now != command.seen:
        raise StaleRecord(kind="stock_balance", id=batch.id, current={"quantity": now})
    value = _value(work, batch.unit_cost, units)
    so_far = value + _corrected_today(work, batch.id, batch.unit_cost)
    require_second_above(work, command.approved_by, "pharmacy.approve", so_far, "adjustment_limit")
    moved = move(
        work, batch_id=batch.id, location_id=location, kind=MovementKind.ADJUSTMENT, quantity=units,
        reason=_reason(command), approved_by=command.approved_by,
    )  # fmt: skip
    return StockAdjusted(units, value, moved.balance)


def _check_count(command: AdjustStock, units: int) -> None:
    if command.counted < 0:
        raise InvalidValue(field="counted", reason="negative", value=command.counted)
    if units == 0:
        raise InvalidValue(field="counted", reason="no_change")
    known = {row.code: row.direction for row in reason_rows("adjustment")}
    if not command.reason_code and not command.reason.strip():
        raise ReasonNeeded(field="reason_code", what="adjustment")
    if command.reason_code and command.reason_code not in known:
        raise InvalidValue(field="reason_code", reason="choice", value=command.reason_code)
    direction = known.get(command.reason_code, "either")
    if direction != "either" and (direction == "in") is not (units > 0):
        raise InvalidValue(field="reason_code", reason="direction")


def _reason(command: AdjustStock) -> str:
    return ": ".join(part for part in (command.reason_code, command.reason.strip()) if part)


def _value(reader: Reader, unit_cost: int, units: int) -> Decimal:
    return reader.facility.currency.from_minor(unit_cost * abs(units))


def _corrected_today(reader: Reader, batch_id: Id, unit_cost: int) -> Decimal:
    """What the batch was corrected by today with nobody else's consent: many small steps count like a large one."""
    return _value(reader, unit_cost, queries.units_corrected(reader, batch_id, reader.today))


@writes("pharmacy.adjust")
def write_off_expired(work: Work, command: WriteOffExpired) -> StockAdjusted:
    """Write expired batches off: nothing is left of them. Raises ReasonNeeded, InvalidValue, SecondPersonNeeded."""
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="write_off")
    location = shelf(work, command.location_id)
    going = _expired_lots(work, command.batch_ids, location)
    value = sum((_value(work, cost, units) for _batch, units, cost in going), Decimal(0))
    so_far = value + sum((_corrected_today(work, batch, cost) for batch, _units, cost in going), Decimal(0))
    require_second_above(work, command.approved_by, "pharmacy.approve", so_far, "adjustment_limit")
    for batch_id, units, _cost in going:
        move(
            work, batch_id=batch_id, location_id=location, kind=MovementKind.WRITE_OFF, quantity=-units,
            reason=command.reason, approved_by=command.approved_by,
        )  # fmt: skip
    return StockAdjusted(-sum(units for _batch, units, _cost in going), value, 0)


def _expired_lots(work: Work, batch_ids: Sequence[Id], location_id: Id) -> list[tuple[Id, int, int]]:
    """Batch, units and unit cost of what is to go. Raises InvalidValue for a batch that is still good, or empty."""
    if not batch_ids:
        raise InvalidValue(field="batch_ids", reason="required")
    found = []
    for batch_id in sorted(set(batch_ids)):
        batch, held = work.get(StockBatch, batch_id), queries.balance(work, batch_id, location_id)
        if not is_expired(batch.expiry, work.today):
            raise InvalidValue(field="batch_ids", reason="not_expired", batch=batch.number)
        if held is None or held.quantity == 0:
            raise InvalidValue(field="batch_ids", reason="empty")
        found.append((batch.id, held.quantity, batch.unit_cost))
    return found
