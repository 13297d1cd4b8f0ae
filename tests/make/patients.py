"""Patients for tests, registered the way reception does it."""

from datetime import date
from typing import Any

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patient_records import NewAllergy, NewContact, PersonFacts
from hms_desktop.services.patients import PatientRegistered, RegisterPatient, register_patient
from tests.stores import actor_for


def person(
    given: str = "Asha",
    family: str = "Otieno",
    sex: Sex = Sex.FEMALE,
    birth_date: date | None = date(1998, 3, 5),
    **more: Any,
) -> PersonFacts:
    """What reception typed; `more` are further fields of `PersonFacts`."""
    return PersonFacts(given_name=given, family_name=family, sex=sex, birth_date=birth_date, **more)


def register(
    clinic: Clinic,
    facts: PersonFacts | None = None,
    actor: Actor | None = None,
    *,
    allergies: tuple[str, ...] = (),
    allergy_state: AllergyState = AllergyState.NOT_ASKED,
    contacts: tuple[NewContact, ...] = (),
) -> PatientRegistered:
    """Register somebody, whoever looks alike."""
    command = RegisterPatient(
        person=facts or person(), anyway=True, contacts=contacts, allergy_state=allergy_state,
        allergies=tuple(NewAllergy(substance) for substance in allergies),
    )  # fmt: skip
    return register_patient(clinic, actor or actor_for("receptionist"), command).value


def make_patient(clinic: Clinic, given: str = "Asha", family: str = "Otieno", **more: Any) -> Id:
    """A registered patient; `more` as for `person`."""
    return register(clinic, person(given, family, **more)).patient_id
