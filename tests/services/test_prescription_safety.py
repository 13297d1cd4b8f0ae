"""Prescribing past alerts: pairs on one sheet, twice the same, children by weight, free text, implausible doses."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from hms_desktop.data.queries.prescriptions import medications
from hms_desktop.data.tables.prescriptions import Prescription
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.dosing import Product, large_dose, parse_dose
from hms_desktop.domain.errors import (
    AllergyConflict,
    InvalidValue,
    ReasonNeeded,
)
from hms_desktop.domain.prescriptions import PrescriptionState, Route
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.services import prescriptions as desk
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.dose_check import PrescribeItem
from tests.make.consultations import Waiting, waiting_patient
from tests.make.prescribing import allergic, child, items, line, prescribe, weigh
from tests.stores import make_user


@pytest.fixture
def doctor(stocked_clinic: Clinic) -> Actor:
    return make_user(stocked_clinic, "doctor", name="Dora Doctor")


@pytest.fixture
def seen(stocked_clinic: Clinic) -> Waiting:
    return waiting_patient(stocked_clinic)


def test_one_reason_answers_two_medicines_of_one_sheet(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    warfarin = line(stocked_clinic, doctor, "warfarin", dose="5 mg", frequency="od")
    late = line(stocked_clinic, doctor, "metronidazole 200", dose="400 mg")
    beside = [warfarin.medication_id] if warfarin.medication_id else []
    check = desk.check_line(stocked_clinic, doctor, seen.visit_id, late, beside)
    assert {alert.kind for alert in check.serious} == {"interaction"}
    with pytest.raises(ReasonNeeded) as caught:
        prescribe(stocked_clinic, doctor, seen, warfarin, late)
    assert caught.value.field == "items.1.override_reason"
    prescribe(stocked_clinic, doctor, seen, warfarin, replace(late, override_reason="INR watched"))
    assert [row.override_reason for row in items(stocked_clinic, seen)] == ["", "INR watched"]


def test_the_same_medicine_twice_on_a_sheet_asks_for_a_reason(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    wanted = line(stocked_clinic, doctor, "amoxi 500")
    assert wanted.medication_id is not None
    check = desk.check_line(stocked_clinic, doctor, seen.visit_id, wanted, [wanted.medication_id])
    assert [(alert.kind, alert.reason) for alert in check.serious] == [("duplicate", "same_ingredient")]
    with pytest.raises(ReasonNeeded) as caught:
        prescribe(stocked_clinic, doctor, seen, wanted, wanted)
    assert caught.value.facts == {"field": "items.1.override_reason", "what": "duplicate"}
    prescribe(stocked_clinic, doctor, seen, wanted, replace(wanted, override_reason="morning and evening strength"))


def test_a_childs_dose_in_ml_or_tablets_is_checked_by_weight(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = child(stocked_clinic)
    syrup = line(stocked_clinic, doctor, "paracetamol 120", dose="50 ml")
    with pytest.raises(ReasonNeeded):
        prescribe(stocked_clinic, doctor, patient, syrup)
    weigh(stocked_clinic, patient, "11")
    for wanted in (syrup, line(stocked_clinic, doctor, "paracetamol 500", dose="1 tablet")):
        check = desk.check_line(stocked_clinic, doctor, patient.visit_id, wanted)
        assert "child_dose" in {alert.kind for alert in check.serious}
        assert check.per_kg is not None
        with pytest.raises(ReasonNeeded) as caught:
            prescribe(stocked_clinic, doctor, patient, wanted)
        assert caught.value.facts["what"] == "child_dose"
    fitting = desk.check_line(stocked_clinic, doctor, patient.visit_id, replace(syrup, dose="7 ml"))
    assert (fitting.per_kg, fitting.serious) == (Decimal("15.27"), ())


def test_what_could_not_be_checked_for_a_child_is_said(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = child(stocked_clinic)
    weigh(stocked_clinic, patient, "11")
    check = desk.check_line(
        stocked_clinic, doctor, patient.visit_id, line(stocked_clinic, doctor, "paracetamol 500", dose="1 sachet")
    )
    assert ("child_dose", "not_compared") in {(alert.kind, alert.reason) for alert in check.alerts}
    assert check.serious == ()


def test_a_medicine_in_free_text_is_checked_by_its_name(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    allergic(stocked_clinic, seen, "penicillin")
    wanted = PrescribeItem(free_text="Amoxicillin drops from the village shop", quantity=1)
    check = desk.check_line(stocked_clinic, doctor, seen.visit_id, wanted)
    assert [alert.kind for alert in check.serious] == ["allergy"]
    with pytest.raises(AllergyConflict):
        prescribe(stocked_clinic, doctor, seen, wanted)
    other = PrescribeItem(free_text="Elastic stocking", quantity=1)
    found = desk.check_line(stocked_clinic, doctor, seen.visit_id, other)
    assert [(alert.kind, alert.level.value) for alert in found.alerts] == [
        ("allergy", "caution"), ("unchecked", "caution"),
    ][-len(found.alerts) :]  # fmt: skip
    prescribe(stocked_clinic, doctor, seen, other)
    assert [each["kind"] for each in items(stocked_clinic, seen)[0].alerts] == ["unchecked"]


def test_free_text_meets_what_is_on_the_sheet(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    warfarin = line(stocked_clinic, doctor, "warfarin", dose="5 mg", frequency="od")
    with pytest.raises(ReasonNeeded) as caught:
        prescribe(stocked_clinic, doctor, seen, warfarin, PrescribeItem(free_text="ibuprofen gel caps", quantity=9))
    assert caught.value.facts == {"field": "items.1.override_reason", "what": "interaction"}


@pytest.mark.parametrize(
    "values",
    [
        {"dose": "50 g", "days": 1},
        {"dose": "11 tablets", "days": 1},
        {"quantity": 1001},
        {"dose": "1000 mg", "days": 200},
    ],
)
def test_an_implausible_dose_or_quantity_is_asked_about(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting, values: dict[str, object]
) -> None:
    wanted = line(stocked_clinic, doctor, "paracetamol 500", **values)
    with pytest.raises(ReasonNeeded) as caught:
        prescribe(stocked_clinic, doctor, seen, wanted)
    assert caught.value.facts == {"field": "items.0.override_reason", "what": "large_dose"}
    prescribe(stocked_clinic, doctor, seen, replace(wanted, override_reason="meant so"))


def test_no_usual_dose_of_the_list_is_called_large(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    with stocked_clinic.read(doctor) as reader:
        found = [
            (row.name, row.default_dose)
            for letter in "abcdefghijklmnopqrstuvwxyz"
            for row in medications(reader, letter, 500)
            if row.default_dose
            and large_dose(
                parse_dose(row.default_dose), Product(row.unit, row.mg_per_unit, row.unit_ml),
                swallowed=row.route == Route.ORAL,
            )
        ]  # fmt: skip
    assert found == []


def test_stopping_the_only_medicine_ends_the_turn_at_the_pharmacy(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    made = prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "amoxi 500"))
    desk.stop_item(stocked_clinic, doctor, desk.StopItem(item_id=items(stocked_clinic, seen)[0].id, reason="rash"))
    with stocked_clinic.read(SYSTEM) as reader:
        entry = reader.first(select(QueueEntry.state).where(QueueEntry.service_point == ServicePoint.PHARMACY))
        sheet = reader.get(Prescription, made.prescription_id)
    assert entry is not None
    assert (entry.state, sheet.status) == (QueueState.DONE, PrescriptionState.COMPLETED)


def test_a_dose_with_too_many_places_is_refused_with_the_way_out(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting
) -> None:
    with pytest.raises(InvalidValue) as caught:
        prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "digoxin", dose="0.0625 mg"))
    assert (caught.value.field, caught.value.facts["instead"]) == ("items.0.dose", "62.5 mcg")
    prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "digoxin", dose="62.5 mcg"))


def test_a_text_that_is_too_long_is_refused_by_its_line(stocked_clinic: Clinic, doctor: Actor, seen: Waiting) -> None:
    with pytest.raises(InvalidValue) as caught:
        prescribe(stocked_clinic, doctor, seen, line(stocked_clinic, doctor, "amoxi 500", instructions="x" * 301))
    assert caught.value.facts["field"] == "items.0.instructions"


@pytest.mark.parametrize(("text", "reason"), [("x" * 1001, "too_long"), ("a\x00b", "nul")])
def test_what_a_column_refuses_is_a_refusal_that_names_it(
    stocked_clinic: Clinic, doctor: Actor, seen: Waiting, text: str, reason: str
) -> None:
    wanted = line(stocked_clinic, doctor, "amoxi 500")
    with pytest.raises(InvalidValue) as caught:
        desk.prescribe(stocked_clinic, doctor, desk.Prescribe(visit_id=seen.visit_id, items=(wanted,), note=text))
    assert (caught.value.field, caught.value.facts["reason"]) == ("note", reason)
