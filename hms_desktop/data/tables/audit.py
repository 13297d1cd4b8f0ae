"""The audit trail and the papers that were printed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Base, Entry, Fact
from hms_desktop.domain.ids import Id


class AuditEvent(Base):
    """Who did what to which row, before and after; chained by hash per (station, incarnation)."""

    __tablename__ = "audit_event"
    APPEND_ONLY = True
    SYNCED = True
    AUDITED = False

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint("station_id", "incarnation", "sequence"),
            Index(None, "subject_table", "subject_id", "at"),
            Index(None, "actor_id", "at"),
            Index(None, "at"),
        )

    id: Mapped[Id] = column(t.Id(), primary_key=True)
    facility_id: Mapped[Id] = column(t.Id())
    station_id: Mapped[Id] = column(t.Id())
    incarnation: Mapped[Id] = column(t.Id())
    sequence: Mapped[int] = column(t.Money())
    at: Mapped[datetime] = column(t.UtcTime())
    actor_id: Mapped[Id] = column(t.Id())
    action: Mapped[str] = column(t.Text(80))
    subject_table: Mapped[str] = column(t.Text(40))
    subject_id: Mapped[Id | None] = column(t.Id())
    before: Mapped[Any] = column(t.Json())
    after: Mapped[Any] = column(t.Json())
    hash: Mapped[str] = column(t.Text(64))


class AuditHead(Base):
    """The end of each chain; the next event hangs on it."""

    __tablename__ = "audit_head"
    AUDITED = False

    station_id: Mapped[Id] = column(t.Id(), primary_key=True)
    incarnation: Mapped[Id] = column(t.Id(), primary_key=True)
    sequence: Mapped[int] = column(t.Money())
    hash: Mapped[str] = column(t.Text(64))


class Paper(Fact):
    """A printed document: what it is about, and its bytes once rendered (empty between commit and render)."""

    __tablename__ = "paper"
    AUDITED = False

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (Index(None, "subject_id", "kind"), Index(None, "sha256"))

    kind: Mapped[str] = column(t.Text(40))
    subject_table: Mapped[str] = column(t.Text(40))
    subject_id: Mapped[Id] = column(t.Id())
    patient_id: Mapped[Id | None] = column(t.Id(), index=True)
    number: Mapped[str] = column(t.Text(40))
    language: Mapped[str] = column(t.Text(5))
    template_version: Mapped[int] = column(t.Whole(1, 10_000))
    content: Mapped[Any] = column(t.Json())
    sha256: Mapped[str | None] = column(t.Text(64))
    pdf: Mapped[bytes | None] = column(t.Bytes())
    day: Mapped[date] = column(t.LocalDate(), index=True)


class PrintJob(Entry):
    """That a paper went to a printer, or was shown, and whether as original or copy."""

    __tablename__ = "print_job"
    AUDITED = True
    SYNCED = False

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("paper_id", "original_key"),)

    paper_id: Mapped[Id] = column(t.Id(), index=True)
    printer: Mapped[str] = column(t.Text(120))
    is_copy: Mapped[bool] = column(t.Flag())
    original_key: Mapped[int | None] = column(t.Whole(0, 1))
    state: Mapped[str] = column(t.Text(20))
    printed_at: Mapped[datetime] = column(t.UtcTime())
