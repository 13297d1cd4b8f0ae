"""Words for codes: rights, roles, states, colours, fields. The store keeps the code, a person reads the label.

A label's *kind* says which code it is, and is its context for the translator. For an enum the kind is the snake_case of
the class name, so that `say(BillState.OPEN)` is `label("bill_state", "open")`. Each area keeps its labels in
its own file.
"""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from types import ModuleType

from hms_desktop.words import (
    accounts,
    actions,
    billing,
    checking,
    columns,
    consultations,
    facility,
    fields,
    kinds,
    lab,
    patients,
    pharmacy,
    prescriptions,
    reasons,
    rights,
    settings,
    triage,
    visits,
)
from hms_desktop.words.language import trc

Labels = dict[str, dict[str, str]]

_AREAS: tuple[ModuleType, ...] = (
    accounts, actions, billing, checking, columns, consultations, facility, fields, kinds, lab, patients, pharmacy,
    prescriptions, reasons, rights, settings, triage, visits,
)  # fmt: skip


def _gathered(areas: Iterable[ModuleType]) -> Labels:
    """All areas' labels as one; the same code of a kind in two areas is a mistake of ours (ValueError)."""
    together: Labels = {}
    for area in areas:
        labels: Mapping[str, Mapping[str, str]] = area.LABELS
        for kind, words in labels.items():
            known = together.setdefault(kind, {})
            if doubled := known.keys() & words.keys():
                raise ValueError(f"{area.__name__} labels {kind} {sorted(doubled)} again")
            known.update(words)
    return together


LABELS: Labels = _gathered(_AREAS)
"""kind → code → English text."""


def kind_of(enumeration: type[Enum]) -> str:
    """The kind under which an enum's members are labelled: `BillState` → `bill_state`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", enumeration.__name__).lower()


def has_label(kind: str, code: str) -> bool:
    """Whether a person has a word for this code."""
    return code in LABELS.get(kind, {})


def label(kind: str, code: str) -> str:
    """What a person calls `code`. A code without a label (a newer station's) is shown as it is, with spaces."""
    text = LABELS.get(kind, {}).get(code)
    return trc(kind, text) if text else code.replace("_", " ").replace(".", ": ")


def say(member: Enum) -> str:
    """What a person calls a member of one of the clinic's enums."""
    return label(kind_of(type(member)), str(member.value))


def choices(enumeration: type[Enum]) -> list[tuple[str, str]]:
    """(code, label) of every member, in the enum's order: what a list box offers."""
    return [(str(member.value), say(member)) for member in enumeration]
