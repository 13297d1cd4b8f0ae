"""What people type into the clinic's own lists: cleaned, and refused beside the field when it can't be."""

import re
from collections.abc import Iterable
from decimal import Decimal

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.names import fold

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def line(field: str, value: str, limit: int, *, required: bool = False) -> str:
    """One line without spaces around it. Raises InvalidValue: required, too_long (`limit` characters), characters."""
    cleaned = " ".join(value.split())
    if required and not cleaned:
        raise InvalidValue(field=field, reason="required")
    return _within(field, cleaned, limit)


def note(field: str, value: str, limit: int) -> str:
    """Several lines. Raises InvalidValue: too_long, characters."""
    return _within(field, value.strip(), limit)


def _within(field: str, cleaned: str, limit: int) -> str:
    if len(cleaned) > limit:
        raise InvalidValue(field=field, reason="too_long", limit=limit)
    if "\x00" in cleaned:
        raise InvalidValue(field=field, reason="characters")
    return cleaned


def email(field: str, value: str) -> str:
    """An address, or ''. Raises InvalidValue: format, too_long."""
    cleaned = line(field, value, 120)
    if cleaned and not _EMAIL.fullmatch(cleaned):
        raise InvalidValue(field=field, reason="format")
    return cleaned


def whole(field: str, value: int, low: int, high: int) -> int:
    """A count within its limits. Raises InvalidValue: range."""
    if not low <= value <= high:
        raise InvalidValue(field=field, reason="range", low=low, high=high)
    return value


def not_negative(field: str, value: Decimal) -> Decimal:
    """An amount or a measure. Raises InvalidValue: negative."""
    if value < 0:
        raise InvalidValue(field=field, reason="negative")
    return value


def one_of(field: str, value: str, known: Iterable[str]) -> str:
    """A code of a list. Raises InvalidValue: choice."""
    if value not in known:
        raise InvalidValue(field=field, reason="choice", value=value)
    return value


def code_from(text: str, taken: Iterable[str], limit: int = 40) -> str:
    """A code made from a name, unlike those `taken`: `Eye clinic` → `eye_clinic`, then `eye_clinic_2`."""
    plain = "".join(c if c.isascii() else "" for c in fold(text))
    stem = "_".join(plain.split())[: limit - 4] or "item"
    if not stem[0].isalpha():
        stem = f"x_{stem}"[: limit - 4]
    known = set(taken)
    found, number = stem, 1
    while found in known:
        number += 1
        found = f"{stem}_{number}"
    return found


def names(en: str, fr: str) -> dict[str, str]:
    """A name by language; a language without one is left out."""
    return {language: text for language, text in (("en", en), ("fr", fr)) if text}
