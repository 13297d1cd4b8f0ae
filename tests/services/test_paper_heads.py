"""What stands on every paper, and what only on those about money."""

from dataclasses import replace
from typing import Any

from hms_desktop.services.bills import PrintBill, print_bill
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patients import PrintCard, print_card
from tests.make.billing import Guest, account, cash, guest, paper, pay, till
from tests.stores import actor_for

__all__ = ["guest"]
THANKS = "Thank you. Please keep this receipt."


def test_only_receipt_and_bill_thank_for_paying(clinic: Clinic, guest: Guest) -> None:
    polite = clinic.with_facility(replace(clinic.facility, receipt_footer=THANKS))
    cashier, clerk = till(polite), actor_for("receptionist")
    receipt = pay(polite, cashier, guest, cash(300)).paper_id
    bill = print_bill(polite, cashier, PrintBill(bill_id=account(polite, guest).bills[0].id)).value.paper_id
    card = print_card(polite, clerk, PrintCard(patient_id=guest.patient_id)).value
    footers: list[Any] = [paper(polite, each).head.footer for each in (receipt, bill, card)]
    assert footers == [THANKS, THANKS, ""]
    assert paper(polite, card).head.name == clinic.facility.name
