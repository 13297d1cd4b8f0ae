"""Many rows of one table at once: what never changes stands in the statement, the rest goes in as it is kept."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from hms_desktop.data.base import Base
from hms_desktop.data.work import _blank_row


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if isinstance(value, int):
        return str(int(value))
    return "'" + str(value).replace("'", "''") + "'"


class Bulk:
    """Inserts into one table of a SQLite store; `varying` are the columns that each row gives."""

    def __init__(self, connection: Connection, table: str, constant: Mapping[str, Any], varying: Sequence[str]) -> None:
        mapped = next(m.class_ for m in Base.registry.mappers if m.local_table.name == table)  # type: ignore[attr-defined]
        kept = {name: value for name, value in {**_blank_row(mapped), **constant}.items() if name not in varying}
        values = ["?"] * len(varying) + [_literal(value) for value in kept.values()]
        self.connection = connection
        self.statement = f"INSERT INTO {table} ({', '.join([*varying, *kept])}) VALUES ({', '.join(values)})"

    def insert(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write the rows."""
        self.connection.exec_driver_sql(self.statement, list(rows))


@contextmanager
def without_triggers(connection: Connection, table: str) -> Iterator[None]:
    """Meanwhile the table has no triggers."""
    known = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    triggers = connection.execute(known, {"table": table}).all()
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
    yield
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)
