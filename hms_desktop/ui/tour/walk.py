"""Somebody who works the windows: presses keys, waits for what a person would wait for, takes pictures, counts."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.search_field import SearchField
from hms_desktop.ui.kit.table import RowsView
from hms_desktop.ui.shell.program import Program

WAIT_MS = 20_000
MOST_TABS = 120


class WalkFailed(AssertionError):
    """The windows did not do what the day expects. Says where, with the focus and the last messages."""


@dataclass
class DeskCount:
    """What one desk cost: keys pressed, seconds, windows seen."""

    keystrokes: int = 0
    seconds: float = 0.0
    windows: set[str] = field(default_factory=set)


class Walk:
    """Drives one program. `scene` opens a desk's count; everything pressed after it is that desk's."""

    def __init__(self, program: Program, out: Path) -> None:
        self.program = program
        self.out = out
        self.counts: dict[str, DeskCount] = {}
        self.pictures: list[str] = []
        self._scene = "start"
        self._since = time.monotonic()

    # --- scenes ------------------------------------------------------------------------------------

    def scene(self, name: str) -> None:
        """From now on keys and seconds count for `name`."""
        self._close_scene()
        self._scene = name
        self.counts.setdefault(name, DeskCount())

    def finish(self) -> None:
        """Close the last scene."""
        self._close_scene()

    def _close_scene(self) -> None:
        count = self.counts.setdefault(self._scene, DeskCount())
        count.seconds += time.monotonic() - self._since
        self._since = time.monotonic()

    # --- keys --------------------------------------------------------------------------------------

    def press(self, *wanted: str) -> None:
        """Press keys one after the other: `press("Alt+S", "Return")`."""
        for each in wanted:
            keys.press(each)
            self._counted(1)

    def type(self, text: str) -> None:
        """Type text to whoever has the focus."""
        keys.type_text(text)
        self._counted(len(text))

    def enter(self, *texts: str) -> None:
        """Type each text and press Enter after it; '' only presses Enter."""
        for text in texts:
            self.type(text)
            self.press("Return")

    def _counted(self, pressed: int) -> None:
        count = self.counts.setdefault(self._scene, DeskCount())
        count.keystrokes += pressed
        window = QApplication.activeModalWidget() or QApplication.activeWindow()
        if window is not None:
            count.windows.add(window.objectName() or type(window).__name__)

    # --- waiting and looking -------------------------------------------------------------------------

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait as a person would. Raises WalkFailed naming `what`."""
        if not keys.wait_until(holds, WAIT_MS):
            (QApplication.activeModalWidget() or self.program.window).grab().save(str(self.out / "failed.png"))
            raise WalkFailed(self.where(what))

    def where(self, what: str) -> str:
        """What a failure must say."""
        said = " / ".join(message.text for message in self.program.messages.recent[-3:])
        return f"{self._scene}: waited for {what}; focus: {keys.focus_name()!r}; said: {said}"

    def at(self, name: str) -> None:
        """Wait until the focus is on `name`."""
        self.until(lambda: keys.focus_name() == name, f"focus on {name}")

    def go_to(self, name: str) -> None:
        """Press Tab until the focus is on `name`."""
        self.until(lambda: self.find(name) is not None, f"{name} to be shown")
        for _try in range(MOST_TABS):
            if keys.focus_name() == name:
                return
            self.press("Tab")
        raise WalkFailed(self.where(f"Tab to reach {name}"))

    def fill(self, name: str, text: str) -> None:
        """Go to a field, type over what stands there, and leave it with Enter."""
        self.go_to(name)
        self.press("Ctrl+A")
        self.type(text)
        self.press("Return")

    def choose(self, name: str, key: str) -> None:
        """Go to a row of one-key choices and press the key."""
        self.go_to(name)
        self.type(key)

    def pick(self, name: str, text: str) -> None:
        """Type into a search field, wait for its answers, take the first one."""
        self.go_to(name)
        self.type(text)
        self.until(lambda: self._answered(name), f"answers for {text!r}")
        self.press("Down", "Return")
        self.settled()

    def _answered(self, name: str) -> bool:
        found: object = self.find(name)
        while isinstance(found, QWidget) and not isinstance(found, SearchField):
            found = found.parent()
        return isinstance(found, SearchField) and found.answers_shown

    def use(self, name: str) -> None:
        """Go to a button and press it."""
        self.go_to(name)
        self.press("Return")

    def find(self, name: str) -> QWidget | None:
        """The visible widget of this name, to look at it; never to set it."""
        for window in QApplication.topLevelWidgets():
            if not window.isVisible():
                continue
            if window.objectName() == name:
                return window
            for found in window.findChildren(QWidget, name):
                if found.isVisible():
                    return found
        return None

    def settled(self) -> None:
        """Wait until nothing is read or written any more."""
        self.until(lambda: self.program.background.idle, "the work to be done")
        keys.wait(60)
        self.until(lambda: self.program.background.idle, "the work to be done")

    def rows(self, name: str) -> RowsView[object]:
        """A list, to count and read its rows."""
        found = self.find(name)
        if not isinstance(found, RowsView):
            raise WalkFailed(self.where(f"the list {name}"))
        return found

    def select(self, name: str, wanted: Callable[[object], bool], what: str) -> None:
        """Go to a list and down to the first row that is wanted."""
        self.until(lambda: any(wanted(row) for row in self.rows(name).rows()), f"{what} in {name}")
        self.settled()
        self.go_to(name)
        view = self.rows(name)
        self.press("Home")
        for _row in range(len(view.rows())):
            current = view.current()
            if current is not None and wanted(current):
                return
            self.press("Down")
        raise WalkFailed(self.where(f"{what} in {name}"))

    def said(self, part: str) -> None:
        """Wait until the message bar said something."""
        self.until(lambda: any(part in each.text for each in self.program.messages.recent), f"the message {part!r}")

    # --- pictures ------------------------------------------------------------------------------------

    def picture(self, name: str) -> None:
        """A PNG of the window in front, numbered in the order of the day."""
        self.settled()
        window = QApplication.activeModalWidget() or self.program.window
        file = f"{len(self.pictures) + 1:02d}-{self._scene}-{name}.png"
        window.grab().save(str(self.out / file))
        self.pictures.append(file)

    # --- people --------------------------------------------------------------------------------------

    def page_is(self, name: str) -> bool:
        """Whether this page is shown."""
        page = self.program.window.page
        return page is not None and page.objectName() == f"{name}.page"

    def sign_in(self, username: str, password: str) -> None:
        """Sign in at the sign-in page."""
        self.until(lambda: self.page_is("sign_in"), "the sign-in page")
        self.press("Alt+U", "Ctrl+A")
        self.enter(username, password)
        self.until(lambda: self.program.frame is not None, f"{username} to be signed in")
        self.settled()

    def switch_to(self, username: str, password: str) -> None:
        """F2: another person takes over this station."""
        self.press("F2")
        self.until(lambda: self.page_is("lock"), "the lock page")
        before = self.program.frame
        self.press("Alt+U", "Ctrl+A")
        self.enter(username, password)
        self.until(
            lambda: self.program.frame is not None and self.program.frame is not before, f"{username} to take over"
        )
        self.settled()
