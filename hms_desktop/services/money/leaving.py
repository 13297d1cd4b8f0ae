"""The last step of a visit: whoever has paid waits no longer, and goes home when nothing else is open."""

from collections.abc import Sequence

from hms_desktop.data.queries import bills
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.billing import Bill
from hms_desktop.data.work import Work
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.services.queues import finish_entry, open_entry
from hms_desktop.services.visits import try_close


def let_go(work: Work, rows: Sequence[AnyRow]) -> None:
    """For each bill that asks for nothing any more: end its patient's wait here, and close the visit if it can be."""
    for row in rows:
        standing = bills.standing(work.get(Bill, row.id))
        if standing.unpaid > 0 or standing.pending:
            continue
        waiting = open_entry(work, row.visit_id, ServicePoint.CASHIER)
        if waiting is not None:
            finish_entry(work, waiting.id, QueueState.DONE)
        try_close(work, row.visit_id)
