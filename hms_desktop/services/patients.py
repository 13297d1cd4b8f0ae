"""Patients: find them, register them, correct their details, keep their allergies. The steps: `patient_records.py`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hms_desktop.data.queries import patients as queries
from hms_desktop.data.queries import settings
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.patients import Allergy, Patient
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, NotFound, PossibleDuplicate
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import Person, fold
from hms_desktop.domain.patients import (
    AllergenRow,
    AllergySeverity,
    AllergyState,
    DuplicateRow,
    PatientBanner,
    PatientDetails,
    PatientHit,
    PayerGroupRow,
    Sex,
    check_allergies,
    full_name,
)
from hms_desktop.services import patient_records as records
from hms_desktop.services import patient_search
from hms_desktop.services.patient_records import NewAllergy, NewContact, PersonFacts
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class RegisterPatient(Command):
    """A new patient. `anyway` after the likely duplicates were shown and none is the same person."""

    person: PersonFacts
    contacts: tuple[NewContact, ...] = ()
    allergy_state: AllergyState = AllergyState.NOT_ASKED
    allergies: tuple[NewAllergy, ...] = ()
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class PatientRegistered:
    """The new record, its number and the paper of its card; `print_card` when the clinic prints by itself."""

    patient_id: Id
    mrn: str
    card_paper_id: Id
    print_card: bool = True


@dataclass(frozen=True, kw_only=True)
class CorrectPatient(Command):
    """Other details of a known patient. `version` is the one that the person saw; contacts become those given here."""

    patient_id: Id
    version: int
    person: PersonFacts
    contacts: tuple[NewContact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PrintCard(Command):
    """The patient's card: a COPY of the last one, or a new one when something on it is no longer true."""

    patient_id: Id


@dataclass(frozen=True, kw_only=True)
class RecordAllergy(Command):
    """A substance the patient must not get; `code` when it is of the clinic's list."""

    patient_id: Id
    substance: str
    code: str | None = None
    reaction: str = ""
    severity: AllergySeverity = AllergySeverity.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class StateNoAllergies(Command):
    """Somebody asked, and the patient knows of no allergy."""

    patient_id: Id


@dataclass(frozen=True, kw_only=True)
class VoidAllergy(Command):
    """An allergy that was recorded wrongly."""

    allergy_id: Id
    reason: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What is known of somebody while the form is still being filled: for the likely duplicates."""

    name: str = ""
    sex: Sex | None = None
    birth_date: date | None = None
    birth_estimated: bool = False
    phone: str = ""
    national_id: str = ""
    but: Id | None = field(default=None)


@reads("patients.view")
def find_patients(reader: Reader, text: str, limit: int = 20) -> list[PatientHit]:
    """Patients for a typed line, each with the reason; who was here lately first. Nothing typed: the last ones here.

    Finds name parts in any order, without accents, whole or begun; numbers with or without dashes, and those on
    other papers of the patient (visit, specimen, receipt, …); a phone's tail; a
    national ID; and when nobody is called so, names that sound alike or are one letter off. `28y` or a year narrows.
    """
    return patient_search.find(reader, text, limit)


@reads("patients.view")
def possible_duplicates(reader: Reader, candidate: Candidate) -> list[DuplicateRow]:
    """Known patients who may be the one being registered, likeliest first."""
    sex = candidate.sex.value if candidate.sex else ""
    person = Person(
        "", candidate.name, candidate.birth_date, candidate.birth_estimated, sex, candidate.phone,
        candidate.national_id.strip(),
    )  # fmt: skip
    return patient_search.duplicates(reader, person, candidate.but)


@reads("patients.view")
def patient_banner(reader: Reader, patient_id: Id) -> PatientBanner:
    """What stays on screen while a record is open. Raises NotFound."""
    return queries.banner(reader, patient_id)


@reads("patients.view")
def patient_details(reader: Reader, patient_id: Id) -> PatientDetails:
    """Everything that the form for correcting shows. Raises NotFound."""
    return queries.details(reader, patient_id)


@reads("patients.view")
def payer_groups(reader: Reader) -> list[PayerGroupRow]:
    """The payer groups to choose from."""
    return queries.payer_groups(reader)


@reads("patients.view")
def find_allergens(reader: Reader, text: str, limit: int = 20) -> list[AllergenRow]:
    """Substances of the clinic's list by name or synonym, each typed word as a beginning."""
    typed = fold(text).split()
    found = []
    for row, words in queries.allergens(reader):
        known = words.split()
        if all(any(word.startswith(part) for word in known) for part in typed):
            found.append(row)
    return sorted(found, key=lambda row: (not fold(row.name).startswith(fold(text)), fold(row.name)))[:limit]


@writes("patients.create")
def register_patient(work: Work, command: RegisterPatient) -> PatientRegistered:
    """Register somebody. Raises InvalidValue, PossibleDuplicate (unless `anyway`)."""
    person = records.tidied(command.person, work.today)
    state = check_allergies(command.allergy_state, len(command.allergies))
    if not command.anyway:
        _refuse_duplicates(work, person)
    patient_id, mrn = records.add_patient(work, person, allergy_state=state)
    records.add_allergies(work, patient_id, command.allergies)
    records.set_contacts(work, patient_id, command.contacts, ())
    card_paper_id = records.keep_card(work, patient_id)
    return PatientRegistered(patient_id, mrn, card_paper_id, settings.flag(work, "print_ticket"))


def _refuse_duplicates(work: Work, person: PersonFacts) -> None:
    judged = Person(
        "", _name_of(person), person.birth_date, person.birth_estimated, person.sex.value, person.phone,
        person.national_id,
    )  # fmt: skip
    found = patient_search.duplicates(work, judged)
    if found:
        raise PossibleDuplicate(count=len(found))


@writes("patients.correct")
def correct_patient(work: Work, command: CorrectPatient) -> Id:
    """Correct the details; the number stays. Raises InvalidValue, NotFound, StaleRecord."""
    row = queries.record(work, command.patient_id)
    person = records.tidied(command.person, work.today, unknown=row.unknown_person)
    seen = row.last_visit_on or work.local(row.created_at).date()
    values = records.columns_of(person, seen)
    if row.unknown_person and person.birth_date is not None and _name_of(person) != _name_of(row):
        values["unknown_person"] = False
    work.change(Patient, command.patient_id, command.version, **values)
    records.set_contacts(work, command.patient_id, command.contacts, queries.contacts(work, command.patient_id))
    return command.patient_id


def _name_of(person: Any) -> str:
    return full_name(person.given_name, person.middle_name, person.family_name)


@writes("patients.print")
def print_card(work: Work, command: PrintCard) -> Id:
    """The paper of the patient's card, to be printed. Raises NotFound."""
    return records.keep_card(work, command.patient_id)


@writes("patients.correct")
def record_allergy(work: Work, command: RecordAllergy) -> Id:
    """Record an allergy. Raises InvalidValue (also when the substance is recorded already), NotFound."""
    _set_allergy_state(work, command.patient_id, AllergyState.RECORDED)
    key = fold(command.substance)
    if any(fold(row.substance) == key for row in queries.allergies(work, command.patient_id)):
        raise InvalidValue(field="substance", reason="duplicate")
    allergy = NewAllergy(command.substance, command.code, command.reaction, command.severity)
    return records.add_allergies(work, command.patient_id, [allergy])[0]


@writes("patients.correct")
def state_no_allergies(work: Work, command: StateNoAllergies) -> AllergyState:
    """Note that no allergy is known. Raises InvalidValue while allergies are recorded, NotFound."""
    _set_allergy_state(work, command.patient_id, AllergyState.NONE_KNOWN)
    return check_allergies(AllergyState.NONE_KNOWN, len(queries.allergies(work, command.patient_id)))


@writes("patients.correct")
def void_allergy(work: Work, command: VoidAllergy) -> AllergyState:
    """Take back an allergy, with a reason; after the last one nobody has asked. Raises ReasonNeeded, NotFound."""
    patient_id = work.get(Allergy, command.allergy_id).patient_id
    _set_allergy_state(work, patient_id, AllergyState.RECORDED)
    work.void(Allergy, command.allergy_id, command.reason)
    if queries.allergies(work, patient_id):
        return AllergyState.RECORDED
    _set_allergy_state(work, patient_id, AllergyState.NOT_ASKED)
    return AllergyState.NOT_ASKED


def _set_allergy_state(work: Work, patient_id: Id, state: AllergyState) -> None:
    """Also holds the patient's row, so that two people who change the allergies do so one after the other."""
    if not work.claim(Patient, patient_id, {}, allergy_state=state):
        raise NotFound(kind="patient", id=patient_id)
