"""The doctor's window: who waits, and the chart of the patient who sits here."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.chart import SeenPatient
from hms_desktop.domain.errors import ClinicError, ReasonNeeded
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab_reviews import ReviewRow
from hms_desktop.domain.visits import QueueRow, QueueState
from hms_desktop.services.chart import doctor_queue, seen_patient
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.consultations import (
    CompleteConsultation,
    Completed,
    OpenChart,
    StartConsultation,
    complete_consultation,
    open_chart,
    start_consultation,
)
from hms_desktop.services.lab_reviews import results_to_review
from hms_desktop.services.queues import PutBack, put_back
from hms_desktop.ui.doctor.allergy_dialog import AllergyDialog
from hms_desktop.ui.doctor.chart_view import CONSULTATION, HISTORY, LAB, PRESCRIPTION, ChartView
from hms_desktop.ui.doctor.queue_panel import QueuePanel
from hms_desktop.ui.doctor.review_panel import ReviewPanel
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.dialogs import ask_reason, show
from hms_desktop.ui.kit.fields import Choice
from hms_desktop.ui.kit.layout import nobody_card, row
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import N_, tr

QUEUE_WIDTH = 288
ROOM_FOR_BOTH = 860
"""Below this width an open chart takes the queue's room; a button and F6 lead back to it."""
WITHOUT_DIAGNOSIS = (
    N_("Advice only, nothing wrong found"),
    N_("Follow-up of a known problem"),
    N_("Referred before a diagnosis"),
    N_("The patient left"),
)
SEEN = frozenset({QueueState.COMPLETED, QueueState.DONE})


class DoctorDesk(Desk):
    """The queue beside one chart."""

    NAME: ClassVar[str] = "doctor"
    TOPICS: ClassVar[frozenset[str]] = frozenset(
        {topics.DOCTOR_QUEUE, topics.CHART, topics.LAB_WORKLIST, topics.BOARD, topics.PATIENTS, topics.ALERTS}
    )

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._patient: Id | None = None
        self._wants_queue = True
        self.queue = QueuePanel(context.clinic.clock)
        self.chart = ChartView(self)
        self.review = ReviewPanel(self)
        self.nobody = nobody_card(
            tr("Nobody is open"),
            tr("Choose a patient in the queue: Enter takes the patient in. Ctrl+K finds any chart."),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nobody)
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.review)
        layout = row(self.queue, self.stack, space=12, margins=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._connect()
        self._share_room()

    def _connect(self) -> None:
        self.queue.chosen.connect(self._on_chosen)
        self.queue.review_wanted.connect(self._open_review)
        self.review.left.connect(self._leave_review)
        self.review.chart_wanted.connect(self.open_patient)
        bind("F7", self, self._open_review)
        head = self.chart.head
        head.take_in_wanted.connect(self._on_take_in)
        head.put_back_wanted.connect(self._on_put_back)
        head.complete_wanted.connect(self._on_complete)
        head.allergies_wanted.connect(self._on_allergies)
        head.queue_wanted.connect(self._go_to_queue)
        self.chart.lab.sent.connect(self._go_to_queue)
        self.chart.left.connect(self._go_to_queue)
        bind(Key.NEXT_AREA, self, self._on_next_area, inside=True)
        bind("Ctrl+PgDown", self, lambda: self._turn(1), inside=True)
        bind("Ctrl+PgUp", self, lambda: self._turn(-1), inside=True)

    # --- a desk answers ----------------------------------------------------------------------------

    def title(self) -> str:
        """What the window is called."""
        return tr("Doctor")

    def reload(self) -> None:
        """The queue, and the chart that is open."""
        self.read(doctor_queue, self._on_queue)
        self.read(results_to_review, self._on_reviews)
        if self._patient is not None:
            self._read_patient("doctor.chart", self._patient, self._on_seen)

    def open_patient(self, patient_id: Id) -> None:
        """A look at a chart; without an own visit a reason is asked for."""
        self._look(patient_id, "")

    def start_focus(self) -> QWidget:
        """The chart that is open, else the queue."""
        return self.queue.list if self._patient is None else self.chart.start_focus()

    def shortcuts(self) -> list[Shortcut]:
        """The keys of this window."""
        return [
            Shortcut("Enter", tr("In the queue: take the patient in, or open the chart")),
            Shortcut("F6", tr("From the queue to the chart and back")),
            Shortcut("F7", tr("Results that came after a consultation; Space marks one as seen")),
            Shortcut("Alt+1 … Alt+4", tr("Consultation, lab, prescription, history")),
            Shortcut("Ctrl+PgDown", tr("The next part (Ctrl+PgUp: the one before)")),
            Shortcut("Ctrl+Return", tr("Save the note, order the tests, save the prescription")),
            Shortcut("Esc", tr("Back to the queue; what you typed stays")),
            Shortcut("Alt+N", tr("Sign the note")),
            Shortcut("Alt+T", tr("Complete the consultation")),
            Shortcut("Alt+B", tr("Put the patient back into the queue")),
            Shortcut("Alt+G", tr("Allergies")),
            Shortcut("Del", tr("In a list: take the line away, take back, or stop")),
        ]

    # --- reading -----------------------------------------------------------------------------------

    def _read_patient(self, channel: str, patient_id: Id, then: Callable[[SeenPatient], None]) -> None:
        """Opening and looking again are channels of their own: a reload must not outrun somebody's Enter."""
        context = self.context
        context.background.latest(
            channel, lambda: seen_patient(context.clinic, context.actor, patient_id), then, owner=self
        )

    def _on_queue(self, rows: list[QueueRow]) -> None:
        came_back = self._came_back(rows)
        self.queue.set_rows(rows)
        if self._patient is None and self.queue.list.current() is None:
            self.queue.list.select_first()
        for each in came_back:
            self.context.messages.info(tr("Results of {patient} are in.", patient=each.patient_name))

    def _on_reviews(self, rows: list[ReviewRow]) -> None:
        self.review.set_rows(rows)
        self.queue.set_reviews(len(rows), sum(each.mine for each in rows))

    def _came_back(self, rows: list[QueueRow]) -> list[QueueRow]:
        """Whom this list showed at the lab, and who waits now with results."""
        at_lab = {row.id for row in self.queue.list.rows() if row.state is QueueState.SENT_TO_LAB}
        return [row for row in rows if row.id in at_lab and row.returned and row.state is QueueState.WAITING]

    def _on_seen(self, seen: SeenPatient) -> None:
        """The open chart as it stands now."""
        if seen.patient_id == self._patient:
            self.chart.show_patient(seen)
            self.patient_shown.emit(seen.banner)

    # --- opening -----------------------------------------------------------------------------------

    def _on_chosen(self, chosen: QueueRow) -> None:
        """Enter in the queue: who waits (or sits here) is taken in; who is at the lab or was seen is looked at."""
        if chosen.state is QueueState.SENT_TO_LAB or chosen.state in SEEN:
            self._look(chosen.patient_id, "")
        else:
            self._take_in(chosen.id, chosen.patient_id)

    def _take_in(self, entry_id: Id, patient_id: Id) -> None:
        self.write(
            start_consultation,
            StartConsultation(entry_id=entry_id),
            lambda _outcome: self._look(patient_id, ""),
            lambda error: self._on_not_taken(patient_id, error),
        )

    def _on_not_taken(self, patient_id: Id, error: Exception) -> None:
        """Somebody else has the patient: say who, offer a look."""
        self.look_again()
        if isinstance(error, ClinicError) and error.code == "taken_by_somebody":
            look = MessageAction(tr("&Look at the chart"), lambda: self._look(patient_id, ""))
            self.context.messages.error(sentence(error.code, error.facts), look)
        else:
            self.context.background.fail(error)

    def _look(self, patient_id: Id, reason: str) -> None:
        self.write(
            open_chart,
            OpenChart(patient_id=patient_id, reason=reason),
            lambda _outcome: self._read_patient("doctor.open", patient_id, self._on_opened),
            lambda error: self._on_look_refused(patient_id, error),
        )

    def _on_look_refused(self, patient_id: Id, error: Exception) -> None:
        if not isinstance(error, ReasonNeeded):
            self.context.background.fail(error)
            return
        ask_reason(
            self, "doctor.break_glass", tr("You are not treating this patient"),
            tr("The chart opens with a reason. Your look and the reason are recorded."), tr("&Open the chart"),
            partial(self._look, patient_id), is_harmful=False,
        )  # fmt: skip

    def _on_opened(self, seen: SeenPatient) -> None:
        another = self._patient != seen.patient_id
        self._patient = seen.patient_id
        self._wants_queue = False
        self.stack.setCurrentWidget(self.chart)
        self._share_room()
        self.chart.show_patient(seen)
        self.patient_shown.emit(seen.banner)
        if seen.entry is not None:
            self.queue.list.select_key(seen.entry.id)
        part = CONSULTATION if seen.mine else HISTORY if seen.entry is None else self.chart.tabs.currentIndex()
        if seen.mine and seen.results and not another:
            part = self.chart.tabs.currentIndex()
        self.chart.open_part(part)

    # --- doing -------------------------------------------------------------------------------------

    def _entry(self) -> QueueRow | None:
        return None if self.chart.seen is None else self.chart.seen.entry

    def _on_take_in(self) -> None:
        entry = self._entry()
        if entry is not None:
            self._take_in(entry.id, entry.patient_id)

    def _on_put_back(self) -> None:
        entry = self._entry()
        if entry is None:
            return
        self.chart.consultation.note.form.keep_draft()
        said = tr("{patient} waits again.", patient=entry.patient_name)
        self.write(put_back, PutBack(entry_id=entry.id), lambda _outcome: self._leave_chart(said))

    def _on_complete(self) -> None:
        """Save what is written, then end the consultation."""
        if not self.chart.writes_only_notes:
            self.context.messages.warn(tr("Lines are not saved yet: save or take away the tests and medicines first."))
            self.chart.open_part(LAB if self.chart.lab.unsaved else PRESCRIPTION)
            return
        form = self.chart.consultation.note.form
        if form.dirty:
            form.save_then(lambda: self._complete(""))
        else:
            self._complete("")

    def _complete(self, reason: str) -> None:
        entry = self._entry()
        if entry is None:
            return
        command = CompleteConsultation(entry_id=entry.id, without_diagnosis_reason=reason)
        self.write(complete_consultation, command, partial(self._on_completed, entry), self._on_not_completed)

    def _on_not_completed(self, error: Exception) -> None:
        if not isinstance(error, ReasonNeeded):
            self.context.background.fail(error)
            return
        ask_reason(
            self, "doctor.no_diagnosis", tr("No diagnosis yet"),
            tr("Say why the consultation ends without one, or go back and add it."), tr("&Complete without"),
            self._complete, reasons=[Choice(each, tr(each)) for each in WITHOUT_DIAGNOSIS], is_harmful=False,
        )  # fmt: skip

    def _on_completed(self, entry: QueueRow, outcome: Outcome[Completed]) -> None:
        done = outcome.value
        said = tr("Completed: {patient}.", patient=entry.patient_name)
        if done.charge_id is not None:
            said = tr("Completed: {patient}. The consultation is on the bill.", patient=entry.patient_name)
        if not done.papers:
            self._leave_chart(said)
            return
        self._leave_chart(said, MessageAction(tr("&Print the prescription"), partial(self._print, done.papers)))

    def _print(self, papers: tuple[Id, ...]) -> None:
        for paper in papers:
            self.context.print_paper(paper)

    def _leave_chart(self, said: str, action: MessageAction | None = None) -> None:
        self._patient = None
        self.stack.setCurrentWidget(self.nobody)
        self.patient_shown.emit(None)
        self.queue.list.setCurrentIndex(QModelIndex())
        self.context.messages.good(said, action)
        self._go_to_queue()

    def _on_allergies(self) -> None:
        if self.chart.seen is not None:
            show(AllergyDialog(self, self.chart.seen.banner, self))

    # --- results that came late --------------------------------------------------------------------

    @property
    def _reviewing(self) -> bool:
        return self.stack.currentWidget() is self.review

    def _open_review(self) -> None:
        self._wants_queue = False
        self.stack.setCurrentWidget(self.review)
        self._share_room()
        self.review.start()

    def _leave_review(self) -> None:
        """Back to where the doctor was: the chart that is open, else the queue."""
        chart_open = self._patient is not None
        self.stack.setCurrentWidget(self.chart if chart_open else self.nobody)
        if chart_open:
            self.chart.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go_to_queue()

    # --- room and focus ----------------------------------------------------------------------------

    def _go_to_queue(self) -> None:
        self._wants_queue = True
        self._share_room()
        self.queue.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_next_area(self) -> None:
        reviewing = self._reviewing
        if (self._patient is None and not reviewing) or not self.queue.list.hasFocus():
            self._go_to_queue()
            return
        self._wants_queue = False
        self._share_room()
        if reviewing:
            self.review.start()
            return
        self.chart.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, by: int) -> None:
        if self._patient is not None and not self._reviewing:
            count = self.chart.tabs.count()
            self.chart.open_part((self.chart.tabs.currentIndex() + by) % count)

    def _share_room(self) -> None:
        """Both beside each other where there is room; else the one that is worked with. What goes goes first, so that
        the window never asks for room for both.
        """
        both = self.width() >= px(ROOM_FOR_BOTH)
        work_open = self._patient is not None or self._reviewing
        queue_shown = both or not work_open or self._wants_queue
        if queue_shown:
            self.stack.setVisible(both)
            self.queue.setVisible(True)
        else:
            self.queue.setVisible(False)
            self.stack.setVisible(True)
        if both:
            self.queue.setFixedWidth(px(QUEUE_WIDTH))
        else:
            self.queue.setMinimumWidth(px(QUEUE_WIDTH))
            self.queue.setMaximumWidth(16_777_215)
        self.chart.head.set_tight(not both)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Decide who has room."""
        super().resizeEvent(event)
        self._share_room()
