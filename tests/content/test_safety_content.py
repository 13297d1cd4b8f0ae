"""Interactions, allergens and cross-reactions name things that the formulary has."""

from tests.content.catalogue_files import Row, catalogue, codes, listed

KNOWN = codes("ingredients") | codes("drug_classes")


def _members(code: str) -> frozenset[str]:
    """The medicines that an ingredient or class code reaches."""
    return frozenset(
        row["code"] for row in catalogue("medicines") if code in listed(row["ingredients"]) + listed(row["drug_class"])
    )


def test_every_interaction_names_an_ingredient_or_class() -> None:
    for row in catalogue("interactions"):
        assert {row["a"], row["b"]} <= KNOWN, row
        assert row["a"] != row["b"]
        assert row["severity"] in {"contraindicated", "serious"}
        assert row["effect_en"]
        assert row["advice_en"]


def test_a_pair_is_listed_once() -> None:
    pairs = [frozenset((row["a"], row["b"])) for row in catalogue("interactions")]
    assert len(set(pairs)) == len(pairs) >= 40


def test_an_interaction_can_happen() -> None:
    for row in catalogue("interactions"):
        first, second = _members(row["a"]), _members(row["b"])
        assert first, row
        assert second, row
        assert len(first | second) > 1, row


def test_allergens_reach_medicines_or_say_that_they_do_not() -> None:
    for row in catalogue("allergens"):
        assert row["kind"] in {"drug", "food", "environment"}, row
        assert set(listed(row["maps_to"])) <= KNOWN, row
        assert row["kind"] == "drug" or not row["maps_to"], row
    assert len(catalogue("allergens")) >= 50


def test_cross_reactions_are_directed_and_known() -> None:
    rows: tuple[Row, ...] = catalogue("cross_reactivity")
    for row in rows:
        assert {row["a"], row["b"]} <= KNOWN, row
        assert row["a"] != row["b"]
        assert row["level"] in {"high", "possible"}
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows)
