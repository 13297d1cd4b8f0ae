"""Steps of keeping a patient's record: its columns, contacts, allergies and card. Run inside somebody's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hms_desktop.data.queries import papers as kept_papers
from hms_desktop.data.queries import patients as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.patients import Allergy, Patient, PatientContact
from hms_desktop.data.work import Work
from hms_desktop.documents.patient_card import PatientCardPaper
from hms_desktop.domain.errors import InvalidValue, NotFound
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patient_search import index_words, mrn_key, reversed_phone
from hms_desktop.domain.patients import (
    AllergySeverity,
    AllergyState,
    BloodGroup,
    ContactKind,
    ContactRow,
    Sex,
    check_person,
    full_name,
    tidy,
)
from hms_desktop.domain.plain import to_plain
from hms_desktop.services import papers


@dataclass(frozen=True, slots=True)
class NewContact:
    """Next of kin, guardian or emergency contact; `id` names the one it changes."""

    name: str
    kind: ContactKind = ContactKind.NEXT_OF_KIN
    relationship: str = ""
    phone: str = ""
    address: str = ""
    id: Id | None = None


@dataclass(frozen=True, slots=True)
class NewAllergy:
    """A substance that the patient must not get; `code` when it came from the clinic's list."""

    substance: str
    code: str | None = None
    reaction: str = ""
    severity: AllergySeverity = AllergySeverity.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """Who a patient is. A name, sex, and a birth date (estimated or not) are enough."""

    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    sex: Sex
    birth_date: date | None = None
    birth_estimated: bool = False
    phone: str = ""
    email: str = ""
    address: str = ""
    national_id: str = ""
    occupation: str = ""
    language: str = ""
    blood_group: BloodGroup | None = None
    payer_group_id: Id | None = None
    deceased_on: date | None = None


_LIMITS = {
    "given_name": 80, "middle_name": 80, "family_name": 80, "phone": 40, "email": 120, "address": 200,
    "national_id": 40, "occupation": 80, "language": 20,
}  # fmt: skip
"""Most characters of each text, as the store has room for."""


def tidied(person: PersonFacts, today: date, *, unknown: bool = False) -> PersonFacts:
    """The same facts without stray blanks. Raises InvalidValue naming the field at fault."""
    texts: dict[str, Any] = {field: tidy(field, getattr(person, field), most) for field, most in _LIMITS.items()}
    clean = replace(person, **texts)
    check_person(clean.given_name, clean.family_name, clean.birth_date, today, unknown=unknown)
    if clean.deceased_on is not None and clean.deceased_on > today:
        raise InvalidValue(field="deceased_on", reason="future")
    return clean


def columns_of(person: PersonFacts, seen: date) -> dict[str, Any]:
    """The columns of `patient` that these facts fill, with the copies for searching. `seen`: last visit, else
    registration.
    """
    name = full_name(person.given_name, person.middle_name, person.family_name)
    values: dict[str, Any] = {field: getattr(person, field) for field in _LIMITS}
    return {
        **values,
        "sex": person.sex,
        "birth_date": person.birth_date,
        "birth_estimated": person.birth_estimated,
        "blood_group": person.blood_group,
        "payer_group_id": person.payer_group_id,
        "deceased_on": person.deceased_on,
        "search_words": index_words(name, person.birth_date, seen),
        "phone_reversed": reversed_phone(person.phone),
    }


def number_columns(mrn: str) -> dict[str, str]:
    """The columns that hold a patient's number."""
    return {"mrn": mrn, "mrn_folded": mrn_key(mrn)}


def add_patient(
    work: Work, person: PersonFacts, *, allergy_state: AllergyState = AllergyState.NOT_ASKED, unknown: bool = False
) -> tuple[Id, str]:
    """A new record with its number; returns id and number. `person` must be `tidied`."""
    mrn = work.number(NumberKind.MRN)
    patient_id = work.insert(
        Patient, **columns_of(person, work.today), **number_columns(mrn), allergy_state=allergy_state,
        unknown_person=unknown,
    )  # fmt: skip
    return patient_id, mrn


def add_allergies(work: Work, patient_id: Id, allergies: Sequence[NewAllergy]) -> list[Id]:
    """Record substances. Raises InvalidValue naming `substance` or `reaction`."""
    rows = [
        {
            "patient_id": patient_id,
            "allergen_code": allergy.code,
            "substance": _needed("substance", allergy.substance, 120),
            "reaction": tidy("reaction", allergy.reaction, 120),
            "severity": allergy.severity,
            "noted_on": work.today,
        }
        for allergy in allergies
    ]
    return work.insert_many(Allergy, rows)


def _needed(field: str, text: str, limit: int) -> str:
    cleaned = tidy(field, text, limit)
    if not cleaned:
        raise InvalidValue(field=field, reason="required")
    return cleaned


def set_contacts(work: Work, patient_id: Id, wanted: Sequence[NewContact], known: Sequence[ContactRow]) -> None:
    """Make the patient's contacts those that are `wanted`: new ones added, changed ones changed, others voided."""
    by_id = {row.id: row for row in known}
    for contact in wanted:
        values = _contact_columns(contact)
        if contact.id is None:
            work.insert(PatientContact, patient_id=patient_id, **values)
        elif contact.id not in by_id:
            raise NotFound(kind="patient_contact", id=contact.id)
        elif any(getattr(by_id[contact.id], field) != value for field, value in values.items()):
            work.change(PatientContact, contact.id, **values)
    for gone in by_id.keys() - {contact.id for contact in wanted}:
        work.void(PatientContact, gone, "replaced")


def _contact_columns(contact: NewContact) -> dict[str, Any]:
    return {
        "kind": contact.kind,
        "name": _needed("contact_name", contact.name, 120),
        "relationship": tidy("relationship", contact.relationship, 40),
        "phone": tidy("contact_phone", contact.phone, 40),
        "address": tidy("contact_address", contact.address, 200),
    }


def card(reader: Reader, patient_id: Id) -> PatientCardPaper:
    """The patient's card as it would be made now. Raises NotFound."""
    row = queries.record(reader, patient_id)
    return PatientCardPaper(
        head=papers.head(reader), printed=papers.printed(reader), patient=papers.patient_line(reader, patient_id),
        issued=reader.today, blood_group=row.blood_group or "", allergy_state=AllergyState(row.allergy_state),
        allergies=tuple(allergy.substance for allergy in queries.allergies(reader, patient_id)),
    )  # fmt: skip


def keep_card(work: Work, patient_id: Id) -> Id:
    """The paper of the patient's card: the last one while it still says what is true (a print of it is a COPY), else
    a new one.
    """
    fresh = card(work, patient_id)
    last = next(iter(kept_papers.papers_about(work, "patient_id", patient_id, ["patient-card"], 1)), None)
    if last is not None and _says_the_same(kept_papers.content(work, last.id).content, fresh):
        return last.id
    mrn = fresh.patient.mrn
    return papers.keep_paper(
        work, "patient-card", fresh, subject_table="patient", subject_id=patient_id, patient_id=patient_id, number=mrn
    )


def _says_the_same(kept: dict[str, Any], fresh: PatientCardPaper) -> bool:
    """Whether a kept card holds the facts of `fresh`, whoever printed it and when; an age grows by itself."""
    made = to_plain(fresh)
    return all(_ageless(kept.get(part)) == _ageless(made[part]) for part in made.keys() - {"printed", "issued"})


def _ageless(part: Any) -> Any:
    return {key: value for key, value in part.items() if key != "age"} if isinstance(part, dict) else part
