"""A few words more to a note that is signed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.consultations import NoteRow
from hms_desktop.services.consultations import AddAddendum, add_addendum
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import Dialog, show
from hms_desktop.ui.kit.fields import NoteField
from hms_desktop.words.language import tr


class AddendumDialog(Dialog):
    """The note itself stays as it was signed."""

    def __init__(self, parent: QWidget) -> None:
        text = tr("The note itself stays as it was signed.")
        super().__init__("doctor.addendum", tr("Add to a signed note"), text, parent)
        self.words = NoteField("doctor.addendum_text", tr("&Addendum"), lines=4, max_length=4000, required=True)
        self.body.addWidget(self.words)
        self.add_buttons(primary("doctor.addendum_confirm", tr("A&dd"), self._on_confirm, icon="check"))
        self.go_on(self.words)

    def _on_confirm(self) -> None:
        if self.words.check() is None:
            self.accept()
        else:
            self.words.focus_editor()


def ask_addendum(desk: Desk, note: NoteRow, then: Callable[[], None]) -> AddendumDialog:
    """Ask for the words, save them, call `then`."""
    dialog = AddendumDialog(desk)

    def saved(_outcome: object) -> None:
        desk.context.messages.good(tr("Added to the note."))
        then()

    def done(agreed: bool) -> None:
        if agreed:
            desk.write(add_addendum, AddAddendum(note_id=note.id, text=dialog.words.value()), saved)

    show(dialog, done)
    return dialog
