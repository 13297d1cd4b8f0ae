"""Why a specimen can't be used, or tests can't be done."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.lab_rows import BenchRow
from hms_desktop.ui.kit.buttons import harmful
from hms_desktop.ui.kit.dialogs import Dialog, ReasonDialog, ask_reason, show
from hms_desktop.ui.kit.fields import Choice, ChoiceField, TextField
from hms_desktop.words.language import tr


class RejectDialog(Dialog):
    """The reason is needed, the note is not."""

    def __init__(self, specimen: BenchRow, reasons: Sequence[Choice[str]], parent: QWidget) -> None:
        text = tr(
            "{number} of {patient}: what was entered of it is taken back, and a new specimen is asked for.",
            number=specimen.accession, patient=specimen.person.name,
        )  # fmt: skip
        super().__init__("lab.reject_reason", tr("Reject the specimen"), text, parent)
        self.listed = ChoiceField("lab.reject_listed", tr("&Reason"), reasons, blank=tr("– choose –"), required=True)
        self.note = TextField("lab.reject_note", tr("&Note"), max_length=200)
        self.body.addWidget(self.listed)
        self.body.addWidget(self.note)
        self.confirm_button = harmful("lab.reject_confirm", tr("Re&ject"), self._on_confirm)
        self.add_buttons(self.confirm_button)
        self.go_on(self.listed, self.note)

    def _on_confirm(self) -> None:
        if self.listed.check() is None:
            self.accept()
        else:
            self.listed.focus_editor()


def ask_reject(
    parent: QWidget, specimen: BenchRow, reasons: Sequence[Choice[str]], then: Callable[[str, str], None]
) -> RejectDialog:
    """Ask why, then call `then(reason code, note)`."""
    dialog = RejectDialog(specimen, reasons, parent)
    show(dialog, lambda agreed: then(dialog.listed.value() or "", dialog.note.value()) if agreed else None)
    return dialog


def ask_decline(parent: QWidget, patient: str, tests: str, then: Callable[[str], None]) -> ReasonDialog:
    """Ask why tests can't be done, then call `then(reason)`."""
    return ask_reason(
        parent, "lab.decline_reason", tr("Tests are not possible"), f"{patient}: {tests}",
        tr("Cancel the &tests"), then,
        reasons=[
            Choice("reagent", tr("No reagent")),
            Choice("refused", tr("The patient does not want it")),
            Choice("device", tr("The device is out of order")),
        ],
    )  # fmt: skip
