"""Reads beside the raw statements: search while typing, the doctor's queue, the chart."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import text

from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.ids import Id
from hms_desktop.services.chart import doctor_queue
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patients import find_patients
from tests.benchmarks.bare import ANYONE, asked, bare
from tests.benchmarks.blocks import Measured, compare
from tests.benchmarks.generator import COMPLETED, TODAY, WAITING

QUERIES = 1020
"""As many lines of each kind as operations are measured: nobody types the same line twice."""
SEARCH_GOAL = "p50 ≤ 3×, p99 ≤ 10×"


def _people(clinic: Clinic, size: int) -> list[Any]:
    """Patients drawn over the whole table."""
    draw = random.Random(3)
    numbers = [f"bmaap{draw.randrange(size) + 1:06d}" for _ in range(QUERIES)]
    statement = text("SELECT given_name, family_name, phone, mrn, birth_date FROM patient WHERE mrn_folded = :mrn")
    with clinic.store.reading() as connection:
        return [connection.execute(statement, {"mrn": number}).one() for number in numbers]


def _plain(name: str) -> str:
    """A name as somebody without accents on the keyboard types it."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def _kinds(people: list[Any]) -> dict[str, list[str]]:
    latin = [p for p in people if _plain(p.given_name + p.family_name).isascii()]
    marked = [p for p in latin if not p.family_name.isascii()] or latin
    other = [p for p in people if p not in latin]
    return {
        "3 letters": [p.family_name[:3] for p in latin],
        "5 letters": [p.family_name[:5] for p in latin],
        "3+3, family first": [f"{p.family_name[:3]} {p.given_name[:3]}" for p in latin],
        "3+3, given first": [f"{p.given_name[:3]} {p.family_name[:3]}" for p in latin],
        "full name": [f"{p.given_name} {p.family_name}" for p in latin],
        "name and year": [f"{p.family_name[:4]} {p.birth_date[:4]}" for p in latin],
        "one typo": [f"{p.given_name} {p.family_name[:2]}x{p.family_name[3:]}" for p in latin],
        "accents left out": [f"{_plain(p.given_name)[:4]} {_plain(p.family_name)}" for p in marked],
        "non-Latin": [p.family_name for p in other],
        "phone tail": [p.phone[-6:] for p in people],
        "MRN": [p.mrn for p in people],
        "no such name": ["qzxwv jjqkz" for _ in people],
    }


_SEEK = (
    "SELECT p.id, p.mrn, p.given_name, p.middle_name, p.family_name, p.birth_date, p.birth_estimated, p.sex, p.phone,"
    " p.national_id, p.last_visit_on, v.number FROM patient p LEFT JOIN visit v ON v.open_key = p.id"
    " WHERE p.facility_id = ? AND p.mrn >= ? AND p.voided_at IS NULL ORDER BY p.mrn LIMIT 20"
)


def search_rows(clinic: Clinic, size: int) -> Iterator[Measured]:
    """Every kind of typed line against one index seek that gives 20 rows of the same columns."""
    people = _people(clinic, size)
    facility = bytes.fromhex(clinic.facility.id)
    with bare(clinic) as cursor:

        def floor(number: int) -> object:
            return cursor.execute(_SEEK, (facility, people[number % len(people)].mrn)).fetchall()

        for kind, lines in _kinds(people).items():

            def find(number: int, lines: list[str] = lines) -> object:
                return find_patients(clinic, ANYONE, lines[number % len(lines)])

            count = max(asked(clinic, lambda find=find, n=n: find(n)) for n in range(10))  # type: ignore[misc]
            yield compare(f"search: {kind}", find, floor, size=size, each=34, goal=SEARCH_GOAL, count=count)


_QUEUE = (
    "SELECT q.id, q.version, q.visit_id, v.number, q.patient_id, p.mrn, p.sex, q.ticket, q.state, q.colour, q.returned,"
    " q.waiting_since, v.complaint, p.given_name, p.middle_name, p.family_name, p.birth_date, p.birth_estimated,"
    " u.given_name, u.family_name FROM queue_entry q JOIN visit v ON v.id = q.visit_id"
    " JOIN patient p ON p.id = q.patient_id LEFT JOIN user_account u ON u.id = q.claimed_by"
    " WHERE q.voided_at IS NULL AND q.service_point = 'doctor' AND "
)
_WAITING = (
    _QUEUE + "q.state IN ('called', 'in_service', 'sent_to_lab', 'waiting', 'with_doctor')"
    " ORDER BY q.colour_rank, q.returned DESC, q.waiting_since, q.id LIMIT 200"
)
_COMPLETED = (
    _QUEUE + "q.day = ? AND q.state IN ('completed', 'done') AND q.practitioner_id = ? ORDER BY q.done_at DESC, q.id"
)


def queue_rows(clinic: Clinic, size: int) -> Iterator[Measured]:
    """The doctor's queue of 50, and whom the doctor has completed today, against the same two statements by hand."""
    doctor = replace(ANYONE, user_id=_doctor(clinic))
    with bare(clinic) as cursor:

        def floor(_number: int) -> object:
            waiting = cursor.execute(_WAITING).fetchall()
            return waiting + cursor.execute(_COMPLETED, (TODAY.isoformat(), bytes.fromhex(doctor.user_id))).fetchall()

        assert len(doctor_queue(clinic, doctor)) == len(floor(0)) == WAITING + COMPLETED  # type: ignore[arg-type]
        count = asked(clinic, lambda: doctor_queue(clinic, doctor))
        yield compare(
            "doctor's queue of 50", lambda _n: doctor_queue(clinic, doctor), floor, size=size, each=20,
            goal="≤ 2×, ≤ 3 statements", count=count,
        )  # fmt: skip


def _doctor(clinic: Clinic) -> Id:
    with clinic.store.reading() as connection:
        return Id(
            connection.execute(text("SELECT id FROM user_account LIMIT 1").columns(id=Patient.id.type)).scalar_one()
        )
