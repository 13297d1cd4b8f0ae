"""The form of a new or known patient, with known people who look alike beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from hms_desktop.domain.patients import PatientDetails, PayerGroupRow
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.layout import card, column
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.reception.alike_panel import AlikePanel
from hms_desktop.ui.reception.patient_form import CorrectPatientForm, NewPatientForm, PatientForm
from hms_desktop.ui.reception.two_columns import TwoColumnArea
from hms_desktop.words.language import tr


class FormPage(QWidget):
    """One of two forms, and the people who look alike."""

    left = Signal()
    """Back, without saving."""
    known_wanted = Signal(object)
    """The id of the known patient who was meant."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label("", TypeSize.TITLE, bold=True)
        self.new_form = NewPatientForm(context)
        self.correct_form = CorrectPatientForm(context)
        self.alike = AlikePanel(context)
        self.forms = QStackedWidget()
        for form in (self.new_form, self.correct_form):
            self.forms.addWidget(card(form))
            form.cancelled.connect(self.left)
            form.candidate_changed.connect(self.alike.look)
        left = QWidget()
        left.setLayout(column(self.heading, self.forms, space=GRID))
        self.alike.setMinimumWidth(px(340))
        pair = TwoColumnArea(left, self.alike, (4, 3), second_above=True)
        pair.narrowed.connect(self.alike.set_low)
        self.setLayout(column(pair))
        self.new_form.duplicates_found.connect(self.alike.insist)
        self.alike.chosen.connect(self._on_known)
        bind(Key.NEXT_AREA, self, self._on_next_area, inside=True)
        bind(Key.BACK, self.alike, self._on_next_area, inside=True)
        bind(Key.SAVE, self.alike, self._save, inside=True)

    @property
    def form(self) -> PatientForm:
        """The form that is shown."""
        return self.new_form if self.forms.currentIndex() == 0 else self.correct_form

    def set_payer_groups(self, groups: Sequence[PayerGroupRow]) -> None:
        """Offer the clinic's payer groups."""
        for form in (self.new_form, self.correct_form):
            form.set_payer_groups(groups)

    def start_new(self, name: str) -> None:
        """A blank form."""
        self.heading.setText(tr("New patient"))
        self.forms.setCurrentIndex(0)
        self.alike.clear()
        if not self.new_form.dirty:
            self.new_form.begin(name)
        self.alike.look(self.new_form.candidate())

    def start_correcting(self, details: PatientDetails) -> None:
        """What is known of somebody."""
        self.heading.setText(tr("Correct details of {number}", number=details.mrn))
        self.forms.setCurrentIndex(1)
        self.alike.clear()
        self.correct_form.show_details(details)

    def start_focus(self) -> QWidget:
        """The first field."""
        return self.form.given.editor

    def _save(self) -> None:
        self.form.save()

    def _on_known(self, patient_id: object) -> None:
        if self.form is self.new_form:
            self.new_form.abandon()
        self.known_wanted.emit(patient_id)

    def _on_next_area(self) -> None:
        if self.alike.list.hasFocus() or not self.alike.list.rows():
            self.form.start()
        else:
            self.alike.insist()
