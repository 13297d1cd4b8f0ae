"""A clinic of any size for measuring: one seed, the same people. African, Arabic, Devanagari, Latin names; Zipf.

Rows go into the store's own tables past its triggers, thousands at a time; the word index is filled as the triggers
would (`tests/data/queries/test_generator.py` holds the two equal) and the triggers come back.
"""

import csv
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from hms_desktop.data.ddl import month_row
from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.patient_search import SPELT, index_words, name_words, sounds, variants
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.domain.plain import utc_text
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitKind, VisitState
from hms_desktop.services.clinic import Clinic
from tests.benchmarks.bulk import Bulk, without_triggers

NAMES = Path(__file__).parents[2] / "resources" / "demo_clinic" / "names.csv"
BATCH = 10_000
WAITING = 50
COMPLETED = 10
"""How many of today's patients the doctor has finished with."""
NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
TODAY = NOW.date()
_DAYS = 900


def now() -> datetime:
    """The clock of a measured clinic stands still, so that its today is the generator's."""
    return NOW


@dataclass(frozen=True)
class Names:
    """Given and family names, commonest first, in both scripts where a culture has its own."""

    given: Sequence[str]
    family: Sequence[str]


def read_names() -> Names:
    """The training clinic's names, and spellings that drift from them, so that there are some thousand words."""
    rows = list(csv.DictReader(NAMES.read_text(encoding="utf-8").splitlines()))
    draw = random.Random(7)
    lists: dict[str, list[str]] = {"given": [], "family": []}
    for kind in lists:
        plain = [name for row in rows if row["kind"] == kind for name in (row["latin"], row["native"]) if name]
        draw.shuffle(plain)
        lists[kind] = plain + [_drifted(draw, draw.choice(plain)) for _ in range(4000)]
    return Names(lists["given"], lists["family"])


def _drifted(draw: random.Random, name: str) -> str:
    at = draw.randrange(len(name))
    letter = draw.choice("aeioumnrstkl") if name.isascii() else draw.choice(name)
    return name[:at] + letter + name[at + draw.choice((0, 1)) :]


def zipf(draw: random.Random, names: Sequence[str]) -> str:
    """A name, the first ones far more often than the last."""
    return names[min(int(len(names) ** draw.random()) - 1, len(names) - 1)]


def fill(clinic: Clinic, patients: int, seed: int = 1) -> None:
    """Patients, each with a closed visit, its vitals and its turn at the doctor's; `WAITING` of them wait there now."""
    with clinic.store.writing() as connection, without_triggers(connection, "patient"):
        _fill(connection, _base(clinic), patients, random.Random(seed))
    with clinic.store.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def _fill(connection: Connection, base: dict[str, Any], patients: int, draw: random.Random) -> None:
    names, known = read_names(), set[str]()
    doctor = connection.execute(text("SELECT id FROM user_account LIMIT 1")).scalar_one()
    tables = [Bulk(connection, name, base, varying) for name, varying in _VARYING.items()]
    rows_of_month: dict[int, int] = {}
    step = _coprime(patients)
    for first in range(0, patients, BATCH):
        people, visits, vitals, turns, rows, words = ([] for _ in range(6))
        for n in range(first, min(first + BATCH, patients)):
            person = _person(draw, names, (n * step) % patients + 1, TODAY - timedelta(_DAYS - n * _DAYS // patients))
            visit = _visit(draw, person, n + 1)
            people.append(person)
            visits.append(visit)
            vitals.append((_key(), person[0], visit[0], visit[3], draw.randrange(55, 130), draw.randrange(90, 100)))
            turns.append(_turn(person, visit, patients - 1 - n, doctor))
            place = _place(rows_of_month, date.fromisoformat(person[13]))
            rows.append((place, person[0]))
            words.append((place, person[6]))
        for table, content in zip(tables, (people, visits, vitals, turns), strict=True):
            table.insert(content)
        known.update(word for _place, each in words for word in each.split())
        connection.exec_driver_sql("INSERT INTO patient_search_row (row, patient_id) VALUES (?, ?)", rows)
        connection.exec_driver_sql("INSERT INTO patient_words (rowid, words) VALUES (?, ?)", words)
    near = [(variant, word) for word in sorted(known) if _spelt_plainly(word) for variant in variants(word)]
    connection.exec_driver_sql("INSERT INTO name_variant (variant, word) VALUES (?, ?)", near)


def _coprime(count: int) -> int:
    """A step that visits every number below `count` once, so that numbers and last visits go their own ways."""
    return next(step for step in (618_033, 61_803, 6_181, 619, 61, 7, 1) if math.gcd(step, count) == 1)


def _place(rows_of_month: dict[int, int], seen: date) -> int:
    low = month_row(seen)
    rows_of_month[low] = rows_of_month.get(low, low) + 1
    return rows_of_month[low]


def _spelt_plainly(word: str) -> bool:
    return not "\ue000" <= word[0] <= "\uf8ff" and SPELT not in word


_VARYING: dict[str, tuple[str, ...]] = {
    "patient": (
        "id", "mrn", "mrn_folded", "given_name", "middle_name", "family_name", "search_words", "phone",
        "phone_reversed", "birth_date", "sex", "birth_estimated", "allergy_state", "last_visit_on",
    ),
    "visit": ("id", "number", "patient_id", "opened_at", "closed_at", "day", "kind", "state", "occurrence"),
    "vitals": ("id", "patient_id", "visit_id", "taken_at", "pulse", "spo2"),
    "queue_entry": (
        "id", "visit_id", "patient_id", "service_point", "state", "colour", "colour_rank", "day", "waiting_since",
        "done_at", "practitioner_id",
    ),
}  # fmt: skip


def _base(clinic: Clinic) -> dict[str, Any]:
    nobody = bytes(16)
    return {
        "facility_id": bytes.fromhex(clinic.facility.id), "station_id": bytes.fromhex(clinic.station.id),
        "created_at": utc_text(NOW), "created_by": nobody, "updated_at": utc_text(NOW), "updated_by": nobody,
        "version": 1,
    }  # fmt: skip


def _key() -> bytes:
    return bytes.fromhex(new_id())


@cache
def _heard(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return name_words(name), sounds(name)


def words_of(names: Sequence[str], born: date, seen: date) -> str:
    """What `index_words` gives, with each name folded once a run."""
    heard = [_heard(name) for name in names if name]
    named = [word for words, _sounds in heard for word in words]
    dated = index_words("", born, seen).split()
    return " ".join(dict.fromkeys([*named, *(word for _words, each in heard for word in each), *dated]))


def _person(draw: random.Random, names: Names, number: int, seen: date) -> tuple[Any, ...]:
    given = zipf(draw, names.given)
    second = zipf(draw, names.given) if draw.random() < 0.25 else ""
    family, phone = zipf(draw, names.family), f"07{draw.randrange(10**8):08d}"
    mrn = f"BM-AA-P{number:06d}"
    born = TODAY - timedelta(days=draw.randrange(30_000))
    words = words_of((given, second, family), born, seen)
    return (
        _key(), mrn, mrn.replace("-", "").casefold(), given, second, family, words,
        phone, phone[::-1], born.isoformat(), draw.choice((Sex.FEMALE, Sex.MALE)).value, 0,
        AllergyState.NOT_ASKED.value, seen.isoformat(),
    )  # fmt: skip


def _visit(draw: random.Random, person: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    opened = datetime.fromisoformat(f"{person[13]}T08:00:00+00:00") + timedelta(minutes=draw.randrange(500))
    return (
        _key(), f"BM-AA-V{number:06d}", person[0], utc_text(opened), utc_text(opened + timedelta(hours=2)), person[13],
        VisitKind.OUTPATIENT.value, VisitState.CLOSED.value, Occurrence.NEW.value,
    )  # fmt: skip


def _turn(person: tuple[Any, ...], visit: tuple[Any, ...], left: int, doctor: bytes) -> tuple[Any, ...]:
    """The doctor's queue entry of a visit: the last ones wait now, those before them were completed today."""
    if left < WAITING:
        waits = utc_text(datetime(2026, 3, 5, 6, left, tzinfo=UTC))
        return (
            _key(), visit[0], person[0], ServicePoint.DOCTOR.value, QueueState.WAITING.value, "green", 4,
            TODAY.isoformat(), waits, None, None,
        )  # fmt: skip
    day = TODAY.isoformat() if left < WAITING + COMPLETED else visit[5]
    return (
        _key(), visit[0], person[0], ServicePoint.DOCTOR.value, QueueState.COMPLETED.value, "green", 4, day, visit[3],
        visit[4], doctor,
    )  # fmt: skip
