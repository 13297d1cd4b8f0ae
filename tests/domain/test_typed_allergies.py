"""Allergies that were typed: which listed substance the words name."""

import pytest

from hms_desktop.domain.allergies import Allergen, substance_codes
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import AllergyRow, AllergySeverity


@pytest.mark.parametrize("typed", ["penicillin", "Penicillins", "allergic to PENICILLIN", "Pénicilline", "pen"])
def test_a_typed_substance_is_known_by_its_bare_name_singular_or_plural(typed: str) -> None:
    listed = Allergen(
        "penicillin", ("Penicillin (any)", "Pénicilline (toutes)", "pen", "penicillins"), frozenset({"penicillin"})
    )
    row = AllergyRow(Id("0" * 32), typed, None, "", AllergySeverity.UNKNOWN)
    assert substance_codes(row, {listed.code: listed}) == {"penicillin"}


def test_a_part_of_a_longer_name_is_not_the_substance() -> None:
    listed = Allergen("sulfa", ("Sulfonamide antibiotics",), frozenset({"sulfonamide"}))
    row = AllergyRow(Id("0" * 32), "antibiotics", None, "", AllergySeverity.UNKNOWN)
    assert substance_codes(row, {listed.code: listed}) == frozenset()
