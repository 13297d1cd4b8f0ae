"""The note of the visit: the form while it is written, the text once it is signed."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from hms_desktop.domain.chart import SeenPatient
from hms_desktop.domain.consultations import NoteRow
from hms_desktop.domain.ids import Id
from hms_desktop.ui.doctor.addendum_dialog import ask_addendum
from hms_desktop.ui.doctor.note_form import NoteForm
from hms_desktop.ui.doctor.note_text import note_parts, signature
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.language import tr


class NotePanel(QWidget):
    """Shows the own note of the open visit; signed ones take addenda, or another note beside them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.context.clinic.facility.time_zone)
        self._signed: NoteRow | None = None
        self._another_for: Id | None = None
        self.form = NoteForm(desk.context)
        self.text = QLabel()
        self.text.setObjectName("doctor.signed_note")
        self.text.setWordWrap(True)
        self._by = label("", TypeSize.SMALL, muted=True)
        self.addendum_button = plain("doctor.add_to_note", tr("Addend&um…"), self._on_addendum, icon="add")
        self.another_button = plain("doctor.another_note", tr("An&other note"), self._on_another)
        self._signed_view = QWidget()
        buttons = row(self.addendum_button, self.another_button)
        buttons.addStretch(1)
        inside = QVBoxLayout(self._signed_view)
        inside.setContentsMargins(0, 0, 0, 0)
        for widget in (self._by, self.text):
            inside.addWidget(widget)
        inside.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        layout.addWidget(self._signed_view)
        self._signed_view.hide()

    def show_patient(self, seen: SeenPatient) -> None:
        """The own note of the open visit; a look at another patient's chart writes nothing."""
        actor = self._desk.context.actor.user_id
        own = [note for note in seen.chart.notes if note.visit_id == seen.visit_id and note.author_id == actor]
        draft = next((note for note in own if note.signed_at is None), None)
        self._signed = next((note for note in own if note.signed_at is not None), None)
        if self._another_for != seen.visit_id:
            self._another_for = None
        complaint = seen.visit.complaint if seen.visit is not None and self._signed is None else ""
        self.form.show_note(seen.visit_id, draft, complaint)
        self.form.setEnabled(seen.mine)
        self._show_side(writing=draft is not None or self._signed is None or self._another_for is not None)

    def start_focus(self) -> QWidget:
        """Where writing begins."""
        return self.addendum_button if self.form.isHidden() else self.form.complaint.editor

    def _show_side(self, *, writing: bool) -> None:
        writing = writing or self.form.dirty
        if self._signed is not None:
            self._by.setText(signature(self._signed, self._zone))
            parts = note_parts(self._signed, self._zone)
            self.text.setText("\n\n".join(f"{title}\n{text}" for title, text in parts))
        self._signed_view.setVisible(not writing)
        self.form.setVisible(writing)

    def _on_addendum(self) -> None:
        if self._signed is not None:
            ask_addendum(self._desk, self._signed, lambda: None)

    def _on_another(self) -> None:
        self._another_for = self.form.visit
        self._show_side(writing=True)
        self.form.start()
