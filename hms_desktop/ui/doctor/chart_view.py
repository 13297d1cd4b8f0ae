"""One screen for one patient: the head, four parts of the work, and the summary beside them."""

from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from hms_desktop.domain.chart import SeenPatient
from hms_desktop.ui.doctor.chart_head import ChartHeadBar
from hms_desktop.ui.doctor.diagnosis_panel import DiagnosisPanel
from hms_desktop.ui.doctor.history_panel import HistoryPanel
from hms_desktop.ui.doctor.lab_panel import LabPanel
from hms_desktop.ui.doctor.note_panel import NotePanel
from hms_desktop.ui.doctor.prescription_panel import PrescriptionPanel
from hms_desktop.ui.doctor.summary_panel import SummaryPanel
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.layout import line, row, scrolled
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.language import N_, tr

CONSULTATION, LAB, PRESCRIPTION, HISTORY = range(4)
TITLES = (N_("&1 Consultation"), N_("&2 Lab"), N_("&3 Prescription"), N_("&4 History"))
SUMMARY_WIDTH = 236
ROOM_FOR_BOTH = 1000
"""From this width of the chart the summary stays beside every part; below only beside the consultation."""


class ChartPart(Protocol):
    """What every part of the chart can do."""

    def show_patient(self, seen: SeenPatient) -> None:
        """Show this patient."""

    def start_focus(self) -> QWidget:
        """Where the work of the part starts."""


class ConsultationPanel(QWidget):
    """The note, and the diagnoses below it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.note = NotePanel(desk)
        self.diagnoses = DiagnosisPanel(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.note)
        layout.addWidget(line())
        layout.addWidget(self.diagnoses, 1)
        bind(Key.SAVE, self.diagnoses, self.note.form.save, inside=True)

    def show_patient(self, seen: SeenPatient) -> None:
        """The own note and the diagnoses of the open visit."""
        self.note.show_patient(seen)
        rows = [each for each in seen.chart.diagnoses if each.visit_id == seen.visit_id]
        self.diagnoses.show_diagnoses(seen.visit_id, rows, writable=seen.mine)

    def start_focus(self) -> QWidget:
        """The note."""
        return self.note.start_focus()


class ChartView(QWidget):
    """The patient in front of the doctor."""

    left = Signal()
    """Esc: back to the queue; nothing is lost."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.seen: SeenPatient | None = None
        self.head = ChartHeadBar()
        self.consultation = ConsultationPanel(desk)
        self.lab = LabPanel(desk)
        self.prescription = PrescriptionPanel(desk)
        self.history = HistoryPanel(desk)
        self._parts: tuple[ChartPart, ...] = (self.consultation, self.lab, self.prescription, self.history)
        self.summary = SummaryPanel(ZoneInfo(desk.context.clinic.facility.time_zone))
        self.tabs = QTabWidget()
        self.tabs.setObjectName("doctor.parts")
        self.tabs.setAccessibleName(tr("Parts of the chart"))
        self.tabs.tabBar().setObjectName("doctor.part_bar")
        self.tabs.tabBar().setAccessibleName(tr("Parts of the chart"))
        for title, part in zip(TITLES, (self.consultation, self.lab, self.prescription, self.history), strict=True):
            self.tabs.addTab(_page(part), tr(title))
        self._beside = scrolled(self.summary)
        self._beside.setObjectName("doctor.summary")
        self._beside.setFixedWidth(px(SUMMARY_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self.head)
        work = row(self.tabs, self._beside)
        work.setStretch(0, 1)
        layout.addLayout(work, 1)
        self.consultation.note.form.cancelled.connect(self.left)
        for each in (self.head, self.consultation.diagnoses, self.lab, self.prescription, self.history):
            bind(Key.BACK, each, self.left.emit, inside=True)
        self.tabs.currentChanged.connect(self._on_part_changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            desk.follow(app.focusChanged, self._on_focus_moved)

    # --- showing -----------------------------------------------------------------------------------

    def show_patient(self, seen: SeenPatient) -> None:
        """Show a patient, or the same one as things stand now."""
        self.seen = seen
        context = self._desk.context
        self.head.show_patient(seen, context.clinic.clock())
        self.summary.show_patient(seen, context.today())
        for part in self._parts:
            part.show_patient(seen)

    def open_part(self, number: int) -> None:
        """Go to a part, with the focus where its work starts."""
        if self.tabs.currentIndex() == number:
            self._focus_part()
        else:
            self.tabs.setCurrentIndex(number)

    def start_focus(self) -> QWidget:
        """Where the work of the shown part starts."""
        return self._parts[self.tabs.currentIndex()].start_focus()

    @property
    def writes_only_notes(self) -> bool:
        """Whether nothing but perhaps the note still waits to be saved."""
        return not self.lab.unsaved and not self.prescription.unsaved

    # --- inside ------------------------------------------------------------------------------------

    def _on_part_changed(self, _number: int) -> None:
        self._share_room()
        self._focus_part()

    def _focus_part(self) -> None:
        if self.isVisible():
            self.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _share_room(self) -> None:
        roomy = self.width() >= px(ROOM_FOR_BOTH)
        self._beside.setVisible(roomy or self.tabs.currentIndex() == CONSULTATION)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Decide who has room."""
        super().resizeEvent(event)
        self._share_room()

    def _on_focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Whatever has the focus is in sight."""
        page = self.tabs.currentWidget()
        if now is not None and isinstance(page, QScrollArea) and page.isAncestorOf(now):
            page.ensureWidgetVisible(now, 0, px(40))


def _page(part: QWidget) -> QScrollArea:
    inside = QWidget()
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(px(12), px(10), px(12), px(10))
    layout.addWidget(part)
    return scrolled(inside)
