"""Buttons of one voice: primary (40 px), plain, harmful (apart, never default) and quiet."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShortcutEvent
from PySide6.QtWidgets import QPushButton, QWidget

from hms_desktop.ui.kit.icons import icon as load_icon
from hms_desktop.ui.kit.theme import px, set_look_property, tones

B = TypeVar("B", bound=QPushButton)


class Button(QPushButton):
    """A push button that Enter presses too, in a window as in a dialog."""

    def __init__(self, name: str, text: str, *, tone: str = "plain", parent: QWidget | None = None) -> None:
        """`name` is the objectName (`role.thing`), `text` carries the mnemonic."""
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(plain_label(text))
        self.setProperty("tone", tone)
        self.setAutoDefault(False)

    def event(self, event: QEvent) -> bool:
        """A mnemonic presses at once; Qt would wait for an animation, and the next key would come too early."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.click()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter works like Space."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def set_waiting(self, waiting: bool) -> None:
        """Look as if it could not be pressed, without losing the focus."""
        set_look_property(self, "waiting", waiting)


def primary(name: str, text: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """The one main button of a form: 40 px high."""
    return _made(name, text, run, "primary", icon, tones().on_accent)


def plain(name: str, text: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """An ordinary button."""
    return _made(name, text, run, "plain", icon, tones().text)


def beside_primary(name: str, text: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """An ordinary button as high as the primary one that it stands beside."""
    return _made(name, text, run, "plain40", icon, tones().text)


def harmful(name: str, text: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """Voids, stops or throws away: stands apart, is never a default."""
    return _made(name, text, run, "harmful", icon, tones().error_ink)


def tall(button: B) -> B:
    """Make any button as high as the primary one that it stands beside."""
    button.setProperty("tall", button.property("tone") in ("plain", "harmful"))
    return button


def quiet(name: str, text: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """A button without a frame."""
    return _made(name, text, run, "quiet", icon, tones().text)


def plain_label(text: str) -> str:
    """A label as it is read aloud: without the mnemonic's mark."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _made(name: str, text: str, run: Callable[[], object] | None, tone: str, icon: str, colour: str) -> Button:
    result = Button(name, text, tone=tone)
    if icon:
        result.setIcon(load_icon(icon, colour))
        result.setIconSize(QSize(px(18), px(18)))
    if run is not None:
        result.clicked.connect(lambda _checked=False: run())
    return result
