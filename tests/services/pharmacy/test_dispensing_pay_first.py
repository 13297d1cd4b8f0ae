"""A clinic that is paid first: price, pay, give; an emergency goes on; what is not given is credited."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.pharmacy import DispensingItem
from hms_desktop.data.tables.prescriptions import PrescriptionItem
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.dispensing import PayState
from hms_desktop.domain.errors import (
    AllergyConflict,
    InvalidValue,
    NotAllowed,
    NotEnoughStock,
    NotPaid,
    ReasonNeeded,
    WrongState,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.services.charges import void_charge
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dispensing import (
    CancelPriced,
    Dispense,
    Dispensed,
    HandOver,
    PricePrescription,
    cancel_priced,
    dispense,
    hand_over,
    price_prescription,
)
from hms_desktop.services.pharmacy.queue import pharmacy_queue
from hms_desktop.services.pharmacy.reversal import WithholdItem, withhold_item
from hms_desktop.services.queues import CallPatient, call_patient
from tests.make.billing import Guest, account, cash, pay, till
from tests.make.dispensing import (
    bills,
    charges,
    dispensings,
    everything,
    item_state,
    left,
    movements,
    sound,
    wish,
)
from tests.make.pharmacy import make_medicine, make_stock
from tests.make.prescriptions import Sheet, allergic_to, make_prescription


@pytest.fixture
def paid_first(clinic: Clinic) -> Clinic:
    """The clinic, asking for money first."""
    return clinic.with_facility(replace(clinic.facility, profile=ClinicProfile.PAY_FIRST))


def priced(clinic: Clinic, actor: Actor, sheet: Sheet, quantity: int = 21) -> Dispensed:
    items = everything(clinic, sheet, quantity)
    return price_prescription(
        clinic, actor, PricePrescription(prescription_id=sheet.prescription_id, items=items)
    ).value


def settle(clinic: Clinic, sheet: Sheet, amount: int) -> None:
    pay(clinic, till(clinic), Guest(sheet.patient_id, sheet.visit_id), cash(amount))


def stocked(clinic: Clinic, units: int = 100) -> Id:
    medicine = make_medicine(clinic, price=5)
    make_stock(clinic, medicine, units)
    return medicine


def test_a_prescription_is_priced_paid_and_given(paid_first: Clinic, anyone: Actor) -> None:
    medicine = stocked(paid_first)
    sheet = make_prescription(paid_first, medicine)
    made = priced(paid_first, anyone, sheet)
    assert (made.state, made.amount, made.label_paper_id) == (DispensingState.PRICED, Decimal("105.00"), None)
    assert (left(paid_first, medicine), item_state(paid_first, sheet.items[0])) == (100, (ItemState.ACTIVE, 0))
    with pytest.raises(NotPaid) as caught:
        hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id))
    assert caught.value.facts["item"] == "amoxicillin 500 mg"
    settle(paid_first, sheet, 105)
    given = hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id)).value
    assert (given.state, given.number, given.owed) == (DispensingState.DISPENSED, made.number, 0)
    assert given.label_paper_id is not None
    assert left(paid_first, medicine) == 79
    assert charges(paid_first) == [("amoxicillin_500_mg", 21, 105, False)]
    assert sound(paid_first)


def test_the_queue_says_who_has_paid(paid_first: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(paid_first, stocked(paid_first))
    entry = pharmacy_queue(paid_first, anyone)[0].entry
    call_patient(paid_first, anyone, CallPatient(entry_id=entry.id))
    priced(paid_first, anyone, sheet)
    row = pharmacy_queue(paid_first, anyone)[0]
    assert (row.pay, row.amount, row.entry.state.value) == (PayState.TO_PAY, Decimal("105.00"), "waiting")
    settle(paid_first, sheet, 105)
    assert pharmacy_queue(paid_first, anyone)[0].pay is PayState.PAID


def test_nothing_is_given_at_once_unless_it_is_settled_or_an_emergency(paid_first: Clinic, anyone: Actor) -> None:
    medicine = stocked(paid_first)
    sheet = make_prescription(paid_first, medicine)
    items = everything(paid_first, sheet)
    with pytest.raises(NotPaid):
        dispense(paid_first, anyone, Dispense(prescription_id=sheet.prescription_id, items=items))
    assert (charges(paid_first), left(paid_first, medicine)) == ([], 100)
    command = Dispense(prescription_id=sheet.prescription_id, items=items, emergency_reason="convulsing")
    with pytest.raises(NotAllowed):
        dispense(paid_first, replace(anyone, rights=anyone.rights - {"emergency.override"}), command)
    assert dispense(paid_first, anyone, command).value.state is DispensingState.DISPENSED
    with paid_first.read(SYSTEM) as reader:
        event = reader.first(select(AuditEvent.after).where(AuditEvent.action == "dispensing.emergency"))
    assert event is not None
    assert event.after == {"reason": "convulsing"}
    assert [bill.paid for bill in bills(paid_first)] == [0]


def test_what_is_free_is_given_at_once(paid_first: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(paid_first, price=None)
    make_stock(paid_first, medicine, 100)
    sheet = make_prescription(paid_first, medicine)
    items = everything(paid_first, sheet)
    given = dispense(paid_first, anyone, Dispense(prescription_id=sheet.prescription_id, items=items)).value
    assert given.state is DispensingState.DISPENSED


def test_what_is_not_given_after_all_is_credited(paid_first: Clinic, anyone: Actor) -> None:
    medicine = stocked(paid_first)
    sheet = make_prescription(paid_first, medicine)
    made = priced(paid_first, anyone, sheet)
    settle(paid_first, sheet, 105)
    with pytest.raises(ReasonNeeded):
        cancel_priced(paid_first, anyone, CancelPriced(dispensing_id=made.dispensing_id, reason=" "))
    cancelled = cancel_priced(paid_first, anyone, CancelPriced(dispensing_id=made.dispensing_id, reason="too dear"))
    assert cancelled.value.state is DispensingState.CANCELLED
    assert charges(paid_first) == [("amoxicillin_500_mg", 21, 105, True)]
    assert account(paid_first, Guest(sheet.patient_id, sheet.visit_id)) is not None
    assert sum(bill.paid - bill.charged for bill in bills(paid_first)) == 105_00
    assert (left(paid_first, medicine), item_state(paid_first, sheet.items[0])) == (100, (ItemState.ACTIVE, 0))
    with pytest.raises(WrongState):
        cancel_priced(paid_first, anyone, CancelPriced(dispensing_id=made.dispensing_id, reason="x"))
    with pytest.raises(WrongState):
        hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id))
    assert sound(paid_first)


def test_a_charge_that_the_cashier_took_back_is_left_alone(paid_first: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(paid_first, stocked(paid_first))
    made = priced(paid_first, anyone, sheet)
    with paid_first.work(anyone, "tests.void") as work:
        charge_id = work.scalar(select(DispensingItem.charge_id))
        void_charge(work, charge_id, "credited")
        work.finish()
    with pytest.raises(NotPaid):
        hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id))
    cancel_priced(paid_first, anyone, CancelPriced(dispensing_id=made.dispensing_id, reason="credited already"))
    assert sound(paid_first)


def test_what_waits_for_the_cashier_is_not_priced_twice(paid_first: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(paid_first, stocked(paid_first))
    priced(paid_first, anyone, sheet, 11)
    with pytest.raises(InvalidValue) as caught:
        priced(paid_first, anyone, sheet, 11)
    assert caught.value.facts["high"] == 10
    priced(paid_first, anyone, sheet, 10)


def test_nobody_is_sent_to_pay_for_what_others_are_paying(paid_first: Clinic, anyone: Actor) -> None:
    medicine = stocked(paid_first, units=30)
    priced(paid_first, anyone, make_prescription(paid_first, medicine))
    other = make_prescription(paid_first, medicine, name="Ben Kamau")
    with pytest.raises(NotEnoughStock) as caught:
        priced(paid_first, anyone, other)
    assert caught.value.facts["available"] == 9
    priced(paid_first, anyone, other, 9)


def test_stock_that_went_meanwhile_is_said_at_the_hand_over(paid_first: Clinic, anyone: Actor) -> None:
    medicine = stocked(paid_first, units=21)
    sheet = make_prescription(paid_first, medicine)
    made = priced(paid_first, anyone, sheet)
    settle(paid_first, sheet, 105)
    other = make_prescription(paid_first, medicine, name="Ben Kamau")
    urgent = Dispense(
        prescription_id=other.prescription_id, items=(wish(paid_first, other.items[0], 1),), emergency_reason="red"
    )
    dispense(paid_first, anyone, urgent)
    with pytest.raises(NotEnoughStock):
        hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id))
    assert [row.state for row in dispensings(paid_first)] == ["priced", "dispensed"]


def test_an_item_that_was_stopped_meanwhile_is_not_given(paid_first: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(paid_first, stocked(paid_first))
    made = priced(paid_first, anyone, sheet)
    settle(paid_first, sheet, 105)
    with paid_first.work(SYSTEM, "tests.stop") as work:
        work.change(PrescriptionItem, sheet.items[0], state=ItemState.STOPPED)
        work.finish()
    with pytest.raises(WrongState):
        hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id))
    assert movements(paid_first, "dispense") == []


def test_what_waits_for_the_cashier_can_not_be_withheld(paid_first: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(paid_first, stocked(paid_first))
    priced(paid_first, anyone, sheet)
    version = wish(paid_first, sheet.items[0]).version
    with pytest.raises(WrongState) as caught:
        withhold_item(paid_first, anyone, WithholdItem(item_id=sheet.items[0], version=version, reason="wants none"))
    assert caught.value.facts["state"] == "priced"


def test_nothing_is_priced_without_lines(paid_first: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(paid_first, stocked(paid_first))
    with pytest.raises(InvalidValue):
        price_prescription(paid_first, anyone, PricePrescription(prescription_id=sheet.prescription_id, items=()))


def test_what_was_priced_twice_over_is_not_given_beyond_the_prescription(paid_first: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(paid_first, price=None)
    make_stock(paid_first, medicine, 100)
    sheet = make_prescription(paid_first, medicine)
    made = priced(paid_first, anyone, sheet)
    with paid_first.work(SYSTEM, "tests.given_elsewhere") as work:
        work.change(PrescriptionItem, sheet.items[0], dispensed=10, state=ItemState.PARTLY)
        work.finish()
    with pytest.raises(InvalidValue) as caught:
        hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id))
    assert caught.value.facts["reason"] == "nothing_left"
    assert left(paid_first, medicine) == 100


def test_the_turn_goes_on_while_something_waits_for_the_cashier(paid_first: Clinic, anyone: Actor) -> None:
    dear, free = stocked(paid_first), make_medicine(paid_first, "zinc", "20 mg", price=None)
    make_stock(paid_first, free, 100)
    first = make_prescription(paid_first, dear)
    second = make_prescription(paid_first, free, guest=Guest(first.patient_id, first.visit_id))
    priced(paid_first, anyone, first)
    items = everything(paid_first, second)
    dispense(paid_first, anyone, Dispense(prescription_id=second.prescription_id, items=items))
    assert [row.prescription_id for row in pharmacy_queue(paid_first, anyone)] == [first.prescription_id]


def test_an_empty_queue_asks_nothing_about_money(paid_first: Clinic, anyone: Actor) -> None:
    assert pharmacy_queue(paid_first, anyone) == []


def test_an_allergy_that_was_recorded_after_pricing_stops_the_hand_over(paid_first: Clinic, anyone: Actor) -> None:
    medicine = stocked(paid_first)
    sheet = make_prescription(paid_first, medicine)
    made = priced(paid_first, anyone, sheet)
    settle(paid_first, sheet, 105)
    allergic_to(paid_first, sheet.patient_id, "amoxicillin")
    with pytest.raises(AllergyConflict) as caught:
        hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id))
    assert caught.value.facts == {
        "field": "allergy_override", "medication": "amoxicillin 500 mg", "substance": "amoxicillin",
        "severity": "severe",
    }  # fmt: skip
    assert left(paid_first, medicine) == 100
    override = HandOver(dispensing_id=made.dispensing_id, allergy_override="only a stomach ache in May")
    with pytest.raises(NotAllowed):
        hand_over(paid_first, replace(anyone, rights=anyone.rights - {"pharmacy.override"}), override)
    assert hand_over(paid_first, anyone, override).value.state is DispensingState.DISPENSED
    with paid_first.read(SYSTEM) as reader:
        event = reader.first(select(AuditEvent.after).where(AuditEvent.action == "dispensing.allergy_override"))
    assert event is not None
    assert event.after["reason"] == "only a stomach ache in May"


def test_an_allergy_that_was_answered_at_pricing_is_not_asked_about_again(paid_first: Clinic, anyone: Actor) -> None:
    sheet = make_prescription(paid_first, stocked(paid_first))
    allergic_to(paid_first, sheet.patient_id, "amoxicillin")
    wishes = (wish(paid_first, sheet.items[0], allergy_override="tolerated in May"),)
    made = price_prescription(
        paid_first, anyone, PricePrescription(prescription_id=sheet.prescription_id, items=wishes)
    ).value
    settle(paid_first, sheet, 105)
    assert hand_over(paid_first, anyone, HandOver(dispensing_id=made.dispensing_id)).value.owed == 0
