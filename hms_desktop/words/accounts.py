"""Words about people who sign in: shipped roles and the windows that roles open."""

from hms_desktop.words.language import NC_

LABELS: dict[str, dict[str, str]] = {
    "role": {
        "administrator": NC_("role", "Administrator"),
        "hospital_manager": NC_("role", "Hospital manager"),
        "receptionist": NC_("role", "Receptionist"),
        "nurse": NC_("role", "Nurse"),
        "doctor": NC_("role", "Doctor"),
        "lab_technician": NC_("role", "Lab technician"),
        "lab_supervisor": NC_("role", "Lab supervisor"),
        "pharmacist": NC_("role", "Pharmacist"),
        "pharmacy_supervisor": NC_("role", "Pharmacy supervisor"),
        "cashier": NC_("role", "Cashier"),
        "cash_supervisor": NC_("role", "Cash supervisor"),
    },
    "window": {
        "reception": NC_("window", "Reception"),
        "triage": NC_("window", "Triage"),
        "doctor": NC_("window", "Doctor"),
        "lab": NC_("window", "Laboratory"),
        "pharmacy": NC_("window", "Pharmacy"),
        "cashier": NC_("window", "Cashier"),
        "admin": NC_("window", "Administration"),
    },
}
