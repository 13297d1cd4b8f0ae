"""The one safety check: allergy, interaction, the same therapy twice, beside what is taken already."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.patients import Allergy, Patient
from hms_desktop.data.tables.pharmacy import Medication
from hms_desktop.data.tables.prescriptions import PrescriptionItem
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.patients import AllergySeverity, AllergyState
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dose_check import PrescribeItem
from hms_desktop.services.prescriptions import Prescribe, prescribe, search_medications
from hms_desktop.services.safety import SafetyAlert, alerts_for
from tests.make.consultations import Waiting, waiting_patient
from tests.stores import Clock, actor_for, make_user


@pytest.fixture
def patient(stocked_clinic: Clinic) -> Waiting:
    made = waiting_patient(stocked_clinic)
    with stocked_clinic.work(SYSTEM, "tests.none_known") as work:
        work.change(Patient, made.patient_id, allergy_state=AllergyState.NONE_KNOWN)
        work.finish()
    return made


def find(clinic: Clinic, text: str) -> Id:
    return search_medications(clinic, actor_for("doctor"), text)[0].id


def allergic(clinic: Clinic, patient: Waiting, substance: str, *, code: str | None = None) -> None:
    with clinic.work(SYSTEM, "tests.allergy") as work:
        work.insert(
            Allergy, patient_id=patient.patient_id, allergen_code=code, substance=substance, reaction="rash",
            severity=AllergySeverity.SEVERE, noted_on=work.today,
        )  # fmt: skip
        work.change(Patient, patient.patient_id, allergy_state=AllergyState.RECORDED)
        work.finish()


def alerts(clinic: Clinic, patient: Waiting, *medications: Id, without: tuple[Id, ...] = ()) -> list[SafetyAlert]:
    with clinic.read(actor_for("doctor")) as reader:
        return alerts_for(reader, patient.patient_id, medications, without)


def kinds(found: list[SafetyAlert]) -> list[tuple[str, str, bool]]:
    return [(alert.kind, alert.reason, alert.serious) for alert in found]


def test_nothing_speaks_against_a_medicine_for_somebody_who_takes_nothing(
    stocked_clinic: Clinic, patient: Waiting
) -> None:
    assert alerts(stocked_clinic, patient, find(stocked_clinic, "paracetamol 500")) == []
    assert alerts(stocked_clinic, patient) == []
    assert alerts(stocked_clinic, patient, new_id()) == []


def test_a_recorded_allergy_names_substance_reaction_and_severity(stocked_clinic: Clinic, patient: Waiting) -> None:
    allergic(stocked_clinic, patient, "Penicillin", code="penicillin")
    found = alerts(stocked_clinic, patient, find(stocked_clinic, "amoxi 500"))
    assert kinds(found)[0] == ("allergy", "same_class", True)
    assert (found[0].about, found[0].detail, found[0].severity) == ("Penicillin", "rash", "severe")


def test_an_allergy_in_own_words_is_understood_by_its_name(stocked_clinic: Clinic, patient: Waiting) -> None:
    allergic(stocked_clinic, patient, "amoxicillin")
    assert kinds(alerts(stocked_clinic, patient, find(stocked_clinic, "amoxi 500")))[0][0] == "allergy"


def test_two_medicines_of_one_sheet_that_must_not_meet_are_seen_once_with_advice(
    stocked_clinic: Clinic, patient: Waiting
) -> None:
    first, second = find(stocked_clinic, "warfarin"), find(stocked_clinic, "ibuprofen")
    found = alerts(stocked_clinic, patient, first, second)
    assert [(a.kind, a.medication_id) for a in found] == [("interaction", second)]
    assert found[0].detail
    assert found[0].source


def taken(clinic: Clinic, patient: Waiting, text: str) -> Id:
    doctor = make_user(clinic, "doctor")
    line = PrescribeItem(medication_id=find(clinic, text), quantity=10)
    prescribe(clinic, doctor, Prescribe(visit_id=patient.visit_id, items=(line,)))
    with clinic.read(SYSTEM) as reader:
        return Id(reader.scalar(select(PrescriptionItem.id).where(PrescriptionItem.patient_id == patient.patient_id)))


def test_what_is_taken_already_counts_unless_it_is_the_item_itself(stocked_clinic: Clinic, patient: Waiting) -> None:
    item = taken(stocked_clinic, patient, "warfarin")
    wanted = find(stocked_clinic, "ibuprofen")
    assert kinds(alerts(stocked_clinic, patient, wanted))[0][0] == "interaction"
    assert alerts(stocked_clinic, patient, wanted, without=(item,)) == []


def test_the_same_ingredient_twice_is_serious(stocked_clinic: Clinic, patient: Waiting) -> None:
    taken(stocked_clinic, patient, "paracetamol 500")
    found = alerts(stocked_clinic, patient, find(stocked_clinic, "paracetamol 500"))
    assert kinds(found) == [("duplicate", "same_ingredient", True)]


def test_a_course_that_was_given_and_has_run_out_is_over(
    stocked_clinic: Clinic, patient: Waiting, clock: Clock
) -> None:
    item = taken(stocked_clinic, patient, "warfarin")
    with stocked_clinic.work(SYSTEM, "tests.given") as work:
        work.change(PrescriptionItem, item, state=ItemState.DISPENSED, duration_days=5)
        work.finish()
    wanted = find(stocked_clinic, "ibuprofen")
    assert alerts(stocked_clinic, patient, wanted)
    clock.now += timedelta(days=7)
    assert alerts(stocked_clinic, patient, wanted) == []


def test_serious_alerts_come_first_and_not_asked_is_only_a_caution(stocked_clinic: Clinic) -> None:
    stranger = waiting_patient(stocked_clinic)
    found = alerts(stocked_clinic, stranger, find(stocked_clinic, "warfarin"), find(stocked_clinic, "ibuprofen"))
    assert [alert.serious for alert in found] == sorted((alert.serious for alert in found), reverse=True)
    assert ("allergy", "not_asked", False) in kinds(found)


def test_names_and_advice_come_in_the_language_of_who_asks(stocked_clinic: Clinic, patient: Waiting) -> None:
    from dataclasses import replace

    both = [find(stocked_clinic, "warfarin"), find(stocked_clinic, "ibuprofen")]
    with stocked_clinic.read(replace(actor_for("doctor"), language="fr")) as reader:
        french = alerts_for(reader, patient.patient_id, both)
        assert reader.get(Medication, both[0]).generic_names["fr"]
    assert french[0].detail != alerts(stocked_clinic, patient, *both)[0].detail
