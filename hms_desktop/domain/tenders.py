"""What somebody hands over to pay: by which method, how much, and what proves it."""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.domain.billing import PaymentMethod
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.money import ZERO, Currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """Money by one method. `amount` goes to the bills; `tendered` is the cash that was handed over, the rest of it is
    change. Mobile money names its `operator` and `code`, and waits for the operator unless it is `confirmed` already.
    """

    method: PaymentMethod
    amount: Decimal
    tendered: Decimal | None = None
    operator: str = ""
    code: str = ""
    phone: str = ""
    confirmed: bool = False

    @property
    def waits(self) -> bool:
        """Whether the operator has yet to confirm it."""
        return self.method is PaymentMethod.MOBILE and not self.confirmed

    @property
    def change(self) -> Decimal:
        """Cash to give back."""
        return ZERO if self.tendered is None else self.tendered - self.amount

    @property
    def code_key(self) -> str:
        """Operator and code as they are compared: case, spaces and dashes do not matter; '' when nothing is unique."""
        if self.method is not PaymentMethod.MOBILE:
            return ""
        return f"{_bare(self.operator)}|{_bare(self.code)}"


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def check_tender(tender: Tender, currency: Currency) -> None:
    """Raises InvalidValue (`amount`, `tendered`, `operator`, `code`) for a tender that can't be."""
    if tender.amount <= 0:
        raise InvalidValue(field="amount", reason="not_positive")
    currency.to_minor(tender.amount)
    if tender.tendered is not None:
        if tender.method is not PaymentMethod.CASH:
            raise InvalidValue(field="tendered", reason="only_cash")
        currency.to_minor(tender.tendered)
        if tender.tendered < tender.amount:
            raise InvalidValue(field="tendered", reason="too_little")
    if tender.method is PaymentMethod.MOBILE:
        for field, text in (("operator", tender.operator), ("code", tender.code)):
            if not _bare(text):
                raise InvalidValue(field=field, reason="required")
