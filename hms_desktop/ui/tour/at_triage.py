"""Triage: danger signs, vital signs, a suggested colour with its reasons, the doctor's queue."""

from hms_desktop.ui.tour.cast import Guest
from hms_desktop.ui.tour.walk import Walk

KEYS = {"red": "1", "orange": "2", "yellow": "3", "green": "4"}


def triage(walk: Walk, guests: list[Guest]) -> None:
    """Everybody is measured and sent to the doctor."""
    walk.scene("triage")
    walk.picture("waiting")
    for number, guest in enumerate(guests):
        _one(walk, guest, first=number == 0)
    walk.picture("look-again")


def _one(walk: Walk, guest: Guest, *, first: bool) -> None:
    walk.select("triage.waiting", lambda row: getattr(row, "patient_name", "") == guest.name, guest.name)
    walk.press("Return")
    walk.at("triage.danger_signs")
    walk.press("N")
    if first:
        walk.picture("danger-signs")
    if walk.find("triage.pregnant") is not None:
        walk.choose("triage.pregnant", "n")
    walk.go_to("triage.complaint")
    walk.press("Return")
    walk.settled()
    walk.press("Return")
    walk.until(lambda: walk.find("triage.temperature") is not None, "the vital signs")
    for name, value in guest.vitals.items():
        walk.fill(f"triage.{name}", value)
    walk.choose("triage.avpu", "a")
    walk.settled()
    if first:
        walk.picture("vitals")
    walk.choose("triage.colour", KEYS[guest.colour])
    walk.settled()
    if walk.find("triage.override_reason") is not None:
        walk.fill("triage.override_reason", "Seen by the senior nurse")
    if first:
        walk.picture("colour")
        walk.go_to("triage.slip")
        walk.press("Space")
    walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("triage.danger_signs") is None, "the triage to be saved")
    walk.settled()
