"""The keys of this desk, in one place: bound by the window, named on buttons, listed by Ctrl+/."""

from hms_desktop.ui.kit.shortcuts import Shortcut
from hms_desktop.words.language import tr

NEW_PATIENT = "Ctrl+N"
UNKNOWN_PERSON = "F9"


def shortcuts() -> list[Shortcut]:
    """What Ctrl+/ shows for reception."""
    return [
        Shortcut("Enter", tr("Open the chosen patient")),
        Shortcut("↑ ↓", tr("Choose in the list while typing")),
        Shortcut(NEW_PATIENT, tr("Register a new patient")),
        Shortcut(UNKNOWN_PERSON, tr("Emergency: an unknown person, straight to red")),
        Shortcut("Ctrl+Enter", tr("Register, save, open the visit")),
        Shortcut("F6", tr("To the known people who look alike, and back")),
        Shortcut("Esc", tr("Back to the search")),
    ]
