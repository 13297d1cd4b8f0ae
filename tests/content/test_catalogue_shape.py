"""Every catalogue file: the header the importer expects, codes that last, tidy cells, French beside English."""

import re
from pathlib import Path

import pytest

from tests.content.catalogue_files import CATALOGUES, DEMO_CLINIC, listed, read

NAMED = "code,name_en,name_fr"
HEADERS = {
    "adjustment_reasons": f"{NAMED},direction",
    "allergens": f"{NAMED},kind,maps_to,synonyms_en,synonyms_fr",
    "cross_reactivity": "a,b,level,note_en,note_fr,source",
    "departments": f"{NAMED},location",
    "diagnoses": "code,icd10,name_en,name_fr,synonyms_en,synonyms_fr,chronic,notifiable",
    "drug_classes": NAMED,
    "ingredients": NAMED,
    "interactions": "a,b,severity,effect_en,effect_fr,advice_en,advice_fr,source",
    "lab_categories": NAMED,
    "lab_panels": f"{NAMED},tests,price,synonyms",
    "lab_ranges": "test,sex,age_from_days,age_to_days,pregnant,normal_low,normal_high,critical_low,critical_high,"
    "source",
    "lab_tests": "code,loinc,name_en,name_fr,category,specimen,unit,result_kind,choices,choices_fr,places,"
    "preparation_en,preparation_fr,turnaround_minutes,price,delta_percent,possible_low,possible_high,synonyms",
    "medicine_categories": NAMED,
    "medicine_forms": NAMED,
    "medicine_routes": NAMED,
    "medicine_units": "code,name_en,plural_en,name_fr,plural_fr",
    "medicines": "code,generic,generic_fr,tall_man,strength,form,unit,unit_ml,pack_size,route,atc,drug_class,"
    "ingredients,category,controlled_schedule,price,cost,reorder_level,default_dose,default_frequency,default_days,"
    "child_mg_per_kg_dose,child_max_mg,mg_per_unit,pregnancy_caution",
    "payer_groups": f"{NAMED},waives_under_five,waives_maternity,price_list",
    "price_lists": f"{NAMED},multiplier,rounding",
    "refund_reasons": NAMED,
    "reject_reasons": NAMED,
    "services": f"{NAMED},price,department",
    "specimens": NAMED,
    "tall_man": "a,b,a_tall,b_tall,source",
    "visit_kinds": f"{NAMED},consultation_service",
    "void_reasons": NAMED,
    "waiver_reasons": NAMED,
}
NEVER_EMPTY = frozenset(
    {"code", "name_en", "name_fr", "generic", "generic_fr", "effect_en", "advice_en", "note_en", "source"}
)
FLAGS = frozenset({"chronic", "notifiable", "pregnancy_caution", "waives_under_five", "waives_maternity"})
LISTS = frozenset(
    {"synonyms_en", "synonyms_fr", "drug_class", "ingredients", "maps_to", "tests", "choices", "choices_fr", "synonyms"}
)
SLUG = re.compile(r"[a-z][a-z0-9_]*")
FILES = sorted([*CATALOGUES.glob("*.csv"), *DEMO_CLINIC.glob("*.csv")], key=lambda path: path.name)


def test_the_list_of_catalogues_is_whole() -> None:
    assert {path.stem for path in CATALOGUES.glob("*.csv")} == set(HEADERS)


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_a_header_is_the_one_agreed(name: str) -> None:
    assert ",".join(read(CATALOGUES / f"{name}.csv")[0]) == HEADERS[name]


@pytest.mark.parametrize("name", sorted(name for name, header in HEADERS.items() if header.startswith("code,")))
def test_codes_are_unique_lower_case_and_short(name: str) -> None:
    found = [row["code"] for row in read(CATALOGUES / f"{name}.csv")[1]]
    assert len(set(found)) == len(found)
    assert [code for code in found if not SLUG.fullmatch(code) or len(code) > 60] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_cells_are_tidy(path: Path) -> None:
    header, rows = read(path)
    assert rows
    for row in rows:
        for name, cell in row.items():
            assert cell == cell.strip(), (path.name, row)
            assert "  " not in cell, (path.name, row)
            assert cell or name not in NEVER_EMPTY, (path.name, name, row)
            assert name not in FLAGS or cell in {"0", "1"}, (path.name, name, row)
            if name in LISTS:
                assert "" not in listed(cell), (path.name, name, row)
                assert len(set(listed(cell))) == len(listed(cell)), (path.name, name, row)
    assert b"\r" not in path.read_bytes()
    assert len(set(header)) == len(header)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_french_stands_beside_english(path: Path) -> None:
    for row in read(path)[1]:
        for name in row:
            if name.endswith("_en") and not name.startswith("synonyms"):
                assert bool(row[name]) == bool(row[f"{name[:-3]}_fr"]), (path.name, row)


def test_icd10_codes_have_the_right_shape() -> None:
    shape = re.compile(r"[A-Z][0-9]{2}(\.[0-9])?")
    rows = read(CATALOGUES / "diagnoses.csv")[1]
    assert [row["code"] for row in rows if not shape.fullmatch(row["icd10"])] == []
    assert len(rows) >= 150


def test_diagnoses_are_found_by_the_words_people_use() -> None:
    rows = read(CATALOGUES / "diagnoses.csv")[1]
    said = {word.casefold() for row in rows for word in listed(row["synonyms_en"]) + listed(row["synonyms_fr"])}
    assert {"bp", "sugar", "flu", "worms", "tension", "sucre", "grippe"} <= said
    assert [row["code"] for row in rows if not row["synonyms_en"] or not row["synonyms_fr"]] == []
