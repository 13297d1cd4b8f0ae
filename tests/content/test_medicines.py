"""The formulary: references resolve, amounts parse and agree, doses are written safely."""

import re
from decimal import Decimal
from itertools import pairwise

from tests.content.catalogue_files import Row, catalogue, codes, listed

MEDICINES = catalogue("medicines")
MASS = {"g": Decimal(1000), "mg": Decimal(1), "mcg": Decimal("0.001")}
FREQUENCIES = frozenset("od bd tds qds nocte stat prn q8h q6h weekly".split())
OTHER_WORDS = frozenset("ml unit units puff puffs drop drops application".split())
ROUTES = frozenset(
    "oral sublingual intramuscular intravenous subcutaneous rectal vaginal topical inhaled eye ear nasal".split()
)
NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
UNSAFE = re.compile(r"\b(U|IU|QD|QOD|MS|MSO4|MgSO4)\b|µ|\bug\b|(?<![\d.])\.\d|\d\.\d*0(?![\d])(?=\s?(mg|g|mcg|ml))")


def _plural_of(unit: str) -> frozenset[str]:
    words = {row["code"]: (row["name_en"], row["plural_en"]) for row in catalogue("medicine_units")}
    return frozenset({unit, *words[unit]})


def test_every_reference_resolves() -> None:
    wanted = {
        "form": codes("medicine_forms"),
        "unit": codes("medicine_units"),
        "route": codes("medicine_routes"),
        "category": codes("medicine_categories"),
    }
    for row in MEDICINES:
        for column, known in wanted.items():
            assert row[column] in known, (row["code"], column)
        assert set(listed(row["ingredients"])) <= codes("ingredients"), row["code"]
        assert row["ingredients"], row["code"]
        assert set(listed(row["drug_class"])) <= codes("drug_classes"), row["code"]


def test_routes_are_the_ones_a_prescription_knows() -> None:
    assert codes("medicine_routes") == ROUTES


def test_nothing_is_listed_that_no_medicine_uses() -> None:
    for column, name in (("ingredients", "ingredients"), ("drug_class", "drug_classes")):
        used = {code for row in MEDICINES for code in listed(row[column])}
        assert codes(name) == used
    for column, name in (("form", "medicine_forms"), ("unit", "medicine_units"), ("category", "medicine_categories")):
        assert codes(name) == {row[column] for row in MEDICINES}


def test_an_ingredient_and_a_class_never_share_a_code() -> None:
    assert codes("ingredients") & codes("drug_classes") == frozenset()


def test_numbers_are_plain_and_fit_together() -> None:
    for row in MEDICINES:
        price, cost = Decimal(row["price"]), Decimal(row["cost"])
        assert price == 0 or price > cost > 0, row["code"]
        assert price.as_tuple().exponent in {0, -1, -2}, row["code"]
        for column in ("reorder_level", "pack_size", "default_days"):
            assert int(row[column]) > 0, (row["code"], column)
        for column in ("mg_per_unit", "child_mg_per_kg_dose", "child_max_mg", "unit_ml"):
            assert not row[column] or (NUMBER.fullmatch(row[column]) and Decimal(row[column]) > 0), (
                row["code"],
                column,
            )


def test_schedules_and_atc_have_their_shape() -> None:
    for row in MEDICINES:
        assert row["controlled_schedule"] in {"", "I", "II", "III", "IV", "V"}
        assert re.fullmatch(r"|[A-Z]\d\d[A-Z]{2}(\d\d)?|[A-Z]\d\d[A-Z]", row["atc"]), row["code"]


def test_strength_and_dose_are_written_safely() -> None:
    for row in MEDICINES:
        for column in ("strength", "default_dose"):
            assert not UNSAFE.search(row[column]), (row["code"], row[column])
            assert not re.search(r"\d(mg|g|mcg|ml|units)\b", row[column]), (row["code"], row[column])


def test_the_safety_rule_itself_catches_what_it_should() -> None:
    for bad in ("5.0 mg", ".5 mg", "10 IU", "10 U", "50 µg", "50 ug", "MS 5 mg", "2.50 mg"):
        assert UNSAFE.search(bad), bad
    for good in ("0.5 mg", "10 units", "10 mg", "500 mg/5 ml", "0.05 mg", "100,000 units/ml", "2.5 mg"):
        assert not UNSAFE.search(good), good


def _dose(row: Row) -> tuple[Decimal, str]:
    amount, word = row["default_dose"].split(" ")
    assert NUMBER.fullmatch(amount), row["code"]
    return Decimal(amount), word


def test_a_default_dose_is_a_number_and_a_word_that_can_be_counted() -> None:
    for row in MEDICINES:
        amount, word = _dose(row)
        assert amount > 0
        assert word in MASS or word in OTHER_WORDS or word in _plural_of(row["unit"]), (row["code"], word)
        assert word not in MASS or row["mg_per_unit"], row["code"]
        assert word != "ml" or row["unit_ml"], row["code"]
        assert row["default_frequency"] in FREQUENCIES, row["code"]


def test_a_dose_by_weight_is_the_same_size_of_thing_as_the_unit() -> None:
    for row in MEDICINES:
        amount, word = _dose(row)
        if word in MASS:
            units = amount * MASS[word] / Decimal(row["mg_per_unit"])
            assert Decimal("0.01") <= units <= 8, (row["code"], units)


def test_a_childs_dose_has_its_maximum_and_a_countable_unit() -> None:
    for row in MEDICINES:
        per_kg, most = row["child_mg_per_kg_dose"], row["child_max_mg"]
        assert bool(per_kg) == bool(most), row["code"]
        if per_kg:
            assert row["mg_per_unit"], row["code"]
            assert Decimal(per_kg) < Decimal(most), row["code"]


def test_the_strength_agrees_with_the_milligrams_of_a_unit() -> None:
    for row in MEDICINES:
        simple = re.fullmatch(r"(\d+(?:\.\d+)?) (g|mg|mcg)", row["strength"])
        liquid = re.fullmatch(r"(\d+(?:\.\d+)?) (g|mg|mcg)/(\d+(?:\.\d+)?)? ?ml", row["strength"])
        if simple and row["mg_per_unit"]:
            assert Decimal(simple[1]) * MASS[simple[2]] == Decimal(row["mg_per_unit"]), row["code"]
        if liquid and row["mg_per_unit"]:
            per_ml = Decimal(liquid[1]) * MASS[liquid[2]] / Decimal(liquid[3] or 1)
            assert per_ml * Decimal(row["unit_ml"]) == Decimal(row["mg_per_unit"]), row["code"]


def test_tall_letters_only_change_the_case() -> None:
    for row in MEDICINES:
        assert row["tall_man"].casefold() in {"", row["generic"].casefold()}, row["code"]


def test_look_alike_pairs_are_in_the_formulary_and_told_apart() -> None:
    shown = {row["generic"]: row["tall_man"] or row["generic"] for row in MEDICINES}
    for pair in catalogue("tall_man"):
        assert pair["a_tall"] == shown[pair["a"]]
        assert pair["b_tall"] == shown[pair["b"]]
        assert pair["a_tall"] != pair["a"] or pair["b_tall"] != pair["b"], pair


def test_medicines_are_sorted_and_said_once() -> None:
    keys = [(row["generic"], row["code"]) for row in MEDICINES]
    assert all(first < second for first, second in pairwise(keys))
    said = [(row["generic"], row["strength"], row["form"]) for row in MEDICINES]
    assert len(set(said)) == len(said) >= 200
