"""What a row says must be what the audit trail last said of it: a value that was changed past the program is found.

The trail is chained by hash (`findings.audit_findings`), so who changes a row by hand can't mend the trail to fit. Rows
of which the trail knows nothing (made by a loader in bulk) are left alone, and findings name no value of a patient.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from hms_desktop.data import types as t
from hms_desktop.data.base import BASE_COLUMNS, Base, table_of
from hms_desktop.data.queries.checks.findings import Finding, stream
from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.billing import CashSession
from hms_desktop.data.tables.lab import LabResult
from hms_desktop.data.tables.patients import Allergy
from hms_desktop.data.tables.triage import TriageAssessment, Vitals
from hms_desktop.domain.plain import to_plain

WATCHED: tuple[type[Base], ...] = (Vitals, TriageAssessment, LabResult, Allergy, CashSession)
"""Tables whose rows are compared: what a patient is treated by, and what a drawer was closed with."""

TOGETHER = timedelta(seconds=30)
"""Of two who save a row within this time at two stations, either may be the one whose word the row holds."""

_AT, _BEFORE, _AFTER = "audit_at", "audit_before", "audit_after"


def altered_findings(connection: Connection) -> Iterator[Finding]:
    """Columns of watched rows that hold something else than the trail's last word."""
    for mapped in WATCHED:
        table = table_of(mapped)
        for _id, events in groupby(stream(connection, _with_events(table)), key=lambda row: row.id):
            yield from _compared(table, mapped.SECRET, list(events))


def _with_events(table: Table) -> Any:
    """Each row beside each of its events, oldest first."""
    event = table_of(AuditEvent)
    about = (event.c.subject_table == table.name) & (event.c.subject_id == table.c.id)
    return (
        select(*table.c, event.c.at.label(_AT), event.c.before.label(_BEFORE), event.c.after.label(_AFTER))
        .join(event, about)
        .order_by(table.c.id, event.c.at, event.c.station_id, event.c.sequence)
    )


def _compared(table: Table, secret: Iterable[str], events: list[Row[Any]]) -> Iterator[Finding]:
    kept = events[0]._mapping
    words = _last_words(table, events)
    for name in sorted(words.keys() - BASE_COLUMNS - set(secret)):
        if not any(_same(kept[name], told) for told in words[name]):
            yield Finding("altered", table.name, kept["id"], "altered_past_the_trail", {"column": name})


def _last_words(table: Table, events: list[Row[Any]]) -> dict[str, list[Any]]:
    """What the trail said last of each column: one value, or those of savers at the same time."""
    told: dict[str, list[tuple[datetime, Any]]] = {}
    for row in events:
        at, before, after = (row._mapping[name] for name in (_AT, _BEFORE, _AFTER))
        if not isinstance(after, Mapping):
            continue
        if before is None:
            if told or not _always_told(table) <= after.keys():
                continue  # a look, not a change
            told = {name: [(at, blank)] for name, blank in _blanks(table).items() if name not in after}
        for name, value in after.items():
            if name in table.c:
                told.setdefault(name, []).append((at, value))
    return {name: [value for at, value in all_ if all_[-1][0] - at <= TOGETHER] for name, all_ in told.items()}


def _blanks(table: Table) -> dict[str, str | None]:
    """What a new row holds where nothing was said."""
    texts = {each.name: "" for each in table.c if isinstance(each.type, t.Text) and not each.nullable}
    return {**{each.name: None for each in table.c if each.nullable}, **texts}


def _always_told(table: Table) -> set[str]:
    """Columns that the event of a new row always names."""
    return {each.name for each in table.c if each.foreign_keys and not each.nullable} - BASE_COLUMNS


def _same(kept: Any, told: Any) -> bool:
    if isinstance(kept, Decimal) and isinstance(told, str):
        try:
            return Decimal(told) == kept
        except InvalidOperation:
            return False
    return bool(to_plain(kept) == told)
