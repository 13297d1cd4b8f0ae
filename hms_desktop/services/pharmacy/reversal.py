"""Taking a hand-over back exactly, and not giving what was prescribed."""

from dataclasses import dataclass

from hms_desktop.data.queries import dispensing as queries
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.pharmacy import Dispensing
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import ReasonNeeded, TakenBySomebody, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import DispensingState, MovementKind, state_after
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState
from hms_desktop.domain.states import PRESCRIPTION, PRESCRIPTION_ITEM, step
from hms_desktop.domain.visits import ServicePoint, VisitState
from hms_desktop.services.dispensing import change_state, take_charges_back
from hms_desktop.services.pharmacy.hand_over import complete_if_given
from hms_desktop.services.pharmacy.queue import end_turn_if_served
from hms_desktop.services.queues import enter_queue
from hms_desktop.services.service import writes
from hms_desktop.services.stock import move


@dataclass(frozen=True, kw_only=True)
class ReverseDispensing(Command):
    """The medicines came back: everything as it was before."""

    dispensing_id: Id
    reason: str


@dataclass(frozen=True, kw_only=True)
class WithholdItem(Command):
    """An item, or the rest of it, is not given: an allergy, the patient does not want it, it is bought elsewhere."""

    item_id: Id
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class DispensingReversed:
    """How many movements were undone, and how many units went back."""

    movements: int
    units: int


@writes("pharmacy.reverse")
def reverse_dispensing(work: Work, command: ReverseDispensing) -> DispensingReversed:
    """Put every unit back into the batch and location it came from; charges become void, items are owed again.

    Money that was paid is the patient's credit, for the cashier to give back. Raises ReasonNeeded, WrongState.
    """
    reason = command.reason.strip()
    if not reason:
        raise ReasonNeeded(field="reason", what="reversal")
    dispensing = work.get(Dispensing, command.dispensing_id)
    change_state(work, dispensing, DispensingState.REVERSED, reversed_at=work.now, reverse_reason=reason[:300])
    lines = queries.given_items(work, [dispensing.id])
    movements = queries.batches_given(work, [line.id for line in lines])
    for row in movements:
        move(
            work, batch_id=row.batch_id, location_id=row.location_id, kind=MovementKind.REVERSAL,
            quantity=-row.quantity, source_table="stock_movement", source_id=row.id, reason=reason,
        )  # fmt: skip
    for line in sorted(lines, key=lambda each: each.prescription_item_id):
        _owed_again(work, line)
    take_charges_back(work, dispensing.id, reason)
    _reopen(work, dispensing)
    return DispensingReversed(len(movements), -sum(row.quantity for row in movements))


def _owed_again(work: Work, line: AnyRow) -> None:
    item = work.get(PrescriptionItem, line.prescription_item_id)
    state, left = ItemState(item.state), item.dispensed - line.covers
    after = state_after(state, item.quantity, left)
    if after is not state:
        step(PRESCRIPTION_ITEM, state, after)
    seen = {"dispensed": item.dispensed, "state": state}
    if not work.claim(PrescriptionItem, item.id, seen, dispensed=left, state=after):
        raise TakenBySomebody(kind="prescription_item", by="")


def _reopen(work: Work, dispensing: AnyRow) -> None:
    """The prescription is active again, and the patient who is still here waits at the pharmacy."""
    sheet = work.get(Prescription, dispensing.prescription_id)
    owed = any(item.left for item in queries.items(work, sheet.id) if item.medication_id is not None)
    if sheet.status == PrescriptionState.COMPLETED and owed:
        wanted = step(PRESCRIPTION, PrescriptionState.COMPLETED, PrescriptionState.ACTIVE)
        work.claim(Prescription, sheet.id, {"status": sheet.status}, status=wanted)
    if owed and work.get(Visit, dispensing.visit_id).state == VisitState.OPEN:
        enter_queue(work, visit_id=dispensing.visit_id, service_point=ServicePoint.PHARMACY)


@writes("pharmacy.dispense")
def withhold_item(work: Work, command: WithholdItem) -> None:
    """Stop an item from the pharmacy's side; what was given stays given, and the prescriber sees the reason.

    Raises ReasonNeeded, WrongState (also while some of it waits for the cashier), StaleRecord.
    """
    reason = command.reason.strip()
    if not reason:
        raise ReasonNeeded(field="reason", what="withhold")
    item = work.get(PrescriptionItem, command.item_id)
    step(PRESCRIPTION_ITEM, ItemState(item.state), ItemState.STOPPED)
    if queries.priced_units(work, [item.id]):
        raise WrongState(kind="dispensing", state=DispensingState.PRICED.value, wanted=ItemState.STOPPED.value)
    work.change(
        PrescriptionItem, item.id, command.version, state=ItemState.STOPPED, stopped_at=work.now,
        stopped_by=work.actor.user_id, stop_reason=reason[:300],
    )  # fmt: skip
    complete_if_given(work, item.prescription_id)
    end_turn_if_served(work, work.get(Prescription, item.prescription_id).visit_id)
