"""The `Clinic` value that every service receives: store, clinic, station.

Read next: `service.py`, which turns a function body into one transaction with a permission check.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Generic, TypeVar

from hms_desktop.data import work as data_work
from hms_desktop.data.queries.facility import only_facility, stations
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


@dataclass(eq=False)
class Clinic:
    """An open clinic at one station. `clock` gives aware UTC; tests give their own.

    `where` is what was read last of the clinic's own data. It alone moves (`follow_store`), as a whole, so that whoever
    holds the clinic speaks for it as it is now; a transaction that runs keeps what it began with.
    """

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
        """Another value of the same clinic, as if its own data were these."""
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


def follow_store(clinic: Clinic) -> frozenset[str]:
    """Read the clinic's own data and this station's again, which an administrator may have changed at another PC; gives
    the names of what is different (`name`, `currency`, `station`, …).
    """
    with clinic.store.reading() as connection:
        facility = only_facility(connection)
        known = {line.station.id: line.station for line in stations(connection)}
    before, station = clinic.where, known.get(clinic.station.id, clinic.station)
    if facility is None:
        return frozenset()
    moved = {
        each.name for each in fields(facility) if getattr(facility, each.name) != getattr(before.facility, each.name)
    }
    moved |= {"station"} if station != before.station else set()
    if moved:
        clinic.where = Where(facility, station)
    return frozenset(moved - {"version"})


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
