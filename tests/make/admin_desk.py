"""The administrator's desk as tests open it: a real clinic, everything at once, keys only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.admin.page import AdminPage, ListPage
from hms_desktop.ui.admin.window import AdminDesk
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.desk import DeskContext
from tests.make.accounts import administrator
from tests.ui.kit.fakes import context, said

Shown = Callable[[QWidget], QWidget]


@dataclass
class OpenDesk:
    """A desk on the screen."""

    desk: AdminDesk
    clinic: Clinic
    actor: Actor
    given: DeskContext

    def go_to(self, name: str) -> AdminPage:
        """Walk to a page by the list on the left, and go in."""
        self.desk.navigation.setFocus()
        self.desk.navigation.pick(name)
        keys.press("Return")
        page = self.desk.page
        assert page is not None
        assert name == page.NAME
        return page

    def list_page(self, name: str) -> ListPage[Any]:
        """The same for a page with a list."""
        page = self.go_to(name)
        assert isinstance(page, ListPage)
        return page

    def said(self) -> list[str]:
        """What the messages door said."""
        return said(self.given)

    def find(self, text: str) -> None:
        """Ctrl+F, words, Enter: the first row that fits is chosen."""
        keys.press("Ctrl+F")
        keys.press("Ctrl+A")
        keys.press("Delete")
        keys.type_text(text)
        keys.press("Return")


def open_desk(clinic: Clinic, shown: Shown, actor: Actor | None = None, **shared: Any) -> OpenDesk:
    """The desk of an administrator, shown at 1024 × 640 (a 768 window less its frame)."""
    somebody = actor or administrator(clinic)
    given = context(clinic, somebody, **shared)
    desk = AdminDesk(given)
    desk.resize(1024, 640)
    shown(desk)
    desk.start_focus().setFocus()
    return OpenDesk(desk, clinic, somebody, given)


def type_fields(*values: str) -> None:
    """Type each value over what stands there and press Enter behind it; an empty one goes on."""
    for value in values:
        if value:
            keys.press("Ctrl+A")
            keys.type_text(value)
        keys.press("Return")


def dialog_named(name: str) -> QWidget:
    """The dialog that is open."""
    keys.wait_until(lambda: any(each.objectName() == name for each in _open_windows()))
    return next(each for each in _open_windows() if each.objectName() == name)


def _open_windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]
