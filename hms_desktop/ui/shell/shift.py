"""One signed-in person at this PC, from sign-in to the end: frame, drafts, papers, lock, presence.

What an administrator changes elsewhere (the clinic's own data, this person's rights) is taken in without losing what
is typed: forms put it into drafts, and the window opens anew.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from hms_desktop.domain.accounts import Actor
from hms_desktop.services.accounts import sign_out
from hms_desktop.services.clinic import Clinic
from hms_desktop.system.drafts import DraftStore
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.drafts import DraftKeeper
from hms_desktop.ui.kit.messages import Messages
from hms_desktop.ui.kit.watcher import ChangeWatcher
from hms_desktop.ui.shell.frame import Frame
from hms_desktop.ui.shell.lock import LockPage
from hms_desktop.ui.shell.paper_door import PaperDoor
from hms_desktop.ui.shell.presence import Presence
from hms_desktop.ui.shell.window import Window
from hms_desktop.words.language import tr

RULES = frozenset({"currency", "time_zone", "profile", "code"})
"""The clinic's own data that desks are built upon; all else they read whenever they show it."""


class Shift(QObject):
    """Holds the frame of one person; whoever comes next gets another shift."""

    taken_over = Signal(object)
    """Somebody else (or with a password to be changed) signed in at the lock: an `Actor`. This shift has ended."""
    left = Signal(str)
    """The person signed out (''), or may not go on: a sentence that says why. This shift has ended."""

    def __init__(
        self, clinic: Clinic, actor: Actor, background: Background, messages: Messages, window: Window,
        watcher: ChangeWatcher, *, drafts: DraftStore | None, home: Path, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._clinic, self._background, self._messages = clinic, background, messages
        self._window, self._watcher, self._drafts, self._home = window, watcher, drafts, home
        self._over = False
        self.actor = actor
        self.presence = Presence(clinic, actor, background, self)
        self.presence.idle.connect(lambda: self.lock(may_go_back=False))
        self.presence.ended.connect(self._on_ended)
        self.presence.changed.connect(lambda changed: self._open_anew(changed, _rights_moved()))
        self.presence.clinic_changed.connect(self._on_clinic_changed)
        self.frame: Frame

    def open(self, role: str) -> Frame:
        """Make the frame, at the window `role` when it is this person's, and begin to watch."""
        self.frame = self._make_frame(role)
        self._watcher.lost.connect(self._on_lost)
        self._watcher.found.connect(self._on_found)
        self._watcher.start()
        self.presence.start()
        return self.frame

    def _make_frame(self, role: str) -> Frame:
        clinic, window = self._clinic, self._window
        papers = PaperDoor(clinic, self.actor, self._background, self._messages, self._home, window)
        context = DeskContext(
            clinic=clinic, actor=self.actor, background=self._background, messages=self._messages,
            drafts=DraftKeeper(self._background, self._drafts, self.actor.username, window), today=_today(clinic),
            open_paper=papers.open_paper, print_paper=papers.print_paper,
        )  # fmt: skip
        frame = Frame(context, role=role)
        papers.setParent(frame)
        context.drafts.setParent(frame)
        frame.switch_wanted.connect(lambda: self.lock(may_go_back=True))
        frame.lock_wanted.connect(lambda: self.lock(may_go_back=False))
        frame.sign_out_wanted.connect(lambda: self._leave("signed_out", ""))
        frame.title_changed.connect(lambda title: window.set_title(title, clinic.facility.name))
        return frame

    def _on_lost(self, error: object) -> None:
        self.frame.status.note_lost(error)

    def _on_found(self) -> None:
        self.frame.status.note_found()

    # --- lock and switch -----------------------------------------------------------------------------

    def lock(self, *, may_go_back: bool) -> None:
        """Hide the work behind the lock; it stays as it is."""
        if self._over or self._window.page is not self.frame:
            return
        self.frame.leave()
        self.presence.pause()
        page = LockPage(self._clinic, self.actor, self._background, may_go_back=may_go_back)
        page.entered.connect(self._on_unlocked)
        page.cancelled.connect(self._go_on)
        self._window.cover(page)
        page.start()

    def _on_unlocked(self, actor: Actor) -> None:
        if actor.user_id != self.actor.user_id or actor.must_change_password:
            self.end("switched")
            self.taken_over.emit(actor)
            return
        self._end_session(self.actor, "idle")
        before, self.actor = self.actor, actor
        if replace(actor, session_id=before.session_id) == before:
            self.frame.context.actor = actor
            self._go_on()
        else:
            self.presence.resume(actor)
            self._open_anew(actor, _rights_moved())

    def _go_on(self) -> None:
        self._window.uncover()
        self.frame.focus_desk()
        self.presence.resume(self.actor)

    # --- what changed elsewhere ----------------------------------------------------------------------

    def _on_ended(self, why: str) -> None:
        words = {
            "closed": tr("Your account was closed. What was typed is kept; ask an administrator."),
            "ended": tr("An administrator ended your sign-in. What was typed is kept: sign in to go on."),
        }
        self._leave("", words[why])

    def _open_anew(self, actor: Actor, said: str) -> None:
        """The same person with other rights: another frame, at the same window if it is still theirs."""
        old, self.actor = self.frame, actor
        old.release()
        self.frame = self._make_frame(old.window_code)
        self._window.show_page(self.frame)
        self.frame.start()
        self._messages.warn(said)

    def _on_clinic_changed(self, moved: frozenset[str]) -> None:
        self.frame.show_clinic()
        if moved & RULES and self.frame.renew():
            self._messages.warn(
                tr("The clinic's own data was changed, so this window was opened anew. What was typed is kept.")
            )

    # --- the end -------------------------------------------------------------------------------------

    def _leave(self, reason: str, said: str) -> None:
        self.end(reason)
        self.left.emit(said)

    def end(self, reason: str) -> None:
        """The person goes; `reason` is kept with the sign-in ('' when that has ended already)."""
        if self._over:
            return
        self._over = True
        self.frame.release()
        self.presence.stop()
        self._watcher.stop()
        self._watcher.lost.disconnect(self._on_lost)
        self._watcher.found.disconnect(self._on_found)
        if reason:
            self._end_session(self.actor, reason)
        self.deleteLater()

    def _end_session(self, actor: Actor, reason: str) -> None:
        clinic = self._clinic
        self._background.do(lambda: sign_out(clinic, actor, reason), lambda _done: None)


def _rights_moved() -> str:
    return tr("Your account was changed by an administrator, so this window was opened anew. What was typed is kept.")


def _today(clinic: Clinic) -> Callable[[], date]:
    return lambda: clinic.clock().astimezone(ZoneInfo(clinic.facility.time_zone)).date()
