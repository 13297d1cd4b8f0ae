"""Where messages are read: a bar in the frame that never takes the focus."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from hms_desktop.ui.kit.buttons import Button, plain, plain_label, quiet
from hms_desktop.ui.kit.icons import pixmap
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.messages import Level, Message, Messages
from hms_desktop.ui.kit.names import part_of
from hms_desktop.ui.kit.theme import label, px, set_look_property, tones
from hms_desktop.words.language import tr

GOOD_MS = 8000
"""How long good news stay; warnings and errors stay until the next message or until they are put away."""

_ICONS = {Level.INFO: "info", Level.GOOD: "check", Level.WARN: "alert", Level.ERROR: "error"}


class MessageBar(QFrame):
    """Shows the newest message."""

    closed = Signal()

    def __init__(self, name: str, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = QLabel()
        self._text = label()
        self._text.setObjectName(part_of(name, "text"))
        self._text.setWordWrap(True)
        self._action: Button = plain(part_of(name, "action"), "", self._on_action)
        self._action.setAccessibleName(tr("What the message offers"))
        self._close = quiet(part_of(name, "close"), "", self.put_away, icon="close")
        self._close.setAccessibleName(tr("Put the message away"))
        self._close.setToolTip(tr("Put the message away"))
        layout = row(self._icon, self._text, self._action, self._close, margins=4)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._message: Message | None = None
        self._timer = QTimer(self, singleShot=True, interval=GOOD_MS)
        self._timer.timeout.connect(self.put_away)
        messages.added.connect(self.show_message)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show `message` in place of the one before."""
        self._message = message
        set_look_property(self, "level", message.level.value)
        for inside in (self._text, self._icon):
            inside.style().unpolish(inside)
            inside.style().polish(inside)
        self._icon.setPixmap(pixmap(_ICONS[message.level], px(20), _ink(message.level), ratio=self.devicePixelRatioF()))
        self._text.setText(message.text)
        self._action.setVisible(message.action is not None)
        if message.action is not None:
            self._action.setText(message.action.text)
            self._action.setAccessibleName(plain_label(message.action.text))
        self.setAccessibleName(message.text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if message.level in (Level.GOOD, Level.INFO) and message.action is None:
            self._timer.start()

    def put_away(self) -> None:
        """Hide the message; the list of messages keeps it."""
        self._timer.stop()
        self._message = None
        self.hide()
        self.closed.emit()

    def _on_action(self) -> None:
        action = self._message.action if self._message else None
        self.put_away()
        if action is not None:
            action.run()


def _ink(level: Level) -> str:
    worn = tones()
    return {Level.INFO: worn.on_info, Level.GOOD: worn.on_good, Level.WARN: worn.on_warn, Level.ERROR: worn.on_error}[
        level
    ]
