"""The lists somebody may be looking at. One topic a list; its version moves when a table behind it changes."""

PATIENTS = "patients"
BOARD = "board"
TRIAGE_QUEUE = "triage_queue"
DOCTOR_QUEUE = "doctor_queue"
CHART = "chart"
LAB_WORKLIST = "lab_worklist"
PHARMACY_QUEUE = "pharmacy_queue"
STOCK = "stock"
BILLS = "bills"
CASH_SESSION = "cash_session"
CATALOGUE = "catalogue"
USERS = "users"
SESSIONS = "sessions"
SETTINGS = "settings"
ALERTS = "alerts"
AUDIT = "audit"

ALL = frozenset(
    {
        PATIENTS, BOARD, TRIAGE_QUEUE, DOCTOR_QUEUE, CHART, LAB_WORKLIST, PHARMACY_QUEUE, STOCK,
        BILLS, CASH_SESSION, CATALOGUE, USERS, SESSIONS, SETTINGS, ALERTS, AUDIT,
    }
)  # fmt: skip
