"""Handing over what was priced: paid or not, out of which batches, what the item has now, the label. Steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from hms_desktop.data.queries import dispensing as queries
from hms_desktop.data.queries.safety import allergies_since
from hms_desktop.data.queries.stock import shown_name, whole_name
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.pharmacy import Dispensing, Medication, StockBatch
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.work import Work
from hms_desktop.documents.drug_label import DrugLabel, DrugLabelPaper, LabelBatch
from hms_desktop.domain.dispensing import ItemRow
from hms_desktop.domain.errors import AllergyConflict, InvalidValue, TakenBySomebody, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import AllergySeverity
from hms_desktop.domain.pharmacy import OPEN_ITEMS, DispensingState, MovementKind, Pick, state_after
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState
from hms_desktop.domain.states import DISPENSING, PRESCRIPTION, step
from hms_desktop.domain.substitution import swap
from hms_desktop.services import papers
from hms_desktop.services.catalogue import name_of
from hms_desktop.services.charges import must_be_paid
from hms_desktop.services.pharmacy.lines import variant, written_dose
from hms_desktop.services.pharmacy.units import counted
from hms_desktop.services.safety import alerts_for
from hms_desktop.services.service import require
from hms_desktop.services.stock import allocate, move


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBatch:
    """Units of a batch that the pharmacist has in the hand."""

    batch_id: Id
    quantity: int


def give(
    work: Work,
    dispensing: AnyRow,
    *,
    batches: Sequence[GiveBatch] = (),
    expired_reason: str = "",
    emergency_reason: str = "",
) -> Id:
    """Hand a priced dispensing over; returns the label's paper.

    Raises NotPaid, NotAllowed, NotEnoughStock, OnlyExpiredStock, BatchExpired, InvalidValue, TakenBySomebody,
    WrongState.
    """
    lines = queries.given_items(work, [dispensing.id])
    _settled(work, dispensing, lines, emergency_reason)
    dealt = _deal(lines, _picks(work, dispensing, lines, batches))
    for line in lines:
        for pick in dealt[line.id]:
            move(
                work, batch_id=pick.batch_id, location_id=dispensing.location_id, kind=MovementKind.DISPENSE,
                quantity=-pick.quantity, source_table="dispensing_item", source_id=line.id,
                expired_reason=expired_reason,
            )  # fmt: skip
    for line in sorted(lines, key=lambda each: each.prescription_item_id):
        _note_given(work, line)
    _done(work, dispensing)
    complete_if_given(work, dispensing.prescription_id)
    return _keep_label(work, dispensing, lines)


def look_again_at_allergies(work: Work, dispensing: AnyRow, override: str) -> None:
    """Refuse what a serious allergy speaks against by now, unless `override` says why it is given all the same.

    What was overridden at pricing stays answered, unless the allergy was recorded or changed since. Raises
    AllergyConflict (field `allergy_override`), NotAllowed.
    """
    lines = queries.given_items(work, [dispensing.id])
    mine = [item.id for item in queries.items(work, dispensing.prescription_id)]
    found = alerts_for(work, dispensing.patient_id, [line.medication_id for line in lines], mine)
    newer = allergies_since(work, dispensing.patient_id, dispensing.created_at)
    for line in lines:
        against = [each for each in found if each.is_allergy_to(line.medication_id)]
        open_ones = [each for each in against if not line.allergy_override or each.about in newer]
        if not open_ones:
            continue
        if not override.strip():
            raise AllergyConflict(
                field="allergy_override", medication=whole_name(line, work.actor.language),
                substance=open_ones[0].about, severity=open_ones[0].severity or AllergySeverity.UNKNOWN.value,
            )  # fmt: skip
        require(work.actor, "pharmacy.override")
        work.look(
            "dispensing.allergy_override", "prescription_item", line.prescription_item_id, reason=override.strip(),
            substance=open_ones[0].about, medication=line.code,
        )  # fmt: skip


def _settled(work: Work, dispensing: AnyRow, lines: Sequence[AnyRow], emergency_reason: str) -> None:
    emergency = bool(emergency_reason.strip())
    for line in lines:
        if line.charge_id is not None:
            must_be_paid(work, line.charge_id, emergency=emergency)
    if emergency:
        work.look("dispensing.emergency", "dispensing", dispensing.id, reason=emergency_reason.strip())


def _picks(
    work: Work, dispensing: AnyRow, lines: Sequence[AnyRow], batches: Sequence[GiveBatch]
) -> dict[Id, list[Pick]]:
    """Batches by medicine: those that were chosen, else first expiry first."""
    wanted: dict[Id, int] = {}
    for line in lines:
        wanted[line.medication_id] = wanted.get(line.medication_id, 0) + line.quantity
    chosen: dict[Id, list[Pick]] = {}
    for each in batches:
        batch = work.get(StockBatch, each.batch_id)
        if each.quantity < 1 or batch.medication_id not in wanted:
            raise InvalidValue(field="batches", reason="choice")
        pick = Pick(batch.id, batch.number, batch.expiry, each.quantity)
        chosen.setdefault(batch.medication_id, []).append(pick)
    for medication_id, picks in chosen.items():
        if sum(pick.quantity for pick in picks) != wanted[medication_id]:
            raise InvalidValue(field="batches", reason="sum", wanted_units=wanted[medication_id])
    rest = {each: units for each, units in wanted.items() if each not in chosen}
    found = {each: list(picks) for each, picks in allocate(work, rest, dispensing.location_id).items()}
    return chosen | found


def _deal(lines: Sequence[AnyRow], picks: dict[Id, list[Pick]]) -> dict[Id, list[Pick]]:
    """Which line gets how much of which batch, when two lines are of one medicine."""
    dealt: dict[Id, list[Pick]] = {}
    for line in lines:
        dealt[line.id], rest, pile = [], line.quantity, picks[line.medication_id]
        while rest:
            pick = pile.pop(0)
            taken = min(rest, pick.quantity)
            dealt[line.id].append(Pick(pick.batch_id, pick.number, pick.expiry, taken))
            if taken < pick.quantity:
                pile.insert(0, Pick(pick.batch_id, pick.number, pick.expiry, pick.quantity - taken))
            rest -= taken
    return dealt


def _note_given(work: Work, line: AnyRow) -> None:
    """What the prescribed item has got now. Raises WrongState (stopped meanwhile), TakenBySomebody."""
    item = work.get(PrescriptionItem, line.prescription_item_id)
    state = ItemState(item.state)
    if state not in OPEN_ITEMS or item.voided_at is not None:
        raise WrongState(kind="prescription_item", state=state.value, wanted=ItemState.DISPENSED.value)
    now = item.dispensed + line.covers
    if now > item.quantity:
        raise InvalidValue(field="quantity", reason="nothing_left")
    after = state_after(state, item.quantity, now)
    seen = {"dispensed": item.dispensed, "state": state}
    if not work.claim(PrescriptionItem, item.id, seen, dispensed=now, state=after):
        raise TakenBySomebody(kind="prescription_item", by="")


def _done(work: Work, dispensing: AnyRow) -> None:
    given = {"dispensed_at": work.now, "dispensed_by": work.actor.user_id, "day": work.today}
    state = step(DISPENSING, DispensingState(dispensing.state), DispensingState.DISPENSED)
    if not work.claim(Dispensing, dispensing.id, {"state": DispensingState.PRICED}, state=state, **given):
        raise TakenBySomebody(kind="dispensing", by="")


def complete_if_given(work: Work, prescription_id: Id) -> None:
    """A prescription of which nothing is to be given any more is completed."""
    sheet = work.get(Prescription, prescription_id)
    items = [item for item in queries.items(work, prescription_id) if item.medication_id is not None]
    if sheet.status == PrescriptionState.ACTIVE and not any(item.state in OPEN_ITEMS for item in items):
        wanted = step(PRESCRIPTION, PrescriptionState(sheet.status), PrescriptionState.COMPLETED)
        work.claim(Prescription, prescription_id, {"status": sheet.status}, status=wanted)


def _keep_label(work: Work, dispensing: AnyRow, lines: Sequence[AnyRow]) -> Id:
    items = {item.id: item for item in queries.items(work, dispensing.prescription_id)}
    batches: dict[Id, list[LabelBatch]] = {}
    for row in queries.batches_given(work, [line.id for line in lines]):
        batches.setdefault(row.source_id, []).append(LabelBatch(number=row.number, expiry=row.expiry))
    labels = tuple(_label(work, line, items[line.prescription_item_id], tuple(batches[line.id])) for line in lines)
    paper = DrugLabelPaper(
        head=papers.head(work), printed=papers.printed(work),
        patient=papers.patient_line(work, dispensing.patient_id), labels=labels, dispensed=work.today,
    )  # fmt: skip
    return papers.keep_paper(
        work, "drug-label", paper, subject_table="dispensing", subject_id=dispensing.id,
        patient_id=dispensing.patient_id, number=dispensing.number,
    )  # fmt: skip


def _label(work: Work, line: AnyRow, item: ItemRow, batches: tuple[LabelBatch, ...]) -> DrugLabel:
    language = work.actor.language
    return DrugLabel(
        medicine=shown_name(line, language), quantity=counted(line.quantity, line.unit, language),
        strength=line.strength, form=name_of("medicine_forms", line.form, language), dose=_label_dose(work, line, item),
        route=item.route, frequency=item.frequency, days=item.days, instructions=item.instructions, batches=batches,
    )  # fmt: skip


def _label_dose(work: Work, line: AnyRow, item: ItemRow) -> str:
    """The dose as it is true for what is in the bag."""
    dose = written_dose(item)
    if dose is not None and line.substituted and item.medication_id is not None:
        prescribed, given = work.get(Medication, item.medication_id), work.get(Medication, line.medication_id)
        swapped = swap(variant(prescribed), variant(given), 1, dose)
        dose = swapped.dose if swapped is not None else dose
    return dose.text if dose is not None else ""
