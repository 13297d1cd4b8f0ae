"""Who owes what: the cashier's lists of patients."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries import unpriced
from hms_desktop.data.queries.bills import standing
from hms_desktop.data.queries.numbers import patient_of
from hms_desktop.data.queries.patient_search import named
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.billing import Bill, Payment, PaymentShare, Receipt
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.bill_rows import DebtorRow, DebtScope
from hms_desktop.domain.billing import BillState
from hms_desktop.domain.bills import MOVABLE, due_on
from hms_desktop.domain.checkdigit import read_number
from hms_desktop.domain.dates import age_text
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import words
from hms_desktop.domain.patients import listed_name
from hms_desktop.domain.visits import VisitState

_bill, _patient, _visit, _receipt = table_of(Bill), table_of(Patient), table_of(Visit), table_of(Receipt)
_payment, _share = table_of(Payment), table_of(PaymentShare)
_UNPAID = _bill.c.charged - _bill.c.adjusted - _bill.c.paid + _bill.c.refunded
_RECENT = timedelta(days=30)
_OWING = (BillState.OPEN, BillState.PART_PAID)


def debtors(reader: Reader, scope: DebtScope, text: str, due_days: int, limit: int) -> list[DebtorRow]:
    """The patients of a list, who waits longest first; `text` is part of a name or number, or a scanned number."""
    statement = (
        select(
            _bill, _patient.c.mrn, _patient.c.given_name, _patient.c.middle_name, _patient.c.family_name,
            _patient.c.sex, _patient.c.birth_date, _patient.c.birth_estimated, _visit.c.ticket,
            _visit.c.number.label("visit_number"),
        )
        .join(_patient, _patient.c.id == _bill.c.patient_id)
        .join(_visit, _visit.c.id == _bill.c.visit_id)
        .where(_in_scope(reader, scope), *_named(reader, text))
        .order_by(_bill.c.day, _bill.c.id)
        .limit(limit * 4)
    )  # fmt: skip
    groups: dict[Id, list[Any]] = {}
    for row in reader.rows(statement):
        groups.setdefault(row.patient_id, []).append(row)
    chosen = dict(list(groups.items())[:limit])
    earlier = _earlier(reader, chosen) if scope is DebtScope.TODAY else {}
    return [_debtor(reader, rows, earlier.get(patient, 0), due_days) for patient, rows in chosen.items()]


def _in_scope(reader: Reader, scope: DebtScope) -> ColumnElement[bool]:
    today = or_(_bill.c.day == reader.today, and_(_bill.c.state.in_(_OWING), _visit.c.state == VisitState.OPEN))
    moves = or_(_UNPAID != 0, _bill.c.pending > 0)
    if scope is DebtScope.TODAY:
        return and_(_bill.c.state.in_(sorted(MOVABLE)), today, or_(moves, unpriced.on_bill()))
    if scope is DebtScope.EARLIER:
        return and_(_bill.c.state.in_(sorted(MOVABLE)), _bill.c.day < reader.today, moves)
    paid = select(_receipt.c.patient_id).where(_receipt.c.day == reader.today)
    return and_(_bill.c.patient_id.in_(paid), _bill.c.day == reader.today)


def _named(reader: Reader, text: str) -> list[ColumnElement[bool]]:
    """Every typed word is part of the name's words or of the record number; a scanned number is that of one patient's
    paper. Raises WrongNumberKind (nobody's paper).
    """
    number = read_number(text, facility=reader.facility.code)
    if number is not None and number.facility == reader.facility.code:
        return [_bill.c.patient_id == patient_of(reader, number)]
    return [named(reader, text)] if words(text) else []


def _earlier(reader: Reader, patients: Collection[Id]) -> dict[Id, int]:
    """What these patients owe on bills of earlier days whose visit is over."""
    statement = (
        select(_bill.c.patient_id, func.sum(_UNPAID - _bill.c.pending).label("total"))
        .join(_visit, _visit.c.id == _bill.c.visit_id)
        .where(
            _bill.c.patient_id.in_(sorted(patients)), _bill.c.state.in_(_OWING), _bill.c.day < reader.today,
            _visit.c.state != VisitState.OPEN,
        )
        .group_by(_bill.c.patient_id)
    )  # fmt: skip
    return {row.patient_id: int(row.total) for row in reader.rows(statement)}


def _debtor(reader: Reader, rows: Sequence[Any], earlier: int, due_days: int) -> DebtorRow:
    last = rows[-1]
    figures = [standing(row) for row in rows]
    money = reader.facility.currency.from_minor
    age = age_text(last.birth_date, reader.today, estimated=last.birth_estimated) if last.birth_date else ""
    return DebtorRow(
        patient_id=last.patient_id,
        mrn=last.mrn,
        name=listed_name(last.given_name, last.middle_name, last.family_name),
        sex=last.sex,
        age=age,
        ticket=last.ticket,
        visit_number=last.visit_number,
        owed=money(sum(each.owed for each in figures)),
        earlier=money(max(0, earlier)),
        pending=money(sum(each.pending for each in figures)),
        credit=money(sum(each.credit for each in figures)),
        since=min(row.created_at for row in rows),
        overdue=any(
            each.owed and due_on(row.day, due_days) < reader.today for row, each in zip(rows, figures, strict=True)
        ),
    )


def account_bills(reader: Reader, patient_id: Id) -> list[Id]:
    """The bills that a cashier may have to do with: owed, in credit or pending, the last ones, and those paid today."""
    paid_today = (
        select(_share.c.bill_id)
        .join(_payment, _payment.c.id == _share.c.payment_id)
        .where(_payment.c.day == reader.today)
    )
    recent = reader.today - _RECENT
    last = reader.scalar(select(func.max(_bill.c.day)).where(_bill.c.patient_id == patient_id))
    statement = select(_bill.c.id).where(
        _bill.c.patient_id == patient_id,
        _bill.c.state != BillState.VOID,
        or_(_bill.c.day == last, _bill.c.day >= recent, _UNPAID != 0, _bill.c.pending > 0, _bill.c.id.in_(paid_today)),
    )
    return [row.id for row in reader.rows(statement.order_by(_bill.c.day, _bill.c.id))]
