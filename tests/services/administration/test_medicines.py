"""Medicines of the clinic: added with what the safety check needs, corrected, retired."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.billing import BillableItem
from hms_desktop.data.tables.pharmacy import Medication, MedicationCategory, StockBatch
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.administration.catalogue import FormularyRow
from hms_desktop.domain.errors import (
    AlreadyExists,
    InvalidValue,
    NotAllowed,
    NotFound,
    StaleRecord,
    UnsafeNotation,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.services.administration.medicines import (
    AddMedicine,
    CorrectMedicine,
    add_medicine,
    correct_medicine,
    list_medicines,
    medicine_categories,
)
from hms_desktop.services.clinic import Clinic
from tests.stores import actor_for

ADMIN = actor_for("administrator")


def new(**more: object) -> AddMedicine:
    values: dict[str, object] = {
        "generic": "amoxicillin", "strength": "250 mg", "form": "capsule", "unit": "capsule", "route": "oral",
        "ingredients": ("amoxicillin",), "drug_classes": ("penicillin",),
    }  # fmt: skip
    return AddMedicine(**{**values, **more})  # type: ignore[arg-type]


def as_is(row: FormularyRow, **more: object) -> CorrectMedicine:
    taken = set(CorrectMedicine.__dataclass_fields__) - {"key", "medication_id", "version", "price"}
    values: dict[str, object] = {name: getattr(row, name) for name in taken}
    values |= {"medication_id": row.id, "version": row.version}
    return CorrectMedicine(**{**values, **more})  # type: ignore[arg-type]


def row_of(clinic: Clinic, medication_id: Id, actor: Actor = ADMIN) -> FormularyRow:
    return next(row for row in list_medicines(clinic, actor) if row.id == medication_id)


def test_a_new_medicine_has_a_code_a_price_and_a_name_on_bills(clinic: Clinic) -> None:
    saved = add_medicine(
        clinic, ADMIN,
        new(
            generic="hydralazine", generic_fr="hydralazine", tall_man="hydrALAzine", strength="25 mg", form="tablet",
            unit="tablet", ingredients=("hydralazine",), drug_classes=(), price=Decimal("7.50"), reorder_level=200,
            atc="c02db02", barcode="6001234567890", default_dose="25 mg", default_frequency="tds", default_days=30,
            mg_per_unit=Decimal(25), pack_size=100, controlled_schedule="", pregnancy_caution=True,
        ),
    ).value  # fmt: skip
    row = row_of(clinic, saved.medication_id)
    assert (row.code, row.name, row.price) == ("hydralazine_25_mg_tablet", "hydrALAzine", Decimal("7.50"))
    assert (row.atc, row.reorder_level, row.stocked, row.generic_fr) == ("C02DB02", 200, False, "hydralazine")
    assert "tablet" in row.search_words
    with clinic.read(SYSTEM) as reader:
        item = reader.first(select(BillableItem.name, BillableItem.active).where(BillableItem.code == row.code))
    assert item is not None
    assert item.name["en"] == "hydralazine 25 mg tablet"


def test_the_same_medicine_twice_is_refused_but_another_brand_is_not(clinic: Clinic) -> None:
    add_medicine(clinic, ADMIN, new())
    with pytest.raises(AlreadyExists) as refused:
        add_medicine(clinic, ADMIN, new(generic=" Amoxicillin ", strength="250 MG"))
    assert refused.value.field == "generic"
    other = add_medicine(clinic, ADMIN, new(brand="Amoxil", barcode="12345")).value
    assert other.code == "amoxicillin_250_mg_capsule_2"
    with pytest.raises(AlreadyExists) as scanned:
        add_medicine(clinic, ADMIN, new(strength="500 mg", barcode="12345"))
    assert scanned.value.field == "barcode"


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        ({"generic": ""}, "generic", "required"),
        ({"form": "brick"}, "form", "choice"),
        ({"unit": "brick"}, "unit", "choice"),
        ({"route": "by_post"}, "route", "choice"),
        ({"pack_size": 0}, "pack_size", "range"),
        ({"reorder_level": -1}, "reorder_level", "range"),
        ({"ingredients": (" ",)}, "ingredients", "required"),
        ({"ingredients": ("Not A Code",)}, "ingredients", "letters"),
        ({"atc": "XYZ"}, "atc", "format"),
        ({"barcode": "a b"}, "barcode", "format"),
        ({"tall_man": "ampiCILLIN"}, "tall_man", "tall_man"),
        ({"controlled_schedule": "VI"}, "controlled_schedule", "choice"),
        ({"mg_per_unit": Decimal(0)}, "mg_per_unit", "not_positive"),
        ({"default_dose": "some"}, "default_dose", "dose"),
        ({"default_frequency": "often"}, "default_frequency", "choice"),
        ({"default_days": 0}, "default_days", "range"),
        ({"price": Decimal(-1)}, "price", "negative"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(
    clinic: Clinic, more: dict[str, object], field: str, reason: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        add_medicine(clinic, ADMIN, new(**more))
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)
    assert list_medicines(clinic, ADMIN) == []


def test_a_strength_that_is_misread_is_refused(clinic: Clinic) -> None:
    for strength in ("1.0 mg", "100 IU"):
        with pytest.raises(UnsafeNotation) as refused:
            add_medicine(clinic, ADMIN, new(strength=strength))
        assert refused.value.field == "strength"


def test_a_correction_renames_reprices_and_retires(clinic: Clinic) -> None:
    with clinic.work(SYSTEM, "tests.category") as work:
        category = work.insert(MedicationCategory, name="Antibiotics", name_folded="antibiotics")
        work.finish()
    assert medicine_categories(clinic, ADMIN) == [(category, "Antibiotics")]
    saved = add_medicine(clinic, ADMIN, new(price=Decimal(10))).value
    row = row_of(clinic, saved.medication_id)
    correct_medicine(clinic, ADMIN, as_is(row, brand="Amoxil", category_id=category, price=Decimal(12), active=False))
    after = row_of(clinic, saved.medication_id)
    assert (after.brand, after.category, after.price, after.active) == ("Amoxil", "Antibiotics", Decimal(12), False)
    assert after.code == row.code
    with pytest.raises(StaleRecord):
        correct_medicine(clinic, ADMIN, as_is(row, brand="Other"))
    with pytest.raises(NotFound):
        correct_medicine(clinic, ADMIN, as_is(after, category_id=new_id()))


def test_the_unit_stays_once_stock_is_counted_in_it(clinic: Clinic) -> None:
    saved = add_medicine(clinic, ADMIN, new()).value
    correct_medicine(clinic, ADMIN, as_is(row_of(clinic, saved.medication_id), unit="tablet"))
    with clinic.work(SYSTEM, "tests.batch") as work:
        work.insert(
            StockBatch, medication_id=saved.medication_id, number="B1", expiry=work.today,
            unit_cost=100,
        )  # fmt: skip
        work.finish()
    row = row_of(clinic, saved.medication_id)
    assert row.stocked
    with pytest.raises(InvalidValue) as refused:
        correct_medicine(clinic, ADMIN, as_is(row, unit="capsule"))
    assert refused.value.facts["reason"] == "stocked"
    correct_medicine(clinic, ADMIN, as_is(row, brand="Amoxil"))


def test_every_shipped_medicine_passes_the_pages_own_rules(stocked_clinic: Clinic) -> None:
    rows = list_medicines(stocked_clinic, ADMIN)
    assert len(rows) > 200
    for row in rows:
        correct_medicine(stocked_clinic, ADMIN, as_is(row, price=row.price))
    after = list_medicines(stocked_clinic, ADMIN)
    assert [(row.code, row.price, row.version) for row in after] == [(r.code, r.price, r.version + 1) for r in rows]


def test_a_medicine_that_is_gone_is_not_corrected(clinic: Clinic) -> None:
    saved = add_medicine(clinic, ADMIN, new()).value
    row = row_of(clinic, saved.medication_id)
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(Medication, saved.medication_id, "a mistake")
        work.finish()
    with pytest.raises(NotFound):
        correct_medicine(clinic, ADMIN, as_is(row))


def test_prices_are_a_right_of_their_own(clinic: Clinic) -> None:
    keeper = Actor(new_id(), "keeper", "Keeper", frozenset({"catalogue.view", "catalogue.correct"}), ("admin",))
    saved = add_medicine(clinic, keeper, new()).value
    with pytest.raises(NotAllowed):
        correct_medicine(clinic, keeper, as_is(row_of(clinic, saved.medication_id), price=Decimal(3)))
    correct_medicine(clinic, ADMIN, as_is(row_of(clinic, saved.medication_id), price=Decimal(3)))
    row = row_of(clinic, saved.medication_id)
    correct_medicine(clinic, keeper, as_is(row, price=Decimal(3), brand="Amoxil"))
    with pytest.raises(NotAllowed):
        add_medicine(clinic, actor_for("pharmacist"), new(strength="1 g"))
    assert list_medicines(clinic, actor_for("pharmacist"))
