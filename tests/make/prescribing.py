"""What a doctor prescribes in tests: lines of medicines of the list, allergies and weights of the patient."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from hms_desktop.data.tables.patients import Allergy, Patient
from hms_desktop.data.tables.prescriptions import PrescriptionItem
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.patients import AllergySeverity, AllergyState
from hms_desktop.domain.prescriptions import MedicationRow
from hms_desktop.services import prescriptions as desk
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dose_check import PrescribeItem
from tests.make.consultations import Waiting, waiting_patient


def medicine(clinic: Clinic, doctor: Actor, text: str) -> MedicationRow:
    return desk.search_medications(clinic, doctor, text)[0]


def line(clinic: Clinic, doctor: Actor, text: str, **values: object) -> PrescribeItem:
    chosen = medicine(clinic, doctor, text)
    usual = {"dose": "500 mg", "frequency": "tds", "days": 5, **values}
    return PrescribeItem(medication_id=chosen.id, **usual)  # type: ignore[arg-type]


def prescribe(clinic: Clinic, doctor: Actor, seen: Waiting, *items: PrescribeItem) -> desk.Prescribed:
    return desk.prescribe(clinic, doctor, desk.Prescribe(visit_id=seen.visit_id, items=items)).value


def allergic(clinic: Clinic, seen: Waiting, substance: str, severity: AllergySeverity = AllergySeverity.SEVERE) -> None:
    with clinic.work(SYSTEM, "tests.allergy") as work:
        work.insert(
            Allergy, patient_id=seen.patient_id, allergen_code=substance, substance=substance, reaction="rash",
            severity=severity, noted_on=work.today,
        )  # fmt: skip
        work.change(Patient, seen.patient_id, allergy_state=AllergyState.RECORDED)
        work.finish()


def weigh(clinic: Clinic, seen: Waiting, kg: str) -> None:
    with clinic.work(SYSTEM, "tests.weigh") as work:
        work.insert(Vitals, patient_id=seen.patient_id, visit_id=seen.visit_id, taken_at=work.now, weight=Decimal(kg))
        work.finish()


def items(clinic: Clinic, seen: Waiting) -> list[Any]:
    with clinic.read(SYSTEM) as reader:
        return list(
            reader.rows(select(PrescriptionItem.__table__).where(PrescriptionItem.patient_id == seen.patient_id))
        )


def child(clinic: Clinic) -> Waiting:
    return waiting_patient(clinic, name="Baby Achieng", birth=date(2023, 3, 5))
