"""Counts what is asked of the store: a list that asks once a row is slow where nobody tests it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from hms_desktop.services.clinic import Clinic


@contextmanager
def statements(clinic: Clinic) -> Iterator[list[str]]:
    """The statements that the store gets meanwhile, without those that begin and end transactions."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.split(maxsplit=1)[0] not in {"BEGIN", "COMMIT", "ROLLBACK"}:
            seen.append(statement)

    event.listen(clinic.store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(clinic.store.engine, "before_cursor_execute", note)
