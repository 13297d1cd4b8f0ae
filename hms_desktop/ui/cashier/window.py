"""The cashier's desk: who owes on the left, the bill in the middle, the money on the right, the drawer on top."""

from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.bill_rows import Account
from hms_desktop.domain.billing import ClinicProfile, SessionState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import PatientBanner
from hms_desktop.services.bills import patient_account
from hms_desktop.services.cash_sessions import Drawer, own_session
from hms_desktop.services.catalogue import reasons
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.patients import patient_banner
from hms_desktop.services.payments import PaymentTaken
from hms_desktop.ui.cashier import desk_keys
from hms_desktop.ui.cashier.account_deeds import AccountDeeds
from hms_desktop.ui.cashier.account_panel import AccountPanel
from hms_desktop.ui.cashier.chosen_lines import ChosenLines
from hms_desktop.ui.cashier.debtors_panel import DebtorsPanel
from hms_desktop.ui.cashier.drawer_deeds import DrawerDeeds
from hms_desktop.ui.cashier.open_form import OpenForm
from hms_desktop.ui.cashier.pay_form import PayForm
from hms_desktop.ui.cashier.session_bar import SessionBar
from hms_desktop.ui.cashier.stop_panel import StopPanel
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.layout import card
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.theme import GRID, px
from hms_desktop.words.language import tr

NARROW = 1180
"""Below this width (at normal text size) the list makes room for the bill while a patient is open."""


class CashierDesk(Desk):
    """Enter walks through: patient, amount, method, payment."""

    NAME: ClassVar[str] = "cashier"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.BILLS, topics.CASH_SESSION, topics.SETTINGS})

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        facility = context.clinic.facility
        self._patient: Id | None = None
        self._left_out: frozenset[Id] = frozenset()
        self._fresh = False
        self.operators: tuple[str, ...] = ()
        self.bar = SessionBar(facility)
        self.debtors = DebtorsPanel(context)
        self.account = AccountPanel(facility.currency)
        self.pay = PayForm(context)
        self.open = OpenForm(context)
        self.stop = StopPanel()
        self.deeds = AccountDeeds(self, self.account)
        self.drawer = DrawerDeeds(self)
        self.money = QStackedWidget()
        for page in (self.pay, self.open, self.stop):
            self.money.addWidget(page)
        self._lay_out()
        self._connect()
        self._fit()

    def _lay_out(self) -> None:
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.side = card(self.money, margins=12)
        for part, least, stretch in ((self.debtors, 220, 2), (self.account, 292, 4), (self.side, 360, 0)):
            self.split.addWidget(part)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
            part.setMinimumWidth(px(least))
        self.split.setSizes([px(300), px(560), px(360)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        inside = QVBoxLayout()
        inside.setContentsMargins(px(12), px(GRID), px(12), px(GRID))
        inside.addWidget(self.split)
        outer.addLayout(inside, 1)

    def _connect(self) -> None:
        self.debtors.patient_wanted.connect(self.open_patient)
        self.account.lines_chosen.connect(self._on_lines_chosen)
        self.account.waiver_wanted.connect(self.deeds.lower)
        self.pay.saved.connect(self._on_paid)
        self.pay.cancelled.connect(self.show_list)
        self.pay.just_today.changed.connect(self._on_just_today)
        self.open.saved.connect(lambda _outcome: self.start_focus().setFocus())
        self.bar.cash_wanted.connect(self.drawer.move_cash)
        self.bar.report_wanted.connect(self.drawer.x_report)
        self.bar.count_wanted.connect(self.drawer.count)
        self.bar.sessions_wanted.connect(self.drawer.sessions)
        self.stop.count_wanted.connect(self.drawer.count)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.follow(app.focusChanged, self._on_focus_moved)
        for part in (self.bar, self.debtors, self.account, self.stop):  # the forms have an Esc of their own
            bind(Key.BACK, part, self.show_list, inside=True)
        self.open.cancelled.connect(self.show_list)
        bind(Key.NEXT_AREA, self, self._next_area, inside=True)
        bind(Key.PRINT, self, self.deeds.print_bill, inside=True)

    # --- what every desk answers --------------------------------------------------------------------

    def title(self) -> str:
        return tr("Cashier")

    def shortcuts(self) -> list[Shortcut]:
        return desk_keys.shortcuts()

    def start_focus(self) -> QWidget:
        if self.money.currentWidget() is self.open:
            return self.open.float_amount.editor
        if self.money.currentWidget() is self.stop and self.stop.button.isVisible():
            return self.stop.button
        return self.pay.gives.editor if self._patient is not None else self.debtors.start_focus()

    def reload(self) -> None:
        self.read(reasons, self._on_waiver_words, "waiver")
        self.debtors.look_again()
        if self.context.actor.may("billing.session"):
            self.read(own_session, self._on_drawer)
        else:
            self._show_supervisor()
        if self._patient is not None:
            self._load(self._patient)

    def open_patient(self, patient_id: Id) -> None:
        """Open a patient's bills; the focus goes to the amount."""
        self._fresh = True
        if patient_id != self._patient:
            self._left_out = frozenset()
        self._patient = patient_id
        self.debtors.show_patient(patient_id)
        self._load(patient_id)
        self._fit()

    def show_list(self) -> None:
        """Back to the patients, nobody open."""
        self._patient = None
        self.patient_shown.emit(None)
        self.account.show_account(None)
        self.pay.show_chosen(None, None)
        self._fit()
        self.debtors.clear()
        self.start_focus().setFocus()

    # --- a patient -----------------------------------------------------------------------------------

    def _load(self, patient_id: Id) -> None:
        self.read(patient_account, self._on_account, patient_id)
        if self.context.actor.may("patients.view"):
            self.read(patient_banner, self._on_banner, patient_id)

    def _on_banner(self, banner: PatientBanner) -> None:
        if banner.id == self._patient:
            self.patient_shown.emit(banner)

    def _on_account(self, account: Account) -> None:
        if account.patient_id != self._patient:
            return
        chosen = ChosenLines(account, self.context.today(), self._left_out)
        pay_first = self.context.clinic.facility.profile is ClinicProfile.PAY_FIRST
        if self._fresh and pay_first and chosen.has_both:
            chosen.leave_earlier(leave=True)
        self._left_out = chosen.left_out
        self.account.show_account(chosen)
        self.pay.show_chosen(self._patient, chosen)
        if self._fresh:
            self._fresh = False
            if self.money.currentWidget() is self.pay and chosen.due:
                self.pay.start()
            else:
                self.account.payments.setFocus()

    def _on_lines_chosen(self) -> None:
        if self.account.chosen is not None:
            self._left_out = self.account.chosen.left_out
            self.pay.show_chosen(self._patient, self.account.chosen)

    def _on_just_today(self) -> None:
        chosen = self.account.chosen
        if chosen is not None:
            self._left_out = chosen.left_out
            self.account.show_account(chosen)

    def _on_paid(self, outcome: Outcome[PaymentTaken]) -> None:
        taken = outcome.value
        show = self.context.clinic.facility.currency.show
        text = tr("Receipt {number}. Change {amount}.", number=taken.number, amount=show(taken.change, code=True))
        self.context.messages.good(
            text, MessageAction(tr("&Look at it"), lambda: self.context.open_paper(taken.paper_id))
        )
        if taken.print_receipt:
            self.context.print_paper(taken.paper_id)
        self._left_out = frozenset()
        if taken.pending:
            self.account.choose_pending()
            self.account.payments.setFocus()
        else:
            self.show_list()

    def _on_waiver_words(self, found: list[tuple[str, str]]) -> None:
        self.account.waiver_words = dict(found)

    # --- the drawer --------------------------------------------------------------------------------

    def _on_drawer(self, drawer: Drawer) -> None:
        self.drawer.show(drawer)
        session = drawer.session
        self.operators = drawer.operators
        self.pay.set_operators(drawer.operators)
        self.bar.show_session(session)
        before = self.money.currentWidget()
        if session is None:
            self.money.setCurrentWidget(self.open)
        elif session.stale:
            self.stop.say(tr("Your drawer of another day is still open. Count and close it, then open today's."))
            self.money.setCurrentWidget(self.stop)
        elif session.state is not SessionState.OPEN:
            self.stop.say(tr("Your drawer is counted and takes no more money. Close it."))
            self.money.setCurrentWidget(self.stop)
        else:
            self.money.setCurrentWidget(self.pay)
        if self.money.currentWidget() is not before and self.isVisible():
            self.start_focus().setFocus()

    def _show_supervisor(self) -> None:
        self.bar.hide_own()
        self.stop.say(tr("You look at bills and may agree to waivers. Money is taken by a cashier."), count=False)
        self.money.setCurrentWidget(self.stop)

    # --- the window ----------------------------------------------------------------------------------

    def _next_area(self) -> None:
        money = self.money.currentWidget()
        last = self.pay.gives.editor if money is self.pay else self.start_focus()
        areas = [self.debtors.start_focus(), self.account.lines, self.account.payments, last]
        parts: list[QWidget] = [self.debtors, self.account.lines, self.account.payments, self.money]
        at = next((i for i, part in enumerate(parts) if part.hasFocus() or part.isAncestorOf(self.focusWidget())), -1)
        areas[(at + 1) % len(areas)].setFocus()

    def _on_focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep what has the focus in sight where the window is low."""
        for area in (self.pay.area, self.account.area):
            if now is not None and area.isAncestorOf(now):
                area.ensureWidgetVisible(now, 0, px(GRID))

    def _fit(self) -> None:
        narrow = self.width() < px(NARROW)
        self.debtors.setVisible(not narrow or self._patient is None)
        self.account.setVisible(not narrow or self._patient is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list makes room in a narrow window."""
        super().resizeEvent(event)
        self._fit()
