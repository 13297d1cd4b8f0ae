"""Whom the doctor is looking at: the visit that is open, if any, and whether the patient is in the room."""

from dataclasses import dataclass

from hms_desktop.domain.chart import Chart
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab_rows import OrderRow, ResultRow
from hms_desktop.domain.patients import PatientBanner
from hms_desktop.domain.visits import QueueRow, QueueState, VisitState


@dataclass(frozen=True, slots=True)
class SeenPatient:
    """Everything the chart shows. `entry` is the doctor's queue entry of the open visit, None for a look at a chart."""

    banner: PatientBanner
    chart: Chart
    results: tuple[ResultRow, ...]
    orders: tuple[OrderRow, ...]
    entry: QueueRow | None

    @property
    def patient_id(self) -> Id:
        """The patient."""
        return self.banner.id

    @property
    def visit_id(self) -> Id | None:
        """The open visit, or None."""
        return next((visit.visit_id for visit in self.chart.visits if visit.state is VisitState.OPEN), None)

    @property
    def in_room(self) -> bool:
        """Whether the patient is with the doctor: only then may anything be written."""
        return self.entry is not None and self.entry.state is QueueState.WITH_DOCTOR

    @property
    def at_lab(self) -> bool:
        """Whether the patient was sent to the lab."""
        return self.entry is not None and self.entry.state is QueueState.SENT_TO_LAB
