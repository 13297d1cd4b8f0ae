"""Released results that no doctor has seen yet; those of a visit that a doctor still has in the queue are not late."""

from collections.abc import Sequence

from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.queries.lab import person_of
from hms_desktop.data.queries.lab_result_rows import results, shown
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import LabOrder, LabOrderItem, LabResult, ResultReview
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab_reviews import ReviewRow, in_order
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, ServicePoint


def review_of(reader: Reader, result_id: Id) -> AnyRow | None:
    """Whether and by whom a result was seen; None when it never left the lab."""
    table = table_of(ResultReview)
    return reader.first(select(table).where(table.c.result_id == result_id))


def unseen_of_visit(reader: Reader, visit_id: Id) -> Sequence[AnyRow]:
    """The released results of a visit that nobody has seen, with their flag."""
    review, result = table_of(ResultReview), table_of(LabResult)
    statement = (
        select(review.c.id, review.c.result_id, result.c.flag)
        .join(result, result.c.id == review.c.result_id)
        .where(review.c.visit_id == visit_id, review.c.reviewed_at.is_(None))
    )
    return reader.rows(statement.order_by(review.c.id))


def to_review(reader: Reader, limit: int = 200) -> list[ReviewRow]:
    """Results to review, the most urgent first; a result that was corrected since stands there as its correction."""
    review, entry = table_of(ResultReview), table_of(QueueEntry)
    with_doctor = select(entry.c.id).where(
        entry.c.visit_id == review.c.visit_id, entry.c.service_point == ServicePoint.DOCTOR,
        entry.c.state.in_(sorted(OPEN_QUEUE_STATES)), entry.c.voided_at.is_(None),
    )  # fmt: skip
    result, item, order, patient = (table_of(each) for each in (LabResult, LabOrderItem, LabOrder, Patient))
    late = (
        select(
            result.c.id, review.c.visit_id, review.c.created_at.label("released_at"), order.c.ordered_by,
            name_column(order.c.ordered_by).label("orderer"), patient.c.id.label("patient_id"), patient.c.given_name,
            patient.c.middle_name, patient.c.family_name, patient.c.mrn, patient.c.sex, patient.c.birth_date,
            patient.c.birth_estimated,
        )
        .select_from(review)
        .join(result, result.c.id == review.c.result_id)
        .join(item, item.c.id == result.c.item_id)
        .join(order, order.c.id == item.c.order_id)
        .join(patient, patient.c.id == review.c.patient_id)
        .where(review.c.reviewed_at.is_(None), result.c.current, ~with_doctor.exists())
        .order_by(review.c.id)
        .limit(limit)
    )  # fmt: skip
    about = {row.id: row for row in reader.rows(late)}
    if not about:
        return []
    rows = shown(reader, results().where(LabResult.id.in_(sorted(about))), compared=True)
    return in_order(
        ReviewRow(
            result=row, person=person_of(reader, about[row.id]), visit_id=about[row.id].visit_id,
            ordered_by=about[row.id].orderer or "", ordered_by_id=about[row.id].ordered_by,
            released_at=about[row.id].released_at, mine=about[row.id].ordered_by == reader.actor.user_id,
        )
        for row in rows
    )  # fmt: skip
