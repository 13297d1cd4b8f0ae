"""The `Clinic` value that every service receives: store, clinic, station.

Read next: `service.py`, which turns a function body into one transaction with a permission check.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from hms_desktop.data import work as data_work
from hms_desktop.data.reader import Reader, Where
from hms_desktop.data.store import Store
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.facility import Facility, Station

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Outcome(Generic[T_co]):
    """What a save gave, and the topics whose lists it changed. `repeated` when the same save came twice."""

    value: T_co
    changed: frozenset[str] = frozenset()
    repeated: bool = False


@dataclass(frozen=True)
class Clinic:
    """An open clinic at one station. `clock` gives aware UTC; tests give their own."""

    store: Store
    where: Where
    clock: Callable[[], datetime]

    @property
    def facility(self) -> Facility:
        """The clinic's own data."""
        return self.where.facility

    @property
    def station(self) -> Station:
        """This PC in the clinic's books."""
        return self.where.station

    def with_facility(self, facility: Facility) -> "Clinic":
        """The same clinic after its own data changed."""
        return replace(self, where=replace(self.where, facility=facility))

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Reader]:
        """A consistent view for one question."""
        with self.store.reading() as connection:
            yield Reader(connection, self.where, actor, self.clock())

    @contextmanager
    def work(self, actor: Actor, action: str) -> Iterator[Work]:
        """One transaction. Services use it through `service.writes`, which also re-runs it when the engine asks."""
        with self.store.writing() as connection:
            yield Work(connection, self.where, actor, self.clock(), action)


def doorbell(clinic: Clinic) -> Callable[[Callable[[], None]], Callable[[], None]] | None:
    """How to hear at once that somebody saved, or None where only looking tells (a store on this PC)."""
    if clinic.store.dialect != "postgresql":
        return None
    from hms_desktop.data.doorbell import listen  # psycopg loads 100 ms

    return lambda ring: listen(clinic.store, ring)


def topic_versions(clinic: Clinic) -> dict[str, int]:
    """The version of every list: a screen reloads when its own moved."""
    with clinic.store.reading() as connection:
        return data_work.topic_versions(connection)
