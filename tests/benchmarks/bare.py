"""The counterpart of a read: the same driver on the same store, nothing between; and what a read asks of the store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.rights import RIGHTS
from hms_desktop.services.clinic import Clinic
from tests.make.statements import statements

ANYONE = Actor(new_id(), "bench", "Bench", RIGHTS, ())


@contextmanager
def bare(clinic: Clinic) -> Iterator[Any]:
    """A cursor of the driver."""
    with clinic.store.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        yield raw.cursor()


def asked(clinic: Clinic, work: Callable[[], object]) -> int:
    """How many statements `work` sends."""
    with statements(clinic) as sent:
        work()
    return len(sent)
