"""Numbers of cards, receipts and specimens: `<facility>-<station><series>-<kind><counter>[-check]`, such as
`KH-TA-P000123-7` on a patient's card.

The kind letter keeps numbers of different kinds apart: a card scanned where a specimen belongs is refused by name. The
letters are none that people read as a digit, and the check character covers them. Without its kind letter nothing is a
number: a digit typed for the letter would make another number that one in 29 check characters fits. (The search for a
patient forgives a missing letter, for there a person chooses from a list.)

The check character is a pure system in the manner of ISO/IEC 7064:2003 (radix 2, remainder 1, as its MOD 11-2 and MOD
37-2), with the prime modulus 29, which the standard does not list. Reasons: the hybrid systems MOD 11,10 and MOD
37,36 miss some swaps of neighbours; MOD 37-2 needs `*`, which file names refuse. 29 is more than the 26 letters and
10 digits that one place of our format can hold, so every wrong character and every swap of neighbours is found (tests
prove it exhaustively), and the 29 check characters leave out B, I, L, O, S, U and Z, which people read as digits.
"""

import re
from dataclasses import dataclass

from hms_desktop.domain.errors import InvalidValue, WrongNumberKind
from hms_desktop.domain.facility import UNCHECKED, NumberKind

MODULUS = 29
CHECK_CHARACTERS = "0123456789ACDEFGHJKMNPQRTVWXY"
"""Check characters by value, 0 to 28."""

WIDTH = 6
"""Fewest digits of a counter."""

KIND_LETTERS: dict[NumberKind, str] = {
    NumberKind.MRN: "P",  # patient
    NumberKind.VISIT: "V",
    NumberKind.LAB_ORDER: "A",  # analysis
    NumberKind.SPECIMEN: "T",  # tube
    NumberKind.PRESCRIPTION: "R",  # ℞
    NumberKind.DISPENSING: "D",
    NumberKind.BILL: "F",  # facture, factura, fatura
    NumberKind.RECEIPT: "C",  # cash
    NumberKind.REFUND: "N",  # credit note
    NumberKind.GOODS_RECEIPT: "G",
    NumberKind.CASH_SESSION: "J",  # journée, jornada: the drawer's day
    NumberKind.Z_REPORT: "E",  # end of the day
}
"""The letter of each kind. A ticket has none: it is the station's code and the count of the day, `A001`."""

_KINDS = {letter: kind for kind, letter in KIND_LETTERS.items()}
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FACILITY = "[A-Z]{2,6}"
_STATION = "[A-Z]{1,3}"
_HEAD = re.compile(f"({_FACILITY})-({_STATION})([A-Z])")
_TAIL = re.compile(f"([A-Z]*?)([{''.join(_KINDS)}]?)([0-9OIL]{{1,12}})")


@dataclass(frozen=True, slots=True)
class Number:
    """The parts of a number. `facility` 2–6, `station` 1–3 and `series` 1 Latin capitals; `counter` from 1."""

    kind: NumberKind
    facility: str
    station: str
    series: str
    counter: int

    @property
    def text(self) -> str:
        """The number as it is printed."""
        return format_number(self.kind, self.facility, self.station, self.series, self.counter)


def check_character(text: str) -> str:
    """The check character over the letters A–Z (values 0–25) and digits of `text`; other characters do not count."""
    total = 0
    for character in text:
        if "0" <= character <= "9":
            total = (total + int(character)) * 2 % MODULUS
        elif "A" <= character <= "Z":
            total = (total + ord(character) - ord("A")) * 2 % MODULUS
    return CHECK_CHARACTERS[(1 - total) % MODULUS]


def format_number(kind: NumberKind, facility: str, station: str, series: str, counter: int) -> str:
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
    plain = f"{facility}-{station}{series}-{KIND_LETTERS[kind]}{counter:0{WIDTH}d}"
    return plain if kind in UNCHECKED else f"{plain}-{check_character(plain)}"


def parse_number(text: str, kind: NumberKind, *, facility: str = "", field: str = "number") -> Number:
    """The number of this kind that a person typed or scanned; forgiving as `read_number` is.

    Raises InvalidValue naming `field`, reason `format` (not of this form) or `check_character` (something in it is
    wrong), and WrongNumberKind when it is a sound number of another kind.
    """
    found = _read(text, facility)
    if isinstance(found, str):
        raise InvalidValue(field=field, reason=found, value=text)
    if found.kind is not kind:
        raise WrongNumberKind(field=field, number=found.text, found_kind=found.kind.value, wanted_kind=kind.value)
    return found


def read_number(text: str, *, facility: str = "") -> Number | None:
    """The number, of whatever kind, that a person typed or scanned; None when it is none, or one with a slip.

    Forgives case, spaces, missing dashes, and O, I, L for digits. Leading zeros may be missing where dashes or spaces
    set the counter apart. Without dashes `facility` says where the first part ends; if it does not fit, the first two
    letters are taken.
    """
    found = _read(text, facility)
    return found if isinstance(found, Number) else None


def _read(text: str, facility: str) -> Number | str:
    """The number in `text`, or why there is none: `format`, `check_character`."""
    parts = [part for part in re.split(r"[\s\u2010-\u2015_/.-]+", text.strip().upper()) if part]
    for front, tail, check in _splits(parts):
        found = _TAIL.fullmatch(tail)
        if found is None:
            continue
        head, letter, digits = [*front, *filter(None, [found[1]])], found[2], found[3]
        if not letter and len(head) > 1 and head[-1] in _KINDS:
            letter = head.pop()
        kind = _KINDS.get(letter)
        if kind is not None and (kind in UNCHECKED) == (not check):
            return _proved(kind, _joined(head, facility), digits.translate(_MISREAD), check.translate(_MISREAD))
    return "format"


def _splits(parts: list[str]) -> list[tuple[list[str], str, str]]:
    """How the parts may fall into what is before the counter, counter, and check character ('' for none)."""
    if not parts:
        return []
    *front, last = parts
    if front and len(last) == 1:
        return [(front[:-1], front[-1], last)]
    glued = [(front, last[:-1], last[-1])] if _is_whole(last[:-1]) else []
    return [*glued, (front, last, "")] if front or _is_whole(last) else glued


def _is_whole(tail: str) -> bool:
    """Whether the counter has all its digits, as it must where nothing sets it apart."""
    return re.search(f"[0-9OIL]{{{WIDTH},}}$", tail) is not None


def _joined(head: list[str], facility: str) -> str:
    """Facility, station and series as they would be printed, if they are that."""
    if len(head) == 1:
        letters = head[0]
        cut = len(facility) if facility and letters.startswith(facility) else 2
        head = [letters[:cut], letters[cut:]]
    return "-".join(head)


def _proved(kind: NumberKind, head: str, digits: str, check: str) -> Number | str:
    found = _HEAD.fullmatch(head)
    if found is None or int(digits) == 0 or (len(digits) > WIDTH and digits.startswith("0")):
        return "format"
    number = Number(kind, found[1], found[2], found[3], int(digits))
    return "check_character" if check and number.text[-1] != check else number
