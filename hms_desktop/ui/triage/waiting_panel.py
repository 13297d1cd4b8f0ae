"""The nurse's own list: who waits, whom to call, who did not come, who left; one key each while it has the focus."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.domain.visits import QueueRow, QueueState
from hms_desktop.ui.kit.badges import Badge, tone_badge, triage_badge
from hms_desktop.ui.kit.buttons import Button, plain
from hms_desktop.ui.kit.shortcuts import Shortcut, bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trc

_TONES = {QueueState.CALLED: "info", QueueState.IN_SERVICE: "good", QueueState.NO_SHOW: "warn"}


class WaitingPanel(QWidget):
    """The list and its buttons; what they do is the desk's."""

    begin_wanted = Signal(object)
    call_wanted = Signal(object)
    no_show_wanted = Signal(object)
    left_wanted = Signal(object)
    back_wanted = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.list = RowsView[QueueRow](
            "triage.waiting",
            tr("Waiting for triage"),
            [
                Column(tr("Ticket"), lambda row: row.ticket, width=56),
                Column(tr("Patient"), lambda row: row.patient_name, stretch=True, bold=True, tip=_tip),
                Column(tr("Age"), lambda row: row.age, width=60),
                Column(tr("Min"), self._minutes, width=88, right=True, badge=_badge, tip=_tip),
            ],
            key=lambda row: row.id,
            empty=tr(
                "Nobody is waiting for triage. Patients come here by themselves when reception opens their visit."
            ),
        )
        self.list.activated_row.connect(self.begin_wanted)
        self.list.current_row_changed.connect(lambda _row: self._show_buttons())
        self._buttons: dict[str, Button] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for place, (name, text, key, wanted) in enumerate(self._deeds()):
            button = plain(f"triage.{name}", f"{text}  {key}", partial(self._do, wanted))
            button.setAccessibleName(text)
            self._buttons[name] = button
            grid.addWidget(button, *divmod(place, 2))
            bind(key, self.list, partial(self._do, wanted), inside=True)
        layout.addLayout(grid)

    def _deeds(self) -> tuple[tuple[str, str, str, SignalInstance], ...]:
        """Name, words, key and signal of each button."""
        return (
            ("call", tr("Call"), trc("key", "C"), self.call_wanted),
            ("no_show", tr("Did not come"), trc("key", "X"), self.no_show_wanted),
            ("put_back", tr("Put back"), trc("key", "B"), self.back_wanted),
            ("left", tr("Left…"), trc("key", "L"), self.left_wanted),
        )

    def shortcuts(self) -> list[Shortcut]:
        """The keys of the list."""
        return [Shortcut(tr("Enter"), tr("Begin with the patient")), *(Shortcut(d[2], d[1]) for d in self._deeds())]

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show who waits."""
        waiting = sum(row.state in {QueueState.WAITING, QueueState.CALLED} for row in rows)
        self.heading.setText(tr("1  Waiting for triage: {n}", n=waiting))
        self.list.set_rows(rows)
        if self.list.current() is None:
            self.list.select_first()
        self._show_buttons()

    def tick(self) -> None:
        """A minute may be over."""
        self.list.set_rows(self.list.rows())

    def _do(self, wanted: SignalInstance) -> None:
        row = self.list.current()
        if row is not None:
            wanted.emit(row)

    def _show_buttons(self) -> None:
        row = self.list.current()
        state = row.state if row else None
        waits = state in {QueueState.WAITING, QueueState.CALLED}
        self._buttons["call"].setEnabled(state is QueueState.WAITING)
        self._buttons["no_show"].setEnabled(waits)
        self._buttons["left"].setEnabled(row is not None)
        self._buttons["put_back"].setEnabled(row is not None and state is not QueueState.WAITING)

    def _minutes(self, row: QueueRow) -> str:
        return str(waiting_minutes(row.waiting_since, self._now()))


def _badge(row: QueueRow) -> Badge | None:
    """Called, with a nurse, did not come; a colour that reception gave; else the minutes stand there."""
    tone = _TONES.get(row.state)
    if tone is None:
        return triage_badge(row.colour)
    return tone_badge(tr("Missed") if row.state is QueueState.NO_SHOW else say(row.state), tone)


def _tip(row: QueueRow) -> str:
    parts = [row.patient_name, row.mrn, say(row.state), row.claimed_by, row.complaint]
    return " · ".join(part for part in parts if part)
