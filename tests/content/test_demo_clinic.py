"""The training clinic: staff for every desk, names in their scripts, stock that teaches, stories that resolve."""

import json
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.content.catalogue_files import DEMO_CLINIC, Row, catalogue, codes, demo, listed

COMPLAINTS = demo("complaints")
VITALS = ("temperature", "pulse", "breathing_rate", "spo2", "systolic", "diastolic", "glucose", "pain")
POSSIBLE = {
    "temperature": (34, 42), "pulse": (40, 200), "breathing_rate": (8, 70), "spo2": (70, 100), "systolic": (60, 240),
    "diastolic": (40, 140), "glucose": (1, 30), "pain": (0, 10),
}  # fmt: skip
SCRIPTS = {"ethiopian": "ETHIOPIC", "arabic": "ARABIC", "indian": "DEVANAGARI"}


def test_the_facility_is_whole() -> None:
    facility = json.loads((DEMO_CLINIC / "facility.json").read_text(encoding="utf-8"))
    assert (facility["code"], facility["currency"], facility["currency_digits"]) == ("KH", "KES", 2)
    assert ZoneInfo(facility["time_zone"]).key == "Africa/Nairobi"
    assert facility["established_year"] == 1998
    assert all(value != "" for value in facility.values())
    assert (DEMO_CLINIC / facility["logo"]).is_file()


def test_the_logo_is_small_and_drawn() -> None:
    picture = (DEMO_CLINIC / "logo.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) <= 20 * 1024
    assert ET.parse(DEMO_CLINIC / "logo.svg").getroot().tag.endswith("svg")


def test_every_desk_has_its_people() -> None:
    staff = demo("staff")
    assert len({row["username"] for row in staff}) == len(staff)
    assert {row["department"] for row in staff} <= codes("departments")
    assert {row["gender"] for row in staff} == {"m", "f"}
    have = Counter(role for row in staff for role in listed(row["roles"]))
    for role in ("receptionist", "nurse", "doctor", "lab_technician", "pharmacist", "cashier"):
        assert have[role] >= 2, role
    for role in ("administrator", "hospital_manager", "lab_supervisor", "pharmacy_supervisor", "cash_supervisor"):
        assert have[role] >= 1, role


@pytest.mark.parametrize("culture", sorted({row["culture"] for row in demo("names")}))
def test_a_culture_has_names_for_both_sexes_in_its_script(culture: str) -> None:
    rows = [row for row in demo("names") if row["culture"] == culture]
    kinds = Counter((row["kind"], row["sex"]) for row in rows)
    assert min(kinds["given", "m"], kinds["given", "f"], kinds["family", "any"]) >= 8
    assert set(kinds) == {("given", "m"), ("given", "f"), ("family", "any")}
    script = SCRIPTS.get(culture)
    for row in rows:
        assert bool(row["native"]) == bool(script), row
        assert all(unicodedata.name(char).startswith(str(script)) for char in row["native"]), row
        assert unicodedata.is_normalized("NFC", row["latin"] + row["native"]), row


def test_stock_teaches_every_case() -> None:
    stock = demo("stock")
    assert {row["medicine"] for row in stock} < codes("medicines")
    assert {row["supplier"] for row in stock} <= {row["code"] for row in demo("suppliers")}
    batches = [(row["medicine"], row["batch"]) for row in stock]
    assert len(set(batches)) == len(batches)
    days = [int(row["days_to_expiry"]) for row in stock]
    assert sum(day < 0 for day in days) >= 5
    assert sum(0 < day <= 60 for day in days) >= 5
    assert all(int(row["quantity"]) > 0 and Decimal(row["cost"]) > 0 for row in stock)
    several = [
        code
        for code, count in Counter(row["medicine"] for row in stock if int(row["days_to_expiry"]) > 0).items()
        if count > 1
    ]
    assert len(several) >= 20
    expired_only = {row["medicine"] for row in stock} - {
        row["medicine"] for row in stock if int(row["days_to_expiry"]) > 0
    }
    assert expired_only
    levels = {row["code"]: int(row["reorder_level"]) for row in catalogue("medicines")}
    good = Counter[str]()
    for row in stock:
        good[row["medicine"]] += int(row["quantity"]) if int(row["days_to_expiry"]) > 0 else 0
    assert sum(0 < good[code] < level for code, level in levels.items()) >= 5


def test_there_are_places_to_come_from() -> None:
    addresses = demo("addresses")
    assert len({row["village"] for row in addresses}) == len(addresses) >= 20


@pytest.mark.parametrize("row", COMPLAINTS, ids=lambda row: row["code"])
def test_a_story_resolves(row: Row) -> None:
    assert row["diagnosis"] in codes("diagnoses")
    assert set(listed(row["tests"])) <= codes("lab_tests")
    assert set(listed(row["panels"])) <= codes("lab_panels")
    assert set(listed(row["medicines"])) <= codes("medicines")
    assert row["sex"] in {"m", "f", "any"}
    assert 0 <= int(row["age_min_years"]) <= int(row["age_max_years"]) <= 100
    assert (int(row["age_min_years"]) >= 12) == (int(row["age_max_years"]) >= 12), "a story is a child's or an adult's"
    assert int(row["weight"]) > 0
    assert row["triage"] in {"red", "yellow", "green"}
    for name in VITALS:
        low, _, high = row[name].partition("-")
        if row[name]:
            least, most = POSSIBLE[name]
            assert least <= Decimal(low) <= Decimal(high) <= most, name
    assert bool(row["systolic"]) == bool(row["diastolic"])


@pytest.mark.parametrize("row", [row for row in COMPLAINTS if row["results"]], ids=lambda row: row["code"])
def test_results_of_a_story_are_of_its_tests_and_possible(row: Row) -> None:
    tests = {one["code"]: one for one in catalogue("lab_tests")}
    panels = {one["code"]: listed(one["tests"]) for one in catalogue("lab_panels")}
    ordered = {*listed(row["tests"]), *(test for panel in listed(row["panels"]) for test in panels[panel])}
    for pair in listed(row["results"]):
        code, value = pair.split("=")
        assert code in ordered, code
        test = tests[code]
        if test["result_kind"] == "choice":
            assert value in {choice.rstrip("*") for choice in listed(test["choices"])}, pair
        elif test["result_kind"] == "number":
            assert -int(Decimal(value).as_tuple().exponent) <= int(test["places"]), pair


def test_the_stories_hold_what_a_day_must_show() -> None:
    assert len({row["code"] for row in COMPLAINTS}) == len(COMPLAINTS) >= 30
    assert {row["triage"] for row in COMPLAINTS} == {"red", "yellow", "green"}
    assert any(int(row["age_max_years"]) <= 5 for row in COMPLAINTS)
    assert any(row["danger_signs"] for row in COMPLAINTS if row["triage"] == "red")


@pytest.mark.parametrize(
    "row", [row for row in COMPLAINTS if int(row["age_min_years"]) >= 12], ids=lambda row: row["code"]
)
def test_an_adults_colour_has_its_reason(row: Row) -> None:
    """Green stays inside every high-risk limit of the adult tool; other colours show a sign or surely pass a limit."""
    inside = {"temperature": (36, 39), "pulse": (60, 130), "breathing_rate": (10, 30), "spo2": (92, 100)}
    always_outside = False
    for name, (least, most) in inside.items():
        low, high = (Decimal(part) for part in row[name].split("-"))
        if row["triage"] == "green":
            assert least <= low <= high <= most, name
        always_outside |= high < least or low > most
    assert row["triage"] == "green" or bool(row["danger_signs"]) or always_outside
    assert row["triage"] != "green" or not row["danger_signs"]
