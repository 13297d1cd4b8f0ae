"""The day in its order: who signs in where, and what each desk does."""

from hms_desktop.ui.tour.at_admin import administer
from hms_desktop.ui.tour.at_cashier import take_money
from hms_desktop.ui.tour.at_doctor import first_round, second_round
from hms_desktop.ui.tour.at_lab import enter_results, release
from hms_desktop.ui.tour.at_pharmacy import dispense
from hms_desktop.ui.tour.at_reception import receive
from hms_desktop.ui.tour.at_triage import triage
from hms_desktop.ui.tour.cast import cast
from hms_desktop.ui.tour.walk import Walk

PASSWORD = "training"  # noqa: S105  everybody's, in a training clinic


def walk_day(walk: Walk, *, patients: int, seed: int) -> None:
    """From the first sign-in to the closed session."""
    guests = cast(seed, patients)
    walk.scene("sign-in")
    walk.picture("sign-in")
    walk.sign_in("mercy", PASSWORD)
    receive(walk, guests, unknown=True)
    walk.scene("board")
    walk.press("F8")
    walk.picture("board")
    walk.press("F8")
    walk.switch_to("akinyi", PASSWORD)
    triage(walk, guests)
    walk.switch_to("wanjiru", PASSWORD)
    first_round(walk, guests)
    malaria = next(guest for guest in guests if guest.story == "malaria")
    walk.switch_to("tesfaye", PASSWORD)
    enter_results(walk, malaria)
    walk.switch_to("grace", PASSWORD)
    release(walk, malaria)
    walk.switch_to("wanjiru", PASSWORD)
    second_round(walk, malaria)
    walk.switch_to("zawadi", PASSWORD)
    dispense(walk, guests)
    walk.switch_to("admin", PASSWORD)
    administer(walk)
    walk.switch_to("faith", PASSWORD)
    take_money(walk, guests)
    walk.scene("board")
    walk.press("F8")
    walk.picture("board-evening")
    walk.press("F8")
