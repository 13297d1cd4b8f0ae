"""A patient: who they are, what they must not get, how they are found."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hms_desktop.domain.dates import age_in_days
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import DuplicateReason


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
    """A row of a patient search. `matched` says why: name, near_name, mrn, phone, national_id, recent."""

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


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """A known patient who may be the one being registered: why, and how likely (0 to 100)."""

    hit: PatientHit
    score: int
    reasons: tuple[DuplicateReason, ...]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody named beside the patient."""

    id: Id
    kind: ContactKind
    name: str
    relationship: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class PatientDetails:
    """Everything reception knows of a patient, as the form for correcting shows it."""

    id: Id
    version: int
    mrn: str
    given_name: str
    middle_name: str
    family_name: str
    sex: Sex
    birth_date: date | None
    birth_estimated: bool
    phone: str
    email: str
    address: str
    national_id: str
    occupation: str
    language: str
    blood_group: BloodGroup | None
    payer_group_id: Id | None
    allergy_state: AllergyState
    allergies: tuple[AllergyRow, ...]
    contacts: tuple[ContactRow, ...]
    unknown_person: bool
    deceased_on: date | None
    registered_on: date
    last_visit_on: date | None


@dataclass(frozen=True, slots=True)
class PayerGroupRow:
    """A payer group to choose; `name` in the person's language."""

    id: Id
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AllergenRow:
    """A substance of the clinic's list; `matched` is the synonym that led to it, or ''."""

    code: str
    name: str
    kind: str
    matched: str


def full_name(given: str, middle: str, family: str) -> str:
    """`Asha Wanjiku Otieno`: as papers write it."""
    return " ".join(part for part in (given, middle, family) if part)


def listed_name(given: str, middle: str, family: str) -> str:
    """`OTIENO, Asha Wanjiku`: as screens list it, the family name apart in capitals; a single name as it is."""
    first = f"{given} {middle}" if given and middle else given or middle
    return f"{family.upper()}, {first}" if family and first else first or family.upper()


def tidy(field: str, text: str, limit: int) -> str:
    """`text` without blanks around and doubled inside. Raises InvalidValue naming `field` (too_long, characters)."""
    cleaned = " ".join(text.split())
    if len(cleaned) > limit:
        raise InvalidValue(field=field, reason="too_long", limit=limit)
    if any(ord(c) < 32 or 0xE000 <= ord(c) <= 0xF8FF or 0xD800 <= ord(c) <= 0xDFFF for c in cleaned):
        raise InvalidValue(field=field, reason="characters")
    return cleaned


def check_person(given: str, family: str, birth_date: date | None, today: date, *, unknown: bool = False) -> None:
    """What every record needs: a name, and an age or date of birth (an unknown person has neither to give).

    Raises InvalidValue naming `given_name` or `birth_date` (required, future, too_long_ago).
    """
    if not given and not family:
        raise InvalidValue(field="given_name", reason="required")
    if birth_date is None:
        if not unknown:
            raise InvalidValue(field="birth_date", reason="required")
    else:
        age_in_days(birth_date, today)


def check_allergies(state: AllergyState, count: int) -> AllergyState:
    """The state that fits: substances make it `recorded`. Raises InvalidValue when `recorded` names none, or
    `none_known` some.
    """
    if state is AllergyState.RECORDED and not count:
        raise InvalidValue(field="allergies", reason="required")
    if state is AllergyState.NONE_KNOWN and count:
        raise InvalidValue(field="allergies", reason="allergies_recorded")
    return AllergyState.RECORDED if count else state
