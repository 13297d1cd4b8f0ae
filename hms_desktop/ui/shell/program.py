"""The way of a day: open the store, first run or sign-in, frame, lock, another user, end.

The first page is painted before services are loaded: what needs the store is imported where it is used.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from hms_desktop.domain.errors import ClinicError, StationUnknown, StoreMissing
from hms_desktop.system.machine import Machine
from hms_desktop.system.preferences import Preferences, read_preferences, write_preferences
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.messages import Messages
from hms_desktop.ui.kit.theme import Look, apply_theme
from hms_desktop.ui.shell.excepthook import CrashWatch
from hms_desktop.ui.shell.opening import OpeningPage
from hms_desktop.ui.shell.sign_in import NewPasswordPage, SignInPage
from hms_desktop.ui.shell.window import Window
from hms_desktop.words.language import set_language

if TYPE_CHECKING:
    from hms_desktop.domain.accounts import Actor
    from hms_desktop.services.clinic import Clinic
    from hms_desktop.services.setup import CreateClinic
    from hms_desktop.system.drafts import DraftStore
    from hms_desktop.ui.kit.watcher import ChangeWatcher
    from hms_desktop.ui.shell.first_run import FirstRunPage
    from hms_desktop.ui.shell.frame import Frame
    from hms_desktop.ui.shell.shift import Shift


QUIET_MS = 3000
"""So long after opening, what nobody waits for may begin."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What the joiner gives the windows. `make_training` makes a training clinic in an empty store."""

    location: str
    machine: Machine
    role: str = ""
    make_training: "Callable[[], Clinic] | None" = None

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
        self.crashes = CrashWatch(opening.home, self)
        self.crashes.messages = self.messages
        self.crashes.crashed.connect(self._on_crashed)
        self.messages.crashed.connect(self.crashes.report)
        self.window = Window()
        self.window.closing.connect(self.close)
        self.clinic: Clinic | None = None
        self._name = ""
        self._shift: Shift | None = None
        self._drafts: DraftStore | None = None
        self._watcher: ChangeWatcher | None = None
        self._is_guest, self._closed = False, False

    # --- opening the store ---------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window, then open the store aside."""
        self.crashes.install()
        self._dress(self.preferences)
        self._show_opening()
        self.window.painted.connect(self.open_store)
        self.window.open()

    def open_store(self) -> None:
        """Open the clinic; an empty store leads to the first run."""
        location, machine = self.opening.location, self.opening.machine
        self.background.read(lambda: _opened(location, machine), self._on_opened, self._on_not_opened, owner=self)

    def _show_opening(self) -> None:
        """Sign-in at once where this PC was before: a person types while the store is opened."""
        self._name = self.preferences.clinic_at(self.opening.location)
        if self._name:
            self.show_sign_in()
        else:
            self._show(OpeningPage(), None)

    def _on_opened(self, opened: "tuple[Clinic, bool]") -> None:
        clinic, self._is_guest = opened
        self._use(clinic)
        self._name = clinic.facility.name
        waiting = self.window.page
        if isinstance(waiting, SignInPage):
            waiting.open_to(clinic, is_new_station=self._is_guest)
            self.ready.emit()
        else:
            self.show_sign_in()
        known = self.preferences.with_clinic(self.opening.location, self._name, training=clinic.facility.training)
        if known != self.preferences:
            self._remember(known)

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

    def _use(self, clinic: "Clinic") -> None:
        from hms_desktop.services.clinic import doorbell, topic_versions
        from hms_desktop.ui.kit.watcher import LAN_MS, LOCAL_MS, ChangeWatcher

        self.clinic = clinic
        from zoneinfo import ZoneInfo  # with what it loads, not needed before the first paint

        self.messages.zone = lambda: ZoneInfo(clinic.facility.time_zone)
        self.crashes.station = clinic.station.code
        self.background.aside(self._open_drafts, self._on_drafts)
        if self._watcher is not None:
            self._watcher.stop()
        interval = LOCAL_MS if clinic.store.path is not None else LAN_MS
        versions, bell = (lambda: topic_versions(clinic)), doorbell(clinic)
        self._watcher = ChangeWatcher(self.background, versions, interval_ms=interval, doorbell=bell, parent=self)
        QTimer.singleShot(QUIET_MS, self, lambda: self.background.aside(lambda: _render_missing(clinic)))

    def _open_drafts(self) -> "DraftStore | None":
        from hms_desktop.system.drafts import DraftStore

        try:
            return self._drafts or DraftStore(self.opening.home)
        except OSError:
            return None

    def _on_drafts(self, drafts: "DraftStore | None") -> None:
        self._drafts = drafts

    # --- first run -------------------------------------------------------------------------------------

    def show_welcome(self) -> None:
        """A new clinic, or the training clinic."""
        from hms_desktop.ui.shell.first_run import WelcomePage

        page = WelcomePage(self.preferences.look, with_training=self.opening.make_training is not None)
        page.new_wanted.connect(self.show_first_run)
        page.training_wanted.connect(self._make_training)
        page.language_chosen.connect(lambda code: self._speak(code, self.show_welcome))
        page.look_chosen.connect(self._wear)
        self._show(page, page)

    def show_first_run(self) -> None:
        """The steps to a new clinic."""
        from hms_desktop.services.setup import create_clinic
        from hms_desktop.ui.shell.first_run import FirstRunPage

        location, machine = self.opening.location, self.opening.machine

        def create(command: "CreateClinic") -> "Clinic":
            return create_clinic(location, machine, command)

        page = FirstRunPage(self.background, create)
        page.created.connect(lambda clinic: self._on_created(clinic, page))
        page.left.connect(self.show_welcome)
        self._show(page, page)

    def _on_created(self, clinic: "Clinic", page: "FirstRunPage") -> None:
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
        """Who is there? The store may still be on its way."""
        known = self.preferences
        self._name = self._name if self.clinic is None else self.clinic.facility.name
        page = SignInPage(self._name, self.background, known, training=known.last_training)
        page.signed_in.connect(self._on_signed_in)
        page.language_chosen.connect(lambda code: self._speak(code, self.show_sign_in))
        page.look_chosen.connect(self._wear)
        if self.clinic is not None:
            page.open_to(self.clinic, is_new_station=self._is_guest)
        self._show(page, page)

    def _on_signed_in(self, actor: "Actor") -> None:
        if self._is_guest:
            self._enrol(actor)
        elif actor.must_change_password:
            self._ask_new_password(actor)
        else:
            self.show_frame(actor)

    def _enrol(self, actor: "Actor") -> None:
        from hms_desktop.services.setup import enrol_station

        guest, machine = self.clinic, self.opening.machine
        assert guest is not None

        def done(clinic: "Clinic") -> None:
            self._is_guest = False
            self._use(clinic)
            self._on_signed_in(actor)

        self.background.do(lambda: enrol_station(guest, actor, machine), done, owner=self)

    def _ask_new_password(self, actor: "Actor") -> None:
        assert self.clinic is not None
        page = NewPasswordPage(self.clinic, actor, self.background, cancel=self.show_sign_in)
        page.changed.connect(lambda: self.show_frame(replace(actor, must_change_password=False)))
        self._show(page, page)

    def show_frame(self, actor: "Actor") -> None:
        """Work begins."""
        from hms_desktop.ui.shell.shift import Shift

        assert self.clinic is not None
        assert self._watcher is not None
        self._remember(replace(self.preferences, last_username=actor.username))
        self._shift = Shift(
            self.clinic, actor, self.background, self.messages, self.window, self._watcher, drafts=self._drafts,
            home=self.opening.home, parent=self,
        )  # fmt: skip
        self._shift.taken_over.connect(self._on_taken_over)
        self._shift.left.connect(self._on_left)
        frame = self._shift.open(self.opening.role)
        self._show(frame, frame)

    @property
    def frame(self) -> "Frame | None":
        """The frame of whoever is signed in."""
        return None if self._shift is None else self._shift.frame

    def _on_taken_over(self, actor: "Actor") -> None:
        self._shift = None
        self._on_signed_in(actor)

    def _on_left(self, why: str) -> None:
        self._shift = None
        self.show_sign_in()
        page = self.window.page
        if why and isinstance(page, SignInPage):
            page.tell(why)

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
        from hms_desktop.ui.kit.dialogs import show
        from hms_desktop.ui.shell.crash_dialog import CrashDialog

        show(CrashDialog(number, self.opening.home, self.window))

    def close(self) -> None:
        """End everything: sessions, drafts, threads, the store."""
        if self._closed:
            return
        self._closed = True
        if self._shift is not None:
            self._shift.end("signed_out")
            self._shift = None
        if self._watcher is not None:
            self._watcher.stop()
        self.background.shutdown()
        if self._drafts is not None:
            self._drafts.close()
        if self.clinic is not None:
            self.clinic.store.close()
        self.crashes.remove()


def _opened(location: str, machine: Machine) -> "tuple[Clinic, bool]":
    """The clinic, and whether this PC is a stranger to it. Loads what the sign-in page asks of the store."""
    import_module("hms_desktop.services.accounts")
    from hms_desktop.services.setup import open_as_guest, open_clinic

    try:
        return open_clinic(location, machine), False
    except StationUnknown:
        return open_as_guest(location, machine), True


def _render_missing(clinic: "Clinic") -> None:
    """Make the papers that a crash left unmade; runs beside the sign-in page."""
    from hms_desktop.services.papers import render_missing

    render_missing(clinic)
