"""Money: Decimal in code, an integer count of the currency's minor unit in the store."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from hms_desktop.domain.errors import InvalidValue

ZERO = Decimal(0)
MOST = Decimal("999999999999")
"""No bill of a clinic reaches this; a larger figure is a slip of the finger."""


class Rounding(StrEnum):
    """How a total is rounded to the smallest coin, once, on the total."""

    NONE = "none"
    NEAREST = "nearest"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Currency:
    """ISO 4217 code and the number of decimals of its minor unit (0, 2 or 3)."""

    code: str = "KES"
    digits: int = 2

    @property
    def smallest(self) -> Decimal:
        """The minor unit, such as 0.01."""
        return Decimal(1).scaleb(-self.digits)

    def to_minor(self, amount: Decimal) -> int:
        """Count of minor units. Raises InvalidValue when `amount` has more decimals than the currency."""
        scaled = amount.scaleb(self.digits)
        if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(amount) > MOST:
            raise InvalidValue(field="amount", reason="money", value=str(amount), digits=self.digits)
        return int(scaled)

    def from_minor(self, count: int) -> Decimal:
        """The amount of `count` minor units."""
        return Decimal(count).scaleb(-self.digits)

    def exact(self, amount: Decimal) -> Decimal:
        """`amount` to the minor unit, halves up: for prices that come from a multiplier."""
        return amount.quantize(self.smallest, ROUND_HALF_UP)

    def show(self, amount: Decimal, *, code: bool = False) -> str:
        """`1,234.50`, with Latin digits in every language; `KES 1,234.50` with `code`."""
        text = f"{amount.quantize(self.smallest, ROUND_HALF_UP):,f}"
        return f"{self.code} {text}" if code else text


_DIGITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
"""Minor units of currencies that do not have two decimals (ISO 4217, list one, 2024)."""


def currency_of(code: str) -> Currency:
    """The currency with this ISO 4217 code. Raises InvalidValue naming `currency` unless it is three letters."""
    letters = code.strip().upper()
    if len(letters) != 3 or not (letters.isascii() and letters.isalpha()):
        raise InvalidValue(field="currency", reason="currency", value=code)
    return Currency(letters, _DIGITS.get(letters, 2))


def round_total(amount: Decimal, to: Decimal, rule: Rounding) -> Decimal:
    """`amount` rounded to a multiple of the coin `to` (0 means no rounding) by the clinic's rule."""
    if rule is Rounding.NONE or to <= 0:
        return amount
    how = ROUND_CEILING if rule is Rounding.UP else ROUND_HALF_UP
    return (amount / to).quantize(Decimal(1), how) * to


def parse_money(text: str, currency: Currency, field: str = "amount") -> Decimal:
    """The amount a person typed (`1,234.5`, `1234`). Raises InvalidValue naming `field`."""
    cleaned = text.strip().replace(",", "").replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    try:
        amount = Decimal(cleaned)
        currency.to_minor(amount)
    except (InvalidOperation, InvalidValue):
        raise InvalidValue(field=field, reason="money", value=text, digits=currency.digits) from None
    return amount
