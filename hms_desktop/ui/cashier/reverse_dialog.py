"""A payment that was written down wrongly: undone, and written down as it really came."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.bill_rows import PaymentRow
from hms_desktop.domain.billing import PaymentMethod
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.tenders import Tender, check_tender
from hms_desktop.services.refunds import ReversePayment, reverse_payment
from hms_desktop.ui.cashier.deed_dialog import DeedDialog
from hms_desktop.ui.kit.buttons import harmful
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, TextField
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class ReverseDialog(DeedDialog):
    """The first receipt stays as it was; a reversal and, if there is one, a new receipt follow it."""

    def __init__(
        self, context: DeskContext, payment: PaymentRow, amount: Decimal, operators: Sequence[str], parent: QWidget
    ) -> None:
        currency = context.clinic.facility.currency
        text = tr(
            "{method}, {amount}, receipt {number}.", method=say(payment.method),
            amount=currency.show(amount, code=True), number=payment.receipt,
        )  # fmt: skip
        super().__init__(context, "cashier.reverse_dialog", tr("Reverse a payment"), text, parent)
        self._payment, self._amount, self._key = payment, amount, new_id()
        others = [method for method in PaymentMethod if method is not payment.method]
        self.method: ChoiceField[PaymentMethod] = ChoiceField(
            "cashier.real_method", tr("&How it really came"),
            [Choice(method, say(method)) for method in (*others, payment.method)],
            blank=tr("– it did not come, or belongs to another bill –"), key="method",
        )  # fmt: skip
        self.method.set_value(others[0])
        self.operator: ChoiceField[str] = ChoiceField(
            "cashier.real_operator", tr("&Operator"), [Choice(name, name) for name in operators], key="operator"
        )
        self.code = TextField("cashier.real_code", tr("Co&de"), max_length=60, key="code")
        self.reason = TextField("cashier.reverse_reason", tr("&Reason"), max_length=200, required=True, key="reason")
        for field in (self.method, self.operator, self.code, self.reason):
            self.add_field(field)
        self.method.changed.connect(self._on_method)
        self._on_method()
        self.finish(harmful("cashier.reverse", tr("&Reverse it"), self._on_confirm))

    def _on_method(self) -> None:
        method = self.method.value()
        self.operator.setVisible(method is PaymentMethod.MOBILE)
        self.code.setVisible(method is not None and method is not PaymentMethod.CASH)

    def _replacement(self) -> Tender | None:
        method = self.method.value()
        if method is None:
            return None
        mobile = method is PaymentMethod.MOBILE
        made = Tender(
            method=method, amount=self._amount, operator=(self.operator.value() or "") if mobile else "",
            code="" if method is PaymentMethod.CASH else self.code.value(),
        )  # fmt: skip
        check_tender(made, self.context.clinic.facility.currency)
        return made

    def _on_confirm(self) -> None:
        if not self.fields_are_right():
            return
        try:
            replacement = self._replacement()
        except InvalidValue as refusal:
            self.show_error(refusal)
            return
        self.send(
            reverse_payment,
            lambda person: ReversePayment(
                key=self._key, payment_id=self._payment.payment_id, reason=self.reason.value(),
                replacement=replacement, approved_by=person,
            ),
        )  # fmt: skip
