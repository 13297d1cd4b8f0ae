"""The laboratory menu: LOINC check digits, choices in both languages, ranges that never overlap."""

import re
from collections import defaultdict
from decimal import Decimal
from itertools import combinations

import pytest

from tests.content.catalogue_files import Row, catalogue, codes, listed

TESTS = {row["code"]: row for row in catalogue("lab_tests")}
RANGES = catalogue("lab_ranges")
LIMITS = ("critical_low", "normal_low", "normal_high", "critical_high")
LIFE_DAYS = 110 * 365


def loinc_check_digit(number: str) -> int:
    """Mod 10 (Luhn) over the digits before the hyphen, as LOINC's guide describes."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


def test_the_check_digit_rule_knows_a_right_and_a_wrong_code() -> None:
    assert loinc_check_digit("718") == 7
    assert loinc_check_digit("88142") != 3


def test_loinc_codes_are_whole_and_used_once() -> None:
    found = [row["loinc"] for row in TESTS.values() if row["loinc"]]
    for code in found:
        assert re.fullmatch(r"[0-9]{2,6}-[0-9]", code), code
        number, digit = code.split("-")
        assert loinc_check_digit(number) == int(digit), code
    assert len(set(found)) == len(found) >= 60


def test_references_resolve() -> None:
    for row in TESTS.values():
        assert row["category"] in codes("lab_categories"), row["code"]
        assert row["specimen"] in codes("specimens"), row["code"]
    assert codes("lab_categories") == {row["category"] for row in TESTS.values()}
    assert codes("specimens") == {row["specimen"] for row in TESTS.values()}


def test_each_kind_of_result_has_what_it_needs() -> None:
    for row in TESTS.values():
        assert row["result_kind"] in {"number", "choice", "text"}, row["code"]
        number, choice = row["result_kind"] == "number", row["result_kind"] == "choice"
        assert bool(row["unit"]) == number == bool(row["places"]), row["code"]
        assert bool(row["choices"]) == choice, row["code"]
        assert number or not row["delta_percent"], row["code"]
        assert not number or 0 <= int(row["places"]) <= 3, row["code"]
        assert int(row["turnaround_minutes"]) > 0
        assert Decimal(row["price"]) >= 0


def test_choices_are_parallel_in_both_languages() -> None:
    for row in TESTS.values():
        english, french = listed(row["choices"]), listed(row["choices_fr"])
        assert [one.endswith("*") for one in english] == [one.endswith("*") for one in french], row["code"]
        assert not english or not english[0].endswith("*"), row["code"]
        assert all("*" not in one[:-1] for one in english + french), row["code"]


def test_units_are_ucum() -> None:
    units = "g/dL % 10*12/L 10*9/L fL pg mm/h s {INR} mmol/L umol/L U/L g/L mg/L ug/L m[IU]/L [IU]/mL pmol/L /uL"
    assert {row["unit"] for row in TESTS.values()} <= {"", "1", "[pH]", "/[HPF]", "{copies}/mL", *units.split()}


def test_panels_hold_known_tests_and_cost_no_more_than_their_parts() -> None:
    for panel in catalogue("lab_panels"):
        parts = listed(panel["tests"])
        assert len(parts) > 1
        assert set(parts) <= set(TESTS), panel["code"]
        assert Decimal(panel["price"]) <= sum(Decimal(TESTS[part]["price"]) for part in parts), panel["code"]
        assert panel["code"] not in TESTS, "a panel and a test share a code"


def test_every_number_has_a_range_and_only_numbers_do() -> None:
    assert {row["test"] for row in RANGES} == {code for code, row in TESTS.items() if row["result_kind"] == "number"}


@pytest.mark.parametrize("row", RANGES, ids=lambda row: f"{row['test']}-{row['sex']}-{row['age_from_days']}")
def test_a_range_is_ordered_and_says_where_it_comes_from(row: Row) -> None:
    assert row["sex"] in {"m", "f", "any"}
    assert row["pregnant"] in {"0", "1", "any"}
    assert row["pregnant"] == "any" or row["sex"] == "f"
    assert 0 <= int(row["age_from_days"]) < int(row["age_to_days"])
    limits = [Decimal(row[name]) for name in LIMITS if row[name]]
    assert limits == sorted(limits)
    assert row["normal_low"] or row["normal_high"]
    places = int(TESTS[row["test"]]["places"])
    for name in LIMITS:
        assert not row[name] or -int(Decimal(row[name]).as_tuple().exponent) <= places, name
    assert len(row["source"]) <= 200


def _meet(first: Row, second: Row) -> bool:
    """Could one person fit both rows?"""
    sexes = "any" in {first["sex"], second["sex"]} or first["sex"] == second["sex"]
    pregnancy = "any" in {first["pregnant"], second["pregnant"]} or first["pregnant"] == second["pregnant"]
    younger = int(first["age_from_days"]) < int(second["age_to_days"])
    older = int(second["age_from_days"]) < int(first["age_to_days"])
    return sexes and pregnancy and younger and older


def test_no_person_fits_two_ranges() -> None:
    by_test: dict[str, list[Row]] = defaultdict(list)
    for row in RANGES:
        by_test[row["test"]].append(row)
    for rows in by_test.values():
        assert [pair for pair in combinations(rows, 2) if _meet(*pair)] == []


@pytest.mark.parametrize("sex", ["m", "f"])
@pytest.mark.parametrize(
    "test", ["haemoglobin", "white_cells", "platelets", "potassium", "sodium", "creatinine", "glucose_random"]
)
def test_the_common_tests_have_a_range_at_every_age(test: str, sex: str) -> None:
    for age in (0, 1, 7, 8, 28, 29, 60, 61, 183, 365, 730, 1826, 4383, 5478, 10_000, LIFE_DAYS):
        fitting = [
            row
            for row in RANGES
            if row["test"] == test
            and row["sex"] in {sex, "any"}
            and row["pregnant"] != "1"
            and int(row["age_from_days"]) <= age < int(row["age_to_days"])
        ]
        assert len(fitting) == 1, (test, sex, age)


def test_possible_limits_hold_every_range_and_belong_to_numbers() -> None:
    for code, row in TESTS.items():
        low, high = row["possible_low"], row["possible_high"]
        assert bool(low) == bool(high), code
        if not low:
            continue
        assert row["result_kind"] == "number", code
        limits = [Decimal(one[name]) for one in RANGES if one["test"] == code for name in LIMITS if one[name]]
        assert Decimal(low) <= min(limits), code
        assert max(limits) <= Decimal(high), code


def test_usual_abbreviations_find_their_test() -> None:
    panels = {row["code"]: row for row in catalogue("lab_panels")}
    assert "Hb" in listed(TESTS["haemoglobin"]["synonyms"])
    assert "CBC" in listed(panels["full_blood_count"]["synonyms"])
