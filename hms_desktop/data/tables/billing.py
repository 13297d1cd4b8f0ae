"""Money: prices, charges, bills, receipts, payments, refunds, cash sessions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Entry, Voidable, to
from hms_desktop.domain.billing import (
    AdjustmentKind,
    BillState,
    CashMovementKind,
    ChargeKind,
    PaymentMethod,
    PaymentState,
    RefundKind,
    SessionState,
)
from hms_desktop.domain.ids import Id


class PriceList(Voidable):
    """A list of prices; `multiplier` applies to the standard price where it holds none of its own."""

    __tablename__ = "price_list"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(40))
    name: Mapped[str] = column(t.Text(80))
    multiplier: Mapped[Decimal] = column(t.Scaled(4))
    round_to: Mapped[int] = column(t.Money())
    standard: Mapped[bool] = column(t.Flag())


class BillableItem(Voidable):
    """Something that can be charged: a service, a lab test or panel, a medicine. `code` is the catalogue's."""

    __tablename__ = "billable_item"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "kind", "code"),)

    kind: Mapped[str] = column(t.Enum(ChargeKind))
    code: Mapped[str] = column(t.Text(60))
    name: Mapped[Any] = column(t.Json())
    search_words: Mapped[str] = column(t.Text(400))
    department_id: Mapped[Id | None] = to("department", nullable=True)
    active: Mapped[bool] = column(t.Flag())


class Price(Voidable):
    """What an item costs on a list."""

    __tablename__ = "price"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint("price_list_id", "item_id"),
            CheckConstraint("amount >= 0", name="amount_not_negative"),
        )

    price_list_id: Mapped[Id] = to("price_list", index=False)
    item_id: Mapped[Id] = to("billable_item")
    amount: Mapped[int] = column(t.Money())


class PayerGroup(Voidable):
    """Who pays how: price list, and what is waived by itself suggested to the cashier."""

    __tablename__ = "payer_group"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(40))
    name: Mapped[Any] = column(t.Json())
    price_list_id: Mapped[Id] = to("price_list")
    waives_under_five: Mapped[bool] = column(t.Flag())
    waives_maternity: Mapped[bool] = column(t.Flag())
    active: Mapped[bool] = column(t.Flag())


class Bill(Voidable):
    """One open bill a visit. Owed = charged − adjusted − paid + refunded − pending; moved conditionally.

    `rounded` is the part of `adjusted` that rounds the total.
    """

    __tablename__ = "bill"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint("facility_id", "number"),
            UniqueConstraint("open_key"),
            Index(None, "state", "day"),
            CheckConstraint("charged >= 0 AND paid >= 0 AND refunded >= 0 AND pending >= 0", name="parts_not_negative"),
            CheckConstraint("refunded <= paid", name="refunded_within_paid"),
            CheckConstraint("adjusted <= charged", name="adjusted_within_charged"),
        )

    number: Mapped[str] = column(t.Text(30))
    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient")
    payer_group_id: Mapped[Id | None] = to("payer_group", nullable=True)
    state: Mapped[str] = column(t.Enum(BillState))
    open_key: Mapped[Id | None] = column(t.Id())
    day: Mapped[date] = column(t.LocalDate())
    charged: Mapped[int] = column(t.Money())
    adjusted: Mapped[int] = column(t.Money())
    rounded: Mapped[int] = column(t.Money())
    paid: Mapped[int] = column(t.Money())
    refunded: Mapped[int] = column(t.Money())
    pending: Mapped[int] = column(t.Money())


class Charge(Voidable):
    """What was done, for which visit, from which fact; the same fact is never charged twice."""

    __tablename__ = "charge"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint("source_table", "source_id", "item_code"),
            CheckConstraint("quantity > 0", name="quantity_positive"),
            CheckConstraint("amount >= 0", name="amount_not_negative"),
        )

    visit_id: Mapped[Id] = to("visit")
    patient_id: Mapped[Id] = to("patient")
    kind: Mapped[str] = column(t.Enum(ChargeKind))
    item_code: Mapped[str] = column(t.Text(60))
    description: Mapped[str] = column(t.Text(200))
    quantity: Mapped[int] = column(t.Money())
    unit_price: Mapped[int] = column(t.Money())
    amount: Mapped[int] = column(t.Money())
    price_list_code: Mapped[str] = column(t.Text(40))
    department_id: Mapped[Id | None] = to("department", nullable=True)
    day: Mapped[date] = column(t.LocalDate(), index=True)
    source_table: Mapped[str] = column(t.Text(40))
    source_id: Mapped[Id] = column(t.Id())


class BillItem(Voidable):
    """A line of a bill; voided together with its charge. `settled` counts what has been paid or waived of it."""

    __tablename__ = "bill_item"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (CheckConstraint("settled BETWEEN 0 AND amount", name="settled_within_amount"),)

    bill_id: Mapped[Id] = to("bill")
    charge_id: Mapped[Id] = column(t.Id(), unique=True)
    amount: Mapped[int] = column(t.Money())
    settled: Mapped[int] = column(t.Money())


class Receipt(Entry):
    """One time that money was taken: one number, one or more payments, one or more bills."""

    __tablename__ = "receipt"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "number"),)

    number: Mapped[str] = column(t.Text(30))
    patient_id: Mapped[Id] = to("patient")
    session_id: Mapped[Id] = to("cash_session")
    total: Mapped[int] = column(t.Money())
    day: Mapped[date] = column(t.LocalDate(), index=True)
    taken_at: Mapped[datetime] = column(t.UtcTime())


class Payment(Entry):
    """Money by one method. `code_key` is operator and code folded: unique, so that no code pays twice.

    `meant_for` lists the charges that the payer chose, for the day when a pending payment is confirmed.
    """

    __tablename__ = "payment"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code_key"), CheckConstraint("amount > 0", name="amount_positive"))

    receipt_id: Mapped[Id] = to("receipt")
    session_id: Mapped[Id] = to("cash_session")
    method: Mapped[str] = column(t.Enum(PaymentMethod))
    amount: Mapped[int] = column(t.Money())
    tendered: Mapped[int | None] = column(t.Money())
    change_given: Mapped[int] = column(t.Money())
    operator: Mapped[str] = column(t.Text(40))
    payer_phone: Mapped[str] = column(t.Text(40))
    code: Mapped[str] = column(t.Text(60))
    code_key: Mapped[str | None] = column(t.Text(110))
    needs_confirmation: Mapped[bool] = column(t.Flag())
    meant_for: Mapped[Any] = column(t.Json())
    day: Mapped[date] = column(t.LocalDate(), index=True)


class PaymentShare(Entry):
    """How much of a payment goes to which bill."""

    __tablename__ = "payment_share"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (CheckConstraint("amount > 0", name="amount_positive"),)

    payment_id: Mapped[Id] = to("payment")
    bill_id: Mapped[Id] = to("bill")
    amount: Mapped[int] = column(t.Money())


class PaymentOutcome(Entry):
    """What the operator said of a pending payment; one word a payment."""

    __tablename__ = "payment_outcome"

    payment_id: Mapped[Id] = column(t.Id(), unique=True)
    state: Mapped[str] = column(t.Enum(PaymentState))
    note: Mapped[str] = column(t.Text(300))


class Refund(Entry):
    """Money given back, a wrong method undone, or a credit; names the payment it undoes. `code` is the operator's, when
    it went back by mobile money.
    """

    __tablename__ = "refund"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "number"), CheckConstraint("amount > 0", name="amount_positive"))

    number: Mapped[str] = column(t.Text(30))
    kind: Mapped[str] = column(t.Enum(RefundKind))
    payment_id: Mapped[Id] = to("payment")
    bill_id: Mapped[Id] = to("bill")
    patient_id: Mapped[Id] = to("patient")
    session_id: Mapped[Id] = to("cash_session")
    method: Mapped[str] = column(t.Enum(PaymentMethod))
    amount: Mapped[int] = column(t.Money())
    code: Mapped[str] = column(t.Text(60))
    reason: Mapped[str] = column(t.Text(300))
    approved_by: Mapped[Id | None] = column(t.Id())
    day: Mapped[date] = column(t.LocalDate(), index=True)


class Adjustment(Entry):
    """What a bill asks less (positive amount) or more (negative) than its lines, and why. `charge_id` names the line it
    lowers; rounding has none. A negative one with a line takes back the reduction of a line that became void.
    """

    __tablename__ = "adjustment"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (CheckConstraint("amount <> 0", name="amount_moves"),)

    bill_id: Mapped[Id] = to("bill")
    charge_id: Mapped[Id | None] = to("charge", nullable=True)
    kind: Mapped[str] = column(t.Enum(AdjustmentKind))
    category: Mapped[str] = column(t.Text(40))
    amount: Mapped[int] = column(t.Money())
    reason: Mapped[str] = column(t.Text(300))
    approved_by: Mapped[Id | None] = column(t.Id())
    day: Mapped[date] = column(t.LocalDate(), index=True)


class CashSession(Voidable):
    """A drawer from its float to its Z report. `open_key` holds the cashier while it is open."""

    __tablename__ = "cash_session"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "number"), UniqueConstraint("open_key"), Index(None, "day"))

    number: Mapped[str] = column(t.Text(30))
    z_number: Mapped[str | None] = column(t.Text(30))
    cashier_id: Mapped[Id] = to("user_account")
    state: Mapped[str] = column(t.Enum(SessionState))
    open_key: Mapped[Id | None] = column(t.Id())
    day: Mapped[date] = column(t.LocalDate())
    opened_at: Mapped[datetime] = column(t.UtcTime())
    float_amount: Mapped[int] = column(t.Money())
    counted: Mapped[Any] = column(t.Json())
    counted_total: Mapped[int | None] = column(t.Money())
    expected_total: Mapped[int | None] = column(t.Money())
    difference_reason: Mapped[str] = column(t.Text(300))
    figures: Mapped[Any] = column(t.Json())
    closed_at: Mapped[datetime | None] = column(t.UtcTime())
    closed_by: Mapped[Id | None] = column(t.Id())


class CashMovement(Entry):
    """Cash out of, or into, the drawer without a patient."""

    __tablename__ = "cash_movement"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (CheckConstraint("amount > 0", name="amount_positive"),)

    session_id: Mapped[Id] = to("cash_session")
    kind: Mapped[str] = column(t.Enum(CashMovementKind))
    amount: Mapped[int] = column(t.Money())
    reason: Mapped[str] = column(t.Text(300))
