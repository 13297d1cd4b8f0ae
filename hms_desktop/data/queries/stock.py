"""What lies where: batches, balances, the shelf of a station."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.facility import Station
from hms_desktop.data.tables.pharmacy import (
    Medication,
    StockBalance,
    StockBatch,
    StockLocation,
    StockMovement,
    Supplier,
)
from hms_desktop.domain.errors import NotFound
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import Lot, MovementKind
from hms_desktop.domain.stock import LocationRow
from hms_desktop.domain.texts import pick

_balance, _batch, _medication = table_of(StockBalance), table_of(StockBatch), table_of(Medication)
ON_SHELF = and_(_batch.c.id == _balance.c.batch_id, _batch.c.voided_at.is_(None))
"""Joins a balance to its batch."""


def shown_name(row: Any, language: str) -> str:
    """How screens and papers call a medicine: its tall-man name, else its generic name in `language`."""
    return row.tall_man or pick(row.generic_names or {}, language) or row.generic


def whole_name(row: Any, language: str) -> str:
    """Name and strength, for sentences."""
    return " ".join(part for part in (shown_name(row, language), row.strength) if part)


def medicine_name(reader: Reader, medication_id: Id) -> str:
    """Name and strength of a medicine. Raises NotFound."""
    return whole_name(reader.get(Medication, medication_id), reader.actor.language)


def shelf_of_station(reader: Reader) -> Id:
    """The location that this station gives out from: its own, else the first one that dispenses. Raises NotFound."""
    own: Id | None = reader.get(Station, reader.station.id).stock_location_id
    if own is not None:
        return own
    location = table_of(StockLocation)
    first: Id | None = reader.scalar(
        select(location.c.id)
        .where(location.c.dispensing, location.c.voided_at.is_(None))
        .order_by(location.c.code)
        .limit(1)
    )
    if first is None:
        raise NotFound(kind="stock_location", id="")
    return first


def locations(reader: Reader) -> list[LocationRow]:
    """Every location, the station's own first."""
    own = shelf_of_station(reader)
    location = table_of(StockLocation)
    rows = reader.rows(select(location).where(location.c.voided_at.is_(None)).order_by(location.c.code))
    found = [LocationRow(row.id, row.code, row.name, row.id == own) for row in rows]
    return sorted(found, key=lambda row: not row.own)


def balance(reader: Reader, batch_id: Id, location_id: Id) -> AnyRow | None:
    """The balance of a batch at a location; None when it was never there."""
    return reader.first(select(_balance).where(_balance.c.batch_id == batch_id, _balance.c.location_id == location_id))


def units_corrected(reader: Reader, batch_id: Id, day: date) -> int:
    """Units of a batch that came or went on a day by corrections to which no second person agreed."""
    moved = table_of(StockMovement)
    statement = select(func.sum(func.abs(moved.c.quantity))).where(
        moved.c.batch_id == batch_id, moved.c.day == day, moved.c.approved_by.is_(None),
        moved.c.kind.in_((MovementKind.ADJUSTMENT, MovementKind.WRITE_OFF)),
    )  # fmt: skip
    return int(reader.scalar(statement) or 0)


def batch_by_number(reader: Reader, medication_id: Id, number: str) -> AnyRow | None:
    """The batch of this number, void or not."""
    return reader.first(select(_batch).where(_batch.c.medication_id == medication_id, _batch.c.number == number))


def lots(reader: Reader, medication_ids: Collection[Id], location_id: Id, *, lock: bool = False) -> dict[Id, list[Lot]]:
    """What a location holds of each medicine, expired or not. `lock` keeps it so until the work ends."""
    found: dict[Id, list[Lot]] = {each: [] for each in medication_ids}
    if not found:
        return found
    where = and_(_balance.c.location_id == location_id, _balance.c.medication_id.in_(sorted(found)))
    if lock:
        reader.rows(select(_balance.c.id).where(where).order_by(_balance.c.id).with_for_update())
    statement = (
        select(_balance.c.medication_id, _balance.c.quantity, _batch.c.id, _batch.c.number, _batch.c.expiry)
        .join(_batch, ON_SHELF)
        .where(where, _balance.c.quantity > 0)
        .order_by(_batch.c.expiry, _batch.c.number)
    )
    for row in reader.rows(statement):
        found[row.medication_id].append(Lot(row.id, row.number, row.expiry, row.quantity))
    return found


def usable(reader: Reader, medication_id: Id, location_id: Id | None) -> int:
    """Units that may be given today, at one location or wherever medicines are given out."""
    location = table_of(StockLocation)
    statement = (
        select(func.coalesce(func.sum(_balance.c.quantity), 0))
        .join(_batch, and_(ON_SHELF, _batch.c.expiry >= reader.today))
        .join(location, location.c.id == _balance.c.location_id)
        .where(_balance.c.medication_id == medication_id, location.c.voided_at.is_(None))
    )
    wanted = location.c.dispensing if location_id is None else location.c.id == location_id
    return int(reader.scalar(statement.where(wanted)))


def supplier_names(reader: Reader) -> list[str]:
    """Names of all suppliers, by name."""
    statement = select(Supplier.name).where(Supplier.voided_at.is_(None)).order_by(Supplier.name_folded)
    return [row.name for row in reader.rows(statement)]


def supplier_by_name(reader: Reader, folded: str) -> Id | None:
    """The supplier with this folded name, also one that was taken off the list."""
    found: Id | None = reader.scalar(select(Supplier.id).where(Supplier.name_folded == folded))
    return found
