"""What is expired or soon will be: write the first off, give the others first."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.stock import LotRow
from hms_desktop.services.pharmacy.levels import Expiring
from hms_desktop.ui.kit.buttons import harmful
from hms_desktop.ui.kit.fields import WholeField
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.pharmacy.medicine_text import day_text, form_text, units_text
from hms_desktop.ui.pharmacy.room import spare_columns
from hms_desktop.ui.pharmacy.stock_page import lot_badge
from hms_desktop.words.language import tr, trn


class ExpiringPage(QWidget):
    """The list by expiry; `months` looks further ahead."""

    months_chosen = Signal(object)
    write_off_wanted = Signal(object)
    """The expired batches."""
    open_wanted = Signal(object)

    def __init__(self, today: Callable[[], date], show_money: Callable[[Decimal], str]) -> None:
        super().__init__()
        self._today, self._show_money = today, show_money
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.months = WholeField("pharmacy.months", tr("&Months ahead"), low=0, high=60, width=90, reserve_note=False)
        self.list = RowsView[LotRow](
            "pharmacy.expiring",
            tr("Expiring batches"),
            [
                Column(tr("Expiry"), lambda row: day_text(row.expiry), width=164, badge=lot_badge),
                Column(tr("Days"), self._days, width=62, right=True, muted=True),
                Column(tr("Medicine"), lambda row: row.name, stretch=True, bold=True),
                Column(tr("Strength"), lambda row: row.strength, width=110),
                Column(tr("Form"), lambda row: form_text(row.form), width=100),
                Column(tr("Batch"), lambda row: row.number, width=110),
                Column(tr("Here"), lambda row: units_text(row.quantity, row.unit), width=116),
                Column(tr("Value"), lambda row: show_money(row.value), width=92, right=True),
            ],
            key=lambda row: row.id,
            empty=tr("No batch here expires in these months."),
        )
        self._write_off = harmful("pharmacy.write_off", tr("&Write off what is expired…"), self._on_write_off)
        self.list.activated_row.connect(self.open_wanted)
        self.months.entered.connect(lambda: self.months_chosen.emit(self.months.value()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.months)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._write_off)
        layout.addLayout(below)

    def set_tight(self, tight: bool) -> None:
        """On a small screen: expiry, medicine, strength, batch, what is here."""
        spare_columns(self.list, (1, 4, 7), tight=tight)

    def show_expiring(self, found: Expiring) -> None:
        """Show the batches; the months are those that were asked for."""
        gone = self.expired(found.rows)
        within = trn("within {n} month", "within {n} months", found.months)
        soon = len(found.rows) - len(gone)
        parts = [trn("{n} batch expires {within}", "{n} batches expire {within}", soon, within=within)]
        if gone:
            value = self._show_money(sum((row.value for row in gone), Decimal(0)))
            parts.insert(
                0, trn("{n} batch is expired ({value})", "{n} batches are expired ({value})", len(gone), value=value)
            )
        self.heading.setText(" · ".join(parts))
        if self.months.is_blank() or not self.months.editor.hasFocus():
            self.months.set_value(found.months)
        self.list.set_rows(found.rows)
        if self.list.current() is None:
            self.list.select_first()
        self._write_off.setEnabled(bool(gone))

    @staticmethod
    def expired(rows: Sequence[LotRow]) -> list[LotRow]:
        """Those that may not be given any more."""
        return [row for row in rows if row.expired]

    def _on_write_off(self) -> None:
        self.write_off_wanted.emit(self.expired(self.list.rows()))

    def _days(self, row: LotRow) -> str:
        return str((row.expiry - self._today()).days)
