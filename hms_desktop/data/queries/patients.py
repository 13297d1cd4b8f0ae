"""One patient: banner, details, contacts, allergies, payer group."""

from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import PayerGroup
from hms_desktop.data.tables.patients import Allergen, Allergy, Patient, PatientContact
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import (
    AllergenRow,
    AllergyRow,
    AllergySeverity,
    AllergyState,
    BloodGroup,
    ContactKind,
    ContactRow,
    PatientBanner,
    PatientDetails,
    PayerGroupRow,
    Sex,
    listed_name,
)
from hms_desktop.domain.texts import pick


def allergies(reader: Reader, patient_id: Id) -> tuple[AllergyRow, ...]:
    """The allergies that hold, oldest first."""
    allergy = table_of(Allergy)
    statement = (
        select(allergy.c.id, allergy.c.substance, allergy.c.allergen_code, allergy.c.reaction, allergy.c.severity)
        .where(allergy.c.patient_id == patient_id, allergy.c.voided_at.is_(None))
        .order_by(allergy.c.id)
    )
    return tuple(
        AllergyRow(r.id, r.substance, r.allergen_code, r.reaction, AllergySeverity(r.severity))
        for r in reader.rows(statement)
    )


def contacts(reader: Reader, patient_id: Id) -> tuple[ContactRow, ...]:
    """Next of kin, guardian, emergency contact, in the order they were given."""
    contact = table_of(PatientContact)
    statement = (
        select(contact).where(contact.c.patient_id == patient_id, contact.c.voided_at.is_(None)).order_by(contact.c.id)
    )
    return tuple(
        ContactRow(r.id, ContactKind(r.kind), r.name, r.relationship, r.phone, r.address)
        for r in reader.rows(statement)
    )


def banner(reader: Reader, patient_id: Id) -> PatientBanner:
    """What stays on screen while a record is open. Raises NotFound."""
    row = reader.get(Patient, patient_id)
    return PatientBanner(
        id=row.id, mrn=row.mrn, name=listed_name(row.given_name, row.middle_name, row.family_name),
        birth_date=row.birth_date, birth_estimated=row.birth_estimated, sex=Sex(row.sex),
        allergy_state=AllergyState(row.allergy_state), allergies=allergies(reader, patient_id),
        deceased=row.deceased_on is not None, payer_group=_payer_name(reader, row.payer_group_id), version=row.version,
    )  # fmt: skip


def _payer_name(reader: Reader, payer_group_id: Id | None) -> str:
    row = None if payer_group_id is None else reader.find(PayerGroup, payer_group_id)
    return "" if row is None else pick(row.name, reader.actor.language)


def details(reader: Reader, patient_id: Id) -> PatientDetails:
    """Everything that the form for correcting shows. Raises NotFound."""
    row = reader.get(Patient, patient_id)
    return PatientDetails(
        id=row.id, version=row.version, mrn=row.mrn, given_name=row.given_name, middle_name=row.middle_name,
        family_name=row.family_name, sex=Sex(row.sex), birth_date=row.birth_date, birth_estimated=row.birth_estimated,
        phone=row.phone, email=row.email, address=row.address, national_id=row.national_id, occupation=row.occupation,
        language=row.language, blood_group=BloodGroup(row.blood_group) if row.blood_group else None,
        payer_group_id=row.payer_group_id, allergy_state=AllergyState(row.allergy_state),
        allergies=allergies(reader, patient_id), contacts=contacts(reader, patient_id),
        unknown_person=row.unknown_person, deceased_on=row.deceased_on,
        registered_on=reader.local(row.created_at).date(), last_visit_on=row.last_visit_on,
    )  # fmt: skip


def record(reader: Reader, patient_id: Id) -> AnyRow:
    """The whole row of a patient. Raises NotFound."""
    return reader.get(Patient, patient_id)


def payer_groups(reader: Reader) -> list[PayerGroupRow]:
    """The groups to choose from, in the order the clinic's list brought them."""
    group = table_of(PayerGroup)
    statement = select(group.c.id, group.c.code, group.c.name).where(group.c.active, group.c.voided_at.is_(None))
    rows = reader.rows(statement.order_by(group.c.id))
    return [PayerGroupRow(r.id, r.code, pick(r.name, reader.actor.language)) for r in rows]


def allergens(reader: Reader) -> list[tuple[AllergenRow, str]]:
    """Every substance of the clinic's list with its folded search words; the list is small and searched in code."""
    allergen = table_of(Allergen)
    statement = select(allergen.c.code, allergen.c.name, allergen.c.kind, allergen.c.search_words).where(
        allergen.c.voided_at.is_(None)
    )
    language = reader.actor.language
    return [(AllergenRow(r.code, pick(r.name, language), r.kind, ""), r.search_words) for r in reader.rows(statement)]
