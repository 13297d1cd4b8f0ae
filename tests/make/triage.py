"""Rows for tests about triage: somebody with an open visit who waits for the nurse."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.triage import TriageAssessment
from hms_desktop.data.tables.triage import Vitals as VitalsTable
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.patient_search import mrn_key
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitKind, VisitState
from hms_desktop.domain.vitals import Avpu, Vitals
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.triage import RecordTriage, TriageSaved, record_triage

WELL = Vitals(
    temperature=Decimal("36.8"), pulse=72, breathing_rate=16, spo2=98, on_oxygen=False, systolic=118, diastolic=76,
    weight=Decimal("61.5"), height=Decimal(165), pain=1, avpu=Avpu.ALERT,
)  # fmt: skip
"""An adult with nothing wrong."""


@dataclass(frozen=True)
class Waiting:
    """Somebody in the triage queue."""

    patient_id: Id
    visit_id: Id
    entry_id: Id


def waiting_patient(
    clinic: Clinic,
    name: str = "Asha Otieno",
    *,
    birth: date | None = date(1998, 3, 5),
    sex: Sex = Sex.FEMALE,
    state: QueueState = QueueState.WAITING,
    complaint: str = "",
    kind: VisitKind = VisitKind.OUTPATIENT,
    allergy_state: AllergyState = AllergyState.NONE_KNOWN,
    **entry: Any,
) -> Waiting:
    """A patient with a visit of today and a ticket, waiting for triage."""
    given, _space, family = name.partition(" ")
    with clinic.work(SYSTEM, "tests.waiting_patient") as work:
        mrn = work.number(NumberKind.MRN)
        patient = work.insert(
            Patient, mrn=mrn, mrn_folded=mrn_key(mrn), given_name=given, family_name=family, search_words=fold(name),
            birth_date=birth, sex=sex, allergy_state=allergy_state, language="en",
        )  # fmt: skip
        ticket = work.number(NumberKind.TICKET)
        visit = work.insert(
            Visit, number=work.number(NumberKind.VISIT), patient_id=patient, kind=kind, state=VisitState.OPEN,
            open_key=patient, day=work.today, occurrence=Occurrence.NEW, ticket=ticket, opened_at=work.now,
            complaint=complaint,
        )  # fmt: skip
        values: dict[str, Any] = {
            "service_point": ServicePoint.TRIAGE, "state": state, "colour": "", "colour_rank": 3, "returned": False,
            "ticket": ticket, "day": work.today, "waiting_since": work.now,
        }  # fmt: skip
        made = work.insert(QueueEntry, visit_id=visit, patient_id=patient, **{**values, **entry})
        work.finish()
    return Waiting(patient, visit, made)


def department(clinic: Clinic, name: str, *, active: bool = True) -> Id:
    """A department."""
    with clinic.work(SYSTEM, "tests.department") as work:
        made = work.insert(Department, name=name, name_folded=fold(name), active=active)
        work.finish()
    return made


def set_entry(clinic: Clinic, entry_id: Id, **values: Any) -> None:
    """Put a queue entry into some state."""
    with clinic.work(SYSTEM, "tests.set_entry") as work:
        work.change(QueueEntry, entry_id, **values)
        work.finish()


def close(clinic: Clinic, visit_id: Id) -> None:
    """Close a visit."""
    with clinic.work(SYSTEM, "tests.close") as work:
        work.change(Visit, visit_id, state=VisitState.CLOSED, open_key=None, closed_at=work.now)
        work.finish()


def _all(clinic: Clinic, mapped: Any, visit_id: Id) -> list[Any]:
    with clinic.read(SYSTEM) as reader:
        return list(reader.rows(select(table_of(mapped)).where(mapped.visit_id == visit_id).order_by(mapped.id)))


def entries(clinic: Clinic, visit_id: Id, point: ServicePoint) -> list[Any]:
    """The queue entries of a visit at a service point, oldest first."""
    return [row for row in _all(clinic, QueueEntry, visit_id) if row.service_point == point]


def assessments(clinic: Clinic, visit_id: Id) -> list[Any]:
    """The triages of a visit, oldest first."""
    return _all(clinic, TriageAssessment, visit_id)


def measured(clinic: Clinic, visit_id: Id) -> list[Any]:
    """The sets of vitals of a visit, oldest first."""
    return _all(clinic, VitalsTable, visit_id)


def visit(clinic: Clinic, visit_id: Id) -> Any:
    """The visit's row."""
    with clinic.read(SYSTEM) as reader:
        return reader.get(Visit, visit_id)


def triaged(clinic: Clinic, actor: Actor, given: Waiting, **values: Any) -> TriageSaved:
    """Record the triage of somebody well, unless `values` say otherwise."""
    shared: dict[str, Any] = {"vitals": WELL, "signs_checked": True, "colour": Colour.GREEN, **values}
    return record_triage(clinic, actor, RecordTriage(visit_id=given.visit_id, **shared)).value
