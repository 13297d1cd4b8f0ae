"""A row of sums, each with its word above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from hms_desktop.domain.money import Currency
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px, set_look_property


@dataclass(frozen=True)
class Figure:
    """A sum with its word. `always`: shown also when it is zero."""

    word: str
    amount: Decimal
    always: bool = False
    bold: bool = False
    tone: str = ""


class FiguresBar(QFrame):
    """As many sums as there are, evenly spread."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._currency = currency
        self._layout = row(margins=GRID)
        self.setLayout(self._layout)
        self._cells: list[tuple[QWidget, QLabel, QLabel]] = []

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these sums and no others."""
        while len(self._cells) < len(figures):
            self._cells.append(self._cell())
        for index, (cell, word, amount) in enumerate(self._cells):
            cell.setVisible(index < len(figures))
            if index < len(figures):
                figure = figures[index]
                word.setText(figure.word)
                amount.setText(self._currency.show(figure.amount))
                amount.setAccessibleName(f"{figure.word}: {amount.text()}")
                set_look_property(amount, "tone", figure.tone)
                set_look_property(amount, "typeSize", "large" if figure.bold else "body")
        self.setVisible(bool(figures))

    def _cell(self) -> tuple[QWidget, QLabel, QLabel]:
        word = label("", TypeSize.SMALL, muted=True)
        amount = label("", bold=True)
        for each in (word, amount):
            each.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        amount.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        cell = QWidget()
        inside = QVBoxLayout(cell)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(2))
        inside.addWidget(word)
        inside.addWidget(amount)
        self._layout.addWidget(cell, 1)
        return cell, word, amount
