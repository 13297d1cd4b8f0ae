"""Stock: a ledger of movements, never an edited number. Which batch is given first, what is expired or owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import ItemState


class MovementKind(StrEnum):
    """Why stock moved. Signs: receipt and reversal add, dispense and write-off take, adjustment and transfer either."""

    RECEIPT = "receipt"
    DISPENSE = "dispense"
    REVERSAL = "reversal"
    ADJUSTMENT = "adjustment"
    WRITE_OFF = "write_off"
    TRANSFER = "transfer"


ADDS = frozenset({MovementKind.RECEIPT, MovementKind.REVERSAL})
TAKES = frozenset({MovementKind.DISPENSE, MovementKind.WRITE_OFF})
NEVER_EXPIRED = frozenset({MovementKind.RECEIPT, MovementKind.DISPENSE, MovementKind.TRANSFER})
"""Kinds that an expired batch must not take part in; it may be counted, written off, and put back by a reversal."""


class DispensingState(StrEnum):
    """priced (pay first: waits for the cashier) → dispensed → reversed; cancelled."""

    PRICED = "priced"
    DISPENSED = "dispensed"
    REVERSED = "reversed"
    CANCELLED = "cancelled"


OPEN_ITEMS = frozenset({ItemState.ACTIVE, ItemState.PARTLY})
"""Items of which something can still be given."""


def sign_fits(kind: MovementKind, quantity: int) -> bool:
    """Whether a movement of this kind may have this quantity (positive adds, negative takes)."""
    if quantity == 0:
        return False
    return not (kind in ADDS and quantity < 0) and not (kind in TAKES and quantity > 0)


def is_expired(expiry: date, today: date) -> bool:
    """The one rule: a batch may be given up to and on its expiry date, and never after it."""
    return expiry < today


@dataclass(frozen=True, slots=True)
class Lot:
    """What a location holds of a batch."""

    batch_id: Id
    number: str
    expiry: date
    quantity: int


@dataclass(frozen=True, slots=True)
class Pick:
    """Units taken from one batch."""

    batch_id: Id
    number: str
    expiry: date
    quantity: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which batches give how much, and how much is missing."""

    picks: tuple[Pick, ...]
    missing: int


def first_expiry_first(lots: Iterable[Lot], wanted: int, today: date) -> Allocation:
    """`wanted` units from the batches that expire first, over as many batches as it takes; expired ones give nothing.

    Batches of the same day: the smaller rest first, then by number, so that shelves become empty.
    """
    picks: list[Pick] = []
    rest = max(wanted, 0)
    usable = (lot for lot in lots if lot.quantity > 0 and not is_expired(lot.expiry, today))
    for lot in sorted(usable, key=lambda each: (each.expiry, each.quantity, each.number)):
        if rest == 0:
            break
        taken = min(rest, lot.quantity)
        picks.append(Pick(lot.batch_id, lot.number, lot.expiry, taken))
        rest -= taken
    return Allocation(tuple(picks), rest)


def owed(quantity: int, dispensed: int) -> int:
    """Units of a prescribed item that were not given yet."""
    return max(quantity - dispensed, 0)


def state_after(state: ItemState, quantity: int, dispensed: int) -> ItemState:
    """The state of an item of which `dispensed` of `quantity` units are now given; stopped and expired ones stay so."""
    if state in {ItemState.STOPPED, ItemState.EXPIRED}:
        return state
    if dispensed <= 0:
        return ItemState.ACTIVE
    return ItemState.DISPENSED if dispensed >= quantity else ItemState.PARTLY


CONSUMPTION_DAYS = 90
"""Consumption is averaged over this many days."""
LEAST_DAYS = 30
"""A clinic that began a week ago counts as if it had used that much in a month: one busy day is no trend."""
COVER_DAYS = 90
"""An order brings the shelf up to this many days of average consumption, or twice the minimum level if that is more."""


@dataclass(frozen=True, slots=True)
class Need:
    """What to order of a medicine. `a_month` is the average of 30 days; `days_left` None without consumption."""

    order: int
    a_month: Decimal
    days_left: int | None


def need(on_hand: int, minimum: int, consumed: int, days: int, pack_size: int) -> Need | None:
    """What to order when the usable stock is at or below its minimum level or below 30 days of consumption; else None.

    `consumed` units went in `days` (at least one, at most `CONSUMPTION_DAYS`). The order is in whole packs. After the
    consumption-based reorder formula of Management Sciences for Health, MDS-3 (2012), chapter 23; the cover of three
    months is our own choice.
    """
    daily = Decimal(max(consumed, 0)) / max(days, 1)
    if on_hand > minimum and on_hand >= daily * 30:
        return None
    wanted = max(int((daily * COVER_DAYS).to_integral_value(ROUND_CEILING)), 2 * minimum) - on_hand
    packs = -(-max(wanted, 0) // max(pack_size, 1))
    left = int(Decimal(on_hand) / daily) if daily else None
    return Need(packs * max(pack_size, 1), (daily * 30).quantize(Decimal("0.1")), left)
