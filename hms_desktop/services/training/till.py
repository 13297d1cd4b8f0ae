"""The cashier's part of a training day: the drawer opened, patients pay or owe, the drawer counted and closed."""

from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.bill_rows import BillRow
from hms_desktop.domain.billing import AdjustmentKind, PaymentMethod
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.tenders import Tender
from hms_desktop.services import bills, cash_sessions, payments
from hms_desktop.services.training.scene import Scene

FLOAT = Decimal(2000)
_HUNDRED = Decimal(100)


@dataclass
class Till:
    """One drawer for one day. `cash` is what lies in it."""

    scene: Scene
    cashier: Actor
    session_id: Id = field(init=False)
    cash: Decimal = FLOAT

    def open(self) -> None:
        """Begin with the float."""
        command = cash_sessions.OpenSession(float_amount=FLOAT)
        self.session_id = cash_sessions.open_session(self.scene.clinic, self.cashier, command).value.session_id

    def take(self, patient_id: Id) -> None:
        """What a patient owes: waived where the payer's rule says so, else paid, rarely only in part or not at all."""
        account = bills.patient_account(self.scene.clinic, self.cashier, patient_id)
        for bill in account.bills:
            if bill.owed <= 0:
                continue
            if bill.suggested_waiver:
                self._waive(bill)
                continue
            self._pay(patient_id, bill)

    def _waive(self, bill: BillRow) -> None:
        command = bills.ReduceBill(
            bill_id=bill.id, kind=AdjustmentKind.WAIVER, reason=bill.suggested_waiver, category=bill.suggested_waiver,
            approved_by=self.scene.staff["manager"].user_id,
        )  # fmt: skip
        bills.reduce_bill(self.scene.clinic, self.cashier, command)

    def _pay(self, patient_id: Id, bill: BillRow) -> None:
        chance = self.scene.random.random()
        if chance < 0.06:
            return
        amount = bill.owed if chance > 0.14 else max((bill.owed / 2).quantize(Decimal(1)), Decimal(1))
        tender = self._tender(amount)
        command = payments.TakePayment(patient_id=patient_id, tenders=(tender,), bills=(bill.id,))
        payments.take_payment(self.scene.clinic, self.cashier, command)
        if tender.method is PaymentMethod.CASH:
            self.cash += amount

    def _tender(self, amount: Decimal) -> Tender:
        random = self.scene.random
        if random.random() < 0.35:
            code = "".join(random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(10))
            return Tender(
                method=PaymentMethod.MOBILE, amount=amount, operator="M-Pesa", code=code, phone="+254 722 000 000",
                confirmed=True,
            )  # fmt: skip
        handed = (amount / _HUNDRED).to_integral_value(ROUND_CEILING) * _HUNDRED
        return Tender(method=PaymentMethod.CASH, amount=amount, tendered=handed)

    def close(self) -> None:
        """Count and close; nothing is ever missing in a made-up drawer."""
        count = cash_sessions.CountSession(session_id=self.session_id, counts=(), other=self.cash)
        cash_sessions.count_session(self.scene.clinic, self.cashier, count)
        cash_sessions.close_session(
            self.scene.clinic, self.cashier, cash_sessions.CloseSession(session_id=self.session_id)
        )
        self.cash = ZERO
