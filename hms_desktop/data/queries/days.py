"""Which days a store knows."""

from datetime import date

from sqlalchemy import func, select

from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.visits import VisitKind


def newest_day(reader: Reader) -> date | None:
    """The day of the newest visit that was opened here; None when there was none."""
    found: date | None = reader.scalar(select(func.max(Visit.day)).where(Visit.kind != VisitKind.IMPORTED))
    return found
