"""The last weight of a patient: a child's dose needs it, with its date."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.domain.ids import Id


@dataclass(frozen=True, slots=True)
class Weight:
    """Kilograms, and when they were measured (aware UTC)."""

    kg: Decimal
    taken_at: datetime


def latest_weight(reader: Reader, patient_id: Id) -> Weight | None:
    """The newest weight that was measured and not voided."""
    statement = (
        select(Vitals.weight, Vitals.taken_at)
        .where(Vitals.patient_id == patient_id, Vitals.weight.is_not(None), Vitals.voided_at.is_(None))
        .order_by(Vitals.taken_at.desc())
        .limit(1)
    )
    row = reader.first(statement)
    return None if row is None else Weight(row.weight, row.taken_at)
