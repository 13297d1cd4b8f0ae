"""Reads beside the raw statements: search while typing, the doctor's queue, the chart."""

import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from hms_desktop.data.tables.patients import Patient
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.rights import RIGHTS
from hms_desktop.services.chart import chart, doctor_queue
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patients import find_patients
from tests.benchmarks.blocks import Measured, compare

ANYONE = Actor(new_id(), "bench", "Bench", RIGHTS, ())
QUERIES = 120
SEARCH_GOAL = "p50 ≤ 3×, p99 ≤ 10×"


def _people(clinic: Clinic, size: int) -> list[Any]:
    """Patients drawn over the whole table."""
    draw = random.Random(3)
    numbers = [f"BM-AA-{draw.randrange(size) + 1:06d}" for _ in range(QUERIES)]
    statement = text("SELECT given_name, middle_name, family_name, phone, mrn FROM patient WHERE mrn = :mrn")
    with clinic.store.reading() as connection:
        return [connection.execute(statement, {"mrn": number}).one() for number in numbers]


def _kinds(people: list[Any]) -> dict[str, list[str]]:
    latin = [p for p in people if p.given_name.isascii() and p.family_name.isascii()] or people
    other = [p for p in people if not p.family_name.isascii()] or people
    return {
        "3 letters": [p.family_name[:3] for p in latin],
        "5 letters": [p.family_name[:5] for p in latin],
        "3+3, family first": [f"{p.family_name[:3]} {p.given_name[:3]}" for p in latin],
        "3+3, given first": [f"{p.given_name[:3]} {p.family_name[:3]}" for p in latin],
        "full name": [f"{p.given_name} {p.family_name}" for p in latin],
        "one typo": [f"{p.given_name} {p.family_name[:2]}x{p.family_name[3:]}" for p in latin],
        "capitals": [f"{p.given_name} {p.family_name}".upper() for p in latin],
        "non-Latin": [p.family_name for p in other],
        "phone tail": [p.phone[-6:] for p in people],
        "MRN": [p.mrn for p in people],
        "no such name": ["qzxwv jjqkz" for _ in people],
    }


def search_rows(clinic: Clinic, size: int) -> Iterator[Measured]:
    """Every kind of typed line against one index seek that gives 20 rows."""
    people = _people(clinic, size)
    seek = (
        "SELECT id, mrn, given_name, family_name, birth_date, sex, phone FROM patient"
        " WHERE facility_id = ? AND mrn >= ? ORDER BY mrn LIMIT 20"
    )
    facility = bytes.fromhex(clinic.facility.id)
    with clinic.store.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        cursor = raw.cursor()

        def floor(number: int) -> object:
            return cursor.execute(seek, (facility, people[number % len(people)].mrn)).fetchall()

        for kind, lines in _kinds(people).items():

            def find(number: int, lines: list[str] = lines) -> object:
                return find_patients(clinic, ANYONE, lines[number % len(lines)])

            yield compare(f"search: {kind}", find, floor, size=size, each=34, goal=SEARCH_GOAL)


def queue_rows(clinic: Clinic, size: int) -> Iterator[Measured]:
    """The doctor's queue of 50 against the raw statement."""
    statement = (
        "SELECT q.id, q.version, q.visit_id, v.number, q.patient_id, p.given_name, p.middle_name, p.family_name, p.mrn,"
        " p.sex, p.birth_date, q.ticket, q.state, q.colour, q.returned, q.waiting_since, u.given_name, v.complaint"
        " FROM queue_entry q JOIN visit v ON v.id = q.visit_id JOIN patient p ON p.id = q.patient_id"
        " LEFT JOIN user_account u ON u.id = q.claimed_by WHERE q.service_point = 'doctor'"
        " AND q.state IN ('called', 'in_service', 'sent_to_lab', 'waiting', 'with_doctor')"
        " ORDER BY q.colour_rank, q.returned DESC, q.waiting_since, q.id LIMIT 200"
    )
    with clinic.store.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        cursor = raw.cursor()
        yield compare(
            "doctor's queue of 50", lambda _n: doctor_queue(clinic, ANYONE),
            lambda _n: cursor.execute(statement).fetchall(), size=size, each=20, goal="≤ 2×",
        )  # fmt: skip


def chart_rows(clinic: Clinic, size: int) -> Iterator[Measured]:
    """The chart of one patient with 200 rows against raw reads of the same tables."""
    patient = _heavy_patient(clinic)
    key = bytes.fromhex(patient)
    with clinic.store.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        cursor = raw.cursor()

        def floor(_number: int) -> object:
            return [
                cursor.execute(
                    f"SELECT * FROM {table} WHERE patient_id = ? ORDER BY id DESC LIMIT 200", (key,)
                ).fetchall()
                for table in ("visit", "clinical_note", "diagnosis", "condition", "prescription_item", "vitals")
            ]

        yield compare("chart of 200 rows", lambda _n: chart(clinic, ANYONE, patient), floor, size=size, goal="≤ 2.5×")


def _heavy_patient(clinic: Clinic) -> Id:
    """The first patient, with 20 visits and 180 sets of vitals."""
    from hms_desktop.data.tables.triage import Vitals
    from hms_desktop.data.tables.visits import Visit

    with clinic.work(ANYONE, "bench.heavy") as work:
        patient: Id = work.scalar(text("SELECT id FROM patient LIMIT 1").columns(id=Patient.id.type))
        known = work.scalar(text("SELECT count(*) FROM vitals WHERE patient_id = :id"), {"id": bytes.fromhex(patient)})
        if known < 180:
            visits = work.insert_many(
                Visit,
                [
                    {
                        "number": f"BM-HV-{n:06d}", "patient_id": patient, "kind": "outpatient", "state": "closed",
                        "day": work.today, "occurrence": "new", "opened_at": work.now,
                    }
                    for n in range(20)
                ],
            )  # fmt: skip
            work.insert_many(
                Vitals,
                [
                    {"patient_id": patient, "visit_id": visits[n % 20], "taken_at": work.now, "pulse": 60 + n % 40}
                    for n in range(180)
                ],
            )
        work.finish()
    return patient
