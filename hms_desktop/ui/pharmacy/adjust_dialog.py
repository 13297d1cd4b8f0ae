"""What is really there of a batch, and why the books say something else."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.stock import LotRow
from hms_desktop.services.pharmacy.adjustments import AdjustStock
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.fields import Choice, ChoiceField, TextField, WholeField
from hms_desktop.ui.kit.theme import label
from hms_desktop.ui.pharmacy.medicine_text import day_text, units_text
from hms_desktop.words.language import tr


class AdjustDialog(Dialog):
    """Counted, reason, words; Ctrl+Enter adjusts."""

    def __init__(self, row: LotRow, reasons: Sequence[tuple[str, str]], parent: QWidget) -> None:
        medicine = " ".join(part for part in (row.name, row.strength) if part)
        super().__init__(
            "pharmacy.adjust_dialog",
            tr("Adjust batch {batch}", batch=row.number),
            tr(
                "{medicine}, expires {day}. The books say {units}.",
                medicine=medicine, day=day_text(row.expiry), units=units_text(row.quantity, row.unit),
            ),
            parent,
        )  # fmt: skip
        self._lot = row
        self._key: Id = new_id()
        self.counted = WholeField("pharmacy.counted", tr("&Counted now"), low=0, required=True, width=140)
        self.difference = label("", bold=True)
        self.reason: ChoiceField[str] = ChoiceField(
            "pharmacy.reason_code",
            tr("&Reason"),
            [Choice(code, text) for code, text in reasons],
            blank=tr("– choose –"),
        )
        self.words = TextField("pharmacy.adjust_words", tr("In your own &words"), max_length=200)
        for widget in (self.counted, self.difference, self.reason, self.words):
            self.body.addWidget(widget)
        self.add_buttons(primary("pharmacy.adjust_save", tr("&Adjust"), self._on_save))
        self.counted.changed.connect(self._show_difference)
        self.go_on(self.counted, self.reason, self.words)
        self._show_difference()

    def command(self) -> AdjustStock:
        """What was entered."""
        counted = self.counted.value()
        assert counted is not None
        return AdjustStock(
            key=self._key, batch_id=self._lot.id, counted=counted, seen=self._lot.quantity,
            reason_code=self.reason.value() or "", reason=self.words.value(), location_id=self._lot.location_id,
        )  # fmt: skip

    def _show_difference(self) -> None:
        counted = self.counted.value()
        moved = "" if counted is None else f"{counted - self._lot.quantity:+d}"
        self.difference.setText(tr("Difference: {n}", n=moved) if moved else "")

    def _on_save(self) -> None:
        if self.counted.check() is not None:
            self.counted.focus_editor()
        elif self.counted.value() == self._lot.quantity:
            self.counted.error(tr("The books say the same: nothing to adjust."))
            self.counted.focus_editor()
        elif not self.reason.value() and not self.words.value():
            self.reason.error(tr("A reason is needed."))
            self.reason.focus_editor()
        else:
            self.accept()
