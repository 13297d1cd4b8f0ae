"""Stock is the sum of its movements: balances, the running balance of the ledger, and whose medicine it is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.checks.findings import Finding, stream
from hms_desktop.data.tables.pharmacy import StockBalance, StockBatch, StockMovement

_balance, _movement, _batch = table_of(StockBalance), table_of(StockMovement), table_of(StockBatch)
_same_shelf = and_(_balance.c.batch_id == _movement.c.batch_id, _balance.c.location_id == _movement.c.location_id)


def stock_findings(connection: Connection) -> Iterator[Finding]:
    """Balances that are not the sum of their movements, movements without a balance, ledgers whose steps do not fit."""
    yield from _wrong_balances(connection)
    yield from _missing_balances(connection)
    yield from _wrong_steps(connection)
    yield from _wrong_medicines(connection)


def _wrong_balances(connection: Connection) -> Iterator[Finding]:
    total = func.coalesce(func.sum(_movement.c.quantity), 0)
    statement = (
        select(_balance.c.id, _balance.c.quantity, total.label("moved"))
        .select_from(_balance.outerjoin(_movement, _same_shelf))
        .group_by(_balance.c.id, _balance.c.quantity)
        .having(_balance.c.quantity != total)
    )
    for row in stream(connection, statement):
        facts = {"kept": row.quantity, "moved": int(row.moved)}
        yield Finding("stock", "stock_balance", row.id, "balance_not_movements", facts)


def _missing_balances(connection: Connection) -> Iterator[Finding]:
    statement = (
        select(_movement.c.id, _movement.c.batch_id)
        .select_from(_movement.outerjoin(_balance, _same_shelf))
        .where(_balance.c.id.is_(None))
    )
    for row in stream(connection, statement):
        yield Finding("stock", "stock_movement", row.id, "movement_without_balance", {"batch": row.batch_id})


def _wrong_steps(connection: Connection) -> Iterator[Finding]:
    """Whether the movements of a shelf can be one walk from nothing to the last balance.

    The order of two stations' clocks is not asked: each movement leads from `balance_after - quantity` to
    `balance_after`, and in a walk every place is left as often as it is reached.
    """
    shelf = (_movement.c.batch_id, _movement.c.location_id)
    statement = select(*shelf, _movement.c.id, _movement.c.quantity, _movement.c.balance_after).order_by(*shelf)
    rows = stream(connection, statement)
    for _shelf, moves in groupby(rows, key=lambda row: (row.batch_id, row.location_id)):
        yield from _broken_walk(moves)


def _broken_walk(moves: Iterable[Row[Any]]) -> Iterator[Finding]:
    steps = sorted(moves, key=lambda row: str(row.id))
    last = sum(row.quantity for row in steps)
    reached = Counter([0, *(row.balance_after for row in steps)])
    left = Counter([last, *(row.balance_after - row.quantity for row in steps)])
    unreached = left - reached
    for row in steps:
        before = row.balance_after - row.quantity
        if unreached[before] > 0:
            unreached[before] -= 1
            facts = {"before": before, "quantity": row.quantity, "after": row.balance_after}
            yield Finding("stock", "stock_movement", row.id, "ledger_step_does_not_fit", facts)


def _wrong_medicines(connection: Connection) -> Iterator[Finding]:
    for table in (_balance, _movement):
        statement = (
            select(table.c.id, table.c.medication_id, _batch.c.medication_id.label("real"))
            .join_from(table, _batch, table.c.batch_id == _batch.c.id)
            .where(table.c.medication_id != _batch.c.medication_id)
        )
        for row in stream(connection, statement):
            facts = {"named": row.medication_id, "real": row.real}
            yield Finding("stock", table.name, row.id, "other_medicine_than_batch", facts)
