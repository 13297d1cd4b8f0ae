"""A pharmacist's day, by keys alone: give, owe, substitute, obey and override an allergy, reverse, receive, adjust."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.kit import keys
from tests.make.billing import Guest, cash, pay, till
from tests.make.dispensing import charges, item_state, left, movements, sound
from tests.make.pharmacy import EXPIRED, SOON, make_medicine, make_stock
from tests.make.pharmacy_desk import OpenDesk, Shown, open_desk, type_values
from tests.make.prescriptions import Written, allergic_to, make_prescription
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]
pytestmark = pytest.mark.journey


@pytest.fixture
def desk(clinic: Clinic, shown: Shown) -> Iterator[OpenDesk]:
    made = open_desk(clinic, shown)
    yield made
    made.desk.release()


def test_a_prescription_of_two_medicines_is_given_in_four_enters(clinic: Clinic, desk: OpenDesk) -> None:
    first, second = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    make_stock(clinic, first, 100)
    make_stock(clinic, second, 100)
    sheet = make_prescription(clinic, first, Written(second, quantity=9))
    desk.open(sheet.prescription_id)
    assert [banner.name for banner in desk.banners if banner is not None] == ["OTIENO, Asha"]
    assert desk.lines() == [("amoxicillin", 21), ("ibuprofen", 9)]
    assert keys.focus_name() == "pharmacy.give"
    keys.press("Return")
    keys.press("Return")
    assert keys.focus_name() == "pharmacy.dispense"
    keys.press("Return")
    assert desk.last().startswith("Given, TC-AA-D000001")
    assert len(desk.papers.printed) == 1
    assert desk.banners[-1] is None
    assert keys.focus_name() == "pharmacy.queue"
    assert (left(clinic, first), left(clinic, second)) == (79, 91)
    assert sound(clinic)


def test_what_is_short_is_given_in_part_and_waits_under_owed(clinic: Clinic, desk: OpenDesk) -> None:
    medicine, gone = make_medicine(clinic), make_medicine(clinic, "ketotifen", "1 mg", mg="1", unit="tablet")
    make_stock(clinic, medicine, 8, batch="A", expiry=SOON)
    make_stock(clinic, medicine, 5, batch="B")
    for number in range(3):
        make_stock(clinic, gone, 10, batch=f"K{number}", expiry=EXPIRED)
    sheet = make_prescription(clinic, medicine, gone)
    desk.open(sheet.prescription_id)
    assert desk.lines() == [("amoxicillin", 13), ("ketotifen", 0)]
    keys.press("Return")
    panel = desk.desk.dispensing.form.panel
    assert "3 lots, all expired (the last 02-Feb-2026)." in panel.batches.text()
    keys.press("Ctrl+Return")
    assert "29 units stay owed." in desk.last()
    keys.press("Alt+3")
    assert keys.focus_name() == "pharmacy.owed"
    assert [(row.name, row.owed) for row in desk.desk.owed.list.rows()] == [("amoxicillin", 8), ("ketotifen", 21)]
    make_stock(clinic, medicine, 50, batch="C")
    keys.press("Return")
    assert desk.lines() == [("amoxicillin", 8), ("ketotifen", 0)]
    keys.press("Ctrl+Return")
    assert item_state(clinic, sheet.items[0]) == (ItemState.DISPENSED, 21)
    assert sound(clinic)


def test_an_allergy_is_obeyed_by_default_and_overridden_only_with_a_reason(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    allergic_to(clinic, sheet.patient_id, "amoxicillin")
    desk.open(sheet.prescription_id)
    assert (desk.lines(), keys.focus_name()) == ([("amoxicillin", 0)], "pharmacy.allergy_reason")
    keys.press("Return")
    keys.type_text("21")
    keys.press("Ctrl+Return")
    assert desk.last() == "The patient is allergic to amoxicillin."
    assert keys.focus_name() == "pharmacy.allergy_reason"
    keys.type_text("Tolerated it in May")
    keys.press("Return")
    keys.type_text("20")
    keys.press("Ctrl+Return")
    assert item_state(clinic, sheet.items[0]) == (ItemState.PARTLY, 20)


def test_a_medicine_is_withheld_with_a_reason_that_the_prescriber_sees(clinic: Clinic, desk: OpenDesk) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic))
    desk.open(sheet.prescription_id)
    keys.press("Alt+W")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert item_state(clinic, sheet.items[0])[0] is ItemState.STOPPED
    assert desk.last() == "amoxicillin is withheld; the prescriber sees the reason."


def test_another_strength_is_given_with_its_reason(clinic: Clinic, desk: OpenDesk) -> None:
    prescribed = make_medicine(clinic)
    other = make_medicine(clinic, strength="250 mg", mg="250")
    make_stock(clinic, other, 100)
    sheet = make_prescription(clinic, prescribed)
    desk.open(sheet.prescription_id)
    keys.press("Alt+P")
    assert keys.focus_name() == "pharmacy.products"
    keys.press("Return")
    assert keys.focus_name() == "pharmacy.product_reason"
    keys.press("Ctrl+Return")
    assert desk.lines() == [("amoxicillin", 42)]
    keys.press("Ctrl+Return")
    assert item_state(clinic, sheet.items[0]) == (ItemState.DISPENSED, 21)
    assert left(clinic, other) == 58


def test_a_wrong_hand_over_is_reversed_to_its_batch(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    desk.open(sheet.prescription_id)
    keys.press("Ctrl+Return")
    desk.scan(sheet.number)
    assert keys.focus_name() == "pharmacy.given"
    keys.press("Alt+R")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert desk.last() == "21 units are back in their batches."
    assert left(clinic, medicine) == 100
    assert [row[3] for row in charges(clinic)] == [True]
    assert len(movements(clinic, "reversal")) == 1
    assert sound(clinic)


def test_a_delivery_is_typed_line_by_line(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic, barcode="6001")
    keys.press("Alt+5")
    assert keys.focus_name() == "pharmacy.supplier"
    type_values("Lakeside Medical", "INV-7")
    assert keys.focus_name() == "pharmacy.medicine"
    desk.scan("6001")
    assert keys.focus_name() == "pharmacy.batch"
    type_values("ax 1", "31mar28", "200", "2.50")
    assert keys.focus_name() == "pharmacy.medicine"
    type_values("amox", "ax 2", "30jun28", "100", "")
    keys.press("Ctrl+Return")
    assert desk.last() == "Received as TC-AA-G000001: KES 500.00."
    assert left(clinic, medicine) == 300
    assert desk.desk.receiving.boxes == []


def test_a_count_that_differs_is_adjusted_with_a_reason(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    keys.press("Alt+4")
    type_values("amox")
    assert keys.focus_name() == "pharmacy.stock"
    keys.press("Return")
    assert keys.focus_name() == "pharmacy.stock_batches"
    keys.press("Return")
    type_values("97")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert desk.last() == "Adjusted by -3: 97 in the batch now."
    assert left(clinic, medicine) == 97


def test_what_is_expired_is_written_off(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 10, expiry=EXPIRED)
    keys.press("Alt+6")
    keys.press("Alt+W")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert desk.last() == "10 units written off."
    assert sound(clinic)


def test_an_allergy_recorded_after_pricing_interrupts_the_hand_over(clinic: Clinic, shown: Shown) -> None:
    first = clinic.with_facility(replace(clinic.facility, profile=ClinicProfile.PAY_FIRST))
    medicine = make_medicine(first, price=5)
    make_stock(first, medicine, 100)
    sheet = make_prescription(first, medicine)
    desk = open_desk(first, shown)
    desk.open(sheet.prescription_id)
    keys.press("Ctrl+Return")
    pay(first, till(first), Guest(sheet.patient_id, sheet.visit_id), cash(105))
    allergic_to(first, sheet.patient_id, "amoxicillin")
    desk.open(sheet.prescription_id)
    keys.press("Alt+H")
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is not None)
    assert left(first, medicine) == 100
    keys.type_text("Only a stomach ache in May")
    keys.press("Ctrl+Return")
    assert item_state(first, sheet.items[0]) == (ItemState.DISPENSED, 21)
    assert sound(first)
    desk.desk.release()
