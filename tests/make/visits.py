"""Open visits for tests."""

from typing import Any

from hms_desktop.data.queries import queues as queries
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import QueueRow, ServicePoint
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.queues import enter_queue
from hms_desktop.services.visits import OpenVisit, VisitOpened, open_visit
from tests.make.patients import make_patient
from tests.stores import actor_for


def make_visit(clinic: Clinic, patient_id: Id | None = None, actor: Actor | None = None, **more: Any) -> VisitOpened:
    """An open visit, waiting for triage; `more` are fields of `OpenVisit`."""
    command = OpenVisit(patient_id=patient_id or make_patient(clinic), **more)
    return open_visit(clinic, actor or actor_for("receptionist"), command).value


def send_to(clinic: Clinic, visit_id: Id, service_point: ServicePoint, colour: str = "") -> Id:
    """Let the patient of a visit wait at a service point; returns the queue entry."""
    with clinic.work(actor_for("everything"), "tests.send_to") as work:
        entry_id = enter_queue(work, visit_id=visit_id, service_point=service_point, colour=colour)
        work.finish()
    return entry_id


def waiting(clinic: Clinic, service_point: ServicePoint) -> list[QueueRow]:
    """Who waits at a service point, in the order of calling."""
    with clinic.read(actor_for("everything")) as reader:
        return queries.waiting(reader, service_point)


def entry_of(clinic: Clinic, visit_id: Id, service_point: ServicePoint = ServicePoint.TRIAGE) -> Id:
    """The open queue entry of a visit at a service point."""
    return next(row.id for row in waiting(clinic, service_point) if row.visit_id == visit_id)
