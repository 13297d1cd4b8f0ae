"""Another product in place of the prescribed one: same ingredients only, and the dose on the label stays the same dose.

A change of the medicine itself is the prescriber's. A product whose strength can't be compared with the prescribed one
is refused: "2 tablets" of another strength would be another dose.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

from hms_desktop.domain.dosing import Dose, DoseUnit, Product


@dataclass(frozen=True, slots=True)
class Variant:
    """A medicine as substitution looks at it."""

    ingredients: frozenset[str]
    strength: str
    product: Product


@dataclass(frozen=True, slots=True)
class Swap:
    """`units` of the other product make up what is left; `dose` is what its label must say (None: as written)."""

    units: int
    dose: Dose | None


def may_replace(prescribed: Variant, given: Variant) -> bool:
    """Whether a pharmacist may give `given` for `prescribed`: exactly the same ingredients, comparable strength."""
    if not prescribed.ingredients or prescribed.ingredients != given.ingredients:
        return False
    return _ratio(prescribed, given) is not None


def swap(prescribed: Variant, given: Variant, left: int, dose: Dose | None) -> Swap | None:
    """How many units of `given` replace the `left` prescribed ones, rounded up; None when it may not replace it, or
    when the written dose can't be put into words that are true for it.
    """
    ratio = _ratio(prescribed, given) if may_replace(prescribed, given) else None
    if ratio is None:
        return None
    said = dose if dose is None or _stays_true(prescribed, given, dose) else _in_milligrams(prescribed, dose)
    if dose is not None and said is None:
        return None
    return Swap(ceil(left * ratio), said)


def units_covered(prescribed: Variant, given: Variant, units: int, left: int) -> int:
    """How many of the `left` prescribed units are met by `units` of the other product; never more than `left`."""
    ratio = _ratio(prescribed, given)
    if ratio is None:
        return 0
    return min(floor(units / ratio), left)


def _ratio(prescribed: Variant, given: Variant) -> Fraction | None:
    """Units of `given` for one prescribed unit; None when the two can't be compared."""
    mine, other = prescribed.product, given.product
    if mine.mg_per_unit and other.mg_per_unit:
        return Fraction(mine.mg_per_unit) / Fraction(other.mg_per_unit)
    same = prescribed.strength == given.strength and mine.unit == other.unit and mine.unit_ml == other.unit_ml
    return Fraction(1) if same else None


def _stays_true(prescribed: Variant, given: Variant, dose: Dose) -> bool:
    """Whether the written dose means the same of both: a mass always, a count or volume when they are as strong."""
    if dose.milligrams is not None:
        return True
    mine, other = prescribed.product, given.product
    if dose.unit is DoseUnit.ML:
        return _per_ml(mine) == _per_ml(other) if _per_ml(mine) else prescribed.strength == given.strength
    return mine.unit == other.unit and mine.mg_per_unit == other.mg_per_unit and prescribed.strength == given.strength


def _in_milligrams(prescribed: Variant, dose: Dose) -> Dose | None:
    """The written dose as a mass; None when nobody knows it."""
    product = prescribed.product
    strong: Decimal | Fraction | None = None
    if dose.unit is DoseUnit.ML:
        strong = _per_ml(product)
    elif dose.unit.value == product.unit:
        strong = product.mg_per_unit
    if not strong:
        return None
    exact = Fraction(dose.amount) * Fraction(strong)
    shown = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.001"), ROUND_HALF_UP)
    return Dose(shown.normalize() + 0, DoseUnit.MG)


def _per_ml(product: Product) -> Fraction | None:
    if not product.mg_per_unit or not product.unit_ml:
        return None
    return Fraction(product.mg_per_unit) / Fraction(product.unit_ml)
