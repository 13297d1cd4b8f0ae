"""Keeps what is typed, and offers it again: the Qt side of `system/drafts.py`."""

import logging
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from hms_desktop.system.drafts import Draft, DraftStore
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.names import part_of
from hms_desktop.words.language import tr

T = TypeVar("T")
log = logging.getLogger(__name__)
DEBOUNCE_MS = 700
"""How long somebody must stop typing until the draft is written."""


class DraftKeeper(QObject):
    """Drafts of one user. Writing happens aside, in order; without a store it keeps nothing."""

    def __init__(
        self, background: Background, store: DraftStore | None, user: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._store = store
        self._user = user

    def keep(self, form: str, subject: str, version: int, values: Mapping[str, Any]) -> None:
        """Write down what stands in `form` about `subject`."""
        copied = dict(values)
        self._aside(lambda store: store.save(self._user, form, subject, version, copied))

    def load(self, form: str, subject: str, then: Callable[[Draft | None], None]) -> None:
        """Ask what was typed there before."""
        self._aside(lambda store: store.load(self._user, form, subject), then)

    def drop(self, form: str, subject: str) -> None:
        """It was saved, or thrown away."""
        self._aside(lambda store: store.drop(self._user, form, subject))

    def _aside(self, work: Callable[[DraftStore], T], then: Callable[[T | None], None] | None = None) -> None:
        store = self._store
        if store is None:
            return

        def guarded() -> T | None:
            try:
                return work(store)
            except sqlite3.Error:
                log.warning("the drafts of this PC cannot be kept", exc_info=True)
                return None

        self._background.aside(guarded, then)


class DraftBar(QFrame):
    """“Restore what you typed at 12:40?”"""

    wanted = Signal()
    unwanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(part_of(name, "draft"))
        self.setProperty("level", "info")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._restore = plain(part_of(name, "restore_draft"), tr("&Restore"), self.wanted.emit)
        self._forget = plain(part_of(name, "drop_draft"), tr("Throw &away"), self.unwanted.emit)
        layout = row(self._text, self._restore, self._forget, margins=6)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    def offer(self, draft: Draft, *, now: datetime, stale: bool) -> None:
        """Show the offer; `stale` when the record changed since. Times are shown in the zone of `now`."""
        at = draft.typed_at.astimezone(now.tzinfo)
        when = f"{at:%H:%M}" if at.date() == now.date() else f"{at:%d-%m %H:%M}"
        if stale:
            text = tr(
                "Restore what you typed at {time}? The record has changed since; look before you save.", time=when
            )
        else:
            text = tr("Restore what you typed at {time}?", time=when)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
