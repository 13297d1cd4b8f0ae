"""Money back to the patient: from which payment, for which lines, why, and how it is given."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.bill_rows import BillLine, BillRow, PaymentRow
from hms_desktop.domain.billing import PaymentMethod
from hms_desktop.domain.ids import new_id
from hms_desktop.services.refunds import GiveRefund, give_refund
from hms_desktop.ui.cashier.deed_dialog import DeedDialog
from hms_desktop.ui.kit.buttons import harmful
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, MoneyField, TextField
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class RefundDialog(DeedDialog):
    """A credit that the bill shows, or one line that is credited with it."""

    def __init__(
        self, context: DeskContext, payment: PaymentRow, bill: BillRow, lines: Sequence[BillLine],
        reasons: Sequence[tuple[str, str]], parent: QWidget, *, line: BillLine | None = None,
    ) -> None:  # fmt: skip
        self._currency = context.clinic.facility.currency
        text = tr(
            "From receipt {number}: {amount} of it can be given back.", number=payment.receipt,
            amount=self._currency.show(payment.refundable, code=True),
        )  # fmt: skip
        super().__init__(context, "cashier.refund_dialog", tr("Give money back"), text, parent)
        self._payment, self._bill, self._key = payment, bill, new_id()
        show = self._currency.show
        mine = [each for each in lines if each.bill_id == bill.id and each.amount]
        credit = tr("– the credit of {amount} –", amount=show(bill.credit)) if bill.credit else tr("– choose –")
        self.line: ChoiceField[BillLine] = ChoiceField(
            "cashier.refund_line", tr("&For"), [Choice(each, each.text, show(each.amount)) for each in mine],
            blank=credit,
        )  # fmt: skip
        self.amount = MoneyField("cashier.refund_amount", tr("&Amount"), currency=self._currency, key="amount",
                                 required=True, display=True)  # fmt: skip
        ways = dict.fromkeys((PaymentMethod.CASH, payment.method))
        self.method: ChoiceField[PaymentMethod] = ChoiceField(
            "cashier.refund_method", tr("&Given back as"), [Choice(way, say(way)) for way in ways], key="method"
        )
        self.code = TextField("cashier.refund_code", tr("Co&de of the transfer"), max_length=60)
        self.reason: ChoiceField[str] = ChoiceField(
            "cashier.refund_reason", tr("&Reason"), [Choice(code, words) for code, words in reasons],
            blank=tr("– choose –"), key="listed",
        )  # fmt: skip
        self.words = TextField("cashier.refund_words", tr("In your own &words"), key="reason", max_length=200)
        for field in (self.line, self.amount, self.method, self.code, self.reason, self.words):
            self.add_field(field)
        self.line.changed.connect(self._on_line)
        self.method.changed.connect(self._on_method)
        self.line.set_value(line if line in mine and not bill.credit else None)
        self._on_line()
        self._on_method()
        self.finish(harmful("cashier.give_refund", tr("Give &back"), self._on_confirm))

    def _on_line(self) -> None:
        line = self.line.value()
        more = line.amount if line is not None else Decimal(0)
        most = min(self._payment.refundable, self._bill.credit + more)
        self.amount.set_range(self._currency.smallest, most)
        self.amount.set_value(most or None)

    def _on_method(self) -> None:
        self.code.setVisible(self.method.value() is PaymentMethod.MOBILE)

    def _on_confirm(self) -> None:
        amount, line = self.amount.value(), self.line.value()
        if not self.fields_are_right() or amount is None:
            return
        listed = self.reason.box.currentText() if self.reason.value() else ""
        reason = ": ".join(part for part in (listed, self.words.value()) if part)
        if not reason:
            self.words.error(tr("A reason is needed."))
            self.reason.focus_editor()
            return
        self.send(
            give_refund,
            lambda person: GiveRefund(
                key=self._key, payment_id=self._payment.payment_id, bill_id=self._bill.id, amount=amount,
                reason=reason, method=self.method.value() or PaymentMethod.CASH, code=self.code.value(),
                charges=() if line is None else (line.charge_id,), approved_by=person,
            ),
        )  # fmt: skip
