"""The chart: everything that is known of a patient, on one screen."""

from dataclasses import dataclass
from datetime import date, datetime

from hms_desktop.domain.consultations import ConditionRow, DiagnosisRow, NoteRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab_rows import OrderRow, ResultRow
from hms_desktop.domain.patients import PatientBanner
from hms_desktop.domain.prescriptions import PrescribedRow
from hms_desktop.domain.triage_rows import VitalsRow
from hms_desktop.domain.visits import QueueRow, QueueState, VisitKind, VisitState


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


@dataclass(frozen=True, slots=True)
class SeenPatient:
    """Whom the doctor is looking at. `entry` is the doctor's queue entry of the open visit, None when there is none.

    `results` are released ones; `orders` those of the open visit; `mine` whether the patient sits with the person who
    looks.
    """

    banner: PatientBanner
    chart: Chart
    results: tuple[ResultRow, ...]
    orders: tuple[OrderRow, ...]
    entry: QueueRow | None
    mine: bool

    @property
    def patient_id(self) -> Id:
        """The patient."""
        return self.banner.id

    @property
    def visit(self) -> PastVisitRow | None:
        """The open visit, or None."""
        return next((visit for visit in self.chart.visits if visit.state is VisitState.OPEN), None)

    @property
    def visit_id(self) -> Id | None:
        """The open visit's id, or None."""
        return None if self.visit is None else self.visit.visit_id

    @property
    def at_lab(self) -> bool:
        """Whether the patient was sent to the lab."""
        return self.entry is not None and self.entry.state is QueueState.SENT_TO_LAB

    @property
    def waits(self) -> bool:
        """Whether the patient can be taken in."""
        return self.entry is not None and self.entry.state in {QueueState.WAITING, QueueState.CALLED}
