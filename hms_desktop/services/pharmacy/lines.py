"""The lines of a dispensing: how much of which item, as what product, past which alerts, at what price. Steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from hms_desktop.data.queries import dispensing as queries
from hms_desktop.data.queries import safety
from hms_desktop.data.queries.stock import whole_name
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.pharmacy import DispensingItem, Medication
from hms_desktop.data.tables.prescriptions import PrescriptionItem
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.dispensing import ItemRow
from hms_desktop.domain.dosing import Dose, DoseUnit, Product
from hms_desktop.domain.errors import AllergyConflict, InvalidValue, ReasonNeeded, WrongState
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.patients import AllergySeverity
from hms_desktop.domain.pharmacy import OPEN_ITEMS
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.substitution import Swap, Variant, swap, units_covered
from hms_desktop.services.charges import raise_charge
from hms_desktop.services.safety import SafetyAlert, alerts_for
from hms_desktop.services.service import require
from hms_desktop.services.stock import refuse_shortage


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveItem:
    """Units of one prescribed item. `version` is the item's as it was seen, so that nobody gives it twice.

    `medication_id` names another product with the same ingredients, with its reason; `quantity` counts units of what is
    given. `allergy_override` is the reason to go against a recorded allergy.
    """

    item_id: Id
    version: int
    quantity: int
    medication_id: Id | None = None
    substitution_reason: str = ""
    allergy_override: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that passed every rule. `covers` prescribed units are met by it."""

    wish: GiveItem
    medicine: AnyRow
    covers: int

    @property
    def substituted(self) -> bool:
        """Whether another product than the prescribed one is given."""
        return self.wish.medication_id is not None


def check_lines(work: Work, sheet: AnyRow, wishes: Sequence[GiveItem]) -> list[Line]:
    """The lines, each past every rule. Raises InvalidValue, StaleRecord, WrongState, AllergyConflict, NotAllowed."""
    known = {row.id: row for row in queries.items(work, sheet.id)}
    lines: list[Line] = []
    for index, wish in enumerate(wishes):
        at = f"items.{index}."
        if wish.item_id not in known or wish.item_id in {line.wish.item_id for line in lines}:
            raise InvalidValue(field=f"{at}item_id", reason="choice")
        work.change(PrescriptionItem, wish.item_id, wish.version)
        lines.append(_line(work, known[wish.item_id], wish, at))
    _refuse_allergies(work, sheet, lines)
    return lines


def _line(reader: Reader, item: ItemRow, wish: GiveItem, at: str) -> Line:
    if item.state not in OPEN_ITEMS:
        raise WrongState(kind="prescription_item", state=item.state.value, wanted=ItemState.DISPENSED.value)
    if item.medication_id is None:
        raise InvalidValue(field=f"{at}medication_id", reason="required")
    if wish.medication_id in {None, item.medication_id}:
        most, medicine, covers = item.left, reader.get(Medication, item.medication_id), wish.quantity
        wish = _as_prescribed(wish)
    else:
        swapped, medicine = _swapped(reader, item, wish, at)
        most = swapped.units
        mine, other = variant(reader.get(Medication, item.medication_id)), variant(medicine)
        covers = units_covered(mine, other, wish.quantity, item.left)
    if not 1 <= wish.quantity <= most or covers < 1:
        raise InvalidValue(field=f"{at}quantity", reason="range", value=wish.quantity, low=1, high=most)
    return Line(wish, medicine, covers)


def _as_prescribed(wish: GiveItem) -> GiveItem:
    return GiveItem(
        item_id=wish.item_id, version=wish.version, quantity=wish.quantity, allergy_override=wish.allergy_override
    )


def _swapped(reader: Reader, item: ItemRow, wish: GiveItem, at: str) -> tuple[Swap, AnyRow]:
    """What the other product replaces, and its row. Raises InvalidValue (`other_medicine`), ReasonNeeded."""
    assert item.medication_id is not None
    assert wish.medication_id is not None
    medicine = reader.get(Medication, wish.medication_id)
    swapped = swap(
        variant(reader.get(Medication, item.medication_id)), variant(medicine), item.left, written_dose(item)
    )
    if swapped is None or medicine.voided_at is not None:
        raise InvalidValue(field=f"{at}medication_id", reason="other_medicine")
    if not wish.substitution_reason.strip():
        raise ReasonNeeded(field=f"{at}substitution_reason", what="substitution")
    return swapped, medicine


def variant(row: AnyRow) -> Variant:
    """A medicine as substitution looks at it."""
    product = Product(row.unit, row.mg_per_unit, row.unit_ml)
    return Variant(frozenset(row.ingredients or ()), row.strength, product)


def written_dose(item: ItemRow) -> Dose | None:
    """The dose of an item; None where none was written."""
    if item.dose_amount is None or item.dose_unit not in set(DoseUnit):
        return None
    return Dose(item.dose_amount, DoseUnit(item.dose_unit))


def _refuse_allergies(work: Work, sheet: AnyRow, lines: Sequence[Line]) -> None:
    """Look again, for allergies may have been recorded since: a serious one needs a right and a reason."""
    mine = [item.id for item in queries.items(work, sheet.id)]
    found = alerts_for(work, sheet.patient_id, [line.medicine.id for line in lines], mine)
    for index, line in enumerate(lines):
        serious = [alert for alert in found if _speaks_against(alert, line)]
        if not serious:
            continue
        if not line.wish.allergy_override.strip():
            raise AllergyConflict(
                field=f"items.{index}.allergy_override", medication=whole_name(line.medicine, work.actor.language),
                substance=serious[0].about, severity=_severity(work, sheet.patient_id, serious[0]).value,
            )  # fmt: skip
        require(work.actor, "pharmacy.override")
        work.look(
            "dispensing.allergy_override", "prescription_item", line.wish.item_id,
            reason=line.wish.allergy_override.strip(), substance=serious[0].about, medication=line.medicine.code,
        )  # fmt: skip


def _speaks_against(alert: SafetyAlert, line: Line) -> bool:
    return alert.kind == "allergy" and alert.serious and alert.medication_id == line.medicine.id


def _severity(reader: Reader, patient_id: Id, alert: SafetyAlert) -> AllergySeverity:
    recorded = {row.substance: row.severity for row in safety.allergies(reader, patient_id)}
    return recorded.get(alert.about, AllergySeverity.UNKNOWN)


def refuse_too_little(reader: Reader, lines: Sequence[Line], location_id: Id) -> None:
    """Nobody is sent to pay for what is not there: what is priced for others today counts as gone.

    Raises NotEnoughStock, OnlyExpiredStock.
    """
    wanted: dict[Id, int] = {}
    for line in lines:
        wanted[line.medicine.id] = wanted.get(line.medicine.id, 0) + line.wish.quantity
    refuse_shortage(reader, wanted, location_id, queries.promised(reader, list(wanted), location_id))


def write_lines(work: Work, sheet: AnyRow, dispensing_id: Id, lines: Sequence[Line]) -> None:
    """The dispensing's lines with their charges."""
    for line in lines:
        item_id = new_id()
        name = f"{whole_name(line.medicine, work.actor.language)}"
        charge = raise_charge(
            work, visit_id=sheet.visit_id, patient_id=sheet.patient_id, kind=ChargeKind.DRUG,
            item_code=line.medicine.code, quantity=line.wish.quantity, source_table="dispensing_item",
            source_id=item_id, description=name,
        )  # fmt: skip
        work.insert(
            DispensingItem, id=item_id, dispensing_id=dispensing_id, prescription_item_id=line.wish.item_id,
            medication_id=line.medicine.id, quantity=line.wish.quantity, covers=line.covers,
            unit_price=work.facility.currency.to_minor(charge.unit_price), charge_id=charge.charge_id,
            substituted=line.substituted, substitution_reason=line.wish.substitution_reason.strip()[:300],
            allergy_override=line.wish.allergy_override.strip()[:300],
        )  # fmt: skip
