"""What every table has: named constraints, generated checks, base columns, and how it behaves (ledger, voidable)."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, MetaData, Table, event
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from hms_desktop.data import types as t
from hms_desktop.domain.ids import Id

NAMES = {
    "ix": "ix_%(table_name)s__%(column_0_N_name)s",
    "uq": "uq_%(table_name)s__%(column_0_N_name)s",
    "ck": "ck_%(table_name)s__%(constraint_name)s",
    "fk": "fk_%(table_name)s__%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables. `APPEND_ONLY` rows are guarded by triggers; `SYNCED` rows count in the digest;
    `SECRET` columns never enter the audit trail.
    """

    metadata = MetaData(naming_convention=NAMES)
    APPEND_ONLY: ClassVar[bool] = False
    SYNCED: ClassVar[bool] = False
    AUDITED: ClassVar[bool] = True
    SECRET: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        """Indexes and constraints of a table beside those of its columns; a table overrides it."""
        return ()

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return (*cls.rules(), {"sqlite_strict": True})


def to(table: str, *, nullable: bool = False, index: bool = True) -> Any:
    """A column that names a row of `table`; indexed, so that the way back is as fast."""
    return mapped_column(t.Id(), ForeignKey(f"{table}.id"), nullable=nullable, index=index)


class Written(Base):
    """Who made a row, when, where. No foreign keys here: users and stations stay, and imports may come first."""

    __abstract__ = True

    id: Mapped[Id] = mapped_column(t.Id(), primary_key=True, sort_order=-9)
    facility_id: Mapped[Id] = mapped_column(t.Id(), sort_order=90)
    station_id: Mapped[Id] = mapped_column(t.Id(), sort_order=91)
    created_at: Mapped[datetime] = mapped_column(t.UtcTime(), sort_order=92)
    created_by: Mapped[Id] = mapped_column(t.Id(), sort_order=93)


class Entry(Written):
    """A row of a ledger: written once, then neither changed nor deleted (triggers refuse it on both engines)."""

    __abstract__ = True
    APPEND_ONLY = True
    SYNCED = True


class Fact(Written):
    """A row that may change: carries its version, so that a stale save is noticed."""

    __abstract__ = True
    SYNCED = True

    updated_at: Mapped[datetime] = mapped_column(t.UtcTime(), sort_order=94)
    updated_by: Mapped[Id] = mapped_column(t.Id(), sort_order=95)
    version: Mapped[int] = mapped_column(t.Whole(1), sort_order=96)


class Voidable(Fact):
    """A fact that a person could want gone: it stays, marked void, with a reason."""

    __abstract__ = True

    voided_at: Mapped[datetime | None] = mapped_column(t.UtcTime(), sort_order=97)
    voided_by: Mapped[Id | None] = mapped_column(t.Id(), sort_order=98)
    void_reason: Mapped[str | None] = mapped_column(t.Text(400), sort_order=99)


BASE_COLUMNS = frozenset(
    {"facility_id", "station_id", "created_at", "created_by", "updated_at", "updated_by", "version"}
)


def _add_checks(table: Table) -> None:
    """Generated CHECKs: one constraint a column and engine, named after the column."""
    for column in list(table.columns):
        conditions = {dialect: t.checks_for(column, dialect) for dialect in ("sqlite", "postgresql")}
        if conditions["sqlite"] == conditions["postgresql"]:
            if conditions["sqlite"] is not None:
                table.append_constraint(CheckConstraint(conditions["sqlite"], name=column.name))
            continue
        for dialect, condition in conditions.items():
            if condition is not None:
                check = CheckConstraint(condition, name=column.name).ddl_if(dialect=dialect)
                table.append_constraint(check)


@event.listens_for(Base, "instrument_class", propagate=True)
def _finish_table(mapper: Any, _cls: type[Base]) -> None:
    table = mapper.local_table
    if isinstance(table, Table) and not table.info.get("checked"):
        table.info["checked"] = True
        _add_checks(table)


def table_of(mapped: type[Base]) -> Table:
    """The Core table of a mapped class."""
    table = mapped.__table__
    assert isinstance(table, Table)
    return table
