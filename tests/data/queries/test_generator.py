"""The measuring clinic's word index is the one that the triggers would have made."""

from pathlib import Path

from sqlalchemy import Connection, text

from hms_desktop.services.setup import CreateClinic, create_clinic
from hms_desktop.system.machine import Machine
from tests.benchmarks.generator import fill, now
from tests.stores import MIGRATIONS

PATIENTS = 120


def _index(connection: Connection) -> tuple[list[object], ...]:
    asked = (
        "SELECT row, patient_id FROM patient_search_row ORDER BY row",
        "SELECT variant, word FROM name_variant ORDER BY variant, word",
        'SELECT rowid FROM patient_words WHERE patient_words MATCH \'"a"* OR "m"*\' ORDER BY rowid',
    )
    return tuple([tuple(row) for row in connection.execute(text(each))] for each in asked)


def test_the_index_is_as_the_triggers_make_it(tmp_path: Path) -> None:
    command = CreateClinic(name="Bench", code="BM", admin_password="bench-password-9", time_zone="Africa/Nairobi")
    clinic = create_clinic(str(tmp_path / "clinic.db"), Machine(tmp_path / "home", MIGRATIONS, now), command)
    fill(clinic, PATIENTS)
    with clinic.store.writing() as connection:
        bulk = _index(connection)
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("CREATE TEMP TABLE kept AS SELECT * FROM patient ORDER BY rowid"))
        connection.execute(text("INSERT INTO patient_words (patient_words) VALUES ('delete-all')"))
        for table in ("patient", "patient_search_row", "name_variant"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("INSERT INTO patient SELECT * FROM kept"))
        assert _index(connection) == bulk
        assert len(bulk[0]) == PATIENTS
    clinic.store.close()
