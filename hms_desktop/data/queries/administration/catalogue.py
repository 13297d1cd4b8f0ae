"""The catalogue with everything that its pages may change: medicines, tests and ranges, services, payer groups."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, exists, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.prices import standard_list
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import BillableItem, PayerGroup, Price, PriceList
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.lab import LabTest, ReferenceRange
from hms_desktop.data.tables.pharmacy import Medication, MedicationCategory, StockBatch
from hms_desktop.domain.administration.catalogue import FormularyRow, LabTestRow, PayerRow, RangeRow, ServiceRow
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import ResultKind
from hms_desktop.domain.names import fold
from hms_desktop.domain.texts import pick

_item, _price = table_of(BillableItem), table_of(Price)


def _priced(reader: Reader, kind: ChargeKind, code: Any) -> tuple[Any, Any]:
    """Join conditions: the item of a code, and its price on the standard list."""
    standard = standard_list(reader).id
    to_item = and_(_item.c.kind == kind, _item.c.code == code, _item.c.voided_at.is_(None))
    to_price = and_(_price.c.item_id == _item.c.id, _price.c.price_list_id == standard, _price.c.voided_at.is_(None))
    return to_item, to_price


def _amount(reader: Reader, minor: int | None) -> Any:
    return None if minor is None else reader.facility.currency.from_minor(minor)


def formulary(reader: Reader) -> list[FormularyRow]:
    """All medicines by name, retired ones last."""
    table, category = table_of(Medication), table_of(MedicationCategory)
    to_item, to_price = _priced(reader, ChargeKind.DRUG, table.c.code)
    stocked = exists(select(StockBatch.id).where(StockBatch.medication_id == table.c.id)).label("stocked")
    statement = (
        select(table, category.c.name.label("category"), _price.c.amount, stocked)
        .outerjoin(category, category.c.id == table.c.category_id)
        .outerjoin(_item, to_item)
        .outerjoin(_price, to_price)
        .where(table.c.voided_at.is_(None))
    )
    found = [_formulary_row(reader, row) for row in reader.rows(statement)]
    return sorted(found, key=lambda row: (not row.active, fold(row.generic), row.strength, row.form))


def _formulary_row(reader: Reader, r: AnyRow) -> FormularyRow:
    names: Mapping[str, str] = r.generic_names or {}
    return FormularyRow(
        id=r.id, code=r.code, generic=r.generic, generic_fr=names.get("fr", ""), brand=r.brand, tall_man=r.tall_man,
        strength=r.strength, form=r.form, unit=r.unit, unit_ml=r.unit_ml, pack_size=r.pack_size, route=r.route,
        category_id=r.category_id, category=r.category or "", atc=r.atc, barcode=r.barcode,
        ingredients=tuple(r.ingredients or ()), drug_classes=tuple(r.drug_classes or ()),
        controlled_schedule=r.controlled_schedule, pregnancy_caution=r.pregnancy_caution, formulary=r.formulary,
        active=r.active, reorder_level=r.reorder_level, mg_per_unit=r.mg_per_unit, default_dose=r.default_dose,
        default_frequency=r.default_frequency, default_days=r.default_days, child_mg_per_kg=r.child_mg_per_kg,
        child_max_mg=r.child_max_mg, price=_amount(reader, r.amount), stocked=r.stocked, search_words=r.search_words,
        version=r.version,
    )  # fmt: skip


def medicine_codes(reader: Reader) -> set[str]:
    """All codes of medicines, void ones too."""
    return {row.code for row in reader.rows(select(Medication.code))}


def medicine_with_barcode(reader: Reader, barcode: str) -> AnyRow | None:
    """The medicine that is scanned with this code, unless it is retired."""
    table = table_of(Medication)
    return reader.first(
        select(table).where(table.c.barcode == barcode, table.c.active, table.c.voided_at.is_(None)).limit(1)
    )


def medicines_called(reader: Reader, generic_folded: str) -> list[AnyRow]:
    """The medicines with this generic name."""
    table = table_of(Medication)
    return list(reader.rows(select(table).where(table.c.generic_folded == generic_folded, table.c.voided_at.is_(None))))


def has_batches(reader: Reader, medication_id: Id) -> bool:
    """Whether anything of a medicine was ever taken in."""
    return bool(reader.scalar(select(exists().where(StockBatch.medication_id == medication_id))))


def categories(reader: Reader) -> list[tuple[Id, str]]:
    """Categories of medicines by name."""
    table = table_of(MedicationCategory)
    rows = reader.rows(select(table.c.id, table.c.name).where(table.c.voided_at.is_(None)))
    return sorted(((row.id, row.name) for row in rows), key=lambda pair: fold(pair[1]))


def lab_tests(reader: Reader) -> list[LabTestRow]:
    """All tests by name, retired ones last."""
    table, limits = table_of(LabTest), table_of(ReferenceRange)
    to_item, to_price = _priced(reader, ChargeKind.LAB, table.c.code)
    count = (
        select(func.count())
        .where(limits.c.test_id == table.c.id, limits.c.voided_at.is_(None))
        .correlate(table)
        .scalar_subquery()
        .label("ranges")
    )
    statement = (
        select(table, _price.c.amount, count)
        .outerjoin(_item, to_item)
        .outerjoin(_price, to_price)
        .where(table.c.voided_at.is_(None))
    )
    found = [_lab_test_row(reader, row) for row in reader.rows(statement)]
    return sorted(found, key=lambda row: (not row.active, fold(row.name)))


def _lab_test_row(reader: Reader, r: AnyRow) -> LabTestRow:
    language = reader.actor.language
    choices = tuple((c["value"], pick(c["name"], language), bool(c["abnormal"])) for c in r.choices or ())
    return LabTestRow(
        id=r.id, code=r.code, name_en=r.name.get("en", ""), name_fr=r.name.get("fr", ""), name=pick(r.name, language),
        category=r.category, specimen=r.specimen, unit=r.unit, result_kind=ResultKind(r.result_kind), places=r.places,
        choices=choices, turnaround_minutes=r.turnaround_minutes, delta_percent=r.delta_percent,
        possible_low=r.possible_low, possible_high=r.possible_high, active=r.active, price=_amount(reader, r.amount),
        ranges=r.ranges, search_words=r.search_words, version=r.version,
    )  # fmt: skip


def ranges(reader: Reader, test_id: Id) -> list[RangeRow]:
    """The reference ranges of a test: everybody's first, then by sex and age."""
    table = table_of(ReferenceRange)
    rows = reader.rows(select(table).where(table.c.test_id == test_id, table.c.voided_at.is_(None)))
    found = [
        RangeRow(
            r.id, r.sex, r.pregnant, r.age_from_days, r.age_to_days, r.normal_low, r.normal_high, r.critical_low,
            r.critical_high, r.source, r.version,
        )
        for r in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row.sex, row.pregnant, row.age_from_days))


def services(reader: Reader) -> list[ServiceRow]:
    """Everything that can be charged by hand, by name; what is not offered any more last."""
    department = table_of(Department)
    standard = standard_list(reader).id
    to_price = and_(_price.c.item_id == _item.c.id, _price.c.price_list_id == standard, _price.c.voided_at.is_(None))
    statement = (
        select(_item, department.c.name.label("department"), _price.c.amount)
        .outerjoin(department, department.c.id == _item.c.department_id)
        .outerjoin(_price, to_price)
        .where(_item.c.voided_at.is_(None), _item.c.kind.not_in([ChargeKind.DRUG, ChargeKind.LAB]))
    )
    language = reader.actor.language
    found = [
        ServiceRow(
            r.id, ChargeKind(r.kind), r.code, r.name.get("en", ""), r.name.get("fr", ""), pick(r.name, language),
            r.department_id, r.department or "", _amount(reader, r.amount), r.active, r.search_words, r.version,
        )
        for r in reader.rows(statement)
    ]  # fmt: skip
    return sorted(found, key=lambda row: (not row.active, fold(row.name), row.code))


def payers(reader: Reader) -> list[PayerRow]:
    """All payer groups by name."""
    group, lists = table_of(PayerGroup), table_of(PriceList)
    statement = (
        select(group, lists.c.name.label("price_list"))
        .join(lists, lists.c.id == group.c.price_list_id)
        .where(group.c.voided_at.is_(None))
    )
    language = reader.actor.language
    found = [
        PayerRow(
            r.id, r.code, r.name.get("en", ""), r.name.get("fr", ""), pick(r.name, language), r.price_list_id,
            r.price_list, r.waives_under_five, r.waives_maternity, r.active, r.version,
        )
        for r in reader.rows(statement)
    ]  # fmt: skip
    return sorted(found, key=lambda row: (not row.active, fold(row.name)))


def item_codes(reader: Reader, kind: ChargeKind) -> set[str]:
    """All codes of priced items of a kind, void ones too."""
    return {row.code for row in reader.rows(select(_item.c.code).where(_item.c.kind == kind))}


def department_coded(reader: Reader, code: str) -> Id | None:
    """The department with this code."""
    found: Id | None = reader.scalar(select(Department.id).where(Department.code == code))
    return found


def payers_on(reader: Reader, price_list_id: Id) -> int:
    """How many payer groups pay by a list."""
    group = table_of(PayerGroup)
    statement = select(func.count()).where(group.c.price_list_id == price_list_id, group.c.voided_at.is_(None))
    return int(reader.scalar(statement))
