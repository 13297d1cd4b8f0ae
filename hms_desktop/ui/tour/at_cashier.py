"""The cashier: float, cash with change, a part payment, mobile money, a waiver, a refund, the blind count and the Z."""

from decimal import ROUND_CEILING, Decimal

from PySide6.QtWidgets import QLabel

from hms_desktop.ui.tour.at_admin import ITEM, NEW_PRICE
from hms_desktop.ui.tour.cast import Guest
from hms_desktop.ui.tour.walk import Walk

FLOAT = Decimal(2000)


def take_money(walk: Walk, guests: list[Guest]) -> None:
    """Everybody pays in their own way; then the day is closed."""
    walk.scene("cashier")
    walk.picture("open-drawer")
    walk.fill("cashier.float_amount", f"{FLOAT}")
    walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("cashier.debtors") is not None, "the drawer to be open")
    walk.settled()
    walk.picture("debtors")
    for guest in guests:
        ways = {"child": _waived, "allergy": _part, "override": _mobile}
        ways.get(guest.story, _cash)(walk, guest)
    _refund(walk, guests[0])
    _close(walk)


def _open(walk: Walk, guest: Guest) -> Decimal:
    """Find who pays; what is due."""
    _to_list(walk)
    walk.go_to("cashier.find_debtor")
    walk.press("Ctrl+A")
    walk.type(guest.family)
    walk.settled()
    walk.press("Return")
    walk.at("cashier.gives")
    walk.settled()
    return _due(walk)


def _due(walk: Walk) -> Decimal:
    """The largest figure on the screen."""
    found = walk.find("cashier.due")
    assert isinstance(found, QLabel)
    return Decimal(found.text().replace(",", ""))


def _charge_by_hand(walk: Walk, due: Decimal) -> Decimal:
    """A dressing was done: it costs what the administrator has just set. What is due then."""
    walk.press("Alt+A")
    walk.until(lambda: walk.find("cashier.charge_dialog") is not None, "the charge")
    walk.pick("cashier.item", ITEM)
    walk.picture("new-price")
    walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("cashier.charge_dialog") is None, "the charge to be on the bill")
    walk.until(lambda: _due(walk) == due + NEW_PRICE, f"{NEW_PRICE} more to be due")
    walk.go_to("cashier.gives")
    return due + NEW_PRICE


def _to_list(walk: Walk) -> None:
    """Where the window is narrow, the list and the bill take turns."""
    if walk.find("cashier.find_debtor") is None:
        walk.press("Esc")
        walk.until(lambda: walk.find("cashier.find_debtor") is not None, "the list of patients")


def _cash(walk: Walk, guest: Guest) -> None:
    """In notes: the change is the largest thing on the screen."""
    due = _open(walk, guest)
    if guest.story == "malaria":
        due = _charge_by_hand(walk, due)
    walk.type(f"{(due / 500).quantize(Decimal(1), ROUND_CEILING) * 500}")
    walk.settled()
    if guest.story == "malaria":
        walk.picture("cash")
    walk.press("Ctrl+Return")
    walk.settled()
    if guest.story == "malaria":
        walk.picture("paid")


def _part(walk: Walk, guest: Guest) -> None:
    """What there is today; the rest stays owed. The bill says what for."""
    _open(walk, guest)
    walk.press("Alt+B", "P")
    _close_paper(walk)
    walk.go_to("cashier.gives")
    walk.type("100")
    walk.settled()
    walk.picture("part-payment")
    walk.press("Ctrl+Return")
    walk.settled()


def _mobile(walk: Walk, guest: Guest) -> None:
    """Mobile money waits until the operator has said yes."""
    due = _open(walk, guest)
    walk.type(f"{due}")
    walk.press("Return")
    walk.choose("cashier.method", "2")
    walk.settled()
    walk.fill("cashier.code", "QGH7X2K9LM")
    walk.press("Ctrl+Return")
    walk.settled()
    walk.picture("pending")
    walk.press("Alt+H")
    walk.settled()
    walk.picture("confirmed")


def _waived(walk: Walk, guest: Guest) -> None:
    """Under five: the clinic asks for nothing."""
    _open(walk, guest)
    walk.press("Alt+W")
    walk.until(lambda: walk.find("cashier.lower_dialog") is not None, "the waiver")
    walk.choose("cashier.lower_kind", "w")
    walk.fill("cashier.lower_words", "Under five years")
    walk.picture("waiver")
    walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("cashier.lower_dialog") is None, "the waiver to be saved")
    walk.settled()


def _refund(walk: Walk, guest: Guest) -> None:
    """A part of what was paid goes back, with a reason."""
    _to_list(walk)
    walk.go_to("cashier.scope")
    walk.press("End")
    walk.settled()
    walk.go_to("cashier.find_debtor")
    walk.press("Ctrl+A")
    walk.type(guest.family)
    walk.settled()
    walk.press("Return")
    walk.settled()
    walk.go_to("cashier.payments")
    walk.press("Home", "Alt+R", "G")
    walk.until(lambda: walk.find("cashier.refund_dialog") is not None, "the refund")
    walk.go_to("cashier.refund_line")
    walk.press("Down")
    walk.fill("cashier.refund_words", "One test was not needed")
    walk.picture("refund")
    walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("cashier.refund_dialog") is None, "the refund to be given")
    walk.settled()


def _close(walk: Walk) -> None:
    """X report, then the count that shows nothing expected until it is done, then the Z."""
    walk.press("Alt+T", "X")
    _close_paper(walk)
    walk.press("Alt+T", "C")
    walk.until(lambda: walk.find("cashier.count_dialog") is not None, "the count")
    walk.settled()
    walk.fill("cashier.face1", "2")
    walk.picture("blind-count")
    walk.press("Ctrl+Return")
    walk.settled()
    walk.picture("difference")
    walk.press("Ctrl+Return")
    walk.settled()
    if walk.find("cashier.count_dialog") is not None:
        walk.fill("cashier.difference_reason", "Training count")
        walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("cashier.count_dialog") is None, "the Z report")
    _close_paper(walk)
    walk.picture("closed")


def _close_paper(walk: Walk) -> None:
    """A report is shown on the screen where there is no printer, or where it was asked for."""
    walk.settled()
    if walk.find("paper.pages") is not None:
        walk.picture("paper")
        walk.press("Esc")
        walk.until(lambda: walk.find("paper.pages") is None, "the paper to close")
