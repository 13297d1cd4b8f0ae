"""Medicines, batches, the stock ledger and dispensing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Entry, Fact, Voidable, to
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import DispensingState, MovementKind


class MedicationCategory(Voidable):
    """A shelf or chapter of the formulary."""

    __tablename__ = "medication_category"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "name_folded"),)

    name: Mapped[str] = column(t.Text(80))
    name_folded: Mapped[str] = column(t.Text(80))


class Medication(Voidable):
    """A medicine of the formulary: one strength in one form."""

    __tablename__ = "medication"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"), Index(None, "generic_folded"), Index(None, "barcode"))

    code: Mapped[str] = column(t.Text(60))
    generic: Mapped[str] = column(t.Text(120))
    generic_folded: Mapped[str] = column(t.Text(120))
    generic_names: Mapped[Any] = column(t.Json())
    tall_man: Mapped[str] = column(t.Text(120))
    brand: Mapped[str] = column(t.Text(80))
    strength: Mapped[str] = column(t.Text(60))
    form: Mapped[str] = column(t.Text(40))
    unit: Mapped[str] = column(t.Text(40))
    unit_ml: Mapped[Decimal | None] = column(t.Scaled(3))
    pack_size: Mapped[int] = column(t.Whole(1, 100_000))
    route: Mapped[str] = column(t.Text(20))
    category_id: Mapped[Id | None] = to("medication_category", nullable=True)
    atc: Mapped[str] = column(t.Text(10))
    barcode: Mapped[str] = column(t.Text(40))
    search_words: Mapped[str] = column(t.Text(400))
    drug_classes: Mapped[Any] = column(t.Json())
    ingredients: Mapped[Any] = column(t.Json())
    controlled_schedule: Mapped[str] = column(t.Text(5))
    indications: Mapped[str] = column(t.Text(500))
    contraindications: Mapped[str] = column(t.Text(500))
    side_effects: Mapped[str] = column(t.Text(500))
    pregnancy_caution: Mapped[bool] = column(t.Flag())
    formulary: Mapped[bool] = column(t.Flag())
    active: Mapped[bool] = column(t.Flag())
    reorder_level: Mapped[int] = column(t.Whole(0, 10_000_000))
    mg_per_unit: Mapped[Decimal | None] = column(t.Scaled(4))
    default_dose: Mapped[str] = column(t.Text(40))
    default_frequency: Mapped[str] = column(t.Text(20))
    default_days: Mapped[int | None] = column(t.Whole(1, 3660))
    child_mg_per_kg: Mapped[Decimal | None] = column(t.Scaled(3))
    child_max_mg: Mapped[Decimal | None] = column(t.Scaled(3))


class DrugInteraction(Voidable):
    """A pair of ingredients or classes that must not meet unseen."""

    __tablename__ = "drug_interaction"

    first: Mapped[str] = column(t.Text(60))
    second: Mapped[str] = column(t.Text(60))
    severity: Mapped[str] = column(t.Text(20))
    effect: Mapped[Any] = column(t.Json())
    advice: Mapped[Any] = column(t.Json())
    source: Mapped[str] = column(t.Text(200))


class Supplier(Voidable):
    """Who delivers."""

    __tablename__ = "supplier"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "name_folded"),)

    name: Mapped[str] = column(t.Text(120))
    name_folded: Mapped[str] = column(t.Text(120))
    phone: Mapped[str] = column(t.Text(40))
    email: Mapped[str] = column(t.Text(120))
    address: Mapped[str] = column(t.Text(200))


class StockLocation(Voidable):
    """A store room or shelf; one station owns it."""

    __tablename__ = "stock_location"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(20))
    name: Mapped[str] = column(t.Text(80))
    owner_station_id: Mapped[Id | None] = column(t.Id())
    dispensing: Mapped[bool] = column(t.Flag())


class GoodsReceipt(Voidable):
    """A delivery that was taken in."""

    __tablename__ = "goods_receipt"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "number"),)

    number: Mapped[str] = column(t.Text(30))
    supplier_id: Mapped[Id | None] = to("supplier", nullable=True)
    location_id: Mapped[Id] = to("stock_location")
    invoice_number: Mapped[str] = column(t.Text(60))
    day: Mapped[date] = column(t.LocalDate())
    received_at: Mapped[datetime] = column(t.UtcTime())
    total_cost: Mapped[int] = column(t.Money())


class StockBatch(Voidable):
    """A lot of a medicine: number, expiry, what it cost."""

    __tablename__ = "stock_batch"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "medication_id", "number"), Index(None, "medication_id", "expiry"))

    medication_id: Mapped[Id] = to("medication", index=False)
    number: Mapped[str] = column(t.Text(40))
    expiry: Mapped[date] = column(t.LocalDate())
    unit_cost: Mapped[int] = column(t.Money())
    supplier_id: Mapped[Id | None] = to("supplier", nullable=True)
    receipt_id: Mapped[Id | None] = to("goods_receipt", nullable=True)
    barcode: Mapped[str] = column(t.Text(60))


class StockBalance(Fact):
    """What is left of a batch at a location: the sum of its movements, proved by `hms check`; never edited by hand."""

    __tablename__ = "stock_balance"
    AUDITED = False

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint("batch_id", "location_id"),
            CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        )

    batch_id: Mapped[Id] = to("stock_batch", index=False)
    location_id: Mapped[Id] = to("stock_location")
    medication_id: Mapped[Id] = to("medication")
    quantity: Mapped[int] = column(t.Money())


class StockMovement(Entry):
    """The ledger: every unit that came or went, with the balance after it."""

    __tablename__ = "stock_movement"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            CheckConstraint("quantity <> 0", name="quantity_moves"),
            CheckConstraint("balance_after >= 0", name="balance_not_negative"),
            Index(None, "medication_id", "moved_at"),
            Index(None, "batch_id", "location_id"),
            Index(None, "source_id"),
        )

    batch_id: Mapped[Id] = to("stock_batch", index=False)
    location_id: Mapped[Id] = to("stock_location", index=False)
    medication_id: Mapped[Id] = to("medication", index=False)
    kind: Mapped[str] = column(t.Enum(MovementKind))
    quantity: Mapped[int] = column(t.Money())
    balance_after: Mapped[int] = column(t.Money())
    moved_at: Mapped[datetime] = column(t.UtcTime())
    day: Mapped[date] = column(t.LocalDate())
    reason: Mapped[str] = column(t.Text(300))
    source_table: Mapped[str] = column(t.Text(40))
    source_id: Mapped[Id | None] = column(t.Id())
    approved_by: Mapped[Id | None] = column(t.Id())


class Dispensing(Voidable):
    """One hand-over at the counter. `dispensed_at` and `day`: when it was priced, then when it was given."""

    __tablename__ = "dispensing"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "number"),)

    number: Mapped[str] = column(t.Text(30))
    prescription_id: Mapped[Id] = to("prescription")
    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient")
    location_id: Mapped[Id] = to("stock_location", index=False)
    state: Mapped[str] = column(t.Enum(DispensingState))
    dispensed_at: Mapped[datetime] = column(t.UtcTime())
    dispensed_by: Mapped[Id | None] = column(t.Id())
    day: Mapped[date] = column(t.LocalDate(), index=True)
    reversed_at: Mapped[datetime | None] = column(t.UtcTime())
    reverse_reason: Mapped[str] = column(t.Text(300))


class DispensingItem(Entry):
    """Units of a medicine for one prescription item, of which they meet `covers` units. The batches they came from are
    in the ledger: movements whose source is this row.
    """

    __tablename__ = "dispensing_item"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            CheckConstraint("quantity > 0", name="quantity_positive"),
            CheckConstraint("covers > 0", name="covers_positive"),
        )

    dispensing_id: Mapped[Id] = to("dispensing")
    prescription_item_id: Mapped[Id] = to("prescription_item")
    medication_id: Mapped[Id] = to("medication")
    quantity: Mapped[int] = column(t.Money())
    covers: Mapped[int] = column(t.Whole(0, 1_000_000))
    unit_price: Mapped[int] = column(t.Money())
    charge_id: Mapped[Id | None] = to("charge", nullable=True)
    substituted: Mapped[bool] = column(t.Flag())
    substitution_reason: Mapped[str] = column(t.Text(300))
    allergy_override: Mapped[str] = column(t.Text(300))
