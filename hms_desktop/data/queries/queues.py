"""Who waits where: the waiting list of a service point, the open entry of a visit."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.dates import age_text
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import full_name, listed_name
from hms_desktop.domain.queueing import colour_rank
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, QueueRow, QueueState, ServicePoint


def waiting(
    reader: Reader,
    service_point: ServicePoint,
    *,
    states: Collection[QueueState] = OPEN_QUEUE_STATES,
    department_id: Id | None = None,
    limit: int = 200,
) -> list[QueueRow]:
    """The list of one service point in the order of calling: colour, back from the lab, waiting time.

    With a department: its own patients and those of no department.
    """
    entry = table_of(QueueEntry)
    statement = _shown().where(entry.c.service_point == service_point, entry.c.state.in_(sorted(states)))
    if department_id is not None:
        statement = statement.where((entry.c.department_id == department_id) | entry.c.department_id.is_(None))
    order = (entry.c.colour_rank, entry.c.returned.desc(), entry.c.waiting_since, entry.c.id)
    return [row_of(reader, row) for row in reader.rows(statement.order_by(*order).limit(limit))]


def missed(reader: Reader, service_point: ServicePoint) -> list[QueueRow]:
    """Who was called today and did not come: they may still come back."""
    entry = table_of(QueueEntry)
    statement = _shown().where(
        entry.c.service_point == service_point, entry.c.state == QueueState.NO_SHOW, entry.c.day == reader.today
    )
    return [row_of(reader, row) for row in reader.rows(statement.order_by(entry.c.done_at.desc(), entry.c.id))]


def entry_row(reader: Reader, entry_id: Id) -> QueueRow | None:
    """One entry as lists show it."""
    row = reader.first(_shown().where(table_of(QueueEntry).c.id == entry_id))
    return None if row is None else row_of(reader, row)


def completed(reader: Reader, service_point: ServicePoint, user_id: Id) -> list[QueueRow]:
    """Whom this person has finished with today, the last one first."""
    entry = table_of(QueueEntry)
    statement = _shown().where(
        entry.c.service_point == service_point, entry.c.day == reader.today, entry.c.practitioner_id == user_id,
        entry.c.state.in_((QueueState.COMPLETED.value, QueueState.DONE.value)),
    )  # fmt: skip
    return [row_of(reader, row) for row in reader.rows(statement.order_by(entry.c.done_at.desc(), entry.c.id))]


def _shown() -> Select[Any]:
    entry, visit, patient, user = table_of(QueueEntry), table_of(Visit), table_of(Patient), table_of(UserAccount)
    return (
        select(
            entry.c.id, entry.c.version, entry.c.visit_id, visit.c.number, entry.c.patient_id, patient.c.given_name,
            patient.c.middle_name, patient.c.family_name, patient.c.mrn, patient.c.sex, patient.c.birth_date,
            patient.c.birth_estimated, entry.c.ticket, entry.c.state, entry.c.colour, entry.c.returned,
            entry.c.waiting_since, user.c.given_name.label("by_given"), user.c.family_name.label("by_family"),
            visit.c.complaint,
        )
        .join(visit, visit.c.id == entry.c.visit_id)
        .join(patient, patient.c.id == entry.c.patient_id)
        .outerjoin(user, user.c.id == entry.c.claimed_by)
        .where(entry.c.voided_at.is_(None))
    )  # fmt: skip


def row_of(reader: Reader, row: AnyRow) -> QueueRow:
    """A row of a waiting list."""
    born = row.birth_date
    return QueueRow(
        id=row.id, version=row.version, visit_id=row.visit_id, visit_number=row.number, patient_id=row.patient_id,
        patient_name=listed_name(row.given_name, row.middle_name, row.family_name), mrn=row.mrn, sex=row.sex,
        age=age_text(born, reader.today, estimated=row.birth_estimated) if born and born <= reader.today else "",
        ticket=row.ticket, state=QueueState(row.state), colour=row.colour, returned=row.returned,
        waiting_since=row.waiting_since, claimed_by=full_name(row.by_given or "", "", row.by_family or ""),
        complaint=row.complaint,
    )  # fmt: skip


def open_entry(reader: Reader, visit_id: Id, service_point: ServicePoint) -> AnyRow | None:
    """The entry that waits or is served at a service point, or None."""
    entry = table_of(QueueEntry)
    statement = select(entry).where(
        entry.c.visit_id == visit_id, entry.c.service_point == service_point,
        entry.c.state.in_(sorted(OPEN_QUEUE_STATES)), entry.c.voided_at.is_(None),
    )  # fmt: skip
    return reader.first(statement.order_by(entry.c.id.desc()))


def entries(reader: Reader, visit_id: Id, states: Collection[QueueState]) -> Sequence[AnyRow]:
    """The entries of a visit in these states, oldest first."""
    entry = table_of(QueueEntry)
    statement = select(entry).where(
        entry.c.visit_id == visit_id, entry.c.state.in_(sorted(states)), entry.c.voided_at.is_(None)
    )
    return reader.rows(statement.order_by(entry.c.id))


def people_before(reader: Reader, service_point: ServicePoint, colour: str) -> int:
    """How many wait there now who are called before a newcomer of this colour."""
    entry = table_of(QueueEntry)
    statement = select(func.count()).where(
        entry.c.service_point == service_point,
        entry.c.state.in_((QueueState.WAITING.value, QueueState.CALLED.value)),
        entry.c.colour_rank <= colour_rank(colour),
        entry.c.voided_at.is_(None),
    )
    return int(reader.scalar(statement))
