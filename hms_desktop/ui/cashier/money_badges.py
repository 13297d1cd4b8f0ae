"""How the states of lines, bills, payments and drawers look: by word, by shape and by colour."""

from hms_desktop.domain.bill_rows import BillLine, BillRow
from hms_desktop.domain.billing import BillState, PaymentState, SessionState
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

_PAYMENTS = {
    PaymentState.CONFIRMED: ("good", Shape.TICK),
    PaymentState.PENDING: ("warn", Shape.RING),
    PaymentState.FAILED: ("error", Shape.CROSS),
}
_BILLS = {
    BillState.OPEN: ("info", Shape.SQUARE),
    BillState.PART_PAID: ("info", Shape.DIAMOND),
    BillState.PAID: ("good", Shape.TICK),
    BillState.VOID: ("plain", Shape.CROSS),
    BillState.REFUNDED: ("plain", Shape.CROSS),
}


def payment_badge(state: PaymentState) -> Badge:
    """Pending looks unlike paid: another word, shape and colour."""
    return tone_badge(say(state), *_PAYMENTS[state])


def bill_badge(bill: BillRow) -> Badge:
    """A bill's state; what is late says so instead."""
    if bill.overdue:
        return tone_badge(tr("Overdue"), "error", Shape.TRIANGLE)
    if bill.pending and bill.owed == 0 and bill.state is not BillState.PAID:
        return payment_badge(PaymentState.PENDING)
    return tone_badge(say(bill.state), *_BILLS[bill.state])


def line_badge(line: BillLine) -> Badge | None:
    """Settled or not; what nobody has priced says so."""
    if not line.priced:
        return tone_badge(tr("No price"), "warn", Shape.TRIANGLE)
    if line.open == 0:
        return tone_badge(tr("Settled"), "good", Shape.TICK)
    return tone_badge(tr("In part"), "info", Shape.DIAMOND) if line.settled else None


def drawer_badge(state: SessionState | None, *, stale: bool) -> Badge:
    """The state of the cashier's drawer."""
    if state is None:
        return tone_badge(tr("Drawer closed"), "plain", Shape.CROSS)
    if stale:
        return tone_badge(tr("Drawer of another day"), "error", Shape.TRIANGLE)
    if state is SessionState.COUNTED:
        return tone_badge(tr("Drawer counted"), "warn", Shape.RING)
    return tone_badge(tr("Drawer open"), "good", Shape.TICK)
