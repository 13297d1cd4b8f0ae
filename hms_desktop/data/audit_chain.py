"""The audit chain: each event's hash covers the one before it, per (station, incarnation)."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import Where
from hms_desktop.data.tables.audit import AuditEvent, AuditHead
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.plain import canonical

FIRST = "0" * 64
"""What the first event of a chain hangs on."""

_HASHED = (
    "id", "facility_id", "station_id", "incarnation", "sequence", "at", "actor_id", "action",
    "subject_table", "subject_id", "before", "after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditNote:
    """What happened to one row (or what was looked at), before it gets its place in the chain."""

    action: str
    subject_table: str
    subject_id: Id | None
    before: Any
    after: Any


def chained(previous: str, event: dict[str, Any]) -> str:
    """The hash of an event that follows `previous`: SHA-256 over the previous hash and the canonical event."""
    body = canonical({name: event[name] for name in _HASHED})
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def write_audit(connection: Connection, where: Where, actor: Actor, now: datetime, notes: Sequence[AuditNote]) -> None:
    """Hang `notes` on the chain of this station, in order, and move its head."""
    if not notes:
        return
    head = table_of(AuditHead)
    mine = (head.c.station_id == where.station.id) & (head.c.incarnation == where.station.incarnation)
    row = connection.execute(select(head.c.sequence, head.c.hash).where(mine).with_for_update()).first()
    if row is None:
        connection.execute(
            insert(head).values(
                station_id=where.station.id, incarnation=where.station.incarnation, sequence=0, hash=FIRST
            )
        )
    sequence, previous = (row.sequence, row.hash) if row else (0, FIRST)
    events: list[dict[str, Any]] = []
    for note in notes:
        sequence += 1
        event = {
            "id": new_id(),
            "facility_id": where.facility.id,
            "station_id": where.station.id,
            "incarnation": where.station.incarnation,
            "sequence": sequence,
            "at": now,
            "actor_id": actor.user_id,
            "action": note.action,
            "subject_table": note.subject_table,
            "subject_id": note.subject_id,
            "before": note.before,
            "after": note.after,
        }
        previous = event["hash"] = chained(previous, event)
        events.append(event)
    connection.execute(insert(table_of(AuditEvent)), events)
    connection.execute(update(head).where(mine).values(sequence=sequence, hash=previous))


def _nobody_counts(_events: int) -> None:
    """The default for `on_events`."""


def broken_links(connection: Connection, on_events: Callable[[int], None] = _nobody_counts) -> Iterator[dict[str, Any]]:
    """Every place where the chain does not hold: a changed, missing or added event, or a head that does not fit.
    `on_events` hears now and then how many events were read; what it raises ends the check.
    """
    table, head = table_of(AuditEvent), table_of(AuditHead)
    key: tuple[Id, Id] | None = None
    ends: dict[tuple[Id, Id], tuple[int, str]] = {}
    sequence, previous = 0, FIRST
    ordered = select(table).order_by(table.c.station_id, table.c.incarnation, table.c.sequence)
    with connection.execute(ordered, execution_options={"yield_per": 2000}) as rows:
        for count, row in enumerate(rows, start=1):
            if count % 2000 == 0:
                on_events(count)
            if (row.station_id, row.incarnation) != key:
                key, sequence, previous = (row.station_id, row.incarnation), 0, FIRST
            sequence += 1
            event = dict(row._mapping)
            if row.sequence != sequence or chained(previous, event) != row.hash:
                yield {"station": row.station_id, "sequence": row.sequence, "event": row.id}
                sequence = row.sequence
            previous = row.hash
            ends[key] = (sequence, previous)
    for row in connection.execute(select(head)):
        found = ends.pop((row.station_id, row.incarnation), (0, FIRST))
        if found != (row.sequence, row.hash):
            yield {"station": row.station_id, "sequence": row.sequence, "event": "head"}
    for station, _incarnation in ends:
        yield {"station": station, "sequence": 0, "event": "no head"}
