"""Every desk in every promised language: names for all that people act on, no letter used twice, no stray window."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.rights import RIGHTS
from hms_desktop.services.accounts import SignIn, sign_in
from hms_desktop.services.cash_sessions import OpenSession, open_session
from hms_desktop.services.catalogue import catalogues_folder
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.training.clinic import EVERYBODYS, make_training_clinic
from hms_desktop.system.machine import Machine
from hms_desktop.ui.kit.message_bar import MessageBar
from hms_desktop.ui.shell.frame import Frame
from hms_desktop.words.language import set_language
from tests.house.test_catalogues import PROMISED
from tests.house.widgets import nameless, shared_letters
from tests.stores import MIGRATIONS, NOON, Clock
from tests.ui.every_desk import Walk, watching
from tests.ui.kit.conftest import dressed, shown
from tests.ui.kit.fakes import context

__all__ = ["dressed", "shown"]
DAY = date(2026, 3, 5)
PEOPLE = {
    "reception": "mercy", "triage": "akinyi", "doctor": "wanjiru", "lab": "tesfaye", "pharmacy": "zawadi",
    "cashier": "faith", "admin": "mercy",
}  # fmt: skip
DIALOGS = {"reception": 2, "triage": 1, "doctor": 1, "lab": 1, "pharmacy": 2, "cashier": 1, "admin": 4}
"""As many dialogs must be seen at least: a walk that opens none would prove nothing."""


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A training clinic with people at every desk."""
    folder = tmp_path_factory.mktemp("training")
    machine = Machine(folder / "home", MIGRATIONS, Clock(NOON), catalogues=catalogues_folder())
    clinic = make_training_clinic(str(folder / "clinic.db"), machine, 1, DAY, past_days=2)
    open_session(clinic, actor_of(clinic, "cashier"), OpenSession(float_amount=Decimal(1000)))
    yield clinic
    clinic.store.close()


@pytest.fixture(params=sorted(PROMISED))
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each promised language in turn."""
    set_language(request.param)
    yield request.param
    set_language("en")


def actor_of(clinic: Clinic, window: str) -> Actor:
    """Somebody of the clinic who may do everything, at one window."""
    person = sign_in(clinic, SignIn(username=PEOPLE[window], password=EVERYBODYS))
    return replace(person, rights=RIGHTS, windows=(window,))


def faults(window: QWidget, _where: str) -> list[str]:
    """What a window owes."""
    return [*shared_letters(window), *nameless(window)]


@pytest.mark.parametrize("window", sorted(PEOPLE))
def test_all_is_named_no_letter_is_used_twice_and_no_window_strays(
    training: Clinic, language: str, window: str, shown: Callable[[QWidget], QWidget], qapp: QApplication
) -> None:
    given = context(training, replace(actor_of(training, window), language=language), today=DAY)
    with watching() as strays:
        frame = Frame(given)
        strays.known = frame
        frame.resize(1280, 900)
        shown(frame)
        frame.start()
        qapp.processEvents()
        walk = Walk(frame, faults)
        walk.everything()
    frame.release()
    for bar in frame.findChildren(MessageBar):
        bar.put_away()
    assert not sorted(set(walk.found))
    assert not strays.seen
    assert len(walk.dialogs) >= DIALOGS[window], walk.dialogs
