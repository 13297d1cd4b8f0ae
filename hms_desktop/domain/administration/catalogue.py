"""Rows of the catalogue as its pages show and change them. Money is in the clinic's currency; codes are codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import ResultKind

ANY = "any"
"""A range for both sexes, or pregnant or not."""
SEXES = ("any", "female", "male")
PREGNANT = ("any", "yes", "no")
OLDEST_DAYS = 47482
"""130 years: the end of a range that has none."""


@dataclass(frozen=True, slots=True)
class FormularyRow:
    """One strength in one form. `price` None: nobody has set one. `stocked`: batches exist, so the unit stays."""

    id: Id
    code: str
    generic: str
    generic_fr: str
    brand: str
    tall_man: str
    strength: str
    form: str
    unit: str
    unit_ml: Decimal | None
    pack_size: int
    route: str
    category_id: Id | None
    category: str
    atc: str
    barcode: str
    ingredients: tuple[str, ...]
    drug_classes: tuple[str, ...]
    controlled_schedule: str
    pregnancy_caution: bool
    formulary: bool
    active: bool
    reorder_level: int
    mg_per_unit: Decimal | None
    default_dose: str
    default_frequency: str
    default_days: int | None
    child_mg_per_kg: Decimal | None
    child_max_mg: Decimal | None
    price: Decimal | None
    stocked: bool
    search_words: str
    version: int

    @property
    def name(self) -> str:
        """As screens call it."""
        return self.tall_man or self.generic


@dataclass(frozen=True, slots=True)
class LabTestRow:
    """A test the lab offers; `ranges` counts its reference ranges."""

    id: Id
    code: str
    name_en: str
    name_fr: str
    name: str
    category: str
    specimen: str
    unit: str
    result_kind: ResultKind
    places: int
    choices: tuple[tuple[str, str, bool], ...]
    turnaround_minutes: int
    delta_percent: int | None
    possible_low: Decimal | None
    possible_high: Decimal | None
    active: bool
    price: Decimal | None
    ranges: int
    search_words: str
    version: int


@dataclass(frozen=True, slots=True)
class RangeRow:
    """Normal and critical limits for one kind of patient; ages in completed days, the end excluded."""

    id: Id
    sex: str
    pregnant: str
    age_from_days: int
    age_to_days: int
    normal_low: Decimal | None
    normal_high: Decimal | None
    critical_low: Decimal | None
    critical_high: Decimal | None
    source: str
    version: int


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """Something that can be charged and is neither medicine nor test."""

    id: Id
    kind: ChargeKind
    code: str
    name_en: str
    name_fr: str
    name: str
    department_id: Id | None
    department: str
    price: Decimal | None
    active: bool
    search_words: str
    version: int


@dataclass(frozen=True, slots=True)
class PayerRow:
    """A payer group with its names in both languages."""

    id: Id
    code: str
    name_en: str
    name_fr: str
    name: str
    price_list_id: Id
    price_list: str
    waives_under_five: bool
    waives_maternity: bool
    active: bool
    version: int


def check_limits(
    normal_low: Decimal | None, normal_high: Decimal | None, critical_low: Decimal | None, critical_high: Decimal | None
) -> None:
    """Limits in their order: critical low < normal low ≤ normal high < critical high, as far as they are known.
    Raises InvalidValue: required (none at all), order.
    """
    known = [
        (name, value)
        for name, value in (
            ("critical_low", critical_low),
            ("normal_low", normal_low),
            ("normal_high", normal_high),
            ("critical_high", critical_high),
        )
        if value is not None
    ]
    if not known:
        raise InvalidValue(field="normal_low", reason="required")
    for (below, low), (name, high) in pairwise(known):
        may_meet = (below, name) == ("normal_low", "normal_high")
        if high < low or (high == low and not may_meet):
            raise InvalidValue(field=name, reason="order")


def check_ages(new: RangeRow, others: Iterable[RangeRow]) -> None:
    """Ages in their order, and no second range for the same sex, pregnancy and age. Raises InvalidValue: order,
    overlap.
    """
    if new.age_to_days <= new.age_from_days:
        raise InvalidValue(field="age_to", reason="order")
    for other in others:
        same = other.id != new.id and (other.sex, other.pregnant) == (new.sex, new.pregnant)
        if same and other.age_from_days < new.age_to_days and new.age_from_days < other.age_to_days:
            raise InvalidValue(field="age_from", reason="overlap")
