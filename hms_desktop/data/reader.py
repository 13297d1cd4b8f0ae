"""A consistent view of the store for one question or one screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select
from sqlalchemy.sql import Executable

from hms_desktop.data.base import Base, table_of
from hms_desktop.data.question import Column, Question
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import NotFound
from hms_desktop.domain.facility import Facility, Station
from hms_desktop.domain.ids import Id

AnyRow = Row[*tuple[Any, ...]]
"""A row of any columns, as a statement gives it."""


@dataclass(frozen=True, slots=True)
class Where:
    """Which clinic and station a reader or work speaks for."""

    facility: Facility
    station: Station


class Reader:
    """Asks, never changes. `now` is aware UTC; `today` the clinic's own date; `actor` who is asking."""

    def __init__(self, connection: Connection, where: Where, actor: Actor, now: datetime) -> None:
        self.connection = connection
        self.where = where
        self.facility = where.facility
        self.station = where.station
        self.actor = actor
        self.now = now
        self.zone = ZoneInfo(where.facility.time_zone)
        self.today: date = now.astimezone(self.zone).date()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`, for the few questions that differ."""
        return self.connection.dialect.name

    def rows(self, statement: Executable, values: Any = None) -> Sequence[AnyRow]:
        """All rows of a statement."""
        return self.connection.execute(statement, values).fetchall()

    def columns(self, question: Question, **values: Any) -> list[Column]:
        """The answer to a question by columns, in the order of its select."""
        return question.columns(self.connection, values)

    def first(self, statement: Executable, values: Any = None) -> AnyRow | None:
        """The first row, or None."""
        return self.connection.execute(statement, values).first()

    def scalar(self, statement: Executable, values: Any = None) -> Any:
        """The first column of the first row, or None."""
        return self.connection.execute(statement, values).scalar()

    def find(self, mapped: type[Base], id: Id) -> AnyRow | None:
        """The whole row with this id, or None."""
        table = table_of(mapped)
        return self.first(select(table).where(table.c.id == id))

    def get(self, mapped: type[Base], id: Id) -> AnyRow:
        """The whole row with this id. Raises NotFound."""
        row = self.find(mapped, id)
        if row is None:
            raise NotFound(kind=table_of(mapped).name, id=id)
        return row

    def local(self, moment: datetime) -> datetime:
        """`moment` in the clinic's own time zone."""
        return moment.astimezone(self.zone)
