"""One prescription on the screen: its lines and, below, what was given of it; or why nobody is open."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from hms_desktop.domain.dispensing import GivenRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.dispensing import Dispensed
from hms_desktop.services.pharmacy.sheet import DispenseSheet
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.ui.pharmacy.dispense_form import DispenseForm
from hms_desktop.ui.pharmacy.given_panel import GivenPanel
from hms_desktop.words.language import tr, trn


class DispensePage(QWidget):
    """The form, or an empty state."""

    finished = Signal()
    """Given, priced or owed: back to the queue."""

    def __init__(self, context: DeskContext, show_money: Callable[[GivenRow], str]) -> None:
        super().__init__()
        self.context = context
        self._tight = False
        self.form = DispenseForm(context)
        self.given = GivenPanel(ZoneInfo(context.clinic.facility.time_zone), show_money)
        self.form.below.addWidget(self.given, 1)
        self.nobody = label(
            tr("No prescription is open. Scan one with F9, or choose a patient in the queue and press Enter."),
            TypeSize.LARGE,
            muted=True,
        )
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nobody.setWordWrap(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nobody)
        self.stack.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.form.saved.connect(self.on_given)

    def set_tight(self, tight: bool) -> None:
        """On a small screen what was given takes the place of the lines, when F7 asks for it."""
        self._tight = tight
        self.form.set_tight(tight)
        self.given.set_tight(tight)
        self._share_room(self._given_has_focus())

    def turn_to_given(self) -> None:
        """F7: to what was given before, and back to the lines."""
        if not self.given.list.rows():
            return
        there = self._given_has_focus()
        self._share_room(not there)
        if there:
            self.form.start()
        else:
            self.given.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _given_has_focus(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.given.isAncestorOf(now)

    def _share_room(self, given: bool) -> None:
        some = bool(self.given.list.rows())
        self.given.setVisible(some and (not self._tight or given))
        self.form.list.setVisible(not self._tight or not some or not given)

    @property
    def sheet(self) -> DispenseSheet | None:
        """The prescription that is open."""
        return self.form.sheet

    def show_sheet(self, sheet: DispenseSheet) -> None:
        """Open a prescription, or show it as it stands now."""
        self.form.show_sheet(sheet)
        self.given.set_rows(sheet.given)
        self._share_room(self._given_has_focus() or not any(draft.open for draft in self.form.drafts))
        self.stack.setCurrentWidget(self.form)

    def close_sheet(self) -> None:
        """Nobody is open."""
        self.form.clear_sheet()
        self.given.set_rows([])
        self._share_room(False)
        self.stack.setCurrentWidget(self.nobody)

    def start_focus(self) -> QWidget:
        """The work of the open prescription; what waits for the hand-over when nothing else can be done."""
        if self.sheet is None:
            return self
        if not any(draft.open for draft in self.form.drafts) and self.given.list.rows():
            return self.given.list
        return self.form.start_focus()

    def scanned(self, medication_id: Id, batch_id: Id | None) -> bool:
        """A box was scanned: go to its line, and take its batch. False when nothing of it is to be given."""
        draft = next(
            (d for d in self.form.drafts if d.open and d.offer and d.offer.medication_id == medication_id), None
        )
        if draft is None:
            return False
        self.form.list.select_key(draft.id)
        if batch_id is not None:
            self.form.take_batch(batch_id)
        self.form.panel.focus_give()
        return True

    def on_given(self, outcome: Outcome[Dispensed]) -> None:
        """Say what happened; print the labels; back to the queue."""
        done, messages = outcome.value, self.context.messages
        amount = self.context.clinic.facility.currency.show(done.amount, code=True)
        if done.state is DispensingState.PRICED:
            messages.good(tr("{number}: {amount}. The patient pays and comes back.", number=done.number, amount=amount))
        else:
            said = tr("Given, {number}: {amount} is on the bill.", number=done.number, amount=amount)
            if done.owed:
                said = f"{said} {trn('{n} unit stays owed.', '{n} units stay owed.', done.owed)}"
            paper = done.label_paper_id
            assert paper is not None
            messages.good(said, MessageAction(tr("Show label&s"), lambda: self.context.open_paper(paper)))
            self.context.print_paper(paper)
        self.finished.emit()
