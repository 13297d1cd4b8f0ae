"""One prescription as the pharmacist works with it: what is left of each item, from which batches, past which alerts,
at what price; what was given before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hms_desktop.data.queries import dispensing as queries
from hms_desktop.data.queries import prices, stock
from hms_desktop.data.queries.accounts import person_name
from hms_desktop.data.queries.queues import open_entry
from hms_desktop.data.queries.stock import shown_name, whole_name
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.pharmacy import Medication
from hms_desktop.data.tables.prescriptions import Prescription
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.billing import ChargeKind, ClinicProfile
from hms_desktop.domain.dispensing import GivenRow, ItemRow
from hms_desktop.domain.dosing import Dose
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.pharmacy import DispensingState, Lot, is_expired
from hms_desktop.domain.prescriptions import PrescriptionState
from hms_desktop.domain.substitution import swap
from hms_desktop.domain.visits import ServicePoint
from hms_desktop.services.charges import is_settled, payer_group_of
from hms_desktop.services.pharmacy.lines import variant, written_dose
from hms_desktop.services.pharmacy.units import counted
from hms_desktop.services.safety import SafetyAlert, alerts_for
from hms_desktop.services.service import reads
from hms_desktop.services.stock import shelf


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that can be given for an item. `units` make up what is left; `dose` is what its label will say.

    `lots` is what the shelf holds, expired ones too; `price` of one unit is None where nobody has set one.
    """

    medication_id: Id
    name: str
    strength: str
    form: str
    unit: str
    units: int
    dose: Dose | None
    lots: tuple[Lot, ...]
    usable: int
    alerts: tuple[SafetyAlert, ...]
    price: Decimal | None

    @property
    def allergies(self) -> tuple[SafetyAlert, ...]:
        """The allergies that need a reason to go on."""
        return tuple(alert for alert in self.alerts if alert.kind == "allergy" and alert.serious)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """An item; `offer` is the prescribed product, None for free text."""

    item: ItemRow
    offer: Offer | None


@dataclass(frozen=True, slots=True)
class DispenseSheet:
    """A prescription with its lines and its history. `entry_id` is the patient's place in the pharmacy's queue."""

    prescription_id: Id
    number: str
    day: date
    valid_until: date
    state: PrescriptionState
    note: str
    prescriber: str
    visit_id: Id
    patient_id: Id
    entry_id: Id | None
    location_id: Id
    pay_first: bool
    lines: tuple[SheetLine, ...]
    given: tuple[GivenRow, ...]

    @property
    def live(self) -> bool:
        """Whether something can be given of it today."""
        return self.state is PrescriptionState.ACTIVE


@reads("pharmacy.dispense")
def dispense_sheet(reader: Reader, prescription_id: Id, location_id: Id | None = None) -> DispenseSheet:
    """Everything for dispensing one prescription. Raises NotFound."""
    row = reader.get(Prescription, prescription_id)
    state = PrescriptionState(row.status)
    if state is PrescriptionState.ACTIVE and row.valid_until < reader.today:
        state = PrescriptionState.EXPIRED
    entry = open_entry(reader, row.visit_id, ServicePoint.PHARMACY)
    where = shelf(reader, location_id)
    return DispenseSheet(
        row.id, row.number, row.day, row.valid_until, state, row.note, person_name(reader, row.prescriber_id),
        row.visit_id, row.patient_id, entry.id if entry is not None else None, where,
        reader.facility.profile is ClinicProfile.PAY_FIRST, _lines(reader, row, where), _given(reader, row.id),
    )  # fmt: skip


def _lines(reader: Reader, sheet: AnyRow, location_id: Id) -> tuple[SheetLine, ...]:
    items = queries.items(reader, sheet.id)
    chosen = [item.medication_id for item in items if item.medication_id is not None]
    held = stock.lots(reader, chosen, location_id)
    open_ones = [item.medication_id for item in items if item.medication_id is not None and item.left]
    found = alerts_for(reader, sheet.patient_id, open_ones, [item.id for item in items])
    payer = payer_group_of(reader, reader.get(Visit, sheet.visit_id))
    lines = []
    for item in items:
        offer = None
        if item.medication_id is not None:
            medicine = reader.get(Medication, item.medication_id)
            alerts = [alert for alert in found if alert.medication_id == medicine.id]
            offer = _offer(reader, medicine, item.left, written_dose(item), held[medicine.id], alerts, payer)
        lines.append(SheetLine(item, offer))
    return tuple(lines)


def _offer(
    reader: Reader,
    medicine: AnyRow,
    units: int,
    dose: Dose | None,
    lots: Sequence[Lot],
    alerts: Sequence[SafetyAlert],
    payer: Id | None,
) -> Offer:
    usable = sum(lot.quantity for lot in lots if not is_expired(lot.expiry, reader.today))
    price = prices.quote(reader, ChargeKind.DRUG, medicine.code, payer).price
    return Offer(
        medicine.id, shown_name(medicine, reader.actor.language), medicine.strength, medicine.form, medicine.unit,
        units, dose, tuple(lots), usable, tuple(alerts), price,
    )  # fmt: skip


def _given(reader: Reader, prescription_id: Id) -> tuple[GivenRow, ...]:
    """What was handed over of a prescription or waits for the cashier, the newest first."""
    made = queries.dispensings(reader, prescription_id)
    lines: dict[Id, list[AnyRow]] = {row.id: [] for row in made}
    for line in queries.given_items(reader, list(lines)):
        lines[line.dispensing_id].append(line)
    return tuple(_given_row(reader, row, lines[row.id]) for row in reversed(made))


def _given_row(reader: Reader, row: AnyRow, lines: Sequence[AnyRow]) -> GivenRow:
    language = reader.actor.language
    state = DispensingState(row.state)
    settled = state is DispensingState.PRICED and all(
        line.charge_id is None or is_settled(reader, line.charge_id) for line in lines
    )
    texts = tuple(f"{whole_name(line, language)}, {counted(line.quantity, line.unit, language)}" for line in lines)
    amount = sum((reader.facility.currency.from_minor(line.unit_price * line.quantity) for line in lines), ZERO)
    person = person_name(reader, row.dispensed_by or row.created_by)
    return GivenRow(row.id, row.number, state, row.dispensed_at, person, texts, amount, settled, row.reverse_reason)


@reads("pharmacy.dispense")
def substitutes(reader: Reader, prescription_id: Id, item_id: Id, location_id: Id | None = None) -> list[Offer]:
    """Other products with the same ingredients that may be given for an item, those in stock first.

    Raises NotFound, InvalidValue (`item_id`).
    """
    sheet = reader.get(Prescription, prescription_id)
    item = next((each for each in queries.items(reader, prescription_id) if each.id == item_id), None)
    if item is None or item.medication_id is None:
        raise InvalidValue(field="item_id", reason="choice")
    mine = variant(reader.get(Medication, item.medication_id))
    fitting = [
        (row, swapped)
        for row in queries.products(reader)
        if row.id != item.medication_id
        and (swapped := swap(mine, variant(row), item.left, written_dose(item))) is not None
    ]
    ids = [row.id for row, _swapped in fitting]
    held = stock.lots(reader, ids, shelf(reader, location_id))
    payer = payer_group_of(reader, reader.get(Visit, sheet.visit_id))
    found = []
    for row, swapped in fitting:
        alerts = alerts_for(reader, sheet.patient_id, [row.id], [item_id])
        found.append(_offer(reader, row, swapped.units, swapped.dose, held[row.id], alerts, payer))
    return sorted(found, key=lambda offer: (offer.usable == 0, offer.name, offer.strength))
