"""Proofs over a whole store, each a stream of findings: what is said there does not agree with itself.

Each part proves one promise: stock (`stock.py`), the books (`books.py`), numbers (`numbers.py`), the audit chain,
references, and that the store is built as the classes say (`schema.py`). Nothing holds a whole table in
memory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select, text
from sqlalchemy.sql import Executable

from hms_desktop.data.audit_chain import broken_links
from hms_desktop.data.base import Base

Fact = str | int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be: the row at fault and what is wrong, as a code with its facts."""

    check: str
    table: str
    id: str
    what: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


Check = Callable[[Connection], Iterator[Finding]]


def hold_still(connection: Connection) -> None:
    """One view for everything that follows on this connection: what others save meanwhile is not seen."""
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")


def stream(connection: Connection, statement: Executable) -> Iterator[Row[Any]]:
    """The rows of a statement, a few thousand at a time."""
    with connection.execute(statement, execution_options={"yield_per": 2000}) as rows:
        yield from rows


def audit_findings(connection: Connection) -> Iterator[Finding]:
    """Every place where an audit chain does not hold."""
    for broken in broken_links(connection):
        where: dict[str, Fact] = {"station": str(broken["station"]), "sequence": int(broken["sequence"])}
        yield Finding("audit", "audit_event", str(broken["event"]), "chain_broken", where)


def reference_findings(connection: Connection) -> Iterator[Finding]:
    """Rows that name a row which is not there."""
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            wanted = key.column.table.alias()
            target = wanted.c[key.column.name]
            lost = (
                select(table.c.id, key.parent.label("missing"))
                .select_from(table.outerjoin(wanted, key.parent == target))
                .where(key.parent.is_not(None), target.is_(None))
            )
            for row in stream(connection, lost):
                facts = {"column": key.parent.name, "missing": row.missing, "wanted": key.column.table.name}
                yield Finding("references", table.name, row.id, "points_nowhere", facts)


def file_findings(connection: Connection) -> Iterator[Finding]:
    """What the engine itself finds wrong with a store file; a server looks after its own files."""
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check(100)")):
        if row[0] != "ok":
            yield Finding("file", "", "", "file_damaged", {"detail": str(row[0])})
