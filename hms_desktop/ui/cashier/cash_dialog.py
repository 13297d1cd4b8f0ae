"""Cash out of the drawer, or into it, without a patient."""

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.billing import CashMovementKind
from hms_desktop.domain.ids import new_id
from hms_desktop.services.cash_sessions import MoveCash, move_cash
from hms_desktop.ui.cashier.deed_dialog import DeedDialog
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import MoneyField, Segment, SegmentedField, TextField
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class CashDialog(DeedDialog):
    """Out or in, how much, why."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__(context, "cashier.cash_dialog", tr("Cash in or out"), "", parent)
        self._key = new_id()
        currency = context.clinic.facility.currency
        self.kind: SegmentedField[CashMovementKind] = SegmentedField(
            "cashier.cash_kind", tr("&Kind"),
            [
                Segment(CashMovementKind.OUT, say(CashMovementKind.OUT), "o"),
                Segment(CashMovementKind.IN, say(CashMovementKind.IN), "i"),
            ],
        )  # fmt: skip
        self.kind.set_value(CashMovementKind.OUT)
        self.amount = MoneyField(
            "cashier.cash_amount", tr("&Amount"), currency=currency, key="amount", low=currency.smallest,
            required=True, display=True,
        )  # fmt: skip
        self.reason = TextField("cashier.cash_reason", tr("&Reason"), key="reason", max_length=200, required=True)
        for field in (self.kind, self.amount, self.reason):
            self.add_field(field)
        self.finish(primary("cashier.save_cash", tr("&Save"), self._on_confirm))

    def _on_confirm(self) -> None:
        amount = self.amount.value()
        if not self.fields_are_right() or amount is None:
            return
        self.send(
            move_cash,
            lambda _person: MoveCash(
                key=self._key, kind=self.kind.value() or CashMovementKind.OUT, amount=amount,
                reason=self.reason.value(),
            ),
        )  # fmt: skip
