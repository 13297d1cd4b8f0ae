"""Taking money, by the number pad: what the patient gives, Enter, how, Enter, done. Due and change are large."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from hms_desktop.domain.billing import PaymentMethod
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.tenders import Tender, check_tender
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.payments import PaymentTaken, TakePayment, take_payment
from hms_desktop.ui.cashier.chosen_lines import ChosenLines
from hms_desktop.ui.cashier.tenders_panel import TendersPanel
from hms_desktop.ui.kit.buttons import Button, beside_primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import (
    Choice,
    ChoiceField,
    MoneyField,
    Segment,
    SegmentedField,
    TextField,
    ToggleField,
)
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.layout import column, scrolled
from hms_desktop.ui.kit.theme import TypeSize, label, set_look_property
from hms_desktop.words.language import tr


class PayForm(Form):
    """One payment, of one part or several."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(
            context, "cashier.pay_form", save_text=tr("Take pa&yment"), save_name="cashier.take_payment",
            save_icon="cash",
        )  # fmt: skip
        self.context = context
        self.currency = context.clinic.facility.currency
        self._patient: Id | None = None
        self._chosen: ChosenLines | None = None
        self._done: PaymentTaken | None = None
        self._add_due()
        self._add_fields()
        self._add_change()
        self.split_button: Button = beside_primary("cashier.split", tr("Split &up"), self._on_split)
        self.split_button.setToolTip(tr("Take this part, and the rest another way"))
        self.add_button(self.split_button)
        self._on_method()

    # --- laying out ----------------------------------------------------------------------------------

    def _add_due(self) -> None:
        self.due_label = label(tr("To pay"), TypeSize.LARGE, muted=True)
        self.due = _figure("cashier.due")
        self.due.setText(self.currency.show(ZERO))
        self.add_widget(_beside(self, self.due_label, self.due))
        self.just_today = ToggleField("cashier.just_today", tr("&Just today's, without old debts"))
        self.just_today.hide()
        self.add_widget(self.just_today)
        self.just_today.changed.connect(self._on_just_today)
        self.tenders = TendersPanel(self.currency)
        self.tenders.changed.connect(self._show_rest)
        self.add_widget(self.tenders)

    def _add_fields(self) -> None:
        """What is typed scrolls in a low window; due, change and the buttons stay in sight."""
        self.part = MoneyField(
            "cashier.part", tr("&Part payment: only"), currency=self.currency, low=self.currency.smallest,
            reserve_note=False,
        )  # fmt: skip
        self.gives = MoneyField(
            "cashier.gives", tr("Patient &gives"), currency=self.currency, key="amount", display=True
        )
        self.method: SegmentedField[PaymentMethod] = SegmentedField(
            "cashier.method", tr("&Method"),
            [
                Segment(PaymentMethod.CASH, tr("Cash"), "1"),
                Segment(PaymentMethod.MOBILE, tr("Mobile"), "2"),
                Segment(PaymentMethod.CARD, tr("Card"), "3"),
                Segment(PaymentMethod.BANK, tr("Bank"), "4"),
            ],
            required=True,
        )  # fmt: skip
        self.operator: ChoiceField[str] = ChoiceField("cashier.operator", tr("&Operator"), required=True)
        self.code = TextField("cashier.code", tr("Co&de"), max_length=60, required=True)
        self.phone = TextField("cashier.payer_phone", tr("Payer's phone"), max_length=40)
        self.confirmed = ToggleField("cashier.confirmed", tr("Confirmed: seen on the &clinic's phone"))
        typed = (self.gives, self.method, self.operator, self.code, self.phone, self.confirmed, self.part)
        for field in (self.part, *typed[:-1]):
            self.adopt(field)
        inside = QWidget()
        lined_up = column(*typed)
        lined_up.addStretch(1)
        inside.setLayout(lined_up)
        self.area = scrolled(inside)
        self.add_widget(self.area, 1)
        for money in (self.gives, self.part):
            money.changed.connect(self._show_change)
        self.method.changed.connect(self._on_method)
        self.part.entered.connect(self.start)

    def _add_change(self) -> None:
        self.change_label = label(tr("Change"), TypeSize.LARGE, muted=True)
        self.change = _figure("cashier.change")
        self.add_widget(_beside(self, self.change_label, self.change))
        self.done_label = label("", muted=True)
        self.done_label.setWordWrap(True)
        self.add_widget(self.done_label)

    def set_operators(self, operators: Sequence[str]) -> None:
        """The operators of mobile money."""
        self.operator.set_choices([Choice(name, name) for name in operators])

    # --- showing -----------------------------------------------------------------------------------

    def show_chosen(self, patient_id: Id | None, chosen: ChosenLines | None) -> None:
        """What is to be paid of whom. What was typed stays while it is the same patient."""
        another = patient_id != self._patient
        self._patient, self._chosen = patient_id, chosen
        if another:
            if patient_id is not None:
                self._say_done(None)
            self.begin()
        self.just_today.setVisible(chosen is not None and chosen.has_both)
        self._show_rest()

    def begin(self) -> None:
        """Blank, for the next payment."""
        self.tenders.set_tenders(())
        self.reset()
        self.method.set_value(PaymentMethod.CASH)
        self.just_today.set_value(self._leaves_old())
        self.set_clean()

    def _leaves_old(self) -> bool:
        if self._chosen is None or not self._chosen.has_both:
            return False
        return not any(bill in self._chosen.bills() for bill in self._old_bills())

    def _old_bills(self) -> list[Id]:
        assert self._chosen is not None
        return [bill.id for bill in self._chosen.account.bills if self._chosen.is_earlier(bill)]

    @property
    def total(self) -> Decimal:
        """What is to be paid."""
        return self._chosen.due if self._chosen is not None else ZERO

    @property
    def rest(self) -> Decimal:
        """What is to be paid beside the parts that were entered."""
        return max(ZERO, self.total - self.tenders.total)

    @property
    def wanted(self) -> Decimal:
        """What goes to the bills with this part."""
        part = self.part.value()
        return self.rest if part is None else min(part, self.rest)

    def _show_rest(self) -> None:
        """Due, and the amount that is most likely given."""
        split = bool(self.tenders.tenders)
        self.due_label.setText(tr("Still to pay") if split else tr("To pay"))
        self.due.setText(self.currency.show(self.rest))
        self.due.setAccessibleName(f"{self.due_label.text()}: {self.due.text()}")
        self.part.set_range(self.currency.smallest, self.rest if self.rest > 0 else None)
        if not self.dirty or split:
            self.gives.set_value(self.rest if self.rest > 0 else None)
            self.set_clean()
        can = self._patient is not None and (self.rest > 0 or split)
        for field in (self.gives, self.method, self.part, self.operator, self.code, self.phone, self.confirmed):
            field.setEnabled(can)
        self.save_button.setEnabled(can)
        self.split_button.setEnabled(can and self.rest > 0)
        self._show_change()

    def _show_change(self) -> None:
        given = self.gives.value() or ZERO
        cash = self.method.value() is PaymentMethod.CASH
        change = max(ZERO, given - self.wanted) if cash and self.rest > 0 else ZERO
        if self._done is not None:
            change = self._done.change
        self.change.setText(self.currency.show(change))
        self.change.setAccessibleName(f"{tr('Change')}: {self.change.text()}")
        set_look_property(self.change, "tone", "good" if change else "")

    def _on_method(self) -> None:
        mobile = self.method.value() is PaymentMethod.MOBILE
        with_code = mobile or self.method.value() in {PaymentMethod.CARD, PaymentMethod.BANK}
        for field in (self.operator, self.phone, self.confirmed):
            field.setVisible(mobile)
        self.code.setVisible(with_code)
        self.code.required = mobile
        self.code.set_label(tr("Co&de") if mobile else tr("Slip or reference (&d)"))
        self.gives.set_label(tr("Patient &gives") if not with_code else tr("Amount (&g)"))
        if with_code and (self.gives.value() or ZERO) > self.rest > 0:
            self.gives.set_value(self.rest)
        self._show_change()

    def _on_just_today(self) -> None:
        if self._chosen is not None:
            self._chosen.leave_earlier(self.just_today.value())
            self._show_rest()

    # --- paying ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Where paying starts: the amount, ready to be typed over."""
        self.gives.focus_editor()
        self.gives.line.selectAll()

    def tender(self) -> Tender:
        """The part that stands in the fields. Raises InvalidValue."""
        method = self.method.value() or PaymentMethod.CASH
        given = self.gives.value() or ZERO
        if method is PaymentMethod.CASH:
            found = Tender(method=method, amount=min(given, self.wanted), tendered=given)
        else:
            if given > self.rest:
                raise InvalidValue(field="amount", reason="at_most", limit=self.currency.show(self.rest))
            mobile = method is PaymentMethod.MOBILE
            found = Tender(
                method=method, amount=given, operator=(self.operator.value() or "") if mobile else "",
                code=self.code.value(), phone=self.phone.value() if mobile else "",
                confirmed=mobile and self.confirmed.value(),
            )  # fmt: skip
        check_tender(found, self.currency)
        return found

    def prepare(self) -> Callable[[], Outcome[PaymentTaken]]:
        if self._patient is None or self._chosen is None:
            raise InvalidValue(field="amount", reason="required")
        parts = self.tenders.tenders if self.rest == 0 else (*self.tenders.tenders, self.tender())
        command = TakePayment(
            key=self.key, patient_id=self._patient, tenders=parts, bills=self._chosen.bills(),
            charges=self._chosen.charges(),
        )  # fmt: skip
        clinic, actor = self.context.clinic, self.context.actor
        return lambda: take_payment(clinic, actor, command)

    def after_save(self, outcome: Any) -> None:
        self._chosen = None
        self._say_done(outcome.value)
        self.begin()
        self._show_rest()

    def _say_done(self, taken: PaymentTaken | None) -> None:
        """Keep receipt and change on the screen until the next patient is opened."""
        self._done = taken
        if taken is None:
            self.done_label.clear()
            return
        said = [tr("Receipt {number}", number=taken.number)]
        if taken.pending:
            said.append(tr("{amount} pending", amount=self.currency.show(taken.pending, code=True)))
        owed = taken.balance - taken.pending
        if owed > ZERO:
            said.append(tr("{amount} still owed", amount=self.currency.show(owed, code=True)))
        self.done_label.setText(" · ".join(said))

    def _on_split(self) -> None:
        fields = (self.gives, self.method, self.operator, self.code, self.part)
        bad = [field for field in fields if not field.isHidden() and field.check()]
        if bad:
            bad[0].focus_editor()
            return
        try:
            tender = self.tender()
        except InvalidValue as refusal:
            self._on_failed(refusal)
            return
        for field in (self.code, self.phone, self.confirmed, self.part):
            field.clear()
        self.method.set_value(PaymentMethod.CASH)
        self.tenders.add(tender)
        if self.rest:
            self.start()
        else:
            self.save_button.setFocus()


def _figure(name: str) -> QLabel:
    """An amount that is read across the counter."""
    made = label("0", TypeSize.DISPLAY, bold=True)
    made.setObjectName(name)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return made


def _beside(owner: PayForm, word: QLabel, amount: QLabel) -> QWidget:
    holder = QWidget(owner)
    inside = QHBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(word)
    inside.addWidget(amount, 1)
    return holder
