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
from hms_desktop.domain.dosing import (
    MOST_UNITS_A_LINE,
    ChildDoseLevel,
    Dose,
    Frequency,
    LargeDose,
    Product,
    Quantity,
    check_child_dose,
    dose_in_mg,
    large_dose,
    parse_dose,
    quantity_for,
    show_amount,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import MedicationRow, Route
from hms_desktop.services.safety import NO_MEDICATION, SafetyAlert, alerts_for, alerts_of_typed

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
    """Check a line beside the `others` that stand before it on its sheet; one of them may be the same medicine.

    Raises InvalidValue, UnsafeNotation (field `dose`).
    """
    dose = parse_dose(line.dose, "dose") if line.dose.strip() else None
    if line.medication_id is None:
        return _typed_check(reader, patient_id, line, dose, others)
    medicine = queries.medication(reader, line.medication_id)
    found = alerts_for(reader, patient_id, [*others, line.medication_id])
    mine = [alert for alert in found if alert.medication_id == line.medication_id]
    quantity = _quantity(line, dose, medicine)
    large = _large(line, dose, _product(medicine), quantity)
    if large is not None:
        mine.insert(0, _alert(medicine, "large_dose", AlertLevel.SERIOUS, large.value, _amount_text(line, quantity)))
    check = LineCheck(quantity, tuple(mine), medicine.left)
    if not is_child(reader, patient_id):
        return check
    return _child_check(reader, patient_id, medicine, dose, check)


def _typed_check(
    reader: Reader, patient_id: Id, line: PrescribeItem, dose: Dose | None, others: Sequence[Id]
) -> LineCheck:
    """What can be checked about a medicine that the clinic does not keep: by its name, and how much of it."""
    name = line.free_text.strip()
    if not name:
        return LineCheck(None, (), 0)
    alerts = alerts_of_typed(reader, patient_id, name, others)
    large = _large(line, dose, Product(""), None)
    if large is not None:
        about = _amount_text(line, None)
        alerts.insert(0, SafetyAlert(NO_MEDICATION, name, "large_dose", AlertLevel.SERIOUS, large.value, about))
    return LineCheck(None, tuple(alerts), 0)


def _alert(medicine: MedicationRow, kind: str, level: AlertLevel, reason: str, about: str) -> SafetyAlert:
    return SafetyAlert(medicine.id, f"{medicine.name} {medicine.strength}".strip(), kind, level, reason, about)


def _large(line: PrescribeItem, dose: Dose | None, product: Product, quantity: Quantity | None) -> LargeDose | None:
    """Whether the take or the whole line is implausibly large."""
    found = large_dose(dose, product, swallowed=line.route is Route.ORAL) if dose is not None else None
    units = line.quantity if line.quantity is not None else quantity.units if quantity is not None else 0
    return found or (LargeDose.LARGE_QUANTITY if units > MOST_UNITS_A_LINE else None)


def _amount_text(line: PrescribeItem, quantity: Quantity | None) -> str:
    """What is asked about: the dose, and how many units where that is known."""
    units = line.quantity if line.quantity is not None else quantity.units if quantity is not None else None
    return " × ".join(part for part in (line.dose.strip(), str(units or "")) if part)


def _product(medicine: MedicationRow) -> Product:
    return Product(medicine.unit, medicine.mg_per_unit, medicine.unit_ml)


def _quantity(line: PrescribeItem, dose: Dose | None, medicine: MedicationRow) -> Quantity | None:
    """Dispensing units for the course; None where a person must count."""
    if dose is None or not line.frequency:
        return None
    frequency = Frequency(line.frequency)
    if (frequency is not Frequency.ONCE and line.days is None) or (
        frequency is Frequency.AS_NEEDED and line.max_per_day is None
    ):
        return None
    return quantity_for(dose, frequency, line.days or 1, _product(medicine), line.max_per_day)


def is_child(reader: Reader, patient_id: Id) -> bool:
    """Whether the patient is under twelve; an unknown age counts as adult, as its dose has no weight rule."""
    born = reader.get(Patient, patient_id).birth_date
    return born is not None and age_in_years(born, reader.today) < CHILD_YEARS


def _child_check(
    reader: Reader, patient_id: Id, medicine: MedicationRow, dose: Dose | None, check: LineCheck
) -> LineCheck:
    """The child's dose by weight and most a take; what could not be checked is said."""
    weight = latest_weight(reader, patient_id)
    kg = weight.kg if weight is not None else None
    with_limits = replace(check, weight=weight, maximum_mg=medicine.child_max_mg, weight_missing=weight is None)
    if dose is None:
        return with_limits
    in_mg = dose_in_mg(dose, _product(medicine))
    result = check_child_dose(in_mg, kg, medicine.child_mg_per_kg, medicine.child_max_mg)
    if not result.serious and result.level not in _SAID:
        return replace(with_limits, per_kg=result.per_kg)
    level = AlertLevel.SERIOUS if result.serious else AlertLevel.CAUTION
    alert = _alert(medicine, "child_dose", level, result.level.value, show_amount(kg) if kg is not None else "")
    alerts = (alert, *check.alerts) if result.serious else (*check.alerts, alert)
    return replace(with_limits, per_kg=result.per_kg, alerts=alerts)


_SAID = frozenset({ChildDoseLevel.LOW, ChildDoseLevel.NO_RULE, ChildDoseLevel.NOT_COMPARED})
"""What stands inline beside a child's dose: too little, or not checked."""
