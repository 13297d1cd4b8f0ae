"""The cashier's window as such: keys that do not clash, room, what somebody without a drawer sees."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from hms_desktop.data.queries.prices import standard_list
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import PaymentMethod
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.prices import put_price
from hms_desktop.ui.cashier.window import CashierDesk
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.theme import px
from tests.make import billing as make
from tests.stores import actor_for, make_user
from tests.ui.kit.fakes import context, said


@pytest.fixture
def guest(clinic: Clinic) -> make.Guest:
    """A child of two whose payer group waives."""
    make.price(clinic, "consultation", 300)
    group = make.payer_group(clinic, "self_pay", "1", waives=True)
    found = make.billed_patient(clinic, birth=date(2024, 1, 1), payer=group)
    make.charge(clinic, actor_for("everything"), found, "consultation")
    return found


@pytest.fixture
def open_desk(clinic: Clinic, shown: Callable[[QWidget], QWidget]) -> Iterator[Callable[..., CashierDesk]]:
    """Opens the desk at a size."""
    made: list[CashierDesk] = []

    def make_desk(actor: Actor, width: int = 1400) -> CashierDesk:
        desk = CashierDesk(context(clinic, actor))
        made.append(desk)
        desk.resize(px(width), px(760))
        shown(desk)
        return desk

    yield make_desk
    for desk in made:
        desk.release()


def mnemonics(desk: QWidget) -> list[str]:
    """The letters that Alt reaches, of everything that can be seen."""
    texts = [each.text() for each in desk.findChildren(QAbstractButton) if each.isVisible()]
    texts += [each.text() for each in desk.findChildren(QLabel) if each.isVisible() and each.buddy() is not None]
    marked = [text.replace("&&", "") for text in texts]
    return [text[text.index("&") + 1].casefold() for text in marked if "&" in text]


def test_no_two_things_share_a_letter(clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]) -> None:
    cashier = make.till(clinic)
    make.pay(clinic, cashier, guest, make.mobile(100))
    desk = open_desk(cashier)
    desk.open_patient(guest.patient_id)
    for method in PaymentMethod:
        desk.pay.method.set_value(method)
        found = mnemonics(desk)
        assert len(found) == len(set(found)), (method, sorted(found))


def test_everything_that_acts_has_a_name_of_this_desk(
    clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]
) -> None:
    desk = open_desk(make.till(clinic))
    desk.open_patient(guest.patient_id)
    for each in desk.findChildren(QAbstractButton):
        if each.isVisible() and each.metaObject().className() == "Button":
            assert each.objectName().startswith("cashier."), each.text()
            assert each.accessibleName()


def test_a_suggested_waiver_is_offered_and_opened(
    clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]
) -> None:
    desk = open_desk(make.till(clinic))
    desk.open_patient(guest.patient_id)
    bill = desk.account.suggested()
    assert bill is not None
    assert bill.suggested_waiver == "under_five"
    assert desk.account.hint.isVisible()


def test_a_narrow_window_shows_the_list_or_the_bill(
    clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]
) -> None:
    desk = open_desk(make.till(clinic), 1024)
    assert (desk.debtors.isVisible(), desk.account.isVisible()) == (True, False)
    desk.open_patient(guest.patient_id)
    assert (desk.debtors.isVisible(), desk.account.isVisible()) == (False, True)
    keys.press("Esc")
    assert (desk.debtors.isVisible(), desk.account.isVisible()) == (True, False)
    assert desk.debtors.text.editor.hasFocus()


def test_who_has_no_drawer_sees_bills_and_takes_no_money(
    clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]
) -> None:
    desk = open_desk(make_user(clinic, "cash_supervisor"))
    desk.open_patient(guest.patient_id)
    assert desk.money.currentWidget() is desk.stop
    assert desk.account.lines.rows() != []
    assert said(desk.context) == []


def test_the_list_says_why_it_is_empty(clinic: Clinic, open_desk: Callable[..., CashierDesk]) -> None:
    desk = open_desk(make.till(clinic))
    assert "Nobody owes" in desk.debtors.list._empty
    desk.start_focus().setFocus()
    keys.type_text("zzz")
    assert keys.wait_until(lambda: "zzz" in desk.debtors.list._empty)


def test_what_other_desks_charge_appears_by_itself_and_keeps_what_was_typed(
    clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]
) -> None:
    desk = open_desk(make.till(clinic))
    desk.open_patient(guest.patient_id)
    keys.type_text("250")
    make.charge(clinic, actor_for("everything"), guest, "consultation")
    desk.context.background.announce(frozenset({"bills"}))
    assert keys.wait_until(lambda: desk.pay.due.text() == "600.00")
    assert desk.pay.gives.line.text() == "250"


def test_areas_follow_each_other_by_f6(
    clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]
) -> None:
    desk = open_desk(make.till(clinic))
    desk.open_patient(guest.patient_id)
    seen = []
    for _press in range(4):
        keys.press("F6")
        seen.append(keys.focus_name())
    assert seen[1:3] == ["cashier.lines", "cashier.payments"]
    assert desk.pay.gives.editor.hasFocus()


def test_a_line_without_a_price_is_said_aloud_and_priced_once_somebody_has_set_one(
    clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]
) -> None:
    item = make.price(clinic, "dressing", None)
    cashier = make.till(clinic)
    make.charge(clinic, cashier, guest, "dressing", 2)
    desk = open_desk(cashier)
    desk.open_patient(guest.patient_id)
    notice = desk.account.unpriced
    assert notice.isVisible()
    assert notice.words.text().startswith("No price yet, so nothing is asked for: Dressing.")
    found = mnemonics(desk)
    assert len(found) == len(set(found)), sorted(found)
    notice.button.click()
    assert "There is no price yet for: Dressing." in said(desk.context)[-1]
    with clinic.work(SYSTEM, "tests.set_price") as work:
        put_price(work, standard_list(work).id, item, Decimal(75))
        work.finish()
    notice.button.click()
    assert said(desk.context)[-1] == "Priced: KES 150.00 more on the bill."
    desk.open_patient(guest.patient_id)
    assert notice.isHidden()
    assert [line.amount for line in desk.account.lines.rows()] == [Decimal(300), Decimal(150)]


def test_nothing_is_said_of_prices_where_everything_has_one(
    clinic: Clinic, guest: make.Guest, open_desk: Callable[..., CashierDesk]
) -> None:
    desk = open_desk(make.till(clinic))
    desk.open_patient(guest.patient_id)
    assert desk.account.unpriced.isHidden()
