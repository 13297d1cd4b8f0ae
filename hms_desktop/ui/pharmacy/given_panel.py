"""What was given of a prescription before, and what was priced and waits for the money."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.dispensing import GivenRow
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import Button, harmful, plain
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, label, px
from hms_desktop.ui.pharmacy.medicine_text import moment_text
from hms_desktop.ui.pharmacy.room import spare_columns
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class GivenPanel(QWidget):
    """The list with what can be done to a row; hidden while nothing was given."""

    hand_over_wanted = Signal(object)
    emergency_wanted = Signal(object)
    cancel_wanted = Signal(object)
    reverse_wanted = Signal(object)
    label_wanted = Signal(object)

    def __init__(self, zone: ZoneInfo, show_money: Callable[[GivenRow], str]) -> None:
        super().__init__()
        self.list = RowsView[GivenRow](
            "pharmacy.given",
            tr("Given of this prescription"),
            [
                Column(tr("When"), lambda row: moment_text(row.at, zone), width=116),
                Column(tr("Medicines"), lambda row: "; ".join(row.medicines), stretch=True, tip=_tip),
                Column(tr("Amount"), show_money, width=88, right=True),
                Column(tr("State"), _state, width=156, badge=_badge),
            ],
            key=lambda row: row.id,
        )
        self.list.setMinimumHeight(px(74))
        self.list.current_row_changed.connect(lambda _row: self._show_buttons())
        self.list.activated_row.connect(self._on_activated)
        self._hand_over = plain("pharmacy.hand_over", tr("&Hand over"), lambda: self._do(self.hand_over_wanted))
        self._emergency = harmful("pharmacy.emergency", tr("&Emergency…"), lambda: self._do(self.emergency_wanted))
        self._cancel = harmful("pharmacy.cancel", tr("Take pricing bac&k…"), lambda: self._do(self.cancel_wanted))
        self._label = plain("pharmacy.label", tr("Labels agai&n"), lambda: self._do(self.label_wanted))
        self._reverse = harmful("pharmacy.reverse", tr("&Reverse it…"), lambda: self._do(self.reverse_wanted))
        self._lay_out()
        self._show_buttons()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        layout.addWidget(label(tr("Given of this prescription (F7)"), bold=True))
        layout.addWidget(self.list, 1)
        beside = QHBoxLayout()
        beside.setSpacing(px(GRID))
        for button in (self._hand_over, self._emergency, self._label):
            beside.addWidget(button)
        beside.addStretch(1)
        beside.addWidget(self._cancel)
        beside.addWidget(self._reverse)
        layout.addLayout(beside)

    def set_rows(self, rows: Sequence[GivenRow]) -> None:
        """Show them, the newest first; without any there is nothing to see."""
        self.list.set_rows(rows)
        if rows and self.list.current() is None:
            waiting = next((row for row in rows if row.state is DispensingState.PRICED), rows[0])
            self.list.select_key(waiting.id)
        self._show_buttons()

    def set_tight(self, tight: bool) -> None:
        """On a small screen: the medicines, and what became of them."""
        spare_columns(self.list, (0, 2), tight=tight)

    def waiting(self) -> GivenRow | None:
        """What was priced and not given yet."""
        return next((row for row in self.list.rows() if row.state is DispensingState.PRICED), None)

    def _do(self, wanted: object) -> None:
        row = self.list.current()
        if row is not None:
            wanted.emit(row)  # type: ignore[attr-defined]

    def _on_activated(self, row: GivenRow) -> None:
        if row.state is DispensingState.PRICED and row.settled:
            self.hand_over_wanted.emit(row)
        elif row.state is DispensingState.DISPENSED:
            self.label_wanted.emit(row)

    def _show_buttons(self) -> None:
        row = self.list.current()
        priced = row is not None and row.state is DispensingState.PRICED
        given = row is not None and row.state is DispensingState.DISPENSED
        shown: tuple[tuple[Button, bool], ...] = (
            (self._hand_over, priced and row is not None and row.settled),
            (self._emergency, priced and row is not None and not row.settled),
            (self._cancel, priced),
            (self._label, given),
            (self._reverse, given),
        )
        for button, visible in shown:
            if button.hasFocus() and not visible:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            button.setVisible(visible)


def _state(row: GivenRow) -> str:
    if row.state is DispensingState.PRICED and row.settled:
        return tr("Paid: hand it over")
    return say(row.state)


def _badge(row: GivenRow) -> Badge | None:
    if row.state is DispensingState.PRICED:
        tone = "good" if row.settled else "warn"
        return tone_badge(_state(row), tone, Shape.TICK if row.settled else Shape.RING)
    if row.state is DispensingState.DISPENSED:
        return tone_badge(_state(row), "info", Shape.TICK)
    return tone_badge(_state(row), "plain", Shape.CROSS)


def _tip(row: GivenRow) -> str:
    return "\n".join(part for part in (row.number, *row.medicines, row.person, row.reverse_reason) if part)
