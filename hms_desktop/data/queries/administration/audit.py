"""Reads the audit trail for its viewer: pages by key, ids as names, minor units as amounts."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, and_, func, or_, select

from hms_desktop.data import types as t
from hms_desktop.data.audit_chain import broken_links
from hms_desktop.data.base import Base, table_of
from hms_desktop.data.queries.administration.subjects import Subject, called, named, references
from hms_desktop.data.queries.checks.findings import hold_still
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.facility import Station
from hms_desktop.domain.administration.audit import (
    AuditChange,
    AuditFilter,
    AuditPage,
    AuditRow,
    BrokenLink,
    Shown,
    right_to_see,
)
from hms_desktop.domain.ids import Id, is_id
from hms_desktop.domain.names import fold
from hms_desktop.domain.texts import pick

_Names = Mapping[Subject, str]
_event = table_of(AuditEvent)
_COUNTS = frozenset({"quantity", "balance_after", "sequence", "version"})
"""Columns of the money type that count things."""
_CODES = {("role", "rights"): "right", ("role", "windows"): "window", ("setting", "name"): "setting"}
"""Codes that the schema does not know as such, and the kind of their labels."""
_TECHNICAL = frozenset(
    {"search_words", "open_key", "code_key", "original_key", "incarnation", "colour_rank", "phone_reversed"}
)
"""Columns for machines; those that end in `_folded` too."""


def is_technical(column: str) -> bool:
    """Whether a column is a copy for searching or a lock, which tells nobody anything."""
    return column in _TECHNICAL or column.endswith("_folded")


def page(reader: Reader, wanted: AuditFilter, after: Id | None, limit: int) -> AuditPage:
    """Events that fit, newest first, following the event `after`."""
    account, station = table_of(UserAccount), table_of(Station)
    conditions = _conditions(reader, wanted)
    if after is not None:
        last = reader.first(select(_event.c.at, _event.c.id).where(_event.c.id == after))
        if last is not None:
            older = and_(_event.c.at == last.at, _event.c.id < last.id)
            conditions.append(or_(_event.c.at < last.at, older))
    statement = (
        select(_event, station.c.code.label("station"), account.c.username, account.c.given_name, account.c.family_name)
        .outerjoin(account, account.c.id == _event.c.actor_id)
        .outerjoin(station, station.c.id == _event.c.station_id)
        .where(*conditions)
        .order_by(_event.c.at.desc(), _event.c.id.desc())
        .limit(limit + 1)
    )
    rows = reader.rows(statement)
    return AuditPage(tuple(_shown_rows(reader, rows[:limit])), len(rows) > limit)


def _conditions(reader: Reader, wanted: AuditFilter) -> list[Any]:
    found: list[Any] = []
    if wanted.actor_id is not None:
        found.append(_event.c.actor_id == wanted.actor_id)
    if wanted.day is not None:
        start = datetime.combine(wanted.day, clock_time(), reader.zone)
        end = datetime.combine(wanted.day + timedelta(days=1), clock_time(), reader.zone)
        found += [_event.c.at >= start, _event.c.at < end]
    if wanted.action:
        found.append(_event.c.action == wanted.action)
    if wanted.kind:
        found.append(_event.c.subject_table == wanted.kind)
    if wanted.subject.strip():
        found.append(_event.c.subject_id.in_(named(reader, wanted.subject)))
    return found


def _shown_rows(reader: Reader, rows: Sequence[AnyRow]) -> Iterator[AuditRow]:
    names = called(reader, _mentioned(rows))
    for row in rows:
        table = Base.metadata.tables.get(row.subject_table)
        right = right_to_see(row.subject_table)
        hidden = right is not None and not reader.actor.may(right)
        before, after = _fields(row.before), _fields(row.after)
        changes = () if hidden else tuple(_changes(reader, table, before, after, names))
        who = f"{row.given_name or ''} {row.family_name or ''}".strip() or row.username or ""
        yield AuditRow(
            id=row.id, at=reader.local(row.at), who=who,
            station=row.station or "", action=row.action, subject_table=row.subject_table, subject_id=row.subject_id,
            subject=names.get((row.subject_table, row.subject_id), ""), changes=changes,
            hidden=hidden and bool(before or after), is_new=row.before is None,
        )  # fmt: skip


def _fields(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mentioned(rows: Sequence[AnyRow]) -> Iterator[Subject]:
    """Every row that the events are about or name in a value."""
    for row in rows:
        if row.subject_id is not None:
            yield row.subject_table, row.subject_id
        table = Base.metadata.tables.get(row.subject_table)
        for fields in (_fields(row.before), _fields(row.after)):
            for column, value in fields.items():
                target = references(table, column)
                if target is not None and isinstance(value, str) and is_id(value):
                    yield target, Id(value)


def _changes(
    reader: Reader, table: Table | None, before: Mapping[str, Any], after: Mapping[str, Any], names: _Names
) -> Iterator[AuditChange]:
    for column in [*after, *(name for name in before if name not in after)]:
        if is_technical(column) or (not before and after[column] in ("", [], {})):
            continue
        kind = _kind(table, column)
        old, new = (_value(reader, table, column, fields.get(column), names) for fields in (before, after))
        yield AuditChange(column, kind, old, new)


def _kind(table: Table | None, column: str) -> str:
    if table is None or column not in table.c:
        return "code" if column == "how" else ""
    kind = table.c[column].type
    if isinstance(kind, t.Enum):
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind.words.__name__).lower()
    if _is_money(table, column):
        return "money"
    return _CODES.get((table.name, column), "")


def _is_money(table: Table, column: str) -> bool:
    return type(table.c[column].type) is t.Money and column not in _COUNTS


def _value(reader: Reader, table: Table | None, column: str, value: Any, names: _Names) -> Shown:
    """A kept value as a person may read it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    if isinstance(value, Mapping):
        return pick({str(k): str(v) for k, v in value.items()}, reader.actor.language)
    if table is not None and column in table.c:
        return _typed(reader, table, column, value, names)
    return value if isinstance(value, int) else str(value)


def _typed(reader: Reader, table: Table, column: str, value: Any, names: _Names) -> Shown:
    kind = table.c[column].type
    if isinstance(kind, t.UtcTime):
        return reader.local(datetime.fromisoformat(value))
    if isinstance(kind, t.LocalDate):
        return date.fromisoformat(value)
    if _is_money(table, column) and isinstance(value, int):
        return reader.facility.currency.from_minor(value)
    if isinstance(kind, t.Scaled):
        return Decimal(str(value))
    target = references(table, column)
    if target is not None:
        return names.get((target, Id(str(value))), str(value)[-8:])
    if isinstance(kind, t.Id):
        return str(value)[-8:]
    return value if isinstance(value, int) else str(value)


def people(reader: Reader) -> list[tuple[Id, str]]:
    """Everybody who may have done something: id and name."""
    rows = reader.rows(select(UserAccount.id, UserAccount.username, UserAccount.given_name, UserAccount.family_name))
    found = [(row.id, f"{row.given_name} {row.family_name}".strip() or row.username) for row in rows]
    return sorted(found, key=lambda pair: fold(pair[1]))


def kinds() -> list[str]:
    """The tables that events are about."""
    audited = (mapper.class_ for mapper in Base.registry.mappers if mapper.class_.AUDITED)
    return sorted(table_of(each).name for each in audited)


def check_chain(reader: Reader, on_events: Callable[[int], None]) -> tuple[int, list[BrokenLink]]:
    """How many events there are, and every place where their chain does not hold; one view of the whole."""
    hold_still(reader.connection)
    count = int(reader.scalar(select(func.count()).select_from(_event)) or 0)
    station = table_of(Station)
    codes = {row.id: row.code for row in reader.rows(select(station.c.id, station.c.code))}
    broken = [
        BrokenLink(codes.get(each["station"], ""), int(each["sequence"]))
        for each in broken_links(reader.connection, on_events)
    ]
    return count, broken
