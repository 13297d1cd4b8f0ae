"""What stands on a patient's bills without a price: said aloud, with the way out."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from hms_desktop.domain.bill_rows import BillLine
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import GRID, label
from hms_desktop.words.language import tr


class UnpricedBar(QFrame):
    """Names the lines that ask for nothing because nobody has set a price; hidden where there are none."""

    price_wanted = Signal()
    """Look again whether there is a price by now."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("level", "warn")
        self.words = label("")
        self.words.setObjectName("cashier.unpriced")
        self.words.setWordWrap(True)
        self.button = plain("cashier.price_lines", tr("Loo&k for the price"), self.price_wanted.emit)
        line = row(self.words, self.button, margins=GRID)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def show_lines(self, lines: Sequence[BillLine], *, may_price: bool) -> None:
        """Say which lines have no price. `may_price`: whether this person may put prices on bills."""
        names = list(dict.fromkeys(line.text for line in lines if not line.priced))
        self.setVisible(bool(names))
        self.button.setVisible(may_price)
        if names:
            text = tr("No price yet, so nothing is asked for: {items}. Prices are set in Administration, Prices.",
                      items=", ".join(names))  # fmt: skip
            self.words.setText(text)
