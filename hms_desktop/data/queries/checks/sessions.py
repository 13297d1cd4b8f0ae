"""Closed cash sessions: the figures of the Z report are the payments, refunds and moves that the session holds."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.checks.findings import Fact, Finding, stream
from hms_desktop.data.tables.billing import CashMovement, CashSession, Payment, PaymentOutcome, Receipt, Refund
from hms_desktop.data.tables.facility import Facility
from hms_desktop.domain.billing import CashMovementKind, PaymentMethod, PaymentState, SessionState
from hms_desktop.domain.cash import Figures, MethodSum
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Currency
from hms_desktop.domain.plain import from_plain

_session, _payment, _outcome = table_of(CashSession), table_of(Payment), table_of(PaymentOutcome)
_refund, _move, _receipt = table_of(Refund), table_of(CashMovement), table_of(Receipt)


def session_findings(connection: Connection) -> Iterator[Finding]:
    """Frozen figures that the session's own facts do not make."""
    facility = table_of(Facility)
    money = connection.execute(select(facility.c.currency_code, facility.c.currency_digits)).first()
    if money is None:
        return
    currency = Currency(money.currency_code, money.currency_digits)
    columns = (_session.c.id, _session.c.number, _session.c.float_amount, _session.c.figures)
    closed = connection.execute(select(*columns).where(_session.c.state == SessionState.CLOSED)).all()
    for row in closed:
        try:
            frozen = _frozen(from_plain(Figures, row.figures), currency)
        except (TypeError, ValueError, KeyError):
            yield Finding("sessions", "cash_session", row.id, "figures_unreadable", {"number": row.number})
            continue
        waiting = {Id(str(each["payment_id"])) for each in row.figures["pending"]}
        yield from _compared(row, frozen, _real(connection, row, waiting))


def _compared(row: Any, frozen: Mapping[str, int], real: Mapping[str, int]) -> Iterator[Finding]:
    for name in sorted(frozen.keys() | real.keys()):
        kept, made = frozen.get(name, 0), real.get(name, 0)
        if kept != made:
            facts: dict[str, Fact] = {"number": row.number, "column": name, "kept": kept, "real": made}
            yield Finding("sessions", "cash_session", row.id, "sum_not_as_kept", facts)


def _frozen(figures: Figures, currency: Currency) -> dict[str, int]:
    """The figures of the report by name, in minor units."""
    found = {"float": currency.to_minor(figures.float_amount), "receipts": figures.receipts}
    found |= _by_method("takings", figures.takings, currency)
    found |= _by_method("refunds", figures.refunds, currency)
    signs = {CashMovementKind.IN: 1}
    found["moves"] = sum(currency.to_minor(each.amount) * signs.get(each.kind, -1) for each in figures.moves)
    found["expected"] = currency.to_minor(figures.expected)
    return found


def _by_method(name: str, sums: tuple[MethodSum, ...], currency: Currency) -> dict[str, int]:
    return {f"{name}.{each.method.value}": currency.to_minor(each.amount) for each in sums}


def _real(connection: Connection, row: Any, waiting: set[Id]) -> dict[str, int]:
    """The same figures from the facts. Mobile money that waited when the session closed is not in its takings."""
    mine = _payment.c.session_id == row.id
    confirmed = and_(_outcome.c.state == PaymentState.CONFIRMED, _payment.c.id.not_in(sorted(waiting)))
    here: ColumnElement[bool] = or_(~_payment.c.needs_confirmation, confirmed)
    paid = _payment.outerjoin(_outcome, _outcome.c.payment_id == _payment.c.id)
    takings = _methods(connection, select(_payment.c.method, func.sum(_payment.c.amount).label("total"))
                       .select_from(paid).where(mine, here).group_by(_payment.c.method))  # fmt: skip
    refunds = _methods(connection, select(_refund.c.method, func.sum(_refund.c.amount).label("total"))
                       .where(_refund.c.session_id == row.id).group_by(_refund.c.method))  # fmt: skip
    signed = case((_move.c.kind == CashMovementKind.IN, _move.c.amount), else_=-_move.c.amount)
    moves = int(connection.scalar(select(func.sum(signed)).where(_move.c.session_id == row.id)) or 0)
    receipts = connection.scalar(select(func.count()).where(_receipt.c.session_id == row.id))
    cash = PaymentMethod.CASH.value
    return {
        "float": row.float_amount, "moves": moves, "receipts": int(receipts or 0),
        "expected": row.float_amount + takings.get(cash, 0) - refunds.get(cash, 0) + moves,
        **{f"takings.{method}": total for method, total in takings.items()},
        **{f"refunds.{method}": total for method, total in refunds.items()},
    }  # fmt: skip


def _methods(connection: Connection, statement: Select[Any]) -> dict[str, int]:
    return {PaymentMethod(row.method).value: int(row.total) for row in stream(connection, statement)}
