"""The clinical lists that the program brings along: diagnoses, medicines, tests, allergens, interactions.

Part of `catalogue_load.py`, which says when a row is added, corrected or left.
"""

from typing import Any

from hms_desktop.data.tables.consultations import DiagnosisTerm
from hms_desktop.data.tables.lab import LabPanel, LabTest, ReferenceRange
from hms_desktop.data.tables.patients import Allergen
from hms_desktop.data.tables.pharmacy import DrugInteraction, Medication, MedicationCategory
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.patients import Sex
from hms_desktop.interop import catalogues as files
from hms_desktop.interop.catalogues import RangePregnant, RangeSex, texts
from hms_desktop.services.catalogues.merge import Item, Load, search_words

_SEXES = {RangeSex.MALE: Sex.MALE.value, RangeSex.FEMALE: Sex.FEMALE.value, RangeSex.ANY: "any"}
_PREGNANT = {RangePregnant.YES: "yes", RangePregnant.NO: "no", RangePregnant.ANY: "any"}


def diagnoses(load: Load) -> None:
    """Terms with their synonyms; found by name, synonym and ICD-10 code with or without the dot."""
    load.merge(
        DiagnosisTerm,
        ("code",),
        (
            {
                "code": r.code, "icd10": r.icd10, "name": r.name, "chronic": r.chronic, "notifiable": r.notifiable,
                "synonyms": {"en": list(r.synonyms_en), "fr": list(r.synonyms_fr)},
                "search_words": search_words(
                    1000, *r.name.values(), *r.synonyms_en, *r.synonyms_fr, r.icd10, r.icd10.replace(".", "")
                ),
            }
            for r in load.rows(files.DiagnosisRow)
        ),
    )  # fmt: skip


def medicines(load: Load, pharmacy: Id | None) -> list[Item]:
    """Categories and medicines; returns what the medicines cost."""
    categories = load.names("medicine_categories.csv")
    forms = load.names("medicine_forms.csv")
    ids = load.merge(
        MedicationCategory,
        ("name_folded",),
        ({"name": name["en"], "name_folded": fold(name["en"])} for name in categories.values()),
    )
    by_code = {code: ids[fold(name["en"]),] for code, name in categories.items()}
    rows = load.rows(files.MedicineRow)
    load.merge(Medication, ("code",), (_medication(r, by_code[r.category], forms[r.form]) for r in rows))
    return [
        Item(
            kind=ChargeKind.DRUG, code=r.code, name=medicine_names(r, forms[r.form]), price=r.price,
            department_id=pharmacy,
        )
        for r in rows
    ]  # fmt: skip


def medicine_names(row: files.MedicineRow, form: dict[str, str]) -> dict[str, str]:
    """What stands on a bill: `amoxicillin 500 mg capsule`, by language."""
    generic = texts(row.generic, row.generic_fr)
    return {language: f"{generic[language]} {row.strength} {form.get(language, '')}".strip() for language in generic}


def _medication(r: files.MedicineRow, category: Id, form: dict[str, str]) -> dict[str, Any]:
    return {
        "code": r.code, "generic": r.generic, "generic_folded": fold(r.generic),
        "generic_names": texts(r.generic, r.generic_fr), "tall_man": r.tall_man, "strength": r.strength,
        "form": r.form, "unit": r.unit, "unit_ml": r.unit_ml, "pack_size": r.pack_size, "route": r.route,
        "category_id": category, "atc": r.atc, "drug_classes": list(r.drug_class), "ingredients": list(r.ingredients),
        "search_words": search_words(400, *medicine_names(r, form).values(), r.atc),
        "controlled_schedule": r.controlled_schedule, "pregnancy_caution": r.pregnancy_caution, "formulary": True,
        "active": True, "reorder_level": r.reorder_level, "mg_per_unit": r.mg_per_unit, "default_dose": r.default_dose,
        "default_frequency": r.default_frequency, "default_days": r.default_days,
        "child_mg_per_kg": r.child_mg_per_kg_dose, "child_max_mg": r.child_max_mg,
    }  # fmt: skip


def laboratory(load: Load, department: Id | None) -> list[Item]:
    """Tests, ranges and panels; returns what tests and panels cost."""
    tests, panels = load.rows(files.LabTestRow), load.rows(files.LabPanelRow)
    priced: list[files.LabTestRow | files.LabPanelRow] = [*tests, *panels]
    ids = load.merge(LabTest, ("code",), (_lab_test(r) for r in tests))
    _ranges(load, {code: id for (code,), id in ids.items()})
    load.merge(
        LabPanel,
        ("code",),
        (
            {
                "code": r.code, "name": r.name, "search_words": search_words(400, *r.name.values(), *r.synonyms),
                "test_codes": list(r.tests), "active": True,
            }
            for r in panels
        ),
    )  # fmt: skip
    return [
        Item(kind=ChargeKind.LAB, code=r.code, name=r.name, price=r.price, department_id=department) for r in priced
    ]


def _lab_test(r: files.LabTestRow) -> dict[str, Any]:
    return {
        "code": r.code, "loinc": r.loinc, "name": r.name, "category": r.category, "specimen": r.specimen,
        "search_words": search_words(400, *r.name.values(), *r.synonyms, r.loinc), "unit": r.unit,
        "result_kind": r.result_kind,
        "places": r.places or 0, "choices": _choices(r), "preparation": texts(r.preparation_en, r.preparation_fr),
        "turnaround_minutes": r.turnaround_minutes, "delta_percent": r.delta_percent,
        "possible_low": r.possible_low, "possible_high": r.possible_high, "active": True,
    }  # fmt: skip


def _choices(r: files.LabTestRow) -> list[dict[str, Any]]:
    """`[{value, name: {en, fr}, abnormal}]`, from normal to abnormal; `value` is what a result keeps."""
    french = r.choices_fr or r.choices
    return [
        {"value": en.rstrip("*"), "name": texts(en.rstrip("*"), fr.rstrip("*")), "abnormal": en.endswith("*")}
        for en, fr in zip(r.choices, french, strict=True)
    ]


def _ranges(load: Load, tests: dict[str, Id]) -> None:
    load.merge(
        ReferenceRange,
        ("test_id", "sex", "age_from_days", "age_to_days", "pregnant"),
        (
            {
                "test_id": tests[r.test], "sex": _SEXES[r.sex], "age_from_days": r.age_from_days,
                "age_to_days": r.age_to_days, "pregnant": _PREGNANT[r.pregnant], "normal_low": r.normal_low,
                "normal_high": r.normal_high, "critical_low": r.critical_low, "critical_high": r.critical_high,
                "source": r.source,
            }
            for r in load.rows(files.LabRangeRow)
        ),
    )  # fmt: skip


def allergens(load: Load) -> None:
    """Substances people are allergic to, and the ingredients or classes they stand for."""
    load.merge(
        Allergen,
        ("code",),
        (
            {
                "code": r.code, "name": r.name, "kind": r.kind, "maps_to": list(r.maps_to),
                "synonyms": {"en": list(r.synonyms_en), "fr": list(r.synonyms_fr)},
                "search_words": search_words(400, *r.name.values(), *r.synonyms_en, *r.synonyms_fr),
            }
            for r in load.rows(files.AllergenRow)
        ),
    )  # fmt: skip


def interactions(load: Load) -> None:
    """Pairs that must not meet unseen; each pair once, its codes in the order of the alphabet."""
    load.merge(
        DrugInteraction,
        ("first", "second"),
        (
            {
                "first": min(r.a, r.b), "second": max(r.a, r.b), "severity": r.severity.value,
                "effect": texts(r.effect_en, r.effect_fr), "advice": texts(r.advice_en, r.advice_fr),
                "source": r.source,
            }
            for r in load.rows(files.InteractionRow)
        ),
    )  # fmt: skip
