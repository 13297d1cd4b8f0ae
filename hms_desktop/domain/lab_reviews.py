"""Results that came after the doctor had finished: who asked, of whom, how urgent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import Flag
from hms_desktop.domain.lab_rows import LabPerson, ResultRow


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A released result that no doctor has seen, of a visit at which no doctor waits for it. `mine`: I asked for it."""

    result: ResultRow
    person: LabPerson
    visit_id: Id
    ordered_by: str
    ordered_by_id: Id
    released_at: datetime
    mine: bool

    @property
    def id(self) -> Id:
        """The result's id."""
        return self.result.id

    @property
    def rank(self) -> int:
        """Critical 0, abnormal 1, others 2."""
        if self.result.is_critical:
            return 0
        return 2 if self.result.flag in {None, Flag.NORMAL} else 1


def in_order(rows: Iterable[ReviewRow]) -> list[ReviewRow]:
    """Critical ones first, then abnormal ones; among them one's own, then who has waited longest."""
    return sorted(rows, key=lambda row: (row.rank, not row.mine, row.released_at, row.id))
