"""A specimen that was taken and is not on the bench yet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.lab_rows import BenchSheet
from hms_desktop.ui.kit.buttons import harmful, primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.ui.lab.lab_words import person_text
from hms_desktop.words.language import tr


class ReceivePanel(QWidget):
    """Look at the label, then receive it; scanning the label does the same."""

    receive_wanted = Signal()
    reject_wanted = Signal()

    def __init__(self, context: DeskContext, sheet: BenchSheet) -> None:
        super().__init__()
        seen = sheet.row
        layout = QVBoxLayout(self)
        lines = (
            label(person_text(seen.person), TypeSize.LARGE, bold=True),
            label(f"{seen.accession} · {seen.specimen} · {seen.order_number}", muted=True),
            label(", ".join(seen.tests)),
            label(tr("Taken, and on the way to the lab. Scan its label here, or compare it and receive it by hand.")),
        )
        for each in lines:
            each.setWordWrap(True)
            layout.addWidget(each)
        self.button = primary("lab.receive", tr("&Receive"), self.receive_wanted.emit, icon="check")
        self.button.setEnabled(context.actor.may("lab.enter"))
        reject = harmful("lab.reject", tr("Re&ject specimen…"), self.reject_wanted.emit)
        reject.setEnabled(context.actor.may("lab.reject"))
        buttons = row(self.button)
        buttons.addStretch(1)
        buttons.addWidget(reject)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def start(self) -> None:
        """The button."""
        self.button.setFocus()
