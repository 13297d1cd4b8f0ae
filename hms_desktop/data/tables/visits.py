"""Visits and queue entries."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Voidable, to
from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitKind, VisitOutcome, VisitState


class Visit(Voidable):
    """FHIR Encounter. `open_key` holds the patient while the visit is open: one open visit a patient."""

    __tablename__ = "visit"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint("facility_id", "number"),
            UniqueConstraint("open_key"),
            Index(None, "patient_id", "opened_at"),
            Index(None, "day", "state"),
        )

    number: Mapped[str] = column(t.Text(30))
    patient_id: Mapped[Id] = to("patient", index=False)
    kind: Mapped[str] = column(t.Enum(VisitKind))
    state: Mapped[str] = column(t.Enum(VisitState))
    open_key: Mapped[Id | None] = column(t.Id())
    day: Mapped[date] = column(t.LocalDate())
    department_id: Mapped[Id | None] = to("department", nullable=True)
    practitioner_id: Mapped[Id | None] = to("user_account", nullable=True)
    payer_group_id: Mapped[Id | None] = to("payer_group", nullable=True)
    occurrence: Mapped[str] = column(t.Enum(Occurrence))
    complaint: Mapped[str] = column(t.Text(200))
    ticket: Mapped[str] = column(t.Text(20))
    colour: Mapped[str] = column(t.Text(10))
    opened_at: Mapped[datetime] = column(t.UtcTime())
    closed_at: Mapped[datetime | None] = column(t.UtcTime())
    outcome: Mapped[str | None] = column(t.Enum(VisitOutcome))
    close_reason: Mapped[str] = column(t.Text(200))


class QueueEntry(Voidable):
    """A patient waiting at one service point. `colour_rank` orders: 0 red … 4 not triaged."""

    __tablename__ = "queue_entry"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            Index(None, "service_point", "state", "colour_rank", "waiting_since"),
            Index(None, "day", "service_point", "state"),
            Index(None, "visit_id", "service_point"),
        )

    visit_id: Mapped[Id] = to("visit", index=False)
    patient_id: Mapped[Id] = to("patient")
    service_point: Mapped[str] = column(t.Enum(ServicePoint))
    department_id: Mapped[Id | None] = to("department", nullable=True, index=False)
    practitioner_id: Mapped[Id | None] = to("user_account", nullable=True, index=False)
    vitals_id: Mapped[Id | None] = to("vitals", nullable=True, index=False)
    state: Mapped[str] = column(t.Enum(QueueState))
    colour: Mapped[str] = column(t.Text(10))
    colour_rank: Mapped[int] = column(t.Whole(0, 9))
    returned: Mapped[bool] = column(t.Flag())
    ticket: Mapped[str] = column(t.Text(20))
    day: Mapped[date] = column(t.LocalDate())
    waiting_since: Mapped[datetime] = column(t.UtcTime())
    called_at: Mapped[datetime | None] = column(t.UtcTime())
    started_at: Mapped[datetime | None] = column(t.UtcTime())
    done_at: Mapped[datetime | None] = column(t.UtcTime())
    claimed_by: Mapped[Id | None] = column(t.Id())
    end_reason: Mapped[str] = column(t.Text(200))
