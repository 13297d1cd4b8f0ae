"""Whether somebody treats a patient, or has opened the chart lately."""

from datetime import datetime

from sqlalchemy import exists, select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.consultations import ClinicalNote
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import VisitState

LOOKS = ("chart.opened", "chart.glass_broken")
"""The actions of the audit trail by which a chart was opened."""


def in_care(reader: Reader, patient_id: Id, user_id: Id) -> bool:
    """Whether the patient has an open visit, or this person wrote a note about them."""
    visit, note = table_of(Visit), table_of(ClinicalNote)
    found = reader.first(
        select(
            exists().where(visit.c.patient_id == patient_id, visit.c.state == VisitState.OPEN).label("open"),
            exists().where(note.c.patient_id == patient_id, note.c.author_id == user_id).label("own"),
        )
    )
    return found is not None and bool(found.open or found.own)


def looked_since(reader: Reader, patient_id: Id, user_id: Id, moment: datetime) -> bool:
    """Whether this person opened the chart after a moment, the reason given where one was needed."""
    event = table_of(AuditEvent)
    statement = select(event.c.id).where(
        event.c.subject_table == "patient", event.c.subject_id == patient_id, event.c.at > moment,
        event.c.actor_id == user_id, event.c.action.in_(LOOKS),
    )  # fmt: skip
    return reader.first(statement.limit(1)) is not None
