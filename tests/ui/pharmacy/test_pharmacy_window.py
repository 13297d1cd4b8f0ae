"""The pharmacy's window: what is scanned, what stays while lists move, paid first, batches by hand, small screens."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.visits import QueueState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dispensing import Dispense, dispense
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.theme import Look, apply_theme
from hms_desktop.ui.pharmacy.window import DISPENSE, QUEUE, REORDER, STOCK
from tests.house.widgets import shared_letters
from tests.make.billing import Guest, cash, pay, till
from tests.make.dispensing import everything, item_state, left, movements
from tests.make.pharmacy import EXPIRED, LATER, SOON, make_location, make_medicine, make_stock
from tests.make.pharmacy_desk import OpenDesk, type_values
from tests.make.prescriptions import Written, make_prescription
from tests.stores import PASSWORD, make_user


def page(desk: OpenDesk) -> int:
    return desk.desk.tabs.currentIndex()


def test_the_queue_says_who_waits_and_its_keys_call_and_put_back(clinic: Clinic, desk: OpenDesk) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic), colour="red")
    desk.desk.reload()
    assert desk.desk.queue.heading.text() == "1 patient waits"
    assert desk.desk.tabs.tabText(QUEUE) == "&1 Queue 1"
    desk.desk.queue.list.setFocus()
    keys.press("C")
    assert desk.last() == "Called: OTIENO, Asha, ticket A001."
    desk.desk.reload()
    assert desk.desk.queue.list.rows()[0].entry.state is QueueState.CALLED
    keys.press("B")
    desk.desk.reload()
    assert desk.desk.queue.list.rows()[0].entry.state is QueueState.WAITING
    keys.press("X")
    desk.desk.reload()
    assert (desk.desk.queue.list.rows(), len(desk.desk.owed.list.rows())) == ([], 1)
    action = desk.given.messages.recent[-1].action
    assert action is not None
    action.run()
    desk.desk.reload()
    assert desk.desk.queue.list.rows()[0].prescription_id == sheet.prescription_id


def test_somebody_without_a_prescription_is_told_so(clinic: Clinic, desk: OpenDesk) -> None:
    make_prescription(clinic)
    desk.desk.reload()
    desk.desk.queue.list.setFocus()
    keys.press("Return")
    assert desk.last() == "OTIENO, Asha has no prescription yet."


def test_a_scan_opens_a_prescription_or_a_medicine_or_says_that_nobody_knows_it(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic, barcode="6001")
    make_stock(clinic, medicine, 30, batch="LB1")
    sheet = make_prescription(clinic, medicine)
    desk.scan("nothing at all")
    assert desk.last().startswith("“nothing at all” is no prescription")
    desk.scan("TC-AA-T000001-N")
    assert desk.last().startswith("TC-AA-T000001-N is a specimen, not a prescription, a patient card")
    desk.scan("6001")
    assert (page(desk), desk.desk.stock.name.text()) == (STOCK, "amoxicillin 500 mg capsule")
    desk.scan(sheet.number)
    assert (page(desk), keys.focus_name()) == (DISPENSE, "pharmacy.give")
    keys.press("Esc")
    assert (page(desk), desk.banners[-1]) == (QUEUE, None)
    desk.scan("A001")
    assert page(desk) == DISPENSE


def test_a_patient_with_two_open_prescriptions_is_asked_about(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    first = make_prescription(clinic, medicine)
    second = make_prescription(clinic, medicine, guest=Guest(first.patient_id, first.visit_id))
    desk.desk.open_patient(first.patient_id)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    keys.press("Tab")
    keys.press("Return")
    assert desk.desk.dispensing.sheet is not None
    assert desk.desk.dispensing.sheet.prescription_id in (first.prescription_id, second.prescription_id)


def test_a_patient_without_prescriptions_is_told_so(clinic: Clinic, desk: OpenDesk) -> None:
    nobody = make_prescription(clinic, make_medicine(clinic))
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(Prescription, nobody.prescription_id, "x")
        work.finish()
    desk.desk.open_patient(nobody.patient_id)
    assert desk.last() == "Nothing was prescribed for this patient."


def test_a_scanned_box_takes_its_own_batch(clinic: Clinic, desk: OpenDesk) -> None:
    medicine, other = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    make_stock(clinic, medicine, 50, batch="SOON", expiry=SOON)
    late = make_stock(clinic, medicine, 50, batch="LATE")
    make_stock(clinic, medicine, 50, batch="OLD", expiry=EXPIRED)
    make_stock(clinic, other, 5, batch="X1")
    desk.open(make_prescription(clinic, medicine).prescription_id)
    desk.scan("OLD")
    assert desk.last() == "Batch OLD expired on 02-Feb-2026: take another one."
    desk.scan("X1")
    assert desk.last() == "ibuprofen 200 mg is not on this prescription."
    desk.scan("LATE")
    assert "21 × LATE" in desk.desk.dispensing.form.panel.batches.text()
    keys.press("Ctrl+Return")
    assert [row.batch_id for row in movements(clinic, "dispense")] == [late]


def test_batches_are_chosen_by_hand_an_expired_one_with_a_reason(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    old = make_stock(clinic, medicine, 50, batch="OLD", expiry=EXPIRED)
    good = make_stock(clinic, medicine, 50, batch="GOOD")
    desk.open(make_prescription(clinic, medicine).prescription_id)
    keys.press("Alt+B")
    assert keys.focus_name() == "pharmacy.lots"
    keys.press("Return")
    type_values("6", "15")
    assert keys.focus_name() == "pharmacy.expired_reason"
    keys.press("Ctrl+Return")
    type_values("Nothing else in town")
    keys.press("Ctrl+Return")
    assert desk.lines() == [("amoxicillin", 21)]
    keys.press("Ctrl+Return")
    assert {row.batch_id: row.quantity for row in movements(clinic, "dispense")} == {old: -6, good: -15}


def test_what_is_typed_stays_while_the_lists_move_and_a_stale_line_starts_anew(clinic: Clinic, desk: OpenDesk) -> None:
    first, second = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    make_stock(clinic, first, 100)
    make_stock(clinic, second, 100)
    sheet = make_prescription(clinic, first, second)
    desk.open(sheet.prescription_id)
    keys.type_text("7")
    desk.desk.reload()
    assert desk.lines() == [("amoxicillin", 7), ("ibuprofen", 21)]
    with clinic.work(SYSTEM, "tests.stop") as work:
        work.change(PrescriptionItem, sheet.items[0], state=ItemState.STOPPED)
        work.finish()
    keys.press("Ctrl+Return")
    assert "changed this prescribed medicine" in desk.last()
    keys.wait_until(lambda: desk.lines()[0][1] == 0)
    assert desk.lines() == [("amoxicillin", 0), ("ibuprofen", 21)]
    keys.press("Ctrl+Return")
    assert item_state(clinic, sheet.items[1])[0] is ItemState.DISPENSED


def test_impossible_quantities_are_said_before_anything_is_saved(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 10)
    desk.open(make_prescription(clinic, medicine).prescription_id)
    keys.type_text("22")
    keys.press("Ctrl+Return")
    assert desk.last() == "Not possible: 0 to 21."
    desk.desk.dispensing.form.panel.give.line.selectAll()
    keys.type_text("11")
    keys.press("Ctrl+Return")
    assert desk.last() == "amoxicillin: In stock: 10"
    desk.desk.dispensing.form.panel.give.line.selectAll()
    keys.type_text("0")
    keys.press("Ctrl+Return")
    assert desk.last().startswith("Nothing to give")
    keys.press("Alt+O")
    assert desk.last() == "What was not given stays under 3 Owed."
    assert page(desk) == QUEUE


def test_paid_first_prices_hands_over_and_takes_back(clinic: Clinic, open_one: Callable[..., OpenDesk]) -> None:
    first = clinic.with_facility(replace(clinic.facility, profile=ClinicProfile.PAY_FIRST))
    desk = open_one(first)
    medicine = make_medicine(first, price=5)
    make_stock(first, medicine, 100)
    sheet, other = make_prescription(first, medicine), make_prescription(first, medicine, name="Ben Kamau")
    for each in (sheet, other):
        desk.open(each.prescription_id)
        keys.press("Ctrl+Return")
    assert desk.last().endswith("KES 105.00. The patient pays and comes back.")
    pay(first, till(first), Guest(sheet.patient_id, sheet.visit_id), cash(105))
    desk.desk.reload()
    assert [row.pay.value for row in desk.desk.queue.list.rows()] == ["paid", "to_pay"]
    desk.open(sheet.prescription_id)
    assert keys.focus_name() == "pharmacy.given"
    keys.press("Alt+H")
    assert desk.last().startswith("Given, TC-AA-D000001")
    desk.open(other.prescription_id)
    keys.press("Alt+K")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert desk.last() == "Taken back: nothing of it is owed to the cashier any more."
    assert left(first, medicine) == 79


def test_an_emergency_is_given_before_it_is_paid_with_a_reason(
    clinic: Clinic, open_one: Callable[..., OpenDesk]
) -> None:
    first = clinic.with_facility(replace(clinic.facility, profile=ClinicProfile.PAY_FIRST))
    desk = open_one(first)
    medicine = make_medicine(first, price=5)
    make_stock(first, medicine, 100)
    sheet, priced = make_prescription(first, medicine), make_prescription(first, medicine, name="Ben Kamau")
    desk.open(sheet.prescription_id)
    keys.press("Alt+D")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert desk.last().startswith("Given, ")
    desk.open(priced.prescription_id)
    keys.press("Ctrl+Return")
    desk.open(priced.prescription_id)
    keys.press("Alt+E")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert desk.last().startswith("Given, ")
    assert left(first, medicine) == 58


def test_labels_are_printed_again_from_the_history(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine, Written(medicine, quantity=5))
    items = (everything(clinic, sheet)[0],)
    dispense(clinic, desk.pharmacist, Dispense(prescription_id=sheet.prescription_id, items=items))
    desk.scan(sheet.number)
    assert keys.focus_name() == "pharmacy.give"
    keys.press("F7")
    assert keys.focus_name() == "pharmacy.given"
    keys.press("Alt+N")
    assert len(desk.papers.printed) == 1
    keys.press("F7")
    assert keys.focus_name() == "pharmacy.give"


def test_large_adjustments_ask_for_a_second_person(clinic: Clinic, desk: OpenDesk) -> None:
    make_user(clinic, "pharmacy_supervisor", username="boss")
    make_stock(clinic, make_medicine(clinic), 100, cost="100")
    keys.press("Alt+4")
    type_values("amox", "")
    keys.press("Return")
    type_values("1")
    keys.press("Down")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "pharmacy.approval_username"
    type_values("boss", PASSWORD)
    keys.press("Return")
    assert desk.said()[-1].startswith(("The user name or the password", "Adjusted by -99"))


def test_the_stock_page_finds_shows_and_explains(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic, reorder_level=500)
    make_stock(clinic, medicine, 100, expiry=LATER)
    gone = make_medicine(clinic, "ketotifen", "1 mg")
    make_stock(clinic, gone, 10, batch="K1", expiry=EXPIRED)
    ward = make_location(clinic, "ward")
    keys.press("Alt+4")
    assert [row.name for row in desk.desk.stock.list.rows()] == ["amoxicillin", "ketotifen"]
    keys.type_text("keto")
    assert [row.name for row in desk.desk.stock.list.rows()] == ["ketotifen"]
    desk.desk.stock.filter.clear()
    desk.desk.stock.location.set_value(ward)
    assert [row.usable for row in desk.desk.stock.list.rows()] == [0, 0]
    keys.press("Esc")
    assert page(desk) == QUEUE


def test_expiring_and_reorder_lists_lead_to_the_stock_card(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic, reorder_level=500)
    make_stock(clinic, medicine, 100, expiry=SOON)
    keys.press("Alt+6")
    assert desk.desk.expiring.heading.text() == "1 batch expires within 3 months"
    desk.desk.expiring.months.set_value(1)
    desk.desk.expiring.months.entered.emit()
    assert desk.desk.expiring.list.rows() == []
    keys.press("Alt+7")
    assert (page(desk), keys.focus_name()) == (REORDER, "pharmacy.reorder")
    assert desk.desk.reorder.list.rows()[0].order == 900
    keys.press("Return")
    assert (page(desk), desk.desk.stock.name.text()) == (STOCK, "amoxicillin 500 mg capsule")


def test_a_refused_delivery_names_its_line_and_a_half_typed_one_is_noticed(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 10, batch="A1", expiry=SOON)
    keys.press("Alt+5")
    keys.press("Ctrl+Return")
    assert desk.last() == "The delivery has no lines yet."
    keys.press("Alt+M")
    type_values("amox", "A1", "31mar28", "5", "1")
    keys.press("Ctrl+Return")
    assert desk.last().startswith("amoxicillin: Expiry differs from the")
    assert keys.focus_name() == "pharmacy.received"
    keys.press("Del")
    keys.press("Alt+M")
    keys.type_text("amox")
    keys.press("Ctrl+Return")
    assert desk.last().startswith("A line is typed but not added")


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_page_shares_a_letter_and_every_page_has_its_focus(
    clinic: Clinic, open_one: Callable[..., OpenDesk], qapp: QApplication, scale: float
) -> None:
    apply_theme(qapp, Look.LIGHT, scale=scale)
    desk = open_one()
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    desk.open(make_prescription(clinic, medicine).prescription_id)
    assert desk.desk.width() == 1024
    for number, name in enumerate(
        ("queue", "give", "owed", "stock_filter", "supplier", "expiring", "reorder"), start=1
    ):
        keys.press(f"Alt+{number}")
        assert keys.focus_name() == f"pharmacy.{name}"
        assert shared_letters(desk.desk) == []
    keys.press("Ctrl+PgDown")
    assert page(desk) == QUEUE
    keys.press("Ctrl+PgUp")
    assert page(desk) == REORDER
    apply_theme(qapp, Look.LIGHT)


def test_f6_goes_from_list_to_details_and_back(clinic: Clinic, desk: OpenDesk) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    desk.open(make_prescription(clinic, medicine).prescription_id)
    for name in ("pharmacy.lines", "pharmacy.give"):
        keys.press("F6")
        assert keys.focus_name() == name
    keys.press("Alt+4")
    for name in ("pharmacy.stock_batches", "pharmacy.stock"):
        keys.press("F6")
        assert keys.focus_name() == name
    assert desk.desk.shortcuts()
    assert desk.desk.title() == "Pharmacy"
