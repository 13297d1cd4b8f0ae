"""A clinic with the program's lists in it: diagnoses, medicines, tests, prices. Made once a worker, copied a test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.services.catalogue import catalogues_folder
from hms_desktop.services.catalogue_load import load_catalogues
from hms_desktop.services.catalogues.merge import Counts
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.setup import open_clinic
from hms_desktop.system.machine import Machine
from tests.stores import MIGRATIONS, Clock, _administer, with_database


def load(clinic: Clinic, folder: Path | None = None) -> Counts:
    """Load the lists into a clinic, in a transaction of its own."""
    with clinic.work(SYSTEM, "catalogue.load") as work:
        counts = load_catalogues(work, folder or catalogues_folder())
        work.finish()
    return counts


def _load_at(location: str, home: Path) -> None:
    clinic = open_clinic(location, Machine(home, MIGRATIONS, Clock()))
    load(clinic)
    clinic.store.close()


@pytest.fixture(scope="session")
def stocked_sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clinic with lists, and the home of its PC."""
    folder = tmp_path_factory.mktemp("stocked") / "clinic"
    shutil.copytree(sqlite_template, folder)
    _load_at(str(folder / "clinic.db"), folder / "home")
    return folder


@pytest.fixture(scope="session")
def stocked_postgres_template(postgres_server: str, postgres_template: tuple[str, Path]) -> Iterator[tuple[str, Path]]:
    """A template database of a clinic with lists, and the home of its PC."""
    plain, home = postgres_template
    name = f"hms_stocked_{os.getpid()}"
    _administer(postgres_server, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{plain}"')
    _load_at(with_database(postgres_server, name), home)
    yield name, home
    _administer(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def stocked_clinic(clinic: Clinic) -> Clinic:
    """The clinic of this test, with the lists in it: `tests.stores.location` copies the right template for it."""
    return clinic
