"""What was prescribed to the patient before; what is still to be given can be stopped."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.chart import SeenPatient
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.prescriptions import ItemState, PrescribedRow
from hms_desktop.services.prescriptions import StopItem, stop_item
from hms_desktop.ui.doctor.low_list import LowList
from hms_desktop.ui.doctor.note_text import medicine_text
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.facts import months
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

STOPPABLE = frozenset({ItemState.ACTIVE, ItemState.PARTLY})


class PrescribedPanel(QWidget):
    """The patient's medicines, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list = LowList[PrescribedRow](
            "doctor.prescribed",
            tr("Prescribed before"),
            [
                Column(tr("Day"), lambda r: show_date(r.day, months()), width=116),
                Column(tr("Medicine"), medicine_text, stretch=True, tip=lambda r: r.stop_reason or r.instructions),
                Column(tr("Given"), lambda r: tr("{n} of {all}", n=r.dispensed, all=r.quantity), width=76, right=True),
                Column(tr("State"), lambda r: say(r.state), width=124, badge=_state_badge),
            ],
            key=lambda r: r.id,
            least=110,
            empty=tr("Nothing was prescribed to this patient yet."),
        )
        self.stop_button = plain("doctor.stop", tr("Sto&p it…"), self._on_stop)
        self.list.current_row_changed.connect(self._on_current)
        bind("Del", self.list, self._on_stop, inside=True)
        head = row(label(tr("Prescribed before"), TypeSize.SMALL, bold=True), self.stop_button)
        head.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        self._on_current(None)

    def show_patient(self, seen: SeenPatient) -> None:
        """Fill the list."""
        self.list.set_rows(list(seen.chart.prescriptions))
        self._on_current(self.list.current())

    def _on_current(self, chosen: PrescribedRow | None) -> None:
        self.stop_button.setEnabled(chosen is not None and chosen.state in STOPPABLE)

    def _on_stop(self) -> None:
        chosen = self.list.current()
        if chosen is None:
            return
        if chosen.state not in STOPPABLE:
            self._desk.context.messages.info(tr("Only a medicine that is still to be given can be stopped."))
            return
        ask_reason(
            self._desk, "doctor.stop_item", tr("Stop a medicine"), medicine_text(chosen), tr("&Stop it"),
            partial(self._stop, chosen),
        )  # fmt: skip

    def _stop(self, chosen: PrescribedRow, reason: str) -> None:
        command = StopItem(item_id=chosen.id, version=chosen.version, reason=reason)
        said = tr("Stopped: {medicine}.", medicine=chosen.name)
        self._desk.write(stop_item, command, lambda _outcome: self._desk.context.messages.good(said))


def _state_badge(item: PrescribedRow) -> Badge | None:
    tones = {ItemState.DISPENSED: "good", ItemState.PARTLY: "warn", ItemState.STOPPED: "error"}
    return tone_badge(say(item.state), tones.get(item.state, "info"))
