"""Who waits at the pharmacy: by colour and waiting time, with what is in stock and what is paid."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.dispensing import PayState, PharmacyRow
from hms_desktop.domain.queueing import waiting_minutes
from hms_desktop.domain.visits import QueueState
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge, triage_badge
from hms_desktop.ui.kit.buttons import Button, plain
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.pharmacy.room import spare_columns
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trc, trn

MONEY, STATE = 7, 8
"""Only a clinic that is paid first needs the money."""
SPARE = (3, 4, 5)
WAITS = frozenset({QueueState.WAITING, QueueState.CALLED})


class QueuePage(QWidget):
    """The list and its buttons; what they do is the desk's."""

    open_wanted = Signal(object)
    call_wanted = Signal(object)
    no_show_wanted = Signal(object)
    back_wanted = Signal(object)

    def __init__(
        self, now: Callable[[], datetime], show_money: Callable[[PharmacyRow], str], *, pay_first: bool
    ) -> None:
        super().__init__()
        self._now, self._show_money = now, show_money
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.list = RowsView[PharmacyRow](
            "pharmacy.queue",
            tr("Waiting at the pharmacy"),
            self._columns(),
            key=lambda row: row.key,
            empty=tr(
                "Nobody is waiting. Patients come here by themselves when a doctor prescribes."
                " What was not given is under 3 Owed."
            ),
        )
        self._pay_first = pay_first
        self.list.setColumnHidden(MONEY, not pay_first)
        self.list.activated_row.connect(self.open_wanted)
        self.list.current_row_changed.connect(lambda _row: self._show_buttons())
        self._buttons: dict[str, Button] = {}
        self._lay_out()

    def _columns(self) -> list[Column[PharmacyRow]]:
        return [
            Column(tr("Ticket"), lambda row: row.entry.ticket, width=66),
            Column(tr("Triage"), _colour, width=92, badge=lambda row: triage_badge(row.entry.colour)),
            Column(tr("Patient"), lambda row: row.entry.patient_name, stretch=True, bold=True, tip=_tip),
            Column(tr("Age"), lambda row: row.entry.age, width=62),
            Column(tr("Prescription"), lambda row: row.number or tr("none yet"), width=128, muted=True),
            Column(tr("To give"), _items, width=70, right=True),
            Column(tr("In stock"), _stock, width=118, badge=_stock_badge),
            Column(tr("Money"), self._money, width=120, badge=self._money_badge),
            Column(tr("State"), _state, width=104, badge=_state_badge),
            Column(tr("Min"), self._minutes, width=52, right=True, muted=True),
        ]

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)
        beside = QHBoxLayout()
        beside.setSpacing(px(GRID))
        for name, text, key, wanted in self._deeds():
            button = plain(f"pharmacy.{name}", f"{text}  {key}", partial(self._do, wanted))
            button.setAccessibleName(text)
            self._buttons[name] = button
            beside.addWidget(button)
            bind(key, self.list, partial(self._do, wanted), inside=True)
        beside.addStretch(1)
        layout.addLayout(beside)

    def _deeds(self) -> tuple[tuple[str, str, str, SignalInstance], ...]:
        """Name, words, key and signal of each button."""
        return (
            ("open", tr("Open"), trc("key", "Enter"), self.open_wanted),
            ("call", tr("Call"), trc("key", "C"), self.call_wanted),
            ("no_show", tr("Did not come"), trc("key", "X"), self.no_show_wanted),
            ("put_back", tr("Put back"), trc("key", "B"), self.back_wanted),
        )

    def set_rows(self, rows: Sequence[PharmacyRow]) -> None:
        """Show who waits."""
        patients = len({row.entry.id for row in rows})
        self.heading.setText(trn("{n} patient waits", "{n} patients wait", patients))
        self.list.set_rows(rows)
        if self.list.current() is None:
            self.list.select_first()
        self._show_buttons()

    def set_tight(self, tight: bool) -> None:
        """On a small screen: ticket, colour, patient, stock, money or state, minutes."""
        spare_columns(self.list, SPARE, tight=tight)
        self.list.setColumnHidden(STATE, tight and self._pay_first)

    def tick(self) -> None:
        """A minute may be over."""
        self.list.viewport().update()

    def _do(self, wanted: SignalInstance) -> None:
        row = self.list.current()
        if row is not None:
            wanted.emit(row)

    def _show_buttons(self) -> None:
        row = self.list.current()
        state = row.entry.state if row is not None else None
        self._buttons["open"].setEnabled(row is not None and row.prescription_id is not None)
        self._buttons["call"].setEnabled(state is QueueState.WAITING)
        self._buttons["no_show"].setEnabled(state in WAITS)
        self._buttons["put_back"].setEnabled(row is not None and state is not QueueState.WAITING)

    def _minutes(self, row: PharmacyRow) -> str:
        return str(waiting_minutes(row.entry.waiting_since, self._now()))

    def _money(self, row: PharmacyRow) -> str:
        return "" if row.pay is PayState.NONE else self._show_money(row)

    def _money_badge(self, row: PharmacyRow) -> Badge | None:
        if row.pay is PayState.NONE:
            return None
        paid = row.pay is PayState.PAID
        text = say(PayState.PAID) if paid else tr("To pay {amount}", amount=self._show_money(row))
        return tone_badge(text, "good" if paid else "warn", Shape.TICK if paid else Shape.RING)


def _colour(row: PharmacyRow) -> str:
    badge = triage_badge(row.entry.colour)
    return badge.text if badge is not None else "–"


def _items(row: PharmacyRow) -> str:
    return str(row.items) if row.items else "–"


def _stock(row: PharmacyRow) -> str:
    if not row.items:
        return "–"
    if row.in_stock == row.items:
        return tr("all")
    return tr("{n} of {all}", n=row.in_stock, all=row.items) if row.in_stock else tr("none")


def _stock_badge(row: PharmacyRow) -> Badge | None:
    if not row.items or row.in_stock == row.items:
        return None
    return tone_badge(_stock(row), "warn" if row.in_stock else "error", Shape.TRIANGLE)


def _state(row: PharmacyRow) -> str:
    return say(row.entry.state)


def _state_badge(row: PharmacyRow) -> Badge | None:
    if row.entry.state is QueueState.WAITING:
        return None
    return tone_badge(say(row.entry.state), "info", Shape.DOT)


def _tip(row: PharmacyRow) -> str:
    entry = row.entry
    return " · ".join(part for part in (entry.patient_name, entry.mrn, say(entry.state), entry.claimed_by) if part)
