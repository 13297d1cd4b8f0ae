"""Which lines are paid now, and how much that is."""

from datetime import date
from decimal import Decimal
from typing import Any

from hms_desktop.domain.bill_rows import Account, BillLine, BillRow
from hms_desktop.domain.billing import BillState, ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.ui.cashier.chosen_lines import ChosenLines

TODAY = date(2026, 3, 5)
D = Decimal


def bill(name: str, owed: int, *, day: date = TODAY, is_open: bool = True) -> BillRow:
    zero = D(0)
    return BillRow(
        id=Id(name), number=name, day=day, visit_id=Id("v"), visit_number="V", visit_open=is_open,
        state=BillState.OPEN, overdue=False, due=day, charged=zero, reduced=zero, rounded=zero, asked=zero, kept=zero,
        pending=zero, owed=D(owed), credit=zero, suggested_waiver="", payer="",
    )  # fmt: skip


def line(name: str, bill_name: str, amount: int, settled: int = 0) -> BillLine:
    return BillLine(
        Id(name), Id(bill_name), bill_name, TODAY, ChargeKind.SERVICE, name, 1, D(amount), D(amount), D(settled), True
    )


def account(bills: list[BillRow], lines: list[BillLine]) -> Account:
    return Account(Id("p"), tuple(bills), tuple(lines), (), ())


def two_bills() -> Any:
    return account(
        [bill("old", 300, day=date(2026, 2, 1), is_open=False), bill("new", 750)],
        [line("a", "old", 300), line("b", "new", 250), line("c", "new", 500), line("d", "new", 100, 100)],
    )


def test_everything_that_is_owed_is_chosen_at_first() -> None:
    chosen = ChosenLines(two_bills(), TODAY)
    assert (chosen.due, chosen.bills(), chosen.charges()) == (D(1050), ("old", "new"), ())
    assert (chosen.earlier, chosen.has_both, chosen.account.owed) == (D(300), True, D(1050))


def test_a_line_that_is_left_out_is_not_paid() -> None:
    found = two_bills()
    chosen = ChosenLines(found, TODAY)
    chosen.toggle(found.lines[1])
    assert (chosen.due, chosen.charges()) == (D(800), ("a", "c"))
    chosen.toggle(found.lines[3])
    assert not chosen.can_choose(found.lines[3])
    assert chosen.due == D(800)
    again = ChosenLines(found, TODAY, chosen.left_out)
    assert again.due == D(800)
    again.toggle(found.lines[1])
    assert (again.due, again.charges()) == (D(1050), ())


def test_old_debts_are_left_and_taken_together() -> None:
    chosen = ChosenLines(two_bills(), TODAY)
    chosen.leave_earlier(leave=True)
    assert (chosen.due, chosen.bills()) == (D(750), ("new",))
    chosen.leave_earlier(leave=False)
    assert chosen.bills() == ("old", "new")


def test_a_whole_bill_is_paid_as_it_is_owed_rounded_and_less_what_is_pending() -> None:
    chosen = ChosenLines(account([bill("new", 299)], [line("b", "new", 300)]), TODAY)
    assert chosen.due == D(299)
    rounded_up = ChosenLines(account([bill("new", 1)], [line("b", "new", 299, 299)]), TODAY)
    assert (rounded_up.due, rounded_up.bills()) == (D(1), ("new",))


def test_part_of_a_bill_is_never_more_than_is_owed() -> None:
    found = account([bill("new", 100)], [line("b", "new", 250), line("c", "new", 500)])
    chosen = ChosenLines(found, TODAY)
    chosen.toggle(found.lines[1])
    assert chosen.due == D(100)
    chosen.toggle(found.lines[0])
    assert (chosen.due, chosen.bills()) == (D(0), ())


def test_a_debt_of_a_visit_that_is_still_open_is_not_an_old_one() -> None:
    night = account([bill("night", 300, day=date(2026, 3, 4), is_open=True)], [line("a", "night", 300)])
    assert not ChosenLines(night, TODAY).has_both
    assert ChosenLines(night, TODAY).earlier == 0
