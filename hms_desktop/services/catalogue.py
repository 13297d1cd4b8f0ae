"""Lists that the program brings along and screens offer: reasons, words of medicines, cross-reactions of allergies.

They are read from `resources/catalogues` once. What a clinic may change (medicines, tests, prices) is in the store:
see `catalogue_load.py`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.allergies import CrossReaction
from hms_desktop.domain.texts import pick
from hms_desktop.interop import catalogues as files
from hms_desktop.interop.catalogues import Named, texts
from hms_desktop.interop.csv_rows import read_rows
from hms_desktop.services.clinic import Clinic
from hms_desktop.system.paths import resources

REASONS = frozenset({"void", "refund", "reject", "adjustment", "waiver"})
"""Kinds of reasons that are offered."""

LISTS = frozenset(
    {
        "medicine_forms", "medicine_routes", "medicine_units", "medicine_categories", "drug_classes", "ingredients",
        "specimens", "lab_categories", "visit_kinds",
    }
)  # fmt: skip
"""Lists of codes with names in each language."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason as the file has it. `direction` (in, out, either) only of stock adjustments."""

    code: str
    name: dict[str, str]
    direction: str = ""


def catalogues_folder() -> Path:
    """Where the program's lists are."""
    return resources() / "catalogues"


def reasons(clinic: Clinic, actor: Actor, kind: str) -> list[tuple[str, str]]:
    """Code and text of each reason of a kind (`REASONS`), in the person's language, in the order to offer them."""
    del clinic  # called like every service; these lists are alike in every clinic
    return [(reason.code, pick(reason.name, actor.language)) for reason in reason_rows(kind)]


@cache
def reason_rows(kind: str) -> tuple[Reason, ...]:
    """The reasons of a kind. Raises KeyError for an unknown kind."""
    if kind not in REASONS:
        raise KeyError(kind)
    path = catalogues_folder() / f"{kind}_reasons.csv"
    if kind == "adjustment":
        return tuple(Reason(r.code, r.name, r.direction) for r in read_rows(path, files.AdjustmentReasonRow))
    return tuple(Reason(r.code, r.name) for r in read_rows(path, Named))


@cache
def names_of(kind: str) -> dict[str, dict[str, str]]:
    """The names by language of every code of a list (`LISTS`). Raises KeyError for an unknown list."""
    if kind not in LISTS:
        raise KeyError(kind)
    return {row.code: row.name for row in read_rows(catalogues_folder() / f"{kind}.csv", Named)}


def name_of(kind: str, code: str, language: str = "en") -> str:
    """The name of one code of a list; a code that the list does not have is shown with spaces."""
    known = names_of(kind).get(code)
    return pick(known, language) if known else code.replace("_", " ")


@cache
def _cross_rows() -> tuple[files.CrossReactivityRow, ...]:
    return tuple(read_rows(catalogues_folder() / "cross_reactivity.csv", files.CrossReactivityRow))


def cross_reactions(language: str = "en") -> tuple[CrossReaction, ...]:
    """Which allergies cross over to which medicines, with notes in a language and their sources."""
    return tuple(
        CrossReaction(r.a, r.b, r.level, r.source, pick(texts(r.note_en, r.note_fr), language)) for r in _cross_rows()
    )


@cache
def consultation_service(visit_kind: str) -> str:
    """The service that a consultation of a kind of visit is charged as; '' when the list does not say."""
    rows = read_rows(catalogues_folder() / "visit_kinds.csv", files.VisitKindRow)
    return next((r.consultation_service for r in rows if r.code == visit_kind), "")
