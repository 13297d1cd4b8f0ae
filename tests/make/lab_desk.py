"""The lab's desk as tests open it: a real clinic, somebody of the lab, everything at once, the banner remembered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.patients import PatientBanner
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.lab.window import LabDesk
from tests.make import lab
from tests.ui.kit.fakes import Papers, context, said

Shown = Callable[[QWidget], QWidget]


@dataclass
class OpenDesk:
    """A desk on the screen."""

    desk: LabDesk
    clinic: Clinic
    given: DeskContext
    papers: Papers
    banners: list[PatientBanner | None] = field(default_factory=list)

    def said(self) -> list[str]:
        """What the messages door said."""
        return said(self.given)

    def look(self) -> None:
        """Let the lists reload, as the topics would."""
        self.desk.reload()

    def scan(self, label: str) -> None:
        """Scan a label into the scan line."""
        keys.press("F3")
        keys.type_text(label)
        keys.press("Return")

    def dialog(self) -> QWidget:
        """The dialog that is open."""
        assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None), self.said()
        found = QApplication.activeModalWidget()
        assert found is not None
        return found

    def no_dialog(self) -> bool:
        """Whether every dialog is closed."""
        return keys.wait_until(lambda: QApplication.activeModalWidget() is None)


Desks = Callable[[Actor], OpenDesk]
"""Opens the desk of somebody."""


def open_desk(clinic: Clinic, shown: Shown, actor: Actor, **shared: Any) -> OpenDesk:
    """The desk of somebody of the lab, shown."""
    papers = Papers()
    given = context(clinic, actor, papers=papers, **shared)
    desk = LabDesk(given)
    made = OpenDesk(desk, clinic, given, papers)
    desk.patient_shown.connect(made.banners.append)
    desk.resize(1024, 640)
    shown(desk)
    desk.start_focus().setFocus()
    return made


def type_values(*values: str) -> None:
    """Type each value and press Enter behind it; an empty one goes on."""
    for value in values:
        keys.type_text(value)
        keys.press("Return")


# --- fixtures of the journeys --------------------------------------------------------------------------------


@pytest.fixture
def engine_kind() -> str:
    """SQLite: one engine is enough for windows, the services are tested on both."""
    return "sqlite"


@pytest.fixture
def staff(stocked_clinic: Clinic) -> lab.Staff:
    """Who works at the lab."""
    return lab.staff(stocked_clinic)


@pytest.fixture
def desks(stocked_clinic: Clinic, shown: Shown) -> Iterator[Desks]:
    """Opens desks of people of the lab."""
    made: list[OpenDesk] = []

    def open_one(actor: Actor) -> OpenDesk:
        made.append(open_desk(stocked_clinic, shown, actor))
        return made[-1]

    yield open_one
    for each in made:
        each.desk.release()
