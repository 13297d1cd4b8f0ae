"""The laboratory: tests, ranges, panels, orders, specimens, results, critical calls."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Fact, Voidable, to
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority, OrderState, ResultKind, ResultStatus, SpecimenState


class LabTest(Voidable):
    """A test the lab offers, with its LOINC code and UCUM unit."""

    __tablename__ = "lab_test"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(60))
    loinc: Mapped[str] = column(t.Text(12))
    name: Mapped[Any] = column(t.Json())
    search_words: Mapped[str] = column(t.Text(400))
    category: Mapped[str] = column(t.Text(40))
    specimen: Mapped[str] = column(t.Text(40))
    unit: Mapped[str] = column(t.Text(20))
    result_kind: Mapped[str] = column(t.Enum(ResultKind))
    places: Mapped[int] = column(t.Whole(0, 4))
    choices: Mapped[Any] = column(t.Json())
    preparation: Mapped[Any] = column(t.Json())
    turnaround_minutes: Mapped[int] = column(t.Whole(0, 100_000))
    delta_percent: Mapped[int | None] = column(t.Whole(0, 10_000))
    possible_low: Mapped[Decimal | None] = column(t.Scaled(4))
    possible_high: Mapped[Decimal | None] = column(t.Scaled(4))
    active: Mapped[bool] = column(t.Flag())


class ReferenceRange(Voidable):
    """Normal and critical limits by sex, age and pregnancy."""

    __tablename__ = "reference_range"

    test_id: Mapped[Id] = to("lab_test")
    sex: Mapped[str] = column(t.Text(10))
    age_from_days: Mapped[int] = column(t.Whole(0, 60_000))
    age_to_days: Mapped[int] = column(t.Whole(0, 60_000))
    pregnant: Mapped[str] = column(t.Text(3))
    normal_low: Mapped[Decimal | None] = column(t.Scaled(4))
    normal_high: Mapped[Decimal | None] = column(t.Scaled(4))
    critical_low: Mapped[Decimal | None] = column(t.Scaled(4))
    critical_high: Mapped[Decimal | None] = column(t.Scaled(4))
    source: Mapped[str] = column(t.Text(200))


class LabPanel(Voidable):
    """Tests that are ordered together."""

    __tablename__ = "lab_panel"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(60))
    name: Mapped[Any] = column(t.Json())
    search_words: Mapped[str] = column(t.Text(400))
    test_codes: Mapped[Any] = column(t.Json())
    active: Mapped[bool] = column(t.Flag())


class LabOrder(Voidable):
    """FHIR ServiceRequest: what was asked for at one visit."""

    __tablename__ = "lab_order"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "number"), Index(None, "state", "priority", "ordered_at"))

    number: Mapped[str] = column(t.Text(30))
    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient")
    priority: Mapped[str] = column(t.Enum(LabPriority))
    state: Mapped[str] = column(t.Enum(OrderState))
    clinical_notes: Mapped[str] = column(t.Text(500))
    diagnosis: Mapped[str] = column(t.Text(200))
    ordered_by: Mapped[Id] = column(t.Id())
    ordered_at: Mapped[datetime] = column(t.UtcTime())
    completed_at: Mapped[datetime | None] = column(t.UtcTime())


class LabOrderItem(Voidable):
    """One test of an order, with its own state."""

    __tablename__ = "lab_order_item"

    order_id: Mapped[Id] = to("lab_order")
    patient_id: Mapped[Id] = to("patient")
    test_id: Mapped[Id] = to("lab_test")
    panel_code: Mapped[str] = column(t.Text(60))
    state: Mapped[str] = column(t.Enum(OrderState))
    specimen_id: Mapped[Id | None] = to("specimen", nullable=True)
    charge_id: Mapped[Id | None] = to("charge", nullable=True)
    cancel_reason: Mapped[str] = column(t.Text(300))


class Specimen(Voidable):
    """A tube or cup with its accession number; a rejected one is replaced by another."""

    __tablename__ = "specimen"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "accession"),)

    accession: Mapped[str] = column(t.Text(30))
    order_id: Mapped[Id] = to("lab_order")
    patient_id: Mapped[Id] = to("patient")
    kind: Mapped[str] = column(t.Text(40))
    state: Mapped[str] = column(t.Enum(SpecimenState))
    collected_at: Mapped[datetime] = column(t.UtcTime())
    collected_by: Mapped[Id] = column(t.Id())
    received_at: Mapped[datetime | None] = column(t.UtcTime())
    received_by: Mapped[Id | None] = column(t.Id())
    rejected_at: Mapped[datetime | None] = column(t.UtcTime())
    rejected_by: Mapped[Id | None] = column(t.Id())
    reject_reason: Mapped[str] = column(t.Text(60))
    reject_note: Mapped[str] = column(t.Text(200))
    replaces_id: Mapped[Id | None] = to("specimen", nullable=True)


class LabResult(Fact):
    """FHIR Observation. A correction is a new row that names the first; the first stays as it was."""

    __tablename__ = "lab_result"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (Index(None, "patient_id", "test_id", "entered_at"),)

    item_id: Mapped[Id | None] = to("lab_order_item", nullable=True)
    patient_id: Mapped[Id] = to("patient", index=False)
    visit_id: Mapped[Id | None] = to("visit", nullable=True)
    test_id: Mapped[Id | None] = to("lab_test", nullable=True)
    loinc: Mapped[str] = column(t.Text(12))
    name: Mapped[str] = column(t.Text(120))
    value_number: Mapped[Decimal | None] = column(t.Scaled(4))
    value_text: Mapped[str] = column(t.Text(500))
    unit: Mapped[str] = column(t.Text(20))
    flag: Mapped[str] = column(t.Text(2))
    range_used: Mapped[Any] = column(t.Json())
    status: Mapped[str] = column(t.Enum(ResultStatus))
    current: Mapped[bool] = column(t.Flag())
    comment: Mapped[str] = column(t.Text(500))
    entered_by: Mapped[Id] = column(t.Id())
    entered_at: Mapped[datetime] = column(t.UtcTime())
    verified_by: Mapped[Id | None] = column(t.Id())
    verified_at: Mapped[datetime | None] = column(t.UtcTime())
    own_release: Mapped[bool] = column(t.Flag())
    replaces_id: Mapped[Id | None] = to("lab_result", nullable=True)
    correction_reason: Mapped[str] = column(t.Text(300))


class ResultReview(Fact):
    """Whether a doctor has seen a released result (FHIR Task): made with the release, ended by the end of the
    consultation, by acknowledging a critical value, or by hand from the list of results to review.
    """

    __tablename__ = "result_review"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("result_id"), Index(None, "reviewed_at"))

    result_id: Mapped[Id] = to("lab_result", index=False)
    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient")
    reviewed_by: Mapped[Id | None] = column(t.Id())
    reviewed_at: Mapped[datetime | None] = column(t.UtcTime())


class CriticalCall(Fact):
    """That somebody was told of a critical result, who, when, and that it was read back."""

    __tablename__ = "critical_call"

    result_id: Mapped[Id] = to("lab_result")
    patient_id: Mapped[Id] = to("patient")
    called_person: Mapped[str] = column(t.Text(120))
    called_at: Mapped[datetime] = column(t.UtcTime())
    read_back: Mapped[bool] = column(t.Flag())
    note: Mapped[str] = column(t.Text(300))
    acknowledged_by: Mapped[Id | None] = column(t.Id())
    acknowledged_at: Mapped[datetime | None] = column(t.UtcTime())
