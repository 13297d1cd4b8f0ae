"""Counts of medicines in words: `1 capsule`, `21 capsules`, `21 gélules`."""

from functools import cache

from hms_desktop.domain.texts import pick
from hms_desktop.interop.catalogues import UnitRow, texts
from hms_desktop.interop.csv_rows import read_rows
from hms_desktop.services.catalogue import catalogues_folder


@cache
def _units() -> dict[str, UnitRow]:
    return {row.code: row for row in read_rows(catalogues_folder() / "medicine_units.csv", UnitRow)}


def counted(count: int, unit: str, language: str = "en") -> str:
    """So many units as they are said in a language; a unit that the list does not have is shown with spaces."""
    return f"{count} {unit_name(unit, count, language)}".strip()


def unit_name(unit: str, count: int, language: str = "en") -> str:
    """The unit's name for a count: French says one for nothing, English many."""
    known = _units().get(unit)
    if known is None:
        return unit.replace("_", " ")
    many = count > 1 if language == "fr" else count != 1
    return pick(texts(known.plural_en, known.plural_fr) if many else known.name, language)
