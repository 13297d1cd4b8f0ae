"""The clinic itself: facility, stations, numbers."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Currency


class ReceiptPaper(StrEnum):
    """Paper in the receipt printer."""

    ROLL = "80mm"
    A5 = "A5"


class NumberKind(StrEnum):
    """What gets a human number; each counts by itself per station and series."""

    MRN = "mrn"
    VISIT = "visit"
    TICKET = "ticket"
    LAB_ORDER = "lab_order"
    SPECIMEN = "specimen"
    PRESCRIPTION = "prescription"
    DISPENSING = "dispensing"
    BILL = "bill"
    RECEIPT = "receipt"
    REFUND = "refund"
    GOODS_RECEIPT = "goods_receipt"
    CASH_SESSION = "cash_session"
    Z_REPORT = "z_report"


UNCHECKED = frozenset({NumberKind.TICKET, NumberKind.CASH_SESSION, NumberKind.Z_REPORT, NumberKind.GOODS_RECEIPT})
"""Numbers that nobody types: without a check character."""


@dataclass(frozen=True, slots=True)
class Facility:
    """The clinic's own data, as every paper and screen needs it. `time_zone` is an IANA name."""

    id: Id
    code: str
    name: str
    address: str
    phone: str
    email: str
    website: str
    established_year: int | None
    licence_number: str
    currency: Currency
    time_zone: str
    profile: ClinicProfile
    receipt_footer: str
    training: bool
    logo: bytes | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Station:
    """This PC in the clinic's books. `series` moves on when the database life changes (restore, clone)."""

    id: Id
    code: str
    name: str
    series: str
    incarnation: Id


@dataclass(frozen=True, slots=True)
class FacilityDetails:
    """The clinic as it stands in the store now. `currency_fixed`: amounts exist, so the currency stays."""

    facility: Facility
    currency_fixed: bool


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department. `head` is the name of the user who leads it; `annual_budget` is in the clinic's currency."""

    id: Id
    code: str
    name: str
    description: str
    head_id: Id | None
    head: str
    location: str
    phone: str
    email: str
    annual_budget: Decimal | None
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class StationRow:
    """A PC of the clinic as the list shows it."""

    id: Id
    code: str
    name: str
    series: str
    receipt_paper: ReceiptPaper
    stock_location_id: Id | None
    stock_location: str
    last_seen_at: datetime | None
    app_version: str
    version: int
