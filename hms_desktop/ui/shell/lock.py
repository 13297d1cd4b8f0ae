"""The idle lock, and F2: the desk stays as it is behind this page.

Whoever was there comes back to it; somebody else begins at an own desk.
"""

from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import ClinicError
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.fields import TextField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.shell.brand import CardPage, NoticeBar
from hms_desktop.ui.shell.sign_in import enter
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr

LOOK_EVERY_MS = 5000
NOTE_EVERY_S = 60.0
"""Who works is noted in the store this often, not with every key."""
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    }
)  # fmt: skip


class IdleWatch(QObject):
    """Says when nobody touched keyboard or mouse for so many minutes, and now and then that somebody does."""

    idle = Signal()
    active = Signal()
    """Somebody worked since this was said last, at most once in `NOTE_EVERY_S` seconds."""

    def __init__(self, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = minutes * 60
        self._last = self._noted = monotonic()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def set_minutes(self, minutes: float) -> None:
        """Another patience, from now on."""
        self._seconds = minutes * 60

    def start(self) -> None:
        """Begin to watch."""
        self._last = monotonic()
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._last = monotonic()
        return False

    def _look(self) -> None:
        now = monotonic()
        if now - self._last >= self._seconds:
            self.stop()
            self.idle.emit()
        elif self._last > self._noted and now - self._noted >= NOTE_EVERY_S:
            self._noted = now
            self.active.emit()


class LockPage(CardPage):
    """Come back, or take over. The user name of whoever was here is filled in."""

    entered = Signal(object)
    """An `Actor`: the one who was here, or another one."""
    cancelled = Signal()
    """F2 was a mistake."""

    def __init__(self, clinic: Clinic, actor: Actor, background: Background, *, may_go_back: bool) -> None:
        title = tr("Switch user") if may_go_back else tr("Locked")
        subtitle = tr("{name} was at work here. What was typed is kept.", name=actor.name)
        super().__init__("lock", title, subtitle, icon="lock")
        self._clinic, self._background = clinic, background
        self._busy = False
        self._notice = NoticeBar("lock.notice")
        self._username = TextField("lock.username", tr("&User name"), required=True, max_length=80)
        self._secret = TextField("lock.secret", tr("&PIN or password"), required=True, secret=True)
        for widget in (self._notice, self._username, self._secret):
            self.body.addWidget(widget)
        buttons = row(primary("lock.enter", tr("&Go on"), self.enter))
        if may_go_back:
            buttons.addWidget(beside_primary("lock.back", tr("&Back"), self.cancelled.emit))
            bind(Key.BACK, self, self.cancelled.emit, inside=True)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._username.set_value("" if may_go_back else actor.username)
        self._username.entered.connect(self._secret.focus_editor)
        self._secret.entered.connect(self.enter)

    def start(self) -> None:
        """Focus what is missing."""
        (self._secret if self._username.value() else self._username).focus_editor()

    def enter(self) -> None:
        """Try, aside."""
        bad = [field for field in (self._username, self._secret) if field.check()]
        if bad or self._busy:
            if bad:
                bad[0].focus_editor()
            return
        self._busy = True
        clinic, username, secret = self._clinic, self._username.value(), self._secret.value()
        self._background.do(lambda: enter(clinic, username, secret), self._on_entered, self._on_refused, owner=self)

    def _on_entered(self, actor: Actor) -> None:
        self._busy = False
        self.entered.emit(actor)

    def _on_refused(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, ClinicError):
            self._background.fail(error)
            return
        self._notice.say(sentence(error.code, error.facts))
        self._secret.clear()
        self._secret.focus_editor()
