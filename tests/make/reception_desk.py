"""The reception desk as tests open it: in the whole frame, a real clinic, everything at once, papers remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.message_bar import MessageBar
from hms_desktop.ui.reception.window import ReceptionDesk
from hms_desktop.ui.shell.frame import Frame
from tests.stores import make_user
from tests.ui.kit.fakes import Papers, context, said

Shown = Callable[[QWidget], QWidget]


@dataclass
class OpenReception:
    """The window on the screen."""

    frame: Frame
    desk: ReceptionDesk
    clerk: Actor
    given: DeskContext
    papers: Papers

    def said(self) -> list[str]:
        """What the messages door said."""
        return said(self.given)

    def close(self) -> None:
        """The person goes for good."""
        self.frame.release()
        self.frame.close()
        for bar in self.frame.findChildren(MessageBar):
            bar.put_away()

    def banner(self) -> str:
        """Whom the banner names; '' when nobody."""
        shown = self.frame.banner.shown
        return shown.name if shown else ""

    def search(self, text: str) -> None:
        """Type into the search, and wait for the answer."""
        keys.type_text(text)
        page = self.desk.find_page
        assert keys.wait_until(lambda: page.lists.currentWidget() is page.results)

    def open(self, text: str) -> None:
        """Search somebody and press Enter."""
        keys.type_text(text)
        keys.press("Return")
        assert keys.wait_until(lambda: self.desk.pages.currentWidget() is self.desk.patient_page)

    def found(self) -> list[str]:
        """The names in the list of results."""
        return [hit.name for hit in self.desk.find_page.results.rows()]


def open_reception(clinic: Clinic, shown: Shown, clerk: Actor | None = None, **shared: Any) -> OpenReception:
    """The window of a receptionist."""
    somebody = clerk or make_user(clinic, "receptionist", name="Ruth Achieng")
    papers = Papers()
    given = context(clinic, somebody, papers=papers, **shared)
    frame = Frame(given)
    frame.resize(1024, 768)
    shown(frame)
    frame.start()
    assert isinstance(frame.desk, ReceptionDesk)
    assert keys.wait_until(lambda: keys.focus_name() == "reception.search")
    return OpenReception(frame, frame.desk, somebody, given, papers)
