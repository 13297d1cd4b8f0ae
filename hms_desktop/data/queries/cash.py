"""Cash sessions: under lock, in lists, and what they hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.billing import (
    Adjustment,
    CashMovement,
    CashSession,
    Payment,
    PaymentOutcome,
    Receipt,
    Refund,
)
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import (
    AdjustmentKind,
    CashMovementKind,
    PaymentMethod,
    PaymentState,
    RefundKind,
    SessionState,
)
from hms_desktop.domain.cash import (
    DrawerMove,
    Figures,
    MethodSum,
    PendingRow,
    ReductionSum,
    SessionRow,
    expected_cash,
    is_stale,
)
from hms_desktop.domain.errors import NotFound
from hms_desktop.domain.ids import Id

_session, _payment, _outcome = table_of(CashSession), table_of(Payment), table_of(PaymentOutcome)
_receipt, _refund, _move = table_of(Receipt), table_of(Refund), table_of(CashMovement)
_user, _patient = table_of(UserAccount), table_of(Patient)

CONFIRMED: ColumnElement[bool] = or_(~_payment.c.needs_confirmation, _outcome.c.state == PaymentState.CONFIRMED)
"""Of payments joined with their outcome: money that is here."""

WAITING: ColumnElement[bool] = and_(_payment.c.needs_confirmation, _outcome.c.id.is_(None))
"""Of payments joined with their outcome: mobile money that nobody has confirmed or refused."""

PAYMENTS = _payment.outerjoin(_outcome, _outcome.c.payment_id == _payment.c.id)
"""Payments with what became of them."""


def person(reader: Reader, user_id: Id | None) -> str:
    """The name of a user; '' for nobody and for the system."""
    row = None if user_id is None else reader.find(UserAccount, user_id)
    return "" if row is None else f"{row.given_name} {row.family_name}".strip()


def locked(work: Work, session_id: Id) -> AnyRow:
    """A session as it stands now, kept from others until the work ends. Raises NotFound."""
    row = work.first(select(_session).where(_session.c.id == session_id).with_for_update())
    if row is None:
        raise NotFound(kind="cash_session", id=session_id)
    return row


def open_session(reader: Reader, cashier_id: Id) -> Id | None:
    """The session that a cashier has not closed yet."""
    found: Id | None = reader.scalar(select(_session.c.id).where(_session.c.open_key == cashier_id))
    return found


def sessions(
    reader: Reader, *, only_open: bool = False, cashier_id: Id | None = None, limit: int = 30
) -> list[SessionRow]:
    """Sessions, newest first; those of one cashier, or only those that are not closed."""
    statement = select(_session, _user.c.given_name, _user.c.family_name).join(
        _user, _user.c.id == _session.c.cashier_id
    )
    if only_open:
        statement = statement.where(_session.c.open_key.is_not(None))
    if cashier_id is not None:
        statement = statement.where(_session.c.cashier_id == cashier_id)
    return [_session_row(reader, row) for row in reader.rows(statement.order_by(_session.c.id.desc()).limit(limit))]


def session(reader: Reader, session_id: Id) -> SessionRow:
    """One session that is there, as lists show it."""
    statement = select(_session, _user.c.given_name, _user.c.family_name).join(
        _user, _user.c.id == _session.c.cashier_id
    )
    row = reader.first(statement.where(_session.c.id == session_id))
    assert row is not None
    return _session_row(reader, row)


def _session_row(reader: Reader, row: Any) -> SessionRow:
    money = reader.facility.currency.from_minor
    counted = None if row.counted_total is None else money(row.counted_total)
    difference = None if row.counted_total is None else money(row.counted_total - row.expected_total)
    still_open = row.open_key is not None
    return SessionRow(
        row.id, row.number, row.z_number or "", row.cashier_id, f"{row.given_name} {row.family_name}".strip(),
        SessionState(row.state), row.day, row.opened_at, row.closed_at, money(row.float_amount), counted, difference,
        still_open and is_stale(row.day, row.opened_at, reader.today, reader.now), row.version,
    )  # fmt: skip


def figures(reader: Reader, row: AnyRow) -> Figures:
    """What a session holds now."""
    currency = reader.facility.currency
    float_amount = currency.from_minor(row.float_amount)
    takings = _takings(reader, row.id)
    refunds = _refunds(reader, row.id)
    moves = _moves(reader, row.id)
    count, first, last = _receipts(reader, row.id)
    return Figures(
        float_amount=float_amount,
        takings=takings,
        refunds=refunds,
        moves=moves,
        reductions=_reductions(reader, row.cashier_id, row.opened_at, row.closed_at or reader.now),
        pending=tuple(pending(reader, session_id=row.id)),
        late=_late(reader, row),
        receipts=count,
        first_receipt=first,
        last_receipt=last,
        reversed=_reversed(reader, row.id),
        expected=expected_cash(float_amount, takings, refunds, moves),
    )


def drawer_cash(reader: Reader, row: AnyRow) -> int:
    """The cash, in minor units, that must lie in a session's drawer now."""
    cash = PaymentMethod.CASH
    taken = select(func.sum(_payment.c.amount)).where(_payment.c.session_id == row.id, _payment.c.method == cash)
    given = select(func.sum(_refund.c.amount)).where(_refund.c.session_id == row.id, _refund.c.method == cash)
    signed = case((_move.c.kind == CashMovementKind.IN, _move.c.amount), else_=-_move.c.amount)
    moved = select(func.sum(signed)).where(_move.c.session_id == row.id)
    sums = [int(reader.scalar(each) or 0) for each in (taken, given, moved)]
    return int(row.float_amount) + sums[0] - sums[1] + sums[2]


def _sums(reader: Reader, statement: Any) -> tuple[MethodSum, ...]:
    found = {PaymentMethod(row.method): row for row in reader.rows(statement)}
    money = reader.facility.currency.from_minor
    return tuple(
        MethodSum(method, found[method].number, money(int(found[method].total)))
        for method in PaymentMethod
        if method in found
    )


def _takings(reader: Reader, session_id: Id) -> tuple[MethodSum, ...]:
    columns = (_payment.c.method, func.count().label("number"), func.sum(_payment.c.amount).label("total"))
    statement = select(*columns).select_from(PAYMENTS).where(_payment.c.session_id == session_id, CONFIRMED)
    return _sums(reader, statement.group_by(_payment.c.method))


def _refunds(reader: Reader, session_id: Id) -> tuple[MethodSum, ...]:
    columns = (_refund.c.method, func.count().label("number"), func.sum(_refund.c.amount).label("total"))
    return _sums(reader, select(*columns).where(_refund.c.session_id == session_id).group_by(_refund.c.method))


def _moves(reader: Reader, session_id: Id) -> tuple[DrawerMove, ...]:
    statement = select(_move).where(_move.c.session_id == session_id).order_by(_move.c.id)
    money = reader.facility.currency.from_minor
    return tuple(
        DrawerMove(
            CashMovementKind(row.kind), money(row.amount), row.reason, reader.local(row.created_at),
            person(reader, row.created_by),
        )
        for row in reader.rows(statement)
    )  # fmt: skip


def _receipts(reader: Reader, session_id: Id) -> tuple[int, str, str]:
    numbers = select(_receipt.c.number).where(_receipt.c.session_id == session_id).order_by(_receipt.c.id)
    found = [row.number for row in reader.rows(numbers)]
    return (len(found), found[0], found[-1]) if found else (0, "", "")


def _reversed(reader: Reader, session_id: Id) -> int:
    """How many payments were undone in a session."""
    statement = select(func.count(func.distinct(_refund.c.payment_id))).where(
        _refund.c.session_id == session_id, _refund.c.kind == RefundKind.REVERSAL
    )
    return int(reader.scalar(statement))


def _reductions(reader: Reader, cashier_id: Id, start: datetime, end: datetime) -> tuple[ReductionSum, ...]:
    statement = (
        select(Adjustment.kind, func.count().label("number"), func.sum(Adjustment.amount).label("total"))
        .where(
            Adjustment.created_by == cashier_id, Adjustment.created_at >= start, Adjustment.created_at <= end,
            Adjustment.kind != AdjustmentKind.ROUNDING,
        )
        .group_by(Adjustment.kind)
        .order_by(Adjustment.kind)
    )  # fmt: skip
    money = reader.facility.currency.from_minor
    return tuple(
        ReductionSum(AdjustmentKind(row.kind), row.number, money(int(row.total))) for row in reader.rows(statement)
    )


def _late(reader: Reader, row: AnyRow) -> MethodSum | None:
    statement = (
        select(func.count().label("number"), func.sum(_payment.c.amount).label("total"))
        .select_from(_outcome.join(_payment, _payment.c.id == _outcome.c.payment_id))
        .where(
            _outcome.c.created_by == row.cashier_id, _outcome.c.created_at >= row.opened_at,
            _outcome.c.created_at <= (row.closed_at or reader.now), _outcome.c.state == PaymentState.CONFIRMED,
            _payment.c.session_id != row.id,
        )
    )  # fmt: skip
    found = reader.first(statement)
    if found is None or not found.number:
        return None
    return MethodSum(PaymentMethod.MOBILE, found.number, reader.facility.currency.from_minor(int(found.total)))


def pending(
    reader: Reader, *, session_id: Id | None = None, patient_id: Id | None = None, limit: int = 200
) -> list[PendingRow]:
    """Mobile money that waits for its operator, oldest first: all, of one session, or of one patient."""
    columns = (_payment, _receipt.c.number, _receipt.c.patient_id, _patient.c.given_name, _patient.c.family_name)
    statement = (
        select(*columns)
        .select_from(PAYMENTS.join(_receipt, _receipt.c.id == _payment.c.receipt_id))
        .join(_patient, _patient.c.id == _receipt.c.patient_id)
        .where(WAITING)
    )
    if session_id is not None:
        statement = statement.where(_payment.c.session_id == session_id)
    if patient_id is not None:
        statement = statement.where(_receipt.c.patient_id == patient_id)
    money = reader.facility.currency.from_minor
    return [
        PendingRow(
            row.id, row.patient_id, f"{row.given_name} {row.family_name}".strip(), row.operator, row.code,
            row.payer_phone, money(row.amount), reader.local(row.created_at), row.number,
        )
        for row in reader.rows(statement.order_by(_payment.c.id).limit(limit))
    ]  # fmt: skip
