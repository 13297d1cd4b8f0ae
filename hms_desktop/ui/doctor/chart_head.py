"""The line above a chart: how the visit stands, and the one thing to do next."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hms_desktop.domain.chart import SeenPatient
from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.domain.visits import QueueState
from hms_desktop.ui.doctor.allergy_dialog import allergy_hint
from hms_desktop.ui.doctor.queue_panel import state_text
from hms_desktop.ui.kit.badges import BadgeLabel, triage_badge
from hms_desktop.ui.kit.buttons import Button, beside_primary, plain_label, primary
from hms_desktop.ui.kit.layout import column
from hms_desktop.ui.kit.theme import TypeSize, label, px
from hms_desktop.words.language import tr, trn


class ChartHeadBar(QWidget):
    """Take in, call back, put back, complete; allergies."""

    take_in_wanted = Signal()
    put_back_wanted = Signal()
    complete_wanted = Signal()
    allergies_wanted = Signal()
    queue_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = BadgeLabel("doctor.colour")
        self._state = label("", bold=True)
        self._state.setObjectName("doctor.visit_state")
        self._detail = label("", TypeSize.SMALL, muted=True)
        self._detail.setWordWrap(True)
        self.queue_button = beside_primary("doctor.show_queue", tr("&Queue"), self.queue_wanted.emit)
        self.allergies_button = beside_primary("doctor.allergies", tr("Aller&gies"), self.allergies_wanted.emit)
        self.put_back_button = beside_primary("doctor.put_back", tr("Put &back"), self.put_back_wanted.emit)
        self.take_in_button = primary("doctor.take_in", tr("Take &in"), self.take_in_wanted.emit, icon="patient")
        self.complete_button = primary("doctor.complete", tr("Comple&te"), self.complete_wanted.emit, icon="check")
        layout = self._line = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self.queue_button)
        layout.addWidget(self._badge)
        layout.addLayout(column(self._state, self._detail, space=0), 1)
        for button in self._buttons():
            layout.addWidget(button)
        self.queue_button.hide()

    def _buttons(self) -> tuple[Button, ...]:
        return (self.allergies_button, self.put_back_button, self.take_in_button, self.complete_button)

    def show_patient(self, seen: SeenPatient, now: datetime) -> None:
        """Say how it stands, offer what can be done."""
        entry = seen.entry
        self._badge.set_badge(triage_badge(entry.colour) if entry is not None else None)
        self._state.setText(_state(seen))
        self._detail.setText(_detail(seen, now))
        self.allergies_button.setAccessibleName(plain_label(allergy_hint(seen.banner)))
        self.take_in_button.setVisible(seen.waits or seen.at_lab)
        self.take_in_button.setText(tr("Call bac&k") if seen.at_lab else tr("Take &in"))
        self.put_back_button.setVisible(seen.mine)
        self.complete_button.setVisible(seen.mine)

    def set_tight(self, tight: bool) -> None:
        """Where the queue has no room beside the chart, a button leads to it, and all stand closer."""
        self.queue_button.setVisible(tight)
        self._line.setSpacing(px(3 if tight else 8))


def _state(seen: SeenPatient) -> str:
    entry = seen.entry
    if seen.mine:
        return tr("With you")
    if entry is not None:
        if entry.state is QueueState.WAITING and not entry.returned:
            return tr("Waiting")
        return state_text(entry)
    return tr("In the clinic, not in your queue") if seen.visit is not None else tr("Not in the clinic today")


def _detail(seen: SeenPatient, now: datetime) -> str:
    entry = seen.entry
    if entry is None or seen.visit is None:
        return tr("You are looking at the chart; your look is recorded.")
    parts = [seen.visit.number]
    minutes = waiting_minutes(entry.waiting_since, now)
    parts.append(trn("here for {n} min", "here for {n} min", minutes))
    if seen.at_lab:
        released, total = (sum(getattr(order, each) for order in seen.orders) for each in ("released", "total"))
        parts.append(tr("{released} of {total} results", released=released, total=total))
    if seen.waits:
        parts.append(tr("take the patient in to write"))
    return " · ".join(parts)
