"""Payments: their shares, what became of them, what of them may still be given back, which codes were used."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.cash import CONFIRMED, PAYMENTS, WAITING
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.billing import Payment, PaymentOutcome, PaymentShare, Receipt, Refund
from hms_desktop.domain.billing import PaymentState, RefundKind
from hms_desktop.domain.ids import Id

_payment, _outcome, _share = table_of(Payment), table_of(PaymentOutcome), table_of(PaymentShare)
_refund, _receipt = table_of(Refund), table_of(Receipt)


def shares_of(reader: Reader, payment_id: Id) -> dict[Id, int]:
    """Bill → what the payment gave to it."""
    statement = select(_share.c.bill_id, _share.c.amount).where(_share.c.payment_id == payment_id)
    return {row.bill_id: row.amount for row in reader.rows(statement.order_by(_share.c.id))}


def given_back(reader: Reader, payment_id: Id) -> dict[Id, int]:
    """Bill → what of the payment was given back already."""
    statement = (
        select(_refund.c.bill_id, func.sum(_refund.c.amount).label("total"))
        .where(_refund.c.payment_id == payment_id)
        .group_by(_refund.c.bill_id)
    )
    return {row.bill_id: int(row.total) for row in reader.rows(statement)}


def given_back_on(reader: Reader, bill_ids: Collection[Id]) -> dict[tuple[Id, Id], int]:
    """(payment, bill) → what was given back already, for some bills."""
    statement = (
        select(_refund.c.payment_id, _refund.c.bill_id, func.sum(_refund.c.amount).label("total"))
        .where(_refund.c.bill_id.in_(sorted(bill_ids)))
        .group_by(_refund.c.payment_id, _refund.c.bill_id)
    )
    return {(row.payment_id, row.bill_id): int(row.total) for row in reader.rows(statement)}


def refundable(reader: Reader, payment_id: Id) -> dict[Id, int]:
    """Bill → what of a confirmed payment the clinic still has."""
    back = given_back(reader, payment_id)
    return {bill: amount - back.get(bill, 0) for bill, amount in shares_of(reader, payment_id).items()}


def state_of(reader: Reader, payment_id: Id) -> PaymentState:
    """What became of a payment."""
    if reader.scalar(select(func.count()).select_from(PAYMENTS).where(_payment.c.id == payment_id, CONFIRMED)):
        return PaymentState.CONFIRMED
    waits = reader.scalar(select(func.count()).select_from(PAYMENTS).where(_payment.c.id == payment_id, WAITING))
    return PaymentState.PENDING if waits else PaymentState.FAILED


def refunded_on(reader: Reader, bill_id: Id) -> int:
    """Money given back on a bill, reversals left out."""
    statement = select(func.coalesce(func.sum(_refund.c.amount), 0)).where(
        _refund.c.bill_id == bill_id, _refund.c.kind != RefundKind.REVERSAL
    )
    return int(reader.scalar(statement))


def uses_of_code(reader: Reader, key: str) -> list[Any]:
    """Payments with this operator and code: id, receipt number, `undone` (failed, or reversed whole)."""
    undone = (
        select(func.coalesce(func.sum(_refund.c.amount), 0))
        .where(_refund.c.payment_id == _payment.c.id, _refund.c.kind == RefundKind.REVERSAL)
        .correlate(_payment)
        .scalar_subquery()
    )
    statement = (
        select(
            _payment.c.id,
            _receipt.c.number,
            or_(_outcome.c.state == PaymentState.FAILED, undone >= _payment.c.amount).label("undone"),
        )
        .select_from(PAYMENTS.join(_receipt, _receipt.c.id == _payment.c.receipt_id))
        .where(or_(_payment.c.code_key == key, _payment.c.code_key.startswith(f"{key}#", autoescape=True)))
    )
    return list(reader.rows(statement.order_by(_payment.c.id)))
