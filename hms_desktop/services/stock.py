"""Stock: the one function that moves it, and what the other desks ask of it.

A movement is a line of the ledger and a conditional update of the balance, in one transaction: a balance is never
below zero, and two people at the same batch never give out more than there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hms_desktop.data.queries import stock as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.pharmacy import StockBalance, StockBatch, StockLocation, StockMovement
from hms_desktop.data.work import Work
from hms_desktop.domain.errors import BatchExpired, NotEnoughStock, OnlyExpiredStock
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import (
    NEVER_EXPIRED,
    Allocation,
    Lot,
    MovementKind,
    Pick,
    first_expiry_first,
    is_expired,
    sign_fits,
)
from hms_desktop.domain.stock import LocationRow
from hms_desktop.services.service import reads, require


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement that was written, and what the batch has left at its location."""

    movement_id: Id
    balance: int


def available(reader: Reader, medication_id: Id, location_id: Id | None = None) -> int:
    """Units that may be given today (not expired): at one location, or wherever medicines are given out."""
    return queries.usable(reader, medication_id, location_id)


@reads("pharmacy.view")
def stock_locations(reader: Reader) -> list[LocationRow]:
    """Every place where stock lies, the station's own first."""
    return queries.locations(reader)


def move(
    work: Work,
    *,
    batch_id: Id,
    location_id: Id,
    kind: MovementKind,
    quantity: int,
    source_table: str = "",
    source_id: Id | None = None,
    reason: str = "",
    approved_by: Id | None = None,
    day: date | None = None,
    expired_reason: str = "",
) -> Moved:
    """Move `quantity` units of a batch (positive comes, negative goes): the only way that stock changes.

    `expired_reason` lets somebody with `pharmacy.override` give an expired batch; it is kept and audited. `day` is the
    day in the books, today when it is left out. Raises NotFound, BatchExpired, NotAllowed, NotEnoughStock.
    """
    if not sign_fits(kind, quantity):
        raise ValueError(f"{quantity} units do not fit a movement of kind {kind}")
    batch = work.get(StockBatch, batch_id)
    if kind in NEVER_EXPIRED:
        _refuse_expired(work, batch.id, expired_reason, day or work.today)
    shelf = {"batch_id": batch_id, "location_id": location_id, "medication_id": batch.medication_id}
    left = _change_balance(work, shelf, quantity)
    if left is None:
        raise _too_little(work, batch.medication_id, -quantity, [_lot(work, batch_id, location_id)])
    movement = work.insert(
        StockMovement, **shelf, kind=kind, quantity=quantity, balance_after=left, moved_at=work.now,
        day=day or work.today, reason=(reason or expired_reason).strip()[:300], source_table=source_table,
        source_id=source_id, approved_by=approved_by,
    )  # fmt: skip
    return Moved(movement, left)


def _refuse_expired(work: Work, batch_id: Id, override_reason: str, day: date) -> None:
    """The one rule for expired batches, and the one way around it."""
    batch = work.get(StockBatch, batch_id)
    if not is_expired(batch.expiry, day):
        return
    if not override_reason.strip():
        name = queries.medicine_name(work, batch.medication_id)
        raise BatchExpired(medication=name, batch=batch.number, expiry=batch.expiry)
    require(work.actor, "pharmacy.override")
    work.look("stock.expired_override", "stock_batch", batch_id, reason=override_reason.strip(), expiry=batch.expiry)


def _change_balance(work: Work, shelf: dict[str, Id], quantity: int) -> int | None:
    """The balance after the movement; None when there is too little. The first units of a batch make its balance."""
    row = queries.balance(work, shelf["batch_id"], shelf["location_id"])
    if row is None:
        if quantity > 0:
            work.insert(StockBalance, **shelf, quantity=quantity)
        return quantity if quantity > 0 else None
    if quantity > 0:
        return work.add(StockBalance, row.id, "quantity", quantity)
    return work.take(StockBalance, row.id, "quantity", -quantity)


def _lot(reader: Reader, batch_id: Id, location_id: Id) -> Lot:
    batch, row = reader.get(StockBatch, batch_id), queries.balance(reader, batch_id, location_id)
    return Lot(batch_id, batch.number, batch.expiry, row.quantity if row is not None else 0)


def shelf(reader: Reader, location_id: Id | None) -> Id:
    """The location that was named, or the station's own. Raises NotFound."""
    return reader.get(StockLocation, location_id).id if location_id else queries.shelf_of_station(reader)


def propose(reader: Reader, medication_id: Id, location_id: Id, wanted: int) -> Allocation:
    """Which batches to take `wanted` units from, first expiry first, and what would be missing."""
    return first_expiry_first(queries.lots(reader, [medication_id], location_id)[medication_id], wanted, reader.today)


def allocate(work: Work, wanted: dict[Id, int], location_id: Id) -> dict[Id, tuple[Pick, ...]]:
    """Batches for `wanted` units by medicine, first expiry first, kept from other stations until the work ends.

    Raises NotEnoughStock, OnlyExpiredStock.
    """
    held = queries.lots(work, sorted(wanted), location_id, lock=True)
    picks: dict[Id, tuple[Pick, ...]] = {}
    for medication_id, units in wanted.items():
        found = first_expiry_first(held[medication_id], units, work.today)
        if found.missing:
            raise _too_little(work, medication_id, units, held[medication_id])
        picks[medication_id] = found.picks
    return picks


def refuse_shortage(reader: Reader, wanted: dict[Id, int], location_id: Id, spoken_for: dict[Id, int]) -> None:
    """Raises NotEnoughStock or OnlyExpiredStock when a location could not give `wanted` units besides those that are
    `spoken_for`.
    """
    held = queries.lots(reader, sorted(wanted), location_id)
    for medication_id, units in wanted.items():
        taken = spoken_for.get(medication_id, 0)
        if first_expiry_first(held[medication_id], units + taken, reader.today).missing:
            raise _too_little(reader, medication_id, units, held[medication_id], taken)


def _too_little(reader: Reader, medication_id: Id, wanted: int, held: Sequence[Lot], taken: int = 0) -> NotEnoughStock:
    """Why `wanted` units can't be had: named medicine, what there is, and whether all of it is expired."""
    name = queries.medicine_name(reader, medication_id)
    stocked = [lot for lot in held if lot.quantity > 0]
    good = sum(lot.quantity for lot in stocked if not is_expired(lot.expiry, reader.today))
    if stocked and not good:
        last = max(lot.expiry for lot in stocked)
        return OnlyExpiredStock(
            field="quantity", medication=name, wanted=wanted, available=0, lots=len(stocked), expiry=last
        )
    return NotEnoughStock(field="quantity", medication=name, wanted=wanted, available=max(good - taken, 0))
