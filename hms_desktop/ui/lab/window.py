"""The lab's desk: the scan line, what is critical, and four pages from the tube to the report."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.errors import ClinicError
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import SpecimenState
from hms_desktop.domain.lab_rows import AlertRow, BenchRow, BenchSheet, LabBoard, ResultRow
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab import lab_board, may_release_own
from hms_desktop.services.lab_results import Entered, NoteCriticalCall, note_critical_call
from hms_desktop.services.lab_specimens import find_specimen
from hms_desktop.services.patients import patient_banner
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import Shortcut, bind
from hms_desktop.ui.kit.theme import GRID, px
from hms_desktop.ui.lab.alert_strip import AlertStrip
from hms_desktop.ui.lab.bench_page import BenchPage
from hms_desktop.ui.lab.call_dialog import CallFacts, ask_call
from hms_desktop.ui.lab.collect_page import CollectPage
from hms_desktop.ui.lab.done_page import DonePage
from hms_desktop.ui.lab.lab_words import person_text
from hms_desktop.ui.lab.release_page import ReleasePage
from hms_desktop.ui.lab.scan_field import ScanField
from hms_desktop.ui.lab.stop_dialog import stop
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr, trn

TICK_MS = 30_000
COLLECT, BENCH, RELEASE, DONE = range(4)


class LabDesk(Desk):
    """Puts the parts together: a label picks, a page works, everything reloads by topics."""

    NAME = "lab"
    TOPICS = frozenset({topics.LAB_WORKLIST, topics.ALERTS, topics.SETTINGS, topics.CATALOGUE})

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.zone = ZoneInfo(context.clinic.facility.time_zone)
        self.scan_line = ScanField()
        self.alerts = AlertStrip()
        self.collect, self.bench = CollectPage(self), BenchPage(self)
        self.release_page, self.done = ReleasePage(self), DonePage(self)
        self.tabs = QTabBar()
        self.tabs.setObjectName("lab.pages")
        self.tabs.setAccessibleName(tr("Pages of the lab"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.pages = QStackedWidget()
        self._board: LabBoard | None = None
        self._own_allowed = False
        self._shown_patient: Id | None = None
        self._lay_out()
        self._connect()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(12), px(GRID), px(12), px(GRID))
        layout.setSpacing(px(4))
        layout.addWidget(self.alerts)
        head = row(self.tabs, space=16)
        head.addStretch(1)
        head.addWidget(self.scan_line)
        layout.addLayout(head)
        for page in (self.collect, self.bench, self.release_page, self.done):
            self.tabs.addTab("")
            self.pages.addWidget(page)
        layout.addWidget(self.pages, 1)
        self._name_pages()

    def _connect(self) -> None:
        self.scan_line.entered.connect(self._on_scan)
        self.alerts.call_wanted.connect(self._on_call_alerts)
        for page in (self.collect, self.bench, self.release_page, self.done):
            page.patient_chosen.connect(self._show_patient)
        self.bench.scanned.connect(self.scan)
        self.bench.entered.connect(self._on_entered)
        self.release_page.released.connect(self._on_released)
        self.release_page.call_noted.connect(self._note_calls)
        self.tabs.currentChanged.connect(self._on_page)
        bind("F3", self, self._to_scan_line)
        for place in (COLLECT, BENCH, RELEASE, DONE):
            bind(f"Alt+{place + 1}", self, partial(self.open_page, place))

    # --- the frame asks ------------------------------------------------------------------------------

    def title(self) -> str:
        """The desk's name."""
        return tr("Laboratory")

    def start_focus(self) -> QWidget:
        """The scan line; for who only releases, the list of what waits for that."""
        if self.context.actor.may("lab.enter"):
            return self.scan_line.editor
        self.tabs.setCurrentIndex(RELEASE)
        return self.release_page.list

    def shortcuts(self) -> list[Shortcut]:
        """Keys beside those that buttons and labels show."""
        return [
            Shortcut("F3", tr("Scan line")),
            Shortcut("Alt+1 … 4", tr("To collect, bench, to release, done")),
            *self.collect.shortcuts(),
            *self.release_page.shortcuts(),
            *self.done.shortcuts(),
            Shortcut(tr("Up, Down"), tr("Between the results of a specimen")),
        ]

    def reload(self) -> None:
        """Read the lists again."""
        self.read(may_release_own, self._take_own_release)
        self.read(lab_board, self._show_board)
        if self.pages.currentIndex() == DONE:
            self.done.reload()

    def open_patient(self, patient_id: Id) -> None:
        """The search picked somebody: the next thing to do for this patient, else what is done."""
        to_collect = self.collect.row_of_patient(patient_id)
        on_bench = self.bench.row_of_patient(patient_id)
        to_release = self.release_page.row_of_patient(patient_id)
        if to_collect is not None:
            self.open_page(COLLECT)
            self.collect.choose(to_collect.id)
        elif on_bench is not None and not on_bench.waits_for_release:
            self._open_specimen(on_bench.id)
        elif to_release is not None:
            self.open_page(RELEASE)
            self.release_page.choose(to_release.id)
        else:
            self.context.messages.info(
                tr("Nothing is open for this patient at the lab. Results are under Done: Alt+4.")
            )
            self.read(patient_banner, self.patient_shown.emit, patient_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Minutes count while somebody looks."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        self._timer.stop()
        super().hideEvent(event)

    def release(self) -> None:
        """The desk goes."""
        self._timer.stop()
        super().release()

    # --- lists ---------------------------------------------------------------------------------------

    def _take_own_release(self, allowed: bool) -> None:
        self._own_allowed = allowed

    def _show_board(self, board: LabBoard) -> None:
        self._board = board
        self.collect.set_rows(board.collect)
        self.bench.set_rows(board.bench)
        self.release_page.set_rows(board.release, own_allowed=self._own_allowed)
        self.alerts.set_alerts(board.alerts)
        self._name_pages()

    def _name_pages(self) -> None:
        board = self._board
        counts = (0, 0, 0)
        if board is not None:
            open_work = sum(not each.waits_for_release for each in board.bench)
            counts = (len(board.collect), open_work, len(board.release))
        texts = (
            tr("1  To collect: {n}", n=counts[COLLECT]),
            tr("2  Bench: {n}", n=counts[BENCH]),
            tr("3  To release: {n}", n=counts[RELEASE]),
            tr("4  Done"),
        )
        for place, text in enumerate(texts):
            self.tabs.setTabText(place, text)
        self.tabs.updateGeometry()

    def _tick(self) -> None:
        for view in (self.collect.list, self.bench.list, self.release_page.list):
            view.viewport().update()

    def open_page(self, place: int) -> None:
        """Show a page and put the focus into its list."""
        self.tabs.setCurrentIndex(place)
        page = (self.collect, self.bench, self.release_page, self.done)[place]
        page.list.setFocus()
        if page.list.current() is None:
            page.list.select_first()

    def _on_page(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        if place == DONE:
            self.done.reload()

    def _show_patient(self, patient_id: Id | None) -> None:
        self._shown_patient = patient_id
        if patient_id is None or not self.context.actor.may("patients.view"):
            self.patient_shown.emit(None)
        else:
            self.read(patient_banner, self.patient_shown.emit, patient_id)

    # --- scanning ------------------------------------------------------------------------------------

    def _to_scan_line(self) -> None:
        self.scan_line.focus_editor()
        self.scan_line.line.selectAll()

    def _on_scan(self) -> None:
        text = self.scan_line.value()
        if text:
            self.scan(text)
        else:
            self.open_page(self.pages.currentIndex())

    def scan(self, text: str) -> None:
        """Find the specimen of a label and open what is to be done with it."""
        context = self.context
        context.background.read(
            lambda: find_specimen(context.clinic, context.actor, text), self._on_found, partial(self._on_unknown, text),
            owner=self,
        )  # fmt: skip

    def _on_unknown(self, text: str, error: Exception) -> None:
        if isinstance(error, ClinicError):
            self.scan_line.set_value(text)
            self.scan_line.wrong(error.code, error.facts)
        else:
            self.context.messages.failed(error)

    def _on_found(self, found: BenchRow) -> None:
        self.scan_line.found()
        unsaved = self.bench.unsaved
        if unsaved is not None and unsaved.row.id != found.id:
            self._stop_at(unsaved, found)
        elif found.state is SpecimenState.REJECTED:
            self.scan_line.wrong("specimen_rejected", {"accession": found.accession, "why": found.reject_reason})
        elif found.total == 0:
            self.tabs.setCurrentIndex(DONE)
            self.done.open_order(found.order_id)
        elif found.state is SpecimenState.COLLECTED and self.context.actor.may("lab.enter"):
            self.tabs.setCurrentIndex(BENCH)
            self.bench.receive(found, None)
        else:
            self._open_specimen(found.id)

    def _stop_at(self, unsaved: BenchSheet, found: BenchRow) -> None:
        """Results of one specimen are typed and not saved: another one must not slip in between."""
        mine = unsaved.row
        if found.person.patient_id == mine.person.patient_id:
            said = tr("Save the results of {number} first: Ctrl+Enter.", number=mine.accession)
            self.context.messages.warn(said)
            self._open_specimen(mine.id)
            return
        facts = {"accession": found.accession, "patient": found.person.name, "expected": mine.person.name}
        stop(self, sentence("wrong_specimen", facts), lambda: self._open_specimen(mine.id))

    def _open_specimen(self, specimen_id: Id) -> None:
        self.tabs.setCurrentIndex(BENCH)
        self.bench.open_specimen(specimen_id)

    # --- what follows a save -------------------------------------------------------------------------

    def _on_entered(self, outcome: Outcome[Entered], sheet: BenchSheet) -> None:
        count = sum(each.result_id is not None for each in outcome.value.results)
        said = trn(
            "{n} result of {patient} is entered and waits for release.",
            "{n} results of {patient} are entered and wait for release.",
            count, patient=sheet.row.person.name,
        )  # fmt: skip
        action = MessageAction(tr("To re&lease"), partial(self._to_release, sheet.row.order_id))
        self.context.messages.good(said, action if self.context.actor.may("lab.release") else None)
        self.scan_line.focus_editor()
        critical = [each.result_id for each in outcome.value.results if each.critical]
        if critical:
            self.read(lab_board, partial(self._call_new, frozenset(critical)))

    def _call_new(self, ids: frozenset[Id | None], board: LabBoard) -> None:
        self._show_board(board)
        fresh = [each for each in board.alerts if each.id in ids and each.result.needs_call]
        if fresh:
            self._on_call_alerts(fresh)

    def _to_release(self, order_id: Id) -> None:
        self.open_page(RELEASE)
        self.release_page.choose(order_id)

    def _on_released(self, order_id: Id) -> None:
        """The report is one key away: Alt+4, Ctrl+P."""
        if self.context.actor.may("lab.print"):
            self.done.open_order(order_id)

    def _on_call_alerts(self, alerts: Sequence[AlertRow]) -> None:
        first = alerts[0]
        results = [each.result for each in alerts]
        ask_call(
            self, person_text(first.person), results, first.ordered_by, self.context.clinic.clock(), self.zone,
            partial(self._note_calls, results),
        )  # fmt: skip

    def _note_calls(self, results: Sequence[ResultRow], facts: CallFacts) -> None:
        for result in results:
            command = NoteCriticalCall(
                result_id=result.id, called_person=facts.person, called_at=facts.at, read_back=facts.read_back,
                note=facts.note,
            )  # fmt: skip
            said = tr("Noted: {person} knows of {test} {value}.", person=facts.person, test=result.name,
                      value=result.value)  # fmt: skip
            self.write(note_critical_call, command, partial(self._on_noted, said))

    def _on_noted(self, said: str, _outcome: Outcome[Id]) -> None:
        self.context.messages.good(said)
