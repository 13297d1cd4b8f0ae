"""One day's papers of a made-up clinic: what the tests of the papers are drawn from."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from hms_desktop.documents import cash_report as cash
from hms_desktop.documents.bill import BillPaper
from hms_desktop.documents.drug_label import DrugLabel, DrugLabelPaper, LabelBatch
from hms_desktop.documents.lab_report import LabReportPaper, PreviousValue, ResultGroup, ResultLine, SpecimenLine
from hms_desktop.documents.money_lines import MoneyLine, PaymentLine, ReductionLine
from hms_desktop.documents.parts import Form, Head, PatientLine, Printed
from hms_desktop.documents.patient_card import PatientCardPaper
from hms_desktop.documents.prescription import PrescribedItem, Prescriber, PrescriptionPaper
from hms_desktop.documents.receipt import ReceiptPaper
from hms_desktop.documents.refund_note import RefundNotePaper
from hms_desktop.documents.specimen_label import SpecimenLabel, SpecimenLabelPaper
from hms_desktop.documents.ticket import TicketPaper
from hms_desktop.documents.triage_slip import TriageSlipPaper, VitalLine
from hms_desktop.domain.billing import AdjustmentKind, BillState, CashMovementKind, PaymentMethod, PaymentState, RefundKind
from hms_desktop.domain.lab import Flag, LabPriority, ResultStatus
from hms_desktop.domain.money import Currency
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.domain.prescriptions import Route
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import ServicePoint

ZONE = timezone(timedelta(hours=3))
KES = Currency("KES", 2)
DAY = date(2026, 3, 5)
ARABIC = "عائشة محمد الحسن"
DEVANAGARI = "प्रिया श्रीकृष्ण द्विवेदी"
AMHARIC = "ለምለም ገብረ ሥላሴ"


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 5, hour, minute, tzinfo=ZONE)


def money(text: str) -> Decimal:
    return Decimal(text)


@cache
def logo() -> bytes:
    """A hill under a sun, drawn here."""
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 8, 232, 232), fill=(15, 76, 92, 255))
    draw.ellipse((86, 46, 154, 114), fill=(242, 194, 0, 255))
    draw.pieslice((20, 90, 220, 330), 180, 360, fill=(255, 255, 255, 255))
    draw.rectangle((108, 138, 132, 210), fill=(15, 76, 92, 255))
    draw.rectangle((84, 162, 156, 186), fill=(15, 76, 92, 255))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


HEAD = Head(
    name="Kisumu Hill Clinic",
    address="Oginga Odinga Street 14, Kisumu",
    phone="+254 57 202 0144",
    licence="KMPDC-004512",
    established=1998,
    footer="Thank you. We wish you good health.",
)
PRINTED = Printed(station="KH-CA", user="M. Wanjiru", at=at(12, 41))
ASHA = PatientLine(
    name="OTIENO, Asha",
    mrn="KH-RA-000123-7",
    sex=Sex.FEMALE,
    age="28 y",
    birth_date=date(1998, 3, 5),
    phone="+254 712 345 678",
    address="Manyatta, Kisumu",
)
BARAKA = PatientLine(name="MWANGI, Baraka", mrn="KH-RA-000124-5", sex=Sex.MALE, age="4 y", address="Nyalenda, Kisumu")

MONEY_LINES = (
    MoneyLine(text="Consultation, general", amount=money("500"), group="consultation"),
    MoneyLine(text="Full blood count", amount=money("650"), group="lab"),
    MoneyLine(text="Malaria rapid test", amount=money("200"), group="lab"),
    MoneyLine(
        text="Amoxicillin 500 mg, capsule", amount=money("210"), quantity=money("21"), unit_price=money("10"), group="drug"
    ),
    MoneyLine(
        text="Paracetamol 500 mg, tablet", amount=money("36"), quantity=money("12"), unit_price=money("3"), group="drug"
    ),
)
WAIVER = ReductionLine(kind=AdjustmentKind.WAIVER, amount=money("200"), reason="Malaria programme", by="J. Achieng")


def with_logo(paper: Any) -> Any:
    return replace(paper, head=replace(paper.head, logo=logo()))


CARD = PatientCardPaper(
    head=HEAD,
    printed=PRINTED,
    patient=ASHA,
    issued=DAY,
    allergy_state=AllergyState.RECORDED,
    allergies=("penicillin",),
    blood_group="O+",
)
TICKET = TicketPaper(
    head=HEAD,
    printed=PRINTED,
    number="A-017",
    service_point=ServicePoint.TRIAGE,
    issued=at(8, 12),
    patient=ASHA,
    waiting=3,
    visit_number="KH-RA-000456",
)
SLIP = TriageSlipPaper(
    head=HEAD,
    printed=PRINTED,
    patient=ASHA,
    visit_number="KH-RA-000456",
    taken_at=at(8, 30),
    nurse="A. Otieno",
    colour=Colour.YELLOW,
    reasons=("Severe pain", "Pulse 118, above 110"),
    vitals=(
        VitalLine(name="Temperature", value="38.9", unit="°C"),
        VitalLine(name="Pulse", value="118", unit="/min"),
        VitalLine(name="Blood pressure", value="128/82", unit="mmHg"),
        VitalLine(name="SpO₂", value=""),
        VitalLine(name="Weight", value="61.5", unit="kg"),
    ),
    ticket="A-017",
    complaint="Fever and headache since two days",
)
PRESCRIPTION = PrescriptionPaper(
    head=HEAD,
    printed=PRINTED,
    number="KH-DA-000311",
    written=DAY,
    prescriber=Prescriber(
        name="Dr. Grace Njeri", registration="A-10442", qualification="MBChB", phone="+254 57 202 0145", address=HEAD.address
    ),
    patient=BARAKA,
    items=(
        PrescribedItem(
            medicine="Amoxicillin",
            strength="250 mg/5 ml",
            form="oral suspension",
            quantity="1 bottle (100 ml)",
            dose="5 ml (250 mg)",
            route=Route.ORAL,
            frequency="tds",
            days=5,
            instructions="Shake the bottle. Finish the whole course.",
            indication="acute otitis media",
        ),
        PrescribedItem(
            medicine="Paracetamol",
            strength="120 mg/5 ml",
            form="syrup",
            quantity="1 bottle (60 ml)",
            dose="10 ml (240 mg)",
            route=Route.ORAL,
            frequency="q6h",
            days=3,
            instructions="Not more than 4 times in 24 hours.",
            refills=1,
        ),
    ),
    allergy_state=AllergyState.NONE_KNOWN,
    valid_until=DAY + timedelta(days=30),
    weight_kg=money("16.4"),
    weight_on=DAY,
    child=True,
    diagnosis="H66.9 Otitis media, left",
    note="Come back at once if the child cannot drink, has a fit or becomes sleepy.",
)
DRUG_LABEL = DrugLabelPaper(
    head=HEAD,
    printed=PRINTED,
    patient=ASHA,
    dispensed=DAY,
    labels=(
        DrugLabel(
            medicine="Amoxicillin",
            strength="500 mg",
            form="capsule",
            quantity="21 capsules",
            dose="1 capsule",
            route=Route.ORAL,
            frequency="tds",
            days=7,
            instructions="Take with water. Finish the whole course even when you feel better.",
            batches=(LabelBatch(number="AMX-2291", expiry=date(2027, 2, 28)),),
        ),
        DrugLabel(
            medicine="Paracetamol",
            strength="500 mg",
            form="tablet",
            quantity="12 tablets",
            dose="1 tablet",
            route=Route.ORAL,
            frequency="q6h",
            days=3,
            instructions="Not more than 4 times in 24 hours.",
            batches=(
                LabelBatch(number="PCM-118", expiry=date(2026, 6, 30)),
                LabelBatch(number="PCM-120", expiry=date(2026, 11, 30)),
            ),
        ),
    ),
)
SPECIMEN_LABEL = SpecimenLabelPaper(
    head=HEAD,
    printed=PRINTED,
    patient=ASHA,
    labels=(
        SpecimenLabel(
            accession="KH-LA-000871-3",
            specimen="Blood, EDTA",
            tests=("FBC", "Malaria RDT"),
            collected_at=at(9, 5),
            priority=LabPriority.URGENT,
        ),
        SpecimenLabel(accession="KH-LA-000872-1", specimen="Urine", tests=("Dipstick",), collected_at=at(9, 12)),
    ),
)
BY, RELEASED = "P. Kamau", at(10, 40)


def result(test: str, value: str, unit: str = "", reference: str = "", flag: Flag = Flag.NORMAL, **more: Any) -> ResultLine:
    more.setdefault("released_by", BY)
    more.setdefault("released_at", RELEASED)
    return ResultLine(test=test, value=value, unit=unit, range=reference, flag=flag, **more)


LAB_REPORT = LabReportPaper(
    head=HEAD,
    printed=PRINTED,
    patient=ASHA,
    order_number="KH-DA-000204",
    ordered_at=at(8, 55),
    requested_by="Dr. Grace Njeri",
    department="Outpatients",
    visit_number="KH-RA-000456",
    clinical_notes="Fever for two days, pallor",
    status=ResultStatus.CORRECTED,
    specimens=(
        SpecimenLine(
            accession="KH-LA-000871-3", specimen="Blood, EDTA", collected_at=at(9, 5), received_at=at(9, 14)
        ),
        SpecimenLine(accession="KH-LA-000872-1", specimen="Urine", collected_at=at(9, 12), received_at=at(9, 20)),
    ),
    groups=(
        ResultGroup(
            name="Haematology",
            results=(
                result("Haemoglobin", "6.2", "g/dL", "12.0–15.5", Flag.CRITICAL_LOW, comment="Called to Dr. Njeri at 10:31."),
                result("White blood cells", "12.8", "10⁹/L", "4.0–11.0", Flag.HIGH),
                result(
                    "Platelets",
                    "142",
                    "10⁹/L",
                    "150–400",
                    Flag.LOW,
                    status=ResultStatus.CORRECTED,
                    previous=PreviousValue(
                        value="412", unit="10⁹/L", flag=Flag.HIGH, released_at=at(10, 12), reason="Clotted sample, repeated"
                    ),
                ),
                result("Mean cell volume", "82", "fL", "80–96"),
            ),
        ),
        ResultGroup(
            name="Chemistry",
            results=(
                result("Potassium", "6.9", "mmol/L", "3.5–5.1", Flag.CRITICAL_HIGH),
                result("Creatinine", "88", "µmol/L", "45–90"),
            ),
        ),
        ResultGroup(
            name="Parasitology",
            results=(
                result("Malaria rapid test (HRP2)", "Positive", "", "Negative", Flag.ABNORMAL),
                result(
                    "Urine dipstick, protein", "+", "", "Negative", Flag.ABNORMAL, released_by="S. Were", own_release=True
                ),
            ),
        ),
    ),
    comment="Film: many trophozoites of Plasmodium falciparum. Repeat haemoglobin after treatment.",
)
RECEIPT = ReceiptPaper(
    head=HEAD,
    printed=PRINTED,
    number="KH-CA-000789",
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
    paid=money("1300"),
    balance=money("246"),
    tendered=money("1000"),
    change=money("0"),
    bills=("KH-CA-000655",),
    visit_number="KH-RA-000456",
)
BILL = BillPaper(
    head=HEAD,
    printed=PRINTED,
    number="KH-CA-000655",
    issued=at(12, 30),
    currency=KES,
    lines=MONEY_LINES,
    reductions=(WAIVER,),
    payments=(
        PaymentLine(method=PaymentMethod.CASH, amount=money("1000"), at=at(12, 40), receipt="KH-CA-000789"),
    ),
    total=money("1396"),
    paid=money("1000"),
    balance=money("396"),
    patient=ASHA,
    payer_name="County Health Fund",
    state=BillState.PART_PAID,
    visit_number="KH-RA-000456",
    due=date(2026, 4, 4),
)
REFUND = RefundNotePaper(
    head=HEAD,
    printed=PRINTED,
    number="KH-CA-000012",
    issued=at(13, 5),
    currency=KES,
    kind=RefundKind.REFUND,
    amount=money("210"),
    method=PaymentMethod.CASH,
    receipt_number="KH-CA-000789",
    bill_number="KH-CA-000655",
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
    session_number="KH-CA-000031",
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
            operator="M-Pesa", code="SFT7K2L9QX", amount=money("300"), at=at(12, 40), receipt="KH-CA-000789"
        ),
    ),
    reductions=(cash.ReductionTotal(kind=AdjustmentKind.WAIVER, count=4, amount=money("1350")),),
    first_receipt="KH-CA-000760",
    last_receipt="KH-CA-000791",
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

PAPERS: dict[str, tuple[str, Any]] = {
    "patient-card": ("patient-card", CARD),
    "ticket": ("ticket", TICKET),
    "triage-slip": ("triage-slip", SLIP),
    "prescription": ("prescription", PRESCRIPTION),
    "drug-label": ("drug-label", DRUG_LABEL),
    "specimen-label": ("specimen-label", SPECIMEN_LABEL),
    "lab-report": ("lab-report", LAB_REPORT),
    "receipt": ("receipt", RECEIPT),
    "receipt-a5": ("receipt", replace(RECEIPT, form=Form.A5)),
    "receipt-58": ("receipt", replace(RECEIPT, form=Form.ROLL_58)),
    "bill": ("bill", BILL),
    "bill-a4": ("bill", replace(BILL, form=Form.A4)),
    "refund-note": ("refund-note", REFUND),
    "refund-note-a5": ("refund-note", replace(REFUND, form=Form.A5)),
    "x-report": ("x-report", X_REPORT),
    "z-report": ("z-report", Z_REPORT),
    "z-report-a4": ("z-report", replace(Z_REPORT, form=Form.A4)),
}
"""Name of the expected file → (kind, paper)."""
