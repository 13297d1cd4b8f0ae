"""Who may do what: rights are `area.verb` words declared once here; roles are rows that list them.

The verbs are the services' own. A clinic may add roles, never rights.
"""

from dataclasses import dataclass

RIGHTS: frozenset[str] = frozenset(
    """
    patients.view patients.create patients.correct patients.merge patients.print
    visits.view visits.create visits.close visits.void
    triage.view triage.create triage.correct triage.void triage.override
    consultations.view consultations.create consultations.sign consultations.correct consultations.complete
    chart.view chart.break_glass
    prescriptions.view prescriptions.create prescriptions.stop prescriptions.override
    pharmacy.view pharmacy.dispense pharmacy.reverse pharmacy.override pharmacy.receive pharmacy.adjust pharmacy.approve
    lab.view lab.order lab.collect lab.reject lab.enter lab.release lab.correct lab.print
    billing.view billing.charge billing.waive billing.discount billing.bill billing.pay billing.refund billing.approve
    billing.confirm billing.void billing.session billing.print
    facility.view facility.correct catalogue.view catalogue.correct prices.correct
    accounts.view accounts.create accounts.correct roles.correct settings.view settings.correct audit.view store.import
    emergency.override
    """.split()
)


@dataclass(frozen=True, slots=True)
class ShippedRole:
    """A role the program brings along: code, the windows it opens, its rights."""

    code: str
    windows: tuple[str, ...]
    rights: frozenset[str]


def _rights(text: str) -> frozenset[str]:
    wanted = frozenset(text.split())
    assert wanted <= RIGHTS, wanted - RIGHTS
    return wanted


_SEE = "patients.view visits.view"

SHIPPED_ROLES: tuple[ShippedRole, ...] = (
    ShippedRole(
        "administrator",
        ("admin",),
        _rights(
            "facility.view facility.correct accounts.view accounts.create accounts.correct roles.correct settings.view"
            " settings.correct audit.view store.import catalogue.view catalogue.correct prices.correct"
        ),
    ),
    ShippedRole(
        "hospital_manager",
        ("admin",),
        _rights(
            f"{_SEE} facility.view facility.correct catalogue.view catalogue.correct prices.correct audit.view"
            " settings.view accounts.view billing.view billing.approve billing.waive billing.void billing.print"
            " pharmacy.view pharmacy.approve"
        ),
    ),
    ShippedRole(
        "receptionist",
        ("reception",),
        _rights(
            f"{_SEE} patients.create patients.correct patients.merge patients.print visits.create visits.close"
            " visits.void billing.view"
        ),
    ),
    ShippedRole(
        "nurse",
        ("triage",),
        _rights(
            f"{_SEE} patients.create patients.correct visits.create visits.close triage.view triage.create"
            " triage.correct triage.void triage.override chart.view lab.view lab.collect emergency.override"
        ),
    ),
    ShippedRole(
        "doctor",
        ("doctor",),
        _rights(
            f"{_SEE} patients.correct visits.close triage.view triage.create triage.override consultations.view"
            " consultations.create consultations.sign consultations.correct consultations.complete chart.view"
            " chart.break_glass prescriptions.view prescriptions.create prescriptions.stop prescriptions.override"
            " pharmacy.view lab.view lab.order lab.print emergency.override"
        ),
    ),
    ShippedRole(
        "lab_technician",
        ("lab",),
        _rights(f"{_SEE} lab.view lab.collect lab.reject lab.enter lab.correct lab.print emergency.override"),
    ),
    ShippedRole("lab_supervisor", ("lab",), _rights(f"{_SEE} lab.view lab.release lab.correct lab.print")),
    ShippedRole(
        "pharmacist",
        ("pharmacy",),
        _rights(
            f"{_SEE} prescriptions.view pharmacy.view pharmacy.dispense pharmacy.reverse pharmacy.override"
            " pharmacy.receive pharmacy.adjust catalogue.view emergency.override"
        ),
    ),
    ShippedRole("pharmacy_supervisor", ("pharmacy",), _rights("pharmacy.view pharmacy.approve")),
    ShippedRole(
        "cashier",
        ("cashier",),
        _rights(
            f"{_SEE} visits.close billing.view billing.charge billing.bill billing.pay billing.confirm billing.refund"
            " billing.session billing.print"
        ),
    ),
    ShippedRole(
        "cash_supervisor",
        ("cashier",),
        _rights("billing.view billing.waive billing.discount billing.approve billing.void billing.print"),
    ),
)

WINDOWS: tuple[str, ...] = ("reception", "triage", "doctor", "lab", "pharmacy", "cashier", "admin")
