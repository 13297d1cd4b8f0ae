"""The books: what was charged stands on bills, and every column of a bill is the sum of the facts behind it.

Σ charges not void = Σ bill lines; Σ bills − adjustments = payments − refunds + outstanding.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, func, literal, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.checks.findings import Fact, Finding, stream
from hms_desktop.data.tables.billing import (
    Adjustment,
    Bill,
    BillItem,
    Charge,
    Payment,
    PaymentOutcome,
    PaymentShare,
    Receipt,
    Refund,
)
from hms_desktop.domain.billing import AdjustmentKind, PaymentState
from hms_desktop.domain.bills import Standing, settled_by, state_of

_bill, _item, _charge = table_of(Bill), table_of(BillItem), table_of(Charge)
_payment, _share, _outcome = table_of(Payment), table_of(PaymentShare), table_of(PaymentOutcome)


def book_findings(connection: Connection) -> Iterator[Finding]:
    """Charges that no bill asks for, lines without a charge, sums that are not sums."""
    yield from _charges_and_lines(connection)
    for column, total in _sums_of_bills().items():
        yield from _sum_findings(connection, _bill, column, total)
    yield from _states_of_bills(connection)
    yield from _lines_out_of_bounds(connection)
    shares = select(_share.c.payment_id.label("of"), func.sum(_share.c.amount).label("total")).group_by("of")
    yield from _sum_findings(connection, _payment, "amount", shares)
    parts = select(_payment.c.receipt_id.label("of"), func.sum(_payment.c.amount).label("total")).group_by("of")
    yield from _sum_findings(connection, table_of(Receipt), "total", parts)


def _charges_and_lines(connection: Connection) -> Iterator[Finding]:
    live_line = and_(_item.c.charge_id == _charge.c.id, _item.c.voided_at.is_(None))
    charges = (
        select(_charge.c.id, _charge.c.amount, _item.c.amount.label("billed"))
        .select_from(_charge.outerjoin(_item, live_line))
        .where(
            _charge.c.voided_at.is_(None),
            or_(_item.c.id.is_(None), _item.c.amount != _charge.c.amount),
        )
    )
    for row in stream(connection, charges):
        what = "charge_without_line" if row.billed is None else "line_not_as_charged"
        yield Finding("books", "charge", row.id, what, {"charged": row.amount, "billed": row.billed})
    live_charge = and_(_charge.c.id == _item.c.charge_id, _charge.c.voided_at.is_(None))
    lines = (
        select(_item.c.id, _item.c.amount)
        .select_from(_item.outerjoin(_charge, live_charge))
        .where(_item.c.voided_at.is_(None), _charge.c.id.is_(None))
    )
    for row in stream(connection, lines):
        yield Finding("books", "bill_item", row.id, "line_without_charge", {"billed": row.amount})


def _sums_of_bills() -> dict[str, Select[Any]]:
    """For each column of a bill: bill (`of`) and the sum of its facts (`total`)."""
    adjustment, refund = table_of(Adjustment), table_of(Refund)
    taken = or_(~_payment.c.needs_confirmation, _outcome.c.state == PaymentState.CONFIRMED)
    waits = and_(_payment.c.needs_confirmation, _outcome.c.id.is_(None))
    return {
        "charged": _sum_by_bill(_item).where(_item.c.voided_at.is_(None)),
        "adjusted": _sum_by_bill(adjustment),
        "rounded": _sum_by_bill(adjustment).where(adjustment.c.kind == AdjustmentKind.ROUNDING),
        "paid": _shares(taken),
        "pending": _shares(waits),
        "refunded": _sum_by_bill(refund),
    }


def _sum_by_bill(table: Table) -> Select[Any]:
    return select(table.c.bill_id.label("of"), func.sum(table.c.amount).label("total")).group_by(table.c.bill_id)


def _shares(condition: ColumnElement[bool]) -> Select[Any]:
    joined = _share.join(_payment, _share.c.payment_id == _payment.c.id).outerjoin(
        _outcome, _outcome.c.payment_id == _payment.c.id
    )
    return _sum_by_bill(_share).select_from(joined).where(condition)


def _states_of_bills(connection: Connection) -> Iterator[Finding]:
    """A bill's state, and how much of its lines is settled, follow from its figures."""
    live = and_(_item.c.bill_id == _bill.c.id, _item.c.voided_at.is_(None))
    settled = func.coalesce(func.sum(_item.c.settled), 0).label("settled")
    figures = [_bill.c[name] for name in ("charged", "adjusted", "rounded", "paid", "refunded", "pending")]
    statement = (
        select(_bill.c.id, _bill.c.number, _bill.c.state, func.count(_item.c.id).label("lines"), settled, *figures)
        .select_from(_bill.outerjoin(_item, live))
        .group_by(_bill.c.id, _bill.c.number, _bill.c.state, *figures)
    )
    for row in stream(connection, statement):
        standing = Standing(row.charged, row.adjusted, row.rounded, row.paid, row.refunded, row.pending)
        wanted = state_of(standing, row.lines)
        if row.state != wanted:
            states: dict[str, Fact] = {"number": row.number, "kept": row.state, "real": wanted.value}
            yield Finding("books", "bill", row.id, "state_not_from_figures", states)
        if row.settled != settled_by(standing):
            facts: dict[str, Fact] = {"number": row.number, "kept": int(row.settled), "real": settled_by(standing)}
            yield Finding("books", "bill", row.id, "lines_settled_otherwise", facts)


def _lines_out_of_bounds(connection: Connection) -> Iterator[Finding]:
    """Nothing of a void line is settled, and of no line more than it asks: such a line would hide what another owes."""
    most = case((_item.c.voided_at.is_(None), _item.c.amount), else_=0)
    statement = (
        select(_bill.c.id, _bill.c.number, _item.c.id.label("line"), _item.c.settled, most.label("most"))
        .select_from(_item.join(_bill, _bill.c.id == _item.c.bill_id))
        .where(or_(_item.c.settled < 0, _item.c.settled > most))
    )
    for row in stream(connection, statement):
        facts: dict[str, Fact] = {
            "number": row.number, "line": row.line, "kept": row.settled, "real": int(row.most)
        }  # fmt: skip
        yield Finding("books", "bill", row.id, "line_settled_beyond", facts)


def _sum_findings(connection: Connection, table: Table, column: str, sums: Select[Any]) -> Iterator[Finding]:
    """Rows of `table` whose `column` is not the total that `sums` gives for them (nothing is 0)."""
    found = sums.subquery()
    total = func.coalesce(found.c.total, 0)
    number = table.c.number if "number" in table.c else literal("")
    statement = (
        select(table.c.id, number.label("number"), table.c[column].label("kept"), total.label("real"))
        .select_from(table.outerjoin(found, found.c.of == table.c.id))
        .where(table.c[column] != total)
    )
    for row in stream(connection, statement):
        facts: dict[str, Fact] = {"number": row.number, "column": column, "kept": row.kept, "real": int(row.real)}
        yield Finding("books", table.name, row.id, "sum_not_as_kept", facts)
