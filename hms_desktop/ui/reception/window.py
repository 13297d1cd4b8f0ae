"""The reception desk: find, register, open the visit. Three pages; Esc leads back to the search."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import PatientBanner, PatientDetails, PayerGroupRow
from hms_desktop.domain.visits import DepartmentRow, VisitRow
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.patients import PatientRegistered, patient_banner, patient_details, payer_groups
from hms_desktop.services.visits import (
    UnknownRegistered,
    VisitOpened,
    departments,
    register_unknown,
    visits_left_open,
    visits_of_patient,
    visits_of_today,
)
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.dialogs import show
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.theme import px
from hms_desktop.ui.reception import desk_keys
from hms_desktop.ui.reception.allergies_dialog import AllergiesDialog
from hms_desktop.ui.reception.find_page import FindPage
from hms_desktop.ui.reception.form_page import FormPage
from hms_desktop.ui.reception.patient_page import PatientPage
from hms_desktop.ui.reception.unknown_dialog import UnknownDialog
from hms_desktop.words.language import tr, trn


class ReceptionDesk(Desk):
    """Search first."""

    NAME: ClassVar[str] = "reception"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.PATIENTS, topics.BOARD, topics.SETTINGS, topics.CATALOGUE})

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._patient: Id | None = None
        self._departments: Sequence[DepartmentRow] = ()
        self._told_of_left_open = False
        self.find_page = FindPage(context)
        self.patient_page = PatientPage(context)
        self.form_page = FormPage(context)
        self.pages = QStackedWidget()
        for page in (self.find_page, self.patient_page, self.form_page):
            self.pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self._connect()

    def _connect(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.follow(app.focusChanged, self._on_focus_moved)
        self.find_page.patient_wanted.connect(self.open_patient)
        self.find_page.new_wanted.connect(self._on_new)
        self.find_page.unknown_wanted.connect(self._on_unknown)
        self.patient_page.form.saved.connect(self._on_opened)
        self.patient_page.form.cancelled.connect(self.show_search)
        self.patient_page.correct_wanted.connect(self._on_correct)
        self.patient_page.allergies_wanted.connect(self._on_allergies)
        self.form_page.left.connect(self._on_form_left)
        self.form_page.known_wanted.connect(self.open_patient)
        self.form_page.new_form.saved.connect(self._on_registered)
        self.form_page.correct_form.saved.connect(self._on_corrected)
        for part in (self.patient_page.card, self.patient_page.panel):
            bind(Key.BACK, part, self.show_search, inside=True)
        bind(Key.BACK, self.find_page, self.find_page.clear, inside=True)
        if self.context.actor.may("patients.create"):
            bind(desk_keys.NEW_PATIENT, self, self.find_page.start_new, inside=True)
            bind(desk_keys.UNKNOWN_PERSON, self, self._on_unknown, inside=True)

    # --- what every desk answers --------------------------------------------------------------------

    def title(self) -> str:
        return tr("Reception")

    def shortcuts(self) -> list[Shortcut]:
        return desk_keys.shortcuts()

    def start_focus(self) -> QWidget:
        page = self.pages.currentWidget()
        if page is self.patient_page:
            return self.patient_page.start_focus()
        return self.form_page.start_focus() if page is self.form_page else self.find_page.line.editor

    def reload(self) -> None:
        self.read(departments, self._on_departments)
        self.read(payer_groups, self._on_payer_groups)
        self.read(visits_left_open, self._on_left_open)
        self.find_page.look_again()
        if self._patient is not None:
            self._load(self._patient)

    def open_patient(self, patient_id: Id) -> None:
        """Show a patient; the focus goes where the visit begins."""
        self._patient = patient_id
        self.find_page.clear()
        self._load(patient_id, enter=True)

    def _on_focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Enter leads from field to field: keep the one that has the focus in sight."""
        page = self.pages.currentWidget()
        area = page.findChild(QScrollArea) if page is not None else None
        if now is not None and area is not None and area.isAncestorOf(now):
            area.ensureWidgetVisible(now, 0, px(40))

    # --- lists -------------------------------------------------------------------------------------

    def _on_departments(self, found: list[DepartmentRow]) -> None:
        self._departments = found

    def _on_payer_groups(self, groups: list[PayerGroupRow]) -> None:
        self.patient_page.set_choices(self._departments, groups)
        self.form_page.set_payer_groups(groups)

    def _on_left_open(self, left_open: list[VisitRow]) -> None:
        if left_open and not self._told_of_left_open:
            count = len(left_open)
            self.context.messages.warn(
                trn(
                    "{n} visit of an earlier day is still open. It stands on top of the list: close it.",
                    "{n} visits of earlier days are still open. They stand on top of the list: close them.",
                    count,
                )
            )
        self._told_of_left_open = True
        self.read(visits_of_today, lambda today: self.find_page.show_day(left_open, today))

    # --- one patient --------------------------------------------------------------------------------

    def _load(self, patient_id: Id, *, enter: bool = False) -> None:
        def with_visits(details: PatientDetails) -> None:
            self.read(visits_of_patient, lambda visits: self._show(details, visits, enter=enter), patient_id)

        self.read(patient_details, with_visits, patient_id)
        self.read(patient_banner, self._on_banner, patient_id)

    def _on_banner(self, banner: PatientBanner) -> None:
        if banner.id == self._patient:
            self.patient_shown.emit(banner)

    def _show(self, details: PatientDetails, visits: list[VisitRow], *, enter: bool) -> None:
        if details.id != self._patient:
            return
        before = self.patient_page.start_focus()
        had_focus = self.patient_page.isVisible() and before.hasFocus()
        self.patient_page.show_patient(details, visits)
        if enter:
            self.pages.setCurrentWidget(self.patient_page)
        if enter or had_focus:
            self.patient_page.start_focus().setFocus()

    def show_search(self) -> None:
        """Back to the search, nobody open."""
        self._patient = None
        self.patient_shown.emit(None)
        self.find_page.clear()
        self.pages.setCurrentWidget(self.find_page)
        self.find_page.line.focus_editor()

    # --- forms -------------------------------------------------------------------------------------

    def _on_new(self, name: str) -> None:
        self._patient = None
        self.patient_shown.emit(None)
        self.form_page.start_new(name)
        self._enter_form()

    def _on_correct(self, details: PatientDetails) -> None:
        self.form_page.start_correcting(details)
        self._enter_form()

    def _enter_form(self) -> None:
        self.pages.setCurrentWidget(self.form_page)
        self.form_page.start_focus().setFocus()

    def _on_form_left(self) -> None:
        if self._patient is None:
            self.show_search()
        else:
            self.pages.setCurrentWidget(self.patient_page)
            self.patient_page.start_focus().setFocus()

    def _on_registered(self, outcome: Outcome[PatientRegistered]) -> None:
        made = outcome.value
        self.context.messages.good(
            tr("Registered as {number}.", number=made.mrn),
            MessageAction(tr("Sho&w card"), lambda: self.context.open_paper(made.card_paper_id)),
        )
        if made.print_card:
            self.context.print_paper(made.card_paper_id)
        self.form_page.new_form.begin("")
        self.open_patient(made.patient_id)

    def _on_corrected(self, outcome: Outcome[Id]) -> None:
        self.context.messages.good(tr("Details saved."))
        self.open_patient(outcome.value)

    def _on_allergies(self, details: PatientDetails) -> None:
        show(AllergiesDialog(self.context, details, self))

    # --- visits ------------------------------------------------------------------------------------

    def _on_opened(self, outcome: Outcome[VisitOpened]) -> None:
        self._say_opened(outcome.value)
        self.show_search()

    def _say_opened(self, visit: VisitOpened) -> None:
        self.context.messages.good(
            tr("Visit {number} is open. Ticket {ticket}.", number=visit.number, ticket=visit.ticket),
            MessageAction(tr("Sho&w ticket"), lambda: self.context.open_paper(visit.ticket_paper_id)),
        )
        if visit.print_ticket:
            self.context.print_paper(visit.ticket_paper_id)

    def _on_unknown(self) -> None:
        dialog = UnknownDialog(self)

        def done(agreed: bool) -> None:
            if agreed:
                self.write(register_unknown, dialog.command(), self._on_unknown_registered)

        show(dialog, done)

    def _on_unknown_registered(self, outcome: Outcome[UnknownRegistered]) -> None:
        self._say_opened(outcome.value.visit)
        self.show_search()
