"""The dispensing screen's facts: what is left, from where, past which alerts; other products; whatever is scanned."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.checkdigit import KIND_LETTERS, format_number
from hms_desktop.domain.errors import InvalidValue, NotAllowed, NotFound, WrongNumberKind
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.domain.prescriptions import PrescriptionState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dispensing import Dispense, PricePrescription, dispense, price_prescription
from hms_desktop.services.pharmacy.reversal import ReverseDispensing, reverse_dispensing
from hms_desktop.services.pharmacy.scan import TAKEN, scan
from hms_desktop.services.pharmacy.sheet import dispense_sheet, substitutes
from hms_desktop.words.errors import sentence
from tests.make.billing import Guest, cash, pay, till
from tests.make.dispensing import everything, wish
from tests.make.pharmacy import EXPIRED, SOON, make_medicine, make_stock
from tests.make.prescriptions import Written, allergic_to, make_prescription
from tests.stores import Clock, actor_for, make_user


def test_the_sheet_shows_what_is_left_of_each_item_and_where_it_lies(clinic: Clinic, anyone: Actor) -> None:
    doctor = make_user(clinic, "doctor", name="Dora Doctor")
    medicine = make_medicine(clinic, tall_man="amoxiCILLin", price=5)
    soon = make_stock(clinic, medicine, 8, batch="SOON", expiry=SOON)
    make_stock(clinic, medicine, 3, batch="OLD", expiry=EXPIRED)
    sheet = make_prescription(clinic, medicine, Written(None, free_text="Honey"), prescriber=doctor)
    dispense(clinic, anyone, _one(clinic, sheet, 2))
    shown = dispense_sheet(clinic, anyone, sheet.prescription_id)
    first, second = shown.lines
    assert (shown.prescriber, shown.live, shown.pay_first) == ("Dora Doctor", True, False)
    assert (first.item.name, first.item.left, first.item.dispensed) == ("amoxiCILLin", 19, 2)
    assert first.offer is not None
    assert (first.offer.usable, first.offer.units, first.offer.price) == (6, 19, Decimal("5.00"))
    assert [(lot.number, lot.quantity) for lot in first.offer.lots] == [("OLD", 3), ("SOON", 6)]
    assert first.offer.lots[1].batch_id == soon
    assert (second.item.name, second.offer) == ("Honey", None)


def _one(clinic: Clinic, sheet: object, quantity: int) -> Dispense:
    items = (wish(clinic, sheet.items[0], quantity),)  # type: ignore[attr-defined]
    return Dispense(prescription_id=sheet.prescription_id, items=items)  # type: ignore[attr-defined]


def test_the_history_tells_what_was_given_and_taken_back(clinic: Clinic, anyone: Actor) -> None:
    pharmacist = make_user(clinic, "pharmacist", name="Peter Pill")
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    first = dispense(clinic, pharmacist, _one(clinic, sheet, 1)).value
    dispense(clinic, pharmacist, _one(clinic, sheet, 2))
    reverse_dispensing(clinic, anyone, ReverseDispensing(dispensing_id=first.dispensing_id, reason="slip"))
    newest, oldest = dispense_sheet(clinic, anyone, sheet.prescription_id).given
    assert (newest.state, newest.medicines) == (DispensingState.DISPENSED, ("amoxicillin 500 mg, 2 capsules",))
    assert (oldest.state, oldest.reverse_reason, oldest.person) == (DispensingState.REVERSED, "slip", "Peter Pill")
    assert oldest.medicines == ("amoxicillin 500 mg, 1 capsule",)


def test_what_waits_for_the_cashier_is_not_left_and_says_when_it_is_paid(clinic: Clinic, anyone: Actor) -> None:
    first = clinic.with_facility(replace(clinic.facility, profile=ClinicProfile.PAY_FIRST))
    medicine = make_medicine(first)
    make_stock(first, medicine, 100)
    sheet = make_prescription(first, medicine)
    price_prescription(
        first, anyone, PricePrescription(prescription_id=sheet.prescription_id, items=everything(first, sheet))
    )
    shown = dispense_sheet(first, anyone, sheet.prescription_id)
    assert (shown.pay_first, shown.lines[0].item.left, shown.lines[0].item.priced) == (True, 0, 21)
    assert (shown.given[0].settled, shown.given[0].amount) == (False, Decimal("105.00"))
    pay(first, till(first), Guest(sheet.patient_id, sheet.visit_id), cash(105))
    assert dispense_sheet(first, anyone, sheet.prescription_id).given[0].settled


def test_alerts_stand_on_the_sheet(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    sheet = make_prescription(clinic, medicine)
    allergic_to(clinic, sheet.patient_id, "amoxicillin")
    offer = dispense_sheet(clinic, anyone, sheet.prescription_id).lines[0].offer
    assert offer is not None
    assert [alert.about for alert in offer.allergies] == ["amoxicillin"]


def test_an_old_prescription_is_shown_but_not_live(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic))
    clock.forward(days=31)
    shown = dispense_sheet(clinic, anyone, sheet.prescription_id)
    assert (shown.state, shown.live) == (PrescriptionState.EXPIRED, False)


def test_other_products_of_the_same_ingredients_are_offered_with_their_own_counts(
    clinic: Clinic, anyone: Actor
) -> None:
    prescribed = make_medicine(clinic, strength="500 mg", mg="500")
    small, large = make_medicine(clinic, strength="250 mg", mg="250"), make_medicine(clinic, strength="1 g", mg="1000")
    make_medicine(clinic, "ibuprofen", "200 mg")
    make_stock(clinic, small, 100)
    sheet = make_prescription(clinic, Written(prescribed, dose=("1", "capsule")))
    offers = substitutes(clinic, anyone, sheet.prescription_id, sheet.items[0])
    assert [(offer.medication_id, offer.units, offer.usable) for offer in offers] == [(small, 42, 100), (large, 11, 0)]
    assert [offer.dose.text for offer in offers if offer.dose] == ["500 mg", "500 mg"]


def test_nothing_is_offered_for_free_text_or_a_foreign_item(clinic: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(clinic, Written(None, free_text="Honey"))
    for item in (sheet.items[0], new_id()):
        with pytest.raises(InvalidValue):
            substitutes(clinic, anyone, sheet.prescription_id, item)
    with pytest.raises(NotFound):
        dispense_sheet(clinic, anyone, new_id())
    with pytest.raises(NotAllowed):
        dispense_sheet(clinic, actor_for("doctor"), sheet.prescription_id)


def test_one_field_takes_prescription_card_ticket_barcode_and_batch(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic, barcode="6001234567890")
    batch = make_stock(clinic, medicine, 5, batch="LB77")
    sheet = make_prescription(clinic, medicine)
    by_number = scan(clinic, anyone, sheet.number.replace("-", "").lower())
    assert [row.prescription_id for row in by_number.prescriptions] == [sheet.prescription_id]
    card = by_number.prescriptions[0].mrn
    assert scan(clinic, anyone, card).prescriptions == by_number.prescriptions
    assert scan(clinic, anyone, "a001").prescriptions == by_number.prescriptions
    assert (box := scan(clinic, anyone, "6001234567890")).medicine is not None
    assert (box.medicine.id, box.batch_id) == (medicine, None)
    assert (scanned := scan(clinic, anyone, " lb77 ")).medicine is not None
    assert (scanned.medicine.id, scanned.batch_id) == (medicine, batch)
    assert scan(clinic, anyone, "amoxicillin_500_mg").medicine == box.medicine
    assert scan(clinic, anyone, "   ").nothing
    assert scan(clinic, anyone, "whatever").nothing
    assert scan(clinic, anyone, format_number(NumberKind.PRESCRIPTION, "TC", "A", "A", 999)).nothing


@pytest.mark.parametrize("kind", sorted(KIND_LETTERS.keys() - TAKEN))
def test_what_leads_to_no_medicine_is_refused_by_name(clinic: Clinic, kind: NumberKind) -> None:
    with pytest.raises(WrongNumberKind) as refused:
        scan(clinic, make_user(clinic, "pharmacist"), format_number(kind, "TC", "A", "A", 1))
    assert refused.value.facts["found_kind"] == kind.value
    assert "a prescription, a patient card" in sentence(refused.value.code, refused.value.facts)
