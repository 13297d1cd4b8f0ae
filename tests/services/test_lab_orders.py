"""Asking for tests: search, panels, charges, the way to the lab, cancelling."""

from decimal import Decimal
from typing import Any

import pytest

from hms_desktop.data.tables.billing import Charge
from hms_desktop.data.tables.lab import LabOrder
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.errors import (
    AlreadyOrdered,
    InvalidValue,
    NotAllowed,
    NotFound,
    ReasonNeeded,
    WrongState,
)
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.lab import LabPriority, OrderState
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab_orders import (
    CancelTests,
    OrderTests,
    cancel_tests,
    decline_tests,
    order_tests,
    orders_of_visit,
    search_tests,
)
from tests.make import lab
from tests.make.billing import Guest, account, findings, payer_group
from tests.make.consultations import Waiting, waiting_patient
from tests.make.visits import waiting
from tests.stores import actor_for


def owed(clinic: Clinic, patient: Waiting) -> Any:
    return account(clinic, Guest(patient.patient_id, patient.visit_id)).owed


def names(clinic: Clinic, text: str) -> list[str]:
    return [row.code for row in search_tests(clinic, actor_for("doctor"), text)]


def test_a_test_is_found_by_name_code_and_abbreviation(stocked_clinic: Clinic) -> None:
    assert names(stocked_clinic, "haemog")[0] == "haemoglobin"
    assert names(stocked_clinic, "hb")[0] == "haemoglobin"
    assert names(stocked_clinic, "cbc") == ["full_blood_count"]
    assert "malaria_rdt" in names(stocked_clinic, "mal rapid")
    assert "sodium" in names(stocked_clinic, "2951")
    assert names(stocked_clinic, "no such thing") == []


def test_without_text_the_panels_come_first(stocked_clinic: Clinic) -> None:
    found = search_tests(stocked_clinic, actor_for("doctor"), "", limit=200)
    kinds = [row.is_panel for row in found]
    assert kinds == sorted(kinds, reverse=True)
    assert kinds[0]
    assert not kinds[-1]


def test_a_choice_shows_price_parts_specimens_and_the_name_that_led_here(stocked_clinic: Clinic) -> None:
    doctor = actor_for("doctor")
    panel = search_tests(stocked_clinic, doctor, "cbc")[0]
    assert (panel.price, panel.matched, len(panel.tests)) == (Decimal(500), "cbc", 14)
    assert panel.specimens == ("Blood, EDTA (purple top)",)
    fasting = search_tests(stocked_clinic, doctor, "glucose fasting")[0]
    assert fasting.matched == ""
    assert fasting.preparation == ("Fasting for 8 to 12 hours, water allowed",)
    assert panel.turnaround_minutes == 30


def test_the_price_is_that_of_the_patients_payer(stocked_clinic: Clinic) -> None:
    half = payer_group(stocked_clinic, "half", "0.5")
    guest = waiting_patient(stocked_clinic)
    with stocked_clinic.work(SYSTEM, "tests") as work:
        work.change(Visit, guest.visit_id, payer_group_id=half)
        work.finish()
    found = search_tests(stocked_clinic, actor_for("doctor"), "cbc", visit_id=guest.visit_id)
    assert found[0].price == Decimal(250)


def test_ordering_charges_a_panel_once_and_sends_the_patient_to_the_lab(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(
        stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", "haemoglobin", panels=("full_blood_count",),
        priority=LabPriority.URGENT, clinical_notes=" fever 3 days ",
    )  # fmt: skip
    assert made.amount == Decimal(650)
    assert made.sent_to_lab
    assert made.number.startswith("TC-")
    rows = lab.items(stocked_clinic, made)
    assert len(rows) == 15
    assert {row.panel_code for row in rows if row.code == "haemoglobin"} == {"full_blood_count"}
    assert len({row.charge_id for row in rows}) == 2
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.SENT_TO_LAB
    (here,) = waiting(stocked_clinic, ServicePoint.LAB)
    assert here.patient_id == guest.patient_id
    (order,) = orders_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (order.priority, order.clinical_notes, order.ordered_by) == (
        LabPriority.URGENT, "fever 3 days", "Dora Doctor",
    )  # fmt: skip
    assert (order.released, order.total, order.rank) == (0, 15, 1)
    assert owed(stocked_clinic, guest) == 650
    assert findings(stocked_clinic) == []


def test_two_panels_with_one_test_do_it_once(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, panels=("full_blood_count", "antenatal_profile"))
    codes = [row.code for row in lab.items(stocked_clinic, made)]
    assert codes.count("haemoglobin") == 1
    assert made.amount == Decimal(1100)


def test_who_is_not_with_the_doctor_keeps_the_place(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = waiting_patient(stocked_clinic)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    assert not made.sent_to_lab
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WAITING


def test_the_same_press_twice_is_one_order(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    command = OrderTests(visit_id=guest.visit_id, tests=("malaria_rdt",))
    first = order_tests(stocked_clinic, staff.doctor, command)
    again = order_tests(stocked_clinic, staff.doctor, command)
    assert again.repeated
    assert again.value == first.value
    assert len(orders_of_visit(stocked_clinic, staff.doctor, guest.visit_id)) == 1


def test_what_the_visit_waits_for_is_asked_for_again_only_when_meant(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")
    with pytest.raises(AlreadyOrdered) as refusal:
        lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", "sodium")
    assert refusal.value.facts["tests"] == "Malaria rapid test"
    lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", again=True)


def test_refusals_of_an_order(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    with pytest.raises(InvalidValue, match="invalid_value"):
        lab.order(stocked_clinic, staff.doctor, guest.visit_id)
    with pytest.raises(NotFound):
        lab.order(stocked_clinic, staff.doctor, guest.visit_id, "no_such_test")
    with pytest.raises(NotFound):
        lab.order(stocked_clinic, staff.doctor, guest.visit_id, panels=("no_such_panel",))
    with pytest.raises(InvalidValue):
        lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", clinical_notes="x" * 501)
    with pytest.raises(InvalidValue):
        lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium", diagnosis="x" * 201)
    with pytest.raises(NotAllowed):
        lab.order(stocked_clinic, actor_for("nurse"), guest.visit_id, "sodium")
    with stocked_clinic.work(SYSTEM, "tests") as work:
        work.change(Visit, guest.visit_id, state=VisitState.CLOSED, open_key=None)
        work.finish()
    with pytest.raises(WrongState):
        lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")


def test_cancelling_takes_the_charge_back_and_the_patient_to_the_doctor(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", "sodium")
    rdt, sodium = lab.items(stocked_clinic, made)
    first = CancelTests(order_id=made.order_id, item_ids=(rdt.id,), reason="negative elsewhere")
    assert cancel_tests(stocked_clinic, staff.doctor, first).value is OrderState.ORDERED
    assert owed(stocked_clinic, guest) == 250
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.SENT_TO_LAB
    rest = CancelTests(order_id=made.order_id, item_ids=(sodium.id,), reason="no reagent")
    assert decline_tests(stocked_clinic, staff.technician, rest).value is OrderState.CANCELLED
    entry = lab.doctor_entry(stocked_clinic, guest.entry_id)
    assert (entry.state, entry.returned) == (QueueState.WAITING, True)
    assert waiting(stocked_clinic, ServicePoint.LAB) == []
    assert owed(stocked_clinic, guest) == 0
    (order,) = orders_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert [test.cancel_reason for test in order.tests] == ["negative elsewhere", "no reagent"]
    assert order.total == 0
    assert findings(stocked_clinic) == []


def test_a_panel_costs_its_price_until_all_of_it_is_cancelled(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, panels=("blood_group",))
    abo, rhesus = lab.items(stocked_clinic, made)
    cancel_tests(stocked_clinic, staff.doctor, CancelTests(order_id=made.order_id, item_ids=(abo.id,), reason="x"))
    assert owed(stocked_clinic, guest) == 200
    cancel_tests(stocked_clinic, staff.doctor, CancelTests(order_id=made.order_id, item_ids=(rhesus.id,), reason="x"))
    with stocked_clinic.read(SYSTEM) as reader:
        assert reader.get(Charge, abo.charge_id).voided_at is not None
        assert reader.get(LabOrder, made.order_id).state == OrderState.CANCELLED


def test_refusals_of_a_cancellation(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt")

    def cancel(*items: str, reason: str = "not needed") -> None:
        command = CancelTests(order_id=made.order_id, item_ids=items, reason=reason)  # type: ignore[arg-type]
        cancel_tests(stocked_clinic, staff.doctor, command)

    with pytest.raises(ReasonNeeded):
        cancel(made.item_ids[0], reason="  ")
    with pytest.raises(InvalidValue):
        cancel()
    with pytest.raises(NotFound):
        cancel(new_id())
    cancel(made.item_ids[0])
    with pytest.raises(WrongState):
        cancel(made.item_ids[0])


def test_what_was_entered_of_a_cancelled_test_is_taken_back(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, sodium="140")
    assert len(lab.waiting_results(stocked_clinic, made)) == 1
    cancel_tests(stocked_clinic, staff.doctor, CancelTests(order_id=made.order_id, item_ids=made.item_ids, reason="x"))
    assert lab.waiting_results(stocked_clinic, made) == []


def test_declining_the_rest_completes_an_order(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140", urea="")
    lab.release(stocked_clinic, staff.supervisor, made)
    rest = CancelTests(order_id=made.order_id, item_ids=made.item_ids[1:], reason="no reagent")
    assert decline_tests(stocked_clinic, staff.technician, rest).value is OrderState.COMPLETED
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WAITING
    assert owed(stocked_clinic, guest) == 250
