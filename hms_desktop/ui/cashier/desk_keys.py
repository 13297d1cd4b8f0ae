"""The keys of this desk, in one place: bound by the window, listed by Ctrl+/."""

from hms_desktop.ui.kit.shortcuts import Shortcut
from hms_desktop.words.language import tr

PRINT_BILL = "Ctrl+P"
CHOOSE_LINE = "Space"


def shortcuts() -> list[Shortcut]:
    """What Ctrl+/ shows for the cashier."""
    return [
        Shortcut("Enter", tr("Open the chosen patient; then on to method and payment")),
        Shortcut("1 2 3 4", tr("Cash, mobile money, card, bank transfer")),
        Shortcut("Ctrl+Enter", tr("Take the payment")),
        Shortcut(CHOOSE_LINE, tr("In the bill: pay this line or leave it")),
        Shortcut("F6", tr("Patients, bill, receipts, payment: the next part")),
        Shortcut(PRINT_BILL, tr("Print the bill")),
        Shortcut("Esc", tr("Back to the patients")),
    ]
