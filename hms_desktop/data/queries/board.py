"""The visit board: everybody of today, one line a visit. Three statements for any number of visits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select, union_all

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import Bill
from hms_desktop.data.tables.lab import LabOrder, LabOrderItem
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState
from hms_desktop.domain.patients import listed_name
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.domain.visits import BoardRow, QueueState, ServicePoint, VisitKind, VisitState


def _today(reader: Reader) -> Any:
    """Which visits stand on the board: those of today, and those of yesterday that are still open."""
    visit = table_of(Visit)
    yesterday = reader.today - timedelta(days=1)
    still_here = and_(visit.c.day == yesterday, visit.c.state == VisitState.OPEN)
    return and_(or_(visit.c.day == reader.today, still_here), visit.c.kind != VisitKind.IMPORTED)


def rows(reader: Reader) -> list[BoardRow]:
    """The board, in the order of arrival."""
    visits = _visits(reader)
    if not visits:
        return []
    queues = _queues(reader)
    counts = _counts(reader)
    return [_row(reader, visit, queues.get(visit.id, ("", None)), counts.get(visit.id, {})) for visit in visits]


def _visits(reader: Reader) -> Sequence[AnyRow]:
    visit, patient = table_of(Visit), table_of(Patient)
    statement = (
        select(
            visit.c.id, visit.c.patient_id, patient.c.given_name, patient.c.middle_name, patient.c.family_name,
            patient.c.mrn, visit.c.ticket, visit.c.opened_at, visit.c.colour, visit.c.state,
        )
        .join(patient, patient.c.id == visit.c.patient_id)
        .where(_today(reader))
        .order_by(visit.c.opened_at, visit.c.id)
    )  # fmt: skip
    return reader.rows(statement)


def _queues(reader: Reader) -> dict[Id, tuple[str, datetime | None]]:
    """For each visit the state at the doctor, and since when the patient has been waiting anywhere (None: is not)."""
    visit, entry = table_of(Visit), table_of(QueueEntry)
    statement = (
        select(entry.c.visit_id, entry.c.service_point, entry.c.state, entry.c.waiting_since)
        .join(visit, visit.c.id == entry.c.visit_id)
        .where(_today(reader), entry.c.voided_at.is_(None))
        .order_by(entry.c.id)
    )
    found: dict[Id, tuple[str, datetime | None]] = {}
    for row in reader.rows(statement):
        doctor, since = found.get(row.visit_id, ("", None))
        if row.service_point == ServicePoint.DOCTOR:
            doctor = str(row.state)
        if row.state in {QueueState.WAITING, QueueState.CALLED}:
            since = row.waiting_since if since is None else min(since, row.waiting_since)
        found[row.visit_id] = (doctor, since)
    return found


def _counts(reader: Reader) -> dict[Id, dict[str, tuple[int, int]]]:
    """For each visit and kind of work: how much there is, and how much of it is done (money in minor units)."""
    vitals, bill = table_of(Vitals), table_of(Bill)
    order, item = table_of(LabOrder), table_of(LabOrderItem)
    prescription, medicine = table_of(Prescription), table_of(PrescriptionItem)
    done = func.sum(case((item.c.state == OrderState.COMPLETED, 1), else_=0))
    given = func.sum(case((medicine.c.state == ItemState.DISPENSED, 1), else_=0))
    charged = func.sum(bill.c.charged - bill.c.adjusted)
    paid = func.sum(bill.c.paid - bill.c.refunded)
    parts = [
        _of_visit(reader, "vitals", vitals, vitals.c.visit_id, func.count(), literal(0)).where(
            vitals.c.voided_at.is_(None)
        ),
        _of_visit(reader, "lab", item.join(order, order.c.id == item.c.order_id), order.c.visit_id, func.count(), done)
        .where(item.c.state != OrderState.CANCELLED, item.c.voided_at.is_(None)),
        _of_visit(
            reader, "drug", medicine.join(prescription, prescription.c.id == medicine.c.prescription_id),
            prescription.c.visit_id, func.count(), given,
        ).where(medicine.c.state != ItemState.STOPPED, medicine.c.voided_at.is_(None)),
        _of_visit(reader, "bill", bill, bill.c.visit_id, charged, paid).where(bill.c.voided_at.is_(None)),
    ]  # fmt: skip
    found: dict[Id, dict[str, tuple[int, int]]] = {}
    for row in reader.rows(union_all(*parts)):
        found.setdefault(row.visit_id, {})[row.kind] = (int(row.whole), int(row.done))
    return found


def _of_visit(reader: Reader, kind: str, source: Any, visit_id: Any, whole: Any, done: Any) -> Select[Any]:
    visit = table_of(Visit)
    return (
        select(visit_id.label("visit_id"), literal(kind).label("kind"), whole.label("whole"), done.label("done"))
        .select_from(source.join(visit, visit.c.id == visit_id))
        .where(_today(reader))
        .group_by(visit_id)
    )


def _row(
    reader: Reader, visit: AnyRow, queue: tuple[str, datetime | None], counts: dict[str, tuple[int, int]]
) -> BoardRow:
    doctor, since = queue
    lab_total, lab_done = counts.get("lab", (0, 0))
    prescribed, dispensed = counts.get("drug", (0, 0))
    charged, paid = counts.get("bill", (0, 0))
    money = reader.facility.currency
    shown = [money.show(money.from_minor(amount)) if amount else "" for amount in (charged - paid, paid)]
    return BoardRow(
        visit_id=visit.id, patient_id=visit.patient_id,
        patient_name=listed_name(visit.given_name, visit.middle_name, visit.family_name), mrn=visit.mrn,
        ticket=visit.ticket, arrived=visit.opened_at, colour=visit.colour, vitals_done="vitals" in counts,
        doctor_state=doctor, lab_done=lab_done, lab_total=lab_total,
        owed=shown[0], paid=shown[1], dispensed=dispensed, prescribed=prescribed,
        waiting_minutes=waiting_minutes(since, reader.now) if since else 0, state=VisitState(visit.state),
    )  # fmt: skip
