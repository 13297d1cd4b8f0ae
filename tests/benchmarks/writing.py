"""Saves beside bare inserts of the same rows; papers beside a blank page."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.rights import RIGHTS
from hms_desktop.services.clinic import Clinic
from tests.benchmarks.blocks import Measured, compare
from tests.documents import samples

ANYONE = Actor(new_id(), "bench", "Bench", RIGHTS, ())


def _some_patient(clinic: Clinic) -> Id:
    from sqlalchemy import select

    from hms_desktop.data.tables.patients import Patient

    with clinic.store.reading() as connection:
        return Id(connection.execute(select(Patient.id).limit(1)).scalar_one())


def _visit_with_ten(work: Work, patient: Id) -> None:
    visit = work.insert(
        Visit, number=new_id()[:30], patient_id=patient, kind="outpatient", state="closed", day=work.today,
        occurrence="new", opened_at=work.now,
    )  # fmt: skip
    work.insert_many(
        Vitals, [{"patient_id": patient, "visit_id": visit, "taken_at": work.now, "pulse": 60 + n} for n in range(10)]
    )


def save_rows(clinic: Clinic, size: int) -> Iterator[Measured]:
    """A visit with ten rows and every duty (audit chain, topics) against bare inserts in one transaction."""
    patient = _some_patient(clinic)
    kept: dict[str, list[tuple[Any, ...]]] = {}
    statements: dict[str, str] = {}
    for mapped in (Visit, Vitals):
        table = table_of(mapped)
        names = [column.name for column in table.columns]
        marks = ", ".join("?" for _ in names)
        statements[table.name] = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
    with clinic.store.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        cursor = raw.cursor()
        for name in statements:
            some = cursor.execute(f"SELECT * FROM {name} LIMIT 1").fetchone()
            kept[name] = [some]

        def floor(_number: int) -> None:
            visit = bytes.fromhex(new_id())
            cursor.execute("BEGIN IMMEDIATE")
            row = list(kept["visit"][0])
            row[0], row[1] = visit, new_id()[:30]
            cursor.execute(statements["visit"], row)
            rows = []
            for _each in range(10):
                row = list(kept["vitals"][0])
                row[0] = bytes.fromhex(new_id())
                rows.append(row)
            cursor.executemany(statements["vitals"], rows)
            cursor.execute("COMMIT")

        def save(_number: int) -> None:
            with clinic.work(ANYONE, "bench.save") as work:
                _visit_with_ten(work, patient)
                work.finish()

        yield compare("save a visit with 10 rows", save, floor, size=size, goal="≤ 3×")


def paper_rows() -> Iterator[Measured]:
    """Prescription and receipt, new facts each time, against a blank page."""
    from dataclasses import replace

    from hms_desktop.documents import prescription, receipt

    def blank(_number: int) -> bytes:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(420, 595), invariant=True)
        canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    sheet, slip = samples.PAPERS["prescription"][1], samples.PAPERS["receipt"][1]

    def prescribe(number: int) -> bytes:
        return prescription.render(replace(sheet, number=f"BM-AA-{number:06d}-0"))

    def take(number: int) -> bytes:
        issued = datetime(2026, 3, 5, 9, number % 60, tzinfo=UTC)
        return receipt.render(replace(slip, number=f"BM-AA-{number:06d}-0", issued=issued))

    yield compare("prescription, new facts", prescribe, blank, goal="≤ 10×")
    yield compare("receipt, new facts and QR", take, blank, goal="≤ 6×")
