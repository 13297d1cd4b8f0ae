"""Notices what other stations changed: looks at topic versions; a doorbell only makes it look sooner."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from hms_desktop.ui.kit.background import Background

LAN_MS = 1000
LOCAL_MS = 2000

Versions = Callable[[], Mapping[str, int]]
Ring = Callable[[], None]
Doorbell = Callable[[Ring], Ring]
"""Given a `ring` that may be called from any thread, starts listening and returns how to stop."""


class ChangeWatcher(QObject):
    """Polls `versions()` on a reader thread and announces the topics whose version moved."""

    lost = Signal(object)
    """The store did not answer; carries the exception. Emitted once until it answers again."""
    found = Signal()
    """The store answers again."""
    _rung = Signal()

    def __init__(
        self,
        background: Background,
        versions: Versions,
        *,
        interval_ms: int = LOCAL_MS,
        doorbell: Doorbell | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._versions = versions
        self._doorbell = doorbell
        self._unhook: Ring | None = None
        self._seen: dict[str, int] | None = None
        self._asking = False
        self._is_lost = False
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(self.look)
        self._rung.connect(self.look)

    def start(self) -> None:
        """Begin to look, at once and then regularly."""
        self._timer.start()
        if self._doorbell is not None and self._unhook is None:
            self._unhook = self._doorbell(self._rung.emit)
        self.look()

    def stop(self) -> None:
        """Stop looking."""
        self._timer.stop()
        if self._unhook is not None:
            self._unhook()
            self._unhook = None

    def look(self) -> None:
        """Look now, unless a look is under way."""
        if self._asking:
            return
        self._asking = True
        self._background.read(self._versions, self._on_versions, self._on_failed, owner=self)

    def _on_versions(self, versions: Mapping[str, int]) -> None:
        self._asking = False
        if self._is_lost:
            self._is_lost = False
            self.found.emit()
        before, self._seen = self._seen, dict(versions)
        if before is not None:
            self._background.announce(frozenset(topic for topic, now in versions.items() if before.get(topic) != now))

    def _on_failed(self, error: Exception) -> None:
        self._asking = False
        if not self._is_lost:
            self._is_lost = True
            self.lost.emit(error)
