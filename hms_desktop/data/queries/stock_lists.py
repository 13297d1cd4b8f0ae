"""The stock screens: list, batches, card, expiring, to order. One or two statements a screen."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.queries.stock import ON_SHELF, shown_name
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.pharmacy import (
    Dispensing,
    DispensingItem,
    GoodsReceipt,
    Medication,
    StockBalance,
    StockBatch,
    StockMovement,
    Supplier,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.pharmacy import CONSUMPTION_DAYS, LEAST_DAYS, MovementKind, is_expired, need
from hms_desktop.domain.stock import CardRow, LotRow, MedicineRow, OrderRow, StockRow

_balance, _batch, _medication = table_of(StockBalance), table_of(StockBatch), table_of(Medication)
_movement = table_of(StockMovement)


def stock_list(reader: Reader, location_id: Id) -> list[StockRow]:
    """Every active medicine of the formulary with what this location holds of it, by name."""
    held = _held(reader, location_id)
    statement = (
        select(_medication, held)
        .outerjoin(held, held.c.medication_id == _medication.c.id)
        .where(_medication.c.voided_at.is_(None), _medication.c.active | (held.c.lots > 0))
        .order_by(_medication.c.generic_folded, _medication.c.strength, _medication.c.id)
    )
    return [_stock_row(reader, row) for row in reader.rows(statement)]


def _held(reader: Reader, location_id: Id) -> Any:
    """What a location holds, by medicine: usable and expired units, lots, expiries, value at cost."""
    good = _batch.c.expiry >= reader.today
    usable = case((good, _balance.c.quantity), else_=0)
    statement = (
        select(
            _balance.c.medication_id.label("medication_id"),
            func.sum(usable).label("usable"),
            func.sum(_balance.c.quantity - usable).label("expired"),
            func.count().label("lots"),
            func.min(case((good, _batch.c.expiry))).label("next_expiry"),
            func.max(case((~good, _batch.c.expiry))).label("last_expired"),
            func.sum(_balance.c.quantity * _batch.c.unit_cost).label("value"),
        )
        .join(_batch, ON_SHELF)
        .where(_balance.c.location_id == location_id, _balance.c.quantity > 0)
        .group_by(_balance.c.medication_id)
    )
    return statement.subquery("held")


def _stock_row(reader: Reader, row: AnyRow) -> StockRow:
    money = reader.facility.currency.from_minor
    return StockRow(
        row.id, row.code, shown_name(row, reader.actor.language), row.strength, row.form, row.unit,
        int(row.usable or 0), int(row.expired or 0), int(row.lots or 0), _day(row.next_expiry), _day(row.last_expired),
        row.reorder_level, money(int(row.value or 0)),
    )  # fmt: skip


def _day(value: Any) -> date | None:
    """An aggregate of days: text on SQLite."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def medicines(reader: Reader, text: str, location_id: Id, limit: int = 20) -> list[MedicineRow]:
    """Active medicines whose words begin with what was typed, or with this barcode, with what the location may give."""
    typed = fold(text).split()
    if not typed:
        return []
    padded = " " + _medication.c.search_words
    named = and_(*(padded.contains(f" {word}", autoescape=True) for word in typed))
    held = _held(reader, location_id)
    statement = (
        select(_medication, held.c.usable)
        .outerjoin(held, held.c.medication_id == _medication.c.id)
        .where(_medication.c.active, _medication.c.voided_at.is_(None), named | (_medication.c.barcode == text.strip()))
        .order_by(_medication.c.generic_folded, _medication.c.strength)
        .limit(limit)
    )
    return [
        MedicineRow(
            row.id, row.code, shown_name(row, reader.actor.language), row.strength, row.form, row.unit, row.barcode,
            row.pack_size, int(row.usable or 0),
        )
        for row in reader.rows(statement)
    ]  # fmt: skip


def batches(
    reader: Reader, location_id: Id, *, medication_id: Id | None = None, until: date | None = None
) -> list[LotRow]:
    """What a location holds of each batch, the first expiry first: of one medicine, or what expires by a day."""
    supplier = table_of(Supplier)
    named = (_medication.c.tall_man, _medication.c.generic, _medication.c.generic_names)
    statement = (
        select(
            _batch, _balance.c.quantity, *named, _medication.c.strength, _medication.c.form, _medication.c.unit,
            supplier.c.name.label("supplier"),
        )
        .join(_balance, ON_SHELF)
        .join(_medication, _medication.c.id == _batch.c.medication_id)
        .outerjoin(supplier, supplier.c.id == _batch.c.supplier_id)
        .where(_balance.c.location_id == location_id, _balance.c.quantity > 0)
        .order_by(_batch.c.expiry, _medication.c.generic_folded, _batch.c.number)
    )  # fmt: skip
    if medication_id is not None:
        statement = statement.where(_batch.c.medication_id == medication_id)
    if until is not None:
        statement = statement.where(_batch.c.expiry <= until)
    return [_lot_row(reader, row, location_id) for row in reader.rows(statement)]


def _lot_row(reader: Reader, row: AnyRow, location_id: Id) -> LotRow:
    money = reader.facility.currency.from_minor
    return LotRow(
        row.id, row.medication_id, shown_name(row, reader.actor.language), row.strength, row.form, row.unit, row.number,
        row.expiry, is_expired(row.expiry, reader.today), row.quantity, money(row.unit_cost),
        money(row.unit_cost * row.quantity), row.supplier or "", location_id,
    )  # fmt: skip


def batch_by_code(reader: Reader, text: str) -> AnyRow | None:
    """The batch with this number or barcode, whatever medicine it is of."""
    wanted = text.strip()
    statement = select(_batch).where(
        (_batch.c.number == wanted.upper()) | ((_batch.c.barcode == wanted) & (_batch.c.barcode != "")),
        _batch.c.voided_at.is_(None),
    )
    return reader.first(statement.order_by(_batch.c.expiry.desc()))


# --- the card ----------------------------------------------------------------------------------------


def card(reader: Reader, medication_id: Id, location_id: Id, limit: int = 200) -> list[CardRow]:
    """The last movements of a medicine at a location, the newest first, each with the balance after it."""
    where = and_(_movement.c.medication_id == medication_id, _movement.c.location_id == location_id)
    sheet, receipt, given = table_of(Dispensing), table_of(GoodsReceipt), table_of(DispensingItem)
    undone = _movement.alias("undone")
    statement = (
        select(
            _movement, _batch.c.number, _batch.c.expiry, name_column(_movement.c.created_by).label("person"),
            receipt.c.number.label("receipt"), sheet.c.number.label("dispensing"),
        )
        .join(_batch, _batch.c.id == _movement.c.batch_id)
        .outerjoin(receipt, receipt.c.id == _movement.c.source_id)
        .outerjoin(undone, undone.c.id == _movement.c.source_id)
        .outerjoin(given, given.c.id == func.coalesce(undone.c.source_id, _movement.c.source_id))
        .outerjoin(sheet, sheet.c.id == given.c.dispensing_id)
        .where(where)
        .order_by(_movement.c.moved_at.desc(), _movement.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    balance = int(
        reader.scalar(
            select(func.coalesce(func.sum(_balance.c.quantity), 0)).where(
                _balance.c.medication_id == medication_id, _balance.c.location_id == location_id
            )
        )
    )
    rows = []
    for row in reader.rows(statement):
        rows.append(_card_row(row, balance))
        balance -= row.quantity
    return rows


def _card_row(row: AnyRow, balance: int) -> CardRow:
    return CardRow(
        row.id, row.moved_at, row.day, MovementKind(row.kind), row.number, row.expiry, row.quantity, balance,
        row.reason, row.receipt or row.dispensing or "", row.person or "",
    )  # fmt: skip


# --- what to order -----------------------------------------------------------------------------------


def to_order(reader: Reader, location_id: Id) -> list[OrderRow]:
    """Medicines at or below their minimum level, or that last less than a month, those that end first on top."""
    consumed = {row.medication_id: row for row in _consumption(reader, location_id)}
    costs = _newest_costs(reader)
    held = _held(reader, location_id)
    statement = (
        select(_medication, held.c.usable)
        .outerjoin(held, held.c.medication_id == _medication.c.id)
        .where(_medication.c.voided_at.is_(None), _medication.c.active)
        .order_by(_medication.c.generic_folded, _medication.c.strength)
    )
    found = []
    for row in reader.rows(statement):
        went = consumed.get(row.id)
        order = _order_row(reader, row, went, costs.get(row.id))
        if order is not None:
            found.append(order)
    return sorted(found, key=lambda each: (each.usable > 0, each.days_left is None, each.days_left or 0))


def _consumption(reader: Reader, location_id: Id) -> Sequence[AnyRow]:
    """Units given less units that came back in the last days, and the first day on which anything moved."""
    since = reader.today - timedelta(days=CONSUMPTION_DAYS)
    used = case((_movement.c.kind.in_([MovementKind.DISPENSE, MovementKind.REVERSAL]), -_movement.c.quantity), else_=0)
    recent = case((_movement.c.day > since, used), else_=0)
    statement = (
        select(_movement.c.medication_id, func.sum(recent).label("consumed"), func.min(_movement.c.day).label("first"))
        .where(_movement.c.location_id == location_id)
        .group_by(_movement.c.medication_id)
    )
    return reader.rows(statement)


def _order_row(reader: Reader, row: AnyRow, went: AnyRow | None, cost: int | None) -> OrderRow | None:
    usable = int(row.usable or 0)
    first = _day(went.first) if went is not None else None
    days = min((reader.today - first).days, CONSUMPTION_DAYS) if first is not None else CONSUMPTION_DAYS
    days = max(days, LEAST_DAYS)
    consumed = int(went.consumed) if went is not None else 0
    needed = need(usable, row.reorder_level, consumed, days, row.pack_size)
    if needed is None or (row.reorder_level == 0 and not consumed):
        return None
    price = None if cost is None else reader.facility.currency.from_minor(cost)
    return OrderRow(
        row.id, shown_name(row, reader.actor.language), row.strength, row.form, row.unit, usable, row.reorder_level,
        needed.a_month, needed.days_left, needed.order, row.pack_size, price,
    )  # fmt: skip


def _newest_costs(reader: Reader) -> dict[Id, int]:
    """What a unit cost in the newest batch, by medicine."""
    statement = select(_batch.c.medication_id, _batch.c.unit_cost).where(_batch.c.voided_at.is_(None))
    return {row.medication_id: row.unit_cost for row in reader.rows(statement.order_by(_batch.c.id))}
