"""What people call a row, for a list that names rows of every table: its number, its name, its code."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, func, or_, select

from hms_desktop.data.base import Base
from hms_desktop.data.reader import Reader
from hms_desktop.domain.checkdigit import read_number
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.texts import pick

_CALLED = ("mrn", "number", "username", "accession", "name", "generic", "code")
"""The columns that a row may be called by, the best first."""
_SEARCHED = frozenset({"mrn_folded", "mrn", "number", "username", "accession"})
"""The columns that somebody types to find what happened to one row."""

Subject = tuple[str, Id]


def _caller(table: Table) -> str | None:
    return next((name for name in _CALLED if name in table.c), None)


def called(reader: Reader, subjects: Iterable[Subject]) -> dict[Subject, str]:
    """The name of each row (table, id) that has one; asked for table by table."""
    wanted: dict[str, set[Id]] = defaultdict(set)
    for kind, id in subjects:
        wanted[kind].add(id)
    found: dict[Subject, str] = {}
    for name, ids in wanted.items():
        table = Base.metadata.tables.get(name)
        column = None if table is None else _caller(table)
        if table is None or column is None:
            continue
        for row in reader.rows(select(table).where(table.c.id.in_(sorted(ids)))):
            found[name, row.id] = _name(reader, name, column, row)
    return found


def _name(reader: Reader, table: str, column: str, row: Any) -> str:
    if table == "user_account":
        return f"{row.given_name} {row.family_name}".strip() or str(row.username)
    value = row._mapping[column]
    if table == "medication":
        return f"{value} {row.strength}".strip()
    return pick(value, reader.actor.language) if isinstance(value, dict) else str(value)


def named(reader: Reader, text: str) -> list[Id]:
    """The rows that have this number, user name or patient number."""
    found: list[Id] = []
    number = read_number(text, facility=reader.facility.code)
    typed = text.strip() if number is None else number.text
    for table in Base.metadata.sorted_tables:
        columns = [table.c[name] for name in sorted(_SEARCHED) if name in table.c]
        if not columns or "id" not in table.c:
            continue
        same = [column == (fold(typed) if column.name.endswith("_folded") else typed) for column in columns]
        same += [func.upper(column) == typed.upper() for column in columns if not column.name.endswith("_folded")]
        found += [row.id for row in reader.rows(select(table.c.id).where(or_(*same)).limit(20))]
    return found


def references(table: Table | None, column: str) -> str | None:
    """The table whose row a column names; people where the schema has no key for it (who made it, who approved)."""
    if table is None or column not in table.c:
        return None
    key = next(iter(table.c[column].foreign_keys), None)
    if key is not None:
        return key.column.table.name
    if column == "head_id" or column.endswith("_by"):
        return "user_account"
    if column == "stock_location_id":
        return "stock_location"
    return "station" if column == "owner_station_id" else None
