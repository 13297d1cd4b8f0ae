"""The facts: one file an area. The one package that lists its children, so that migrations see every table.

Imports domain and `../base.py` only. Read first: `patients.py`, then `visits.py`.
"""

from hms_desktop.data.tables import (
    accounts,
    audit,
    billing,
    consultations,
    facility,
    lab,
    patients,
    pharmacy,
    prescriptions,
    triage,
    visits,
)

__all__ = [
    "accounts",
    "audit",
    "billing",
    "consultations",
    "facility",
    "lab",
    "patients",
    "pharmacy",
    "prescriptions",
    "triage",
    "visits",
]
