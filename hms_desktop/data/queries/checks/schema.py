"""Is the store built as the classes say? Compares it with a fresh one, made beside it and dropped."""

from collections.abc import Iterator

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError

from hms_desktop.data.ddl import create_statements
from hms_desktop.data.failures import translated
from hms_desktop.data.queries.checks.findings import Finding
from hms_desktop.data.schema import HEAD, definitions
from hms_desktop.data.store import Store

_BESIDE = "hms_check_fresh"


def schema_findings(store: Store) -> Iterator[Finding]:
    """Another revision than ours; tables, columns, checks, indexes and guards that are missing, changed or unknown."""
    with store.reading() as connection:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if revision != HEAD:
            yield Finding("schema", "alembic_version", "", "other_revision", {"found": str(revision), "known": HEAD})
            return
        found = definitions(connection)
    fresh = _fresh_sqlite() if store.dialect == "sqlite" else _fresh_postgresql(store)
    if fresh is None:
        yield Finding("schema", "", "", "schema_not_compared")
        return
    for name in sorted(found.keys() | fresh.keys()):
        if name not in found:
            yield Finding("schema", "", name, "definition_missing")
        elif name not in fresh:
            yield Finding("schema", "", name, "definition_unknown")
        elif found[name] != fresh[name]:
            yield Finding("schema", "", name, "definition_differs", {"found": found[name], "known": fresh[name]})


def _fresh_sqlite() -> dict[str, str]:
    from sqlcipher3 import dbapi2

    engine = create_engine("sqlite://", module=dbapi2)
    try:
        with engine.connect() as connection:
            for statement in create_statements("sqlite"):
                connection.exec_driver_sql(statement)
            return definitions(connection)
    finally:
        engine.dispose()


def _fresh_postgresql(store: Store) -> dict[str, str] | None:
    """Made in a schema of its own inside a transaction that is never committed; None when the role may not make one."""
    with translated(store.shown), store.engine.connect() as connection, connection.begin() as transaction:
        try:
            return _beside(connection)
        except ProgrammingError as fault:
            if getattr(fault.orig, "sqlstate", None) != "42501":
                raise
            return None
        finally:
            transaction.rollback()


def _beside(connection: Connection) -> dict[str, str]:
    home = connection.execute(text("SELECT current_schema()")).scalar_one()
    connection.exec_driver_sql(f"CREATE SCHEMA {_BESIDE}")
    connection.exec_driver_sql(f"SET LOCAL search_path TO {_BESIDE}")
    for statement in create_statements("postgresql"):
        connection.exec_driver_sql(statement.replace("%", "%%"))
    return {name: body.replace(f"{_BESIDE}.", f"{home}.") for name, body in definitions(connection).items()}
