"""The audit trail as the viewer shows it: who did what to which fact, when, where, and what it was before."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from hms_desktop.domain.ids import Id

Shown = str | Decimal | date | datetime | bool | int | None | tuple[str, ...]
"""A value as a person may read it; ids have become names, minor units amounts."""


@dataclass(frozen=True, slots=True)
class AuditChange:
    """One field before and after. `kind` says how to read the values: a kind of label for codes, `money`, or ''."""

    field: str
    kind: str
    before: Shown
    after: Shown


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One event. `subject` is its number or name; `hidden`: the values need a right that the person lacks."""

    id: Id
    at: datetime
    who: str
    station: str
    action: str
    subject_table: str
    subject_id: Id | None
    subject: str
    changes: tuple[AuditChange, ...]
    hidden: bool
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """What to look for; whatever is left out is not asked. `day` is the clinic's date, `subject` a number or name."""

    actor_id: Id | None = None
    day: date | None = None
    action: str = ""
    kind: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some events, newest first, and whether there are older ones."""

    rows: tuple[AuditRow, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A place where the chain does not hold: station, number of the event there."""

    station: str
    sequence: int


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of the whole chain found."""

    events: int
    broken: tuple[BrokenLink, ...]


_RIGHTS: dict[str, str] = {
    **dict.fromkeys(("patient", "patient_contact"), "patients.view"),
    **dict.fromkeys(("visit", "queue_entry"), "visits.view"),
    **dict.fromkeys(("vitals", "triage_assessment"), "triage.view"),
    **dict.fromkeys(
        ("clinical_note", "note_addendum", "diagnosis", "condition", "allergy", "immunization"), "consultations.view"
    ),
    **dict.fromkeys(("prescription", "prescription_item"), "prescriptions.view"),
    **dict.fromkeys(
        ("dispensing", "dispensing_item", "goods_receipt", "stock_batch", "stock_movement"), "pharmacy.view"
    ),
    **dict.fromkeys(
        ("lab_order", "lab_order_item", "specimen", "lab_result", "critical_call", "result_review"), "lab.view"
    ),
    **dict.fromkeys(
        (
            "charge", "bill", "bill_item", "receipt", "payment", "payment_share", "payment_outcome", "refund",
            "adjustment", "cash_session", "cash_movement",
        ),
        "billing.view",
    ),
}  # fmt: skip


def right_to_see(table: str) -> str | None:
    """The right beside `audit.view` that the values of a table's events need: an administrator reads no notes."""
    return _RIGHTS.get(table)
