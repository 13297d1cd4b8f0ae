"""Prescriptions for tests: a patient at the pharmacy with what a doctor wrote."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hms_desktop.data.tables.patients import Allergy, Patient
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import AllergySeverity, AllergyState
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState, Route
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.queues import enter_queue
from tests.make.billing import Guest, billed_patient

TODAY = date(2026, 3, 5)


@dataclass(frozen=True)
class Written:
    """One medicine as a doctor wrote it; 21 units of it unless told otherwise."""

    medication_id: Id | None
    quantity: int = 21
    dose: tuple[str, str] | None = ("500", "mg")
    frequency: str = "tds"
    days: int | None = 7
    free_text: str = ""
    override_reason: str = ""


@dataclass(frozen=True)
class Sheet:
    """A prescription, its patient and its items in the order written."""

    prescription_id: Id
    number: str
    patient_id: Id
    visit_id: Id
    items: tuple[Id, ...]


def make_prescription(
    clinic: Clinic, *written: Written | Id, guest: Guest | None = None, prescriber: Actor = SYSTEM,
    day: date = TODAY, queue: bool = True, colour: str = "", **more: Any,
) -> Sheet:  # fmt: skip
    """A prescription of today with these medicines (an id alone: 21 units); the patient waits at the pharmacy."""
    here = guest or billed_patient(clinic, **more)
    with clinic.work(SYSTEM, "tests.make_prescription") as work:
        number = work.number(NumberKind.PRESCRIPTION)
        sheet = work.insert(
            Prescription, number=number, visit_id=here.visit_id, patient_id=here.patient_id,
            status=PrescriptionState.ACTIVE, prescriber_id=prescriber.user_id, prescribed_at=work.now, day=day,
            valid_until=day + timedelta(days=30),
        )  # fmt: skip
        items = work.insert_many(PrescriptionItem, [_item(sheet, here, each) for each in written])
        if queue:
            enter_queue(work, visit_id=here.visit_id, service_point=ServicePoint.PHARMACY, colour=colour)
        work.finish()
    return Sheet(sheet, number, here.patient_id, here.visit_id, tuple(items))


def _item(sheet: Id, here: Guest, each: Written | Id) -> dict[str, Any]:
    line = each if isinstance(each, Written) else Written(each)
    return {
        "prescription_id": sheet, "patient_id": here.patient_id, "medication_id": line.medication_id,
        "free_text": line.free_text, "dose_amount": Decimal(line.dose[0]) if line.dose else None,
        "dose_unit": line.dose[1] if line.dose else "", "route": Route.ORAL, "frequency": line.frequency,
        "duration_days": line.days, "quantity": line.quantity, "dispensed": 0, "instructions": "With food",
        "state": ItemState.ACTIVE, "refills_allowed": 0, "refills_left": 0, "alerts": [],
        "override_reason": line.override_reason,
    }  # fmt: skip


def allergic_to(
    clinic: Clinic, patient_id: Id, substance: str, severity: AllergySeverity = AllergySeverity.SEVERE
) -> None:
    """Record an allergy."""
    with clinic.work(SYSTEM, "tests.allergic_to") as work:
        work.change(Patient, patient_id, allergy_state=AllergyState.RECORDED)
        work.insert(Allergy, patient_id=patient_id, substance=substance, severity=severity, noted_on=work.today)
        work.finish()


def seen_by_doctor(clinic: Clinic, visit_id: Id) -> None:
    """The consultation of this visit is completed."""
    with clinic.work(SYSTEM, "tests.seen_by_doctor") as work:
        entry = enter_queue(work, visit_id=visit_id, service_point=ServicePoint.DOCTOR)
        work.change(QueueEntry, entry, state=QueueState.COMPLETED, done_at=work.now)
        work.finish()
