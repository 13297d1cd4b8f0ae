"""Critical results: who was told, when; the alert until a doctor has acknowledged it."""

from datetime import timedelta
from typing import Any

import pytest

from hms_desktop.data.tables.lab import CriticalCall
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.errors import InvalidValue, NotAllowed, NotFound, WrongState
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import Flag
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import critical_alerts, lab_board, results_of_visit
from hms_desktop.services.lab_orders import OrderMade
from hms_desktop.services.lab_results import (
    AcknowledgeCritical,
    NoteCriticalCall,
    acknowledge_critical,
    note_critical_call,
)
from tests.make import lab
from tests.stores import NOON, Clock, actor_for


def critical(clinic: Clinic, staff: lab.Staff) -> tuple[Any, OrderMade, Id]:
    """A potassium of 7.1, entered."""
    guest, made, specimen = lab.on_the_bench(clinic, staff, "potassium")
    (entered,) = lab.enter(clinic, staff.technician, specimen, potassium="7.1").results
    assert entered.flag is Flag.CRITICAL_HIGH
    assert entered.critical
    assert entered.result_id is not None
    return guest, made, entered.result_id


def call(result_id: Id, who: str = "Dr Doctor", **more: Any) -> NoteCriticalCall:
    more.setdefault("called_at", NOON)
    return NoteCriticalCall(result_id=result_id, called_person=who, read_back=True, **more)


def test_a_critical_result_stays_an_alert_until_a_doctor_has_acknowledged_it(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest, _made, result_id = critical(stocked_clinic, staff)
    (alert,) = critical_alerts(stocked_clinic, staff.doctor, mine=True)
    assert (alert.person.name, alert.ordered_by, alert.result.value) == ("OTIENO, Asha", "Dora Doctor", "7.1")
    assert alert.result.needs_call
    assert critical_alerts(stocked_clinic, staff.technician, mine=True) == []
    note_critical_call(stocked_clinic, staff.technician, call(result_id, " Dr  Doctor ", note=" told "))
    (alert,) = lab_board(stocked_clinic, staff.technician).alerts
    assert alert.result.call is not None
    assert not alert.result.needs_call
    seen = alert.result.call
    assert (seen.called_person, seen.called_by, seen.read_back, seen.note) == ("Dr Doctor", "Tom Tech", True, "told")
    acknowledge_critical(stocked_clinic, staff.doctor, AcknowledgeCritical(result_id=result_id))
    assert critical_alerts(stocked_clinic, staff.doctor) == []
    (shown,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert shown.call is not None
    assert shown.call.acknowledged_by == "Dora Doctor"


def test_the_doctors_own_look_counts_as_a_call_and_once_is_enough(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, result_id = critical(stocked_clinic, staff)
    first = acknowledge_critical(stocked_clinic, staff.doctor, AcknowledgeCritical(result_id=result_id)).value
    again = acknowledge_critical(stocked_clinic, staff.doctor, AcknowledgeCritical(result_id=result_id)).value
    assert first == again
    with stocked_clinic.read(SYSTEM) as reader:
        row = reader.get(CriticalCall, first)
    assert (row.called_person, row.read_back) == ("Dora Doctor", False)
    lab.release(stocked_clinic, staff.supervisor, made)


def test_another_value_needs_another_call(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, result_id = critical(stocked_clinic, staff)
    note_critical_call(stocked_clinic, staff.technician, call(result_id))
    (row,) = lab_board(stocked_clinic, staff.technician).bench
    lab.enter(stocked_clinic, staff.technician, row.id, potassium="7.4")
    (alert,) = critical_alerts(stocked_clinic, staff.doctor)
    assert alert.result.needs_call
    with pytest.raises(WrongState):
        note_critical_call(stocked_clinic, staff.technician, call(result_id))
    assert len(lab.waiting_results(stocked_clinic, made)) == 1


def test_refusals_of_a_call(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, _made, result_id = critical(stocked_clinic, staff)
    for bad, field in (
        (call(result_id, " "), "called_person"),
        (call(result_id, "x" * 121), "called_person"),
        (call(result_id, called_at=clock.now + timedelta(hours=1)), "called_at"),
    ):
        with pytest.raises(InvalidValue) as refusal:
            note_critical_call(stocked_clinic, staff.technician, bad)
        assert refusal.value.field == field
    with pytest.raises(NotAllowed):
        note_critical_call(stocked_clinic, actor_for("nurse"), call(result_id))
    with pytest.raises(NotFound):
        note_critical_call(stocked_clinic, staff.supervisor, call(new_id()))


def test_only_a_critical_result_is_called(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "sodium")
    lab.enter(stocked_clinic, staff.technician, specimen, sodium="140")
    (row,) = lab.waiting_results(stocked_clinic, made)
    with pytest.raises(InvalidValue) as refusal:
        note_critical_call(stocked_clinic, staff.technician, call(row.id))
    assert refusal.value.facts["reason"] == "not_critical"
    with pytest.raises(InvalidValue):
        acknowledge_critical(stocked_clinic, staff.doctor, AcknowledgeCritical(result_id=row.id))
