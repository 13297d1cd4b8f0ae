"""Sample papers of the cashier."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hms_desktop.documents import cash_report as cash
from hms_desktop.documents.bill import BillPaper
from hms_desktop.documents.money_lines import MoneyLine, PaymentLine, ReductionLine
from hms_desktop.documents.receipt import ReceiptPaper
from hms_desktop.documents.refund_note import RefundNotePaper
from hms_desktop.domain.billing import (
    AdjustmentKind,
    BillState,
    CashMovementKind,
    PaymentMethod,
    PaymentState,
    RefundKind,
)
from tests.documents.people import ASHA, HEAD, KES, PRINTED, at, money

MONEY_LINES = (
    MoneyLine(text="Consultation, general", amount=money("500"), group="consultation"),
    MoneyLine(text="Full blood count", amount=money("650"), group="lab"),
    MoneyLine(text="Malaria rapid test", amount=money("200"), group="lab"),
    MoneyLine(
        text="Amoxicillin 500 mg, capsule",
        amount=money("210"),
        quantity=money("21"),
        unit_price=money("10"),
        group="drug",
    ),
    MoneyLine(
        text="Paracetamol 500 mg, tablet", amount=money("36"), quantity=money("12"), unit_price=money("3"), group="drug"
    ),
)
WAIVER = ReductionLine(kind=AdjustmentKind.WAIVER, amount=money("200"), reason="Malaria programme", by="J. Achieng")
RECEIPT = ReceiptPaper(
    head=HEAD,
    printed=PRINTED,
    number="KH-CA-C000789-V",
    issued=at(12, 40),
    currency=KES,
    payer_name="OTIENO, Asha",
    patient=ASHA,
    lines=MONEY_LINES,
    reductions=(WAIVER,),
    payments=(
        PaymentLine(method=PaymentMethod.CASH, amount=money("1000")),
        PaymentLine(
            method=PaymentMethod.MOBILE,
            amount=money("300"),
            state=PaymentState.PENDING,
            operator="M-Pesa",
            code="SFT7K2L9QX",
        ),
    ),
    total=money("1396"),
    previous_balance=money("150"),
    paid=money("1000"),
    balance=money("546"),
    tendered=money("1000"),
    change=money("0"),
    bills=("KH-CA-F000655-J",),
    visit_number="KH-RA-V000456-K",
)
BILL = BillPaper(
    head=HEAD,
    printed=PRINTED,
    number="KH-CA-F000655-J",
    issued=at(12, 30),
    currency=KES,
    lines=MONEY_LINES,
    reductions=(WAIVER,),
    payments=(PaymentLine(method=PaymentMethod.CASH, amount=money("1000"), at=at(12, 40), receipt="KH-CA-C000789-V"),),
    total=money("1396"),
    paid=money("1000"),
    balance=money("396"),
    patient=ASHA,
    payer_name="County Health Fund",
    state=BillState.PART_PAID,
    visit_number="KH-RA-V000456-K",
    due=date(2026, 4, 4),
)
REFUND = RefundNotePaper(
    head=HEAD,
    printed=PRINTED,
    number="KH-CA-N000012-N",
    issued=at(13, 5),
    currency=KES,
    kind=RefundKind.REFUND,
    amount=money("210"),
    method=PaymentMethod.CASH,
    receipt_number="KH-CA-C000789-V",
    bill_number="KH-CA-F000655-J",
    patient=ASHA,
    reason="Amoxicillin returned unopened: allergy to penicillin found",
    requested_by="M. Wanjiru",
    approved_by="J. Achieng",
    lines=(MONEY_LINES[3],),
)
X_REPORT = cash.CashReportPaper(
    head=HEAD,
    printed=PRINTED,
    kind=cash.ReportKind.X,
    session_number="KH-CA-J000031",
    z_number=None,
    currency=KES,
    cashier="M. Wanjiru",
    opened_at=at(7, 55),
    closed_at=None,
    float_amount=money("2000"),
    takings=(
        cash.MethodTotal(method=PaymentMethod.CASH, count=23, amount=money("18450")),
        cash.MethodTotal(method=PaymentMethod.MOBILE, count=9, amount=money("7320")),
    ),
    refunds=(cash.MethodTotal(method=PaymentMethod.CASH, count=1, amount=money("210")),),
    movements=(
        cash.DrawerLine(
            kind=CashMovementKind.OUT, amount=money("500"), reason="Petty cash, water", at=at(11, 10), by="J. Achieng"
        ),
    ),
    expected=money("19740"),
    pending=(
        cash.PendingLine(
            operator="M-Pesa", code="SFT7K2L9QX", amount=money("300"), at=at(12, 40), receipt="KH-CA-C000789-V"
        ),
    ),
    reductions=(cash.ReductionTotal(kind=AdjustmentKind.WAIVER, count=4, amount=money("1350")),),
    first_receipt="KH-CA-C000760-Q",
    last_receipt="KH-CA-C000791-8",
    receipts=32,
    voided=1,
)
Z_REPORT = replace(
    X_REPORT,
    kind=cash.ReportKind.Z,
    z_number=31,
    closed_at=at(17, 2),
    counted=money("19690"),
    denominations=tuple(
        cash.Denomination(face=Decimal(face), count=count)
        for face, count in ((1000, 15), (500, 7), (200, 4), (100, 3), (50, 1), (20, 1), (10, 2))
    ),
    note="Difference of 50 noted; the float for tomorrow stays in the safe.",
)
