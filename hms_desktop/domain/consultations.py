"""Notes and diagnoses: kinds, certainty, rows of the chart."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hms_desktop.domain.ids import Id


class NoteKind(StrEnum):
    """What a clinical note is about (FHIR Composition.type in the clinic's words)."""

    SOAP = "soap"
    PROGRESS = "progress"
    CONSULTATION = "consultation"
    ADMISSION = "admission"
    DISCHARGE = "discharge"
    PROCEDURE = "procedure"
    OPERATIVE = "operative"


class Certainty(StrEnum):
    """FHIR Condition.verificationStatus."""

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"
    REFUTED = "refuted"


class DiagnosisRank(StrEnum):
    """Primary is what the visit was for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Occurrence(StrEnum):
    """New attendance or re-attendance for this problem."""

    NEW = "new"
    REPEAT = "repeat"


class ConditionState(StrEnum):
    """FHIR Condition.clinicalStatus."""

    ACTIVE = "active"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class DiagnosisTermRow:
    """A term of the clinic's list of diagnoses; `matched` is the synonym that led to it."""

    id: Id
    code: str
    icd10: str
    name: str
    matched: str
    notifiable: bool


@dataclass(frozen=True, slots=True)
class PastVisitRow:
    """A line of the patient's history."""

    visit_id: Id
    number: str
    day: date
    kind: str
    state: str
    diagnoses: str
    practitioner: str
    opened_at: datetime
