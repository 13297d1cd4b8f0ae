"""The keys of this desk, in one place: bound by the window, listed by Ctrl+/."""

from hms_desktop.ui.kit.shortcuts import Shortcut
from hms_desktop.words.language import tr

SCAN = "F9"
GIVEN = "F7"


def shortcuts() -> list[Shortcut]:
    """What Ctrl+/ shows for the pharmacy."""
    return [
        Shortcut(SCAN, tr("Scan or type a number: prescription, card, ticket, medicine, batch")),
        Shortcut("Alt+1 … Alt+7", tr("Queue, give, owed, stock, receive, expiring, to order")),
        Shortcut("Ctrl+PgUp / PgDown", tr("The part before or after")),
        Shortcut("Enter", tr("In a list: open; in a quantity: the next medicine")),
        Shortcut("F6", tr("From the list to its details and back")),
        Shortcut("Ctrl+Enter", tr("Give and print the labels; receive the delivery")),
        Shortcut(GIVEN, tr("What was given of this prescription before")),
        Shortcut("Esc", tr("Back to the queue")),
    ]
