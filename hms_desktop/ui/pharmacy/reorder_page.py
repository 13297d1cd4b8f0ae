"""What to order: by minimum level and by what goes in a month."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.dosing import show_amount
from hms_desktop.domain.stock import OrderRow
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.pharmacy.medicine_text import form_text, units_text
from hms_desktop.ui.pharmacy.room import spare_columns
from hms_desktop.words.language import tr, trn


class ReorderPage(QWidget):
    """The list; Enter shows the medicine's stock card."""

    open_wanted = Signal(object)

    def __init__(self, show_money: Callable[[Decimal], str]) -> None:
        super().__init__()
        self._show_money = show_money
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.list = RowsView[OrderRow](
            "pharmacy.reorder",
            tr("To order"),
            [
                Column(tr("Medicine"), lambda row: row.name, stretch=True, bold=True),
                Column(tr("Strength"), lambda row: row.strength, width=104),
                Column(tr("Form"), lambda row: form_text(row.form), width=96),
                Column(tr("In stock"), lambda row: str(row.usable), width=84, right=True, badge=_badge),
                Column(tr("Minimum"), lambda row: str(row.reorder_level), width=80, right=True, muted=True),
                Column(tr("A month"), lambda row: show_amount(row.a_month), width=80, right=True),
                Column(tr("Lasts"), _lasts, width=86),
                Column(tr("Order"), lambda row: units_text(row.order, row.unit), width=124, bold=True),
                Column(tr("Cost"), self._cost, width=100, right=True, muted=True),
            ],
            key=lambda row: row.id,
            empty=tr("Nothing to order: every medicine is above its minimum and lasts for a month."),
        )
        self.list.activated_row.connect(self.open_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)
        layout.addWidget(
            label(
                tr("The order fills the shelf for three months at the pace of the last 90 days, in whole packs."),
                TypeSize.SMALL,
                muted=True,
            )
        )

    def set_tight(self, tight: bool) -> None:
        """On a small screen: medicine, strength, stock, use, order."""
        spare_columns(self.list, (2, 4, 8), tight=tight)

    def set_rows(self, rows: Sequence[OrderRow]) -> None:
        """Show what to order."""
        total = sum(((row.cost or Decimal(0)) * row.order for row in rows), Decimal(0))
        lines = trn("{n} medicine to order", "{n} medicines to order", len(rows))
        self.heading.setText(tr("{lines}, about {cost}", lines=lines, cost=self._show_money(total)) if rows else lines)
        self.list.set_rows(rows)
        if self.list.current() is None:
            self.list.select_first()

    def _cost(self, row: OrderRow) -> str:
        return "–" if row.cost is None else self._show_money(row.cost * row.order)


def _badge(row: OrderRow) -> Badge | None:
    return tone_badge(tr("none"), "error", Shape.TRIANGLE) if row.usable == 0 else None


def _lasts(row: OrderRow) -> str:
    if row.days_left is None:
        return tr("not used")
    return trn("{n} day", "{n} days", row.days_left)
