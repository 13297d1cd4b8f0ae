"""The doctor's queue: colour, then back from the lab, then waiting time. A live update never moves the selected row."""

from datetime import UTC, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.domain.visits import QueueRow, QueueState
from hms_desktop.ui.kit.badges import Badge, tone_badge, triage_badge
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn

LOOK_AGAIN_MS = 30_000
"""Waiting minutes grow while nothing else moves."""


class QueuePanel(QWidget):
    """Who waits, who is in, who is at the lab. Enter takes the patient in or opens the chart."""

    chosen = Signal(object)
    """A `QueueRow` that was activated."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label("", TypeSize.SMALL, muted=True)
        self.list = RowsView[QueueRow](
            "doctor.queue",
            tr("Patients for the doctor"),
            [
                Column(tr("Triage"), lambda row: "", width=92, badge=lambda row: triage_badge(row.colour)),
                Column(tr("Patient"), _who, stretch=True, bold=True, tip=lambda row: row.complaint),
                Column(tr("Min"), _minutes, width=46, right=True),
                Column(tr("State"), lambda row: "", width=104, badge=_state_badge),
            ],
            key=lambda row: row.id,
            empty=tr("Nobody is waiting for the doctor. Patients come here by themselves after triage."),
        )
        self.list.activated_row.connect(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._count)
        layout.addWidget(self.list, 1)
        self._rows: list[QueueRow] = []
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(lambda: self.list.set_rows(self._rows))

    def set_rows(self, rows: list[QueueRow]) -> None:
        """Show the queue as it stands."""
        self._rows = rows
        waiting = sum(row.state in {QueueState.WAITING, QueueState.CALLED} for row in rows)
        self._count.setText(trn("{n} patient waits", "{n} patients wait", waiting))
        self.list.set_rows(rows)

    def showEvent(self, event: object) -> None:
        self._timer.start()
        super().showEvent(event)  # type: ignore[arg-type]

    def hideEvent(self, event: object) -> None:
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]


def _who(row: QueueRow) -> str:
    return f"{row.patient_name}, {row.age}" if row.age else row.patient_name


def _minutes(row: QueueRow) -> str:
    return str(waiting_minutes(row.waiting_since, datetime.now(UTC)))


def _state_badge(row: QueueRow) -> Badge | None:
    if row.returned and row.state is QueueState.WAITING:
        return tone_badge(tr("Results in"), "good")
    tones = {QueueState.WITH_DOCTOR: "info", QueueState.SENT_TO_LAB: "warn", QueueState.CALLED: "info"}
    if row.state in tones:
        return tone_badge(say(row.state), tones[row.state])
    return None
