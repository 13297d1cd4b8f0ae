"""Doses: how they are written, how much must be dispensed, and whether a child's dose fits its weight.

Writing: The Joint Commission, Official "Do Not Use" List (2004, confirmed 2018), and the ISMP list for µg; `500 mg`
with a space, no trailing zero, a leading zero. Doses for children: the catalogue's mg/kg; the margins are our own and
no clinician has signed them.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from hms_desktop.domain.errors import InvalidValue, UnsafeNotation


class DoseUnit(StrEnum):
    """What a dose is counted in. `unit` is the international unit of insulin and heparin, never written IU."""

    MG = "mg"
    G = "g"
    MCG = "mcg"
    ML = "ml"
    UNIT = "unit"
    TABLET = "tablet"
    CAPSULE = "capsule"
    PUFF = "puff"
    DROP = "drop"
    APPLICATION = "application"
    SACHET = "sachet"
    SUPPOSITORY = "suppository"
    PESSARY = "pessary"
    AMPOULE = "ampoule"
    VIAL = "vial"
    PACK = "pack"
    PIECE = "piece"


_MG = {DoseUnit.MG: Fraction(1), DoseUnit.G: Fraction(1000), DoseUnit.MCG: Fraction(1, 1000)}
_ONE_A_COURSE = frozenset({DoseUnit.PUFF, DoseUnit.DROP, DoseUnit.APPLICATION})
_UNCHANGED = frozenset({DoseUnit.MG, DoseUnit.G, DoseUnit.MCG, DoseUnit.ML})
_OPENED_FOR_ONE_TAKE = frozenset({"ampoule", "vial", "sachet", "suppository", "pessary"})
_SPELLINGS = {
    "tab": "tablet", "cap": "capsule", "sup": "suppository", "amp": "ampoule", "pc": "piece", "gram": "g",
    "microgram": "mcg", "milligram": "mg", "millilitre": "ml", "milliliter": "ml", "suppositorie": "suppository",
    "pessarie": "pessary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dose:
    """One take: an amount above 0 and its unit."""

    amount: Decimal
    unit: DoseUnit

    @property
    def text(self) -> str:
        """As it is written on every screen and paper, in English: `500 mg`, `0.5 ml`, `2 tablets`."""
        return f"{show_amount(self.amount)} {self._unit_text()}"

    def _unit_text(self) -> str:
        if self.unit in _UNCHANGED or self.amount <= 1:
            return self.unit.value
        return f"{self.unit.value[:-1]}ies" if self.unit.value.endswith("y") else f"{self.unit.value}s"

    @property
    def milligrams(self) -> Fraction | None:
        """The dose in mg when it is a mass."""
        return Fraction(self.amount) * _MG[self.unit] if self.unit in _MG else None


def show_amount(amount: Decimal) -> str:
    """A number in a dose: a leading zero, no trailing zeros, no exponent, Latin digits."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_dose(text: str, field: str = "dose") -> Dose:
    """The dose that a person typed: `500mg`, `2,5 ml`, `1/2 tab`, `2 tablets`; zeros are put right by showing it
    again.

    Raises UnsafeNotation (naming the safe spelling) for U, IU, µg and the like, InvalidValue with reason `dose` when
    it is not understood, `ambiguous_number` for `1,000`, `not_positive` for nothing, `dose_unit_smaller`
    (fact `instead`: the same dose in mcg or mg) or `places` beyond three decimals, and `range` for an absurd number.
    """
    check_notation(text, field, zeros=False)
    cleaned = " ".join(text.casefold().replace("½", " 1/2").split())
    found = re.fullmatch(r"(\d+ 1/2|\d+/\d+|\d*[.,]?\d+) ?([a-z]+)\.?", cleaned)
    if found is None:
        raise InvalidValue(field=field, reason="dose", value=text)
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", found[1]):
        raise InvalidValue(field=field, reason="ambiguous_number", value=text)
    name = _SPELLINGS.get(found[2].removesuffix("s"), found[2].removesuffix("s"))
    amount = _amount(found[1])
    if name not in set(DoseUnit) or amount is None:
        raise InvalidValue(field=field, reason="dose", value=text)
    if amount <= 0:
        raise InvalidValue(field=field, reason="not_positive", value=text)
    _refuse_unkept(amount, DoseUnit(name), text, field)
    return Dose(amount, DoseUnit(name))


MOST_PLACES = 3
MOST_AMOUNT = Decimal(100_000_000)
"""What a written dose can be: more places or a larger number are slips of the hand or want a smaller unit."""

_SMALLER = {DoseUnit.G: DoseUnit.MG, DoseUnit.MG: DoseUnit.MCG}


def _refuse_unkept(amount: Decimal, unit: DoseUnit, text: str, field: str) -> None:
    """Raises InvalidValue for a dose that can't be kept exactly, naming how to write it where there is a way."""
    if amount > MOST_AMOUNT:
        raise InvalidValue(field=field, reason="range", value=text, low=Decimal("0.001"), high=MOST_AMOUNT)
    if amount == round(amount, MOST_PLACES):
        return
    finer, smaller = amount * 1000, _SMALLER.get(unit)
    if smaller is not None and finer == round(finer, MOST_PLACES):
        instead = Dose(finer.normalize() + 0, smaller).text
        raise InvalidValue(field=field, reason="dose_unit_smaller", value=text, instead=instead)
    raise InvalidValue(field=field, reason="places", value=text, places=MOST_PLACES)


def _amount(text: str) -> Decimal | None:
    """The number; a fraction only when it is a half or a quarter (a third can't be measured)."""
    whole, _, part = text.rpartition(" ")
    if "/" not in part:
        return Decimal(part.replace(",", "."))
    above, below = (int(n) for n in part.split("/"))
    if below not in {2, 4}:
        return None
    return Decimal(whole or 0) + Decimal(above) / Decimal(below)


_WORD = r"(?<![^\W\d_]){}(?![^\W_])"
_UNSAFE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_WORD.format(pattern), re.NOFLAG if pattern == "MS" else re.IGNORECASE), instead)
    for pattern, instead in (
        (r"i\.?u\.?", "units"),
        (r"u", "units"),
        (r"q\.?o\.?d\.?", "every other day"),
        (r"q\.?d\.?", "once daily"),
        (r"mso4", "morphine sulfate"),
        (r"mgso4", "magnesium sulfate"),
        (r"MS", "morphine sulfate / magnesium sulfate"),
        (r"[uµμ]g", "mcg"),
    )
)
_TRAILING_ZERO = re.compile(r"(?<![\d.])(\d+)\.0+(?![\d.])")
_NO_LEADING_ZERO = re.compile(r"(?<![\d.])(\.\d+)")


def check_notation(text: str, field: str, *, zeros: bool = True) -> None:
    """Raises UnsafeNotation (`field`, `found`, `instead`) for a notation that has killed: U, IU, QD, QOD, MS, MSO4,
    MgSO4, µg, ug.

    With `zeros` (free text such as instructions) also for `5.0` and `.5`.
    """
    for pattern, instead in _UNSAFE:
        if found := pattern.search(text):
            raise UnsafeNotation(field=field, found=found[0], instead=instead)
    if zeros and (found := _TRAILING_ZERO.search(text)):
        raise UnsafeNotation(field=field, found=found[0], instead=found[1])
    if zeros and (found := _NO_LEADING_ZERO.search(text)):
        raise UnsafeNotation(field=field, found=found[0], instead=f"0{found[1]}")


class Frequency(StrEnum):
    """How often: the codes of the catalogue. They are codes only; people read words (once daily, every 8 hours, at
    night).
    """

    ONCE = "stat"
    DAILY = "od"
    TWICE_DAILY = "bd"
    THREE_DAILY = "tds"
    FOUR_DAILY = "qds"
    AT_NIGHT = "nocte"
    EVERY_12_HOURS = "q12h"
    EVERY_8_HOURS = "q8h"
    EVERY_6_HOURS = "q6h"
    EVERY_4_HOURS = "q4h"
    ALTERNATE_DAYS = "alt"
    WEEKLY = "weekly"
    AS_NEEDED = "prn"


_A_DAY: dict[Frequency, Fraction] = {
    Frequency.DAILY: Fraction(1),
    Frequency.TWICE_DAILY: Fraction(2),
    Frequency.THREE_DAILY: Fraction(3),
    Frequency.FOUR_DAILY: Fraction(4),
    Frequency.AT_NIGHT: Fraction(1),
    Frequency.EVERY_12_HOURS: Fraction(2),
    Frequency.EVERY_8_HOURS: Fraction(3),
    Frequency.EVERY_6_HOURS: Fraction(4),
    Frequency.EVERY_4_HOURS: Fraction(6),
    Frequency.ALTERNATE_DAYS: Fraction(1, 2),
    Frequency.WEEKLY: Fraction(1, 7),
}

LONGEST_DAYS = 366
MOST_A_DAY = 24


def takes(frequency: Frequency, days: int, max_per_day: int | None = None) -> int:
    """How many times the patient takes a dose in `days`; as needed counts the most per day, once is once.

    Raises InvalidValue: `days` outside 1–366, `max_per_day` missing or outside 1–24 when as needed.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidValue(field="duration", reason="range", value=days, low=1, high=LONGEST_DAYS)
    if frequency is Frequency.ONCE:
        return 1
    if frequency is not Frequency.AS_NEEDED:
        return ceil(_A_DAY[frequency] * days)
    if max_per_day is None:
        raise InvalidValue(field="max_per_day", reason="required")
    if not 1 <= max_per_day <= MOST_A_DAY:
        raise InvalidValue(field="max_per_day", reason="range", value=max_per_day, low=1, high=MOST_A_DAY)
    return max_per_day * days


@dataclass(frozen=True, slots=True)
class Product:
    """What the pharmacy gives out. `unit` is what is counted (tablet, bottle, vial); `mg_per_unit` and `unit_ml`
    are of one unit.
    """

    unit: str
    mg_per_unit: Decimal | None = None
    unit_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """What to dispense: whole `units` for so many `takes` of `per_take` units each.

    `uneven`: one take can't be made from this product by hand (half a capsule, a third of a tablet).
    """

    units: int
    takes: int
    per_take: Decimal
    uneven: bool = False


def quantity_for(
    dose: Dose, frequency: Frequency, days: int, product: Product, max_per_day: int | None = None
) -> Quantity | None:
    """Units to dispense, rounded up to whole ones; ampoules, vials and sachets are opened for one take each.

    None when dose and product can't be compared (units of insulin, a dose in mg of a product without mg): then a
    person counts. Puffs, drops and applications are one unit a course. Raises as `takes`.
    """
    count = takes(frequency, days, max_per_day)
    if dose.unit in _ONE_A_COURSE:
        return Quantity(1, count, dose.amount)
    share = _units_per_take(dose, product)
    if share is None:
        return None
    units = ceil(share) * count if product.unit in _OPENED_FOR_ONE_TAKE else ceil(share * count)
    smallest = {"tablet": Fraction(1, 2), "capsule": Fraction(1), "suppository": Fraction(1), "pessary": Fraction(1)}
    uneven = product.unit in smallest and (share / smallest[product.unit]).denominator != 1
    return Quantity(units, count, _decimal(share), uneven)


def _units_per_take(dose: Dose, product: Product) -> Fraction | None:
    if dose.milligrams is not None:
        return dose.milligrams / Fraction(product.mg_per_unit) if product.mg_per_unit else None
    if dose.unit is DoseUnit.ML:
        return Fraction(dose.amount) / Fraction(product.unit_ml) if product.unit_ml else None
    return Fraction(dose.amount) if dose.unit.value == product.unit else None


def dose_in_mg(dose: Dose, product: Product) -> Fraction | None:
    """One take in mg: as written, or counted from ml, tablets and so on of this product; None when it can't be told."""
    if dose.milligrams is not None:
        return dose.milligrams
    share = _units_per_take(dose, product)
    return share * Fraction(product.mg_per_unit) if share is not None and product.mg_per_unit else None


MOST_UNITS_A_TAKE = 10
MOST_GRAMS_A_TAKE = 10
MOST_UNITS_A_LINE = 1000
SINGLE_DOSE_ML = 30
"""Our own bounds of what is prescribed without being asked, no clinician has signed them: more tablets, capsules or
ampoules in one take, more grams in one take of what is not counted in units, a whole bottle of more than so many ml,
more units in one line are most often a slip of the hand.
"""

_COUNTED = frozenset(DoseUnit) - _UNCHANGED - {DoseUnit.UNIT, DoseUnit.DROP, DoseUnit.APPLICATION}


class LargeDose(StrEnum):
    """Why a dose or a quantity is asked about."""

    MANY_UNITS = "many_units"
    WHOLE_BOTTLE = "whole_bottle"
    MANY_GRAMS = "many_grams"
    LARGE_QUANTITY = "large_quantity"


def large_dose(dose: Dose, product: Product, *, swallowed: bool) -> LargeDose | None:
    """Whether one take is implausibly large at any age; `swallowed`: then a whole bottle in one take is, too.

    None never means safe: no most dose of an adult is known.
    """
    share = _units_per_take(dose, product)
    counted = Fraction(dose.amount) if dose.unit in _COUNTED else None
    if max(share or 0, counted or 0) > MOST_UNITS_A_TAKE:
        return LargeDose.MANY_UNITS
    if swallowed and (product.unit_ml or 0) > SINGLE_DOSE_ML and share is not None and share >= 1:
        return LargeDose.WHOLE_BOTTLE
    if share is None and dose.milligrams is not None and dose.milligrams > MOST_GRAMS_A_TAKE * 1000:
        return LargeDose.MANY_GRAMS
    return None


def _decimal(value: Fraction, places: str = "0.001") -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(places), ROUND_HALF_UP).normalize() + 0


class ChildDoseLevel(StrEnum):
    """What a child's dose is worth."""

    FITS = "fits"
    LOW = "low"
    HIGH = "high"
    ABOVE_MAXIMUM = "above_maximum"
    WEIGHT_NEEDED = "weight_needed"
    NO_RULE = "no_rule"
    NOT_COMPARED = "not_compared"


LOW_SHARE = Fraction(8, 10)
HIGH_SHARE = Fraction(12, 10)
"""Our own margins: 20 % around the dose by weight, for tablets are halved and bottles have marks."""


@dataclass(frozen=True, slots=True)
class ChildDose:
    """A child's single dose judged by weight. `per_kg` what was written, `recommended` and `maximum` in mg for this
    child.
    """

    level: ChildDoseLevel
    per_kg: Decimal | None = None
    recommended: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def serious(self) -> bool:
        """Whether it must interrupt."""
        return self.level in {ChildDoseLevel.HIGH, ChildDoseLevel.ABOVE_MAXIMUM}


def check_child_dose(
    dose_mg: Fraction | None, weight_kg: Decimal | None, mg_per_kg: Decimal | None, maximum_mg: Decimal | None
) -> ChildDose:
    """Judges one take of `dose_mg` for a child of `weight_kg` by the catalogue's mg/kg and most mg a take.

    The recommended dose never exceeds the maximum, which counts without a weight too. `no_rule` (no mg/kg known),
    `not_compared` (no dose in mg) and `weight_needed` never mean safe.
    """
    if dose_mg is None:
        return ChildDose(ChildDoseLevel.NOT_COMPARED, maximum=maximum_mg)
    per_kg = _decimal(dose_mg / Fraction(weight_kg), "0.01") if weight_kg else None
    if maximum_mg and dose_mg > Fraction(maximum_mg):
        level = ChildDoseLevel.ABOVE_MAXIMUM
    elif not mg_per_kg:
        level = ChildDoseLevel.NO_RULE
    elif not weight_kg:
        level = ChildDoseLevel.WEIGHT_NEEDED
    else:
        level = ChildDoseLevel.FITS
    if not mg_per_kg or not weight_kg:
        return ChildDose(level, per_kg, maximum=maximum_mg)
    right = Fraction(weight_kg) * Fraction(mg_per_kg)
    if maximum_mg:
        right = min(right, Fraction(maximum_mg))
    if level is ChildDoseLevel.FITS and dose_mg > right * HIGH_SHARE:
        level = ChildDoseLevel.HIGH
    elif level is ChildDoseLevel.FITS and dose_mg < right * LOW_SHARE:
        level = ChildDoseLevel.LOW
    return ChildDose(level, per_kg, _decimal(right, "0.1"), maximum_mg)
