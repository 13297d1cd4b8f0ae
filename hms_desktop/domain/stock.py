"""Rows of the stock screens. Quantities count dispensing units (tablets, bottles); money is in the clinic's currency.

`name` is the tall-man name where the medicine has one; `form` and `unit` are codes of the catalogue's lists.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import MovementKind


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A place where stock lies. `own` is the one this station gives out from."""

    id: Id
    code: str
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """A medicine of the formulary with what is left of it at a location."""

    id: Id
    code: str
    name: str
    strength: str
    form: str
    unit: str
    barcode: str
    pack_size: int
    usable: int


@dataclass(frozen=True, slots=True)
class StockRow:
    """What a location holds of a medicine. `usable` may be given, `expired` may not; `value` is at cost."""

    id: Id
    code: str
    name: str
    strength: str
    form: str
    unit: str
    usable: int
    expired: int
    lots: int
    next_expiry: date | None
    last_expired: date | None
    reorder_level: int
    value: Decimal

    @property
    def low(self) -> bool:
        """Whether it is at or below its minimum level."""
        return self.usable <= self.reorder_level


@dataclass(frozen=True, slots=True)
class LotRow:
    """What a location holds of a batch. `version` is the balance's."""

    id: Id
    medication_id: Id
    name: str
    strength: str
    form: str
    unit: str
    number: str
    expiry: date
    expired: bool
    quantity: int
    unit_cost: Decimal
    value: Decimal
    supplier: str
    location_id: Id


@dataclass(frozen=True, slots=True)
class CardRow:
    """A line of the stock card. `balance` is of the medicine at the location, after this movement; `kind` says why."""

    id: Id
    at: datetime
    day: date
    kind: MovementKind
    batch: str
    expiry: date
    quantity: int
    balance: int
    reason: str
    document: str
    person: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A medicine to order: what is left, what goes in a month, how many days it lasts, what to order."""

    id: Id
    name: str
    strength: str
    form: str
    unit: str
    usable: int
    reorder_level: int
    a_month: Decimal
    days_left: int | None
    order: int
    pack_size: int
    cost: Decimal | None
