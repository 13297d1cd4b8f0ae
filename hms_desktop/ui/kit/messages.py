"""One door for everything that is said to a person: a bar, never a modal box."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from hms_desktop.domain.errors import ClinicError


class Level(StrEnum):
    """How loud a message is."""

    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class MessageAction:
    """A way out offered beside a message; `text` may carry a mnemonic."""

    text: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Message:
    """Something said at a local time."""

    level: Level
    text: str
    at: datetime
    action: MessageAction | None = None


class Messages(QObject):
    """The door. Whoever has something to say calls it; the frame's bar listens."""

    added = Signal(object)
    """A `Message`."""
    crashed = Signal(object)
    """An exception that is nobody's rule: the crash dialog listens."""

    def __init__(self, parent: QObject | None = None, *, keep: int = 50) -> None:
        super().__init__(parent)
        self._kept: deque[Message] = deque(maxlen=keep)
        self.zone: Callable[[], tzinfo | None] = lambda: None
        """The clinic's zone as it is now; None, this PC's, until the clinic is known."""

    def now(self) -> datetime:
        """The time that screens show: in the clinic's zone."""
        return datetime.now(UTC).astimezone(self.zone())

    def info(self, text: str, action: MessageAction | None = None) -> None:
        """Worth knowing."""
        self._say(Level.INFO, text, action)

    def good(self, text: str, action: MessageAction | None = None) -> None:
        """It worked. Goes away by itself."""
        self._say(Level.GOOD, text, action)

    def warn(self, text: str, action: MessageAction | None = None) -> None:
        """It worked, but look."""
        self._say(Level.WARN, text, action)

    def error(self, text: str, action: MessageAction | None = None) -> None:
        """It did not work."""
        self._say(Level.ERROR, text, action)

    def failed(self, error: Exception) -> None:
        """A rule said no: its sentence. Anything else is our fault: the crash dialog."""
        if isinstance(error, ClinicError):
            from hms_desktop.words.errors import sentence  # all labels: only when there is something to say

            self.error(sentence(error.code, error.facts))
        else:
            self.crashed.emit(error)

    @property
    def recent(self) -> tuple[Message, ...]:
        """What was said, oldest first."""
        return tuple(self._kept)

    def _say(self, level: Level, text: str, action: MessageAction | None) -> None:
        message = Message(level, text, self.now(), action)
        self._kept.append(message)
        self.added.emit(message)
