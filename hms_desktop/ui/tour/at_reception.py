"""Reception: search first, register, open the visit; somebody unconscious goes straight to red."""

from hms_desktop.ui.tour.cast import Guest
from hms_desktop.ui.tour.walk import Walk


def receive(walk: Walk, guests: list[Guest], *, unknown: bool) -> None:
    """Everybody arrives."""
    walk.scene("reception")
    walk.at("reception.search")
    walk.picture("today")
    for number, guest in enumerate(guests):
        _register(walk, guest, first=number == 0)
    if unknown:
        _unknown(walk)
    walk.type(guests[0].family[:4])
    walk.until(lambda: any(guests[0].family.upper() in str(row) for row in _found(walk)), "the patient to be found")
    walk.picture("search")
    walk.press("Esc")


def _found(walk: Walk) -> list[object]:
    return walk.rows("reception.results").rows() if walk.find("reception.results") else []


def _register(walk: Walk, guest: Guest, *, first: bool) -> None:
    walk.at("reception.search")
    walk.type(f"{guest.given} {guest.family}")
    walk.settled()
    walk.press("Ctrl+N")
    walk.until(lambda: walk.find("reception.sex") is not None, "the form for a new patient")
    walk.fill("reception.given_name", guest.given)
    walk.fill("reception.family_name", guest.family)
    walk.choose("reception.sex", guest.sex)
    walk.fill("reception.birth_date", guest.age)
    walk.fill("reception.phone", guest.phone)
    walk.fill("reception.address", "Hill Road")
    if guest.allergy:
        walk.choose("reception.allergy_state", "h")
        walk.fill("reception.substances", guest.allergy)
        walk.settled()
        walk.press("Return")
    else:
        walk.choose("reception.allergy_state", "k")
    if first:
        walk.picture("new-patient")
    walk.press("Ctrl+Return")
    walk.settled()
    if walk.find("reception.complaint") is None:  # people who look alike were shown: it is somebody new all the same
        walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("reception.complaint") is not None, "the new patient's page")
    walk.settled()
    walk.fill("reception.complaint", guest.complaint)
    if first:
        walk.picture("open-visit")
    walk.press("Ctrl+Return")
    walk.at("reception.search")
    walk.settled()


def _unknown(walk: Walk) -> None:
    """Somebody unconscious, nobody knows who: one key, a guess, straight to red."""
    walk.press("F9")
    walk.until(lambda: walk.find("reception.unknown_dialog") is not None, "the dialog for an unknown person")
    walk.picture("unknown")
    walk.choose("reception.unknown_sex", "m")
    walk.fill("reception.unknown_complaint", "Found unconscious at the road")
    walk.press("Return")
    walk.at("reception.search")
    walk.settled()
