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
    "right_area": {
        "patients": NC_("right_area", "Patients"),
        "visits": NC_("right_area", "Visits"),
        "triage": NC_("right_area", "Triage"),
        "consultations": NC_("right_area", "Consultations"),
        "chart": NC_("right_area", "Charts"),
        "prescriptions": NC_("right_area", "Prescriptions"),
        "pharmacy": NC_("right_area", "Pharmacy and stock"),
        "lab": NC_("right_area", "Laboratory"),
        "billing": NC_("right_area", "Money"),
        "emergency": NC_("right_area", "Emergencies"),
        "facility": NC_("right_area", "Clinic"),
        "catalogue": NC_("right_area", "Catalogue"),
        "prices": NC_("right_area", "Prices"),
        "accounts": NC_("right_area", "Users"),
        "roles": NC_("right_area", "Roles"),
        "settings": NC_("right_area", "Settings"),
        "audit": NC_("right_area", "Audit trail"),
        "store": NC_("right_area", "Store"),
    },
    "session_end": {
        "signed_out": NC_("session_end", "Signed out"),
        "switched": NC_("session_end", "Another user took over"),
        "idle": NC_("session_end", "Left alone too long"),
        "ended_by_other": NC_("session_end", "Ended by an administrator"),
    },
}
