"""The lab bench: collect and label, receive, enter, call what is critical, release by a second person, report."""

from hms_desktop.ui.tour.cast import Guest
from hms_desktop.ui.tour.walk import Walk

VALUES = {"malaria_rdt": "p", "haemoglobin": "8.9", "potassium": "6.9"}
"""Positive; low; critically high."""


def enter_results(walk: Walk, guest: Guest) -> None:
    """A technician collects, receives and enters."""
    walk.scene("lab")
    walk.press("Alt+1")
    walk.select("lab.to_collect", lambda row: _is_of(row, guest), guest.name)
    walk.picture("to-collect")
    walk.press("Return")
    walk.settled()
    walk.go_to("lab.received")
    walk.press("Space")
    walk.press("Ctrl+Return")
    walk.settled()
    walk.picture("collected")
    walk.press("Alt+2")
    walk.settled()
    waiting = [getattr(row, "id", None) for row in walk.rows("lab.bench").rows() if _is_of(row, guest)]
    for specimen in waiting:
        _enter_one(walk, guest, specimen)
    walk.picture("bench")


def _is_of(row: object, guest: Guest) -> bool:
    order = getattr(row, "order", row)
    person = getattr(order, "person", None)
    return getattr(person, "name", "") == guest.name


def _enter_one(walk: Walk, guest: Guest, specimen: object) -> None:
    walk.select("lab.bench", lambda row: getattr(row, "id", None) == specimen, guest.name)
    walk.press("Return")
    walk.settled()
    if walk.find("lab.receive") is not None:
        walk.use("lab.receive")
        walk.settled()
    for code, typed in VALUES.items():
        name = f"lab.value_{code}"
        if walk.find(name) is not None:
            walk.go_to(name)
            walk.type(typed)
            walk.press("Return")
            if code == "potassium":
                walk.settled()
                walk.picture("critical")
                walk.press("Return")
    walk.press("Ctrl+Return")
    walk.settled()
    if walk.find("lab.call") is not None:
        _call(walk)


def _call(walk: Walk) -> None:
    """A critical result opens the call log by itself."""
    walk.fill("lab.called_person", "Dr Wanjiru Mwangi")
    walk.go_to("lab.read_back")
    walk.press("Space")
    walk.picture("critical-call")
    walk.press("Ctrl+Return")
    walk.until(lambda: walk.find("lab.call") is None, "the call to be noted")
    walk.settled()


def release(walk: Walk, guest: Guest) -> None:
    """A second person looks and releases; the report is printed."""
    walk.scene("lab")
    walk.press("Alt+3")
    walk.select("lab.to_release", lambda row: _is_of(row, guest), guest.name)
    walk.settled()
    walk.press("Return")
    walk.settled()
    walk.picture("to-release")
    walk.press("Ctrl+Return")
    walk.settled()
    walk.press("Alt+4")
    walk.settled()
    walk.select("lab.done", lambda row: _is_of(row, guest), guest.name)
    walk.settled()
    walk.picture("done")
    walk.use("lab.report")
    walk.settled()
