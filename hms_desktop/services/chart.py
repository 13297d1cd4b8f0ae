"""The chart: one read for the doctor's screen. Looking at it is noted by `consultations.open_chart`."""

from hms_desktop.data.queries import chart as history
from hms_desktop.data.queries import consultations, prescriptions
from hms_desktop.data.queries.vitals import vitals_of_patient
from hms_desktop.data.reader import Reader
from hms_desktop.domain.chart import Chart
from hms_desktop.domain.ids import Id
from hms_desktop.services.service import reads


@reads("chart.view")
def chart(reader: Reader, patient_id: Id) -> Chart:
    """Everything of the patient but lab results (`lab.results_of_patient`), in a fixed number of statements."""
    return Chart(
        patient_id=patient_id,
        visits=tuple(history.past_visits(reader, patient_id)),
        notes=tuple(consultations.notes(reader, patient_id)),
        diagnoses=tuple(consultations.diagnoses(reader, patient_id)),
        conditions=tuple(consultations.conditions(reader, patient_id)),
        prescriptions=tuple(prescriptions.items_of_patient(reader, patient_id)),
        vitals=tuple(vitals_of_patient(reader, patient_id)),
        immunizations=tuple(history.immunizations(reader, patient_id)),
    )
