"""Whose fault is it? Turns what an engine raises into one of our situations, where it is born."""

import contextlib
import re
from collections.abc import Iterator, Mapping

from sqlalchemy import UniqueConstraint, exc

from hms_desktop.data.base import Base
from hms_desktop.domain.errors import (
    AlreadyExists,
    ClinicError,
    DatabaseMissing,
    InvalidValue,
    NotLetIn,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    Unreachable,
)


class TryAgain(Exception):
    """The engine asks to run the same transaction again (serialization failure, deadlock, a one-time key just used)."""


_RACED = frozenset({"open_key", "code_key"})
"""Columns that let one of two win; the loser's service runs again, sees the winner and says so in its own words."""
_RACED_TABLES = frozenset({"save_key", "stock_batch", "stock_balance"})
"""Tables where a row is always looked for before it is made: a second one means that two made it at once."""

_SQLITE: tuple[tuple[str, type[ClinicError]], ...] = (
    ("disk is full", StoreFull),
    ("disk i/o error", StoreFull),
    ("readonly database", StoreReadOnly),
    ("database is locked", StoreBusy),
    ("not a database", StoreDamaged),
    ("malformed", StoreDamaged),
    ("unable to open", Unreachable),
)
_SQLSTATES: dict[str, type[ClinicError]] = {
    "53100": StoreFull,
    "25006": StoreReadOnly,
    "55P03": StoreBusy,
    "57P01": Unreachable,
    "57P02": Unreachable,
    "57P03": Unreachable,
    "3D000": DatabaseMissing,
    "28P01": NotLetIn,
    "28000": NotLetIn,
    "53300": StoreBusy,
}


_TURNED_AWAY: tuple[tuple[str, type[ClinicError]], ...] = (
    (r'fatal: +database ".*" does not exist', DatabaseMissing),
    (r"fatal: .*(password|authentication|pg_hba|role )", NotLetIn),
    (r"fatal: .*too many", StoreBusy),
)
"""What a server says before it lets anybody in, when it gives no code."""


@contextlib.contextmanager
def translated(store: str) -> Iterator[None]:
    """Errors of the engine leave as ClinicError or TryAgain; a mistake of ours leaves as it is."""
    try:
        yield
    except exc.IntegrityError as fault:
        raise _integrity(fault) from fault
    except exc.DBAPIError as fault:
        raise _engine(fault, store) from fault
    except exc.StatementError as fault:
        raise _refused(fault) from fault
    except exc.TimeoutError as fault:
        raise StoreBusy(store=store) from fault
    except PermissionError as fault:
        raise StoreReadOnly(store=store) from fault
    except OSError as fault:
        raise Unreachable(store=store) from fault


def _refused(fault: exc.StatementError) -> Exception:
    """What a column's type refused leaves as that refusal, naming the column; a mistake of ours leaves as it is."""
    refusal = fault.orig
    if not isinstance(refusal, InvalidValue):
        return refusal if isinstance(refusal, ClinicError) else fault
    column = _column_of(fault.params, refusal.facts.get("value"))
    return InvalidValue(**{**refusal.facts, "field": column}) if column else refusal


def _column_of(params: object, value: object) -> str | None:
    """The column whose value begins like the refused one, or None when the engine does not tell."""
    rows = params if isinstance(params, list | tuple) else [params]
    named = [(str(name), each) for row in rows if isinstance(row, Mapping) for name, each in row.items()]
    return next((name for name, each in named if each is not None and str(each)[:40] == value), None)


def _engine(fault: exc.DBAPIError, store: str) -> Exception:
    state = getattr(fault.orig, "sqlstate", None)
    if state in ("40001", "40P01"):
        return TryAgain()
    if state in _SQLSTATES:
        return _SQLSTATES[state](store=store)
    message = str(fault.orig).lower()
    for words, situation in _SQLITE:
        if words in message:
            return situation(store=store)
    for pattern, situation in _TURNED_AWAY:
        if re.search(pattern, message):
            return situation(store=store)
    lost = fault.connection_invalidated or "connect" in message or "server closed" in message
    return Unreachable(store=store) if lost and "sqlite" not in type(fault.orig).__module__ else fault


def _integrity(fault: exc.IntegrityError) -> Exception:
    found = _violated(fault)
    if found is None:
        return fault
    table, columns = found
    if table in _RACED_TABLES or _RACED.intersection(columns):
        return TryAgain()
    return AlreadyExists(kind=table, field=",".join(c for c in columns if c != "facility_id"))


def _violated(fault: exc.IntegrityError) -> tuple[str, list[str]] | None:
    """Table and columns of the violated uniqueness, or None when it was another rule."""
    message = str(fault.orig)
    sqlite = re.search(r"UNIQUE constraint failed: (.+)$", message, re.MULTILINE)
    if sqlite:
        pairs = [part.strip().split(".") for part in sqlite.group(1).split(",")]
        return pairs[0][0], [column for _table, column in pairs]
    diagnosis = getattr(fault.orig, "diag", None)
    if getattr(fault.orig, "sqlstate", None) != "23505" or diagnosis is None:
        return None
    table = Base.metadata.tables[diagnosis.table_name]
    for constraint in table.constraints:
        if constraint.name == diagnosis.constraint_name and isinstance(constraint, UniqueConstraint):
            return table.name, [column.name for column in constraint.columns]
    return table.name, [column.name for column in table.primary_key.columns]
