"""The middle of the window: the lines of a patient's bills, what they add up to, and the payments that came."""

from decimal import Decimal

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from hms_desktop.domain.bill_rows import Account, BillLine, BillRow, PaymentRow
from hms_desktop.domain.billing import PaymentState
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.money import Currency
from hms_desktop.ui.cashier.chosen_lines import ChosenLines
from hms_desktop.ui.cashier.figures_bar import Figure, FiguresBar
from hms_desktop.ui.cashier.money_badges import bill_badge, line_badge, payment_badge
from hms_desktop.ui.cashier.unpriced_bar import UnpricedBar
from hms_desktop.ui.kit.badges import BadgeLabel
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.layout import column, row, scrolled
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.words.facts import months
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class AccountPanel(QWidget):
    """Shows; the window does. Space leaves a line out of what is paid now."""

    lines_chosen = Signal()
    """What is to be paid is another amount."""
    shown = Signal()
    """Another account, or the same one anew, is shown."""
    waiver_wanted = Signal(object)
    """A bill whose suggested waiver the cashier wants."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency
        self.chosen: ChosenLines | None = None
        self.waiver_words: dict[str, str] = {}
        self.title = label("", TypeSize.LARGE, bold=True)
        self.badge = BadgeLabel("cashier.bill_state", None)
        self.note = label("", muted=True)
        self.note.setWordWrap(True)
        self.lines = self._lines_view()
        self.payments = self._payments_view()
        self.figures = FiguresBar(currency)
        for view in (self.lines, self.payments):  # they take what the window has left, and scroll by themselves
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.bill_buttons = row()
        self.payment_buttons = row()
        self.hint, self._hint_text = self._suggestion()
        self.unpriced = UnpricedBar()
        self._lay_out()
        self.lines.activated_row.connect(self._toggle)
        bind("Space", self.lines, self._toggle_current, inside=True)

    def _lay_out(self) -> None:
        head = row(self.title, self.badge)
        head.addStretch(1)
        inside = QWidget()
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(GRID))
        outer.addLayout(head)
        outer.addWidget(self.note)
        outer.addWidget(self.hint)
        outer.addWidget(self.unpriced)
        outer.addWidget(self.lines, 3)
        outer.addWidget(self.figures)
        outer.addLayout(self.bill_buttons)
        outer.addWidget(self.payments, 2)
        outer.addLayout(self.payment_buttons)
        self.area = scrolled(inside)
        self.setLayout(column(self.area))

    def _lines_view(self) -> RowsView[BillLine]:
        show = self._currency.show
        view = RowsView[BillLine](
            "cashier.lines",
            tr("What was done and given"),
            [
                Column(tr("Pay"), self._mark, width=36),
                Column(tr("Item"), self._item, stretch=True, tip=self._where),
                Column(tr("Qty"), lambda line: str(line.quantity), width=42, right=True),
                Column(tr("Amount"), lambda line: show(line.amount) if line.priced else "–", width=96, right=True),
                Column("", _no_text, width=92, badge=line_badge),
            ],
            key=lambda line: line.charge_id,
            empty=tr("Open a patient on the left, or press Ctrl+K. The bill is there already."),
        )
        view.setMinimumHeight(px(120))
        return view

    def _payments_view(self) -> RowsView[PaymentRow]:
        show = self._currency.show
        view = RowsView[PaymentRow](
            "cashier.payments",
            tr("Payments"),
            [
                Column(tr("Paid on"), self._when, width=112),
                Column(tr("By"), _how, stretch=True, tip=lambda paid: f"{paid.receipt} · {paid.bill_number}"),
                Column(tr("Amount"), lambda paid: show(paid.amount), width=96, right=True),
                Column("", _no_text, width=112, badge=lambda paid: payment_badge(paid.state)),
            ],
            key=lambda paid: (paid.payment_id, paid.bill_id),
            empty=tr("Nothing was paid yet."),
        )
        view.setMinimumHeight(px(76))
        return view

    def _suggestion(self) -> tuple[QFrame, QLabel]:
        frame = QFrame()
        frame.setProperty("level", "info")
        words = label("")
        words.setWordWrap(True)
        button = plain("cashier.suggested_waiver", tr("Wai&ve this bill…"), self._on_waiver)
        line = row(words, button, margins=GRID)
        line.setStretch(0, 1)
        frame.setLayout(line)
        frame.hide()
        return frame, words

    # --- showing -----------------------------------------------------------------------------------

    def show_account(self, chosen: ChosenLines | None) -> None:
        """Show a patient's bills; None: nobody's."""
        self.chosen = chosen
        account = chosen.account if chosen else None
        self.lines.set_rows(account.lines if account else ())
        self._show_payments(tuple(reversed(account.payments)) if account else ())
        if account is not None and not account.lines:
            self.lines.set_empty(tr("This patient owes nothing, and nothing was charged lately."))
        self._show_head(account)
        self._show_suggestion(account)
        self.figures.show_figures(self._figures(account) if account else ())
        self.shown.emit()

    def _show_payments(self, payments: tuple[PaymentRow, ...]) -> None:
        """Newest first; what is pending is chosen, for it waits for an answer."""
        self.payments.set_rows(payments)
        if payments and self.payments.current() is None:
            pending = (each for each in payments if each.state is PaymentState.PENDING)
            first = next(pending, payments[0])
            self.payments.select_key((first.payment_id, first.bill_id))

    def choose_pending(self) -> None:
        """Let the next showing choose what waits for an answer, whatever is chosen now."""
        self.payments.setCurrentIndex(QModelIndex())

    def _show_head(self, account: Account | None) -> None:
        bills = account.bills if account else ()
        last = bills[-1] if bills else None
        if account is None:
            self.title.setText(tr("No patient is open"))
        elif len(bills) > 1:
            self.title.setText(tr("{n} bills", n=len(bills)))
        else:
            self.title.setText(tr("Bill {number}", number=last.number) if last else tr("No bill"))
        self.badge.set_badge(bill_badge(_most_urgent(bills)) if bills else None)
        said = []
        if last is not None:
            said.append(tr("visit {number}", number=last.visit_number))
            if last.payer:
                said.append(last.payer)
        if account is not None:
            said += [f"{each.reason} – {say(each.kind)}" for each in account.reductions if each.reason]
        self.note.setText(" · ".join(said))
        self.note.setVisible(bool(said))

    def _show_suggestion(self, account: Account | None) -> None:
        bill = self.suggested()
        self.hint.setVisible(account is not None and bill is not None)
        if bill is None:
            return
        why = self.waiver_words.get(bill.suggested_waiver, bill.suggested_waiver)
        self._hint_text.setText(tr("{reason}: waived for “{payer}”.", reason=why, payer=bill.payer))

    def suggested(self) -> BillRow | None:
        """The first bill for which the payer group's rule suggests a waiver."""
        bills = self.chosen.account.bills if self.chosen else ()
        return next((bill for bill in bills if bill.suggested_waiver), None)

    def _figures(self, account: Account) -> tuple[Figure, ...]:
        def total(name: str) -> Decimal:
            return sum((getattr(bill, name) for bill in account.bills), Decimal(0))

        found = (
            Figure(tr("Charged"), total("charged"), always=True),
            Figure(tr("Reduced"), -total("reduced")),
            Figure(tr("Rounding"), -total("rounded")),
            Figure(tr("Paid"), total("kept"), always=True),
            Figure(tr("Pending"), total("pending"), tone="warn"),
            Figure(tr("Credit"), total("credit"), tone="good"),
            Figure(tr("Owed"), total("owed"), always=True, bold=True),
        )
        return tuple(figure for figure in found if figure.always or figure.amount)

    # --- cells -------------------------------------------------------------------------------------

    def _mark(self, line: BillLine) -> str:
        if self.chosen is None or not self.chosen.can_choose(line):
            return ""
        return "☑" if self.chosen.has(line) else "☐"

    def _item(self, line: BillLine) -> str:
        several = self.chosen is not None and len(self.chosen.account.bills) > 1
        return f"{show_date(line.day, months())[:6]}  {line.text}" if several else line.text

    def _where(self, line: BillLine) -> str:
        price = self._currency.show(line.unit_price)
        return f"{line.text} · {line.quantity} × {price} · {line.bill_number} · {show_date(line.day, months())}"

    def _when(self, paid: PaymentRow) -> str:
        return f"{show_date(paid.at.date(), months())[:6]} {paid.at:%H:%M}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow: what was done and its amount come before quantity and state."""
        super().resizeEvent(event)
        width = self.width()
        self.lines.setColumnHidden(2, width < px(460))
        self.lines.setColumnHidden(4, width < px(380))

    # --- choosing ----------------------------------------------------------------------------------

    def _toggle_current(self) -> None:
        line = self.lines.current()
        if line is not None:
            self._toggle(line)

    def _toggle(self, line: BillLine) -> None:
        if self.chosen is None or not self.chosen.can_choose(line):
            return
        self.chosen.toggle(line)
        self.lines.set_rows(self.chosen.account.lines)
        self.lines_chosen.emit()

    def _on_waiver(self) -> None:
        bill = self.suggested()
        if bill is not None:
            self.waiver_wanted.emit(bill)

    def current_bill(self) -> BillRow | None:
        """The bill of the chosen line, else the last one that is owed, else the last."""
        if self.chosen is None or not self.chosen.account.bills:
            return None
        bills = {bill.id: bill for bill in self.chosen.account.bills}
        line = self.lines.current()
        if line is not None and line.bill_id in bills:
            return bills[line.bill_id]
        return next((bill for bill in reversed(bills.values()) if bill.owed), self.chosen.account.bills[-1])

    def current_payment(self) -> PaymentRow | None:
        """The chosen payment."""
        return self.payments.current()


def _most_urgent(bills: tuple[BillRow, ...]) -> BillRow:
    """The bill whose state stands for all: overdue, then owed, then the newest."""
    return max(bills, key=lambda bill: (bill.overdue, bill.owed > 0, bill.pending > 0, bill.day))


def _no_text(_row: object) -> str:
    return ""


def _how(paid: PaymentRow) -> str:
    return " · ".join(part for part in (say(paid.method), paid.operator, paid.code) if part)
