"""When the machine fails: a full disk, a read-only disk, a damaged file, a killed process. Nothing is half saved."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, select, text

from hms_desktop.data.audit_chain import broken_links
from hms_desktop.data.store import _on_network_share, open_store
from hms_desktop.data.tables.facility import Department
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import (
    BadInput,
    ClinicError,
    StoreDamaged,
    StoreFull,
    StoreMissing,
    StoreOnShare,
    StoreReadOnly,
    Unreachable,
)
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.setup import open_clinic
from hms_desktop.system.machine import Machine
from tests.stores import MIGRATIONS


def save(clinic: Clinic, actor: Actor, size: int = 1) -> None:
    with clinic.work(actor, "tests.save") as work:
        names = [f"n{n}" for n in range(size)]
        work.insert_many(Department, [{"name": n, "name_folded": n, "description": "x" * 300} for n in names])
        work.finish()


def limited(clinic: Clinic, pragma: str) -> None:
    """Every connection of this store gets the pragma: the way SQLite itself plays a full or a read-only disk."""

    def on_connect(raw: object, _record: object) -> None:
        cursor = raw.cursor()  # type: ignore[attr-defined]
        cursor.execute(pragma)
        cursor.close()

    clinic.store.engine.dispose()
    event.listen(clinic.store.engine, "connect", on_connect)


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "situation"),
    [("PRAGMA max_page_count = 300", StoreFull), ("PRAGMA query_only = ON", StoreReadOnly)],
)
def test_a_disk_that_takes_no_more_is_named_and_nothing_is_half_saved(
    clinic: Clinic, anyone: Actor, pragma: str, situation: type[ClinicError]
) -> None:
    limited(clinic, pragma)
    with pytest.raises(situation) as caught:
        save(clinic, anyone, 3000)
    assert caught.value.facts["store"] == clinic.store.shown
    with clinic.read(anyone) as reader:
        assert reader.rows(select(Department.id)) == []


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"these are not pages of a database, but somebody's notes" * 40)
    with pytest.raises(StoreDamaged):
        open_store(str(tmp_path / "notes.db"))


def test_a_missing_file_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        open_store(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


def test_an_unknown_kind_of_store_is_refused() -> None:
    with pytest.raises(BadInput):
        open_store("mysql://somewhere/db")


def test_a_server_that_does_not_answer_is_unreachable() -> None:
    with pytest.raises(Unreachable) as caught:
        open_store("postgresql://nobody:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value.facts)


def test_a_network_share_is_seen_in_the_table_of_mounts(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nserver:/clinic {tmp_path}/share nfs4 rw 0 0\n")
    assert _on_network_share(tmp_path / "share" / "clinic.db", mounts)
    assert not _on_network_share(tmp_path / "clinic.db", mounts)


def test_a_windows_share_is_refused_by_its_name() -> None:
    with pytest.raises(StoreOnShare):
        open_store("//server/clinic/clinic.db")


_WRITER = """
import sys
from pathlib import Path
from hms_desktop.data.tables.facility import Department
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.services.setup import open_clinic
from hms_desktop.system.machine import Machine
clinic = open_clinic(sys.argv[1], Machine(Path(sys.argv[2]), Path(sys.argv[3])))
for n in range(100_000):
    with clinic.work(SYSTEM, "tests.write") as work:
        work.insert(Department, name=f"d{n}", name_folded=f"d{n}", active=True)
        work.finish()
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
"""


def test_what_was_said_to_be_saved_is_there_after_a_kill(location: str, tmp_path: Path, machine: Machine) -> None:
    command = [sys.executable, "-c", _WRITER, location, str(tmp_path / "home"), str(MIGRATIONS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [int(process.stdout.readline()) for _ in range(25)]
        process.kill()
        said += [int(line) for line in process.stdout.read().splitlines()]
    clinic = open_clinic(location, machine)
    with clinic.store.reading() as connection:
        found = {row.name for row in connection.execute(text("SELECT name FROM department"))}
        assert list(broken_links(connection)) == []
    clinic.store.close()
    assert {f"d{n}" for n in said} <= found
    assert len(found) - len(said) in {0, 1}
