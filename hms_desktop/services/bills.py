"""The cashier's bills: who owes, what a patient's bills say, a charge by hand, waivers, a bill on paper."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hms_desktop.data.queries import bill_papers, bills, debts, payments, prices, settings
from hms_desktop.data.queries.bill_papers import PaymentFacts
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.billing import Adjustment, PayerGroup
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.bill_rows import Account, BillLine, BillRow, DebtorRow, DebtScope, PaymentRow, ReductionRow
from hms_desktop.domain.billing import AdjustmentKind, BillState, ChargeKind, PaymentState
from hms_desktop.domain.bills import TIED_WAIVERS, due_on, in_turn, suggested_waiver, waiver_fits
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, NotFound, ReasonNeeded, TooMuchMoney
from hms_desktop.domain.ids import Id
from hms_desktop.domain.texts import pick
from hms_desktop.domain.visits import VisitKind, VisitState
from hms_desktop.services.approval import require_own_or_agreed, require_second_above
from hms_desktop.services.catalogue import reason_rows
from hms_desktop.services.charges import ChargeMade, raise_charge, void_charge
from hms_desktop.services.money.leaving import let_go
from hms_desktop.services.money.moves import move, takes_money
from hms_desktop.services.money.papers import keep_bill, reason_text
from hms_desktop.services.service import reads, writes

_REDUCTIONS = {
    AdjustmentKind.WAIVER: "billing.waive",
    AdjustmentKind.DISCOUNT: "billing.discount",
    AdjustmentKind.WRITE_OFF: "billing.approve",
}
"""What a person may lower a bill by, and the right it takes."""


@dataclass(frozen=True, kw_only=True)
class AddCharge(Command):
    """A charge by hand, from the price list."""

    visit_id: Id
    kind: ChargeKind
    item_code: str
    quantity: int = 1


@dataclass(frozen=True, kw_only=True)
class VoidLine(Command):
    """Take a line off a bill. Needs `billing.void`, of the person or of `approved_by`."""

    charge_id: Id
    reason: str
    approved_by: Id | None = None


@dataclass(frozen=True, kw_only=True)
class ReduceBill(Command):
    """Waive, discount or write off. `amount` None means all that is owed; `charges` names the lines it is for (none:
    the oldest first); `category` is the code of a listed reason. Above the clinic's limit `approved_by` is needed.
    """

    bill_id: Id
    kind: AdjustmentKind
    reason: str
    category: str = ""
    amount: Decimal | None = None
    charges: tuple[Id, ...] = ()
    approved_by: Id | None = None


@dataclass(frozen=True, kw_only=True)
class PrintBill(Command):
    """A bill on paper, as it stands now."""

    bill_id: Id


@dataclass(frozen=True, slots=True)
class LineVoided:
    """A line that is off the bill; `credit` is what the clinic owes the patient on that bill now."""

    charge_id: Id
    credit: Decimal


@dataclass(frozen=True, slots=True)
class BillReduced:
    """By how much a bill was lowered, and what is still owed on it."""

    bill_id: Id
    amount: Decimal
    owed: Decimal


@dataclass(frozen=True, slots=True)
class BillPrinted:
    """The kept paper of a bill."""

    paper_id: Id
    number: str


@reads("billing.view")
def debtors(reader: Reader, scope: DebtScope = DebtScope.TODAY, text: str = "", limit: int = 100) -> list[DebtorRow]:
    """The patients of one of the cashier's lists, who waits longest first."""
    return debts.debtors(reader, scope, text, settings.whole(reader, "bill_due_days"), limit)


@reads("billing.view")
def patient_account(reader: Reader, patient_id: Id) -> Account:
    """A patient's bills with lines, reductions and payments. Raises NotFound."""
    patient = reader.get(Patient, patient_id)
    ids = debts.account_bills(reader, patient_id)
    rows = bill_papers.bills_with_visits(reader, ids)
    due_days = settings.whole(reader, "bill_due_days")
    numbers = {row.id: row for row in rows}
    money = reader.facility.currency.from_minor
    return Account(
        patient_id=patient_id,
        bills=tuple(_bill_row(reader, row, patient.birth_date, due_days) for row in rows),
        lines=tuple(
            BillLine(
                line.charge_id, line.bill_id, numbers[line.bill_id].number, numbers[line.bill_id].day, line.kind,
                line.text, line.quantity, money(line.unit_price), money(line.amount), money(line.settled), line.priced,
            )
            for line in bill_papers.lines(reader, ids)
        ),
        reductions=tuple(
            ReductionRow(
                each.bill_id, each.kind, money(each.amount),
                reason_text(each.category, each.reason, reader.actor.language), each.by,
            )
            for each in bill_papers.reductions(reader, ids)
        ),
        payments=tuple(_payments(reader, ids, {row.id: row.number for row in rows})),
    )  # fmt: skip


def _bill_row(reader: Reader, row: Any, birth_date: date | None, due_days: int) -> BillRow:
    money = reader.facility.currency.from_minor
    figures = bills.standing(row)
    group = None if row.payer_group_id is None else reader.get(PayerGroup, row.payer_group_id)
    due = due_on(row.day, due_days)
    waiver = suggested_waiver(
        birth_date=birth_date, today=reader.today, maternity=row.visit_kind == VisitKind.MATERNITY,
        waives_under_five=group is not None and group.waives_under_five,
        waives_maternity=group is not None and group.waives_maternity,
    )  # fmt: skip
    return BillRow(
        id=row.id,
        number=row.number,
        day=row.day,
        visit_id=row.visit_id,
        visit_number=row.visit_number,
        visit_open=row.visit_state == VisitState.OPEN,
        state=BillState(row.state),
        overdue=figures.owed > 0 and due < reader.today,
        due=due,
        charged=money(figures.charged),
        reduced=money(figures.adjusted - figures.rounded),
        rounded=money(figures.rounded),
        asked=money(figures.asked),
        kept=money(figures.kept),
        pending=money(figures.pending),
        owed=money(figures.owed),
        credit=money(figures.credit),
        suggested_waiver=waiver if figures.owed else "",
        payer="" if group is None else pick(group.name, reader.actor.language),
    )


def _payments(reader: Reader, ids: list[Id], numbers: dict[Id, str]) -> list[PaymentRow]:
    money = reader.facility.currency.from_minor
    back = payments.given_back_on(reader, ids)

    def left(each: PaymentFacts) -> int:
        confirmed = each.state is PaymentState.CONFIRMED
        return each.amount - back.get((each.payment_id, each.bill_id), 0) if confirmed else 0

    return [
        PaymentRow(
            each.payment_id, each.bill_id, numbers[each.bill_id], each.receipt, each.receipt_id, each.method,
            each.state, money(each.amount), money(each.whole), money(left(each)), each.operator, each.code,
            reader.local(each.at),
        )
        for each in bill_papers.payments(reader, bill_ids=ids)
    ]  # fmt: skip


@writes("billing.charge")
def add_charge(work: Work, command: AddCharge) -> ChargeMade:
    """Charge something by hand, at the patient's price. Raises InvalidValue (item, quantity), NotFound."""
    item = prices.item_by_code(work, command.kind, command.item_code)
    if item is None or not item.active:
        raise InvalidValue(field="item", reason="unknown")
    visit = work.get(Visit, command.visit_id)
    return raise_charge(
        work, visit_id=visit.id, patient_id=visit.patient_id, kind=command.kind, item_code=command.item_code,
        quantity=command.quantity, source_table="save_key", source_id=command.key,
    )  # fmt: skip


@writes("billing.view")
def void_line(work: Work, command: VoidLine) -> LineVoided:
    """Take a line off a bill; what was paid for it becomes a credit. Raises NotAllowed, ReasonNeeded, NotFound."""
    require_own_or_agreed(work, command.approved_by, "billing.void")
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="void")
    void_charge(work, command.charge_id, command.reason)
    row = bills.locked(work, bills.item_of(work, command.charge_id).bill_id)
    return LineVoided(command.charge_id, work.facility.currency.from_minor(bills.standing(row).credit))


@writes("billing.view")
def reduce_bill(work: Work, command: ReduceBill) -> BillReduced:
    """Waive, discount or write off what is still owed. Raises NotAllowed, SecondPersonNeeded (above the limit, all
    reductions of the bill counted), TooMuchMoney, ReasonNeeded, InvalidValue, WrongState.
    """
    if command.kind not in _REDUCTIONS:
        raise InvalidValue(field="kind", reason="choice", value=command.kind)
    require_own_or_agreed(work, command.approved_by, _REDUCTIONS[command.kind])
    row = bills.locked(work, command.bill_id)
    _check_reason(work, row, command)
    takes_money(row)
    parts = _parts(work, row, command)
    amount = sum(parts.values())
    money = work.facility.currency.from_minor
    so_far = money(bills.reduced_so_far(work, row.id) + amount)
    require_second_above(work, command.approved_by, "billing.approve", so_far, "waiver_limit")
    for charge_id, part in parts.items():
        work.insert(
            Adjustment, bill_id=row.id, charge_id=charge_id, kind=command.kind, category=command.category, amount=part,
            reason=command.reason.strip()[:300], approved_by=command.approved_by, day=work.today,
        )  # fmt: skip
    standing = move(work, row, adjusted=amount, first=parts)
    let_go(work, [row])
    return BillReduced(row.id, money(amount), money(standing.owed))


def _check_reason(work: Work, row: Any, command: ReduceBill) -> None:
    """A listed reason alone is enough where it fits the patient; else somebody writes why.

    Raises InvalidValue (a category that the list does not have), ReasonNeeded.
    """
    if command.category and command.category not in {each.code for each in reason_rows("waiver")}:
        raise InvalidValue(field="category", reason="choice", value=command.category)
    fits = bool(command.category)
    if command.category in TIED_WAIVERS:
        (known,) = bill_papers.bills_with_visits(work, [row.id])
        fits = waiver_fits(
            command.category, birth_date=work.get(Patient, row.patient_id).birth_date, today=work.today,
            maternity=known.visit_kind == VisitKind.MATERNITY,
        )  # fmt: skip
    if not fits and not command.reason.strip():
        raise ReasonNeeded(field="reason", what=command.kind.value)


def _parts(work: Work, row: Any, command: ReduceBill) -> dict[Id, int]:
    """Which line is lowered by how much. Raises TooMuchMoney, InvalidValue, NotFound (a line of another bill)."""
    lines = {line.charge_id: line for line in bills.live_lines(work, row.id)}
    for charge_id in command.charges:
        if charge_id not in lines:
            raise NotFound(kind="charge", id=charge_id)
    rooms = {each: lines[each].open for each in command.charges or lines}
    currency = work.facility.currency
    limit = min(sum(rooms.values()), bills.standing(row).owed)
    amount = limit if command.amount is None else currency.to_minor(command.amount)
    if amount > limit:
        raise TooMuchMoney(field="amount", amount=currency.from_minor(amount), limit=currency.from_minor(limit))
    if amount <= 0:
        raise InvalidValue(field="amount", reason="not_positive")
    return in_turn(amount, rooms)


@writes("billing.print")
def print_bill(work: Work, command: PrintBill) -> BillPrinted:
    """Keep a bill's paper as it stands now. Raises NotFound."""
    row = bills.locked(work, command.bill_id)
    return BillPrinted(keep_bill(work, row.id), row.number)
