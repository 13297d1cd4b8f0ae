"""The drawer: opened with a float, counted blind, closed for good; yesterday's first; a supervisor may close it."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from hms_desktop.data.tables.billing import CashSession
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.billing import AdjustmentKind, CashMovementKind, PaymentMethod, SessionState
from hms_desktop.domain.cash import CashCount, Figures, MethodSum
from hms_desktop.domain.errors import (
    AlreadyExists,
    CashSessionStale,
    InvalidValue,
    NotAllowed,
    NotEnoughCash,
    NotFound,
    ReasonNeeded,
    WrongState,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.plain import from_plain
from hms_desktop.services import papers
from hms_desktop.services.bills import ReduceBill, reduce_bill
from hms_desktop.services.cash_sessions import (
    CloseSession,
    CountSession,
    MoveCash,
    OpenSession,
    PrintReport,
    cash_sessions,
    close_session,
    count_session,
    move_cash,
    open_session,
    own_session,
    print_x_report,
)
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.payments import ConfirmPayment, confirm_payment
from hms_desktop.services.refunds import GiveRefund, ReversePayment, give_refund, reverse_payment
from tests.make.billing import (
    Guest,
    account,
    billed_patient,
    cash,
    charge,
    mobile,
    paper,
    pay,
    price,
    till,
)
from tests.make.racing import at_once
from tests.stores import Clock, actor_for, make_user


@pytest.fixture
def guest(clinic: Clinic) -> Guest:
    """A patient who owes 2000."""
    price(clinic, "dressing", 500)
    found = billed_patient(clinic)
    for _line in range(4):
        charge(clinic, actor_for("everything"), found, "dressing")
    return found


def mine(clinic: Clinic, cashier: Actor) -> Id:
    session = own_session(clinic, cashier).session
    assert session is not None
    return session.id


def count(clinic: Clinic, who: Actor, session_id: Id, *counts: tuple[str, int], other: str = "0") -> Decimal:
    command = CountSession(
        session_id=session_id, counts=tuple(CashCount(Decimal(f), n) for f, n in counts), other=Decimal(other)
    )
    return count_session(clinic, who, command).value.difference


def test_a_session_opens_with_its_float_once_a_cashier(clinic: Clinic) -> None:
    cashier = make_user(clinic, "cashier")
    assert own_session(clinic, cashier).session is None
    opened = open_session(clinic, cashier, OpenSession(float_amount=Decimal(500))).value
    drawer = own_session(clinic, cashier)
    assert drawer.session is not None
    assert (drawer.session.number, drawer.session.state, int(drawer.session.float_amount)) == (
        opened.number, SessionState.OPEN, 500,
    )  # fmt: skip
    assert drawer.operators == ("M-Pesa", "Airtel Money")
    with pytest.raises(AlreadyExists) as refused:
        open_session(clinic, cashier, OpenSession(float_amount=Decimal(0)))
    assert refused.value.facts["value"] == opened.number
    with pytest.raises(InvalidValue):
        open_session(clinic, make_user(clinic, "cashier"), OpenSession(float_amount=Decimal(-1)))
    with pytest.raises(NotFound):
        open_session(clinic, actor_for("cashier"), OpenSession(float_amount=Decimal(1)))


def test_two_presses_at_two_windows_open_one_session(clinic: Clinic, another_station: Callable[[], Clinic]) -> None:
    cashier = make_user(clinic, "cashier")
    places = [another_station(), another_station()]
    results = at_once([partial(open_session, place, cashier, OpenSession(float_amount=Decimal(5))) for place in places])
    assert [type(each) for each in results if isinstance(each, Exception)] == [AlreadyExists]
    assert len(cash_sessions(clinic, cashier)) == 1


def test_cash_moves_with_a_reason_and_never_below_nothing(clinic: Clinic) -> None:
    cashier = till(clinic, cash="100")

    def moved(kind: CashMovementKind, amount: str, reason: str = "bank") -> None:
        move_cash(clinic, cashier, MoveCash(kind=kind, amount=Decimal(amount), reason=reason))

    with pytest.raises(ReasonNeeded):
        moved(CashMovementKind.OUT, "10", " ")
    with pytest.raises(InvalidValue):
        moved(CashMovementKind.OUT, "0")
    with pytest.raises(NotEnoughCash):
        moved(CashMovementKind.OUT, "101")
    moved(CashMovementKind.IN, "50")
    moved(CashMovementKind.OUT, "150")
    with pytest.raises(NotEnoughCash):
        moved(CashMovementKind.OUT, "0.01")


def test_a_day_at_the_till_ends_in_a_z_report(clinic: Clinic, guest: Guest, clock: Clock) -> None:
    cashier = till(clinic, "cashier", "cash_supervisor", cash="1000")
    pay(clinic, cashier, guest, cash(700, 1000))
    pay(clinic, cashier, guest, mobile(300, confirmed=True))
    last = pay(clinic, cashier, guest, mobile(200, "LATER"))
    found = account(clinic, guest)
    bill = found.bills[0].id
    reduce_bill(
        clinic, cashier, ReduceBill(bill_id=bill, kind=AdjustmentKind.WAIVER, reason="poor", amount=Decimal(300))
    )
    move_cash(clinic, cashier, MoveCash(kind=CashMovementKind.OUT, amount=Decimal(600), reason="to the bank"))
    move_cash(clinic, cashier, MoveCash(kind=CashMovementKind.IN, amount=Decimal(20), reason="change"))
    session = mine(clinic, cashier)
    x_report = paper(clinic, print_x_report(clinic, cashier, PrintReport(session_id=session)).value.paper_id)
    assert (x_report.expected, x_report.counted, x_report.z_number) == (None, None, None)
    with pytest.raises(WrongState):
        close_session(clinic, cashier, CloseSession(session_id=session))
    assert count(clinic, cashier, session, ("1000", 1), ("50", 2), other="15") == -5
    with pytest.raises(ReasonNeeded):
        close_session(clinic, cashier, CloseSession(session_id=session, difference_reason=" "))
    kept = close_session(clinic, cashier, CloseSession(session_id=session, difference_reason="a coin fell")).value
    z_report = paper(clinic, kept.paper_id)
    assert (z_report.expected, z_report.counted, z_report.z_number) == (1120, 1115, 1)
    assert (z_report.difference_reason, z_report.counts, z_report.closed_by) == ("a coin fell", 1, "")
    assert [(each.method, each.count, each.amount) for each in z_report.takings] == [
        (PaymentMethod.CASH, 1, 700), (PaymentMethod.MOBILE, 1, 300),
    ]  # fmt: skip
    assert [(each.kind, each.amount, each.by) for each in z_report.movements] == [
        (CashMovementKind.OUT, 600, "Carol Cash"), (CashMovementKind.IN, 20, "Carol Cash"),
    ]  # fmt: skip
    assert [(each.code, each.amount, each.receipt) for each in z_report.pending] == [("LATER", 200, last.number)]
    assert [(each.kind, each.count, each.amount) for each in z_report.reductions] == [(AdjustmentKind.WAIVER, 1, 300)]
    assert (z_report.receipts, z_report.last_receipt) == (3, last.number)
    assert [(each.face, each.count) for each in z_report.denominations] == [(1000, 1), (50, 2), (15, 1)]
    assert papers.pdf(clinic, cashier, kept.paper_id).pdf.startswith(b"%PDF")


def test_refunds_and_reversals_leave_the_drawer_too(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic, cash="0")
    pay(clinic, cashier, guest, cash(500))
    pay(clinic, cashier, guest, cash(100))
    found = account(clinic, guest)
    give_refund(
        clinic, cashier,
        GiveRefund(
            payment_id=found.payments[0].payment_id, bill_id=found.bills[0].id, amount=Decimal(200), reason="not done",
            charges=tuple(line.charge_id for line in found.lines[:4]),
        ),
    )  # fmt: skip
    reversal = ReversePayment(payment_id=found.payments[1].payment_id, reason="card", replacement=None)
    reverse_payment(clinic, cashier, reversal)
    session = mine(clinic, cashier)
    assert count(clinic, cashier, session, ("100", 3)) == 0
    facts = paper(clinic, close_session(clinic, cashier, CloseSession(session_id=session)).value.paper_id)
    assert [(each.method, each.count, each.amount) for each in facts.refunds] == [(PaymentMethod.CASH, 2, 300)]
    assert (facts.expected, facts.voided) == (300, 1)


def test_the_count_stops_the_drawer_and_may_be_repeated_but_not_hidden(clinic: Clinic, guest: Guest) -> None:
    cashier = till(clinic, cash="100")
    session = mine(clinic, cashier)
    assert count(clinic, cashier, session, ("50", 1)) == -50
    with pytest.raises(WrongState):
        pay(clinic, cashier, guest, cash(1))
    assert count(clinic, cashier, session, ("50", 2)) == 0
    facts = paper(clinic, print_x_report(clinic, cashier, PrintReport(session_id=session)).value.paper_id)
    assert (facts.expected, facts.counted) == (100, 100)
    facts = paper(clinic, close_session(clinic, cashier, CloseSession(session_id=session)).value.paper_id)
    assert (facts.counts, facts.first_count) == (2, 50)


def test_a_closed_session_never_changes_again(clinic: Clinic, guest: Guest, clock: Clock) -> None:
    cashier = till(clinic, cash="100")
    pay(clinic, cashier, guest, mobile(200))
    session = mine(clinic, cashier)
    count(clinic, cashier, session, ("100", 1))
    closed = close_session(clinic, cashier, CloseSession(session_id=session)).value
    with clinic.read(cashier) as reader:
        before = reader.get(CashSession, session)
    for attempt in (
        lambda: close_session(clinic, cashier, CloseSession(session_id=session)),
        lambda: count(clinic, cashier, session, ("100", 2)),
        lambda: print_x_report(clinic, cashier, PrintReport(session_id=session)),
    ):
        with pytest.raises(WrongState):
            attempt()
    clock.forward(hours=1)
    open_session(clinic, cashier, OpenSession(float_amount=Decimal(0)))
    payment = account(clinic, guest).payments[0].payment_id
    confirm_payment(clinic, cashier, ConfirmPayment(payment_id=payment))
    with clinic.read(cashier) as reader:
        assert tuple(reader.get(CashSession, session)) == tuple(before)
        figures = from_plain(Figures, before.figures)
    assert (figures.expected, figures.pending[0].amount, before.z_number) == (100, 200, closed.number)
    second = mine(clinic, cashier)
    count(clinic, cashier, second)
    kept = close_session(clinic, cashier, CloseSession(session_id=second)).value
    facts = paper(clinic, kept.paper_id)
    assert (facts.z_number, facts.takings, facts.late.amount) == (2, (), 200)
    with clinic.read(cashier) as reader:
        assert from_plain(Figures, reader.get(CashSession, second).figures).late == MethodSum(
            PaymentMethod.MOBILE, 1, Decimal(200)
        )


def test_yesterdays_session_is_closed_first_but_a_night_shift_goes_on(
    clinic: Clinic, guest: Guest, clock: Clock
) -> None:
    clock.forward(hours=9)
    night = till(clinic, cash="0")
    clock.forward(hours=8)
    pay(clinic, night, guest, cash(10))
    clock.forward(hours=5)
    with pytest.raises(CashSessionStale) as refused:
        pay(clinic, night, guest, cash(10))
    assert str(refused.value.facts["opened"]) == "2026-03-05"
    with pytest.raises(CashSessionStale):
        open_session(clinic, night, OpenSession(float_amount=Decimal(0)))
    assert [row.stale for row in cash_sessions(clinic, night, only_open=True)] == [True]
    session = mine(clinic, night)
    count(clinic, night, session, ("10", 1))
    close_session(clinic, night, CloseSession(session_id=session))
    open_session(clinic, night, OpenSession(float_amount=Decimal(0)))


def test_a_supervisor_closes_the_session_of_somebody_who_went_home(clinic: Clinic) -> None:
    cashier = till(clinic, cash="10")
    session = mine(clinic, cashier)
    other, supervisor = make_user(clinic, "cashier"), make_user(clinic, "cash_supervisor", name="Sara Super")
    for attempt in (
        lambda: count(clinic, other, session, ("10", 1)),
        lambda: close_session(clinic, other, CloseSession(session_id=session)),
        lambda: print_x_report(clinic, other, PrintReport(session_id=session)),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert cash_sessions(clinic, other) == []
    assert [row.cashier for row in cash_sessions(clinic, supervisor, only_open=True)] == ["Carol Cash"]
    count(clinic, supervisor, session, ("10", 1))
    kept = close_session(clinic, supervisor, CloseSession(session_id=session)).value
    assert paper(clinic, kept.paper_id).closed_by == "Sara Super"
    (row,) = cash_sessions(clinic, supervisor)
    assert (row.z_number, row.difference, row.state) == (kept.number, Decimal(0), SessionState.CLOSED)


@pytest.mark.parametrize("counts", [((Decimal(10), -1),), ((Decimal(0), 1),), ((Decimal(5), 1), (Decimal(5), 1))])
def test_a_count_that_cannot_be_is_refused(clinic: Clinic, counts: tuple[tuple[Decimal, int], ...]) -> None:
    cashier = till(clinic)
    session = mine(clinic, cashier)
    with pytest.raises(InvalidValue):
        count_session(
            clinic, cashier, CountSession(session_id=session, counts=tuple(CashCount(*each) for each in counts))
        )
    with pytest.raises(InvalidValue):
        count_session(clinic, cashier, CountSession(session_id=session, counts=(), other=Decimal(-1)))
    with pytest.raises(NotFound):
        count_session(clinic, cashier, CountSession(session_id=new_id(), counts=()))


def test_a_payment_and_a_count_at_once_never_lose_each_other(
    clinic: Clinic, guest: Guest, another_station: Callable[[], Clinic]
) -> None:
    cashier = till(clinic, cash="0")
    session = mine(clinic, cashier)
    places = [another_station(), another_station()]
    results = at_once(
        [
            lambda: pay(places[0], cashier, guest, cash(100)),
            lambda: count_session(places[1], cashier, CountSession(session_id=session, counts=())),
        ]
    )
    paid = not isinstance(results[0], WrongState)
    with clinic.read(cashier) as reader:
        assert reader.get(CashSession, session).expected_total == (10000 if paid else 0)
