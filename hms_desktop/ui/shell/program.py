"""The way of a day: open the store, first run or sign-in, frame, lock, another user, end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import ClinicError, StationUnknown, StoreMissing
from hms_desktop.services.accounts import idle_minutes, sign_out
from hms_desktop.services.clinic import Clinic, doorbell, topic_versions
from hms_desktop.services.papers import render_missing
from hms_desktop.services.setup import CreateClinic, Machine, create_clinic, enrol_station, open_as_guest, open_clinic
from hms_desktop.system.drafts import DraftStore
from hms_desktop.system.preferences import Preferences, read_preferences, write_preferences
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.dialogs import show
from hms_desktop.ui.kit.drafts import DraftKeeper
from hms_desktop.ui.kit.messages import Messages
from hms_desktop.ui.kit.theme import Look, apply_theme
from hms_desktop.ui.kit.watcher import LAN_MS, LOCAL_MS, ChangeWatcher
from hms_desktop.ui.shell.crash_dialog import CrashDialog
from hms_desktop.ui.shell.excepthook import CrashWatch
from hms_desktop.ui.shell.first_run import FirstRunPage, WelcomePage
from hms_desktop.ui.shell.frame import Frame
from hms_desktop.ui.shell.lock import IdleWatch, LockPage
from hms_desktop.ui.shell.opening import OpeningPage
from hms_desktop.ui.shell.paper_door import PaperDoor
from hms_desktop.ui.shell.sign_in import NewPasswordPage, SignInPage
from hms_desktop.ui.shell.window import Window
from hms_desktop.words.language import set_language


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What the joiner gives the windows. `make_training` makes a training clinic in an empty store."""

    location: str
    machine: Machine
    role: str = ""
    make_training: Callable[[], Clinic] | None = None

    @property
    def home(self) -> Path:
        """This PC's folder."""
        return self.machine.home


class Startable(Protocol):
    """A page that knows where its work starts."""

    def start(self) -> None:
        """Focus it."""


class Program(QObject):
    """Owns what lives as long as the program: window, background, clinic, watcher, crash watch."""

    ready = Signal()
    """A page that can be worked is shown."""

    def __init__(self, opening: Opening, background: Background | None = None) -> None:
        super().__init__()
        self.opening = opening
        self.preferences: Preferences = read_preferences(opening.home)
        self.background = background or Background(self)
        self.messages = Messages(self)
        self.background.on_failure = self.messages.failed
        self.crashes = CrashWatch(opening.home, opening.machine.version, self)
        self.crashes.messages = self.messages
        self.crashes.crashed.connect(self._on_crashed)
        self.messages.crashed.connect(self.crashes.report)
        self.window = Window()
        self.window.closing.connect(self.close)
        self.clinic: Clinic | None = None
        self.frame: Frame | None = None
        self._drafts: DraftStore | None = None
        self._watcher: ChangeWatcher | None = None
        self._idle: IdleWatch | None = None
        self._is_guest, self._closed = False, False

    # --- opening the store ---------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window, then open the store aside."""
        self.crashes.install()
        self._dress(self.preferences)
        self._show(OpeningPage(), None)
        self.window.show()
        self.window.activateWindow()
        QTimer.singleShot(0, self, self.open_store)

    def open_store(self) -> None:
        """Open the clinic; an empty store leads to the first run."""
        location, machine = self.opening.location, self.opening.machine
        self.background.read(lambda: _opened(location, machine), self._on_opened, self._on_not_opened, owner=self)

    def _on_opened(self, opened: tuple[Clinic, bool]) -> None:
        clinic, self._is_guest = opened
        self._use(clinic)
        self.show_sign_in()

    def _on_not_opened(self, error: Exception) -> None:
        if isinstance(error, StoreMissing):
            self.show_welcome()
        elif isinstance(error, ClinicError):
            page = OpeningPage(error)
            page.again.connect(self.start_again)
            page.quit_wanted.connect(self.window.close)
            self._show(page, page)
        else:
            self.background.fail(error)

    def start_again(self) -> None:
        """Try to open the store once more."""
        self._show(OpeningPage(), None)
        self.open_store()

    def _use(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.crashes.station = clinic.station.code
        self.background.aside(self._open_drafts, self._on_drafts)
        if self._watcher is not None:
            self._watcher.stop()
        interval = LOCAL_MS if clinic.store.path is not None else LAN_MS
        versions, bell = (lambda: topic_versions(clinic)), doorbell(clinic)
        self._watcher = ChangeWatcher(self.background, versions, interval_ms=interval, doorbell=bell, parent=self)
        self.background.aside(lambda: render_missing(clinic))

    def _open_drafts(self) -> DraftStore | None:
        try:
            return self._drafts or DraftStore(self.opening.home)
        except OSError:
            return None

    def _on_drafts(self, drafts: DraftStore | None) -> None:
        self._drafts = drafts

    # --- first run -------------------------------------------------------------------------------------

    def show_welcome(self) -> None:
        """A new clinic, or the training clinic."""
        page = WelcomePage(self.preferences.look, with_training=self.opening.make_training is not None)
        page.new_wanted.connect(self.show_first_run)
        page.training_wanted.connect(self._make_training)
        page.language_chosen.connect(lambda code: self._speak(code, self.show_welcome))
        page.look_chosen.connect(self._wear)
        self._show(page, page)

    def show_first_run(self) -> None:
        """The steps to a new clinic."""
        location, machine = self.opening.location, self.opening.machine

        def create(command: CreateClinic) -> Clinic:
            return create_clinic(location, machine, command)

        page = FirstRunPage(self.background, create)
        page.created.connect(lambda clinic: self._on_created(clinic, page))
        page.left.connect(self.show_welcome)
        self._show(page, page)

    def _on_created(self, clinic: Clinic, page: FirstRunPage) -> None:
        if page.printer.chosen:
            self._remember(self.preferences.with_printer("", page.printer.chosen))
        self._remember(replace(self.preferences, last_username=str(page.command().admin_username)))
        self._on_opened((clinic, False))

    def _make_training(self) -> None:
        make = self.opening.make_training
        assert make is not None
        self._show(OpeningPage(training=True), None)
        self.background.do(make, lambda clinic: self._on_opened((clinic, False)), self._on_not_opened, owner=self)

    # --- signing in and out ------------------------------------------------------------------------------

    def show_sign_in(self) -> None:
        """Who is there?"""
        assert self.clinic is not None
        page = SignInPage(self.clinic, self.background, self.preferences, is_new_station=self._is_guest)
        page.signed_in.connect(self._on_signed_in)
        page.language_chosen.connect(lambda code: self._speak(code, self.show_sign_in))
        page.look_chosen.connect(self._wear)
        self._show(page, page)

    def _on_signed_in(self, actor: Actor) -> None:
        if self._is_guest:
            self._enrol(actor)
        elif actor.must_change_password:
            self._ask_new_password(actor)
        else:
            self.show_frame(actor)

    def _enrol(self, actor: Actor) -> None:
        guest, machine = self.clinic, self.opening.machine
        assert guest is not None

        def done(clinic: Clinic) -> None:
            self._is_guest = False
            self._use(clinic)
            self._on_signed_in(actor)

        self.background.do(lambda: enrol_station(guest, actor, machine), done, owner=self)

    def _ask_new_password(self, actor: Actor) -> None:
        assert self.clinic is not None
        page = NewPasswordPage(self.clinic, actor, self.background, cancel=self.show_sign_in)
        page.changed.connect(lambda: self.show_frame(replace(actor, must_change_password=False)))
        self._show(page, page)

    def show_frame(self, actor: Actor) -> None:
        """Work begins."""
        assert self.clinic is not None
        clinic = self.clinic
        self._remember(replace(self.preferences, last_username=actor.username))
        papers = PaperDoor(clinic, actor, self.background, self.messages, self.opening.home, self.window)
        context = DeskContext(
            clinic=clinic, actor=actor, background=self.background, messages=self.messages,
            drafts=DraftKeeper(self.background, self._drafts, actor.username, self.window),
            today=_today(clinic), open_paper=papers.open_paper, print_paper=papers.print_paper,
        )  # fmt: skip
        frame = Frame(context, role=self.opening.role)
        papers.setParent(frame)
        context.drafts.setParent(frame)
        frame.switch_wanted.connect(lambda: self.show_lock(may_go_back=True))
        frame.lock_wanted.connect(lambda: self.show_lock(may_go_back=False))
        frame.sign_out_wanted.connect(self._sign_out)
        frame.title_changed.connect(lambda title: self.window.set_title(title, clinic.facility.name))
        self.frame = frame
        self._watch(frame)
        self._show(frame, frame)

    def _watch(self, frame: Frame) -> None:
        assert self._watcher is not None
        self._watcher.lost.connect(frame.status.note_lost)
        self._watcher.found.connect(frame.status.note_found)
        self._watcher.start()
        clinic = frame.context.clinic
        self.background.read(lambda: idle_minutes(clinic), lambda found: self._watch_idle(frame, found), owner=frame)

    def _watch_idle(self, frame: Frame, minutes: int) -> None:
        if self._closed or self.frame is not frame:
            return
        self._stop_idle()
        self._idle = IdleWatch(float(minutes), self)
        self._idle.idle.connect(lambda: self.show_lock(may_go_back=False))
        self._idle.start()

    def show_lock(self, *, may_go_back: bool) -> None:
        """Hide the work behind the lock; it stays as it is."""
        frame, clinic = self.frame, self.clinic
        if frame is None or clinic is None or self.window.page is not frame:
            return
        frame.leave()
        self._stop_idle()
        page = LockPage(clinic, frame.context.actor, self.background, may_go_back=may_go_back)
        page.entered.connect(self._on_unlocked)
        page.cancelled.connect(self._back_to_frame)
        self.window.cover(page)
        page.start()

    def _on_unlocked(self, actor: Actor) -> None:
        assert self.frame is not None
        if actor.user_id == self.frame.context.actor.user_id:
            self._back_to_frame()
            return
        self._end_session("switched")
        self._on_signed_in(actor)

    def _back_to_frame(self) -> None:
        assert self.frame is not None
        self.window.uncover()
        self.frame.focus_desk()
        if self._idle is not None:
            self._idle.start()

    def _sign_out(self) -> None:
        self._end_session("signed_out")
        self.show_sign_in()

    def _end_session(self, reason: str) -> None:
        frame, clinic = self.frame, self.clinic
        if frame is None or clinic is None:
            return
        actor = frame.context.actor
        frame.release()
        self.frame = None
        self._stop_idle()
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.lost.disconnect()
            self._watcher.found.disconnect()
        self.background.do(lambda: sign_out(clinic, actor, reason), lambda _done: None)

    def _stop_idle(self) -> None:
        if self._idle is not None:
            self._idle.stop()

    # --- small things ------------------------------------------------------------------------------------

    def _show(self, page: QWidget, startable: Startable | None) -> None:
        self.window.show_page(page)
        if startable is not None:
            startable.start()
            self.ready.emit()

    def _speak(self, code: str, then: Callable[[], None]) -> None:
        self._remember(replace(self.preferences, language=code))
        self._dress(self.preferences)
        QTimer.singleShot(0, self, then)

    def _wear(self, look: str) -> None:
        self._remember(replace(self.preferences, look=look))
        self._dress(self.preferences)

    def _dress(self, preferences: Preferences) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        language = set_language(preferences.language or None)
        mirrored = Qt.LayoutDirection.RightToLeft if language.right_to_left else Qt.LayoutDirection.LeftToRight
        app.setLayoutDirection(mirrored)
        known = preferences.look in {look.value for look in Look}
        apply_theme(app, Look(preferences.look) if known else Look.LIGHT, scale=preferences.text_scale)

    def _remember(self, preferences: Preferences) -> None:
        self.preferences = preferences
        home = self.opening.home
        self.background.aside(lambda: write_preferences(home, preferences))

    def _on_crashed(self, number: str) -> None:
        show(CrashDialog(number, self.opening.home, self.window))

    def close(self) -> None:
        """End everything: sessions, drafts, threads, the store."""
        if self._closed:
            return
        self._closed = True
        self._end_session("signed_out")
        if self._watcher is not None:
            self._watcher.stop()
        self.background.shutdown()
        if self._drafts is not None:
            self._drafts.close()
        if self.clinic is not None:
            self.clinic.store.close()
        self.crashes.remove()


def _opened(location: str, machine: Machine) -> tuple[Clinic, bool]:
    """The clinic, and whether this PC is a stranger to it."""
    try:
        return open_clinic(location, machine), False
    except StationUnknown:
        return open_as_guest(location, machine), True


def _today(clinic: Clinic) -> Callable[[], date]:
    zone = ZoneInfo(clinic.facility.time_zone)
    return lambda: clinic.clock().astimezone(zone).date()
