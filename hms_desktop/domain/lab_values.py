"""What a result may say: numbers within what is possible, one of the test's choices, or text; and how it is shown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.lab import Flag, ResultKind
from hms_desktop.domain.labrules import Range
from hms_desktop.domain.patients import Sex

OPEN_AGE_DAYS = 47_482
"""An age limit at or above 130 years is no limit."""

MOST = Decimal(10) ** 10
"""No unit in use gives a number of ten digits; a store keeps no more than this."""

TEXT_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice test: what is kept, what a person reads, whether it is an abnormal one."""

    value: str
    name: str
    abnormal: bool


@dataclass(frozen=True, slots=True)
class ValueRules:
    """How a test's result must look. Possible limits None: no limit known."""

    kind: ResultKind
    places: int = 0
    options: tuple[Option, ...] = ()
    possible_low: Decimal | None = None
    possible_high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ResultValue:
    """A result: a number (`text` then holds `<` or `>`, when it lies beyond what could be measured), or text alone."""

    number: Decimal | None
    text: str

    @property
    def exact(self) -> Decimal | None:
        """The number, when it is not only a limit."""
        return self.number if not self.text else None


def read_value(rules: ValueRules, typed: str, field: str = "value") -> ResultValue:
    """What a person typed, as a result. Choices may be typed as they are kept or as they read, in any case.

    Raises InvalidValue naming `field`: required, number, ambiguous_number, places, range, choice, too_long.
    """
    text = " ".join(typed.split()) if rules.kind is not ResultKind.TEXT else typed.strip()
    if not text:
        raise InvalidValue(field=field, reason="required")
    if rules.kind is ResultKind.NUMBER:
        return _number(rules, text, field)
    if rules.kind is ResultKind.CHOICE:
        return ResultValue(None, _option(rules.options, text, field).value)
    if len(text) > TEXT_LIMIT:
        raise InvalidValue(field=field, reason="too_long", limit=TEXT_LIMIT)
    return ResultValue(None, text)


def _number(rules: ValueRules, text: str, field: str) -> ResultValue:
    found = re.fullmatch(r"([<>]?) ?(-?\d+)(?:([.,٫])(\d+))?", text)
    if found is None:
        raise InvalidValue(field=field, reason="number", value=text)
    sign, whole, point, decimals = found[1], found[2], found[3], found[4] or ""
    if point == "," and len(decimals) == 3:
        raise InvalidValue(field=field, reason="ambiguous_number", value=text)
    if len(decimals.rstrip("0")) > rules.places:
        raise InvalidValue(field=field, reason="places", places=rules.places)
    number = Decimal(f"{whole}.{decimals or 0}").quantize(Decimal(1).scaleb(-rules.places))
    low = rules.possible_low if rules.possible_low is not None else Decimal(0)
    high = rules.possible_high if rules.possible_high is not None else MOST
    if not low <= number <= high:
        raise InvalidValue(field=field, reason="range", low=low, high=high)
    return ResultValue(number, sign)


def _option(options: Sequence[Option], text: str, field: str) -> Option:
    wanted = text.casefold()
    for option in options:
        if wanted in {option.value.casefold(), option.name.casefold()}:
            return option
    raise InvalidValue(field=field, reason="choice", value=text)


def show_value(number: Decimal | None, text: str, places: int | None = None, options: Iterable[Option] = ()) -> str:
    """A kept result as people read it: Latin digits, the test's own decimals (`places` None: as many as there are)."""
    if number is not None:
        if places is None:
            normal = number.normalize()
            return f"{text}{normal:f}"
        return f"{text}{number:.{places}f}"
    return next((option.name for option in options if option.value == text), text)


def make_range(
    sex: str,
    pregnant: str,
    age_from_days: int,
    age_to_days: int,
    limits: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None],
    source: str,
) -> Range:
    """A range from the words of the clinic's list (`any`, yes/no). Limits: normal low and high, critical low and
    high.
    """
    return Range(
        *limits,
        sex=None if sex == "any" else Sex(sex),
        age_from_days=age_from_days,
        age_to_days=None if age_to_days >= OPEN_AGE_DAYS else age_to_days,
        pregnant=None if pregnant == "any" else pregnant == "yes",
        source=source,
    )


_UNITS = {
    "10*9/L": "×10⁹/L", "10*12/L": "×10¹²/L", "umol/L": "µmol/L", "ug/L": "µg/L", "/uL": "/µL", "m[IU]/L": "mIU/L",
    "[IU]/mL": "IU/mL", "{copies}/mL": "copies/mL", "/[HPF]": "/HPF", "{INR}": "", "[pH]": "", "1": "",
}  # fmt: skip


def show_unit(ucum: str) -> str:
    """A UCUM unit as reports write it; units of mere numbers are not written."""
    return _UNITS.get(ucum, ucum)


def show_range(low: Decimal | None, high: Decimal | None, places: int = 4) -> str:
    """`12.0 – 15.5`, `≥ 3`, `≤ 5`, or '' without a limit; decimals as the test has them."""
    lowest, highest = (show_value(each, "", places) if each is not None else "" for each in (low, high))
    if lowest and highest:
        return f"{lowest} – {highest}"
    return f"≥ {lowest}" if lowest else f"≤ {highest}" if highest else ""


CRITICAL_FLAGS = frozenset({Flag.CRITICAL_LOW, Flag.CRITICAL_HIGH})
ABNORMAL_FLAGS = frozenset(Flag) - {Flag.NORMAL}
