"""Who waits at the pharmacy and what is owed; steps that end a patient's turn there."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import dispensing as queries
from hms_desktop.data.queries import queues as queue_queries
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.dispensing import FoundRow, OwedRow, PayState, PharmacyRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.domain.states import QUEUE_ENTRY, step
from hms_desktop.domain.visits import QueueRow, QueueState, ServicePoint
from hms_desktop.services.queues import finish_entry, open_entry
from hms_desktop.services.service import reads, writes
from hms_desktop.services.visits import try_close


@dataclass(frozen=True, kw_only=True)
class LeaveOwed(Command):
    """The patient goes without what could not be given: it stays owed."""

    visit_id: Id


@reads("pharmacy.view")
def pharmacy_queue(reader: Reader) -> list[PharmacyRow]:
    """Who waits at the pharmacy, by colour and waiting time; one row a prescription."""
    entries = queue_queries.waiting(reader, ServicePoint.PHARMACY)
    visits = [entry.visit_id for entry in entries]
    items = queries.open_items_of_visits(reader, visits)
    shelf = queries.usable_by_medicine(reader, {row.medication_id for row in items})
    pay = {row.prescription_id: _pay(reader, row) for row in queries.priced_sheets(reader, visits)}
    found: list[PharmacyRow] = []
    for entry in entries:
        mine = [row for row in items if row.visit_id == entry.visit_id]
        found += _rows(entry, mine, shelf, pay)
    return found


def _rows(
    entry: QueueRow, items: Sequence[AnyRow], shelf: dict[Id, int], pay: dict[Id, tuple[PayState, Decimal]]
) -> list[PharmacyRow]:
    by_sheet: dict[Id, list[AnyRow]] = {}
    for row in items:
        by_sheet.setdefault(row.prescription_id, []).append(row)
    if not by_sheet:
        return [PharmacyRow(entry.id, entry, None, "", 0, 0, PayState.NONE, ZERO)]
    found = []
    for sheet, rows in by_sheet.items():
        whole = sum(shelf.get(row.medication_id, 0) >= row.left for row in rows)
        state, amount = pay.get(sheet, (PayState.NONE, ZERO))
        found.append(PharmacyRow(sheet, entry, sheet, rows[0].number, len(rows), whole, state, amount))
    return found


def _pay(reader: Reader, row: AnyRow) -> tuple[PayState, Decimal]:
    return PayState.TO_PAY if row.open else PayState.PAID, reader.facility.currency.from_minor(int(row.amount))


@reads("pharmacy.view")
def owed_list(reader: Reader) -> list[OwedRow]:
    """What patients who went home have not got, the oldest first, with what is on the shelf now."""
    return queries.owed_items(reader)


@reads("pharmacy.view")
def prescriptions_of_patient(reader: Reader, patient_id: Id) -> list[FoundRow]:
    """A patient's prescriptions, the newest first."""
    return queries.of_patient(reader, patient_id)


@writes("pharmacy.dispense")
def leave_owed(work: Work, command: LeaveOwed) -> bool:
    """End the patient's turn at the pharmacy with something still owed. Whether there was a turn to end."""
    return end_turn(work, command.visit_id)


def end_turn_if_served(work: Work, visit_id: Id) -> None:
    """End the turn when every prescription of the visit was attended to and none waits for the cashier; then close the
    visit if nothing else is open.
    """
    if not _waits_for_more(work, visit_id):
        end_turn(work, visit_id)
    try_close(work, visit_id)


def _waits_for_more(reader: Reader, visit_id: Id) -> bool:
    made = queries.dispensings_of_visit(reader, visit_id)
    if any(row.state == DispensingState.PRICED for row in made):
        return True
    attended = {row.prescription_id for row in made if row.state == DispensingState.DISPENSED}
    sheets = {row.prescription_id for row in queries.open_items_of_visits(reader, [visit_id])}
    return bool(sheets - attended)


def end_turn(work: Work, visit_id: Id) -> bool:
    """Finish the patient's entry in the pharmacy's queue, if there is one."""
    entry = open_entry(work, visit_id, ServicePoint.PHARMACY)
    if entry is None:
        return False
    if entry.state != QueueState.IN_SERVICE:
        _serve(work, entry)
    finish_entry(work, entry.id, QueueState.DONE)
    return True


def _serve(work: Work, entry: AnyRow) -> None:
    """Who is given something is being served, called or not."""
    step(QUEUE_ENTRY, QueueState(entry.state), QueueState.IN_SERVICE)
    begun = {"started_at": entry.started_at or work.now, "claimed_by": work.actor.user_id}
    work.claim(QueueEntry, entry.id, {"state": entry.state}, state=QueueState.IN_SERVICE, **begun)


def back_to_waiting(work: Work, visit_id: Id) -> None:
    """The patient goes to the cashier and comes back: waiting again, with the waiting time kept."""
    entry = open_entry(work, visit_id, ServicePoint.PHARMACY)
    if entry is not None and entry.state != QueueState.WAITING:
        step(QUEUE_ENTRY, QueueState(entry.state), QueueState.WAITING)
        work.claim(
            QueueEntry, entry.id, {"state": entry.state}, state=QueueState.WAITING, claimed_by=None, called_at=None
        )
