"""Stock: a ledger of movements, never a number that is edited."""

from enum import StrEnum


class MovementKind(StrEnum):
    """Why stock moved. Signs: receipt and reversal add, dispense and write-off take, adjustment and transfer either."""

    RECEIPT = "receipt"
    DISPENSE = "dispense"
    REVERSAL = "reversal"
    ADJUSTMENT = "adjustment"
    WRITE_OFF = "write_off"
    TRANSFER = "transfer"


class DispensingState(StrEnum):
    """priced (pay first: waits for the cashier) → dispensed → reversed; cancelled."""

    PRICED = "priced"
    DISPENSED = "dispensed"
    REVERSED = "reversed"
    CANCELLED = "cancelled"
