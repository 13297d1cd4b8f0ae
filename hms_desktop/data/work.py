"""The unit of work: one transaction of facts, audit and topic versions.

Lock order: facts, counters, audit head, topics by name. Inserts wait until somebody reads or the work ends, then go
out as one statement a table; what is scarce goes out at once as one conditional update.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Table, and_, bindparam, insert, select, update
from sqlalchemy.sql import Executable
from sqlalchemy.sql.elements import ColumnElement

from hms_desktop.data import types as t
from hms_desktop.data.audit_chain import AuditNote, write_audit
from hms_desktop.data.base import BASE_COLUMNS, Base, Fact, Voidable, Written, table_of
from hms_desktop.data.numbers import next_number
from hms_desktop.data.question import Column, Question
from hms_desktop.data.reader import AnyRow, Reader, Where
from hms_desktop.data.tables.facility import Topic
from hms_desktop.data.topics import TOPICS
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.checkdigit import format_number
from hms_desktop.domain.errors import NotFound, ReasonNeeded, StaleRecord
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.plain import to_plain

_RAISE = update(table_of(Topic)).where(Topic.name == bindparam("topic")).values(version=Topic.version + 1)


class Work(Reader):
    """What a service body writes with. `action` names the service in the audit trail."""

    def __init__(self, connection: Connection, where: Where, actor: Actor, now: datetime, action: str) -> None:
        super().__init__(connection, where, actor, now)
        self.action = action
        self.touched: set[str] = set()
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self._notes: list[AuditNote] = []

    def rows(self, statement: Executable, values: Any = None) -> Sequence[AnyRow]:
        """As `Reader.rows`, after what waits was written."""
        self.flush()
        return super().rows(statement, values)

    def columns(self, question: Question, **values: Any) -> list[Column]:
        """As `Reader.columns`, after what waits was written."""
        self.flush()
        return super().columns(question, **values)

    def first(self, statement: Executable, values: Any = None) -> AnyRow | None:
        """As `Reader.first`, after what waits was written."""
        self.flush()
        return super().first(statement, values)

    def scalar(self, statement: Executable, values: Any = None) -> Any:
        """As `Reader.scalar`, after what waits was written."""
        self.flush()
        return super().scalar(statement, values)

    def insert(self, mapped: type[Base], **values: Any) -> Id:
        """A new fact; returns its id. Base columns, blanks and audit come by themselves."""
        return self.insert_many(mapped, [values])[0]

    def insert_many(self, mapped: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[Id]:
        """New facts of one table, written together."""
        if not rows:
            return []
        table = table_of(mapped)
        blank = _blank_row(mapped)
        waiting = self._waiting.setdefault(table.name, [])
        ids: list[Id] = []
        for values in rows:
            unknown = values.keys() - blank.keys()
            if unknown:
                raise TypeError(f"{table.name} has no {sorted(unknown)}")
            row = {**blank, **values}
            if "id" in blank:
                row["id"] = row["id"] or new_id()
                ids.append(row["id"])
            waiting.append(self._stamped(mapped, row))
            if mapped.AUDITED:
                shown = {k: v for k, v in values.items() if v is not None and _may_show(mapped, k, v)}
                self._notes.append(AuditNote(self.action, table.name, row.get("id"), None, to_plain(shown)))
        self.touched.add(table.name)
        return ids

    def _stamped(self, mapped: type[Base], row: dict[str, Any]) -> dict[str, Any]:
        if issubclass(mapped, Written):
            row["facility_id"] = self.facility.id
            row["station_id"] = self.station.id
            row["created_at"] = self.now
            row["created_by"] = self.actor.user_id
        if issubclass(mapped, Fact):
            row["updated_at"] = self.now
            row["updated_by"] = self.actor.user_id
            row["version"] = 1
        return row

    def flush(self) -> None:
        """Send waiting inserts, parents before children."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        for table in _parents_first():
            if table.name in waiting:
                self.connection.execute(insert(table), waiting[table.name])

    def change(self, mapped: type[Base], id: Id, version: int | None = None, **values: Any) -> int:
        """Change a fact; returns its new version. With `version`, raises StaleRecord when somebody was faster."""
        row = self.get(mapped, id)
        seen = row.version if version is None else version
        new = self._update(mapped, [mapped.__table__.c.id == id, mapped.__table__.c.version == seen], values)
        if new is None:
            current = {k: to_plain(v) for k, v in self.get(mapped, id)._mapping.items() if not isinstance(v, bytes)}
            raise StaleRecord(kind=table_of(mapped).name, id=id, current=current)
        self._note_change(mapped, id, row, values)
        return cast(int, new.version)

    def void(self, mapped: type[Voidable], id: Id, reason: str, version: int | None = None, **values: Any) -> None:
        """Mark a fact as gone, with a reason. Raises ReasonNeeded, NotFound (also when it is void already)."""
        if not reason.strip():
            raise ReasonNeeded(field="reason", what=table_of(mapped).name)
        if self.get(mapped, id).voided_at is not None:
            raise NotFound(kind=table_of(mapped).name, id=id)
        gone = {"voided_at": self.now, "voided_by": self.actor.user_id, "void_reason": reason.strip()}
        self.change(mapped, id, version, **gone, **values)

    def claim(self, mapped: type[Base], id: Id, where: Mapping[str, Any], **values: Any) -> bool:
        """Change a fact only while `where` holds (a value, or a set of them): one winner; False when it was another."""
        table = table_of(mapped)
        conditions: list[ColumnElement[bool]] = [table.c.id == id]
        for name, expected in where.items():
            many = isinstance(expected, set | frozenset | tuple | list)
            conditions.append(
                table.c[name].in_(list(expected)) if many else table.c[name].is_not_distinct_from(expected)
            )
        if self._update(mapped, conditions, values) is None:
            return False
        if mapped.AUDITED:
            single = {k: v for k, v in where.items() if not isinstance(v, set | frozenset | tuple | list)}
            before, after = (_shown(mapped, each) for each in (single, values))
            self._notes.append(AuditNote(self.action, table.name, id, before, after))
        return True

    def take(self, mapped: type[Base], id: Id, column: str, amount: int, *also: ColumnElement[bool]) -> int | None:
        """`column` less `amount`, if that much is there (and `also` holds); what is left, or None when not enough."""
        table = table_of(mapped)
        return self._move(mapped, id, column, -amount, table.c[column] >= amount, *also)

    def add(self, mapped: type[Base], id: Id, column: str, amount: int, *also: ColumnElement[bool]) -> int | None:
        """`column` more by `amount` (while `also` holds); the new value, or None."""
        return self._move(mapped, id, column, amount, *also)

    def _move(self, mapped: type[Base], id: Id, column: str, amount: int, *also: ColumnElement[bool]) -> int | None:
        table = table_of(mapped)
        row = self._update(mapped, [table.c.id == id, *also], {column: table.c[column] + amount})
        if row is None:
            return None
        value = cast(int, row._mapping[column])
        if mapped.AUDITED:
            self._notes.append(AuditNote(self.action, table.name, id, {column: value - amount}, {column: value}))
        return value

    def _update(
        self, mapped: type[Base], conditions: list[ColumnElement[bool]], values: Mapping[str, Any]
    ) -> AnyRow | None:
        self.flush()
        table = table_of(mapped)
        stamp: dict[str, Any] = {}
        if issubclass(mapped, Fact):
            stamp = {"updated_at": self.now, "updated_by": self.actor.user_id, "version": table.c.version + 1}
        statement = update(table).where(and_(*conditions)).values(**values, **stamp).returning(table)
        self.touched.add(table.name)
        return self.connection.execute(statement).first()

    def _note_change(self, mapped: type[Base], id: Id, row: AnyRow, values: Mapping[str, Any]) -> None:
        if not mapped.AUDITED:
            return
        old = row._mapping
        moved = {k for k, v in values.items() if _may_show(mapped, k, v) and old[k] != v}
        before, after = ({k: to_plain(source[k]) for k in sorted(moved)} for source in (old, values))
        self._notes.append(AuditNote(self.action, table_of(mapped).name, id, before, after))

    def look(self, action: str, subject_table: str, subject_id: Id | None, **detail: object) -> None:
        """Put into the audit trail what changes no row: a look at a chart, a print, a refused sign-in."""
        self._notes.append(AuditNote(action, subject_table, subject_id, None, to_plain(detail)))

    def number(self, kind: NumberKind) -> str:
        """The next number of `kind` at this station, as it is printed; gapless. Tickets count anew every local day."""
        if kind is NumberKind.TICKET:
            count = next_number(self.connection, kind.value, self.station.id, self.today.isoformat())
            return f"{self.station.code}{count:03d}"
        count = next_number(self.connection, kind.value, self.station.id, self.station.series)
        return format_number(kind, self.facility.code, self.station.code, self.station.series, count)

    def finish(self) -> frozenset[str]:
        """Send what waits, then audit and topic versions; gives the topics that moved. Called once, before COMMIT."""
        self.flush()
        write_audit(self.connection, self.where, self.actor, self.now, self._notes)
        moved = frozenset[str]().union(*(TOPICS.get(table, frozenset()) for table in self.touched))
        if moved:
            self.connection.execute(_RAISE, [{"topic": name} for name in sorted(moved)])
            if self.dialect == "postgresql":
                self.connection.exec_driver_sql("SELECT pg_notify('hms_topics', '')")
        return moved


@cache
def _parents_first() -> tuple[Table, ...]:
    """Every table after those that it names. Worked out once, for SQLAlchemy sorts them anew each time it is asked."""
    return tuple(Base.metadata.sorted_tables)


def _shown(mapped: type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the audit trail may hold, in its plain form."""
    return {name: to_plain(value) for name, value in values.items() if _may_show(mapped, name, value)}


def _may_show(mapped: type[Base], column: str, value: object) -> bool:
    """Whether the audit trail may hold the value: no secrets, no pictures."""
    return column not in mapped.SECRET and not isinstance(value, bytes)


_blanks: dict[type[Base], dict[str, Any]] = {}


def _blank_row(mapped: type[Base]) -> dict[str, Any]:
    """Every column with its blank: '' for text that may not be missing, False for a flag, else None."""
    if mapped not in _blanks:
        row: dict[str, Any] = {}
        for column in table_of(mapped).columns:
            blank: Any = None
            if not column.nullable and column.name not in BASE_COLUMNS:
                blank = "" if isinstance(column.type, t.Text) else False if isinstance(column.type, t.Flag) else None
            row[column.name] = blank
        _blanks[mapped] = row
    return _blanks[mapped]


def topic_versions(connection: Connection) -> dict[str, int]:
    """The version of every topic."""
    return {row.name: row.version for row in connection.execute(select(Topic.name, Topic.version))}
