"""The shelf: every medicine with what is left, its batches, and the card of all that came and went."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.stock import CardRow, LocationRow, LotRow, StockRow
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.fields import Choice, ChoiceField, TextField
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.pharmacy.medicine_text import day_text, form_text, moment_text, units_text
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn


class StockPage(QWidget):
    """The list filters while typing; the chosen medicine is shown beside it."""

    medicine_chosen = Signal(object)
    location_chosen = Signal()
    adjust_wanted = Signal(object)

    def __init__(self, zone: ZoneInfo, show_money: Callable[[Decimal], str]) -> None:
        super().__init__()
        self._zone, self._show_money = zone, show_money
        self._rows: list[StockRow] = []
        self._wanted: Id | None = None
        self._tight = False
        self.filter = TextField("pharmacy.stock_filter", tr("&Find in stock"), placeholder=tr("Name or strength"))
        self.location: ChoiceField[Id] = ChoiceField("pharmacy.location", tr("L&ocation"), width=190)
        self.list = RowsView[StockRow]("pharmacy.stock", tr("Stock"), _stock_columns(), key=lambda row: row.id)
        self.name = label("", TypeSize.LARGE, bold=True)
        self.name.setWordWrap(True)
        self.batches = RowsView[LotRow](
            "pharmacy.stock_batches", tr("Batches here"), self._batch_columns(), key=lambda row: row.id
        )
        self.card = RowsView[CardRow](
            "pharmacy.card", tr("Stock card"), self._card_columns(), key=lambda row: row.id,
            empty=tr("Nothing has moved here yet."),
        )  # fmt: skip
        self._adjust = plain("pharmacy.adjust", tr("&Adjust this batch…"), self._on_adjust)
        self._lay_out()
        self.filter.changed.connect(self._show_rows)
        self.filter.entered.connect(self._to_list)
        self.list.current_row_changed.connect(self._on_chosen)
        self.list.activated_row.connect(lambda _row: self.turn(details=True))
        self.batches.current_row_changed.connect(lambda row: self._adjust.setEnabled(row is not None))
        self.batches.activated_row.connect(self.adjust_wanted)
        self.location.changed.connect(self.location_chosen)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self.filter, 1)
        top.addWidget(self.location)
        left = _column(self.list)
        above = left.layout()
        assert isinstance(above, QVBoxLayout)
        above.insertLayout(0, top)
        above.setStretch(1, 1)
        right = _column(self.name, label(tr("Batches here"), bold=True), self.batches)
        beside = QHBoxLayout()
        beside.addWidget(label(tr("Stock card"), bold=True))
        beside.addStretch(1)
        beside.addWidget(self._adjust)
        inside = right.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.addLayout(beside)
        inside.addWidget(self.card)
        inside.setStretch(2, 2)
        inside.setStretch(4, 3)
        self._left, self._right = left, right
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(px(12))
        both.addWidget(left, 10)
        both.addWidget(right, 11)

    def _batch_columns(self) -> list[Column[LotRow]]:
        return [
            Column(tr("Batch"), lambda row: row.number, stretch=True, bold=True, tip=lambda row: row.supplier),
            Column(tr("Expiry"), lambda row: day_text(row.expiry), width=158, badge=lot_badge),
            Column(tr("Here"), lambda row: str(row.quantity), width=66, right=True),
            Column(tr("Unit cost"), lambda row: self._show_money(row.unit_cost), width=80, right=True, muted=True),
        ]

    def _card_columns(self) -> list[Column[CardRow]]:
        return [
            Column(tr("When"), lambda row: moment_text(row.at, self._zone), width=112, muted=True),
            Column(tr("What"), lambda row: say(row.kind), stretch=True, tip=_card_tip),
            Column(tr("Batch"), lambda row: row.batch, width=92),
            Column(tr("Moved"), lambda row: f"{row.quantity:+d}", width=64, right=True),
            Column(tr("Balance"), lambda row: str(row.balance), width=70, right=True, bold=True),
        ]

    def set_tight(self, tight: bool) -> None:
        """On a small screen the list, or one medicine, has all the room: F6 turns from one to the other."""
        self._tight = tight
        self._share_room(details=self.batches.hasFocus() or self.card.hasFocus())

    def turn(self, *, details: bool) -> None:
        """To the batches of the chosen medicine, or back to the list."""
        self._share_room(details=details)
        (self.batches if details else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def _share_room(self, *, details: bool) -> None:
        self._left.setVisible(not self._tight or not details)
        self._right.setVisible(not self._tight or details)

    # --- showing -----------------------------------------------------------------------------------

    def set_locations(self, rows: Sequence[LocationRow]) -> None:
        """Where stock lies; with one place there is nothing to choose."""
        self.location.blockSignals(True)
        self.location.set_choices([Choice(row.id, row.name) for row in rows])
        self.location.blockSignals(False)
        self.location.setVisible(len(rows) > 1)

    def set_rows(self, rows: Sequence[StockRow]) -> None:
        """What the location holds."""
        self._rows = list(rows)
        self._show_rows()

    def _show_rows(self) -> None:
        typed = fold(self.filter.value()).split()
        shown = [row for row in self._rows if _matches(row, typed)]
        self.list.set_empty(
            tr("No medicine of the list begins with “{text}”.", text=self.filter.value())
            if typed
            else tr("The clinic's list of medicines is empty. An administrator adds medicines.")
        )
        self.list.set_rows(shown)
        if self._wanted is not None and self.list.select_key(self._wanted):
            self._wanted = None
            if self.isVisible():
                self.turn(details=False)
        if self.list.current() is None:
            self.list.select_first()

    def show_medicine(self, batches: Sequence[LotRow], card: Sequence[CardRow]) -> None:
        """Batches and card of the chosen medicine."""
        row = self.list.current()
        if row is not None:
            self.name.setText(" ".join(part for part in (row.name, row.strength, form_text(row.form)) if part))
        self.batches.set_empty(_why_empty(row))
        self.batches.set_rows(batches)
        if self.batches.current() is None:
            self.batches.select_first()
        self.card.set_rows(card)
        self._adjust.setEnabled(self.batches.current() is not None)

    def want(self, medication_id: Id) -> None:
        """Show a medicine as soon as the list is here, whatever is typed in the filter."""
        self._wanted = medication_id
        self.filter.clear()

    def chosen_location(self) -> Id | None:
        """The location that is shown."""
        return self.location.value()

    def start_focus(self) -> QWidget:
        """The filter."""
        self._share_room(details=False)
        return self.filter.editor

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, row: StockRow | None) -> None:
        if row is not None:
            self.medicine_chosen.emit(row)

    def _on_adjust(self) -> None:
        row = self.batches.current()
        if row is not None:
            self.adjust_wanted.emit(row)


def lot_badge(row: LotRow) -> Badge | None:
    """An expired batch says so."""
    if not row.expired:
        return None
    return tone_badge(tr("expired {day}", day=day_text(row.expiry)), "error", Shape.OCTAGON)


def _column(*widgets: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(GRID))
    for widget in widgets:
        layout.addWidget(widget)
    return made


def _stock_columns() -> list[Column[StockRow]]:
    return [
        Column(tr("Medicine"), lambda row: row.name, stretch=True, bold=True, tip=_stock_tip),
        Column(tr("Strength"), lambda row: row.strength, width=104),
        Column(tr("Form"), lambda row: form_text(row.form), width=96),
        Column(tr("Usable"), lambda row: str(row.usable), width=100, right=True, badge=_badge),
    ]


def _stock_tip(row: StockRow) -> str:
    parts = [row.name, row.strength, form_text(row.form), units_text(row.usable, row.unit)]
    if row.next_expiry is not None:
        parts.append(tr("next expiry {day}", day=day_text(row.next_expiry)))
    return " · ".join(part for part in parts if part)


def _badge(row: StockRow) -> Badge | None:
    if row.usable == 0 and row.expired:
        return tone_badge(tr("all expired"), "error", Shape.OCTAGON)
    if row.usable == 0:
        return tone_badge(tr("none"), "error", Shape.TRIANGLE) if row.reorder_level else None
    return tone_badge(tr("{n} low", n=row.usable), "warn", Shape.DIAMOND) if row.low else None


def _matches(row: StockRow, typed: Sequence[str]) -> bool:
    words = fold(f"{row.name} {row.strength} {row.code.replace('_', ' ')}").split()
    return all(any(word.startswith(each) for word in words) for each in typed)


def _why_empty(row: StockRow | None) -> str:
    if row is None or not row.expired:
        return tr("Nothing of it lies here. Receive a delivery under 5 Receive.")
    last = day_text(row.last_expired) if row.last_expired is not None else ""
    return trn("{n} lot, expired {day}.", "{n} lots, all expired (the last {day}).", row.lots, day=last)


def _card_tip(row: CardRow) -> str:
    return " · ".join(part for part in (say(row.kind), row.document, row.reason, row.person) if part)
