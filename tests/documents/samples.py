"""One day's papers of a made-up clinic: what the tests of the papers are drawn from."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hms_desktop.documents.drug_label import DrugLabel, DrugLabelPaper, LabelBatch
from hms_desktop.documents.lab_report import LabReportPaper, PreviousValue, ResultGroup, ResultLine, SpecimenLine
from hms_desktop.documents.parts import Form
from hms_desktop.documents.patient_card import PatientCardPaper
from hms_desktop.documents.prescription import PrescribedItem, Prescriber, PrescriptionPaper
from hms_desktop.documents.specimen_label import SpecimenLabel, SpecimenLabelPaper
from hms_desktop.documents.ticket import TicketPaper
from hms_desktop.documents.triage_slip import TriageSlipPaper, VitalLine
from hms_desktop.domain.lab import Flag, LabPriority, ResultStatus
from hms_desktop.domain.patients import AllergyState
from hms_desktop.domain.prescriptions import Route
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import ServicePoint
from tests.documents.money_samples import BILL, MONEY_LINES, RECEIPT, REFUND, X_REPORT, Z_REPORT
from tests.documents.people import (
    AMHARIC,
    ARABIC,
    ASHA,
    BARAKA,
    DAY,
    DEVANAGARI,
    HEAD,
    PRINTED,
    at,
    logo,
    money,
    with_logo,
)

__all__ = [
    "AMHARIC", "ARABIC", "ASHA", "BARAKA", "BILL", "DAY", "DEVANAGARI", "HEAD", "MONEY_LINES", "PRINTED", "RECEIPT",
    "REFUND", "X_REPORT", "Z_REPORT", "at", "logo", "money", "with_logo",
]  # fmt: skip

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
    visit_number="KH-RA-V000456-K",
)
SLIP = TriageSlipPaper(
    head=HEAD,
    printed=PRINTED,
    patient=ASHA,
    visit_number="KH-RA-V000456-K",
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
    number="KH-DA-R000311-K",
    written=DAY,
    prescriber=Prescriber(
        name="Dr. Grace Njeri",
        registration="A-10442",
        qualification="MBChB",
        phone="+254 57 202 0145",
        address=HEAD.address,
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
            accession="KH-LA-T000871-A",
            specimen="Blood, EDTA",
            tests=("FBC", "Malaria RDT"),
            collected_at=at(9, 5),
            priority=LabPriority.URGENT,
        ),
        SpecimenLabel(accession="KH-LA-T000872-8", specimen="Urine", tests=("Dipstick",), collected_at=at(9, 12)),
    ),
)
BY, RELEASED = "P. Kamau", at(10, 40)


def result(
    test: str, value: str, unit: str = "", reference: str = "", flag: Flag = Flag.NORMAL, **more: Any
) -> ResultLine:
    more.setdefault("released_by", BY)
    more.setdefault("released_at", RELEASED)
    return ResultLine(test=test, value=value, unit=unit, range=reference, flag=flag, **more)


LAB_REPORT = LabReportPaper(
    head=HEAD,
    printed=PRINTED,
    patient=ASHA,
    order_number="KH-DA-A000204-V",
    ordered_at=at(8, 55),
    requested_by="Dr. Grace Njeri",
    department="Outpatients",
    visit_number="KH-RA-V000456-K",
    clinical_notes="Fever for two days, pallor",
    status=ResultStatus.CORRECTED,
    specimens=(
        SpecimenLine(accession="KH-LA-T000871-A", specimen="Blood, EDTA", collected_at=at(9, 5), received_at=at(9, 14)),
        SpecimenLine(accession="KH-LA-T000872-8", specimen="Urine", collected_at=at(9, 12), received_at=at(9, 20)),
    ),
    groups=(
        ResultGroup(
            name="Haematology",
            results=(
                result(
                    "Haemoglobin",
                    "6.2",
                    "g/dL",
                    "12.0–15.5",
                    Flag.CRITICAL_LOW,
                    comment="Called to Dr. Njeri at 10:31.",
                ),
                result("White blood cells", "12.8", "10⁹/L", "4.0–11.0", Flag.HIGH),
                result(
                    "Platelets",
                    "142",
                    "10⁹/L",
                    "150–400",
                    Flag.LOW,
                    status=ResultStatus.CORRECTED,
                    previous=PreviousValue(
                        value="412",
                        unit="10⁹/L",
                        flag=Flag.HIGH,
                        released_at=at(10, 12),
                        reason="Clotted sample, repeated",
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
                    "Urine dipstick, protein",
                    "+",
                    "",
                    "Negative",
                    Flag.ABNORMAL,
                    released_by="S. Were",
                    own_release=True,
                ),
            ),
        ),
    ),
    comment="Film: many trophozoites of Plasmodium falciparum. Repeat haemoglobin after treatment.",
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
