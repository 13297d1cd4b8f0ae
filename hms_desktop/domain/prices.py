"""What something costs: a list's own price, else the standard price times the list's multiplier, rounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Currency, Rounding, round_total
from hms_desktop.domain.names import fold, words

SHIPPED_CURRENCY = "KES"
"""ISO 4217 code of the one currency that the shipped price list is written in; in others nothing has a price yet."""


@dataclass(frozen=True, slots=True)
class PriceListRow:
    """A price list. `round_to` is what prices made by the multiplier are rounded to (0: not at all)."""

    id: Id
    code: str
    name: str
    multiplier: Decimal
    round_to: Decimal
    standard: bool
    own_prices: int
    version: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Something that can be charged, with its price on one list. `own` says that the list holds a price of its own;
    `price` is None where neither it nor the standard list has one. `price_version` is that of the own price (0: none).
    """

    id: Id
    kind: ChargeKind
    code: str
    name: str
    department: str
    standard: Decimal | None
    price: Decimal | None
    own: bool
    active: bool
    search_words: str
    version: int
    price_version: int = 0


def list_price(
    own: Decimal | None, standard: Decimal | None, multiplier: Decimal, round_to: Decimal, currency: Currency
) -> Decimal | None:
    """The price on a list; None where nobody has set one. Only prices that the multiplier makes are rounded."""
    if own is not None:
        return own
    if standard is None:
        return None
    return round_total(currency.exact(standard * multiplier), round_to, Rounding.NEAREST)


def matching(rows: Sequence[ItemRow], text: str, limit: int = 30) -> list[ItemRow]:
    """The items in whose words (names in every language, code) each typed word begins one; all for an empty text."""
    typed = words(text)
    hits = []
    for row in rows:
        have = f" {row.search_words} {fold(row.name)} {fold(row.code)}"
        if all(f" {word}" in have for word in typed):
            hits.append(row)
    return hits[:limit]
