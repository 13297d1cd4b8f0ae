"""Is this store of our version? Read cheaply at every start; Alembic is loaded only when it is not."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from hms_desktop.data.store import Store

HEAD = "0003"
"""The newest revision in `migrations/versions`; a test holds them together."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The revision a store is at; None for an empty database."""

    revision: str | None
    empty: bool


def stamp(store: Store) -> Stamp:
    """Where the store stands."""
    with store.reading() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" not in tables:
            return Stamp(None, not tables)
        return Stamp(connection.execute(text("SELECT version_num FROM alembic_version")).scalar(), False)


def definitions(connection: Connection) -> dict[str, str]:
    """Every table, index and trigger of a store in a normal form: to compare a migrated store with a fresh one."""
    found = _sqlite(connection) if connection.dialect.name == "sqlite" else _postgresql(connection)
    return {name: _normal(body) for name, body in found.items() if "alembic_version" not in name}


def _normal(body: str) -> str:
    return re.sub(r"\s+", " ", body.replace('"', "")).replace("( ", "(").replace(" )", ")").replace(" ,", ",").strip()


def _sqlite(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {f"{row.type} {row.name}": row.sql for row in rows}


_POSTGRESQL = """
SELECT 'column ' || c.relname || '.' || a.attname AS name,
       format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS body
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE connamespace = current_schema()::regnamespace
UNION ALL
SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
UNION ALL
SELECT 'trigger ' || tgrelid::regclass || '.' || tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
"""


def _postgresql(connection: Connection) -> dict[str, str]:
    return {row.name: row.body for row in connection.execute(text(_POSTGRESQL))}
