"""Prescribing: choosing with stock in sight, quantities, safety alerts obeyed and overridden, stopping."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import (
    AllergyConflict,
    InvalidValue,
    NotAllowed,
    ReasonNeeded,
    StaleRecord,
    UnsafeNotation,
    WrongState,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.visits import ServicePoint, VisitState
from hms_desktop.services import prescriptions as desk
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dose_check import PrescribeItem
from hms_desktop.services.papers import pdf
from tests.make.billing import paper as kept
from tests.make.consultations import Waiting, waiting_patient
from tests.make.prescribing import allergic, child, items, line, medicine, prescribe, weigh
from tests.stores import make_user


@pytest.fixture
def doctor(stocked_clinic: Clinic) -> Actor:
    return make_user(stocked_clinic, "doctor", name="Dora Doctor")


@pytest.fixture
def seen(stocked_clinic: Clinic) -> Waiting:
    return waiting_patient(stocked_clinic)


def test_a_medicine_is_found_by_the_beginning_of_any_of_its_words(stocked_clinic: Clinic, doctor: Actor) -> None:
    assert medicine(stocked_clinic, doctor, "amoxi 500").strength.startswith("500")
    assert desk.search_medications(stocked_clinic, doctor, "zzz") == []
    assert desk.search_medications(stocked_clinic, doctor, " ") == []


def test_the_quantity_comes_from_dose_frequency_and_days(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    made = prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "amoxi 500"))
    assert [row.quantity for row in items(stocked_clinic, seen)] == [15]
    assert made.number.startswith("TC-AA-R000001")
    paper = pdf(stocked_clinic, doctor, made.paper_id)
    assert paper.pdf.startswith(b"%PDF")
    assert paper.file_name.startswith("prescription-")


def test_a_quantity_is_counted_on_the_paper(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    many = line(stocked_clinic, doctor, "paracetamol 500", quantity=6)
    one = line(stocked_clinic, doctor, "amoxi 500", quantity=1)
    made = prescribe(stocked_clinic, doctor, seen, many, one)
    assert [each.quantity for each in kept(stocked_clinic, made.paper_id).items] == ["6 tablets", "1 capsule"]


def test_the_pharmacy_hears_of_it_once(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "amoxi 500"))
    prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "paracetamol 500"))
    with stocked_clinic.read(SYSTEM) as reader:
        rows = reader.rows(select(QueueEntry.id).where(QueueEntry.service_point == ServicePoint.PHARMACY))
    assert len(rows) == 1


def test_free_text_needs_a_quantity_and_goes_to_no_queue(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    with pytest.raises(InvalidValue) as caught:
        prescribe(stocked_clinic, doctor, seen, PrescribeItem(free_text="Elastic stocking"))
    assert caught.value.field == "items.0.quantity"
    prescribe(stocked_clinic, doctor, seen, PrescribeItem(free_text="Elastic stocking", quantity=2))
    with stocked_clinic.read(SYSTEM) as reader:
        assert not reader.rows(select(QueueEntry.id).where(QueueEntry.service_point == ServicePoint.PHARMACY))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"frequency": "hourly-ish"}, "items.0.frequency"),
        ({"dose": "lots"}, "items.0.dose"),
        ({"quantity": 0}, "items.0.quantity"),
        ({"frequency": "prn"}, "items.0.quantity"),
        ({"frequency": "", "days": None}, "items.0.quantity"),
    ],
)
def test_a_bad_line_is_named(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting, values: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "amoxi 500", **values))
    assert caught.value.field == field
    assert items(stocked_clinic, seen) == []


def test_a_line_without_a_medicine_or_words_is_refused(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    for command in ((), (PrescribeItem(),)):
        with pytest.raises(InvalidValue):
            prescribe(stocked_clinic, doctor, seen, *command)


def test_an_unsafe_notation_is_refused_with_the_safe_one(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    with pytest.raises(UnsafeNotation) as caught:
        prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "amoxi 500", instructions="take QD"))
    assert caught.value.field == "items.0.instructions"


def test_an_allergy_stops_the_prescription_until_it_is_answered(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    allergic(stocked_clinic, seen, "penicillin")
    wanted = line(stocked_clinic, doctor, "amoxi 500")
    check = desk.check_line(stocked_clinic, doctor, seen.visit_id, wanted)
    assert check.serious[0].kind == "allergy"
    with pytest.raises(AllergyConflict) as caught:
        prescribe(stocked_clinic, doctor, seen, wanted)
    assert caught.value.field == "items.0.override_reason"
    assert items(stocked_clinic, seen) == []
    answered = line(stocked_clinic, doctor, "amoxi 500", override_reason="only drug that works, watched")
    prescribe(stocked_clinic, doctor, seen, answered)
    kept = items(stocked_clinic, seen)[0]
    assert kept.override_reason == "only drug that works, watched"
    assert kept.alerts[0]["kind"] == "allergy"


def test_an_override_needs_its_own_right(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    allergic(stocked_clinic, seen, "penicillin")
    answered = line(stocked_clinic, doctor, "amoxi 500", override_reason="because")
    junior = replace(doctor, rights=doctor.rights - {"prescriptions.override"})
    with pytest.raises(NotAllowed):
        prescribe(stocked_clinic, junior, seen, answered)


def test_nobody_asked_about_allergies_is_said_but_does_not_stop(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    check = desk.check_line(stocked_clinic, doctor, seen.visit_id, line(stocked_clinic, doctor, "amoxi 500"))
    assert [alert.reason for alert in check.alerts] == ["not_asked"]
    assert check.serious == ()


def test_two_medicines_that_must_not_meet_ask_for_a_reason(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "warfarin", dose="5 mg", frequency="od"))
    wanted = line(stocked_clinic, doctor, "ibuprofen", dose="400 mg")
    check = desk.check_line(stocked_clinic, doctor, seen.visit_id, wanted)
    assert {alert.kind for alert in check.serious} == {"interaction"}
    with pytest.raises(ReasonNeeded):
        prescribe(stocked_clinic, doctor, seen, wanted)


def test_the_same_ingredient_twice_in_one_prescription_is_seen(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    many = [m for m in desk.search_medications(stocked_clinic, doctor, "paracetamol") if m.form in {"tablet", "syrup"}]
    first, second = (PrescribeItem(medication_id=m.id, quantity=1) for m in many[:2])
    with pytest.raises(ReasonNeeded) as caught:
        prescribe(stocked_clinic, doctor, seen, first, second)
    assert caught.value.facts["what"] == "duplicate"


def test_a_childs_dose_asks_for_the_weight_and_shows_it_per_kilogram(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = child(stocked_clinic)
    wanted = line(stocked_clinic, doctor, "paracetamol 500", dose="1000 mg")
    assert desk.check_line(stocked_clinic, doctor, patient.visit_id, wanted).weight_missing
    weigh(stocked_clinic, patient, "12.5")
    check = desk.check_line(stocked_clinic, doctor, patient.visit_id, wanted)
    assert check.per_kg == Decimal("80.00")
    assert check.weight is not None
    assert check.weight.kg == Decimal("12.5")
    assert "child_dose" in {alert.kind for alert in check.serious}
    with pytest.raises(ReasonNeeded):
        prescribe(stocked_clinic, doctor, patient, wanted)
    small = line(stocked_clinic, doctor, "paracetamol 500", dose="180 mg")
    assert "child_dose" not in {a.kind for a in desk.check_line(stocked_clinic, doctor, patient.visit_id, small).alerts}


def test_a_child_without_a_dose_typed_shows_only_the_maximum(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = child(stocked_clinic)
    weigh(stocked_clinic, patient, "12.5")
    wanted = line(stocked_clinic, doctor, "paracetamol 500", dose="")
    check = desk.check_line(stocked_clinic, doctor, patient.visit_id, wanted)
    assert check.per_kg is None
    assert check.weight is not None


def test_an_item_is_stopped_once_with_a_reason(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "amoxi 500"))
    item: Id = items(stocked_clinic, seen)[0].id
    with pytest.raises(ReasonNeeded):
        desk.stop_item(stocked_clinic, doctor, desk.StopItem(item_id=item, reason=" "))
    with pytest.raises(StaleRecord):
        desk.stop_item(stocked_clinic, doctor, desk.StopItem(item_id=item, reason="rash", version=9))
    desk.stop_item(stocked_clinic, doctor, desk.StopItem(item_id=item, reason="rash", version=1))
    with pytest.raises(WrongState):
        desk.stop_item(stocked_clinic, doctor, desk.StopItem(item_id=item, reason="again"))
    shown = desk.prescriptions_of(stocked_clinic, doctor, seen.patient_id)[0]
    assert (shown.state, shown.owed, shown.stop_reason) == (ItemState.STOPPED, 0, "rash")


def test_no_prescription_for_a_visit_that_is_over(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    with stocked_clinic.work(SYSTEM, "tests.close") as work:
        work.change(Visit, seen.visit_id, state=VisitState.CLOSED, open_key=None)
        work.finish()
    with pytest.raises(WrongState):
        prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "amoxi 500"))


def test_a_double_press_prescribes_once(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    command = desk.Prescribe(visit_id=seen.visit_id, items=(line(stocked_clinic, doctor, "amoxi 500"),))
    first = desk.prescribe(stocked_clinic, doctor, command)
    second = desk.prescribe(stocked_clinic, doctor, command)
    assert second.repeated
    assert second.value == first.value
    assert len(items(stocked_clinic, seen)) == 1
