"""The note of the visit while it is written: kept, then signed. Afterwards: `note_panel.py`."""

from collections.abc import Callable

from hms_desktop.domain.consultations import NoteRow
from hms_desktop.domain.errors import ClinicError
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.consultations import NoteSaved, SaveNote, SignNote, save_note, sign_note
from hms_desktop.ui.kit.buttons import beside_primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import DateField, NoteField, TextField
from hms_desktop.ui.kit.form import Form
from hms_desktop.words.language import tr

TEXTS = ("complaint", "history", "examination", "assessment", "plan", "follow_up_on", "follow_up_note")


class NoteForm(Form):
    """Complaint, history, examination, assessment, plan, follow-up of the open visit."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "doctor.note_form", save_text=tr("&Save note"), save_name="doctor.save_note")
        self._context = context
        self._visit: Id | None = None
        self._note: NoteSaved | None = None
        self._signing = False
        self._afterwards: Callable[[], None] | None = None
        self.complaint = self.add(TextField("doctor.complaint", tr("&Complaint"), max_length=200, required=True))
        self.history = NoteField("doctor.history", tr("&History"), lines=3)
        self.examination = NoteField("doctor.examination", tr("E&xamination"), lines=3)
        self.add_row(self.history, self.examination)
        self.assessment = NoteField("doctor.assessment", tr("Assess&ment"), lines=2)
        self.plan = NoteField("doctor.plan", tr("&Plan"), lines=2)
        self.add_row(self.assessment, self.plan)
        self.follow_up_on = DateField("doctor.follow_up_on", tr("&Follow-up on"), today=context.today, ahead=True)
        self.follow_up_note = TextField("doctor.follow_up_note", tr("What for"), max_length=300)
        self.add_row(self.follow_up_on, self.follow_up_note, stretch=(2, 3))
        self.sign_button = beside_primary("doctor.sign_note", tr("Sig&n"), self._on_sign_clicked, icon="lock")
        self.add_button(self.sign_button)

    @property
    def visit(self) -> Id | None:
        """Whose note this is."""
        return self._visit

    def show_note(self, visit_id: Id | None, note: NoteRow | None, complaint: str) -> None:
        """The own unsigned note of the visit, or an empty one that begins with triage's complaint.

        What is being typed is never replaced by a live update.
        """
        known = self._note
        same_visit = self._visit == visit_id
        if same_visit and (self.dirty or self.saving):
            return
        if same_visit and note is not None and known is not None and known == NoteSaved(note.id, note.version):
            return
        if same_visit and note is None and known is None and visit_id is not None:
            return
        self.keep_draft()
        self.reset()
        self._visit = visit_id
        self._note = NoteSaved(note.id, note.version) if note else None
        if note is None:
            self.complaint.set_value(complaint)
        else:
            for key in TEXTS:
                self.field(key).set_value(getattr(note, key))
        self.set_clean()
        if visit_id is not None:
            self.use_draft(visit_id, note.version if note else 0)

    def save_then(self, then: Callable[[], None]) -> None:
        """Keep what was typed, then go on; a refused save does not go on."""
        self._afterwards = then
        self.save()
        if not self.saving:
            self._afterwards = None

    def prepare(self) -> Callable[[], Outcome[NoteSaved]]:
        """Save, and sign when that was asked for."""
        assert self._visit is not None
        clinic, actor, sign = self._context.clinic, self._context.actor, self._signing
        command = SaveNote(
            key=self.key, visit_id=self._visit, note_id=self._note.note_id if self._note else None,
            version=self._note.version if self._note else None, complaint=self.complaint.value(),
            history=self.history.value(), examination=self.examination.value(), assessment=self.assessment.value(),
            plan=self.plan.value(), follow_up_on=self.follow_up_on.value(), follow_up_note=self.follow_up_note.value(),
        )  # fmt: skip
        signature = new_id()

        def run() -> Outcome[NoteSaved]:
            saved = save_note(clinic, actor, command)
            if not sign:
                return saved
            signed = sign_note(clinic, actor, SignNote(key=signature, note_id=saved.value.note_id))
            return Outcome(signed.value, saved.changed | signed.changed)

        return run

    def after_save(self, outcome: Outcome[NoteSaved]) -> None:
        """Say what happened, and go on with what waited for it."""
        signed, self._signing = self._signing, False
        then, self._afterwards = self._afterwards, None
        if signed:
            self._note = None
            self.reset()
            self._context.messages.good(tr("Note signed. From now on only addenda."))
        else:
            self._note = outcome.value
            self._context.messages.good(tr("Note saved."))
        if then is not None:
            then()

    def on_refused(self, _error: ClinicError) -> bool:
        """A refused save is no signature."""
        self._signing, self._afterwards = False, None
        return False

    def _on_sign_clicked(self) -> None:
        self._signing = True
        self.save()
        if not self.saving:
            self._signing = False
