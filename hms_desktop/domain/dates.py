"""Dates as people write, read and type them, and ages that come from them. Local dates only; no clock is read here."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from hms_desktop.domain.errors import InvalidValue

MONTHS: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""English abbreviations, the same on every PC; a screen in another language passes its own."""

OLDEST_YEARS = 130
"""Nobody is known to have lived longer than 122 years; an age above this is a slip of the finger."""

NEONATE_DAYS = 28
"""WHO: the neonatal period is the first 28 days of life."""


class Precision(StrEnum):
    """How exactly a typed date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """What a typed date means. `estimated` when the day itself was not said: the age then shows with a ~."""

    day: date
    precision: Precision = Precision.DAY

    @property
    def estimated(self) -> bool:
        """Whether the day is only a guess within its week, month or year."""
        return self.precision is not Precision.DAY


class AgeUnits(NamedTuple):
    """Abbreviations behind an age; a screen in another language passes its own."""

    year: str = "y"
    month: str = "mo"
    week: str = "w"
    day: str = "d"


def show_date(day: date, months: Sequence[str] = MONTHS) -> str:
    """`05-Mar-2026`: a form that no country reads differently. `months` are twelve abbreviations."""
    return f"{day.day:02d}-{months[day.month - 1]}-{day.year:04d}"


def parse_date(
    text: str, today: date, *, field: str = "date", ahead: bool = False, months: Sequence[str] = MONTHS
) -> ParsedDate:
    """The date that a person typed, day first: `5/3/26`, `5mar`, `5 mar 1998`, `2026-03-05`, `3d`, `2w`, `6m`, `28y`.

    Looks back: `3d` was three days ago, `5mar` the last fifth of March, `98` means 1998. With `ahead` (expiry,
    follow-up) `3d` is in three days and `5mar` the next one, while full dates may lie on either side. Also `mar 1998`
    and `1998`, which are taken as the middle of their month or year. Raises InvalidValue naming `field` with reason
    `date` (not understood), `no_such_day`, `future` or `too_long_ago`.
    """
    cleaned = _plain(text)
    parsed = _relative(cleaned, today, ahead) or _absolute(cleaned, today, ahead, months)
    if parsed is None:
        raise InvalidValue(field=field, reason="date", value=text)
    if isinstance(parsed, str):
        raise InvalidValue(field=field, reason=parsed, value=text)
    if parsed.day > today and not ahead:
        raise InvalidValue(field=field, reason="future", value=parsed.day)
    if _years(parsed.day, today) > OLDEST_YEARS:
        raise InvalidValue(field=field, reason="too_long_ago", value=parsed.day)
    return parsed


def _plain(text: str) -> str:
    """Lower case, one space, digits of any script as Latin ones."""
    latin = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    return " ".join(latin.casefold().split())


def _relative(text: str, today: date, ahead: bool) -> ParsedDate | str | None:
    found = re.fullmatch(r"(\d{1,5}) ?([dwmy])", text)
    if found is None:
        return None
    count = int(found[1]) * (1 if ahead else -1)
    try:
        match found[2]:
            case "d":
                return ParsedDate(today + timedelta(days=count))
            case "w":
                return ParsedDate(today + timedelta(weeks=count), Precision.WEEK)
            case "m":
                return ParsedDate(add_months(today, count), Precision.MONTH)
            case _:
                return ParsedDate(add_months(today, count * 12), Precision.YEAR)
    except (ValueError, OverflowError):
        return "no_such_day" if ahead else "too_long_ago"


def _absolute(text: str, today: date, ahead: bool, months: Sequence[str]) -> ParsedDate | str | None:
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})", text):
        return _day(_full_year(found[3], today, ahead), int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{1,2})[-/. ]?([^\W\d]+)\.?(?:[-/. ]?(\d{4}|\d{2}))?", text):
        month = _month(found[2], months)
        if month is None:
            return None
        if found[3] is None:
            return _nearest(month, int(found[1]), today, ahead)
        return _day(_full_year(found[3], today, ahead), month, int(found[1]))
    return _vague(text, today, ahead, months)


def _vague(text: str, today: date, ahead: bool, months: Sequence[str]) -> ParsedDate | str | None:
    """A month of a year or a whole year, taken as its middle (but never later than today when looking back)."""
    if found := re.fullmatch(r"(\d{4})", text):
        middle, precision = _day(int(found[1]), 7, 1), Precision.YEAR
    elif found := re.fullmatch(r"([^\W\d]+)\.?[-/. ]?(\d{4})|(\d{1,2})[-/.](\d{4})", text):
        month = _month(found[1], months) if found[1] else int(found[3])
        if month is None:
            return None
        middle, precision = _day(int(found[2] or found[4]), month, 15), Precision.MONTH
    else:
        return None
    if isinstance(middle, str):
        return middle
    first = middle.day.replace(day=1, month=1 if precision is Precision.YEAR else middle.day.month)
    return ParsedDate(today if not ahead and first <= today < middle.day else middle.day, precision)


def _day(year: int, month: int, day: int) -> ParsedDate | str:
    try:
        return ParsedDate(date(year, month, day))
    except ValueError:
        return "no_such_day"


def _full_year(text: str, today: date, ahead: bool) -> int:
    """Two digits mean the latest such year that is not in the future (`ahead`: up to fifty years from now)."""
    if len(text) == 4:
        return int(text)
    year = today.year - today.year % 100 + int(text)
    if ahead:
        return year
    return year if year <= today.year else year - 100


def _nearest(month: int, day: int, today: date, ahead: bool) -> ParsedDate | str:
    """The last such day up to today, or the next one from today; a 29 February may lie up to eight years off."""
    step = 1 if ahead else -1
    for year in range(today.year, today.year + 9 * step, step):
        found = _day(year, month, day)
        if isinstance(found, ParsedDate) and (found.day >= today if ahead else found.day <= today):
            return found
    return "no_such_day"


def _month(name: str, months: Sequence[str]) -> int | None:
    """The month whose English or own name begins so (three letters or more), if it is only one."""
    if len(name) < 3:
        return None
    english = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
               "november", "december")  # fmt: skip
    found = {i for i in range(12) if english[i].startswith(name) or months[i].casefold().rstrip(".") == name}
    return found.pop() + 1 if len(found) == 1 else None


def add_months(day: date, months: int) -> date:
    """`day` so many months later (or earlier, below 0); the last day of the month where the day does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("outside the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_in_days(birth: date, today: date, *, field: str = "birth_date") -> int:
    """Completed days of life. Raises InvalidValue naming `field` with reason `future` or `too_long_ago`."""
    _refuse_impossible(birth, today, field)
    return (today - birth).days


def age_in_months(birth: date, today: date, *, field: str = "birth_date") -> int:
    """Completed months of life. Raises as `age_in_days`."""
    _refuse_impossible(birth, today, field)
    return _months(birth, today)


def age_in_years(birth: date, today: date, *, field: str = "birth_date") -> int:
    """Completed years of life; who was born on 29 February has a birthday on 1 March. Raises as `age_in_days`."""
    _refuse_impossible(birth, today, field)
    return _years(birth, today)


def age_text(birth: date, today: date, *, estimated: bool = False, units: AgeUnits | None = None) -> str:
    """`28 y`; under two years `14 mo`; under two months `5 w`; under two weeks `9 d`; `~28 y` when estimated.

    Raises InvalidValue as `age_in_days`.
    """
    unit = units or AgeUnits()
    days = age_in_days(birth, today)
    months = _months(birth, today)
    if days < 14:
        text = f"{days} {unit.day}"
    elif months < 2:
        text = f"{days // 7} {unit.week}"
    elif months < 24:
        text = f"{months} {unit.month}"
    else:
        text = f"{months // 12} {unit.year}"
    return f"~{text}" if estimated else text


def _refuse_impossible(birth: date, today: date, field: str) -> None:
    if birth > today:
        raise InvalidValue(field=field, reason="future", value=birth)
    if _years(birth, today) > OLDEST_YEARS:
        raise InvalidValue(field=field, reason="too_long_ago", value=birth)


def _months(birth: date, today: date) -> int:
    return (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)


def _years(birth: date, today: date) -> int:
    return _months(birth, today) // 12
