"""Medicines of the clinic: added, corrected, retired. Shipped ones that nobody changed follow the program's updates."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries.administration import catalogue as queries
from hms_desktop.data.queries.administration.users import hold
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.pharmacy import Medication, MedicationCategory
from hms_desktop.data.work import Work
from hms_desktop.domain.administration import entries
from hms_desktop.domain.administration.catalogue import FormularyRow
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.dosing import Frequency, check_notation, parse_dose
from hms_desktop.domain.errors import AlreadyExists, InvalidValue, NotFound
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.services.administration.priced_items import keep_item
from hms_desktop.services.catalogue import names_of
from hms_desktop.services.catalogues.merge import search_words
from hms_desktop.services.service import reads, writes

SCHEDULES = ("", "I", "II", "III", "IV", "V")
_ATC = re.compile(r"[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?")
_BARCODE = re.compile(r"[0-9A-Za-z.\-]{4,40}")


@dataclass(frozen=True, kw_only=True)
class AddMedicine(Command):
    """One strength in one form. `unit` is what is stocked, priced and dispensed; `price`, `reorder_level`,
    `mg_per_unit` and `unit_ml` are of one unit. Ingredients and classes (codes) are what the safety check looks at.
    """

    generic: str
    generic_fr: str = ""
    brand: str = ""
    tall_man: str = ""
    strength: str
    form: str
    unit: str
    unit_ml: Decimal | None = None
    pack_size: int = 1
    route: str
    category_id: Id | None = None
    atc: str = ""
    barcode: str = ""
    ingredients: tuple[str, ...]
    drug_classes: tuple[str, ...] = ()
    controlled_schedule: str = ""
    pregnancy_caution: bool = False
    formulary: bool = True
    active: bool = True
    reorder_level: int = 0
    mg_per_unit: Decimal | None = None
    default_dose: str = ""
    default_frequency: str = ""
    default_days: int | None = None
    child_mg_per_kg: Decimal | None = None
    child_max_mg: Decimal | None = None
    price: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectMedicine(AddMedicine):
    """Other details; `active` False retires it: nobody prescribes it any more, what lies there stays counted."""

    medication_id: Id
    version: int


@dataclass(frozen=True, slots=True)
class MedicineSaved:
    """A medicine as it is now."""

    medication_id: Id
    code: str
    version: int


@reads("catalogue.view")
def list_medicines(reader: Reader) -> list[FormularyRow]:
    """All medicines by name, retired ones last."""
    return queries.formulary(reader)


@reads("catalogue.view")
def medicine_categories(reader: Reader) -> list[tuple[Id, str]]:
    """Categories by name: id and name."""
    return queries.categories(reader)


@writes("catalogue.correct")
def add_medicine(work: Work, command: AddMedicine) -> MedicineSaved:
    """A new medicine with its price. Raises InvalidValue, UnsafeNotation, AlreadyExists (the same generic, strength,
    form and brand; a barcode), NotFound (category), NotAllowed (a price without the right).
    """
    hold(work)
    values = _values(work, command, None)
    code = entries.code_from(f"{command.generic} {command.strength} {command.form}", queries.medicine_codes(work), 60)
    medication_id = work.insert(Medication, code=code, **values)
    _keep_item(work, code, command)
    return MedicineSaved(medication_id, code, 1)


@writes("catalogue.correct")
def correct_medicine(work: Work, command: CorrectMedicine) -> MedicineSaved:
    """Correct or retire a medicine. Raises as `add_medicine`, and StaleRecord; InvalidValue (`unit`: stocked) when
    batches exist, for their quantities are counted in it.
    """
    hold(work)
    row = work.get(Medication, command.medication_id)
    if row.voided_at is not None:
        raise NotFound(kind="medication", id=command.medication_id)
    if command.unit != row.unit and queries.has_batches(work, row.id):
        raise InvalidValue(field="unit", reason="stocked")
    values = _values(work, command, row.id)
    version = work.change(Medication, row.id, command.version, **values)
    _keep_item(work, row.code, command)
    return MedicineSaved(row.id, row.code, version)


def _keep_item(work: Work, code: str, command: AddMedicine) -> None:
    keep_item(
        work, ChargeKind.DRUG, code, _bill_names(command), active=command.active, price=command.price,
        department_code="pharmacy",
    )  # fmt: skip


def _bill_names(command: AddMedicine) -> dict[str, str]:
    """What stands on a bill: `amoxicillin 500 mg capsule`, by language."""
    form = names_of("medicine_forms")[command.form]
    generic = entries.names(" ".join(command.generic.split()), " ".join(command.generic_fr.split()))
    strength = " ".join(command.strength.split())
    return {language: f"{name} {strength} {form.get(language, '')}".strip() for language, name in generic.items()}


def _values(work: Work, command: AddMedicine, medication_id: Id | None) -> dict[str, object]:
    generic = entries.line("generic", command.generic, 120, required=True)
    generic_fr = entries.line("generic_fr", command.generic_fr, 120)
    values: dict[str, object] = {
        "generic": generic, "generic_folded": fold(generic), "generic_names": entries.names(generic, generic_fr),
        "brand": entries.line("brand", command.brand, 80), "tall_man": _tall_man(command.tall_man, generic),
        "strength": _strength(command.strength), "form": _listed("form", command.form, "medicine_forms"),
        "unit": _listed("unit", command.unit, "medicine_units"), "unit_ml": _above_zero("unit_ml", command.unit_ml),
        "pack_size": entries.whole("pack_size", command.pack_size, 1, 100_000),
        "route": _listed("route", command.route, "medicine_routes"), "category_id": command.category_id,
        "atc": _pattern("atc", command.atc.upper(), _ATC),
        "barcode": _barcode(work, command.barcode, medication_id), "formulary": command.formulary,
        "controlled_schedule": entries.one_of("controlled_schedule", command.controlled_schedule, SCHEDULES),
        "pregnancy_caution": command.pregnancy_caution, "active": command.active,
        "reorder_level": entries.whole("reorder_level", command.reorder_level, 0, 10_000_000),
        "ingredients": _codes("ingredients", command.ingredients, needed=True),
        "drug_classes": _codes("drug_classes", command.drug_classes), **_dose_values(command),
    }  # fmt: skip
    values["search_words"] = search_words(400, *_bill_names(command).values(), command.brand, command.atc)
    if command.category_id is not None:
        work.get(MedicationCategory, command.category_id)
    _refuse_double(work, values, medication_id)
    return values


def _dose_values(command: AddMedicine) -> dict[str, object]:
    frequency = command.default_frequency
    if frequency:
        entries.one_of("default_frequency", frequency, [each.value for each in Frequency])
    if command.default_days is not None:
        entries.whole("default_days", command.default_days, 1, 3660)
    dose = entries.line("default_dose", command.default_dose, 40)
    if dose:
        parse_dose(dose, "default_dose")
    return {
        "mg_per_unit": _above_zero("mg_per_unit", command.mg_per_unit), "default_dose": dose,
        "default_frequency": frequency, "default_days": command.default_days,
        "child_mg_per_kg": _above_zero("child_mg_per_kg", command.child_mg_per_kg),
        "child_max_mg": _above_zero("child_max_mg", command.child_max_mg),
    }  # fmt: skip


def _strength(text: str) -> str:
    """The strength, without a spelling that is misread. Raises InvalidValue, UnsafeNotation."""
    strength = entries.line("strength", text, 60)
    check_notation(strength, "strength")
    return strength


def _tall_man(text: str, generic: str) -> str:
    """The same letters in another case: hydrALAzine. Raises InvalidValue: tall_man."""
    tall = entries.line("tall_man", text, 120)
    if tall and tall.casefold() != generic.casefold():
        raise InvalidValue(field="tall_man", reason="tall_man")
    return tall


def _listed(field: str, code: str, kind: str) -> str:
    return entries.one_of(field, code, names_of(kind))


def _pattern(field: str, text: str, pattern: re.Pattern[str]) -> str:
    cleaned = text.strip()
    if cleaned and not pattern.fullmatch(cleaned):
        raise InvalidValue(field=field, reason="format")
    return cleaned


def _above_zero(field: str, value: Decimal | None) -> Decimal | None:
    if value is not None and value <= 0:
        raise InvalidValue(field=field, reason="not_positive")
    return value


def _barcode(work: Work, text: str, medication_id: Id | None) -> str:
    barcode = _pattern("barcode", text, _BARCODE)
    if barcode:
        other = queries.medicine_with_barcode(work, barcode)
        if other is not None and other.id != medication_id:
            raise AlreadyExists(kind="medication", field="barcode", value=barcode)
    return barcode


def _codes(field: str, codes: tuple[str, ...], *, needed: bool = False) -> list[str]:
    """Codes, each once; those of the program's lists and the clinic's own. Raises InvalidValue: required, letters."""
    found = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    if needed and not found:
        raise InvalidValue(field=field, reason="required")
    for code in found:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", code):
            raise InvalidValue(field=field, reason="letters")
    return found


def _refuse_double(work: Work, values: dict[str, object], medication_id: Id | None) -> None:
    """The same generic, strength, form and brand is the same medicine. Raises AlreadyExists."""

    def same(row: object, name: str) -> bool:
        return fold(str(getattr(row, name))) == fold(str(values[name]))

    for row in queries.medicines_called(work, str(values["generic_folded"])):
        if row.id != medication_id and all(same(row, name) for name in ("strength", "form", "brand")):
            shown = f"{values['generic']} {values['strength']}".strip()
            raise AlreadyExists(kind="medication", field="generic", value=shown)
