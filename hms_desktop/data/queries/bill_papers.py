"""What papers about money say: lines, reductions and payments of bills, with names instead of ids."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.cash import PAYMENTS
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.billing import (
    Adjustment,
    Bill,
    BillItem,
    Charge,
    Payment,
    PaymentOutcome,
    PaymentShare,
    Receipt,
)
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.billing import AdjustmentKind, ChargeKind, PaymentMethod, PaymentState
from hms_desktop.domain.ids import Id

_bill, _item, _charge, _visit = table_of(Bill), table_of(BillItem), table_of(Charge), table_of(Visit)
_payment, _outcome, _share, _receipt = (
    table_of(Payment),
    table_of(PaymentOutcome),
    table_of(PaymentShare),
    table_of(Receipt),
)
_user = table_of(UserAccount)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of a bill, in minor units. `priced` is False where nobody had set a price."""

    bill_id: Id
    charge_id: Id
    kind: ChargeKind
    text: str
    quantity: int
    unit_price: int
    amount: int
    settled: int
    priced: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ReductionFacts:
    """Reductions of one kind and category on a bill, in minor units; `by` who gave the first of them."""

    bill_id: Id
    kind: AdjustmentKind
    category: str
    amount: int
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """A payment's part of a bill, in minor units; `whole` is the whole payment."""

    payment_id: Id
    receipt_id: Id
    session_id: Id
    bill_id: Id
    method: PaymentMethod
    amount: int
    whole: int
    tendered: int | None
    change: int
    state: PaymentState
    operator: str
    code: str
    at: datetime
    receipt: str


def bills_with_visits(reader: Reader, bill_ids: Collection[Id]) -> list[Any]:
    """Bills with number, kind and state of their visit, oldest first."""
    columns = (
        _bill,
        _visit.c.number.label("visit_number"),
        _visit.c.kind.label("visit_kind"),
        _visit.c.state.label("visit_state"),
        _visit.c.ticket,
    )
    statement = select(*columns).join(_visit, _visit.c.id == _bill.c.visit_id).where(_bill.c.id.in_(sorted(bill_ids)))
    return list(reader.rows(statement.order_by(_bill.c.day, _bill.c.id)))


def lines(reader: Reader, bill_ids: Collection[Id]) -> list[LineFacts]:
    """The lines of bills that are not void, oldest first."""
    statement = (
        select(_charge, _item.c.bill_id, _item.c.settled)
        .join(_item, _item.c.charge_id == _charge.c.id)
        .where(_item.c.bill_id.in_(sorted(bill_ids)), _item.c.voided_at.is_(None))
        .order_by(_item.c.id)
    )
    return [
        LineFacts(
            r.bill_id, r.id, ChargeKind(r.kind), r.description, r.quantity, r.unit_price, r.amount, r.settled,
            bool(r.price_list_code), r.created_at,
        )
        for r in reader.rows(statement)
    ]  # fmt: skip


def reductions(reader: Reader, bill_ids: Collection[Id]) -> list[ReductionFacts]:
    """What lowers (or rounds) bills, summed by kind and category; what was taken back again is left out."""
    statement = (
        select(
            Adjustment.bill_id, Adjustment.kind, Adjustment.category, func.sum(Adjustment.amount).label("total"),
            func.min(Adjustment.reason).label("reason"), func.min(_user.c.given_name).label("given"),
            func.min(_user.c.family_name).label("family"),
        )
        .outerjoin(_user, _user.c.id == Adjustment.created_by)
        .where(Adjustment.bill_id.in_(sorted(bill_ids)))
        .group_by(Adjustment.bill_id, Adjustment.kind, Adjustment.category)
        .order_by(Adjustment.bill_id, Adjustment.kind, Adjustment.category)
    )  # fmt: skip
    return [
        ReductionFacts(
            r.bill_id, AdjustmentKind(r.kind), r.category, int(r.total), r.reason,
            "" if r.kind == AdjustmentKind.ROUNDING else f"{r.given or ''} {r.family or ''}".strip(),
        )
        for r in reader.rows(statement)
        if r.total
    ]  # fmt: skip


def payments(
    reader: Reader, *, bill_ids: Collection[Id] | None = None, receipt_id: Id | None = None
) -> list[PaymentFacts]:
    """Payments by the bill they went to, in order: of some bills, or of one receipt."""
    statement = select(
        _payment, _share.c.bill_id, _share.c.amount.label("part"), _receipt.c.number, _outcome.c.state.label("outcome")
    ).select_from(
        PAYMENTS.join(_share, _share.c.payment_id == _payment.c.id).join(
            _receipt, _receipt.c.id == _payment.c.receipt_id
        )
    )
    if bill_ids is not None:
        statement = statement.where(_share.c.bill_id.in_(sorted(bill_ids)))
    if receipt_id is not None:
        statement = statement.where(_payment.c.receipt_id == receipt_id)
    return [
        PaymentFacts(
            r.id, r.receipt_id, r.session_id, r.bill_id, PaymentMethod(r.method), r.part, r.amount, r.tendered,
            r.change_given, _state(r.needs_confirmation, r.outcome), r.operator, r.code, r.created_at, r.number,
        )
        for r in reader.rows(statement.order_by(_payment.c.id, _share.c.id))
    ]  # fmt: skip


def _state(needs_confirmation: bool, outcome: str | None) -> PaymentState:
    if outcome is not None:
        return PaymentState(outcome)
    return PaymentState.PENDING if needs_confirmation else PaymentState.CONFIRMED
