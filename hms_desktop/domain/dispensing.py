"""Rows of the pharmacy's queue, of its owed list and of what was given. Quantities count dispensing units.

`name` is the tall-man name where the medicine has one; `form` and `unit` are codes of the catalogue's lists.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState, Route
from hms_desktop.domain.visits import QueueRow


class PayState(StrEnum):
    """Where a priced prescription stands with the cashier; nothing when it was not priced."""

    NONE = "none"
    TO_PAY = "to_pay"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class PharmacyRow:
    """A patient who waits at the pharmacy, with one prescription (none yet: `prescription_id` is None).

    `items` are still to be given, `in_stock` of them can be given whole.
    """

    key: str
    entry: QueueRow
    prescription_id: Id | None
    number: str
    items: int
    in_stock: int
    pay: PayState
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A medicine that a patient has not got, or not all of it, and has gone without. `usable` is on the shelf now."""

    id: Id
    prescription_id: Id
    number: str
    patient_id: Id
    patient_name: str
    mrn: str
    phone: str
    name: str
    strength: str
    form: str
    unit: str
    owed: int
    usable: int
    day: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A prescription found by its number or its patient."""

    prescription_id: Id
    number: str
    patient_id: Id
    patient_name: str
    mrn: str
    day: date
    status: PrescriptionState
    open_items: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A prescribed item as the pharmacist needs it. `priced` units wait for the cashier; dose parts as written."""

    id: Id
    version: int
    medication_id: Id | None
    name: str
    strength: str
    form: str
    unit: str
    dose_amount: Decimal | None
    dose_unit: str
    route: Route
    frequency: str
    days: int | None
    instructions: str
    indication: str
    quantity: int
    dispensed: int
    priced: int
    state: ItemState
    override_reason: str
    stop_reason: str

    @property
    def left(self) -> int:
        """Units that can still be given or priced."""
        if self.state in {ItemState.STOPPED, ItemState.EXPIRED}:
            return 0
        return max(self.quantity - self.dispensed - self.priced, 0)


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A hand-over of a prescription, or one that waits for the cashier. `medicines` as shown, one text a line."""

    id: Id
    number: str
    state: DispensingState
    at: datetime
    person: str
    medicines: tuple[str, ...]
    amount: Decimal
    settled: bool
    reverse_reason: str
