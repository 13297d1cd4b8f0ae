"""The truth about saving: what was saved when, where the store is, and whether it answers."""

from datetime import datetime
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.message_bar import MessageBar
from hms_desktop.ui.kit.messages import Messages
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px, set_look_property
from hms_desktop.words.language import tr


class StatusBar(QFrame):
    """The strip at the foot of the frame: the newest message, then the state of things."""

    def __init__(
        self,
        name: str,
        background: Background,
        messages: Messages,
        *,
        store: str,
        station: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("surface", "strip")
        self._store, self._station = store, station
        self._now = messages.now
        self._saved_at: datetime | None = None
        self._lost_at: datetime | None = None
        self._text = label("", TypeSize.SMALL, muted=True)
        self._text.setObjectName(f"{name}.state")
        self._text.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing)
        self.messages = MessageBar("frame.message", messages)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("At work"))
        self._progress.setFixedHeight(px(4))
        self._lay_out()
        background.wrote.connect(self.note_saved)
        background.busy.connect(self._on_busy)
        self._show()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._progress)
        self._progress.setVisible(False)
        inside = QHBoxLayout()
        inside.setContentsMargins(px(GRID), px(3), px(2 * GRID), px(3))
        inside.setSpacing(px(2 * GRID))
        inside.addWidget(self.messages, 1)
        inside.addStretch(0)
        inside.addWidget(self._text)
        outer.addLayout(inside)
        self.setMinimumHeight(px(46))

    @property
    def text(self) -> str:
        """What it says about saving and the store."""
        return self._text.text()

    def note_saved(self) -> None:
        """Something is on disk now."""
        self._saved_at = self._now()
        self._show()

    def note_lost(self, _error: object = None) -> None:
        """The store does not answer."""
        self._lost_at = self._lost_at or self._now()
        self._show()

    def note_found(self) -> None:
        """The store answers again."""
        self._lost_at = None
        self._show()

    def _show(self) -> None:
        saved = tr("Saved {time}", time=f"{self._saved_at:%H:%M}") if self._saved_at else tr("Nothing saved yet")
        if self._lost_at is None:
            store = tr("store: {place}", place=self._store)
        else:
            store = tr("store does not answer since {time}", time=f"{self._lost_at:%H:%M}")
        self._text.setText(" · ".join((saved, store, tr("station {code}", code=self._station))))
        set_look_property(self._text, "tone", "error" if self._lost_at else "")
        set_look_property(self._text, "muted", self._lost_at is None)

    def _on_busy(self, busy: bool) -> None:
        self._progress.setVisible(busy)


def place_of_store(path: object, shown: str) -> str:
    """`this PC` for a file, the server's name for a database on the LAN."""
    if path is not None:
        return tr("this PC")
    return tr("server {name}", name=urlsplit(shown).hostname or shown)
