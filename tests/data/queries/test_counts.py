"""How much a list asks of the store, which no noise can move: the goals of the queue, the chart and the search."""

import pytest

from hms_desktop.services.chart import chart, doctor_queue
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patients import find_patients
from tests.make.consultations import waiting_patient
from tests.make.patients import make_patient
from tests.make.statements import statements
from tests.stores import actor_for, make_user

QUEUE, CHART = 3, 4
"""Statements that one reading may send."""


@pytest.mark.parametrize("people", [1, 6])
def test_the_doctors_queue_asks_no_more_for_more_patients(stocked_clinic: Clinic, people: int) -> None:
    doctor = make_user(stocked_clinic, "doctor")
    for _each in range(people):
        waiting_patient(stocked_clinic)
    with statements(stocked_clinic) as sent:
        assert len(doctor_queue(stocked_clinic, doctor)) == people
    assert 0 < len(sent) <= QUEUE, sent


def test_the_chart_asks_a_fixed_number_of_questions(stocked_clinic: Clinic) -> None:
    patient = waiting_patient(stocked_clinic)
    with statements(stocked_clinic) as sent:
        assert chart(stocked_clinic, actor_for("doctor"), patient.patient_id).visits
    assert 0 < len(sent) <= CHART, sent


@pytest.mark.parametrize(("line", "most"), [("asha", 2), ("ash oti", 2), ("asha otiemo", 4), ("345678", 4)])
def test_a_typed_line_asks_few_questions(clinic: Clinic, line: str, most: int) -> None:
    make_patient(clinic, "Asha", "Otieno", phone="+254 712 345 678")
    lately = 2 if clinic.store.dialect == "postgresql" else 0  # its index knows no order: who was here lately is asked
    with statements(clinic) as sent:
        assert find_patients(clinic, actor_for("receptionist"), line)
    assert 0 < len(sent) <= most + lately, sent
