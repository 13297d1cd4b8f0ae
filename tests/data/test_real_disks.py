"""A real disk that is full, and one that takes no writing: a few mebibytes of memory, mounted for the test.

Mounting needs an administrator of the machine; elsewhere these tests say so and are skipped (`test_faults.py` plays the
same by SQLite's own limits everywhere).
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import StoreFull, StoreReadOnly
from hms_desktop.domain.ids import Id
from hms_desktop.services.checking import check_store
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patients import RegisterPatient, patient_banner, register_patient
from hms_desktop.services.setup import open_clinic
from hms_desktop.system.machine import Machine
from hms_desktop.words.errors import sentence
from tests.make.patients import person
from tests.stores import MIGRATIONS, Clock

ROOM_MIB = 4
"""What is left on the small disk beside the store itself."""
BALLAST = 1_500_000
"""Bytes of something else on the disk, deleted when it is full: what an IT helper would do."""
MOST_SAVES = 4000


@pytest.fixture
def disk(tmp_path: Path, sqlite_template: Path) -> Iterator[Path]:
    """A small disk with a fresh clinic on it; the home of the PC is on another."""
    place = tmp_path / "disk"
    place.mkdir()
    size = (sqlite_template / "clinic.db").stat().st_size + (ROOM_MIB << 20)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )  # fmt: skip
    if made.returncode != 0:
        pytest.skip(f"mounting a small disk needs an administrator of this machine: {made.stderr.strip()}")
    shutil.copytree(sqlite_template / "home", tmp_path / "home")
    shutil.copy(sqlite_template / "clinic.db", place / "clinic.db")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def opened(disk: Path, clock: Clock) -> Clinic:
    return open_clinic(str(disk / "clinic.db"), Machine(disk.parent / "home", MIGRATIONS, clock))


def register(clinic: Clinic, actor: Actor, number: int) -> Id:
    """A patient at reception; the id is given only after the commit."""
    command = RegisterPatient(person=person(f"Number{number}", "Otieno"), anyway=True)
    return register_patient(clinic, actor, command).value.patient_id


def fill(clinic: Clinic, actor: Actor) -> tuple[list[Id], StoreFull]:
    """Register patients until the disk takes no more: whom the program said it saved, and what it said then."""
    saved: list[Id] = []
    for number in range(MOST_SAVES):
        try:
            saved.append(register(clinic, actor, number))
        except StoreFull as full:
            return saved, full
    raise AssertionError("the disk never became full")


def test_a_disk_runs_full_and_nothing_that_was_saved_is_lost(disk: Path, clock: Clock, anyone: Actor) -> None:
    (disk / "film.mp4").write_bytes(b"\0" * BALLAST)
    clinic = opened(disk, clock)
    try:
        saved, full = fill(clinic, anyone)
        assert len(saved) > 10
        said = sentence(full.code, full.facts)
        assert said == f"The disk of {clinic.store.shown} is full. Nothing was saved; free some space, then try again."
        for patient in saved:
            assert patient_banner(clinic, anyone, patient).id == patient
        with pytest.raises(StoreFull):
            register(clinic, anyone, MOST_SAVES)
        (disk / "film.mp4").unlink()
        saved.append(register(clinic, anyone, MOST_SAVES + 1))
    finally:
        clinic.store.close()
    again = opened(disk, clock)
    try:
        report = check_store(again.store)
        assert report.findings == []
        assert report.counts["patient"] == len(saved)
        for patient in saved:
            assert patient_banner(again, anyone, patient).id == patient
    finally:
        again.store.close()


def test_a_disk_that_takes_no_writing_is_named(disk: Path, clock: Clock, anyone: Actor) -> None:
    clinic = opened(disk, clock)
    register(clinic, anyone, 1)
    shown = clinic.store.shown
    clinic.store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(StoreReadOnly) as caught:
        opened(disk, clock)
    assert caught.value.facts["store"] == shown
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    clinic = opened(disk, clock)
    register(clinic, anyone, 2)
    assert check_store(clinic.store).counts["patient"] == 2
    clinic.store.close()
