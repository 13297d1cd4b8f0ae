"""Asking for tests: search, order, cancel. The bill and the patient's way to the lab follow by themselves.

Read next: `lab_specimens.py` (what is taken), `lab_results.py` (what comes out).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import lab as queries
from hms_desktop.data.queries import lab_orders as order_queries
from hms_desktop.data.queries import prices
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import LabOrder, LabOrderItem
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import AlreadyOrdered, InvalidValue, NotFound, ReasonNeeded, WrongState
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import LabPriority, OrderState
from hms_desktop.domain.lab_rows import LabChoiceRow, OrderRow
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.names import fold
from hms_desktop.domain.texts import pick
from hms_desktop.domain.visits import VisitState
from hms_desktop.services import lab_steps as steps
from hms_desktop.services.catalogue import name_of
from hms_desktop.services.charges import payer_group_of, raise_charge, void_charge
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class OrderTests(Command):
    """Ask for tests and panels by their codes. `again`: also those that this visit waits for already."""

    visit_id: Id
    tests: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    priority: LabPriority = LabPriority.ROUTINE
    clinical_notes: str = ""
    diagnosis: str = ""
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class CancelTests(Command):
    """Tests of one order are not wanted, or not possible; what they cost is taken off the bill."""

    order_id: Id
    item_ids: tuple[Id, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class OrderMade:
    """A new order. `amount` is what it costs; `sent_to_lab` whether the patient left the doctor for it."""

    order_id: Id
    number: str
    item_ids: tuple[Id, ...]
    amount: Decimal
    sent_to_lab: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, with panels taken apart: each test once; code of the panel or '', and the test's row."""

    charged: tuple[str, ...]
    tests: tuple[tuple[str, AnyRow], ...]


@reads("lab.view")
def search_tests(reader: Reader, text: str, visit_id: Id | None = None, limit: int = 20) -> list[LabChoiceRow]:
    """Tests and panels of which every typed word begins a word of the name, another name or the code; the usual names
    first. Prices are those of the visit's payer. Without text: every panel and test, panels first.
    """
    typed = fold(text).split()
    tests = {row.code: row for row in queries.offered_tests(reader)}
    panels = queries.offered_panels(reader)
    found = [row for row in (*panels, *tests.values()) if _matches(row, typed)]
    found.sort(key=lambda row: (_rank(reader, row, typed), "test_codes" not in row._mapping, _name(reader, row)))
    payer = payer_group_of(reader, reader.get(Visit, visit_id)) if visit_id is not None else None
    price_list = prices.list_of_payer(reader, payer)
    costs = {item.code: item.price for item in prices.items(reader, price_list, kinds=frozenset({ChargeKind.LAB}))}
    return [_choice(reader, row, tests, costs.get(row.code), typed) for row in found[:limit]]


def _matches(row: AnyRow, typed: Sequence[str]) -> bool:
    return _begins(f"{row.search_words} {fold(row.code)}", typed)


def _name(reader: Reader, row: AnyRow) -> str:
    return pick(row.name, reader.actor.language)


def _rank(reader: Reader, row: AnyRow, typed: Sequence[str]) -> int:
    """0 typed out in full, 1 the name begins so, 2 a word of it does, 3 another name."""
    if not typed or set(typed) <= set(row.search_words.split()):
        return 0
    name = fold(_name(reader, row))
    if name.startswith(typed[0]):
        return 1
    return 2 if _begins(name, typed) else 3


def _begins(text: str, typed: Sequence[str]) -> bool:
    return all(f" {word}" in f" {text}" for word in typed)


def _choice(
    reader: Reader, row: AnyRow, tests: dict[str, AnyRow], price: Decimal | None, typed: Sequence[str]
) -> LabChoiceRow:
    language = reader.actor.language
    is_panel = "test_codes" in row._mapping
    parts = [tests[code] for code in row.test_codes if code in tests] if is_panel else [row]
    known = _begins(fold(_name(reader, row)), typed)
    other = "" if known else next((w for w in row.search_words.split() if w.startswith(typed[0])), "")
    return LabChoiceRow(
        code=row.code, is_panel=is_panel, name=_name(reader, row), price=price,
        specimens=tuple(dict.fromkeys(name_of("specimens", part.specimen, language) for part in parts)),
        tests=tuple(_name(reader, part) for part in parts) if is_panel else (),
        preparation=tuple(dict.fromkeys(filter(None, (pick(part.preparation, language) for part in parts)))),
        turnaround_minutes=max((part.turnaround_minutes for part in parts), default=0), matched=other,
    )  # fmt: skip


@reads("lab.view")
def orders_of_visit(reader: Reader, visit_id: Id) -> list[OrderRow]:
    """What was asked for at a visit, oldest first, with the state of each test."""
    return order_queries.orders_of_visit(reader, visit_id)


@writes("lab.order")
def order_tests(work: Work, command: OrderTests) -> OrderMade:
    """Ask for tests: the order gets its number, the bill its charges (a panel once), the patient goes to the lab.

    Raises InvalidValue (nothing asked for, too long), NotFound (not offered), AlreadyOrdered, WrongState (visit over).
    """
    visit = work.get(Visit, command.visit_id)
    if visit.state != VisitState.OPEN:
        raise WrongState(kind="visit", state=str(visit.state), wanted="open")
    for field, limit in (("clinical_notes", 500), ("diagnosis", 200)):
        if len(getattr(command, field).strip()) > limit:
            raise InvalidValue(field=field, reason="too_long", limit=limit)
    asked = _asked(work, command)
    queries.locked_orders(work, visit.id)
    if not command.again:
        _refuse_repeat(work, visit.id, asked)
    moved = steps.send_to_lab(work, visit.id, visit.colour)
    order_id = new_id()
    charges, amount = _charge(work, visit, order_id, asked)
    number = _insert(work, command, visit, order_id)
    items = work.insert_many(
        LabOrderItem,
        [
            {
                "order_id": order_id, "patient_id": visit.patient_id, "test_id": test.id, "panel_code": panel,
                "state": OrderState.ORDERED, "charge_id": charges[panel or test.code],
            }
            for panel, test in asked.tests
        ],
    )  # fmt: skip
    return OrderMade(order_id, number, tuple(items), amount, moved)


def _asked(work: Work, command: OrderTests) -> _Asked:
    """Panels taken apart. A test that a panel brings along is neither done nor charged twice."""
    panels = {row.code: row for row in queries.offered_panels(work, set(command.panels))}
    wanted: dict[str, str] = {}
    for code in command.panels:
        if code not in panels:
            raise NotFound(kind="lab_panel", id=code)
        for test in panels[code].test_codes:
            wanted.setdefault(test, code)
    for test in command.tests:
        wanted.setdefault(test, "")
    if not wanted:
        raise InvalidValue(field="tests", reason="required")
    rows = {row.code: row for row in queries.offered_tests(work, set(wanted))}
    for code in command.tests:
        if code not in rows:
            raise NotFound(kind="lab_test", id=code)
    tests = tuple((panel, rows[code]) for code, panel in wanted.items() if code in rows)
    return _Asked(tuple(dict.fromkeys(panel or row.code for panel, row in tests)), tests)


def _refuse_repeat(work: Work, visit_id: Id, asked: _Asked) -> None:
    waiting = {row.code: pick(row.name, work.actor.language) for row in order_queries.open_items(work, visit_id)}
    twice = [waiting[row.code] for _panel, row in asked.tests if row.code in waiting]
    if twice:
        raise AlreadyOrdered(field="tests", tests=", ".join(twice))


def _insert(work: Work, command: OrderTests, visit: AnyRow, order_id: Id) -> str:
    number = work.number(NumberKind.LAB_ORDER)
    work.insert(
        LabOrder, id=order_id, number=number, visit_id=visit.id, patient_id=visit.patient_id, priority=command.priority,
        state=OrderState.ORDERED, clinical_notes=command.clinical_notes.strip(), diagnosis=command.diagnosis.strip(),
        ordered_by=work.actor.user_id, ordered_at=work.now,
    )  # fmt: skip
    return number


def _charge(work: Work, visit: AnyRow, order_id: Id, asked: _Asked) -> tuple[dict[str, Id], Decimal]:
    """One charge for each panel and each single test; the charge of each, and their sum."""
    found: dict[str, Id] = {}
    amount = ZERO
    for code in asked.charged:
        made = raise_charge(
            work, visit_id=visit.id, patient_id=visit.patient_id, kind=ChargeKind.LAB, item_code=code,
            source_table="lab_order", source_id=order_id,
        )  # fmt: skip
        found[code] = made.charge_id
        amount += made.amount
    return found, amount


@writes("lab.order")
def cancel_tests(work: Work, command: CancelTests) -> OrderState:
    """The doctor does not want tests any more. Returns the order's state. Raises ReasonNeeded, WrongState, NotFound."""
    return _cancel(work, command)


@writes("lab.reject")
def decline_tests(work: Work, command: CancelTests) -> OrderState:
    """The lab can't do tests (no reagent, refused by the patient). As `cancel_tests`."""
    return _cancel(work, command)


def _cancel(work: Work, command: CancelTests) -> OrderState:
    reason = command.reason.strip()
    if not reason:
        raise ReasonNeeded(field="reason", what="cancel")
    if not command.item_ids:
        raise InvalidValue(field="tests", reason="required")
    order = steps.lock_order(work, command.order_id)
    gone = steps.items_of(work, order.id, command.item_ids)
    for item in gone:
        steps.move_item(work, item.id, item.state, OrderState.CANCELLED, cancel_reason=reason[:300])
    steps.drop_results(work, [item.id for item in gone])
    state = steps.settle(work, order)
    for charge_id in _unwanted(work, order.id, gone):
        void_charge(work, charge_id, reason)
    return state


def _unwanted(work: Work, order_id: Id, gone: Sequence[AnyRow]) -> list[Id]:
    """The charges that no test of the order needs any more: a panel costs what it costs until all of it is gone."""
    needed = {row.charge_id for row in order_queries.items(work, [order_id]) if row.state != OrderState.CANCELLED}
    return [charge_id for charge_id in steps.charges_of(gone) if charge_id not in needed]
