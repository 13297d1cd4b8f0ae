"""The doorbell: a save on one station rings at another, within a second and long before polling would see it."""

import threading
from pathlib import Path

import pytest

from hms_desktop.data.tables.facility import Department
from hms_desktop.domain.accounts import Actor
from hms_desktop.services.clinic import Clinic, doorbell


@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_a_save_rings_at_the_other_station(clinic: Clinic, anyone: Actor) -> None:
    rung, listening = threading.Event(), doorbell(clinic)
    assert listening is not None
    stop = listening(rung.set)
    try:
        for attempt in range(50):
            with clinic.work(anyone, "tests.save") as work:
                work.insert(Department, name=f"D{attempt}", name_folded=f"d{attempt}", active=True)
                work.finish()
            if rung.wait(0.2):
                break
        assert rung.is_set()
    finally:
        stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "hms-doorbell"]


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
def test_a_store_on_this_pc_has_no_doorbell(clinic: Clinic, tmp_path: Path) -> None:
    assert clinic.store.path == tmp_path / "clinic.db"
    assert doorbell(clinic) is None
