"""The pharmacy: first-expiry-first, an expired batch refused, an allergy seen again, labels, what is owed."""

from hms_desktop.ui.tour.cast import Guest
from hms_desktop.ui.tour.walk import Walk, WalkFailed


def dispense(walk: Walk, guests: list[Guest]) -> None:
    """Everybody gets what there is."""
    walk.scene("pharmacy")
    walk.picture("queue")
    for guest in guests:
        _give(walk, guest)
    walk.press("Alt+3")
    walk.picture("owed")
    walk.press("Alt+4")
    walk.picture("stock")
    walk.press("Alt+6")
    walk.picture("expiring")
    walk.press("Alt+7")
    walk.picture("to-order")
    walk.press("Alt+1")


def _give(walk: Walk, guest: Guest) -> None:
    walk.press("Alt+1")
    walk.select(
        "pharmacy.queue", lambda row: getattr(getattr(row, "entry", None), "patient_name", "") == guest.name, guest.name
    )
    walk.press("Return")
    walk.until(lambda: walk.find("pharmacy.lines") is not None, f"the prescription of {guest.name}")
    walk.settled()
    if guest.story == "child":
        _expired(walk)
    if guest.story == "override":
        walk.until(lambda: walk.find("pharmacy.allergy_reason") is not None, "the allergy to be seen again")
        walk.fill("pharmacy.allergy_reason", "Doctor confirmed by phone")
        walk.picture("allergy")
    elif guest.story == "malaria":
        walk.picture("give")
    walk.press("Ctrl+Return")
    walk.settled()


def _expired(walk: Walk) -> None:
    """Every lot of one medicine is expired: the desk says so, and a quantity typed all the same is refused."""
    walk.select("pharmacy.lines", lambda row: "cefixime" in str(row).lower(), "the medicine without a good lot")
    walk.settled()
    walk.picture("expired")
    walk.fill("pharmacy.give", "1")
    walk.press("Ctrl+Return")
    walk.settled()
    walk.picture("expired-refused")
    if walk.find("pharmacy.lines") is None:
        raise WalkFailed(walk.where("the expired lot to be refused"))
    walk.select("pharmacy.lines", lambda row: "cefixime" in str(row).lower(), "the medicine without a good lot")
    walk.fill("pharmacy.give", "0")
    walk.settled()
