"""Take a line off a bill, with a reason."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.bill_rows import BillLine
from hms_desktop.domain.ids import new_id
from hms_desktop.services.bills import VoidLine, void_line
from hms_desktop.ui.cashier.deed_dialog import DeedDialog
from hms_desktop.ui.kit.buttons import harmful
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, TextField
from hms_desktop.words.language import tr


class VoidDialog(DeedDialog):
    """What was paid for the line becomes a credit."""

    def __init__(
        self, context: DeskContext, line: BillLine, reasons: Sequence[tuple[str, str]], parent: QWidget
    ) -> None:
        amount = context.clinic.facility.currency.show(line.amount, code=True)
        text = tr("It stays in the books, marked void. What was paid for it becomes a credit of the patient.")
        title = tr("Take off: {item}, {amount}", item=line.text, amount=amount)
        super().__init__(context, "cashier.void_dialog", title, text, parent)
        self._line, self._key = line, new_id()
        self.reason: ChoiceField[str] = ChoiceField(
            "cashier.void_reason", tr("&Reason"), [Choice(code, words) for code, words in reasons],
            blank=tr("– choose –"), key="listed",
        )  # fmt: skip
        self.words = TextField("cashier.void_words", tr("In your own &words"), key="reason", max_length=200)
        for field in (self.reason, self.words):
            self.add_field(field)
        self.finish(harmful("cashier.void_line", tr("&Take it off"), self._on_confirm))

    def _on_confirm(self) -> None:
        listed = self.reason.box.currentText() if self.reason.value() else ""
        reason = ": ".join(part for part in (listed, self.words.value()) if part)
        if not reason:
            self.words.error(tr("A reason is needed."))
            self.reason.focus_editor()
            return
        self.send(
            void_line,
            lambda person: VoidLine(key=self._key, charge_id=self._line.charge_id, reason=reason, approved_by=person),
        )
