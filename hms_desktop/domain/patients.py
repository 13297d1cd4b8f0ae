"""A patient: who they are, what they must not get, how they are found."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hms_desktop.domain.ids import Id


class Sex(StrEnum):
    """FHIR administrative gender."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class AllergyState(StrEnum):
    """Never blank: allergies are recorded, none are known, or nobody asked."""

    NOT_ASKED = "not_asked"
    NONE_KNOWN = "none_known"
    RECORDED = "recorded"


class AllergySeverity(StrEnum):
    """FHIR AllergyIntolerance.reaction.severity."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    UNKNOWN = "unknown"


class ContactKind(StrEnum):
    """Why somebody is named beside the patient."""

    NEXT_OF_KIN = "next_of_kin"
    EMERGENCY = "emergency"
    GUARDIAN = "guardian"


class BloodGroup(StrEnum):
    """ABO and RhD."""

    A_POSITIVE = "A+"
    A_NEGATIVE = "A-"
    B_POSITIVE = "B+"
    B_NEGATIVE = "B-"
    AB_POSITIVE = "AB+"
    AB_NEGATIVE = "AB-"
    O_POSITIVE = "O+"
    O_NEGATIVE = "O-"


@dataclass(frozen=True, slots=True)
class AllergyRow:
    """One recorded allergy. `code` is the catalogue's, when the substance came from it."""

    id: Id
    substance: str
    code: str | None
    reaction: str
    severity: AllergySeverity


@dataclass(frozen=True, slots=True)
class PatientBanner:
    """What stays on screen while a patient's record is open."""

    id: Id
    mrn: str
    name: str
    birth_date: date | None
    birth_estimated: bool
    sex: Sex
    allergy_state: AllergyState
    allergies: tuple[AllergyRow, ...]
    deceased: bool = False
    payer_group: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class PatientHit:
    """A row of a patient search. `matched` says why: name, near_name, mrn, phone, recent."""

    id: Id
    mrn: str
    name: str
    birth_date: date | None
    birth_estimated: bool
    sex: Sex
    phone: str
    matched: str
    last_visit: date | None
    open_visit: str | None
