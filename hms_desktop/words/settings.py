"""Words for the settings of the clinic and for the headings of their page."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "setting": {
        "idle_lock_minutes": NC_("setting", "Lock after minutes without a key"),
        "sign_in_tries": NC_("setting", "Wrong tries before a user is locked"),
        "sign_in_lock_minutes": NC_("setting", "Minutes that a user stays locked"),
        "password_length": NC_("setting", "Shortest password, in characters"),
        "lab_own_release": NC_("setting", "A technician may release own results"),
        "retriage_red_minutes": NC_("setting", "Look again at red after minutes"),
        "retriage_orange_minutes": NC_("setting", "Look again at orange after minutes"),
        "retriage_yellow_minutes": NC_("setting", "Look again at yellow after minutes"),
        "retriage_green_minutes": NC_("setting", "Look again at green after minutes"),
        "prescription_valid_days": NC_("setting", "Days that a prescription is valid"),
        "expiring_months": NC_("setting", "Months ahead on the expiring list"),
        "adjustment_limit": NC_("setting", "Stock adjustment above which a second person agrees"),
        "refund_limit": NC_("setting", "Refund above which a second person agrees"),
        "waiver_limit": NC_("setting", "Waiver above which a second person agrees"),
        "rounding": NC_("setting", "Rounding of the total"),
        "smallest_coin": NC_("setting", "Smallest coin"),
        "bill_due_days": NC_("setting", "Days until a bill is overdue"),
        "mobile_operators": NC_("setting", "Mobile money operators, with commas between them"),
        "consultation_item": NC_("setting", "Price item of a consultation"),
        "registration_item": NC_("setting", "Price item of a registration"),
        "print_ticket": NC_("setting", "Print the ticket by itself"),
        "print_receipt": NC_("setting", "Print the receipt by itself"),
    },
    "setting_group": {
        "security": NC_("setting_group", "Security"),
        "lab": NC_("setting_group", "Laboratory"),
        "triage": NC_("setting_group", "Triage"),
        "pharmacy": NC_("setting_group", "Pharmacy"),
        "billing": NC_("setting_group", "Money"),
        "printing": NC_("setting_group", "Printing"),
    },
}
