"""The program's lists come in once, are corrected while nobody touched them, and are found by their words."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from hms_desktop.data.queries.catalogue_rows import by_key
from hms_desktop.data.tables.billing import BillableItem, PayerGroup, Price, PriceList
from hms_desktop.data.tables.consultations import DiagnosisTerm
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.lab import LabPanel, LabTest, ReferenceRange
from hms_desktop.data.tables.patients import Allergen
from hms_desktop.data.tables.pharmacy import DrugInteraction, Medication
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.errors import BadInput
from hms_desktop.domain.money import Currency
from hms_desktop.services import catalogue
from hms_desktop.services.catalogues.merge import search_words
from hms_desktop.services.clinic import Clinic
from tests.catalogue import load


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A copy of the lists that a test may change."""
    folder = tmp_path / "lists"
    shutil.copytree(catalogue.catalogues_folder(), folder)
    return folder


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_list_arrives_and_a_second_load_adds_nothing(clinic: Clinic) -> None:
    first = load(clinic)
    assert first.added["medication"] > 200
    assert first.added["billable_item"] == first.added["price"]
    tables = [
        "diagnosis_term",
        "lab_test",
        "reference_range",
        "lab_panel",
        "allergen",
        "drug_interaction",
        "payer_group",
    ]
    assert all(first.added[name] > 5 for name in tables)
    second = load(clinic)
    assert (second.added, second.corrected, second.kept, second.unpriced) == ({}, {}, {}, 0)


def test_prices_stand_on_the_standard_list_in_minor_units(stocked_clinic: Clinic) -> None:
    with stocked_clinic.read(SYSTEM) as reader:
        items = by_key(reader, BillableItem, ("kind", "code"))
        prices = by_key(reader, Price, ("price_list_id", "item_id"))
        standard = by_key(reader, PriceList, ("code",))["standard",]
        consultation = items[ChargeKind.CONSULTATION, "consultation_general"]
        assert prices[standard.id, consultation.id].amount == 300_00
        assert standard.round_to == 1_00
        assert items[ChargeKind.REGISTRATION, "registration_card"].department_id is not None
        assert items[ChargeKind.LAB, "full_blood_count"].name["fr"].startswith("Num")
        assert items[ChargeKind.DRUG, "metformin_500_mg_tablet"].name["en"] == "metformin 500 mg tablet"


def test_a_medicine_knows_doses_ingredients_and_names(stocked_clinic: Clinic) -> None:
    with stocked_clinic.read(SYSTEM) as reader:
        row = by_key(reader, Medication, ("code",))["cefotaxime_1_g_injection",]
        assert (row.tall_man, row.unit, row.mg_per_unit) == ("cefoTAXime", "vial", Decimal(1000))
        assert (row.drug_classes, row.ingredients) == (["cephalosporin"], ["cefotaxime"])
        assert row.generic_names == {"en": "cefotaxime", "fr": "céfotaxime"}
        assert (row.child_mg_per_kg, row.child_max_mg, row.category_id is not None) == (
            Decimal(50),
            Decimal(2000),
            True,
        )
        assert "cefotaxime" in row.search_words.split()


def test_tests_have_choices_ranges_and_panels(stocked_clinic: Clinic) -> None:
    with stocked_clinic.read(SYSTEM) as reader:
        tests = by_key(reader, LabTest, ("code",))
        positive = tests["malaria_rdt",].choices[1]
        assert positive == {"value": "Positive", "name": {"en": "Positive", "fr": "Positif"}, "abnormal": True}
        ranges = by_key(reader, ReferenceRange, ("test_id", "age_from_days", "sex", "pregnant"))
        newborn = ranges[tests["haemoglobin",].id, 0, "any", "any"]
        assert (newborn.normal_low, newborn.critical_low) == (Decimal("14.5"), Decimal("10.0"))
        panel = by_key(reader, LabPanel, ("code",))["blood_group",]
        assert all((code,) in tests for code in panel.test_codes)


def test_pairs_allergens_and_diagnoses_carry_their_words(stocked_clinic: Clinic) -> None:
    with stocked_clinic.read(SYSTEM) as reader:
        pair = by_key(reader, DrugInteraction, ("first", "second"))["nsaid", "warfarin"]
        assert pair.source
        assert set(pair.effect) == {"en", "fr"}
        penicillin = by_key(reader, Allergen, ("code",))["penicillin",]
        assert penicillin.maps_to == ["penicillin"]
        assert "pen" in penicillin.synonyms["en"]
        cholera = by_key(reader, DiagnosisTerm, ("code",))["cholera",]
        assert {"cholera", "rice", "a009"} <= set(cholera.search_words.split())


def test_a_shipped_correction_reaches_only_untouched_rows(stocked_clinic: Clinic, anyone: Actor, lists: Path) -> None:
    with stocked_clinic.work(anyone, "tests.rename") as work:
        mine = by_key(work, PayerGroup, ("code",))["company",].id
        work.change(PayerGroup, mine, name={"en": "Tea estate"})
        work.finish()
    _edit(lists / "payer_groups.csv", "Company account", "Company invoice")
    _edit(lists / "payer_groups.csv", "School account", "School invoice")
    _edit(lists / "services.csv", "Consultation générale,300", "Consultation générale,350")
    counts = load(stocked_clinic, lists)
    assert counts.corrected == {"payer_group": 1, "price": 1}
    assert counts.kept == {"payer_group": 1}
    with stocked_clinic.read(SYSTEM) as reader:
        groups = by_key(reader, PayerGroup, ("code",))
        assert groups["company",].name == {"en": "Tea estate"}
        assert groups["school",].name["en"] == "School invoice"


def test_a_department_of_the_same_name_is_taken_over(clinic: Clinic, anyone: Actor) -> None:
    with clinic.work(anyone, "tests.department") as work:
        mine = work.insert(Department, name="PHARMACY", name_folded="pharmacy", code="PH", active=True)
        work.finish()
    load(clinic)
    load(clinic)
    with clinic.read(SYSTEM) as reader:
        drug = by_key(reader, BillableItem, ("kind", "code"))[ChargeKind.DRUG, "metformin_500_mg_tablet"]
        assert drug.department_id == mine


def test_shipped_prices_are_not_taken_for_another_currency(clinic: Clinic) -> None:
    abroad = clinic.with_facility(replace(clinic.facility, currency=Currency("XOF", 0)))
    counts = load(abroad)
    assert counts.unpriced == counts.added["billable_item"]
    with abroad.read(SYSTEM) as reader:
        assert reader.rows(select(Price.amount)) == []


@pytest.mark.parametrize(
    ("spoil", "reason", "line"),
    [
        (lambda text: text.replace("1,1,standard", "1,maybe,standard", 1), "flag", 2),
        (lambda text: text.replace("code,", "kode,", 1), "columns", 1),
        (lambda _text: "", "empty", None),
    ],
)
def test_a_spoilt_list_is_named_with_its_line(
    clinic: Clinic, lists: Path, spoil: Callable[[str], str], reason: str, line: int | None
) -> None:
    file = lists / "payer_groups.csv"
    file.write_text(spoil(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load(clinic, lists)
    assert (caught.value.facts["source"], caught.value.facts["reason"]) == ("payer_groups.csv", reason)
    assert caught.value.facts.get("line") == line


def test_search_words_stop_at_whole_words_within_the_limit() -> None:
    assert search_words(12, "Fièvre typhoïde", "typhoid") == "fievre"
    assert search_words(400, "Fièvre typhoïde", "fievre") == "fievre typhoide"


def test_reasons_and_names_come_in_the_persons_language(clinic: Clinic, anyone: Actor) -> None:
    assert ("overpaid", "Overpaid") in catalogue.reasons(clinic, anyone, "refund")
    french = replace(anyone, language="fr")
    assert ("overpaid", "Trop-perçu") in catalogue.reasons(clinic, french, "refund")
    assert {reason.direction for reason in catalogue.reason_rows("adjustment")} == {"in", "out", "either"}
    assert catalogue.name_of("medicine_forms", "tablet", "fr") == "comprimé"
    assert catalogue.name_of("medicine_forms", "eye_paste") == "eye paste"
    assert catalogue.consultation_service("emergency") == "consultation_emergency"
    assert catalogue.consultation_service("imported") == ""
    assert any(rule.a == "penicillin" for rule in catalogue.cross_reactions("fr"))
    with pytest.raises(KeyError):
        catalogue.reason_rows("weather")
    with pytest.raises(KeyError):
        catalogue.names_of("weather")
