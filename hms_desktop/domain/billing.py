"""Money: charges, bills, payments, refunds, cash sessions. Nothing taken is ever edited; a reversal is a new fact."""

from enum import StrEnum


class ClinicProfile(StrEnum):
    """When patients pay."""

    PAY_AT_END = "pay_at_end"
    PAY_FIRST = "pay_first"


class ChargeKind(StrEnum):
    """What a charge is for."""

    REGISTRATION = "registration"
    CONSULTATION = "consultation"
    LAB = "lab"
    DRUG = "drug"
    SERVICE = "service"


class BillState(StrEnum):
    """open → part paid → paid; void; refunded. Overdue is derived from the date."""

    OPEN = "open"
    PART_PAID = "part_paid"
    PAID = "paid"
    VOID = "void"
    REFUNDED = "refunded"


class PaymentMethod(StrEnum):
    """How money came."""

    CASH = "cash"
    MOBILE = "mobile_money"
    CARD = "card"
    BANK = "bank_transfer"


class PaymentState(StrEnum):
    """What became of a payment: cash is confirmed at once, mobile money waits for the operator."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    FAILED = "failed"


class AdjustmentKind(StrEnum):
    """Why a bill asks for less (or, rounding, a little more) than its lines."""

    WAIVER = "waiver"
    DISCOUNT = "discount"
    ROUNDING = "rounding"
    WRITE_OFF = "write_off"


class RefundKind(StrEnum):
    """refund: money back; reversal: a wrong method undone; credit_note: a bill lowered after it was paid."""

    REFUND = "refund"
    REVERSAL = "reversal"
    CREDIT_NOTE = "credit_note"


class SessionState(StrEnum):
    """open → counted → closed (Z printed, immutable)."""

    OPEN = "open"
    COUNTED = "counted"
    CLOSED = "closed"


class CashMovementKind(StrEnum):
    """Money that enters or leaves the drawer without a patient."""

    OUT = "cash_out"
    IN = "cash_in"
