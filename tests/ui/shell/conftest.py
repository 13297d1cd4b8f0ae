"""A real clinic in a file, and the fixtures of the kit's windows."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hms_desktop.services.clinic import Clinic
from hms_desktop.services.setup import open_clinic
from hms_desktop.system.machine import Machine
from hms_desktop.ui.shell import roles
from hms_desktop.ui.shell.roles import WindowPlace
from tests.stores import MIGRATIONS
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]

FAKES = (
    WindowPlace("triage", "tests.ui.shell.fake_desks:FakeDesk", "vitals"),
    WindowPlace("doctor", "tests.ui.shell.fake_desks:OtherDesk", "doctor"),
)


@pytest.fixture
def fake_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two windows that exist."""
    monkeypatch.setattr(roles, "WINDOWS", FAKES)


@pytest.fixture
def pc(sqlite_template: Path, tmp_path: Path) -> Machine:
    """A PC whose clinic is the file `clinic.db` beside its home."""
    shutil.copytree(sqlite_template, tmp_path, dirs_exist_ok=True)
    return Machine(tmp_path / "home", MIGRATIONS)


@pytest.fixture
def here(pc: Machine, tmp_path: Path) -> Iterator[Clinic]:
    """That clinic, open."""
    opened = open_clinic(str(tmp_path / "clinic.db"), pc)
    yield opened
    opened.store.close()
