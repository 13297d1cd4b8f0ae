"""Rows of the cashier's screens. Money is in the clinic's currency."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.billing import AdjustmentKind, BillState, ChargeKind, PaymentMethod, PaymentState
from hms_desktop.domain.ids import Id


class DebtScope(StrEnum):
    """Which patients the cashier's list shows: who owes today, who owes from before, who paid today."""

    TODAY = "today"
    EARLIER = "earlier"
    PAID_TODAY = "paid_today"


@dataclass(frozen=True, slots=True)
class DebtorRow:
    """A patient in the cashier's list. `owed` is of this list's bills, `earlier` of older ones; `credit` is what the
    clinic owes the patient; `since` is aware UTC.
    """

    patient_id: Id
    mrn: str
    name: str
    sex: str
    age: str
    ticket: str
    visit_number: str
    owed: Decimal
    earlier: Decimal
    pending: Decimal
    credit: Decimal
    since: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class BillLine:
    """A line of a bill. `settled` is what was paid or waived of it; `priced` False where nobody has set a price."""

    charge_id: Id
    bill_id: Id
    bill_number: str
    day: date
    kind: ChargeKind
    text: str
    quantity: int
    unit_price: Decimal
    amount: Decimal
    settled: Decimal
    priced: bool

    @property
    def open(self) -> Decimal:
        """Neither paid nor waived yet."""
        return self.amount - self.settled


@dataclass(frozen=True, slots=True)
class ReductionRow:
    """A waiver, discount, write-off or rounding of a bill, with its reason as a person reads it."""

    bill_id: Id
    kind: AdjustmentKind
    amount: Decimal
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment's part of a bill. `refundable` is what of it can still be undone; `paper_id` its receipt's paper."""

    payment_id: Id
    bill_id: Id
    bill_number: str
    receipt: str
    receipt_id: Id
    method: PaymentMethod
    state: PaymentState
    amount: Decimal
    whole: Decimal
    refundable: Decimal
    operator: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BillRow:
    """A bill with its figures. `suggested_waiver` is the waiver that the payer group's rule suggests, or ''."""

    id: Id
    number: str
    day: date
    visit_id: Id
    visit_number: str
    visit_open: bool
    state: BillState
    overdue: bool
    due: date
    charged: Decimal
    reduced: Decimal
    rounded: Decimal
    asked: Decimal
    kept: Decimal
    pending: Decimal
    owed: Decimal
    credit: Decimal
    suggested_waiver: str
    payer: str


@dataclass(frozen=True, slots=True)
class Account:
    """All of a patient's bills that matter at the cashier's: what is owed, what was paid today, what can be undone."""

    patient_id: Id
    bills: tuple[BillRow, ...]
    lines: tuple[BillLine, ...]
    reductions: tuple[ReductionRow, ...]
    payments: tuple[PaymentRow, ...]

    @property
    def owed(self) -> Decimal:
        """What may be taken now, over all bills."""
        return sum((each.owed for each in self.bills), Decimal(0))

    @property
    def pending(self) -> Decimal:
        """Mobile money on its way."""
        return sum((each.pending for each in self.bills), Decimal(0))

    @property
    def credit(self) -> Decimal:
        """What the clinic owes the patient."""
        return sum((each.credit for each in self.bills), Decimal(0))
