"""Prescriptions and their items."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Voidable, to
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState, Route


class Prescription(Voidable):
    """What a doctor ordered at one visit."""

    __tablename__ = "prescription"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "number"), Index(None, "status", "prescribed_at"))

    number: Mapped[str] = column(t.Text(30))
    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient")
    status: Mapped[str] = column(t.Enum(PrescriptionState))
    prescriber_id: Mapped[Id] = column(t.Id())
    prescribed_at: Mapped[datetime] = column(t.UtcTime())
    day: Mapped[date] = column(t.LocalDate())
    valid_until: Mapped[date] = column(t.LocalDate())
    note: Mapped[str] = column(t.Text(300))


class PrescriptionItem(Voidable):
    """One medicine of a prescription. `quantity` and `dispensed` count dispensing units (tablets, bottles)."""

    __tablename__ = "prescription_item"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            CheckConstraint("quantity > 0", name="quantity_positive"),
            CheckConstraint("dispensed >= 0 AND dispensed <= quantity", name="dispensed_within"),
        )

    prescription_id: Mapped[Id] = to("prescription")
    patient_id: Mapped[Id] = to("patient")
    medication_id: Mapped[Id | None] = to("medication", nullable=True)
    free_text: Mapped[str] = column(t.Text(200))
    dose_amount: Mapped[Decimal | None] = column(t.Scaled(3))
    dose_unit: Mapped[str] = column(t.Text(20))
    units_per_dose: Mapped[Decimal | None] = column(t.Scaled(3))
    route: Mapped[str] = column(t.Enum(Route))
    frequency: Mapped[str] = column(t.Text(20))
    duration_days: Mapped[int | None] = column(t.Whole(1, 3660))
    quantity: Mapped[int] = column(t.Whole(0, 1_000_000))
    dispensed: Mapped[int] = column(t.Whole(0, 1_000_000))
    instructions: Mapped[str] = column(t.Text(300))
    indication: Mapped[str] = column(t.Text(200))
    state: Mapped[str] = column(t.Enum(ItemState))
    refills_allowed: Mapped[int] = column(t.Whole(0, 99))
    refills_left: Mapped[int] = column(t.Whole(0, 99))
    weight_used: Mapped[Decimal | None] = column(t.Scaled(2))
    alerts: Mapped[Any] = column(t.Json())
    override_reason: Mapped[str] = column(t.Text(300))
    stopped_at: Mapped[datetime | None] = column(t.UtcTime())
    stopped_by: Mapped[Id | None] = column(t.Id())
    stop_reason: Mapped[str] = column(t.Text(300))
