"""All past visits, and everything of the one that is chosen, in one text that can be read from top to bottom."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from hms_desktop.domain.chart import Chart, PastVisitRow
from hms_desktop.domain.consultations import NoteRow
from hms_desktop.domain.dates import show_date
from hms_desktop.services.consultations import AddAddendum, add_addendum
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.layout import column
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class HistoryPanel(QWidget):
    """Past visits left, the chosen one right; a signed note takes an addendum."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chart: Chart | None = None
        self.visits = RowsView[PastVisitRow](
            "doctor.past_visits",
            tr("Visits"),
            [
                Column(tr("Day"), lambda r: show_date(r.day), width=96),
                Column(tr("Diagnoses"), lambda r: ", ".join(r.diagnoses) or r.complaint, stretch=True),
            ],
            key=lambda r: r.visit_id,
            empty=tr("This is the first visit."),
        )
        self.text = QTextBrowser()
        self.text.setObjectName("doctor.visit_text")
        self.text.setAccessibleName(tr("The chosen visit"))
        self.addendum_button = plain("doctor.add_addendum", tr("Addend&um…"), self._on_addendum, icon="add")
        self.visits.current_row_changed.connect(lambda _row: self._show_visit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.visits, 2)
        layout.addLayout(column(self.text, self.addendum_button), 3)

    def show_history(self, chart: Chart) -> None:
        """Fill both sides."""
        self._chart = chart
        self.visits.set_rows(list(chart.visits))
        self._show_visit()

    def _notes(self) -> list[NoteRow]:
        chosen = self.visits.current()
        if self._chart is None or chosen is None:
            return []
        return [note for note in self._chart.notes if note.visit_id == chosen.visit_id]

    def _show_visit(self) -> None:
        chosen = self.visits.current()
        self.addendum_button.setEnabled(any(note.signed_at for note in self._notes()))
        if chosen is None or self._chart is None:
            self.text.clear()
            return
        parts = [f"{show_date(chosen.day)} · {chosen.number} · {say(chosen.kind)}", chosen.practitioner, chosen.complaint]
        parts += [
            f"• {d.text} {d.icd10} ({say(d.certainty)}, {say(d.occurrence)})"
            for d in self._chart.diagnoses
            if d.visit_id == chosen.visit_id
        ]
        for note in self._notes():
            parts += ["", *_note_lines(note)]
        given = [
            f"• {p.name} {p.strength} {p.frequency} ({say(p.state)})"
            for p in self._chart.prescriptions
            if p.visit_id == chosen.visit_id
        ]
        parts += ["", *given]
        self.text.setPlainText("\n".join(part for part in parts if part is not None))

    def _on_addendum(self) -> None:
        note = next((note for note in self._notes() if note.signed_at), None)
        if note is None:
            return
        ask_reason(
            self, "doctor.addendum", tr("Add to a signed note"), tr("The note itself stays as it was signed."),
            tr("&Add"), lambda text: self._desk.write(
                add_addendum, AddAddendum(note_id=note.id, text=text), lambda _outcome: self.changed.emit()
            ), harmful=False,
        )  # fmt: skip


def _note_lines(note: NoteRow) -> list[str]:
    """A note as lines of text; empty parts are left out."""
    signed = tr("signed {day}", day=show_date(note.signed_at.date())) if note.signed_at else tr("not signed")
    lines = [f"{say(note.kind)} · {note.author} · {signed}"]
    for title, body in (
        (tr("Complaint"), note.complaint),
        (tr("History"), note.history),
        (tr("Examination"), note.examination),
        (tr("Assessment"), note.assessment),
        (tr("Plan"), note.plan),
    ):
        if body:
            lines.append(f"{title}: {body}")
    if note.follow_up_on:
        lines.append(tr("Follow-up {day} {what}", day=show_date(note.follow_up_on), what=note.follow_up_note))
    lines += [tr("Addendum ({who}): {text}", who=each.author, text=each.text) for each in note.addenda]
    return lines
