"""The clinic, its departments and its stations; settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Base, Fact, Voidable
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.facility import ReceiptPaper
from hms_desktop.domain.ids import Id


class Facility(Fact):
    """One clinic. Its code begins every number; name, licence, year and logo stand on every paper."""

    __tablename__ = "facility"

    code: Mapped[str] = column(t.Text(6), unique=True)
    name: Mapped[str] = column(t.Text(120))
    logo: Mapped[bytes | None] = column(t.Bytes())
    address: Mapped[str] = column(t.Text(200))
    phone: Mapped[str] = column(t.Text(40))
    email: Mapped[str] = column(t.Text(120))
    website: Mapped[str] = column(t.Text(120))
    established_year: Mapped[int | None] = column(t.Whole(1800, 2200))
    licence_number: Mapped[str] = column(t.Text(60))
    currency_code: Mapped[str] = column(t.Text(3))
    currency_digits: Mapped[int] = column(t.Whole(0, 3))
    time_zone: Mapped[str] = column(t.Text(60))
    profile: Mapped[str] = column(t.Enum(ClinicProfile))
    receipt_footer: Mapped[str] = column(t.Text(300))
    training: Mapped[bool] = column(t.Flag())


class Department(Voidable):
    """A department; its name is unique per facility, compared folded."""

    __tablename__ = "department"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "name_folded"),)

    name: Mapped[str] = column(t.Text(80))
    name_folded: Mapped[str] = column(t.Text(80))
    code: Mapped[str] = column(t.Text(20))
    description: Mapped[str] = column(t.Text(300))
    head_id: Mapped[Id | None] = column(t.Id())
    location: Mapped[str] = column(t.Text(120))
    phone: Mapped[str] = column(t.Text(40))
    email: Mapped[str] = column(t.Text(120))
    annual_budget: Mapped[int | None] = column(t.Money())
    active: Mapped[bool] = column(t.Flag())


class Station(Fact):
    """A PC of the clinic. `series` is the letter of its present database life."""

    __tablename__ = "station"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(3))
    name: Mapped[str] = column(t.Text(80))
    series: Mapped[str] = column(t.Text(1))
    incarnation: Mapped[Id] = column(t.Id())
    receipt_paper: Mapped[str] = column(t.Enum(ReceiptPaper))
    stock_location_id: Mapped[Id | None] = column(t.Id())
    last_seen_at: Mapped[datetime | None] = column(t.UtcTime())
    app_version: Mapped[str] = column(t.Text(20))
    schema_version: Mapped[str] = column(t.Text(40))


class Setting(Fact):
    """A value that differs from its declared default (`domain/settings.py`)."""

    __tablename__ = "setting"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "name"),)

    name: Mapped[str] = column(t.Text(60))
    value: Mapped[Any] = column(t.Json())


class Counter(Base):
    """The last number given of a kind at a station in a series. Local to the station's numbers, not a fact."""

    __tablename__ = "counter"
    AUDITED = False

    kind: Mapped[str] = column(t.Text(40), primary_key=True)
    station_id: Mapped[Id] = column(t.Id(), primary_key=True)
    series: Mapped[str] = column(t.Text(10), primary_key=True)
    value: Mapped[int] = column(t.Whole(0))


class Topic(Base):
    """The version of a list somebody may be looking at."""

    __tablename__ = "topic"
    AUDITED = False

    name: Mapped[str] = column(t.Text(40), primary_key=True)
    version: Mapped[int] = column(t.Money())


class SaveKey(Base):
    """A one-time key that was used, and what came of it. Kept 90 days."""

    __tablename__ = "save_key"
    AUDITED = False

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (Index(None, "saved_at"),)

    id: Mapped[Id] = column(t.Id(), primary_key=True)
    service: Mapped[str] = column(t.Text(80))
    actor_id: Mapped[Id] = column(t.Id())
    command_digest: Mapped[str] = column(t.Text(64))
    outcome: Mapped[Any] = column(t.Json())
    saved_at: Mapped[datetime] = column(t.UtcTime())


class SourceKey(Base):
    """Where an imported fact came from: makes every import repeatable."""

    __tablename__ = "source_key"
    AUDITED = False

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (Index(None, "fact_id"),)

    source: Mapped[str] = column(t.Text(40), primary_key=True)
    kind: Mapped[str] = column(t.Text(40), primary_key=True)
    source_id: Mapped[str] = column(t.Text(120), primary_key=True)
    fact_id: Mapped[Id] = column(t.Id())
