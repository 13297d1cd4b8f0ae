"""Visits: today's list, what still keeps one open, what was done at one, yesterday's that nobody closed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from hms_desktop.data.base import Base, table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import Bill, Charge
from hms_desktop.data.tables.consultations import ClinicalNote, Diagnosis
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.tables.lab import LabOrder, LabOrderItem, LabResult
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.tables.triage import TriageAssessment, Vitals
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState, ResultStatus
from hms_desktop.domain.patients import listed_name
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState
from hms_desktop.domain.visits import (
    OPEN_QUEUE_STATES,
    DepartmentRow,
    OpenWork,
    QueueState,
    ServicePoint,
    VisitKind,
    VisitOutcome,
    VisitRow,
    VisitState,
)

_WAITS = sorted(OPEN_QUEUE_STATES)


def open_visit_of(reader: Reader, patient_id: Id) -> AnyRow | None:
    """The patient's open visit, or None."""
    visit = table_of(Visit)
    return reader.first(select(visit).where(visit.c.open_key == patient_id))


def seen_before(reader: Reader, patient_id: Id) -> bool:
    """Whether the patient has any visit that was not cancelled."""
    visit = table_of(Visit)
    found = select(visit.c.id).where(visit.c.patient_id == patient_id, visit.c.state != VisitState.CANCELLED)
    return reader.first(found.limit(1)) is not None


def departments(reader: Reader) -> list[DepartmentRow]:
    """The departments to choose from, by name."""
    department = table_of(Department)
    statement = select(department.c.id, department.c.code, department.c.name).where(
        department.c.active, department.c.voided_at.is_(None)
    )
    return [DepartmentRow(*row) for row in reader.rows(statement.order_by(department.c.name_folded))]


# --- lists -------------------------------------------------------------------------------------------


def of_today(reader: Reader) -> list[VisitRow]:
    """Every visit that began today, the newest first."""
    visit = table_of(Visit)
    statement = _shown().where(visit.c.day == reader.today, visit.c.kind != VisitKind.IMPORTED)
    return _rows(reader, statement.order_by(visit.c.opened_at.desc(), visit.c.id.desc()))


def left_open(reader: Reader) -> list[VisitRow]:
    """Visits of earlier days that nobody closed, the oldest first."""
    visit = table_of(Visit)
    statement = _shown().where(visit.c.state == VisitState.OPEN, visit.c.day < reader.today)
    return _rows(reader, statement.order_by(visit.c.day, visit.c.id))


def of_patient(reader: Reader, patient_id: Id, limit: int = 30) -> list[VisitRow]:
    """A patient's visits, the newest first."""
    visit = table_of(Visit)
    statement = _shown().where(visit.c.patient_id == patient_id)
    return _rows(reader, statement.order_by(visit.c.opened_at.desc(), visit.c.id.desc()).limit(limit))


def _shown() -> Select[Any]:
    visit, patient, department = table_of(Visit), table_of(Patient), table_of(Department)
    return (
        select(
            visit.c.id, visit.c.version, visit.c.number, visit.c.patient_id, patient.c.given_name,
            patient.c.middle_name, patient.c.family_name, patient.c.mrn, patient.c.sex, patient.c.birth_date,
            patient.c.birth_estimated, visit.c.kind, visit.c.state, visit.c.outcome, visit.c.day, visit.c.opened_at,
            visit.c.ticket, visit.c.colour, visit.c.complaint, department.c.name.label("department"),
        )
        .join(patient, patient.c.id == visit.c.patient_id)
        .outerjoin(department, department.c.id == visit.c.department_id)
    )  # fmt: skip


def _rows(reader: Reader, statement: Select[Any]) -> list[VisitRow]:
    rows = reader.rows(statement)
    waits = _waiting_now(reader, [row.id for row in rows if row.state == VisitState.OPEN])
    found = []
    for row in rows:
        point, since = waits.get(row.id, ("", None))
        found.append(
            VisitRow(
                id=row.id, version=row.version, number=row.number, patient_id=row.patient_id,
                patient_name=listed_name(row.given_name, row.middle_name, row.family_name), mrn=row.mrn, sex=row.sex,
                birth_date=row.birth_date, birth_estimated=row.birth_estimated, kind=VisitKind(row.kind),
                state=VisitState(row.state), outcome=VisitOutcome(row.outcome) if row.outcome else None, day=row.day,
                opened_at=row.opened_at, ticket=row.ticket, colour=row.colour, complaint=row.complaint,
                department=row.department or "", waiting_at=point, waiting_since=since,
            )
        )  # fmt: skip
    return found


def _waiting_now(reader: Reader, visit_ids: Sequence[Id]) -> dict[Id, tuple[str, Any]]:
    """Where the patients of these visits wait or are served: the newest entry of each."""
    entry = table_of(QueueEntry)
    if not visit_ids:
        return {}
    statement = select(entry.c.visit_id, entry.c.service_point, entry.c.waiting_since).where(
        entry.c.visit_id.in_(visit_ids), entry.c.state.in_(_WAITS), entry.c.voided_at.is_(None)
    )
    return {r.visit_id: (str(r.service_point), r.waiting_since) for r in reader.rows(statement.order_by(entry.c.id))}


# --- what keeps a visit open -------------------------------------------------------------------------


def _owed(bill: Any) -> ColumnElement[int]:
    owed: ColumnElement[int] = bill.c.charged - bill.c.adjusted - bill.c.paid + bill.c.refunded
    return owed


def open_work(reader: Reader, visit_id: Id) -> frozenset[OpenWork]:
    """What is still to be done at a visit."""
    entry, note, bill = table_of(QueueEntry), table_of(ClinicalNote), table_of(Bill)
    order, item, result = table_of(LabOrder), table_of(LabOrderItem), table_of(LabResult)
    prescription, medicine = table_of(Prescription), table_of(PrescriptionItem)
    asked = {
        OpenWork.QUEUE: select(entry.c.id).where(
            entry.c.visit_id == visit_id, entry.c.state.in_(_WAITS), entry.c.voided_at.is_(None)
        ),
        OpenWork.RESULT: select(item.c.id)
        .join(order, order.c.id == item.c.order_id)
        .outerjoin(result, and_(result.c.item_id == item.c.id, result.c.status == ResultStatus.PRELIMINARY))
        .where(
            order.c.visit_id == visit_id, item.c.voided_at.is_(None), order.c.voided_at.is_(None),
            or_(item.c.state.not_in((OrderState.COMPLETED, OrderState.CANCELLED)), result.c.current),
        ),
        OpenWork.DRUG: select(medicine.c.id)
        .join(prescription, prescription.c.id == medicine.c.prescription_id)
        .where(
            prescription.c.visit_id == visit_id, prescription.c.voided_at.is_(None), medicine.c.voided_at.is_(None),
            prescription.c.status.in_((PrescriptionState.ACTIVE, PrescriptionState.ON_HOLD)),
            medicine.c.state.in_((ItemState.ACTIVE, ItemState.PARTLY)),
            medicine.c.medication_id.is_not(None),
        ),
        OpenWork.DEBT: select(bill.c.id).where(
            bill.c.visit_id == visit_id, bill.c.voided_at.is_(None), or_(_owed(bill) > 0, bill.c.pending > 0)
        ),
        OpenWork.NOTE: select(note.c.id).where(
            note.c.visit_id == visit_id, note.c.signed_at.is_(None), note.c.voided_at.is_(None)
        ),
    }  # fmt: skip
    row = reader.first(select(*(exists(found).label(work.value) for work, found in asked.items())))
    assert row is not None
    return frozenset(work for work in asked if row._mapping[work.value])


def was_seen(reader: Reader, visit_id: Id) -> bool:
    """Whether a doctor completed the consultation of this visit, and nobody is missing at another desk."""
    entry = table_of(QueueEntry)
    states = {
        (str(r.service_point), str(r.state))
        for r in reader.rows(select(entry.c.service_point, entry.c.state).where(entry.c.visit_id == visit_id))
    }
    missing = any(state == QueueState.NO_SHOW for _point, state in states)
    return (ServicePoint.DOCTOR.value, QueueState.COMPLETED.value) in states and not missing


_DONE: tuple[type[Base], ...] = (Vitals, TriageAssessment, ClinicalNote, Diagnosis, LabOrder, Prescription)


def has_work(reader: Reader, visit_id: Id) -> bool:
    """Whether anything was done at a visit, or money was taken for it: then it can't be cancelled."""
    found = []
    for mapped in _DONE:
        table = table_of(mapped)
        found.append(select(table.c.id).where(table.c.visit_id == visit_id, table.c.voided_at.is_(None)))
    bill = table_of(Bill)
    paid = select(bill.c.id).where(bill.c.visit_id == visit_id, (bill.c.paid > bill.c.refunded) | (bill.c.pending > 0))
    return bool(reader.scalar(select(or_(*(exists(each) for each in (*found, paid))))))


def charges_of(reader: Reader, visit_id: Id) -> list[Id]:
    """The charges of a visit that are not void."""
    charge = table_of(Charge)
    statement = select(charge.c.id).where(charge.c.visit_id == visit_id, charge.c.voided_at.is_(None))
    return [row.id for row in reader.rows(statement.order_by(charge.c.id))]
