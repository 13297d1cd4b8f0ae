"""A clinic of any size for measuring: one seed, the same people. African, Arabic, Devanagari, Latin names; Zipf.

Rows go in by the store's own tables and triggers (so that the word index is the real one), thousands at a time.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.patient_search import index_words
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitKind, VisitState
from hms_desktop.services.clinic import Clinic

NAMES = Path(__file__).parents[2] / "resources" / "demo_clinic" / "names.csv"
BATCH = 5_000
WAITING = 50
TODAY = date(2026, 3, 5)


@dataclass(frozen=True)
class Names:
    """Given and family names, commonest first, in both scripts where a culture has its own."""

    given: Sequence[str]
    family: Sequence[str]


def read_names() -> Names:
    """The training clinic's names, and spellings that drift from them, so that there are some thousand words."""
    rows = list(csv.DictReader(NAMES.open(encoding="utf-8")))
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
    """Patients with a closed visit and vitals each, and `WAITING` of them in the doctor's queue of today."""
    draw, names = random.Random(seed), read_names()
    base = _base(clinic)
    people: list[dict[str, Any]] = []
    visits: list[dict[str, Any]] = []
    with clinic.store.writing() as connection:
        for first in range(0, patients, BATCH):
            people = [_person(draw, names, base, n) for n in range(first, min(first + BATCH, patients))]
            visits = [_visit(draw, base, person, n + first) for n, person in enumerate(people)]
            connection.execute(insert(table_of(Patient)), people)
            connection.execute(insert(table_of(Visit)), visits)
            connection.execute(insert(table_of(Vitals)), [_vitals(draw, base, visit) for visit in visits])
        waiting = list(_waiting(base, people[-WAITING:], visits[-WAITING:]))
        connection.execute(insert(table_of(QueueEntry)), waiting)
    with clinic.store.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def _base(clinic: Clinic) -> dict[str, Any]:
    moment = datetime(2026, 3, 5, 6, tzinfo=UTC)
    nobody = Id("0" * 32)
    return {
        "facility_id": clinic.facility.id, "station_id": clinic.station.id, "created_at": moment,
        "created_by": nobody, "updated_at": moment, "updated_by": nobody, "version": 1,
    }  # fmt: skip


def _blank(mapped: Any) -> dict[str, Any]:
    from hms_desktop.data.work import _blank_row

    return dict(_blank_row(mapped))


def _person(draw: random.Random, names: Names, base: dict[str, Any], number: int) -> dict[str, Any]:
    given = zipf(draw, names.given)
    second = zipf(draw, names.given) if draw.random() < 0.25 else ""
    family, phone = zipf(draw, names.family), f"07{draw.randrange(10**8):08d}"
    mrn = f"BM-AA-{number + 1:06d}"
    born, seen = TODAY - timedelta(days=draw.randrange(30_000)), TODAY - timedelta(days=draw.randrange(900))
    return {
        **_blank(Patient), **base, "id": new_id(), "mrn": mrn, "mrn_folded": mrn.replace("-", "").casefold(),
        "given_name": given, "middle_name": second, "family_name": family,
        "search_words": index_words(f"{given} {second} {family}", born, seen), "phone": phone,
        "phone_reversed": phone[::-1], "birth_date": born,
        "sex": draw.choice((Sex.FEMALE, Sex.MALE)), "allergy_state": AllergyState.NOT_ASKED,
        "last_visit_on": seen,
    }  # fmt: skip


def _visit(draw: random.Random, base: dict[str, Any], person: dict[str, Any], number: int) -> dict[str, Any]:
    opened = datetime(2026, 3, 4, 8, tzinfo=UTC) - timedelta(minutes=draw.randrange(500_000))
    return {
        **_blank(Visit), **base, "id": new_id(), "number": f"BM-AA-{number + 1:06d}", "patient_id": person["id"],
        "kind": VisitKind.OUTPATIENT, "state": VisitState.CLOSED, "day": opened.date(), "occurrence": Occurrence.NEW,
        "opened_at": opened, "closed_at": opened + timedelta(hours=2),
    }  # fmt: skip


def _vitals(draw: random.Random, base: dict[str, Any], visit: dict[str, Any]) -> dict[str, Any]:
    return {
        **_blank(Vitals), **base, "id": new_id(), "patient_id": visit["patient_id"], "visit_id": visit["id"],
        "taken_at": visit["opened_at"], "pulse": draw.randrange(55, 130), "spo2": draw.randrange(90, 100),
    }  # fmt: skip


def _waiting(
    base: dict[str, Any], people: Sequence[dict[str, Any]], visits: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for number, (person, visit) in enumerate(zip(people, visits, strict=True)):
        yield {
            **_blank(QueueEntry), **base, "id": new_id(), "visit_id": visit["id"], "patient_id": person["id"],
            "service_point": ServicePoint.DOCTOR, "state": QueueState.WAITING, "colour": "green", "colour_rank": 4,
            "day": TODAY, "waiting_since": datetime(2026, 3, 5, 6, number % 60, tzinfo=UTC),
        }  # fmt: skip
