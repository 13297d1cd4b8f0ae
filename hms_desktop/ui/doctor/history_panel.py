"""All past visits and the problem list, and everything of the visit that is chosen."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from hms_desktop.domain.chart import PastVisitRow, SeenPatient
from hms_desktop.domain.consultations import ConditionRow, ConditionState, NoteRow
from hms_desktop.domain.dates import show_date
from hms_desktop.services.consultations import ResolveCondition, resolve_condition
from hms_desktop.ui.doctor.addendum_dialog import ask_addendum
from hms_desktop.ui.doctor.low_list import LowList
from hms_desktop.ui.doctor.note_text import visit_html
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_confirm
from hms_desktop.ui.kit.layout import column, row
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.facts import months
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class HistoryPanel(QWidget):
    """Visits and problems left, the chosen visit right; a signed note takes an addendum."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.context.clinic.facility.time_zone)
        self._seen: SeenPatient | None = None
        self.visits = LowList[PastVisitRow](
            "doctor.past_visits",
            tr("Visits"),
            [
                Column(tr("Visit"), lambda r: show_date(r.day, months()), width=116),
                Column(tr("Diagnoses"), lambda r: ", ".join(r.diagnoses) or r.complaint, stretch=True),
            ],
            key=lambda r: r.visit_id,
            least=140,
            empty=tr("No visit is known."),
        )
        self.problems = LowList[ConditionRow](
            "doctor.problems",
            tr("Problems"),
            [
                Column(tr("Problem"), lambda r: r.text, stretch=True, bold=True),
                Column(tr("State"), lambda r: say(r.state), width=96, badge=_problem_badge),
            ],
            key=lambda r: r.id,
            least=110,
            empty=tr("The problem list is empty. A diagnosis can be put on it."),
        )
        bind("Del", self.problems, self._on_resolve, inside=True)
        self.text = QTextBrowser()
        self.text.setObjectName("doctor.visit_text")
        self.text.setAccessibleName(tr("The chosen visit"))
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(px(160))
        self.addendum_button = plain("doctor.add_addendum", tr("Addend&um…"), self._on_addendum, icon="add")
        self.visits.current_row_changed.connect(lambda _row: self._show_visit())
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        left = column(self.visits, self.problems)
        left.setStretch(0, 3)
        left.setStretch(1, 2)
        layout.addLayout(left, 1)
        right = column(self.text)
        buttons = row(self.addendum_button)
        buttons.addStretch(1)
        right.addLayout(buttons)
        layout.addLayout(right, 1)

    def show_patient(self, seen: SeenPatient) -> None:
        """Fill both sides; another patient begins with the newest visit."""
        another = self._seen is None or self._seen.patient_id != seen.patient_id
        self._seen = seen
        self.visits.set_rows(list(seen.chart.visits))
        self.problems.set_rows(list(seen.chart.conditions))
        if another:
            self.visits.select_first()
        self._show_visit()

    def start_focus(self) -> QWidget:
        """The visits."""
        return self.visits

    def _notes(self) -> list[NoteRow]:
        chosen = self.visits.current()
        if self._seen is None or chosen is None:
            return []
        return [note for note in self._seen.chart.notes if note.visit_id == chosen.visit_id]

    def _show_visit(self) -> None:
        chosen = self.visits.current()
        self.addendum_button.setEnabled(any(note.signed_at for note in self._notes()))
        if chosen is None or self._seen is None:
            self.text.clear()
            return
        self.text.setHtml(visit_html(chosen, self._seen.chart, self._seen.results, self._zone))

    def _on_addendum(self) -> None:
        note = next((note for note in self._notes() if note.signed_at is not None), None)
        if note is not None:
            ask_addendum(self._desk, note, lambda: None)

    def _on_resolve(self) -> None:
        problem = self.problems.current()
        if problem is None or problem.state is not ConditionState.ACTIVE:
            return
        command = ResolveCondition(condition_id=problem.id, version=problem.version)
        ask_confirm(
            self, "doctor.resolve", tr("Is this problem over?"), problem.text, tr("It is &over"),
            lambda: self._desk.write(resolve_condition, command, lambda _outcome: None), is_harmful=False,
        )  # fmt: skip


def _problem_badge(problem: ConditionRow) -> Badge | None:
    return tone_badge(say(problem.state), "warn" if problem.state is ConditionState.ACTIVE else "plain")
