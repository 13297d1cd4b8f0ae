"""Rows that were put together and not saved yet: they survive a lock, another patient and a power cut."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from hms_desktop.domain.ids import Id
from hms_desktop.domain.plain import from_plain, to_plain
from hms_desktop.system.drafts import Draft
from hms_desktop.ui.kit.drafts import DraftKeeper

R = TypeVar("R")


class UnsavedRows(Generic[R]):
    """Keeps rows of one dataclass by visit in the drafts of this PC."""

    def __init__(self, drafts: DraftKeeper, name: str, kind: type[R]) -> None:
        """`name` is the draft's form (`doctor.lines`)."""
        self._drafts, self._name, self._kind = drafts, name, kind

    def keep(self, visit_id: Id, rows: Sequence[R]) -> None:
        """Write them down; none left: forget."""
        if rows:
            self._drafts.keep(self._name, visit_id, 0, {"rows": [to_plain(row) for row in rows]})
        else:
            self._drafts.drop(self._name, visit_id)

    def load(self, visit_id: Id, then: Callable[[list[R]], None]) -> None:
        """What was kept for this visit; rows of an older program that no longer fit are left out."""
        self._drafts.load(self._name, visit_id, lambda draft: then(self._rows(draft)))

    def _rows(self, draft: Draft | None) -> list[R]:
        found: list[R] = []
        for plain in [] if draft is None else draft.values.get("rows", []):
            row = self._row(plain)
            if row is not None:
                found.append(row)
        return found

    def _row(self, plain: Any) -> R | None:
        try:
            made: R = from_plain(self._kind, plain)
        except (TypeError, ValueError, KeyError):
            return None
        return made
