"""The chart: everything that is known of a patient, on one screen."""

from dataclasses import dataclass
from datetime import date, datetime

from hms_desktop.domain.consultations import ConditionRow, DiagnosisRow, NoteRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import PrescribedRow
from hms_desktop.domain.triage_rows import VitalsRow
from hms_desktop.domain.visits import VisitKind, VisitState


@dataclass(frozen=True, slots=True)
class PastVisitRow:
    """A visit in the history. `diagnoses` primary first; `opened_at` aware UTC."""

    visit_id: Id
    number: str
    day: date
    kind: VisitKind
    state: VisitState
    complaint: str
    diagnoses: tuple[str, ...]
    practitioner: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class ImmunizationRow:
    """A vaccine that was given."""

    id: Id
    vaccine: str
    given_on: date
    dose_number: int | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A patient's record as the doctor's screen shows it, newest first in every list. Results: see the lab's rows."""

    patient_id: Id
    visits: tuple[PastVisitRow, ...]
    notes: tuple[NoteRow, ...]
    diagnoses: tuple[DiagnosisRow, ...]
    conditions: tuple[ConditionRow, ...]
    prescriptions: tuple[PrescribedRow, ...]
    vitals: tuple[VitalsRow, ...]
    immunizations: tuple[ImmunizationRow, ...]
