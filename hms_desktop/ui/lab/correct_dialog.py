"""Correcting a released result: the right value, why, and perhaps a comment. The first value stays beside it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.lab_rows import EntryRow, ResultRow
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog, show
from hms_desktop.ui.kit.fields import TextField
from hms_desktop.ui.lab.lab_words import value_text
from hms_desktop.ui.lab.value_field import cell_for
from hms_desktop.words.language import tr


class CorrectDialog(Dialog):
    """Value and reason are needed."""

    def __init__(self, patient: str, result: ResultRow, entry: EntryRow, facility: str, parent: QWidget) -> None:
        text = tr(
            "{patient}: {test} was reported as {value}. The report will show both values and the reason.",
            patient=patient, test=result.name, value=value_text(result),
        )  # fmt: skip
        super().__init__("lab.correct_result", tr("Correct a result"), text, parent)
        self.value = cell_for(entry, facility)
        self.value.required = True
        unit = f" ({entry.unit})" if entry.unit else ""
        self.value.set_label(tr("&Right value{unit}", unit=unit))
        self.reason = TextField("lab.correction_reason", tr("Wh&y?"), max_length=300, required=True)
        self.comment = TextField("lab.correction_comment", tr("Co&mment"), max_length=500)
        self.comment.set_value(result.comment)
        for field in (self.value, self.reason, self.comment):
            self.body.addWidget(field)
        self.confirm_button = primary("lab.correct_confirm", tr("C&orrect"), self._on_confirm)
        self.add_buttons(self.confirm_button)
        self.go_on(self.value, self.reason, self.comment)

    def _on_confirm(self) -> None:
        for field in (self.value, self.reason):
            found = field.check()
            if found is not None:
                field.focus_editor()
                return
        self.accept()


def ask_correction(
    parent: QWidget,
    patient: str,
    result: ResultRow,
    entry: EntryRow,
    facility: str,
    then: Callable[[str, str, str], None],
) -> CorrectDialog:
    """Ask for the right value, then call `then(value, reason, comment)`."""
    dialog = CorrectDialog(patient, result, entry, facility, parent)

    def done(agreed: bool) -> None:
        if agreed:
            then(dialog.value.typed(), dialog.reason.value(), dialog.comment.value())

    show(dialog, done)
    return dialog
