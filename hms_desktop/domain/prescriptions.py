"""Prescriptions: states of a prescription and of its items."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.ids import Id


class PrescriptionState(StrEnum):
    """FHIR MedicationRequest.status."""

    ACTIVE = "active"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class ItemState(StrEnum):
    """active → partly dispensed → dispensed; stopped; expired."""

    ACTIVE = "active"
    PARTLY = "partly_dispensed"
    DISPENSED = "dispensed"
    STOPPED = "stopped"
    EXPIRED = "expired"


class Route(StrEnum):
    """How a dose enters the body. `other` for what came in from elsewhere (an implant, a route nobody wrote down)."""

    ORAL = "oral"
    SUBLINGUAL = "sublingual"
    INTRAMUSCULAR = "intramuscular"
    INTRAVENOUS = "intravenous"
    SUBCUTANEOUS = "subcutaneous"
    RECTAL = "rectal"
    VAGINAL = "vaginal"
    TOPICAL = "topical"
    INHALED = "inhaled"
    EYE = "eye"
    EAR = "ear"
    NASAL = "nasal"
    OTHER = "other"


class Unchecked(StrEnum):
    """Why little could be checked about a line."""

    FREE_TEXT = "free_text"


@dataclass(frozen=True, slots=True)
class MedicationRow:
    """A medicine to choose from. `left` counts unexpired units; `form`, `unit`, `route` are codes."""

    id: Id
    code: str
    name: str
    tall_man: str
    strength: str
    form: str
    unit: str
    route: str
    default_dose: str
    default_frequency: str
    default_days: int | None
    mg_per_unit: Decimal | None
    unit_ml: Decimal | None
    child_mg_per_kg: Decimal | None
    child_max_mg: Decimal | None
    pregnancy_caution: bool
    controlled_schedule: str
    left: int


@dataclass(frozen=True, slots=True)
class PrescribedRow:
    """An item that was prescribed. Quantities count dispensing units; `medication_id` is None for free text."""

    id: Id
    version: int
    prescription_id: Id
    number: str
    visit_id: Id
    medication_id: Id | None
    name: str
    tall_man: str
    strength: str
    form: str
    unit: str
    dose_amount: Decimal | None
    dose_unit: str
    route: Route
    frequency: str
    duration_days: int | None
    quantity: int
    dispensed: int
    instructions: str
    indication: str
    state: ItemState
    day: date
    valid_until: date
    prescriber: str
    stop_reason: str

    @property
    def owed(self) -> int:
        """Units still to be given."""
        return 0 if self.state in {ItemState.STOPPED, ItemState.EXPIRED} else self.quantity - self.dispensed
