"""What is done with a bill or a payment: charge, waive, take off, print; confirm, refund, reverse, show again."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hms_desktop.domain.bill_rows import BillLine, BillRow
from hms_desktop.domain.billing import PaymentState
from hms_desktop.services.bills import BillPrinted, PrintBill, print_bill
from hms_desktop.services.catalogue import reasons
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.papers import papers_of_subject
from hms_desktop.services.payments import ConfirmPayment, FailPayment, confirm_payment, fail_payment
from hms_desktop.services.refunds import PaymentReversed, RefundGiven
from hms_desktop.services.unpriced import LinesPriced, PriceLines, price_lines
from hms_desktop.ui.cashier.account_panel import AccountPanel
from hms_desktop.ui.cashier.charge_dialog import ChargeDialog
from hms_desktop.ui.cashier.lower_dialog import LowerDialog
from hms_desktop.ui.cashier.menu_button import MenuButton, MenuDeed
from hms_desktop.ui.cashier.refund_dialog import RefundDialog
from hms_desktop.ui.cashier.reverse_dialog import ReverseDialog
from hms_desktop.ui.cashier.void_dialog import VoidDialog
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.dialogs import ask_reason, show
from hms_desktop.words.language import tr

if TYPE_CHECKING:
    from hms_desktop.ui.cashier.window import CashierDesk


class AccountDeeds:
    """The buttons below the two lists, and what they do."""

    def __init__(self, desk: "CashierDesk", panel: AccountPanel) -> None:
        self._desk, self._panel = desk, panel
        self._context = desk.context
        may = desk.context.actor.may
        self.charge_button = plain("cashier.charge", tr("&Add charge…"), self.charge)
        self.lower_button = plain("cashier.waive", tr("&Waive…"), self.lower)
        self.bill_menu = MenuButton("cashier.bill_menu", tr("&Bill ▾"), self._bill_deeds)
        self.confirm_button = plain("cashier.confirm", tr("Money is &here"), self.confirm)
        self.payment_menu = MenuButton("cashier.payment_menu", tr("&Receipt ▾"), self._payment_deeds)
        for button in (self.charge_button, self.lower_button, self.bill_menu):
            panel.bill_buttons.addWidget(button)
        for button in (self.confirm_button, self.payment_menu):
            panel.payment_buttons.addWidget(button)
        self.charge_button.setVisible(may("billing.charge"))
        panel.bill_buttons.addStretch(1)
        panel.payment_buttons.addStretch(1)
        panel.payments.current_row_changed.connect(lambda _row: self.look_again())
        panel.shown.connect(self.look_again)
        panel.unpriced.price_wanted.connect(self.price_lines)
        self.look_again()

    def look_again(self) -> None:
        """Offer what fits what is chosen."""
        bill, payment = self._panel.current_bill(), self._panel.current_payment()
        self._panel.unpriced.show_lines(self._panel.lines.rows(), may_price=self._context.actor.may("billing.charge"))
        self.charge_button.setEnabled(bill is not None and bill.visit_open)
        self.lower_button.setEnabled(bill is not None and bill.owed > 0)
        self.bill_menu.setEnabled(bill is not None)
        self.payment_menu.setEnabled(payment is not None)
        pending = payment is not None and payment.state is PaymentState.PENDING
        self.confirm_button.setVisible(pending and self._context.actor.may("billing.confirm"))

    def _bill_deeds(self) -> list[MenuDeed]:
        bill, line = self._panel.current_bill(), self._panel.lines.current()
        nothing = "" if bill is not None and bill.owed else tr("Nothing is owed on this bill.")
        no_line = "" if line is not None else tr("Choose a line of the bill first.")
        return [
            MenuDeed("cashier.print_bill", tr("&Print the bill"), self.print_bill),
            MenuDeed("cashier.lower_bill", tr("&Waive, discount or write off…"), self.lower, nothing),
            MenuDeed("cashier.take_off", tr("&Take the line off…"), self.void, no_line),
        ]

    def _payment_deeds(self) -> list[MenuDeed]:
        payment = self._panel.current_payment()
        pending = payment is not None and payment.state is PaymentState.PENDING
        left = payment is not None and payment.refundable > 0
        gone = "" if left else tr("Nothing of this payment is left to give back.")
        settled = "" if pending else tr("This payment is not pending.")
        return [
            MenuDeed("cashier.show_receipt", tr("&Show the receipt"), self.show_receipt),
            MenuDeed("cashier.refund", tr("&Give money back…"), self.refund, gone),
            MenuDeed("cashier.reverse_payment", tr("&Wrong method: reverse…"), self.reverse, gone),
            MenuDeed("cashier.confirm_payment", tr("Money is &here"), self.confirm, settled),
            MenuDeed("cashier.fail_payment", tr("&No money came…"), self.fail, settled),
        ]

    # --- bills -------------------------------------------------------------------------------------

    def charge(self) -> None:
        """A charge by hand, on the visit of the bill."""
        bill = self._panel.current_bill()
        if bill is not None:
            show(ChargeDialog(self._context, bill.visit_id, bill.visit_number, self._desk))

    def price_lines(self) -> None:
        """What had no price asks for what the price list says by now."""
        bill = self._panel.current_bill()
        if bill is not None and self._panel.chosen is not None:
            command = PriceLines(patient_id=self._panel.chosen.account.patient_id)
            self._desk.write(price_lines, command, self._on_priced)

    def _on_priced(self, outcome: Outcome[LinesPriced]) -> None:
        done = outcome.value
        amount = self._context.clinic.facility.currency.show(done.amount, code=True)
        if done.left:
            left = ", ".join(done.left)
            self._context.messages.warn(
                tr("Priced: {amount} more. Still no price: {items}.", amount=amount, items=left)
            )
            return
        self._context.messages.good(tr("Priced: {amount} more on the bill.", amount=amount))

    def lower(self, wanted: BillRow | None = None) -> None:
        """Waive, discount or write off."""
        bill = wanted if isinstance(wanted, BillRow) else self._panel.current_bill()
        if bill is None or bill.owed <= 0:
            return
        lines = self._panel.lines.rows()
        self._with_reasons("waiver", lambda found: show(LowerDialog(self._context, bill, lines, found, self._desk)))

    def void(self) -> None:
        """Take the chosen line off."""
        line = self._panel.lines.current()
        if line is not None:
            self._with_reasons("void", lambda found: show(VoidDialog(self._context, line, found, self._desk)))

    def print_bill(self) -> None:
        """Keep the bill as it stands, and show it."""
        bill = self._panel.current_bill()
        if bill is not None:
            self._desk.write(print_bill, PrintBill(bill_id=bill.id), self._on_printed)

    def _on_printed(self, outcome: Outcome[BillPrinted]) -> None:
        self._context.open_paper(outcome.value.paper_id)

    # --- payments ----------------------------------------------------------------------------------

    def confirm(self) -> None:
        """The operator says that the money is here."""
        payment = self._panel.current_payment()
        if payment is not None and payment.state is PaymentState.PENDING:
            command = ConfirmPayment(payment_id=payment.payment_id)
            said = tr("Confirmed: {code}.", code=payment.code)
            self._desk.write(confirm_payment, command, lambda _outcome: self._context.messages.good(said))

    def fail(self) -> None:
        """The operator says that no money came."""
        payment = self._panel.current_payment()
        if payment is None:
            return
        amount = self._context.clinic.facility.currency.show(payment.whole, code=True)
        ask_reason(
            self._desk, "cashier.fail_dialog", tr("No money came: {code}", code=payment.code),
            tr("{amount} is owed again.", amount=amount), tr("&It failed"),
            lambda reason: self._desk.write(
                fail_payment, FailPayment(payment_id=payment.payment_id, note=reason),
                lambda _outcome: self._context.messages.warn(tr("Not paid: {amount} is owed again.", amount=amount)),
            ),
        )  # fmt: skip

    def show_receipt(self) -> None:
        """The receipt again; what was printed before prints as a COPY."""
        payment = self._panel.current_payment()
        if payment is None:
            return
        clinic, actor, context = self._context.clinic, self._context.actor, self._context
        context.background.read(
            lambda: [p.id for p in papers_of_subject(clinic, actor, payment.receipt_id) if p.kind == "receipt"],
            lambda ids: context.open_paper(ids[0]) if ids else None,
            owner=self._desk,
        )

    def refund(self) -> None:
        """Money back."""
        payment = self._panel.current_payment()
        if payment is None:
            return
        bill = next(each for each in self._bills() if each.id == payment.bill_id)
        lines = self._panel.lines.rows()

        def ask(found: list[tuple[str, str]]) -> None:
            line: BillLine | None = self._panel.lines.current()
            dialog = RefundDialog(self._context, payment, bill, lines, found, self._desk, line=line)
            show(dialog, lambda agreed: self._on_refunded(dialog.outcome) if agreed else None)

        self._with_reasons("refund", ask)

    def _on_refunded(self, outcome: Outcome[Any] | None) -> None:
        assert outcome is not None
        given: RefundGiven = outcome.value
        amount = self._context.clinic.facility.currency.show(given.amount, code=True)
        self._context.messages.good(tr("Give back {amount}. Note {number}.", amount=amount, number=given.number))
        self._context.print_paper(given.paper_id)

    def reverse(self) -> None:
        """A wrong method."""
        payment = self._panel.current_payment()
        if payment is None:
            return
        parts = [each for each in self._panel.payments.rows() if each.payment_id == payment.payment_id]
        amount = sum((each.refundable for each in parts), Decimal(0))
        dialog = ReverseDialog(self._context, payment, amount, self._desk.operators, self._desk)
        show(dialog, lambda agreed: self._on_reversed(dialog.outcome) if agreed else None)

    def _on_reversed(self, outcome: Outcome[Any] | None) -> None:
        assert outcome is not None
        done: PaymentReversed = outcome.value
        numbers = ", ".join(done.numbers)
        said = tr("Reversed: {numbers}.", numbers=numbers)
        if done.receipt_number:
            said = tr("Reversed: {numbers}. New receipt {receipt}.", numbers=numbers, receipt=done.receipt_number)
        self._context.messages.good(said)
        if done.receipt_paper_id is not None:
            self._context.print_paper(done.receipt_paper_id)

    # --- inside ------------------------------------------------------------------------------------

    def _bills(self) -> tuple[BillRow, ...]:
        return self._panel.chosen.account.bills if self._panel.chosen else ()

    def _with_reasons(self, kind: str, then: Callable[[list[tuple[str, str]]], None]) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.background.read(lambda: reasons(clinic, actor, kind), then, owner=self._desk)
