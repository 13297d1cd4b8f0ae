"""Steps of the laboratory's services inside their own transactions: the lock, the order that follows its items, and the
patient who goes to the lab and comes back to the doctor.
"""

from collections.abc import Collection, Sequence

from hms_desktop.data.queries import lab as queries
from hms_desktop.data.queries import lab_orders as order_queries
from hms_desktop.data.queries import lab_results as result_queries
from hms_desktop.data.queries import lab_reviews as review_queries
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.lab import LabOrder, LabOrderItem, LabResult, ResultReview
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.errors import NotFound
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState, ResultStatus
from hms_desktop.domain.lab_values import CRITICAL_FLAGS
from hms_desktop.domain.labrules import order_state
from hms_desktop.domain.states import LAB_ORDER, LAB_ORDER_ITEM, step
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitState
from hms_desktop.services.queues import enter_queue, finish_entry, open_entry
from hms_desktop.services.visits import try_close


def lock_order(work: Work, order_id: Id) -> AnyRow:
    """An order as it stands now, with the other orders of its visit kept from other stations. Raises NotFound."""
    visit_id = work.get(LabOrder, order_id).visit_id
    return next(row for row in queries.locked_orders(work, visit_id) if row.id == order_id)


def items_of(work: Work, order_id: Id, wanted: Collection[Id]) -> list[AnyRow]:
    """The wanted items of an order, in its order. Raises NotFound for one that is not of this order."""
    found = [row for row in order_queries.items(work, [order_id]) if row.id in wanted]
    for missing in sorted(set(wanted) - {row.id for row in found}):
        raise NotFound(kind="lab_order_item", id=missing)
    return found


def move_item(work: Work, item_id: Id, state: OrderState, wanted: OrderState, **values: object) -> None:
    """One step of an item from the state seen under the lock. Raises WrongState."""
    step(LAB_ORDER_ITEM, OrderState(state), wanted)
    work.claim(LabOrderItem, item_id, {"state": state}, state=wanted, **values)


def drop_results(work: Work, item_ids: Collection[Id]) -> None:
    """Take back what was entered of items and not released: their specimen is no good, or nobody wants them."""
    for row in result_queries.preliminary(work, item_ids):
        work.claim(
            LabResult, row.id, {"status": ResultStatus.PRELIMINARY}, status=ResultStatus.CANCELLED, current=False
        )


def settle(work: Work, order: AnyRow) -> OrderState:
    """Let an order follow its items; when the visit waits for nothing more, the patient goes back to the doctor."""
    states = [OrderState(row.state) for row in order_queries.items(work, [order.id])]
    wanted, known = order_state(states), OrderState(order.state)
    if wanted is not known:
        step(LAB_ORDER, known, wanted)
        done = work.now if wanted is OrderState.COMPLETED else None
        work.change(LabOrder, order.id, state=wanted, completed_at=done)
    _leave_collection(work, order.visit_id)
    if wanted is not known and wanted in {OrderState.COMPLETED, OrderState.CANCELLED}:
        _back_to_doctor(work, order.visit_id)
    return wanted


def _leave_collection(work: Work, visit_id: Id) -> None:
    """Nothing more to take: the patient need not wait at the lab."""
    entry = open_entry(work, visit_id, ServicePoint.LAB)
    if entry is None or order_queries.uncollected(work, visit_id):
        return
    if entry.state in {QueueState.WAITING, QueueState.CALLED}:
        mine = {"state": QueueState.IN_SERVICE, "claimed_by": work.actor.user_id, "started_at": work.now}
        work.claim(QueueEntry, entry.id, {"state": entry.state}, **mine)
    finish_entry(work, entry.id, QueueState.DONE)


def _back_to_doctor(work: Work, visit_id: Id) -> None:
    """All results are there: the patient waits for the doctor again, on top of the colour, with the old waiting time.
    Who has seen the doctor already goes home when nothing else is open.
    """
    if order_queries.open_orders(work, visit_id):
        return
    entry = open_entry(work, visit_id, ServicePoint.DOCTOR)
    if entry is not None:
        sent = {"state": QueueState.SENT_TO_LAB}
        work.claim(QueueEntry, entry.id, sent, state=QueueState.WAITING, returned=True, claimed_by=None)
    try_close(work, visit_id)


def send_to_lab(work: Work, visit_id: Id, colour: str) -> bool:
    """Who sits with the doctor goes to the lab and keeps the place there; returns whether the doctor's entry moved."""
    enter_queue(work, visit_id=visit_id, service_point=ServicePoint.LAB, colour=colour)
    entry = open_entry(work, visit_id, ServicePoint.DOCTOR)
    if entry is None or entry.state != QueueState.WITH_DOCTOR:
        return False
    return work.claim(QueueEntry, entry.id, {"state": QueueState.WITH_DOCTOR}, state=QueueState.SENT_TO_LAB)


def call_back_to_lab(work: Work, visit_id: Id) -> None:
    """Something must be taken again: who is still here waits at the lab."""
    visit = work.get(Visit, visit_id)
    if visit.state == VisitState.OPEN:
        enter_queue(work, visit_id=visit_id, service_point=ServicePoint.LAB, colour=visit.colour)


def ask_for_review(work: Work, result: AnyRow) -> None:
    """A result leaves the lab: until a doctor has seen it, it can't be lost. Who acknowledged a critical one before its
    release has.
    """
    told = [call for call in result_queries.calls_about(work, result.id) if call.acknowledged_at is not None]
    work.insert(
        ResultReview, result_id=result.id, visit_id=result.visit_id, patient_id=result.patient_id,
        reviewed_by=told[0].acknowledged_by if told else None, reviewed_at=told[0].acknowledged_at if told else None,
    )  # fmt: skip


def seen_at_visit(work: Work, visit_id: Id) -> None:
    """A doctor ends the consultation with the chart open: what the lab had released was seen. A critical value waits
    for its own acknowledgement.
    """
    for row in review_queries.unseen_of_visit(work, visit_id):
        if row.flag not in CRITICAL_FLAGS:
            _seen(work, row.id)


def seen_by_acknowledging(work: Work, result_id: Id) -> None:
    """A doctor has acknowledged a critical result, released or not."""
    review = review_queries.review_of(work, result_id)
    if review is not None:
        _seen(work, review.id)


def _seen(work: Work, review_id: Id) -> None:
    now = {"reviewed_by": work.actor.user_id, "reviewed_at": work.now}
    work.claim(ResultReview, review_id, {"reviewed_at": None}, **now)


def charges_of(items: Sequence[AnyRow]) -> list[Id]:
    """The charges of items, each once, in their order."""
    return list(dict.fromkeys(item.charge_id for item in items if item.charge_id is not None))
