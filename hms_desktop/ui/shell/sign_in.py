"""Who are you? User name and password; language and look of this PC.

The first page of most starts: it is painted before the store is open, so it loads no service until somebody signs in.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from hms_desktop.domain.errors import ClinicError
from hms_desktop.system.preferences import Preferences
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.choice_fields import Choice, ChoiceField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.text_fields import TextField
from hms_desktop.ui.kit.theme import Look
from hms_desktop.ui.shell.brand import CardPage, NoticeBar
from hms_desktop.words.language import available, current, tr

if TYPE_CHECKING:
    from hms_desktop.domain.accounts import Actor
    from hms_desktop.services.clinic import Clinic

SHORTEST_PASSWORD = 8


def looks_like_pin(secret: str) -> bool:
    """PINs are 4 to 7 digits here; a password is never that short, so that nothing has to be tried twice."""
    return secret.isascii() and secret.isdigit() and 4 <= len(secret) < SHORTEST_PASSWORD


def enter(clinic: "Clinic", username: str, secret: str) -> "Actor":
    """Sign in with whichever of password and PIN this is. Raises NotSignedIn, SignInLocked."""
    from hms_desktop.services.accounts import SignIn, SignInWithPin, sign_in, sign_in_with_pin

    if looks_like_pin(secret):
        return sign_in_with_pin(clinic, SignInWithPin(username=username, pin=secret))
    return sign_in(clinic, SignIn(username=username, password=secret))


def looks() -> list[Choice[str]]:
    """The looks, in words."""
    return [
        Choice(Look.LIGHT.value, tr("Light")),
        Choice(Look.DARK.value, tr("Dark")),
        Choice(Look.HIGH_CONTRAST.value, tr("High contrast")),
    ]


def said(error: ClinicError) -> str:
    """What an error says."""
    from hms_desktop.words.errors import sentence

    return sentence(error.code, error.facts)


class SignInPage(CardPage):
    """The sign-in card. Name and password may be typed and sent before the clinic is open; they wait for `open_to`."""

    signed_in = Signal(object)
    """An `Actor`."""
    language_chosen = Signal(str)
    look_chosen = Signal(str)

    def __init__(self, name: str, background: Background, preferences: Preferences, *, training: bool = False) -> None:
        super().__init__("sign_in", name, tr("The clinic is being opened…"))
        self._clinic: Clinic | None = None
        self._background = background
        self._busy = False
        self._notice = NoticeBar("sign_in.notice")
        self._username = TextField("sign_in.username", tr("&User name"), required=True, max_length=80)
        self._password = TextField("sign_in.password", tr("&Password"), required=True, secret=True)
        self._button = primary("sign_in.sign_in", tr("&Sign in"), self.sign_in)
        self.body.addWidget(self._notice)
        for field in (self._username, self._password):
            self.body.addWidget(field)
        self.body.addWidget(self._button)
        self._add_choices(preferences)
        self._username.entered.connect(self._password.focus_editor)
        self._password.entered.connect(self.sign_in)
        self._username.set_value(preferences.last_username)
        self._note_training(training)

    def open_to(self, clinic: "Clinic", *, is_new_station: bool = False) -> None:
        """The clinic is open now: whoever pressed the button already is signed in."""
        self._clinic = clinic
        self.title_label.setText(clinic.facility.name)
        self.subtitle_label.setText(tr("Sign in"))
        self._note_training(clinic.facility.training)
        if is_new_station:
            text = tr("This PC is new to the clinic. An administrator signs in once, then everybody can work here.")
            self._notice.say(text, "info")
        if self._busy:
            self._busy = False
            self.sign_in()

    def tell(self, words: str) -> None:
        """Say why somebody stands here again."""
        self._notice.say(words, "warn")

    def _note_training(self, training: bool) -> None:
        words = tr("Training clinic: nothing here is real. The password of everybody is “training”.")
        self._notice.say(words if training else "", "warn")

    def _add_choices(self, preferences: Preferences) -> None:
        languages = [Choice(each.code, each.name) for each in available()]
        self._language = ChoiceField("sign_in.language", tr("&Language"), languages)
        self._language.set_value(current().code)
        self._look = ChoiceField("sign_in.look", tr("L&ook"), looks())
        self._look.set_value(preferences.look)
        self._language.changed.connect(lambda: self.language_chosen.emit(self._language.value() or "en"))
        self._look.changed.connect(lambda: self.look_chosen.emit(self._look.value() or Look.LIGHT.value))
        self.body.addSpacing(8)
        self.body.addLayout(row(self._language, self._look, space=16))

    def start(self) -> None:
        """Focus the first thing that is missing."""
        (self._password if self._username.value() else self._username).focus_editor()

    def sign_in(self) -> None:
        """Try, aside: the check of a password takes a moment on purpose."""
        bad = [field for field in (self._username, self._password) if field.check()]
        if bad or self._busy:
            if bad:
                bad[0].focus_editor()
            return
        self._set_busy(True)
        clinic, username, secret = self._clinic, self._username.value(), self._password.value()
        if clinic is None:
            self._button.setText(tr("The clinic is being opened…"))
            return
        self._background.do(lambda: enter(clinic, username, secret), self._on_entered, self._on_refused, owner=self)

    def _on_entered(self, actor: "Actor") -> None:
        self._set_busy(False)
        self._password.clear()
        self.signed_in.emit(actor)

    def _on_refused(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, ClinicError):
            self._background.fail(error)
            return
        self._notice.say(said(error))
        self._password.clear()
        self._password.focus_editor()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._button.set_waiting(busy)
        self._button.setText(tr("Signing in…") if busy else tr("&Sign in"))


class NewPasswordPage(CardPage):
    """After the first sign-in with a password that somebody else knew."""

    changed = Signal()

    def __init__(self, clinic: "Clinic", actor: "Actor", background: Background, *, cancel: Callable[[], None]) -> None:
        subtitle = tr("The password you came with was given to you. Choose one that only you know.")
        super().__init__("new_password", tr("A password of your own"), subtitle)
        self._clinic, self._actor, self._background = clinic, actor, background
        self._old = TextField("new_password.old", tr("&Present password"), required=True, secret=True)
        self._new = TextField(
            "new_password.new", tr("&New password"), required=True, secret=True, hint=tr("At least 8 characters.")
        )
        self._again = TextField(
            "new_password.again", tr("New password &again"), required=True, secret=True, check=self._same
        )
        self._fields = (self._old, self._new, self._again)
        for field in self._fields:
            self.body.addWidget(field)
        save = primary("new_password.save", tr("&Change password"), self.save)
        self.body.addLayout(row(save, beside_primary("new_password.back", tr("&Back"), cancel)))
        self._old.entered.connect(self._new.focus_editor)
        self._new.entered.connect(self._again.focus_editor)
        self._again.entered.connect(self.save)

    def start(self) -> None:
        """Focus the first field."""
        self._old.focus_editor()

    def save(self) -> None:
        """Change it, aside."""
        bad = [field for field in self._fields if field.check()]
        if bad:
            bad[0].focus_editor()
            return
        from hms_desktop.services.accounts import ChangePassword, change_password

        clinic, actor = self._clinic, self._actor
        command = ChangePassword(old=self._old.value(), new=self._new.value())
        self._background.do(
            lambda: change_password(clinic, actor, command),
            lambda _done: self.changed.emit(),
            self._on_refused,
            owner=self,
        )

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            self._background.fail(error)
            return
        field = self._old if error.field == "old" else self._new
        field.error(said(error))
        field.focus_editor()

    def _same(self, typed: str) -> str | None:
        return None if typed == self._new.value() else tr("Not the same as above.")
