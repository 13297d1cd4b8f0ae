"""Waive, discount or write off: which lines, how much, why. Who may not alone asks somebody who may."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.bill_rows import BillLine, BillRow
from hms_desktop.domain.billing import AdjustmentKind
from hms_desktop.domain.ids import new_id
from hms_desktop.services.bills import ReduceBill, reduce_bill
from hms_desktop.ui.cashier.deed_dialog import DeedDialog
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, MoneyField, Segment, SegmentedField, TextField
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

_KINDS = {AdjustmentKind.WAIVER: "w", AdjustmentKind.DISCOUNT: "d", AdjustmentKind.WRITE_OFF: "o"}


class LowerDialog(DeedDialog):
    """Lowers one bill, whole or by one of its lines."""

    def __init__(
        self, context: DeskContext, bill: BillRow, lines: Sequence[BillLine], reasons: Sequence[tuple[str, str]],
        parent: QWidget, *, line: BillLine | None = None,
    ) -> None:  # fmt: skip
        currency = context.clinic.facility.currency
        text = tr("Bill {number}: {amount} is owed.", number=bill.number, amount=currency.show(bill.owed, code=True))
        super().__init__(context, "cashier.lower_dialog", tr("Waive or discount"), text, parent)
        self._bill = bill
        self._key = new_id()
        self.kind: SegmentedField[AdjustmentKind] = SegmentedField(
            "cashier.lower_kind", tr("&Kind"), [Segment(kind, say(kind), key) for kind, key in _KINDS.items()],
            key="kind",
        )  # fmt: skip
        self.kind.set_value(AdjustmentKind.WAIVER)
        owed = [each for each in lines if each.bill_id == bill.id and each.open]
        self.line: ChoiceField[BillLine] = ChoiceField(
            "cashier.lower_line", tr("&For"),
            [Choice(each, each.text, currency.show(each.open)) for each in owed], blank=tr("– the whole bill –"),
        )  # fmt: skip
        self.line.set_value(line)
        self.amount = MoneyField(
            "cashier.lower_amount", tr("&Amount (blank: all of it)"), currency=currency, key="amount",
            low=currency.smallest,
        )  # fmt: skip
        self.reason: ChoiceField[str] = ChoiceField(
            "cashier.lower_reason", tr("&Reason"), [Choice(code, words) for code, words in reasons],
            blank=tr("– choose –"), key="category",
        )  # fmt: skip
        if bill.suggested_waiver:
            self.reason.set_value(bill.suggested_waiver)
        self.words = TextField("cashier.lower_words", tr("In your own &words"), key="reason", max_length=200)
        for field in (self.kind, self.line, self.amount, self.reason, self.words):
            self.add_field(field)
        self.line.changed.connect(self._on_line)
        self._on_line()
        self.finish(primary("cashier.lower", tr("&Lower the bill"), self._on_confirm))

    def _on_line(self) -> None:
        line = self.line.value()
        limit: Decimal = self._bill.owed if line is None else min(line.open, self._bill.owed)
        self.amount.set_range(self.amount.currency.smallest, limit)
        self.amount.set_hint(tr("At most {amount}", amount=self.amount.currency.show(limit)))

    def _on_confirm(self) -> None:
        if not self.fields_are_right():
            return
        if self.reason.value() is None and not self.words.value():
            self.words.error(tr("A reason is needed."))
            self.reason.focus_editor()
            return
        line = self.line.value()
        self.send(
            reduce_bill,
            lambda person: ReduceBill(
                key=self._key, bill_id=self._bill.id, kind=self.kind.value() or AdjustmentKind.WAIVER,
                reason=self.words.value(), category=self.reason.value() or "", amount=self.amount.value(),
                charges=() if line is None else (line.charge_id,), approved_by=person,
            ),
        )  # fmt: skip
