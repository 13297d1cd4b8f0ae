"""Patients, their contacts, allergies, problems and immunisations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Base, Voidable, to
from hms_desktop.domain.consultations import ConditionState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import AllergySeverity, AllergyState, BloodGroup, ContactKind, Sex


class Patient(Voidable):
    """Somebody who is treated here. `search_words` (see `domain/patient_search.py`), `phone_reversed` and `mrn_folded`
    are folded copies for search.
    """

    __tablename__ = "patient"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint("facility_id", "mrn"),
            Index(None, "phone_reversed"),
            Index(None, "mrn_folded"),
            Index(None, "last_visit_on", "id"),
        )

    mrn: Mapped[str] = column(t.Text(30))
    mrn_folded: Mapped[str] = column(t.Text(30))
    given_name: Mapped[str] = column(t.Text(80))
    middle_name: Mapped[str] = column(t.Text(80))
    family_name: Mapped[str] = column(t.Text(80))
    search_words: Mapped[str] = column(t.Text(2000))
    birth_date: Mapped[date | None] = column(t.LocalDate())
    birth_estimated: Mapped[bool] = column(t.Flag())
    sex: Mapped[str] = column(t.Enum(Sex))
    phone: Mapped[str] = column(t.Text(40))
    phone_reversed: Mapped[str] = column(t.Text(40))
    email: Mapped[str] = column(t.Text(120))
    address: Mapped[str] = column(t.Text(200))
    blood_group: Mapped[str | None] = column(t.Enum(BloodGroup))
    language: Mapped[str] = column(t.Text(20))
    occupation: Mapped[str] = column(t.Text(80))
    national_id: Mapped[str] = column(t.Text(40), index=True)
    payer_group_id: Mapped[Id | None] = to("payer_group", nullable=True)
    practitioner_id: Mapped[Id | None] = to("user_account", nullable=True)
    allergy_state: Mapped[str] = column(t.Enum(AllergyState))
    unknown_person: Mapped[bool] = column(t.Flag())
    deceased_on: Mapped[date | None] = column(t.LocalDate())
    last_visit_on: Mapped[date | None] = column(t.LocalDate())


class NameVariant(Base):
    """Each known name word under itself and under what is left when one letter is missing: finds slips of the finger.

    Triggers fill it from `patient.search_words`; it grows with the names of a country, not with the patients.
    """

    __tablename__ = "name_variant"
    AUDITED = False

    variant: Mapped[str] = column(t.Text(24), primary_key=True)
    word: Mapped[str] = column(t.Text(24), primary_key=True)


class PatientContact(Voidable):
    """Next of kin, emergency contact or guardian."""

    __tablename__ = "patient_contact"

    patient_id: Mapped[Id] = to("patient")
    kind: Mapped[str] = column(t.Enum(ContactKind))
    name: Mapped[str] = column(t.Text(120))
    relationship: Mapped[str] = column(t.Text(40))
    phone: Mapped[str] = column(t.Text(40))
    address: Mapped[str] = column(t.Text(200))


class Allergen(Voidable):
    """A substance of the clinic's list, with the drug class or ingredient it stands for."""

    __tablename__ = "allergen"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(60))
    name: Mapped[Any] = column(t.Json())
    synonyms: Mapped[Any] = column(t.Json())
    kind: Mapped[str] = column(t.Text(20))
    maps_to: Mapped[Any] = column(t.Json())
    search_words: Mapped[str] = column(t.Text(400))


class Allergy(Voidable):
    """FHIR AllergyIntolerance: substance, reaction, severity."""

    __tablename__ = "allergy"

    patient_id: Mapped[Id] = to("patient")
    allergen_code: Mapped[str | None] = column(t.Text(60))
    substance: Mapped[str] = column(t.Text(120))
    reaction: Mapped[str] = column(t.Text(120))
    severity: Mapped[str] = column(t.Enum(AllergySeverity))
    noted_on: Mapped[date] = column(t.LocalDate())


class Condition(Voidable):
    """An entry of the problem list."""

    __tablename__ = "condition"

    patient_id: Mapped[Id] = to("patient")
    visit_id: Mapped[Id | None] = to("visit", nullable=True)
    code: Mapped[str | None] = column(t.Text(40))
    system: Mapped[str] = column(t.Text(20))
    text: Mapped[str] = column(t.Text(200))
    state: Mapped[str] = column(t.Enum(ConditionState))
    onset_on: Mapped[date | None] = column(t.LocalDate())
    resolved_on: Mapped[date | None] = column(t.LocalDate())


class Immunization(Voidable):
    """A vaccine that was given."""

    __tablename__ = "immunization"

    patient_id: Mapped[Id] = to("patient")
    visit_id: Mapped[Id | None] = to("visit", nullable=True)
    vaccine_code: Mapped[str] = column(t.Text(20))
    vaccine: Mapped[str] = column(t.Text(120))
    given_at: Mapped[datetime] = column(t.UtcTime())
    given_on: Mapped[date] = column(t.LocalDate())
    dose_number: Mapped[int | None] = column(t.Whole(0, 50))
    lot: Mapped[str] = column(t.Text(40))
