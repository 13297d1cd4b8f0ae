"""The triage desk as tests open it: a real clinic, a nurse, everything at once, the banner remembered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import PatientBanner
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.triage.window import TriageDesk
from tests.stores import make_user
from tests.ui.kit.fakes import Papers, context, said

Shown = Callable[[QWidget], QWidget]


@dataclass
class OpenDesk:
    """A desk on the screen."""

    desk: TriageDesk
    clinic: Clinic
    nurse: Actor
    given: DeskContext
    papers: Papers
    banners: list[PatientBanner | None] = field(default_factory=list)

    def begin(self, entry_id: Id) -> None:
        """Choose somebody of the waiting list and press Enter."""
        self.look()
        self.desk.waiting.list.setFocus()
        assert self.desk.waiting.list.select_key(entry_id)
        keys.press("Return")

    def look(self) -> None:
        """Let the lists reload."""
        self.desk.reload()

    def said(self) -> list[str]:
        """What the messages door said."""
        return said(self.given)

    def act(self) -> None:
        """Press the action beside the last message."""
        action = self.given.messages.recent[-1].action
        assert action is not None
        action.run()


def open_desk(clinic: Clinic, shown: Shown, nurse: Actor | None = None, **shared: Any) -> OpenDesk:
    """The desk of a nurse, shown."""
    somebody = nurse or make_user(clinic, "nurse", name="Amina Juma")
    papers = Papers()
    given = context(clinic, somebody, papers=papers, **shared)
    desk = TriageDesk(given)
    made = OpenDesk(desk, clinic, somebody, given, papers)
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
