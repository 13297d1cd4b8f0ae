"""What every test of the command line stands on: plain surroundings, a PC's home, a place without a clinic."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hms_desktop import app
from hms_desktop.system.paths import resources
from hms_desktop.words import language
from tests.stores import _administer, with_database


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """English, no store named by the surroundings, refused rows in a folder of the test."""
    for name in ("LC_ALL", "LC_MESSAGES", app.STORE_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    translations = resources() / "translations"
    yield
    language.configure(translations)


@pytest.fixture
def home(tmp_path: Path) -> str:
    """The home of the PC that has a station in `location`."""
    return str(tmp_path / "home")


@pytest.fixture
def empty_location(engine_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place where no clinic is yet."""
    if engine_kind == "sqlite":
        yield str(tmp_path / "new" / "clinic.db")
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"hms_cli_{request.node.name.split('[')[0][-30:]}"
    _administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    yield with_database(server, name)
    _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')
