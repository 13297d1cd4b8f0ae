"""One patient at reception: the visit (open it, or see where it is) beside the details."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from hms_desktop.domain.errors import DeathNeedsClinician
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import PatientDetails, PayerGroupRow
from hms_desktop.domain.visits import DepartmentRow, OpenWork, VisitOutcome, VisitRow, VisitState
from hms_desktop.services.accounts import SignIn, confirm_person
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.patients import PrintCard, print_card
from hms_desktop.services.visits import (
    CancelVisit,
    CloseVisit,
    cancel_visit,
    close_visit,
    open_work,
    ticket_paper,
)
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.dialogs import ask_approval, ask_reason, show
from hms_desktop.ui.kit.layout import card, column
from hms_desktop.ui.reception.close_dialog import CloseDialog
from hms_desktop.ui.reception.details_panel import DetailsPanel
from hms_desktop.ui.reception.two_columns import TwoColumnArea
from hms_desktop.ui.reception.visit_card import VisitCard
from hms_desktop.ui.reception.visit_form import VisitForm
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class PatientPage(QWidget):
    """What reception does for a patient who is found."""

    correct_wanted = Signal(object)
    """`PatientDetails` to correct."""
    allergies_wanted = Signal(object)
    """`PatientDetails` whose allergies are to be changed."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit: VisitRow | None = None
        self.details: PatientDetails | None = None
        self._groups: Sequence[PayerGroupRow] = ()
        self.form = VisitForm(context)
        self.card = VisitCard(context)
        self.panel = DetailsPanel(context)
        self.work = QStackedWidget()
        self.work.addWidget(self.form)
        self.work.addWidget(self.card)
        pair = TwoColumnArea(card(self.work), self.panel, (3, 2))
        self.setLayout(column(pair))
        self.form.setEnabled(context.actor.may("visits.create"))
        self.panel.correct_wanted.connect(lambda: self.correct_wanted.emit(self.details))
        self.panel.allergies_wanted.connect(lambda: self.allergies_wanted.emit(self.details))
        self.panel.card_wanted.connect(self._on_card)
        self.card.ticket_wanted.connect(self._on_ticket)
        self.card.close_wanted.connect(self._on_close)
        self.card.cancel_wanted.connect(self._on_cancel)

    def set_choices(self, departments: Sequence[DepartmentRow], groups: Sequence[PayerGroupRow]) -> None:
        """Offer the clinic's departments and payer groups."""
        self._groups = groups
        self.form.set_choices(departments, groups)
        if self.details is not None:
            self.panel.show_details(self.details, groups)

    def show_patient(self, details: PatientDetails, visits: Sequence[VisitRow]) -> None:
        """Show the patient; a visit being typed stays as it is."""
        self.details = details
        self.panel.show_details(details, self._groups)
        self.panel.show_visits(visits)
        self._visit = next((visit for visit in visits if visit.state is VisitState.OPEN), None)
        if self._visit is None:
            self.form.begin(details)
            self.work.setCurrentWidget(self.form)
        else:
            self.card.show_visit(self._visit)
            self.work.setCurrentWidget(self.card)

    def start_focus(self) -> QWidget:
        """The visit's kind, or the ticket of the open one."""
        return self.card.ticket_button if self._visit is not None else self.form.kind.editor

    # --- papers ----------------------------------------------------------------------------------------

    def _on_card(self) -> None:
        if self.details is None:
            return
        clinic, actor, command = self._context.clinic, self._context.actor, PrintCard(patient_id=self.details.id)
        self._context.background.write(lambda: print_card(clinic, actor, command), self._on_card_kept, owner=self)

    def _on_card_kept(self, outcome: Outcome[Id]) -> None:
        self._context.open_paper(outcome.value)

    def _on_ticket(self) -> None:
        if self._visit is None:
            return
        clinic, actor, visit_id = self._context.clinic, self._context.actor, self._visit.id
        self._context.background.read(lambda: ticket_paper(clinic, actor, visit_id), self._open_ticket, owner=self)

    def _open_ticket(self, paper_id: Id | None) -> None:
        if paper_id is not None:
            self._context.open_paper(paper_id)

    # --- ending a visit -----------------------------------------------------------------------------

    def _on_close(self) -> None:
        visit = self._visit
        if visit is None:
            return
        clinic, actor = self._context.clinic, self._context.actor
        self._context.background.read(
            lambda: open_work(clinic, actor, visit.id), partial(self._ask_outcome, visit), owner=self
        )

    def _ask_outcome(self, visit: VisitRow, work: frozenset[OpenWork]) -> None:
        dialog = CloseDialog(visit.number, work, self)

        def done(agreed: bool) -> None:
            outcome = dialog.outcome.value()
            if agreed and outcome is not None:
                self._close(CloseVisit(visit_id=visit.id, outcome=outcome, reason=dialog.reason.value()))

        show(dialog, done)

    def _close(self, command: CloseVisit) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.background.write(
            lambda: close_visit(clinic, actor, command), lambda _done: self._say_closed(command.outcome),
            partial(self._on_close_refused, command), owner=self,
        )  # fmt: skip

    def _on_close_refused(self, command: CloseVisit, error: Exception) -> None:
        if isinstance(error, DeathNeedsClinician):
            text = sentence(error.code, error.facts)
            ask_approval(self, "reception.death", tr("A nurse or doctor signs"), text, partial(self._stated, command))
        else:
            self._context.background.fail(error)

    def _stated(self, command: CloseVisit, username: str, password: str) -> None:
        clinic, actor = self._context.clinic, self._context.actor

        def save() -> Outcome[VisitState]:
            person = confirm_person(clinic, SignIn(username=username, password=password))
            return close_visit(clinic, actor, replace(command, approved_by=person.user_id))

        self._context.background.write(
            save, lambda _done: self._say_closed(command.outcome), self._context.background.fail, owner=self
        )

    def _say_closed(self, outcome: VisitOutcome) -> None:
        self._context.messages.good(tr("Visit closed: {outcome}.", outcome=say(outcome)))

    def _on_cancel(self) -> None:
        visit = self._visit
        if visit is None:
            return
        ask_reason(
            self, "reception.cancel_dialog", tr("Cancel visit {number}", number=visit.number),
            tr("For a visit that was opened by mistake. What was done at it already can't be cancelled."),
            tr("Cancel the &visit"),
            lambda reason: self._cancel(CancelVisit(visit_id=visit.id, reason=reason)),
        )  # fmt: skip

    def _cancel(self, command: CancelVisit) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.background.write(
            lambda: cancel_visit(clinic, actor, command),
            lambda _done: self._context.messages.good(tr("Visit cancelled.")),
            owner=self,
        )
