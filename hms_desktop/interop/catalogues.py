"""The clinic's own lists as shipped in `resources/catalogues`: a row class a file. Empty cells are unknown or none.

Codes are small letters, digits and underscores, unique in their file. Prices are in `PRICED_IN`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.allergies import CrossLevel
from hms_desktop.domain.interactions import InteractionSeverity
from hms_desktop.domain.lab import ResultKind
from hms_desktop.domain.prices import SHIPPED_CURRENCY

PRICED_IN = SHIPPED_CURRENCY
"""ISO 4217 code of the currency that the shipped prices are written in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A code with its name in each language."""

    code: str
    name_en: str
    name_fr: str

    @property
    def name(self) -> dict[str, str]:
        """The names by language."""
        return texts(self.name_en, self.name_fr)


def texts(en: str, fr: str) -> dict[str, str]:
    """A text by language; a language without one is left out."""
    return {language: text for language, text in (("en", en), ("fr", fr)) if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(Named):
    """What medicines are counted in, also in the plural."""

    plural_en: str
    plural_fr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisRow(Named):
    """A term of the list of diagnoses (ICD-10)."""

    icd10: str
    synonyms_en: tuple[str, ...]
    synonyms_fr: tuple[str, ...]
    chronic: bool
    notifiable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineRow:
    """One strength in one form. `unit` is what is counted; price, cost, reorder level, mg and ml are of one unit."""

    code: str
    generic: str
    generic_fr: str
    tall_man: str
    strength: str
    form: str
    unit: str
    unit_ml: Decimal | None
    pack_size: int
    route: str
    atc: str
    drug_class: tuple[str, ...]
    ingredients: tuple[str, ...]
    category: str
    controlled_schedule: str
    price: Decimal
    cost: Decimal | None
    reorder_level: int
    default_dose: str
    default_frequency: str
    default_days: int | None
    child_mg_per_kg_dose: Decimal | None
    child_max_mg: Decimal | None
    mg_per_unit: Decimal | None
    pregnancy_caution: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionRow:
    """Two ingredients or classes that must not meet unseen, in any order."""

    a: str
    b: str
    severity: InteractionSeverity
    effect_en: str
    effect_fr: str
    advice_en: str
    advice_fr: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReactivityRow:
    """Who is allergic to `a` may react to `b`."""

    a: str
    b: str
    level: CrossLevel
    note_en: str
    note_fr: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllergenRow(Named):
    """A substance that people are allergic to; `maps_to` are ingredient or class codes."""

    kind: str
    maps_to: tuple[str, ...]
    synonyms_en: tuple[str, ...]
    synonyms_fr: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabTestRow(Named):
    """A test. `choices` run from normal to abnormal; abnormal ones end in `*`. What lies outside the possible limits
    can't be a living patient's. `synonyms` are abbreviations and other names, of any language.
    """

    loinc: str
    category: str
    specimen: str
    unit: str
    result_kind: ResultKind
    choices: tuple[str, ...]
    choices_fr: tuple[str, ...]
    places: int | None
    preparation_en: str
    preparation_fr: str
    turnaround_minutes: int
    price: Decimal
    delta_percent: int | None
    possible_low: Decimal | None
    possible_high: Decimal | None
    synonyms: tuple[str, ...]


class RangeSex(StrEnum):
    """Whom a range is for."""

    MALE = "m"
    FEMALE = "f"
    ANY = "any"


class RangePregnant(StrEnum):
    """Whether a range is for pregnant women only, for everybody else, or for all."""

    NO = "0"
    YES = "1"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRangeRow:
    """Limits of a test for one kind of patient; `age_to_days` is excluded."""

    test: str
    sex: RangeSex
    age_from_days: int
    age_to_days: int
    pregnant: RangePregnant
    normal_low: Decimal | None
    normal_high: Decimal | None
    critical_low: Decimal | None
    critical_high: Decimal | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabPanelRow(Named):
    """Tests that are ordered together; the price replaces the sum of theirs."""

    tests: tuple[str, ...]
    price: Decimal
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow(Named):
    """Something the clinic does for a price."""

    price: Decimal
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRow(Named):
    """A department."""

    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceListRow(Named):
    """A price list: price = base × multiplier, rounded to a multiple of `rounding`."""

    multiplier: Decimal
    rounding: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerGroupRow(Named):
    """Who pays, by which price list."""

    waives_under_five: bool
    waives_maternity: bool
    price_list: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentReasonRow(Named):
    """Why stock is corrected, and which way: in, out, either."""

    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitKindRow(Named):
    """A kind of visit and the service that its consultation is charged as."""

    consultation_service: str


FILES: Mapping[type, str] = {
    DiagnosisRow: "diagnoses.csv",
    MedicineRow: "medicines.csv",
    InteractionRow: "interactions.csv",
    CrossReactivityRow: "cross_reactivity.csv",
    AllergenRow: "allergens.csv",
    LabTestRow: "lab_tests.csv",
    LabRangeRow: "lab_ranges.csv",
    LabPanelRow: "lab_panels.csv",
    ServiceRow: "services.csv",
    DepartmentRow: "departments.csv",
    PriceListRow: "price_lists.csv",
    PayerGroupRow: "payer_groups.csv",
    AdjustmentReasonRow: "adjustment_reasons.csv",
    VisitKindRow: "visit_kinds.csv",
}
"""Where the rows of a class stand."""
