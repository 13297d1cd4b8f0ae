"""A cash session: from the float in the drawer to the Z report. The drawer is counted blind, then compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from hms_desktop.domain.billing import AdjustmentKind, CashMovementKind, PaymentMethod, SessionState
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO, Currency

NIGHT_SHIFT = timedelta(hours=12)
"""A session that runs past midnight may go on this long; then it is yesterday's and must be closed."""

_MANY = (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
_FACES: dict[str, tuple[str, ...]] = {
    "KES": ("1000", "500", "200", "100", "50", "20", "10", "5", "1"),
    "UGX": ("50000", "20000", "10000", "5000", "2000", "1000", "500", "200", "100", "50"),
    "TZS": ("10000", "5000", "2000", "1000", "500", "200", "100", "50"),
    "RWF": ("5000", "2000", "1000", "500", "100", "50", "20", "10", "5", "1"),
    "ETB": ("200", "100", "50", "10", "5", "1", "0.50", "0.25", "0.10", "0.05"),
    "NGN": ("1000", "500", "200", "100", "50", "20", "10", "5", "2", "1"),
    "GHS": ("200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10"),
    "XOF": ("10000", "5000", "2000", "1000", "500", "200", "100", "50", "25", "10", "5", "1"),
    "XAF": ("10000", "5000", "2000", "1000", "500", "100", "50", "25", "10", "5", "2", "1"),
    "CDF": ("20000", "10000", "5000", "1000", "500", "200", "100", "50"),
    "ZAR": ("200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10"),
    "INR": ("500", "200", "100", "50", "20", "10", "5", "2", "1"),
    "USD": ("100", "50", "20", "10", "5", "2", "1", "0.25", "0.10", "0.05", "0.01"),
    "EUR": ("200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01"),
    "GBP": ("50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01"),
}  # fmt: skip
"""Notes and coins that people hand over every day. It decides only which rows a count offers: whatever else lies in the
drawer is counted as one sum beside them.
"""


@dataclass(frozen=True, slots=True)
class CashCount:
    """How many notes or coins of one face value are in the drawer."""

    face: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class MethodSum:
    """Money of one method in a session: how many payments (or refunds), how much."""

    method: PaymentMethod
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class DrawerMove:
    """Cash out of, or into, the drawer without a patient."""

    kind: CashMovementKind
    amount: Decimal
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PendingRow:
    """Mobile money that its operator has not confirmed yet."""

    payment_id: Id
    patient_id: Id
    patient_name: str
    operator: str
    code: str
    phone: str
    amount: Decimal
    at: datetime
    receipt: str


@dataclass(frozen=True, slots=True)
class ReductionSum:
    """Waivers, discounts or write-offs of one kind that the cashier gave during the session."""

    kind: AdjustmentKind
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """What a session holds. `takings` is confirmed money; `late` is mobile money of earlier sessions that the cashier
    confirmed in this one. `expected` is the cash that must lie in the drawer: never shown before it was counted.
    """

    float_amount: Decimal
    takings: tuple[MethodSum, ...]
    refunds: tuple[MethodSum, ...]
    moves: tuple[DrawerMove, ...]
    reductions: tuple[ReductionSum, ...]
    pending: tuple[PendingRow, ...]
    late: MethodSum | None
    receipts: int
    first_receipt: str
    last_receipt: str
    reversed: int
    expected: Decimal


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A cash session in a list. `difference` is counted − expected, None before the count."""

    id: Id
    number: str
    z_number: str
    cashier_id: Id
    cashier: str
    state: SessionState
    day: date
    opened_at: datetime
    closed_at: datetime | None
    float_amount: Decimal
    counted: Decimal | None
    difference: Decimal | None
    stale: bool
    version: int


def faces(currency: Currency) -> tuple[Decimal, ...]:
    """Notes and coins of a currency, largest first; an unknown one gets the steps 1, 2, 5."""
    known = _FACES.get(currency.code)
    if known is not None:
        return tuple(Decimal(face) for face in known)
    whole = tuple(Decimal(face) for face in _MANY)
    return whole if currency.digits == 0 else (*whole[4:], *(Decimal(face) for face in ("0.50", "0.20", "0.10")))


def counted_total(counts: Sequence[CashCount], other: Decimal, currency: Currency) -> Decimal:
    """The money that was counted, `other` being what no row fits. Raises InvalidValue (`counted`) for what can't be."""
    currency.to_minor(other)
    if other < 0:
        raise InvalidValue(field="counted", reason="not_positive")
    seen: set[Decimal] = set()
    for each in counts:
        if each.count < 0 or each.face <= 0 or each.face in seen:
            raise InvalidValue(field="counted", reason="unknown")
        currency.to_minor(each.face)
        seen.add(each.face)
    return sum((each.face * each.count for each in counts), other)


def expected_cash(
    float_amount: Decimal, takings: Sequence[MethodSum], refunds: Sequence[MethodSum], moves: Sequence[DrawerMove]
) -> Decimal:
    """Float + cash taken − cash given back + cash in − cash out."""
    taken = sum((each.amount for each in takings if each.method is PaymentMethod.CASH), ZERO)
    given = sum((each.amount for each in refunds if each.method is PaymentMethod.CASH), ZERO)
    moved = sum((each.amount if each.kind is CashMovementKind.IN else -each.amount for each in moves), ZERO)
    return float_amount + taken - given + moved


def is_stale(day: date, opened_at: datetime, today: date, now: datetime) -> bool:
    """Whether a session is yesterday's: of an earlier day, and longer open than a night shift lasts."""
    return day < today and now - opened_at > NIGHT_SHIFT
