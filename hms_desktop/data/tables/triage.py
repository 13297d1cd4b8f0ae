"""Vitals and triage assessments."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Voidable, to
from hms_desktop.domain.ids import Id


class Vitals(Voidable):
    """One set of measurements. NULL is "not measured", never zero and never normal."""

    __tablename__ = "vitals"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (Index(None, "patient_id", "taken_at"),)

    patient_id: Mapped[Id] = to("patient", index=False)
    visit_id: Mapped[Id] = to("visit")
    taken_at: Mapped[datetime] = column(t.UtcTime())
    temperature: Mapped[Decimal | None] = column(t.Scaled(1))
    pulse: Mapped[int | None] = column(t.Whole(0, 400))
    breathing_rate: Mapped[int | None] = column(t.Whole(0, 200))
    systolic: Mapped[int | None] = column(t.Whole(0, 400))
    diastolic: Mapped[int | None] = column(t.Whole(0, 300))
    spo2: Mapped[int | None] = column(t.Whole(0, 100))
    on_oxygen: Mapped[bool | None] = column(t.Flag())
    glucose: Mapped[Decimal | None] = column(t.Scaled(1))
    weight: Mapped[Decimal | None] = column(t.Scaled(2))
    height: Mapped[Decimal | None] = column(t.Scaled(1))
    muac: Mapped[int | None] = column(t.Whole(0, 800))
    pain: Mapped[int | None] = column(t.Whole(0, 10))
    avpu: Mapped[str | None] = column(t.Text(1))
    pregnant: Mapped[bool | None] = column(t.Flag())
    comment: Mapped[str] = column(t.Text(300))


class TriageAssessment(Voidable):
    """What the rules suggested and what the nurse chose, with the version of the rules."""

    __tablename__ = "triage_assessment"

    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient")
    vitals_id: Mapped[Id | None] = to("vitals", nullable=True)
    scale: Mapped[str] = column(t.Text(40))
    scale_version: Mapped[str] = column(t.Text(40))
    danger_signs: Mapped[Any] = column(t.Json())
    score: Mapped[int | None] = column(t.Whole(0, 100))
    suggested_colour: Mapped[str] = column(t.Text(10))
    chosen_colour: Mapped[str] = column(t.Text(10))
    reasons: Mapped[Any] = column(t.Json())
    override_reason: Mapped[str] = column(t.Text(300))
    assessed_at: Mapped[datetime] = column(t.UtcTime())
