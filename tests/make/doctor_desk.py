"""The doctor's window for tests: shown over a real clinic, asked and worked the way a person does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import QueueState
from hms_desktop.services.chart import seen_patient
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.doctor.window import DoctorDesk
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.desk import DeskContext
from tests.make.consultations import Waiting
from tests.ui.kit.fakes import Papers, context, said


@dataclass
class Doctor:
    """A doctor at the window."""

    clinic: Clinic
    actor: Actor
    window: DoctorDesk
    context: DeskContext
    papers: Papers

    @property
    def said(self) -> list[str]:
        """What the message bar said, oldest first."""
        return said(self.context)

    def queue(self) -> list[str]:
        """The names in the queue, in their order."""
        return [row.patient_name for row in self.window.queue.list.rows()]

    def select(self, entry_id: Id) -> None:
        """Walk to a patient in the queue by keys."""
        keys.wait_until(lambda: any(row.id == entry_id for row in self.window.queue.list.rows()))
        self.window.queue.list.setFocus()
        keys.press("Home")
        for _ in range(len(self.window.queue.list.rows())):
            current = self.window.queue.list.current()
            if current is not None and current.id == entry_id:
                return
            keys.press("Down")
        raise AssertionError("not in the queue")

    def take(self, entry_id: Id) -> None:
        """Select somebody and press Enter."""
        self.select(entry_id)
        keys.press("Return")

    def choose(self, text: str) -> None:
        """Type into the search that has the focus, and take its first answer."""
        keys.type_text(text)
        assert keys.wait_until(self._answers)
        keys.press("Down")
        keys.press("Return")

    def _answers(self) -> bool:
        shown = [w for w in self.window.window().findChildren(QWidget) if w.objectName().endswith("answers")]
        return any(each.isVisible() for each in shown)

    def enter_until(self, name: str) -> None:
        """Press Enter from field to field until this one has the focus."""
        for _ in range(12):
            if keys.focus_name() == name:
                return
            keys.press("Return")
        raise AssertionError(f"{name} is not reached, but {keys.focus_name()}")

    def answer(self, reason: str) -> None:
        """Give a reason to the dialog that is open."""
        assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
        keys.type_text(reason)
        keys.press("Ctrl+Return")

    def settle(self, holds: Callable[[], Any]) -> None:
        """Let the window catch up with what was saved."""
        assert keys.wait_until(lambda: bool(holds()))


class SitDown(Protocol):
    """Opens the window for a doctor."""

    def __call__(self, actor: Actor, **more: Any) -> Doctor:
        """`more` goes to `tests.ui.kit.fakes.context`."""


@pytest.fixture
def sit_down(stocked_clinic: Clinic, shown: Callable[[QWidget], QWidget]) -> Iterator[SitDown]:
    """Opens windows, shown and focused, and lets go of them after the test."""
    opened: list[DoctorDesk] = []

    def open_for(actor: Actor, **more: Any) -> Doctor:
        papers = Papers()
        given = context(stocked_clinic, actor, papers=papers, today=stocked_clinic.clock().date(), **more)
        window = DoctorDesk(given)
        opened.append(window)
        window.resize(1024, 640)
        shown(window)
        window.start_focus().setFocus()
        return Doctor(stocked_clinic, actor, window, given, papers)

    yield open_for
    for window in opened:
        window.leave()
        window.release()


def state(desk: Doctor, patient: Waiting) -> QueueState:
    """How the patient's entry in the doctor's queue stands."""
    with desk.clinic.read(SYSTEM) as reader:
        return QueueState(reader.get(QueueEntry, patient.entry_id).state)


def chart(desk: Doctor, patient: Waiting) -> Any:
    """The patient's chart as the store has it."""
    return seen_patient(desk.clinic, desk.actor, patient.patient_id).chart


def dialog_opens() -> None:
    """Wait for the dialog."""
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)


def words_of(desk: Doctor, name: str) -> str:
    """What a label of the window says."""
    found = desk.window.findChild(QLabel, name)
    assert found is not None
    return str(found.text())
