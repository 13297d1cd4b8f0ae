"""Counters: the next number of a kind, gapless because it is taken in the transaction that uses it."""

from importlib import import_module

from sqlalchemy import Connection

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.facility import Counter
from hms_desktop.domain.ids import Id


def next_number(connection: Connection, kind: str, station_id: Id, series: str) -> int:
    """One more than the last number of (kind, station, series), from 1."""
    table = table_of(Counter)
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")  # the other engine's is never loaded
    statement = (
        dialect.insert(table)
        .values(kind=kind, station_id=station_id, series=series, value=1)
        .on_conflict_do_update(
            index_elements=[table.c.kind, table.c.station_id, table.c.series], set_={"value": table.c.value + 1}
        )
        .returning(table.c.value)
    )
    return int(connection.execute(statement).scalar_one())
