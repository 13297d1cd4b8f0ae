"""Counts what is asked of the store: a list that asks once a row is slow where nobody tests it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from hms_desktop.services.clinic import Clinic


@contextmanager
def statements(clinic: Clinic) -> Iterator[list[str]]:
    """The statements that the store gets meanwhile, without those that begin and end transactions."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.split(maxsplit=1)[0] not in {"BEGIN", "COMMIT", "ROLLBACK"}:
            seen.append(statement)

    event.listen(clinic.store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(clinic.store.engine, "before_cursor_execute", note)


def plan_of(connection: Connection, statement: str) -> str:
    """How the engine goes about a statement as it got it, with values that fit its places.

    PostgreSQL is asked not to read whole tables: what it still reads whole has no index for the question.
    """
    if connection.dialect.name == "sqlite":
        filled = tuple("1" for _ in range(statement.count("?")))
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", filled)
        return "\n".join(str(row[3]) for row in rows)
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    rows = connection.exec_driver_sql(f"EXPLAIN {statement}", _Anything())
    return "\n".join(str(row[0]) for row in rows)


class _Anything(dict[str, str]):
    """A value for every named place."""

    def __missing__(self, name: str) -> str:
        if re.search(r"(^|_)id(_|$)", name):
            return "0" * 32
        return "2026-03-05" if "day" in name else "1"


def whole_reads(plan: str) -> list[str]:
    """The tables that a plan reads from end to end; what it made itself on the way does not count."""
    lines = [line.strip() for line in plan.splitlines() if "VIRTUAL TABLE" not in line and " INDEX " not in line]
    found = [re.search(r"Seq Scan on (\w+)|^SCAN (\w+)", line) for line in lines]
    return [match[1] or match[2] for match in found if match]
