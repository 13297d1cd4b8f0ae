"""Somebody who can't say who they are: two key presses to red in the doctor's queue."""

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.patients import Sex
from hms_desktop.services.visits import RegisterUnknown
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.fields import Segment, SegmentedField, TextField
from hms_desktop.words.language import tr


class UnknownDialog(Dialog):
    """Enter registers at once; sex and what happened may be said, names come later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "reception.unknown_dialog",
            tr("Emergency: unknown person"),
            tr("Goes past triage, red, to the doctor at once. The name is corrected when somebody knows it."),
            parent,
        )
        self._key: Id = new_id()
        self.sex: SegmentedField[Sex] = SegmentedField(
            "reception.unknown_sex", tr("&Sex"),
            [
                Segment(Sex.FEMALE, tr("Female"), "f"), Segment(Sex.MALE, tr("Male"), "m"),
                Segment(Sex.UNKNOWN, tr("Unknown"), "u"),
            ],
        )  # fmt: skip
        self.sex.set_value(Sex.UNKNOWN)
        self.happened = TextField("reception.unknown_complaint", tr("&What happened"), max_length=200)
        self.body.addWidget(self.sex)
        self.body.addWidget(self.happened)
        self.confirm = primary(
            "reception.register_unknown", tr("Register, straight to &red"), self.accept, icon="alert"
        )
        self.add_buttons(self.confirm)
        self.sex.entered.connect(self.happened.focus_editor)
        self.happened.entered.connect(self.confirm.setFocus)
        self.confirm.setFocus()

    def command(self) -> RegisterUnknown:
        """What was said; pressed twice it is the same."""
        sex = self.sex.value() or Sex.UNKNOWN
        called = {
            Sex.FEMALE: tr("Unknown woman"), Sex.MALE: tr("Unknown man"),
        }.get(sex, tr("Unknown person"))  # fmt: skip
        return RegisterUnknown(key=self._key, called=called, sex=sex, complaint=self.happened.value())
