"""Puts the facts of an error into words: codes by their labels, dates and numbers the way screens show them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from hms_desktop.words.labels import LABELS, has_label, label
from hms_desktop.words.language import NC_, tr, trc

MONTHS: tuple[str, ...] = (
    NC_("month", "Jan"), NC_("month", "Feb"), NC_("month", "Mar"), NC_("month", "Apr"),
    NC_("month", "May"), NC_("month", "Jun"), NC_("month", "Jul"), NC_("month", "Aug"),
    NC_("month", "Sep"), NC_("month", "Oct"), NC_("month", "Nov"), NC_("month", "Dec"),
)  # fmt: skip

_LABELLED = {
    "field": "field",
    "kind": "kind",
    "users": "kind",
    "right": "right",
    "role": "role",
    "severity": "allergy_severity",
    "what": "deed",
    "found_kind": "scanned",
    "wanted_kind": "scanned",
}
"""A fact of this name is a code of this kind of label."""

_MONEY = frozenset({"amount", "limit", "price", "balance"})
"""Facts that keep their trailing zeros; all other decimals are quantities and measurements, which do not."""


def in_words(facts: Mapping[str, object]) -> dict[str, str]:
    """Each fact as a person reads it; `reason` stays a code, for its sentence needs the other facts."""
    return {name: _word(name, value, facts) for name, value in facts.items()}


def _word(name: str, value: object, facts: Mapping[str, object]) -> str:
    if name == "field" and not has_label("field", str(value)) and has_label("setting", str(value)):
        return label("setting", str(value))
    if name in _LABELLED:
        return label(_LABELLED[name], str(value).rpartition(".")[2] if name == "field" else str(value))
    if name in {"state", "wanted"} and isinstance(value, str):
        return _state(str(facts.get("kind", "")), value)
    if name == "open":
        return ", ".join(label("open_work", code.strip()) for code in str(value).split(","))
    return shown(value, money=name in _MONEY)


def _state(kind: str, code: str) -> str:
    """A state by its kind's own labels, else by the first kind of state that knows the code."""
    own = f"{kind}_state"
    kinds = [own, *(each for each in LABELS if each.endswith(("_state", "_status")))]
    return label(next((each for each in kinds if has_label(each, code)), own), code)


def shown(value: object, *, money: bool = False) -> str:
    """A value as screens show it: 05-Mar-2026, 05-Mar-2026 14:05, 37.5 (2.00 when it is money), a list with commas."""
    if value is None:
        return tr("(not known)")
    if isinstance(value, datetime):
        return f"{_day(value)} {value:%H:%M}"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, Decimal):
        return f"{value:f}" if money else _short(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(shown(each, money=money) for each in value)
    return str(value)


def months() -> tuple[str, ...]:
    """The short names of the months in the current language, January first."""
    return tuple(trc("month", each) for each in MONTHS)


def _day(value: date) -> str:
    return f"{value.day:02d}-{months()[value.month - 1]}-{value.year:04d}"


def _short(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
