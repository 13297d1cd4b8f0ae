"""The log of a critical call: whom one reached, when, and whether the value was read back."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.lab_rows import ResultRow
from hms_desktop.ui.kit.badges import BadgeLabel
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog, show
from hms_desktop.ui.kit.fields import TextField, ToggleField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.ui.lab.lab_words import flag_badge, value_text
from hms_desktop.words.language import tr

_BACK = timedelta(hours=6)
"""A time that lies ahead is taken as of yesterday when that was not longer ago: calls around midnight."""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is noted of a call."""

    person: str
    at: datetime
    read_back: bool
    note: str


def time_of(text: str, now: datetime) -> datetime | None:
    """The moment that `9:12`, `0912` or `912` means, looking back from `now` (local); None when it is none."""
    found = re.fullmatch(r"(\d{1,2})[:.h ]?(\d{2})", text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    at = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    if at <= now:
        return at
    return at - timedelta(days=1) if now - (at - timedelta(days=1)) <= _BACK else None


class CallDialog(Dialog):
    """One call may be about several results of a patient."""

    def __init__(
        self, patient: str, results: Sequence[ResultRow], person: str, now: datetime, confirm: str, parent: QWidget
    ) -> None:
        super().__init__("lab.call", tr("Critical result: call the doctor"), patient, parent)
        self._now = now
        for result in results:
            line = row(label(f"{result.name} {value_text(result)}", TypeSize.LARGE, bold=True), space=12)
            line.addWidget(BadgeLabel(f"lab.call_{result.test_code}", flag_badge(result.flag)))
            line.addStretch(1)
            self.body.addLayout(line)
        self.person = TextField("lab.called_person", tr("&Whom did you reach?"), max_length=120, required=True)
        self.person.set_value(person)
        self.time = TextField(
            "lab.called_at", tr("A&t"), max_length=8, required=True, check=self._time_problem, width=96
        )
        self.time.set_value(f"{now:%H:%M}")
        self.read_back = ToggleField("lab.read_back", tr("The value was read &back"))
        self.note = TextField("lab.call_note", tr("&Note"), max_length=300)
        for field in (self.person, self.time, self.read_back, self.note):
            self.body.addWidget(field)
        self.confirm_button = primary("lab.call_confirm", confirm, self._on_confirm, icon="check")
        self.add_buttons(self.confirm_button, cancel_text=tr("&Later"))
        self.go_on(self.person, self.time, self.read_back, self.note)

    def facts(self) -> CallFacts:
        """What was noted."""
        at = time_of(self.time.value(), self._now)
        assert at is not None
        return CallFacts(self.person.value(), at, self.read_back.value(), self.note.value())

    def _time_problem(self, text: str) -> str | None:
        return None if time_of(text, self._now) is not None else tr("A time of today such as 9:12, not ahead of now.")

    def _on_confirm(self) -> None:
        bad = [field for field in (self.person, self.time) if field.check()]
        if bad:
            bad[0].focus_editor()
        else:
            self.accept()


def ask_call(
    parent: QWidget,
    patient: str,
    results: Sequence[ResultRow],
    person: str,
    now: datetime,
    zone: ZoneInfo,
    then: Callable[[CallFacts], None],
    *,
    confirm: str = "",
) -> CallDialog:
    """Ask for the facts of a call, then call `then` with them. Later: nothing happens, the alert stays."""
    local = now.astimezone(zone)
    dialog = CallDialog(patient, results, person, local, confirm or tr("&Save the call"), parent)
    show(dialog, lambda agreed: then(dialog.facts()) if agreed else None)
    return dialog
