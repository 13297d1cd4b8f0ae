"""The digest of a table: two stores with the same facts have the same one, whatever their engine."""

import hashlib

from sqlalchemy import Connection, Table, select

from hms_desktop.data.base import Base
from hms_desktop.data.queries.checks.findings import stream
from hms_desktop.domain.plain import canonical


def synced_tables() -> list[Table]:
    """The tables whose rows belong to the clinic, not to a PC or to the store itself; by name."""
    mapped = (mapper.class_ for mapper in Base.registry.mappers)
    return sorted((each.__table__ for each in mapped if each.SYNCED), key=lambda table: table.name)


def digest(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows, and SHA-256 over them by id: each one line of canonical JSON, what is NULL left out."""
    whole = hashlib.sha256()
    count = 0
    for row in stream(connection, select(table).order_by(table.c.id)):
        known = {name: value for name, value in row._mapping.items() if value is not None}
        whole.update(canonical(known).encode() + b"\n")
        count += 1
    return count, whole.hexdigest()
