"""Words about money: charges, bills, payments, the cash session."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "clinic_profile": {
        "pay_at_end": NC_("clinic_profile", "Pay at the end"),
        "pay_first": NC_("clinic_profile", "Pay first"),
    },
    "charge_kind": {
        "registration": NC_("charge_kind", "Registration"),
        "consultation": NC_("charge_kind", "Consultation"),
        "lab": NC_("charge_kind", "Laboratory"),
        "drug": NC_("charge_kind", "Medicine"),
        "service": NC_("charge_kind", "Service"),
    },
    "bill_state": {
        "open": NC_("bill_state", "Open"),
        "part_paid": NC_("bill_state", "Part paid"),
        "paid": NC_("bill_state", "Paid"),
        "void": NC_("bill_state", "Void"),
        "refunded": NC_("bill_state", "Refunded"),
    },
    "payment_method": {
        "cash": NC_("payment_method", "Cash"),
        "mobile_money": NC_("payment_method", "Mobile money"),
        "card": NC_("payment_method", "Card"),
        "bank_transfer": NC_("payment_method", "Bank transfer"),
    },
    "payment_state": {
        "pending": NC_("payment_state", "Pending"),
        "confirmed": NC_("payment_state", "Confirmed"),
        "failed": NC_("payment_state", "Failed"),
    },
    "adjustment_kind": {
        "waiver": NC_("adjustment_kind", "Waiver"),
        "discount": NC_("adjustment_kind", "Discount"),
        "rounding": NC_("adjustment_kind", "Rounding"),
        "write_off": NC_("adjustment_kind", "Write-off"),
    },
    "refund_kind": {
        "refund": NC_("refund_kind", "Refund"),
        "reversal": NC_("refund_kind", "Reversal"),
        "credit_note": NC_("refund_kind", "Credit note"),
    },
    "session_state": {
        "open": NC_("session_state", "Open"),
        "counted": NC_("session_state", "Counted"),
        "closed": NC_("session_state", "Closed"),
    },
    "cash_movement_kind": {
        "cash_out": NC_("cash_movement_kind", "Cash out"),
        "cash_in": NC_("cash_movement_kind", "Cash in"),
    },
    "debt_scope": {
        "today": NC_("debt_scope", "Owes today"),
        "earlier": NC_("debt_scope", "Earlier debts"),
        "paid_today": NC_("debt_scope", "Paid today"),
    },
    "rounding": {
        "none": NC_("rounding", "No rounding"),
        "nearest": NC_("rounding", "To the nearest"),
        "up": NC_("rounding", "Up"),
    },
}
