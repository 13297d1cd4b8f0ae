"""Somebody at work at this PC: notes that they are, and notices what an administrator changed elsewhere.

Rights, a closed account, an ended sign-in and the clinic's own data reach a running window by their topics.
"""

from PySide6.QtCore import QObject, Signal

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.services.accounts import Standing, idle_minutes, note_activity, standing
from hms_desktop.services.clinic import Clinic, follow_store
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.shell.lock import IdleWatch

PERSON = frozenset({topics.USERS, topics.SESSIONS})
LONGEST_MINUTES = 24 * 60
"""Until the clinic's own number of minutes is read."""


class Presence(QObject):
    """One signed-in person, from sign-in to the end; `pause` while the PC is locked."""

    idle = Signal()
    """Nobody touched anything for as long as the clinic allows."""
    ended = Signal(str)
    """The person must sign in again: `closed` (the account) or `ended` (this sign-in)."""
    changed = Signal(object)
    """The same person with other rights, windows, name or language: an `Actor`."""
    clinic_changed = Signal(object)
    """Names of the clinic's own data that are different now."""

    def __init__(self, clinic: Clinic, actor: Actor, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.actor = actor
        self._clinic, self._background = clinic, background
        self._over = self._paused = False
        self._watch = IdleWatch(LONGEST_MINUTES, self)
        self._watch.idle.connect(self.idle)
        self._watch.active.connect(self._note)
        background.changes.connect(self._on_changes)

    def start(self) -> None:
        """Begin; what changed since the store was opened is read at once."""
        self._watch.start()
        self._read_clinic()

    def pause(self) -> None:
        """The PC is locked: nobody is at work."""
        self._paused = True
        self._watch.stop()

    def resume(self, actor: Actor) -> None:
        """The same person came back, with a new sign-in."""
        self.actor = actor
        self._paused = False
        self._watch.start()

    def stop(self) -> None:
        """The person went."""
        self._over = True
        self._watch.stop()
        self._background.changes.disconnect(self._on_changes)
        self.deleteLater()

    def _on_changes(self, moved: frozenset[str]) -> None:
        if topics.SETTINGS in moved:
            self._read_clinic()
        if moved & PERSON and not self._paused:
            self._look()

    # --- the person ----------------------------------------------------------------------------------

    def _note(self) -> None:
        clinic, actor = self._clinic, self.actor
        self._background.do(lambda: note_activity(clinic, actor), self._on_noted, _wait_for_next, owner=self)

    def _on_noted(self, is_open: bool) -> None:
        if not is_open:
            self._look()

    def _look(self) -> None:
        clinic, actor = self._clinic, self.actor
        self._background.latest(
            "shell.standing", lambda: standing(clinic, actor), lambda found: self._on_standing(actor, found),
            _wait_for_next, owner=self,
        )  # fmt: skip

    def _on_standing(self, asked: Actor, found: Standing) -> None:
        if self._over or self._paused or asked is not self.actor:
            return
        if found.actor is None:
            self.ended.emit(found.why)
        elif found.actor != self.actor:
            self.actor = found.actor
            self.changed.emit(found.actor)

    # --- the clinic ----------------------------------------------------------------------------------

    def _read_clinic(self) -> None:
        clinic = self._clinic
        self._background.read(
            lambda: (follow_store(clinic), idle_minutes(clinic)), self._on_clinic, _wait_for_next, owner=self
        )

    def _on_clinic(self, found: tuple[frozenset[str], int]) -> None:
        moved, minutes = found
        if self._over:
            return
        self._watch.set_minutes(float(minutes))
        if moved:
            self.clinic_changed.emit(moved)


def _wait_for_next(_error: Exception) -> None:
    """The store did not answer: the status bar says so, and the next change asks again."""
