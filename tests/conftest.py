"""What every test has: no display, a home of its own, English, and a guard against what it leaves running."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytest_plugins = ["tests.stores", "tests.catalogue"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_LOGGING_RULES"] = "qt.text.font.db=false"

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("thorough", parent=settings.get_profile("house"), max_examples=1000)
settings.load_profile(os.environ.get("HMS_TEST_PROFILE", "house"))


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or touches the home of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HMS_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def plain_english() -> Iterator[None]:
    """Each test starts in English, with our own words, and leaves it so."""
    from hms_desktop.words import language

    yield
    language.set_language("en")
    for each in language.LANGUAGES:
        language.set_overrides(each.code, {})


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with windows fails when it leaves a thread, a busy pool or a ticking timer behind."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from tests.leftovers import watched

    with watched() as left:
        yield
        found = left.wait_until_none()
    assert not found, f"left running: {', '.join(found)}. Stop it when its window closes."


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "QApplication":
    """The application, with as much patience for letters typed on a list as the program's own."""
    from hms_desktop.ui.kit.theme import TYPE_AHEAD_MS

    qapp.setKeyboardInputInterval(TYPE_AHEAD_MS)
    return qapp
