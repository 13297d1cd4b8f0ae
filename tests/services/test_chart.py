"""The doctor's queue in its order, and everything of a patient in one read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from hms_desktop.data.tables.billing import BillableItem, Price
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.visits import QueueState, VisitState
from hms_desktop.services import consultations as desk
from hms_desktop.services.chart import chart, doctor_queue, seen_patient
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import results_of_patient
from hms_desktop.services.prescriptions import prescriptions_of
from hms_desktop.services.vitals import vitals_trend
from tests.make import lab
from tests.make.consultations import Waiting, waiting_patient
from tests.make.statements import statements
from tests.stores import Clock, actor_for, make_user


@pytest.fixture
def doctor(stocked_clinic: Clinic) -> Actor:
    return make_user(stocked_clinic, "doctor", name="Dora Doctor")


def move(clinic: Clinic, patient: Waiting, minutes: int, **values: Any) -> Waiting:
    with clinic.work(SYSTEM, "tests.move") as work:
        work.change(QueueEntry, patient.entry_id, waiting_since=work.now - timedelta(minutes=minutes), **values)
        work.finish()
    return patient


def take_in(clinic: Clinic, doctor: Actor, patient: Waiting) -> Waiting:
    desk.start_consultation(clinic, doctor, desk.StartConsultation(entry_id=patient.entry_id))
    return patient


def complete(clinic: Clinic, doctor: Actor, patient: Waiting) -> desk.Completed:
    command = desk.CompleteConsultation(entry_id=patient.entry_id, without_diagnosis_reason="advice only")
    return desk.complete_consultation(clinic, doctor, command).value


def test_the_queue_goes_by_colour_then_return_from_the_lab_then_waiting_time(
    stocked_clinic: Clinic, doctor: Actor
) -> None:
    late = move(stocked_clinic, waiting_patient(stocked_clinic, name="Late Yellow"), 5)
    early = move(stocked_clinic, waiting_patient(stocked_clinic, name="Early Yellow"), 50)
    back = move(stocked_clinic, waiting_patient(stocked_clinic, name="Back Yellow"), 1, returned=True)
    red = move(stocked_clinic, waiting_patient(stocked_clinic, name="Just Red"), 0, colour="red", colour_rank=0)
    rows = doctor_queue(stocked_clinic, doctor)
    assert [row.id for row in rows] == [p.entry_id for p in (red, back, early, late)]


def test_whom_i_completed_today_stands_last_and_a_colleagues_do_not(stocked_clinic: Clinic, doctor: Actor) -> None:
    other = make_user(stocked_clinic, "doctor")
    for who in (doctor, other):
        complete(stocked_clinic, who, take_in(stocked_clinic, who, waiting_patient(stocked_clinic)))
    waits = waiting_patient(stocked_clinic)
    rows = doctor_queue(stocked_clinic, doctor)
    assert [row.state for row in rows] == [QueueState.WAITING, QueueState.COMPLETED]
    assert rows[0].id == waits.entry_id


def test_a_patient_is_mine_only_while_sitting_with_me(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = waiting_patient(stocked_clinic)
    waits = seen_patient(stocked_clinic, doctor, patient.patient_id)
    assert (waits.waits, waits.mine, waits.at_lab) == (True, False, False)
    take_in(stocked_clinic, doctor, patient)
    assert seen_patient(stocked_clinic, doctor, patient.patient_id).mine
    assert not seen_patient(stocked_clinic, make_user(stocked_clinic, "doctor"), patient.patient_id).mine


def test_orders_and_released_results_come_along(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    patient = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, patient.visit_id, "haemoglobin", "malaria_rdt")
    seen = seen_patient(stocked_clinic, staff.doctor, patient.patient_id)
    assert (seen.at_lab, seen.results, [order.number for order in seen.orders]) == (True, (), [made.number])
    taken = lab.collect(stocked_clinic, staff.technician, made).specimens[0]
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, haemoglobin="9.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    partly = seen_patient(stocked_clinic, staff.doctor, patient.patient_id)
    assert [row.value for row in partly.results] == ["9.1"]
    assert partly.at_lab


def test_somebody_who_is_not_here_has_a_chart_and_no_entry(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = waiting_patient(stocked_clinic)
    with stocked_clinic.work(SYSTEM, "tests.close") as work:
        work.change(Visit, patient.visit_id, state=VisitState.CLOSED, open_key=None)
        work.finish()
    with pytest.raises(ReasonNeeded):
        seen_patient(stocked_clinic, doctor, patient.patient_id)
    desk.open_chart(stocked_clinic, doctor, desk.OpenChart(patient_id=patient.patient_id, reason="a phone call"))
    seen = seen_patient(stocked_clinic, doctor, patient.patient_id)
    assert (seen.entry, seen.visit_id, seen.orders, seen.mine) == (None, None, (), False)
    assert seen.patient_id == patient.patient_id


def test_a_patient_takes_a_fixed_number_of_statements(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = waiting_patient(stocked_clinic)
    with statements(stocked_clinic) as asked:
        seen_patient(stocked_clinic, doctor, patient.patient_id)
    assert len(asked) <= 20


def test_who_may_not_see_charts_is_refused(stocked_clinic: Clinic) -> None:
    patient = waiting_patient(stocked_clinic)
    with pytest.raises(NotAllowed):
        seen_patient(stocked_clinic, actor_for("cashier"), patient.patient_id)
    with pytest.raises(NotAllowed):
        doctor_queue(stocked_clinic, actor_for("cashier"))


def test_completing_closes_a_visit_with_nothing_else_open(stocked_clinic: Clinic, doctor: Actor) -> None:
    with stocked_clinic.work(SYSTEM, "tests.free") as work:
        items = select(BillableItem.id).where(BillableItem.kind == ChargeKind.CONSULTATION)
        for row in work.rows(select(Price.id).where(Price.item_id.in_(items))):
            work.change(Price, row.id, amount=0)
        work.finish()
    patient = take_in(stocked_clinic, doctor, waiting_patient(stocked_clinic))
    assert complete(stocked_clinic, doctor, patient).visit_closed


def test_completing_leaves_a_visit_with_a_debt_open(stocked_clinic: Clinic, doctor: Actor) -> None:
    patient = take_in(stocked_clinic, doctor, waiting_patient(stocked_clinic))
    done = complete(stocked_clinic, doctor, patient)
    assert done.charge_id is not None
    assert not done.visit_closed


# --- who may read a chart ------------------------------------------------------------------------------

READS: list[Callable[[Clinic, Actor, Id], object]] = [
    chart, seen_patient, prescriptions_of, results_of_patient,
    lambda clinic, actor, patient: vitals_trend(clinic, replace(actor, rights=actor.rights | {"triage.view"}), patient),
]  # fmt: skip


def gone_home(clinic: Clinic) -> Waiting:
    patient = waiting_patient(clinic)
    with clinic.work(SYSTEM, "tests.close") as work:
        work.change(Visit, patient.visit_id, state=VisitState.CLOSED, open_key=None)
        work.finish()
    return patient


@pytest.mark.parametrize("read", READS)
def test_a_chart_of_a_stranger_is_read_only_with_a_reason(
    stocked_clinic: Clinic, doctor: Actor, clock: Clock, read: Callable[[Clinic, Actor, Id], object]
) -> None:
    patient = gone_home(stocked_clinic)
    with pytest.raises(ReasonNeeded) as caught:
        read(stocked_clinic, doctor, patient.patient_id)
    assert caught.value.facts == {"field": "reason", "what": "break_glass"}
    with pytest.raises(NotAllowed):
        read(stocked_clinic, replace(doctor, rights=doctor.rights - {"chart.break_glass"}), patient.patient_id)
    desk.open_chart(stocked_clinic, doctor, desk.OpenChart(patient_id=patient.patient_id, reason="a phone call"))
    read(stocked_clinic, doctor, patient.patient_id)
    with pytest.raises(ReasonNeeded):
        read(stocked_clinic, make_user(stocked_clinic, "doctor"), patient.patient_id)
    clock.forward(hours=13)
    with pytest.raises(ReasonNeeded):
        read(stocked_clinic, doctor, patient.patient_id)


@pytest.mark.parametrize("read", READS)
def test_who_wrote_about_a_patient_reads_the_chart_again(
    stocked_clinic: Clinic, doctor: Actor, clock: Clock, read: Callable[[Clinic, Actor, Id], object]
) -> None:
    patient = take_in(stocked_clinic, doctor, waiting_patient(stocked_clinic))
    desk.save_note(stocked_clinic, doctor, desk.SaveNote(visit_id=patient.visit_id, plan="Rest"))
    with stocked_clinic.work(SYSTEM, "tests.close") as work:
        work.change(Visit, patient.visit_id, state=VisitState.CLOSED, open_key=None)
        work.finish()
    clock.forward(days=40)
    read(stocked_clinic, doctor, patient.patient_id)


def test_nobodys_chart_is_not_found(stocked_clinic: Clinic, doctor: Actor) -> None:
    with pytest.raises(NotFound):
        seen_patient(stocked_clinic, doctor, new_id())
