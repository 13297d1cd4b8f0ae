"""Prescriptions: states of a prescription and of its items."""

from enum import StrEnum


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
    """How a dose enters the body."""

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
