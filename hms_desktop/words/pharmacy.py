"""Words about the pharmacy: the stock ledger and dispensing."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "movement_kind": {
        "receipt": NC_("movement_kind", "Received"),
        "dispense": NC_("movement_kind", "Dispensed"),
        "reversal": NC_("movement_kind", "Reversed"),
        "adjustment": NC_("movement_kind", "Adjusted"),
        "write_off": NC_("movement_kind", "Written off"),
        "transfer": NC_("movement_kind", "Transferred"),
    },
    "dispensing_state": {
        "priced": NC_("dispensing_state", "Waiting for payment"),
        "dispensed": NC_("dispensing_state", "Dispensed"),
        "reversed": NC_("dispensing_state", "Reversed"),
        "cancelled": NC_("dispensing_state", "Cancelled"),
    },
    "pay_state": {
        "none": NC_("pay_state", "Not priced"),
        "to_pay": NC_("pay_state", "To pay"),
        "paid": NC_("pay_state", "Paid"),
    },
}
