"""Numbers: each of its form, given once, none left out, and the counter stands at the last one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries.checks.findings import Finding, stream
from hms_desktop.data.queries.numbers import WHERE
from hms_desktop.data.tables.facility import Counter, Facility, Station
from hms_desktop.domain.checkdigit import parse_number
from hms_desktop.domain.errors import InvalidValue, WrongNumberKind
from hms_desktop.domain.facility import NumberKind

_TICKET = re.compile(r"([A-Z]{1,3})(\d{3,9})")
Series = tuple[str, str]
"""Station code, and letter of its series or day of a ticket."""


@dataclass
class _Seen:
    """Which numbers of one series were met: a bit each, so that a million of them need little room."""

    bits: bytearray = field(default_factory=bytearray)
    highest: int = 0

    def meet(self, number: int) -> bool:
        """Note a number; False when it was met before."""
        place, bit = divmod(number, 8)
        if place >= len(self.bits):
            self.bits.extend(bytes(place + 1 - len(self.bits)))
        new = not self.bits[place] & (1 << bit)
        self.bits[place] |= 1 << bit
        self.highest = max(self.highest, number)
        return new

    def missing(self) -> Iterator[int]:
        """Numbers from 1 to the highest that were not met."""
        return (n for n in range(1, self.highest + 1) if not self.bits[n // 8] & (1 << n % 8))


def number_findings(connection: Connection) -> Iterator[Finding]:
    """Numbers of a wrong form, given twice or left out, and counters that do not stand at the last number."""
    facilities = set(connection.execute(select(table_of(Facility).c.code)).scalars())
    station = table_of(Station)
    stations = {row.id: row.code for row in connection.execute(select(station.c.id, station.c.code))}
    for kind in NumberKind:
        seen: dict[Series, _Seen] = {}
        yield from _wrong_numbers(connection, kind, facilities, set(stations.values()), seen)
        yield from _wrong_counters(connection, kind, stations, seen)


def _wrong_numbers(
    connection: Connection, kind: NumberKind, facilities: set[str], stations: set[str], seen: dict[Series, _Seen]
) -> Iterator[Finding]:
    mapped, column = WHERE[kind]
    table = table_of(mapped)
    written = table.c[column]
    day = table.c.day if kind is NumberKind.TICKET else written
    statement = select(table.c.id, written.label("text"), day.label("day")).where(written.is_not(None), written != "")
    for row in stream(connection, statement):
        series, count = _read(kind, row.text, str(row.day), facilities, stations)
        if series is None:
            yield Finding("numbers", table.name, row.id, "number_malformed", {"kind": kind.value, "number": row.text})
        elif not seen.setdefault(series, _Seen()).meet(count):
            yield Finding("numbers", table.name, row.id, "number_twice", {"kind": kind.value, "number": row.text})
    for (station, letter), met in sorted(seen.items()):
        for count in met.missing():
            facts = {"kind": kind.value, "station": station, "series": letter, "number": count}
            yield Finding("numbers", table.name, "", "number_left_out", facts)


def _read(kind: NumberKind, text: str, day: str, facilities: set[str], stations: set[str]) -> tuple[Series | None, int]:
    """The series and counter of a number; no series when it can't be one of this clinic's."""
    if kind is NumberKind.TICKET:
        found = _TICKET.fullmatch(text)
        good = found is not None and found[1] in stations
        return ((found[1], day), int(found[2])) if found is not None and good else (None, 0)
    try:
        number = parse_number(text, kind)
    except (InvalidValue, WrongNumberKind):
        return None, 0
    good = number.text == text and number.facility in facilities and number.station in stations
    return ((number.station, number.series), number.counter) if good else (None, 0)


def _wrong_counters(
    connection: Connection, kind: NumberKind, stations: dict[str, str], seen: dict[Series, _Seen]
) -> Iterator[Finding]:
    """A counter stands at the last number of its series; a series that was used has a counter."""
    table = table_of(Counter)
    without = set(seen)
    for row in connection.execute(select(table).where(table.c.kind == kind.value)):
        series = (stations.get(row.station_id, ""), row.series)
        without.discard(series)
        last = seen[series].highest if series in seen else 0
        if last != row.value:
            facts = {"kind": kind.value, "station": series[0], "series": row.series, "kept": row.value, "last": last}
            yield Finding("numbers", "counter", "", "counter_not_at_last", facts)
    for station, letter in sorted(without):
        facts = {"kind": kind.value, "station": station, "series": letter}
        yield Finding("numbers", "counter", "", "counter_missing", facts)
