"""Giving medicines: from which batches, at what price, what stays owed, what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.audit import AuditEvent, Paper
from hms_desktop.data.tables.prescriptions import Prescription
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import (
    AllergyConflict,
    BatchExpired,
    InvalidValue,
    NotAllowed,
    NotEnoughStock,
    OnlyExpiredStock,
    StaleRecord,
    WrongState,
)
from hms_desktop.domain.pharmacy import DispensingState
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dispensing import Dispense, Dispensed, dispense
from hms_desktop.services.pharmacy.hand_over import GiveBatch
from hms_desktop.services.pharmacy.lines import GiveItem
from tests.make.dispensing import (
    bills,
    charges,
    everything,
    item_state,
    left,
    movements,
    sheet_state,
    sound,
    wish,
)
from tests.make.pharmacy import EXPIRED, LATER, SOON, make_medicine, make_stock
from tests.make.prescriptions import Sheet, Written, allergic_to, make_prescription
from tests.stores import actor_for


def give(clinic: Clinic, actor: Actor, sheet: Sheet, *items: GiveItem, **more: object) -> Dispensed:
    wishes = items or everything(clinic, sheet)
    command = Dispense(prescription_id=sheet.prescription_id, items=wishes, **more)  # type: ignore[arg-type]
    return dispense(clinic, actor, command).value


def test_a_prescription_is_given_charged_and_completed(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic, price=5)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    outcome = dispense(clinic, anyone, Dispense(prescription_id=sheet.prescription_id, items=everything(clinic, sheet)))
    given = outcome.value
    assert {"stock", "pharmacy_queue", "bills"} <= outcome.changed
    assert (given.state, given.amount, given.owed) == (DispensingState.DISPENSED, Decimal("105.00"), 0)
    assert item_state(clinic, sheet.items[0]) == (ItemState.DISPENSED, 21)
    assert sheet_state(clinic, sheet) is PrescriptionState.COMPLETED
    assert charges(clinic) == [("amoxicillin_500_mg", 21, 105, False)]
    assert [bill.charged for bill in bills(clinic)] == [105_00]
    assert left(clinic, medicine) == 79
    assert sound(clinic)


def test_the_batches_that_expire_first_go_first_and_stand_on_the_label(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    late = make_stock(clinic, medicine, 100, batch="LATE", expiry=LATER)
    soon = make_stock(clinic, medicine, 8, batch="SOON", expiry=SOON)
    make_stock(clinic, medicine, 50, batch="OLD", expiry=EXPIRED)
    given = give(clinic, anyone, make_prescription(clinic, medicine))
    assert [(row.batch_id, row.quantity) for row in movements(clinic, "dispense")] in (
        [(soon, -8), (late, -13)], [(late, -13), (soon, -8)],
    )  # fmt: skip
    with clinic.read(anyone) as reader:
        label = reader.scalar(select(Paper.content).where(Paper.id == given.label_paper_id))["labels"][0]
    assert label["quantity"] == "21 capsules"
    assert label["dose"] == "500 mg"
    assert {(batch["number"], batch["expiry"]) for batch in label["batches"]} == {
        ("SOON", SOON.isoformat()), ("LATE", LATER.isoformat()),
    }  # fmt: skip


def test_what_is_not_given_stays_owed_and_is_given_later(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    first = give(clinic, anyone, sheet, wish(clinic, sheet.items[0], 10))
    assert (first.owed, item_state(clinic, sheet.items[0])) == (11, (ItemState.PARTLY, 10))
    assert sheet_state(clinic, sheet) is PrescriptionState.ACTIVE
    second = give(clinic, anyone, sheet, wish(clinic, sheet.items[0], 11))
    assert (second.owed, item_state(clinic, sheet.items[0])) == (0, (ItemState.DISPENSED, 21))
    assert [row[1] for row in charges(clinic)] == [10, 11]
    assert sound(clinic)


def test_more_than_is_left_is_refused_beside_its_field(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    for quantity in (0, 22):
        with pytest.raises(InvalidValue) as caught:
            give(clinic, anyone, sheet, wish(clinic, sheet.items[0], quantity))
        assert (caught.value.field, caught.value.facts["high"]) == ("items.0.quantity", 21)


def test_a_shelf_that_is_too_empty_says_what_there_is(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 20)
    sheet = make_prescription(clinic, medicine)
    with pytest.raises(NotEnoughStock) as caught:
        give(clinic, anyone, sheet)
    assert caught.value.facts["available"] == 20
    assert item_state(clinic, sheet.items[0]) == (ItemState.ACTIVE, 0)
    assert (charges(clinic), left(clinic, medicine)) == ([], 20)


def test_a_shelf_of_expired_batches_says_so(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 20, expiry=EXPIRED)
    with pytest.raises(OnlyExpiredStock):
        give(clinic, anyone, make_prescription(clinic, medicine))


def test_batches_can_be_chosen_and_must_add_up(clinic: Clinic, anyone: Actor) -> None:
    medicine, other = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    make_stock(clinic, medicine, 50, batch="SOON", expiry=SOON)
    late = make_stock(clinic, medicine, 50, batch="LATE")
    foreign = make_stock(clinic, other, 50)
    sheet = make_prescription(clinic, medicine)
    for wrong in (GiveBatch(batch_id=late, quantity=20), GiveBatch(batch_id=foreign, quantity=21)):
        with pytest.raises(InvalidValue) as caught:
            give(clinic, anyone, sheet, batches=(wrong,))
        assert caught.value.field == "batches"
    give(clinic, anyone, sheet, batches=(GiveBatch(batch_id=late, quantity=21),))
    assert [row.batch_id for row in movements(clinic, "dispense")] == [late]


def test_an_expired_batch_that_was_chosen_needs_right_and_reason(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    old = make_stock(clinic, medicine, 50, expiry=EXPIRED)
    sheet = make_prescription(clinic, medicine)
    chosen = (GiveBatch(batch_id=old, quantity=21),)
    with pytest.raises(BatchExpired):
        give(clinic, anyone, sheet, batches=chosen)
    give(clinic, anyone, sheet, batches=chosen, expired_reason="nothing else for 200 km")
    assert [row.reason for row in movements(clinic, "dispense")] == ["nothing else for 200 km"]


def test_two_items_of_one_medicine_share_its_batches(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 30, batch="A", expiry=SOON)
    make_stock(clinic, medicine, 30, batch="B", expiry=LATER)
    give(clinic, anyone, make_prescription(clinic, medicine, medicine))
    assert sorted(row.quantity for row in movements(clinic, "dispense")) == [-21, -12, -9]
    assert sound(clinic)


def test_an_allergy_is_looked_at_again_and_obeyed_or_overridden(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic, ingredients=["amoxicillin"])
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    allergic_to(clinic, sheet.patient_id, "amoxicillin")
    with pytest.raises(AllergyConflict) as caught:
        give(clinic, anyone, sheet)
    assert caught.value.facts == {
        "field": "items.0.allergy_override", "medication": "amoxicillin 500 mg", "substance": "amoxicillin",
        "severity": "severe",
    }  # fmt: skip
    override = wish(clinic, sheet.items[0], allergy_override="tolerated twice since")
    with pytest.raises(NotAllowed):
        give(clinic, _dispenser(), sheet, override)
    give(clinic, anyone, sheet, wish(clinic, sheet.items[0], allergy_override="tolerated twice since"))
    with clinic.read(SYSTEM) as reader:
        event = reader.first(select(AuditEvent.after).where(AuditEvent.action == "dispensing.allergy_override"))
    assert event is not None
    assert event.after["reason"] == "tolerated twice since"


def _dispenser() -> Actor:
    whole = actor_for("pharmacist")
    return Actor(whole.user_id, "u", "U", whole.rights - {"pharmacy.override"}, whole.windows)


def test_another_strength_is_given_with_a_reason_and_its_own_label(clinic: Clinic, anyone: Actor) -> None:
    prescribed = make_medicine(clinic, strength="500 mg", mg="500")
    given = make_medicine(clinic, strength="250 mg", mg="250", price=3)
    make_stock(clinic, given, 100)
    sheet = make_prescription(clinic, Written(prescribed, dose=("1", "capsule")))
    half = wish(clinic, sheet.items[0], 20, medication_id=given, substitution_reason="500 mg is out")
    first = give(clinic, anyone, sheet, half)
    assert item_state(clinic, sheet.items[0]) == (ItemState.PARTLY, 10)
    with clinic.read(anyone) as reader:
        label = reader.scalar(select(Paper.content).where(Paper.id == first.label_paper_id))["labels"][0]
    assert (label["strength"], label["dose"], label["quantity"]) == ("250 mg", "500 mg", "20 capsules")
    rest = wish(clinic, sheet.items[0], 22, medication_id=given, substitution_reason="500 mg is out")
    give(clinic, anyone, sheet, rest)
    assert item_state(clinic, sheet.items[0]) == (ItemState.DISPENSED, 21)
    assert charges(clinic)[0] == ("amoxicillin_250_mg", 20, 60, False)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"substitution_reason": "x"}, "items.0.medication_id"),
        ({}, "items.0.medication_id"),
    ],
)
def test_another_medicine_is_the_prescribers_to_choose(
    clinic: Clinic, anyone: Actor, more: dict[str, str], field: str
) -> None:
    prescribed, other = make_medicine(clinic), make_medicine(clinic, "ibuprofen", "200 mg")
    make_stock(clinic, other, 100)
    sheet = make_prescription(clinic, prescribed)
    with pytest.raises(InvalidValue) as caught:
        give(clinic, anyone, sheet, wish(clinic, sheet.items[0], 21, medication_id=other, **more))
    assert (caught.value.field, caught.value.facts["reason"]) == (field, "other_medicine")


def test_a_substitution_has_a_reason_and_covers_something(clinic: Clinic, anyone: Actor) -> None:
    prescribed, small = make_medicine(clinic), make_medicine(clinic, strength="250 mg", mg="250")
    make_stock(clinic, small, 100)
    sheet = make_prescription(clinic, prescribed)
    with pytest.raises(Exception, match="reason_needed"):
        give(clinic, anyone, sheet, wish(clinic, sheet.items[0], 42, medication_id=small))
    with pytest.raises(InvalidValue):
        give(clinic, anyone, sheet, wish(clinic, sheet.items[0], 1, medication_id=small, substitution_reason="x"))


def test_a_medicine_without_a_written_dose_keeps_none_on_the_label(clinic: Clinic, anyone: Actor) -> None:
    prescribed, other = make_medicine(clinic), make_medicine(clinic, strength="250 mg", mg="250")
    make_stock(clinic, other, 100)
    sheet = make_prescription(clinic, Written(prescribed, dose=None))
    swapped = wish(clinic, sheet.items[0], 42, medication_id=other, substitution_reason="500 mg is out")
    given = give(clinic, anyone, sheet, swapped)
    with clinic.read(anyone) as reader:
        label = reader.scalar(select(Paper.content).where(Paper.id == given.label_paper_id))["labels"][0]
    assert (label["dose"], given.owed) == ("", 0)


def test_the_prescribed_product_named_again_is_no_substitution(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    same = wish(clinic, sheet.items[0], 21, medication_id=medicine, substitution_reason="slip")
    assert give(clinic, anyone, sheet, same).owed == 0


def test_a_second_pharmacist_with_an_old_screen_gives_nothing_twice(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    seen = wish(clinic, sheet.items[0], 10)
    give(clinic, anyone, sheet, seen)
    with pytest.raises(StaleRecord):
        give(clinic, anyone, sheet, seen)
    assert left(clinic, medicine) == 90


def test_a_double_press_gives_once(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine)
    command = Dispense(prescription_id=sheet.prescription_id, items=everything(clinic, sheet))
    first, second = dispense(clinic, anyone, command), dispense(clinic, anyone, command)
    assert (second.repeated, first.value) == (True, second.value)
    assert left(clinic, medicine) == 79


def test_what_is_not_of_this_prescription_or_named_twice_is_refused(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet, other = make_prescription(clinic, medicine), make_prescription(clinic, medicine, name="Ben Kamau")
    one = wish(clinic, sheet.items[0], 5)
    for items in ((wish(clinic, other.items[0]),), (one, one)):
        with pytest.raises(InvalidValue) as caught:
            give(clinic, anyone, sheet, *items)
        assert caught.value.facts["reason"] == "choice"
    with pytest.raises(InvalidValue):
        dispense(clinic, anyone, Dispense(prescription_id=sheet.prescription_id, items=()))


def test_free_text_is_not_ours_to_give(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine, Written(None, free_text="Honey"))
    with pytest.raises(InvalidValue) as caught:
        give(clinic, anyone, sheet, wish(clinic, sheet.items[1], 1))
    assert caught.value.field == "items.0.medication_id"
    assert give(clinic, anyone, sheet, wish(clinic, sheet.items[0])).owed == 0
    assert sheet_state(clinic, sheet) is PrescriptionState.COMPLETED


@pytest.mark.parametrize("status", [PrescriptionState.ON_HOLD, PrescriptionState.CANCELLED])
def test_only_an_active_prescription_is_dispensed(clinic: Clinic, anyone: Actor, status: PrescriptionState) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic))
    with clinic.work(SYSTEM, "tests.status") as work:
        work.change(Prescription, sheet.prescription_id, status=status)
        work.finish()
    with pytest.raises(WrongState) as caught:
        give(clinic, anyone, sheet)
    assert caught.value.facts["state"] == status.value


def test_an_old_prescription_has_expired(clinic: Clinic, anyone: Actor, clock: object) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic))
    with clinic.work(SYSTEM, "tests.old") as work:
        work.change(Prescription, sheet.prescription_id, valid_until=work.today - timedelta(days=1))
        work.finish()
    with pytest.raises(WrongState) as caught:
        give(clinic, anyone, sheet)
    assert caught.value.facts["state"] == "expired"


def test_an_item_that_was_given_whole_is_done(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic)
    make_stock(clinic, medicine, 100)
    sheet = make_prescription(clinic, medicine, medicine)
    give(clinic, anyone, sheet, wish(clinic, sheet.items[0]))
    with pytest.raises(WrongState):
        give(clinic, anyone, sheet, wish(clinic, sheet.items[0]))


def test_a_medicine_without_a_price_is_given_and_charged_with_nothing(clinic: Clinic, anyone: Actor) -> None:
    medicine = make_medicine(clinic, price=None)
    make_stock(clinic, medicine, 100)
    assert give(clinic, anyone, make_prescription(clinic, medicine)).amount == 0


def test_only_who_may_dispenses(clinic: Clinic) -> None:
    sheet = make_prescription(clinic, make_medicine(clinic))
    with pytest.raises(NotAllowed):
        give(clinic, actor_for("doctor"), sheet)
