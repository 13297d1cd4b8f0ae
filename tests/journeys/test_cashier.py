"""A day at the cashier's, by keys: float, payments of every kind, old debts, a refund, the count, the Z report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.billing import ChargeKind, PaymentState, SessionState
from hms_desktop.services.cash_sessions import cash_sessions
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.passwords import hashed
from hms_desktop.ui.cashier.window import CashierDesk
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.theme import Look, apply_theme
from tests.make import billing as make
from tests.stores import PASSWORD, Clock, actor_for, make_user
from tests.ui.kit.fakes import Papers, context, said

pytestmark = pytest.mark.journey


@pytest.fixture
def engine_kind() -> str:
    """Windows do not care about the engine; the services behind them are tested on both."""
    return "sqlite"


@dataclass
class Desk:
    """A desk on the screen, and what it asked to be printed and shown."""

    window: CashierDesk
    papers: Papers
    clinic: Clinic
    cashier: Actor

    def text(self, name: str) -> str:
        """What a label says."""
        found = self.window.findChild(QLabel, name)
        assert isinstance(found, QLabel), name
        return found.text()

    def go(self, *pressed: str) -> None:
        """Press keys; text in quotes is typed: `go("'300'", "Return")`."""
        for each in pressed:
            if each.startswith("'"):
                keys.type_text(each.strip("'"))
            else:
                keys.press(each)
        keys.wait_until(lambda: not self.window._reload_timer.isActive())

    def messages(self) -> list[str]:
        """What was said."""
        return said(self.window.context)


@pytest.fixture
def desk_of(qapp: QApplication, clinic: Clinic) -> Iterator[Callable[..., Desk]]:
    """Opens the cashier's desk for somebody."""
    apply_theme(qapp, Look.LIGHT)
    opened: list[CashierDesk] = []

    def open_desk(actor: Actor, today: date = date(2026, 3, 5)) -> Desk:
        papers = Papers()
        window = CashierDesk(context(clinic, actor, papers=papers, today=today))
        opened.append(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        assert keys.wait_until(lambda: window.isActiveWindow() and window.isVisible())
        window.start_focus().setFocus()
        return Desk(window, papers, clinic, actor)

    yield open_desk
    for window in opened:
        window.release()
        window.close()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def cashier(clinic: Clinic) -> Actor:
    """Somebody at the till."""
    return make_user(clinic, "cashier", name="Carol Wanjiru")


@pytest.fixture
def asha(clinic: Clinic) -> make.Guest:
    """A patient who owes 300 and 500."""
    make.price(clinic, "consultation", 300, ChargeKind.CONSULTATION)
    make.price(clinic, "dressing", 500)
    guest = make.billed_patient(clinic)
    anyone = actor_for("everything")
    make.charge(clinic, anyone, guest, "consultation", kind=ChargeKind.CONSULTATION)
    make.charge(clinic, anyone, guest, "dressing")
    return guest


def supervisor(clinic: Clinic) -> Actor:
    """Somebody who may agree, with a password."""
    actor = make_user(clinic, "cash_supervisor", username="sara", name="Sara Super")
    with clinic.work(actor, "tests.password") as work:
        work.change(UserAccount, actor.user_id, password_hash=hashed(PASSWORD))
        work.finish()
    return actor


def open_drawer(desk: Desk, amount: str = "1000") -> None:
    desk.go(f"'{amount}'", "Return", "Return")


def test_the_drawer_is_opened_first_and_then_a_payment_takes_four_keys(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest
) -> None:
    desk = desk_of(cashier)
    assert keys.focus_name() == "" or desk.window.open.float_amount.editor.hasFocus()
    open_drawer(desk)
    assert "1,000.00" in desk.text("cashier.drawer")
    assert desk.window.debtors.text.editor.hasFocus()
    desk.go("Return")
    assert (desk.text("cashier.due"), desk.window.pay.gives.value()) == ("800.00", Decimal(800))
    desk.go("'1000'")
    assert desk.text("cashier.change") == "200.00"
    desk.go("Return", "Return", "Return")
    (payment,) = make.account(desk.clinic, asha).payments
    assert (payment.state, payment.whole) == (PaymentState.CONFIRMED, 800)
    assert len(desk.papers.printed) == 1
    assert desk.text("cashier.change") == "200.00"
    assert payment.receipt in desk.messages()[-1]
    assert desk.window.debtors.text.editor.hasFocus()
    assert desk.window.debtors.list.rows() == []


def test_a_part_payment_by_mobile_money_stays_pending_until_it_is_confirmed(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest
) -> None:
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("'otieno'", "Return", "'300'", "Return", "2", "Return", "Return", "'QX 1'", "Ctrl+Return")
    found = make.account(desk.clinic, asha)
    assert (found.pending, found.owed) == (300, 500)
    assert desk.window.account.payments.hasFocus()
    chosen = desk.window.account.payments.current()
    assert chosen is not None
    assert chosen.state is PaymentState.PENDING
    desk.go("Alt+H")
    assert make.account(desk.clinic, asha).pending == 0
    assert "QX 1" in desk.messages()[-1]


def test_a_code_that_was_used_stands_beside_its_field(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest
) -> None:
    desk = desk_of(cashier)
    open_drawer(desk)
    for _time in range(2):
        desk.window.open_patient(asha.patient_id)
        desk.go("'100'", "Return", "2", "Return", "Return", "'SAME'", "Ctrl+Return")
    first = make.account(desk.clinic, asha).payments[0].receipt
    assert first in desk.window.pay.code.note
    assert desk.window.pay.code.editor.hasFocus()
    assert make.account(desk.clinic, asha).pending == 100


def test_old_debts_can_be_left_and_lines_chosen_by_space(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest, clinic: Clinic, clock: Clock
) -> None:
    clock.forward(days=2)
    today = make.next_visit(clinic, asha)
    make.charge(clinic, actor_for("everything"), today, "dressing")
    make.charge(clinic, actor_for("everything"), today, "consultation", kind=ChargeKind.CONSULTATION)
    desk = desk_of(cashier, date(2026, 3, 7))
    open_drawer(desk)
    desk.go("Return")
    assert desk.text("cashier.due") == "1,600.00"
    desk.go("Alt+J")
    assert keys.wait_until(lambda: desk.text("cashier.due") == "800.00")
    desk.window.account.lines.setFocus()
    desk.go("End", "Space")
    assert desk.text("cashier.due") == "500.00"
    desk.window.pay.start()
    desk.go("Ctrl+Return")
    found = make.account(desk.clinic, today)
    assert [bill.owed for bill in found.bills] == [800, 300]
    assert [line.settled for line in found.lines] == [0, 0, 500, 0]


def test_a_payment_is_split_over_cash_and_card(desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest) -> None:
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("Return", "'500'", "Return", "3", "Alt+U")
    assert (desk.text("cashier.due"), desk.window.pay.tenders.total) == ("300.00", Decimal(500))
    desk.go("'400'", "Ctrl+Return")
    methods = [(each.method.value, each.whole) for each in make.account(desk.clinic, asha).payments]
    assert sorted(methods) == [("card", 500), ("cash", 300)]
    assert desk.text("cashier.change") == "100.00"


def test_a_part_can_be_taken_out_again(desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest) -> None:
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("Return", "'500'", "Alt+U")
    desk.window.pay.tenders.list.setFocus()
    desk.go("Down", "Delete")
    assert (desk.text("cashier.due"), desk.window.pay.tenders.tenders) == ("800.00", ())


def test_only_a_part_of_what_is_given_may_be_taken(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest
) -> None:
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("Return", "Alt+P", "'600'", "Return", "'1000'")
    assert desk.text("cashier.change") == "400.00"
    desk.go("Ctrl+Return")
    assert make.account(desk.clinic, asha).owed == 200


def dialog() -> Any:
    """The dialog on top."""
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    return QApplication.activeModalWidget()


def gone() -> None:
    """No dialog is open any more."""
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is None)


def test_a_waiver_asks_a_second_person_when_the_cashier_may_not(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest, clinic: Clinic
) -> None:
    supervisor(clinic)
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("Return", "Alt+W")
    dialog()
    desk.go("Return", "Return", "'100'", "Return", "Return", "'cannot pay'", "Ctrl+Return")
    assert dialog().objectName() == "cashier.second_person"
    desk.go("'sara'", "Return", f"'{PASSWORD}'", "Ctrl+Return")
    gone()
    found = make.account(clinic, asha)
    assert (found.owed, found.reductions[0].reason) == (700, "cannot pay")


def test_a_paid_line_is_given_back_with_a_note(desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest) -> None:
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("Return", "Ctrl+Return")
    desk.window.open_patient(asha.patient_id)
    desk.window.account.lines.setFocus()
    desk.go("Home", "Alt+R", "G")
    shown = dialog()
    assert shown.amount.value() == 300
    desk.go("Ctrl+Return")
    assert dialog() is shown
    shown.words.focus_editor()
    desk.go("'not seen'", "Ctrl+Return")
    gone()
    found = make.account(desk.clinic, asha)
    assert (found.bills[0].kept, found.credit) == (500, 0)
    assert len(desk.papers.printed) == 2


def test_a_wrong_method_is_reversed(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest, clinic: Clinic
) -> None:
    make.set_setting(clinic, "refund_limit", "5000")
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("Return", "Ctrl+Return")
    desk.window.open_patient(asha.patient_id)
    desk.go("Alt+R", "W")
    shown = dialog()
    shown.code.focus_editor()
    desk.go("'MP77'", "Return", "'it was M-Pesa'", "Ctrl+Return")
    gone()
    states = [(each.method.value, each.state.value) for each in make.account(clinic, asha).payments]
    assert states == [("cash", "confirmed"), ("mobile_money", "pending")]


def test_a_charge_by_hand_and_a_line_taken_off(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest, clinic: Clinic
) -> None:
    supervisor(clinic)
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("Return", "Alt+A")
    shown = dialog()
    desk.go("'dress'")
    desk.go("Return")
    assert keys.wait_until(shown.quantity.editor.hasFocus)
    desk.go("'2'", "Ctrl+Return")
    gone()
    assert make.account(clinic, asha).owed == 1800
    desk.window.account.lines.setFocus()
    desk.go("End", "Alt+B", "T")
    dialog().words.focus_editor()
    desk.go("'typed twice'", "Ctrl+Return", "'sara'", "Return", f"'{PASSWORD}'", "Ctrl+Return")
    gone()
    assert make.account(clinic, asha).owed == 800


def test_a_day_ends_with_a_blind_count_and_a_z_report(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest
) -> None:
    desk = desk_of(cashier)
    open_drawer(desk)
    desk.go("Return", "Ctrl+Return")
    desk.go("Alt+T", "X")
    assert len(desk.papers.opened) == 1
    desk.go("Alt+T", "I")
    dialog()
    desk.go("O", "Return", "'300'", "Return", "'bank'", "Ctrl+Return")
    gone()
    desk.go("Alt+T", "C")
    shown = dialog()
    texts = " ".join(each.text() for each in shown.findChildren(QLabel) if each.isVisible())
    assert "1,500" not in texts
    desk.go("'1'", "Return", "Return", "'2'", "Ctrl+Return")
    assert keys.wait_until(shown.close_page.isVisible)
    assert desk_label(shown, "cashier.difference") == "Short KES 100.00"
    desk.go("Ctrl+Return")
    assert shown.close_page.isVisible()
    desk.go("'a note was torn'", "Ctrl+Return")
    gone()
    (row,) = cash_sessions(desk.clinic, cashier)
    assert (row.state, row.difference) == (SessionState.CLOSED, Decimal(-100))
    assert "Z report" in desk.messages()[-1]
    assert desk.window.money.currentWidget() is desk.window.open


def desk_label(owner: QWidget, name: str) -> str:
    found = owner.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def test_yesterdays_drawer_is_closed_before_todays_money(
    desk_of: Callable[..., Desk], cashier: Actor, asha: make.Guest, clock: Clock
) -> None:
    first = desk_of(cashier)
    open_drawer(first)
    clock.forward(days=1)
    desk = desk_of(cashier, date(2026, 3, 6))
    assert desk.window.money.currentWidget() is desk.window.stop
    desk.window.start_focus().setFocus()
    desk.go("Return")
    shown = dialog()
    desk.go("'1'", "Ctrl+Return")
    assert keys.wait_until(shown.close_page.isVisible)
    assert desk_label(shown, "cashier.difference") == "Exact"
    desk.go("Ctrl+Return")
    gone()
    assert desk.window.money.currentWidget() is desk.window.open


def test_a_supervisor_closes_a_drawer_that_was_left_open(
    desk_of: Callable[..., Desk], cashier: Actor, clinic: Clinic
) -> None:
    open_drawer(desk_of(cashier))
    desk = desk_of(supervisor(clinic))
    assert desk.window.money.currentWidget() is desk.window.stop
    desk.go("Alt+T", "Z")
    dialog()
    desk.go("Return")
    assert keys.wait_until(lambda: dialog().objectName() == "cashier.count_dialog")
    desk.go("'1'", "Ctrl+Return", "Ctrl+Return")
    gone()
    (row,) = cash_sessions(clinic, desk.cashier)
    assert row.state is SessionState.CLOSED
