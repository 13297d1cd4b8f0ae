"""A small clinic whose books agree: one patient, one visit, a bill half paid, a batch half given out."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from hms_desktop.data.tables import billing, patients, pharmacy, visits
from hms_desktop.data.tables.pharmacy import StockLocation
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.services.clinic import Clinic


@dataclass(frozen=True)
class Books:
    """Ids of what was made."""

    patient: Id
    visit: Id
    charge: Id
    bill: Id
    item: Id
    payment: Id
    batch: Id
    balance: Id
    movements: tuple[Id, Id]


def make_books(clinic: Clinic, cashier: Actor) -> Books:
    """Everything in one transaction; `cashier` is a real user."""
    with clinic.work(cashier, "tests.books") as work:
        patient, visit = _visit(work)
        bill, charge, item = _bill(work, patient, visit)
        payment = _payment(work, patient, bill, cashier)
        batch, balance, movements = _stock(work)
        work.finish()
    return Books(patient, visit, charge, bill, item, payment, batch, balance, movements)


def _visit(work: Work) -> tuple[Id, Id]:
    mrn = work.number(NumberKind.MRN)
    patient = work.insert(
        patients.Patient, mrn=mrn, mrn_folded=mrn.casefold(), given_name="Asha", family_name="Otieno",
        search_words="asha otieno", sex="female", allergy_state="not_asked",
    )  # fmt: skip
    visit = work.insert(
        visits.Visit, number=work.number(NumberKind.VISIT), patient_id=patient, kind="outpatient", state="open",
        open_key=patient, day=work.today, occurrence="new", ticket=work.number(NumberKind.TICKET), opened_at=work.now,
    )  # fmt: skip
    return patient, visit


def _bill(work: Work, patient: Id, visit: Id) -> tuple[Id, Id, Id]:
    bill = work.insert(
        billing.Bill, number=work.number(NumberKind.BILL), visit_id=visit, patient_id=patient, state="part_paid",
        open_key=visit, day=work.today, charged=300_00, adjusted=50_00, rounded=0,
        paid=100_00, refunded=20_00, pending=30_00,
    )  # fmt: skip
    charge = work.insert(
        billing.Charge, visit_id=visit, patient_id=patient, kind="consultation", item_code="consultation_general",
        quantity=1, unit_price=300_00, amount=300_00, price_list_code="standard", day=work.today,
        source_table="visit", source_id=visit,
    )  # fmt: skip
    item = work.insert(billing.BillItem, bill_id=bill, charge_id=charge, amount=300_00, settled=130_00)
    work.insert(
        billing.Adjustment, bill_id=bill, kind="waiver", category="child", amount=50_00, reason="x", day=work.today
    )
    return bill, charge, item


def _payment(work: Work, patient: Id, bill: Id, cashier: Actor) -> Id:
    session = work.insert(
        billing.CashSession, number=work.number(NumberKind.CASH_SESSION), cashier_id=cashier.user_id, state="open",
        open_key=cashier.user_id, day=work.today, opened_at=work.now, float_amount=0, counted=None, figures=None,
    )  # fmt: skip
    receipt = work.insert(
        billing.Receipt, number=work.number(NumberKind.RECEIPT), patient_id=patient, session_id=session, total=130_00,
        day=work.today, taken_at=work.now,
    )  # fmt: skip
    both = [("cash", 100_00, False), ("mobile_money", 30_00, True)]
    ids = []
    for method, amount, waits in both:
        payment = work.insert(
            billing.Payment, receipt_id=receipt, session_id=session, method=method, amount=amount, change_given=0,
            needs_confirmation=waits, day=work.today,
        )  # fmt: skip
        work.insert(billing.PaymentShare, payment_id=payment, bill_id=bill, amount=amount)
        ids.append(payment)
    work.insert(
        billing.Refund, number=work.number(NumberKind.REFUND), kind="refund", payment_id=ids[0], bill_id=bill,
        patient_id=patient, session_id=session, method="cash", amount=20_00, reason="x", day=work.today,
    )  # fmt: skip
    return ids[0]


def _stock(work: Work) -> tuple[Id, Id, tuple[Id, Id]]:
    location = work.scalar(select(StockLocation.id))
    medicine = work.insert(
        pharmacy.Medication, code="m", generic="m", generic_folded="m", generic_names={"en": "m"}, pack_size=1,
        drug_classes=[], ingredients=[], reorder_level=0, active=True,
    )  # fmt: skip
    batch = work.insert(
        pharmacy.StockBatch, medication_id=medicine, number="B1", expiry=work.today + timedelta(days=90), unit_cost=1
    )
    shelf = {"batch_id": batch, "location_id": location, "medication_id": medicine}
    balance = work.insert(pharmacy.StockBalance, **shelf, quantity=60)
    moved = {"moved_at": work.now, "day": work.today}
    came = work.insert(pharmacy.StockMovement, **shelf, **moved, kind="receipt", quantity=100, balance_after=100)
    went = work.insert(pharmacy.StockMovement, **shelf, **moved, kind="dispense", quantity=-40, balance_after=60)
    return batch, balance, (came, went)
