"""Who may read a patient's chart: whoever treats the patient, or opened the chart lately with a reason."""

from datetime import timedelta

from hms_desktop.data.queries import chart_access as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.errors import NotAllowed, ReasonNeeded
from hms_desktop.domain.ids import Id

LOOK_HOURS = 12
"""How long a look that was noted (`consultations.open_chart`) holds: a shift."""


def require_care(reader: Reader, patient_id: Id, *, known: bool = False) -> None:
    """Refuse a chart to who has nothing to do with the patient; `known`: the caller read already that they have.

    An open visit, an own note or a look of the last hours opens it. Raises ReasonNeeded (break the glass by
    `consultations.open_chart` first), NotAllowed (without the right to), NotFound.
    """
    if known or queries.in_care(reader, patient_id, reader.actor.user_id):
        return
    if queries.looked_since(reader, patient_id, reader.actor.user_id, reader.now - timedelta(hours=LOOK_HOURS)):
        return
    reader.get(Patient, patient_id)
    if not reader.actor.may("chart.break_glass"):
        raise NotAllowed(right="chart.break_glass")
    raise ReasonNeeded(field="reason", what="break_glass")
