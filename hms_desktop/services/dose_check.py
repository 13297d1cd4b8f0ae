"""One line of a prescription before it is saved: how much to give, what speaks against it, a child's dose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hms_desktop.data.queries import prescriptions as queries
from hms_desktop.data.queries.weights import Weight, latest_weight
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.allergies import AlertLevel
from hms_desktop.domain.dates import age_in_years
from hms_desktop.domain.dosing import Dose, Frequency, Product, Quantity, check_child_dose, parse_dose, quantity_for
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import MedicationRow, Route
from hms_desktop.services.safety import SafetyAlert, alerts_for

CHILD_YEARS = 12
"""Below this age a dose is checked against the weight."""


@dataclass(frozen=True, kw_only=True)
class PrescribeItem:
    """One line: a medicine of the list, or free text for what the clinic does not keep.

    `dose` as typed ("500 mg"); `quantity` None: worked out from dose, frequency and days. `override_reason` answers the
    serious alerts of this line.
    """

    medication_id: Id | None = None
    free_text: str = ""
    dose: str = ""
    route: Route = Route.ORAL
    frequency: str = ""
    days: int | None = None
    quantity: int | None = None
    max_per_day: int | None = None
    instructions: str = ""
    indication: str = ""
    refills: int = 0
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class LineCheck:
    """What stands beside a line: quantity (None: a person counts), alerts, units left, the child's dose.

    `per_kg` is mg for each kilogram of `weight`; `weight_missing` asks for a weight first.
    """

    quantity: Quantity | None
    alerts: tuple[SafetyAlert, ...]
    left: int
    per_kg: Decimal | None = None
    maximum_mg: Decimal | None = None
    weight: Weight | None = None
    weight_missing: bool = False

    @property
    def serious(self) -> tuple[SafetyAlert, ...]:
        """The alerts that interrupt."""
        return tuple(alert for alert in self.alerts if alert.serious)


def check_item(reader: Reader, patient_id: Id, line: PrescribeItem, others: Sequence[Id]) -> LineCheck:
    """Check a line beside the other medicines of its sheet. Raises InvalidValue, UnsafeNotation (field `dose`)."""
    if line.medication_id is None:
        return LineCheck(None, (), 0)
    medicine = queries.medication(reader, line.medication_id)
    dose = parse_dose(line.dose, "dose") if line.dose.strip() else None
    found = alerts_for(reader, patient_id, [*others, line.medication_id])
    mine = tuple(alert for alert in found if alert.medication_id == line.medication_id)
    check = LineCheck(_quantity(line, dose, medicine), mine, medicine.left)
    if not is_child(reader, patient_id):
        return check
    return _child_check(reader, patient_id, medicine, dose, check)


def _quantity(line: PrescribeItem, dose: Dose | None, medicine: MedicationRow) -> Quantity | None:
    """Dispensing units for the course; None where a person must count."""
    if dose is None or not line.frequency:
        return None
    frequency = Frequency(line.frequency)
    if (frequency is not Frequency.ONCE and line.days is None) or (
        frequency is Frequency.AS_NEEDED and line.max_per_day is None
    ):
        return None
    product = Product(medicine.unit, medicine.mg_per_unit, medicine.unit_ml)
    return quantity_for(dose, frequency, line.days or 1, product, line.max_per_day)


def is_child(reader: Reader, patient_id: Id) -> bool:
    """Whether the patient is under twelve; an unknown age counts as adult, as its dose has no weight rule."""
    born = reader.get(Patient, patient_id).birth_date
    return born is not None and age_in_years(born, reader.today) < CHILD_YEARS


def _child_check(
    reader: Reader, patient_id: Id, medicine: MedicationRow, dose: Dose | None, check: LineCheck
) -> LineCheck:
    weight = latest_weight(reader, patient_id)
    with_limits = replace(check, weight=weight, maximum_mg=medicine.child_max_mg, weight_missing=weight is None)
    if weight is None or dose is None:
        return with_limits
    result = check_child_dose(dose.milligrams, weight.kg, medicine.child_mg_per_kg, medicine.child_max_mg)
    if not result.serious:
        return replace(with_limits, per_kg=result.per_kg)
    name = f"{medicine.name} {medicine.strength}".strip()
    alert = SafetyAlert(medicine.id, name, "child_dose", AlertLevel.SERIOUS, result.level.value, str(weight.kg))
    return replace(with_limits, per_kg=result.per_kg, alerts=(alert, *check.alerts))
