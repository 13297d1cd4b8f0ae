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
class AddendumRow:
    """What was added to a signed note."""

    text: str
    added_at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A clinical note as the chart shows it. `signed_at` None: still a draft of its author."""

    id: Id
    version: int
    visit_id: Id
    kind: NoteKind
    complaint: str
    history: str
    examination: str
    assessment: str
    plan: str
    follow_up_on: date | None
    follow_up_note: str
    written_at: datetime
    author_id: Id
    author: str
    signed_at: datetime | None
    addenda: tuple[AddendumRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """A diagnosis of a visit; `icd10` empty for free text."""

    id: Id
    visit_id: Id
    code: str
    icd10: str
    text: str
    rank: DiagnosisRank
    certainty: Certainty
    occurrence: Occurrence
    day: date


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """An entry of the problem list."""

    id: Id
    version: int
    code: str
    text: str
    state: ConditionState
    onset_on: date | None
    resolved_on: date | None
