"""The doctor's queue, and a patient's chart in one read. A look is noted by `consultations.open_chart`; without one
only a patient who is here, or of whom one has written, has a chart (`chart_access.py`).
"""

from hms_desktop.data.queries import consultations, lab_orders, lab_results, patients, prescriptions, queues
from hms_desktop.data.queries.chart import history
from hms_desktop.data.queries.vitals import vitals_of_patient
from hms_desktop.data.reader import Reader
from hms_desktop.domain.chart import Chart, SeenPatient
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import QueueRow, QueueState, ServicePoint, VisitState
from hms_desktop.services.chart_access import require_care
from hms_desktop.services.service import reads


@reads("consultations.view")
def doctor_queue(reader: Reader, department: Id | None = None) -> list[QueueRow]:
    """Who waits for the doctor, sits with one or is at the lab, in the order of calling; then whom this person has
    finished with today, the last one first.
    """
    waiting = queues.waiting(reader, ServicePoint.DOCTOR, department_id=department)
    return waiting + queues.completed(reader, ServicePoint.DOCTOR, reader.actor.user_id)


@reads("chart.view")
def chart(reader: Reader, patient_id: Id) -> Chart:
    """Everything of the patient but lab results (`lab.results_of_patient`), in a fixed number of statements.

    Raises ReasonNeeded, NotAllowed (break glass).
    """
    found = _chart(reader, patient_id)
    require_care(reader, patient_id, known=_in_care(reader, found))
    return found


def _in_care(reader: Reader, found: Chart) -> bool:
    """Whether what was read already shows an open visit or an own note."""
    here = any(visit.state is VisitState.OPEN for visit in found.visits)
    return here or any(note.author_id == reader.actor.user_id for note in found.notes)


def _chart(reader: Reader, patient_id: Id) -> Chart:
    past = history(reader, patient_id)
    return Chart(
        patient_id=patient_id,
        visits=past.visits,
        notes=tuple(consultations.notes(reader, patient_id)),
        diagnoses=past.diagnoses,
        conditions=past.conditions,
        prescriptions=tuple(prescriptions.items_of_patient(reader, patient_id)),
        vitals=tuple(vitals_of_patient(reader, patient_id)),
        immunizations=past.immunizations,
    )


@reads("chart.view")
def seen_patient(reader: Reader, patient_id: Id) -> SeenPatient:
    """The patient as the doctor's screen shows them, at one moment. Raises NotFound; ReasonNeeded, NotAllowed (break
    glass).
    """
    visit = consultations.open_visit_of(reader, patient_id)
    require_care(reader, patient_id, known=visit is not None)
    raw = None if visit is None else consultations.doctor_entry(reader, visit.id)
    return SeenPatient(
        banner=patients.banner(reader, patient_id),
        chart=_chart(reader, patient_id),
        results=tuple(lab_results.of_patient(reader, patient_id)),
        orders=tuple(lab_orders.orders_of_visit(reader, visit.id)) if visit is not None else (),
        entry=None if raw is None else queues.entry_row(reader, raw.id),
        mine=raw is not None and raw.state == QueueState.WITH_DOCTOR and raw.claimed_by == reader.actor.user_id,
    )
