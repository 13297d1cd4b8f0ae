"""Rows for tests of the doctor's desk: a triaged patient in the doctor's queue."""

from dataclasses import dataclass
from datetime import date

from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitKind
from hms_desktop.services.clinic import Clinic
from tests.make.billing import billed_patient


@dataclass(frozen=True)
class Waiting:
    """A patient in the doctor's queue."""

    patient_id: Id
    visit_id: Id
    entry_id: Id


def waiting_patient(
    clinic: Clinic,
    *,
    name: str = "Asha Otieno",
    birth: date = date(1998, 3, 5),
    kind: VisitKind = VisitKind.OUTPATIENT,
    state: QueueState = QueueState.WAITING,
) -> Waiting:
    """A patient who waits for the doctor, yellow."""
    guest = billed_patient(clinic, name=name, birth=birth, kind=kind)
    with clinic.work(SYSTEM, "tests.waiting_patient") as work:
        entry = work.insert(
            QueueEntry, visit_id=guest.visit_id, patient_id=guest.patient_id, service_point=ServicePoint.DOCTOR,
            state=state, colour="yellow", colour_rank=2, day=work.today, waiting_since=work.now,
        )  # fmt: skip
        work.finish()
    return Waiting(guest.patient_id, guest.visit_id, entry)
