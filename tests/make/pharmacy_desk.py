"""The pharmacy desk as tests open it: a real clinic, a pharmacist, everything at once, banner and papers remembered."""

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
from hms_desktop.ui.pharmacy.window import PharmacyDesk
from tests.stores import make_user
from tests.ui.kit.fakes import Papers, context, said

Shown = Callable[[QWidget], QWidget]


@dataclass
class OpenDesk:
    """A desk on the screen."""

    desk: PharmacyDesk
    clinic: Clinic
    pharmacist: Actor
    given: DeskContext
    papers: Papers
    banners: list[PatientBanner | None] = field(default_factory=list)

    def open(self, prescription_id: Id) -> None:
        """Choose somebody of the queue and press Enter."""
        self.desk.reload()
        self.desk.queue.list.setFocus()
        assert self.desk.queue.list.select_key(prescription_id)
        keys.press("Return")

    def scan(self, text: str) -> None:
        """Scan something: a scanner types and presses Enter."""
        keys.press("F9")
        keys.type_text(text)
        keys.press("Return")

    def said(self) -> list[str]:
        """What the messages door said."""
        return said(self.given)

    def last(self) -> str:
        """The last thing that was said."""
        return self.said()[-1]

    def lines(self) -> list[tuple[str, int]]:
        """The lines of the open prescription: medicine, and how much of it is to be given."""
        return [(each.line.item.name, each.give) for each in self.desk.dispensing.form.drafts]


def open_desk(clinic: Clinic, shown: Shown, pharmacist: Actor | None = None, **shared: Any) -> OpenDesk:
    """The desk of a pharmacist, shown at 1024 × 640."""
    somebody = pharmacist or make_user(clinic, "pharmacist", name="Peter Kimani")
    papers = Papers()
    given = context(clinic, somebody, papers=papers, **shared)
    desk = PharmacyDesk(given)
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
