"""Giving medicines out: from a prescription, from the batches that expire first, with what was not given still owed.

A clinic that is paid at the end gives at once and charges. One that is paid first prices, sends to the cashier, and
gives when it is settled; an emergency goes on, audited. Either way a dispensing is priced, then handed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import dispensing as queries
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.pharmacy import Dispensing
from hms_desktop.data.tables.prescriptions import Prescription
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, ReasonNeeded, WrongState
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.domain.prescriptions import PrescriptionState
from hms_desktop.domain.states import DISPENSING, step
from hms_desktop.services.charges import void_charge
from hms_desktop.services.pharmacy.hand_over import GiveBatch, give, look_again_at_allergies
from hms_desktop.services.pharmacy.lines import GiveItem, Line, check_lines, refuse_too_little, write_lines
from hms_desktop.services.pharmacy.queue import back_to_waiting, end_turn_if_served
from hms_desktop.services.service import writes
from hms_desktop.services.stock import shelf


@dataclass(frozen=True, kw_only=True)
class PricePrescription(Command):
    """Price what will be given and send the patient to the cashier."""

    prescription_id: Id
    items: tuple[GiveItem, ...]
    location_id: Id | None = None


@dataclass(frozen=True, kw_only=True)
class Dispense(Command):
    """Give medicines of a prescription now. Without `batches` the first expiry goes first. `expired_reason` lets an
    expired batch that was chosen go, `emergency_reason` goes on before it is paid; both need a right.
    """

    prescription_id: Id
    items: tuple[GiveItem, ...]
    batches: tuple[GiveBatch, ...] = ()
    expired_reason: str = ""
    emergency_reason: str = ""
    location_id: Id | None = None


@dataclass(frozen=True, kw_only=True)
class HandOver(Command):
    """Give what was priced. `allergy_override` is the reason to go against an allergy that was recorded since."""

    dispensing_id: Id
    batches: tuple[GiveBatch, ...] = ()
    expired_reason: str = ""
    emergency_reason: str = ""
    allergy_override: str = ""


@dataclass(frozen=True, kw_only=True)
class CancelPriced(Command):
    """What was priced is not given after all: its charges are taken back."""

    dispensing_id: Id
    reason: str


@dataclass(frozen=True, slots=True)
class Dispensed:
    """A dispensing. `amount` is what it costs; `label_paper_id` is None while it waits for the cashier; `owed` counts
    units of the prescription that are still to be given.
    """

    dispensing_id: Id
    number: str
    state: DispensingState
    amount: Decimal
    label_paper_id: Id | None
    owed: int


@writes("pharmacy.dispense")
def price_prescription(work: Work, command: PricePrescription) -> Dispensed:
    """Charge what will be given; the patient pays and comes back. Raises as `dispense`, but for payment and batches."""
    location = shelf(work, command.location_id)
    sheet = _live_sheet(work, command.prescription_id)
    lines = check_lines(work, sheet, command.items)
    refuse_too_little(work, lines, location)
    made = _price(work, sheet, lines, location)
    back_to_waiting(work, sheet.visit_id)
    return _outcome(work, made, None)


@writes("pharmacy.dispense")
def dispense(work: Work, command: Dispense) -> Dispensed:
    """Give medicines: stock moves, charges arise, what is left stays owed, the label is kept.

    Raises InvalidValue (`items.N.field`), AllergyConflict, NotEnoughStock, OnlyExpiredStock, BatchExpired, NotPaid,
    NotAllowed (an override without its right), StaleRecord (somebody else gave it), WrongState.
    """
    sheet = _live_sheet(work, command.prescription_id)
    lines = check_lines(work, sheet, command.items)
    made = _price(work, sheet, lines, shelf(work, command.location_id))
    label = give(
        work, work.get(Dispensing, made), batches=command.batches, expired_reason=command.expired_reason,
        emergency_reason=command.emergency_reason,
    )  # fmt: skip
    end_turn_if_served(work, sheet.visit_id)
    return _outcome(work, made, label)


@writes("pharmacy.dispense")
def hand_over(work: Work, command: HandOver) -> Dispensed:
    """Give what was priced and is paid, waived or an emergency; allergies are looked at again. Raises as `dispense`."""
    dispensing = work.get(Dispensing, command.dispensing_id)
    step(DISPENSING, DispensingState(dispensing.state), DispensingState.DISPENSED)
    look_again_at_allergies(work, dispensing, command.allergy_override)
    label = give(
        work, dispensing, batches=command.batches, expired_reason=command.expired_reason,
        emergency_reason=command.emergency_reason,
    )  # fmt: skip
    end_turn_if_served(work, dispensing.visit_id)
    return _outcome(work, dispensing.id, label)


@writes("pharmacy.dispense")
def cancel_priced(work: Work, command: CancelPriced) -> Dispensed:
    """Take a priced dispensing back: its charges become void, money that was paid for them is the patient's credit.

    Raises ReasonNeeded, WrongState.
    """
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="cancel")
    dispensing = work.get(Dispensing, command.dispensing_id)
    step(DISPENSING, DispensingState(dispensing.state), DispensingState.CANCELLED)
    change_state(work, dispensing, DispensingState.CANCELLED, reverse_reason=command.reason.strip())
    take_charges_back(work, dispensing.id, command.reason)
    end_turn_if_served(work, dispensing.visit_id)
    return _outcome(work, dispensing.id, None)


def change_state(work: Work, dispensing: AnyRow, wanted: DispensingState, **values: object) -> None:
    """One step of a dispensing, if nobody was faster. Raises WrongState."""
    state = DispensingState(dispensing.state)
    if not work.claim(Dispensing, dispensing.id, {"state": state}, state=step(DISPENSING, state, wanted), **values):
        now = DispensingState(work.get(Dispensing, dispensing.id).state)
        raise WrongState(kind="dispensing", state=now.value, wanted=wanted.value)


def take_charges_back(work: Work, dispensing_id: Id, reason: str) -> None:
    """Make the charges of a dispensing void; one that the cashier credited already stays as it is."""
    for line in queries.given_items(work, [dispensing_id]):
        if line.charge_id is not None and not queries.is_void(work, line.charge_id):
            void_charge(work, line.charge_id, reason)


def _live_sheet(reader: Reader, prescription_id: Id) -> AnyRow:
    """The prescription, when something of it can be given today. Raises NotFound, WrongState."""
    sheet = reader.get(Prescription, prescription_id)
    state = PrescriptionState(sheet.status)
    if state is PrescriptionState.ACTIVE and sheet.valid_until < reader.today:
        state = PrescriptionState.EXPIRED
    if state is not PrescriptionState.ACTIVE or sheet.voided_at is not None:
        raise WrongState(kind="prescription", state=state.value, wanted=PrescriptionState.ACTIVE.value)
    return sheet


def _price(work: Work, sheet: AnyRow, lines: Sequence[Line], location_id: Id) -> Id:
    """The dispensing with its lines and charges, waiting to be given."""
    if not lines:
        raise InvalidValue(field="items", reason="required")
    dispensing = work.insert(
        Dispensing, number=work.number(NumberKind.DISPENSING), prescription_id=sheet.id, visit_id=sheet.visit_id,
        patient_id=sheet.patient_id, location_id=location_id, state=DispensingState.PRICED, dispensed_at=work.now,
        day=work.today,
    )  # fmt: skip
    write_lines(work, sheet, dispensing, lines)
    return dispensing


def _outcome(reader: Reader, dispensing_id: Id, label: Id | None) -> Dispensed:
    row = reader.get(Dispensing, dispensing_id)
    lines = queries.given_items(reader, [dispensing_id])
    amount = sum((reader.facility.currency.from_minor(line.unit_price * line.quantity) for line in lines), ZERO)
    left = sum(each.left for each in queries.items(reader, row.prescription_id) if each.medication_id is not None)
    return Dispensed(dispensing_id, row.number, DispensingState(row.state), amount, label, left)
