"""Administration: a new nurse gets an account, a price changes, and the trail tells of both."""

from decimal import Decimal

from PySide6.QtWidgets import QListWidget

from hms_desktop.ui.tour.walk import Walk, WalkFailed

ITEM = "Dressing, large"
"""A service whose price changes, in the language of the tour's windows."""
NEW_PRICE = Decimal(425)


def administer(walk: Walk) -> None:
    """Add a user, look at the letterhead, change a price, look at what was noted of it."""
    walk.scene("admin")
    _add_user(walk)
    _page(walk, "clinic")
    walk.picture("letterhead")
    _change_price(walk)
    _look_at_trail(walk)


def _page(walk: Walk, name: str) -> None:
    """Walk the list on the left down to a page, and go in."""
    walk.go_to("admin.pages")
    pages = walk.find("admin.pages")
    if not isinstance(pages, QListWidget):
        raise WalkFailed(walk.where("the list of pages"))
    walk.press("Home")
    for _page in range(pages.count()):
        if walk.find(f"admin.{name}_page") is not None:
            break
        walk.press("Down")
    walk.until(lambda: walk.find(f"admin.{name}_page") is not None, f"the page {name}")
    walk.press("Return")
    walk.settled()


def _add_user(walk: Walk) -> None:
    """Name and role are enough: the first password is shown once."""
    _page(walk, "users")
    walk.press("Ctrl+N")
    walk.enter("Neema", "Chebet", "")
    walk.at("admin.role_ids")
    walk.type("nur")
    walk.press("Space")
    walk.picture("new-user")
    walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("admin.password") is not None, "the first password")
    walk.picture("first-password")
    walk.press("Return")
    walk.until(lambda: walk.find("admin.password") is None, "the password to be read")
    walk.settled()


def _find(walk: Walk, text: str) -> None:
    """Ctrl+F and the first that fits."""
    walk.press("Ctrl+F", "Ctrl+A", "Delete")
    walk.enter(text)
    walk.settled()


def _change_price(walk: Walk) -> None:
    """From now on; what was charged keeps its price."""
    _page(walk, "prices")
    _find(walk, ITEM)
    walk.press("Return")
    walk.at("admin.price_amount")
    walk.press("Ctrl+A")
    walk.type(f"{NEW_PRICE}")
    walk.picture("price")
    walk.press("Ctrl+Return")
    walk.said("Saved")
    walk.settled()


def _look_at_trail(walk: Walk) -> None:
    """Who did what, when, at which station; before and after beside each other."""
    _page(walk, "audit")
    walk.until(lambda: len(walk.rows("admin.audit_list").rows()) > 1, "the trail")
    walk.select("admin.audit_list", lambda row: getattr(row, "subject_table", "") == "price", "the new price")
    walk.press("Return")
    walk.picture("trail")
