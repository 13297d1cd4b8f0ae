"""Numbers of cards, receipts and specimens: `<facility>-<station><series>-<counter>[-check]`, such as
`KH-TA-000123-7`.

The check character is a pure system in the manner of ISO/IEC 7064:2003 (radix 2, remainder 1, as its MOD 11-2 and MOD
37-2), with the prime modulus 29, which the standard does not list. Reasons: the hybrid systems MOD 11,10 and MOD
37,36 miss some swaps of neighbours; MOD 37-2 needs `*`, which file names refuse. 29 is more than the 26 letters and
10 digits that one place of our format can hold, so every wrong character and every swap of neighbours is found (tests
prove it exhaustively), and the 29 check characters leave out B, I, L, O, S, U and Z, which people read as digits.
"""

import re
from dataclasses import dataclass

from hms_desktop.domain.errors import InvalidValue

MODULUS = 29
CHECK_CHARACTERS = "0123456789ACDEFGHJKMNPQRTVWXY"
"""Check characters by value, 0 to 28."""

WIDTH = 6
"""Fewest digits of a counter."""

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FACILITY = "[A-Z]{2,6}"
_STATION = "[A-Z]{1,3}"
_PLAIN = re.compile(f"({_FACILITY})-({_STATION})([A-Z])-([0-9]{{{WIDTH},12}})")


@dataclass(frozen=True, slots=True)
class Number:
    """The parts of a number. `facility` 2–6, `station` 1–3 and `series` 1 Latin capitals; `counter` from 1."""

    facility: str
    station: str
    series: str
    counter: int
    checked: bool = False

    @property
    def text(self) -> str:
        """The number as it is printed."""
        return format_number(self.facility, self.station, self.series, self.counter, checked=self.checked)


def check_character(text: str) -> str:
    """The check character over the letters A–Z (values 0–25) and digits of `text`; other characters do not count."""
    total = 0
    for character in text:
        if "0" <= character <= "9":
            total = (total + int(character)) * 2 % MODULUS
        elif "A" <= character <= "Z":
            total = (total + ord(character) - ord("A")) * 2 % MODULUS
    return CHECK_CHARACTERS[(1 - total) % MODULUS]


def format_number(facility: str, station: str, series: str, counter: int, *, checked: bool) -> str:
    """The printed number. Raises InvalidValue naming the part (`facility`, `station`, `series`, `counter`) that
    can't be.
    """
    for field, value, pattern in (
        ("facility", facility, _FACILITY),
        ("station", station, _STATION),
        ("series", series, "[A-Z]"),
    ):
        if re.fullmatch(pattern, value) is None:
            raise InvalidValue(field=field, reason="format", value=value)
    if not 1 <= counter < 10**12:
        raise InvalidValue(field="counter", reason="range", value=counter, low=1, high=10**12 - 1)
    plain = f"{facility}-{station}{series}-{counter:0{WIDTH}d}"
    return f"{plain}-{check_character(plain)}" if checked else plain


def parse_number(text: str, *, checked: bool, facility: str = "", field: str = "number") -> Number:
    """The number a person typed or scanned; forgiving about case, spaces, missing dashes, and O, I, L for digits.

    Leading zeros may be missing where dashes or spaces set the counter apart. Without dashes `facility` says where
    the first part ends; if it does not fit, the first two letters are taken. Raises InvalidValue naming `field`,
    reason `format` (not of this form) or `check_character` (something in it is wrong).
    """
    parts = [part for part in re.split(r"[\s\u2010-\u2015_/.-]+", text.strip().upper()) if part]
    check = ""
    if checked and parts:
        check, parts = _take_check(parts)
    plain = _printed(parts, facility)
    found = _PLAIN.fullmatch(plain)
    if found is None or int(found[4]) == 0 or (len(found[4]) > WIDTH and found[4].startswith("0")):
        raise InvalidValue(field=field, reason="format", value=text)
    if checked and check != check_character(plain):
        raise InvalidValue(field=field, reason="check_character", value=text)
    return Number(found[1], found[2], found[3], int(found[4]), checked)


def _take_check(parts: list[str]) -> tuple[str, list[str]]:
    """The check character, and what is before it; none when the counter would be too short to hold it."""
    *front, last = parts
    if front and len(last) == 1:
        return last.translate(_MISREAD), front
    digits = re.sub("^[A-Z]+", "", last[:-1]) if not front else last[:-1]
    return (last[-1].translate(_MISREAD), [*front, last[:-1]]) if len(digits) >= WIDTH else ("", [])


def _printed(parts: list[str], facility: str) -> str:
    """The number without check character as it would be printed, if it is one."""
    if len(parts) == 3:
        start, middle, digits = parts
    else:
        found = re.fullmatch("([A-Z]+)([0-9OIL]+)", "".join(parts))
        letters, digits = (found[1], found[2]) if found else ("", "")
        cut = len(facility) if facility and letters.startswith(facility) else 2
        start, middle = letters[:cut], letters[cut:]
    return f"{start}-{middle}-{digits.translate(_MISREAD).rjust(WIDTH, '0')}"
