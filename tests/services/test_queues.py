"""Queues: order, one winner, every step and every refusal."""

from dataclasses import replace
from typing import Any

import pytest

from hms_desktop.data.queries import queues as queries
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded, TakenBySomebody, WrongState
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitOutcome, VisitState
from hms_desktop.services import queues
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.queues import (
    CallPatient,
    MarkLeft,
    MarkNoShow,
    PutBack,
    StartService,
    call_patient,
    enter_queue,
    finish_entry,
    mark_left,
    mark_no_show,
    open_entry,
    put_back,
    recolour,
    start_service,
)
from hms_desktop.services.visits import visits_of_today
from tests.make.patients import make_patient
from tests.make.racing import at_once
from tests.make.visits import entry_of, make_visit, send_to, waiting
from tests.stores import Clock, actor_for, make_user

NURSE = actor_for("nurse")


def row(clinic: Clinic, entry_id: Id) -> Any:
    with clinic.read(NURSE) as reader:
        return reader.get(QueueEntry, entry_id)


def finish(clinic: Clinic, entry_id: Id, state: QueueState, actor: Actor = NURSE) -> None:
    with clinic.work(actor, "tests.finish") as work:
        finish_entry(work, entry_id, state)
        work.finish()


def at_triage(clinic: Clinic, given: str = "Asha") -> Id:
    """The triage entry of a fresh visit."""
    return entry_of(clinic, make_visit(clinic, make_patient(clinic, given, "Otieno")).visit_id)


def test_red_comes_before_yellow_and_the_longest_waiting_first(clinic: Clinic, clock: Clock) -> None:
    colours = {"Green": "green", "Late": "red", "Nobody": "", "Yellow": "yellow", "Later": "red", "Orange": "orange"}
    for given, colour in colours.items():
        clock.forward(minutes=1)
        send_to(clinic, make_visit(clinic, make_patient(clinic, given, "")).visit_id, ServicePoint.DOCTOR, colour)
    found = [entry.patient_name for entry in waiting(clinic, ServicePoint.DOCTOR)]
    assert found == ["Late", "Later", "Orange", "Yellow", "Nobody", "Green"]


def test_who_came_back_from_the_lab_is_first_of_the_colour(clinic: Clinic, clock: Clock) -> None:
    first, second = make_visit(clinic), make_visit(clinic)
    send_to(clinic, first.visit_id, ServicePoint.DOCTOR, "yellow")
    clock.forward(minutes=5)
    with clinic.work(NURSE, "tests.returned") as work:
        enter_queue(work, visit_id=second.visit_id, service_point=ServicePoint.DOCTOR, colour="yellow", returned=True)
        work.finish()
    assert [r.visit_id for r in waiting(clinic, ServicePoint.DOCTOR)] == [second.visit_id, first.visit_id]


def test_entering_twice_keeps_the_place_and_takes_the_new_colour(clinic: Clinic, clock: Clock) -> None:
    visit = make_visit(clinic)
    first = send_to(clinic, visit.visit_id, ServicePoint.DOCTOR, "green")
    since = row(clinic, first).waiting_since
    clock.forward(minutes=5)
    assert send_to(clinic, visit.visit_id, ServicePoint.DOCTOR, "red") == first
    assert (row(clinic, first).colour, row(clinic, first).waiting_since) == ("red", since)


def test_nobody_waits_for_a_visit_that_is_over(clinic: Clinic) -> None:
    visit = make_visit(clinic)
    mark_left(clinic, NURSE, MarkLeft(entry_id=entry_of(clinic, visit.visit_id), reason="went home"))
    with pytest.raises(WrongState):
        send_to(clinic, visit.visit_id, ServicePoint.DOCTOR)
    with clinic.read(NURSE) as reader:
        assert open_entry(reader, visit.visit_id, ServicePoint.TRIAGE) is None


def test_a_list_may_be_that_of_one_department(stocked_clinic: Clinic) -> None:
    from hms_desktop.services.visits import departments

    one, other = departments(stocked_clinic, NURSE)[:2]
    make_visit(stocked_clinic, department_id=one.id)
    make_visit(stocked_clinic, make_patient(stocked_clinic, "Peter", "Kamau"), department_id=other.id)
    make_visit(stocked_clinic, make_patient(stocked_clinic, "Juma", ""))
    with stocked_clinic.read(NURSE) as reader:
        found = queries.waiting(reader, ServicePoint.TRIAGE, department_id=one.id)
    assert [entry.patient_name for entry in found] == ["OTIENO, Asha", "Juma"]


def test_a_patient_is_called_started_and_done(clinic: Clinic) -> None:
    nurse = make_user(clinic, "nurse", name="Ann Otieno")
    entry = at_triage(clinic)
    assert call_patient(clinic, nurse, CallPatient(entry_id=entry)).value.state is QueueState.CALLED
    assert waiting(clinic, ServicePoint.TRIAGE)[0].claimed_by == "Ann Otieno"
    assert call_patient(clinic, nurse, CallPatient(entry_id=entry)).value.state is QueueState.CALLED
    assert start_service(clinic, nurse, StartService(entry_id=entry)).value.state is QueueState.IN_SERVICE
    assert start_service(clinic, nurse, StartService(entry_id=entry)).value.state is QueueState.IN_SERVICE
    finish(clinic, entry, QueueState.DONE, nurse)
    assert waiting(clinic, ServicePoint.TRIAGE) == []
    assert row(clinic, entry).done_at is not None


def test_who_was_never_called_may_be_done_at_once(clinic: Clinic) -> None:
    entry = at_triage(clinic)
    finish(clinic, entry, QueueState.DONE)
    assert row(clinic, entry).state == QueueState.DONE
    assert row(clinic, entry).started_at is not None


def test_two_nurses_never_win_the_same_patient(clinic: Clinic, another_station: Any) -> None:
    entry, other = at_triage(clinic), another_station()
    ann, ben = make_user(clinic, "nurse", name="Ann Otieno"), make_user(clinic, "nurse", name="Ben Kamau")
    results = at_once(
        [
            lambda: call_patient(clinic, ann, CallPatient(entry_id=entry)),
            lambda: call_patient(other, ben, CallPatient(entry_id=entry)),
        ]
    )
    lost = [result for result in results if isinstance(result, TakenBySomebody)]
    assert len(lost) == 1
    assert lost[0].facts["by"] == waiting(clinic, ServicePoint.TRIAGE)[0].claimed_by


def test_a_step_from_what_was_true_a_moment_ago_loses_to_who_was_faster(clinic: Clinic) -> None:
    entry, ann = at_triage(clinic), make_user(clinic, "nurse", name="Ann Otieno")
    seen_before = row(clinic, entry)
    call_patient(clinic, ann, CallPatient(entry_id=entry))
    with pytest.raises(TakenBySomebody) as refused, clinic.work(NURSE, "tests.late") as work:
        queues._move(work, seen_before, QueueState.CALLED, claimed_by=NURSE.user_id)
    assert refused.value.facts["by"] == "Ann Otieno"


@pytest.mark.parametrize(
    ("service", "command"),
    [(call_patient, CallPatient), (start_service, StartService), (mark_no_show, MarkNoShow)],
)
def test_who_is_with_somebody_is_taken_and_by_whom_is_said(
    clinic: Clinic, service: Any, command: type[Command]
) -> None:
    entry, ann = at_triage(clinic), make_user(clinic, "nurse", name="Ann Otieno")
    start_service(clinic, ann, StartService(entry_id=entry))
    with pytest.raises(TakenBySomebody) as refused:
        service(clinic, NURSE, command(entry_id=entry))  # type: ignore[call-arg]
    assert refused.value.facts["by"] == "Ann Otieno"


def test_who_was_called_by_somebody_is_not_started_by_another(clinic: Clinic) -> None:
    entry, ann = at_triage(clinic), make_user(clinic, "nurse", name="Ann Otieno")
    call_patient(clinic, ann, CallPatient(entry_id=entry))
    with pytest.raises(TakenBySomebody):
        call_patient(clinic, NURSE, CallPatient(entry_id=entry))
    with pytest.raises(TakenBySomebody):
        start_service(clinic, NURSE, StartService(entry_id=entry))


def test_a_doctor_takes_the_patient_in_and_is_named_on_the_entry(clinic: Clinic) -> None:
    doctor = make_user(clinic, "doctor")
    entry = send_to(clinic, make_visit(clinic).visit_id, ServicePoint.DOCTOR, "green")
    assert start_service(clinic, doctor, StartService(entry_id=entry)).value.state is QueueState.WITH_DOCTOR
    assert row(clinic, entry).practitioner_id == doctor.user_id
    finish(clinic, entry, QueueState.COMPLETED, doctor)
    with pytest.raises(WrongState):
        finish(clinic, entry, QueueState.COMPLETED, doctor)


def test_who_did_not_come_may_come_back_with_the_waiting_time_kept(clinic: Clinic, clock: Clock) -> None:
    entry = at_triage(clinic)
    since = row(clinic, entry).waiting_since
    mark_no_show(clinic, NURSE, MarkNoShow(entry_id=entry))
    assert waiting(clinic, ServicePoint.TRIAGE) == []
    with clinic.read(NURSE) as reader:
        assert [missed.id for missed in queries.missed(reader, ServicePoint.TRIAGE)] == [entry]
    clock.forward(minutes=9)
    put_back(clinic, NURSE, PutBack(entry_id=entry))
    assert row(clinic, entry).waiting_since == since
    assert waiting(clinic, ServicePoint.TRIAGE)[0].claimed_by == ""
    with pytest.raises(WrongState):
        put_back(clinic, NURSE, PutBack(entry_id=entry))


def test_leaving_ends_every_entry_and_the_visit(clinic: Clinic) -> None:
    visit = make_visit(clinic)
    entry = entry_of(clinic, visit.visit_id)
    send_to(clinic, visit.visit_id, ServicePoint.DOCTOR, "green")
    with pytest.raises(ReasonNeeded):
        mark_left(clinic, NURSE, MarkLeft(entry_id=entry, reason=" "))
    mark_left(clinic, NURSE, MarkLeft(entry_id=entry, reason="waited too long"))
    assert waiting(clinic, ServicePoint.DOCTOR) == []
    shown = visits_of_today(clinic, NURSE)[0]
    assert (shown.state, shown.outcome) == (VisitState.CLOSED, VisitOutcome.LEFT)
    assert row(clinic, entry).end_reason == "waited too long"
    with pytest.raises(WrongState):
        mark_left(clinic, NURSE, MarkLeft(entry_id=entry, reason="again"))


def test_a_new_colour_moves_the_visit_and_all_it_waits_for(clinic: Clinic) -> None:
    visit = make_visit(clinic)
    doctor = send_to(clinic, visit.visit_id, ServicePoint.DOCTOR, "green")
    with clinic.work(NURSE, "tests.recolour") as work:
        recolour(work, visit.visit_id, "red")
        recolour(work, visit.visit_id, "red")
        work.finish()
    for entry in (doctor, entry_of(clinic, visit.visit_id)):
        assert (row(clinic, entry).colour, row(clinic, entry).colour_rank) == ("red", 0)
    assert visits_of_today(clinic, NURSE)[0].colour == "red"


@pytest.mark.parametrize(
    ("point", "may", "may_not"),
    [
        (ServicePoint.TRIAGE, "nurse", "receptionist"),
        (ServicePoint.LAB, "lab_technician", "cashier"),
        (ServicePoint.PHARMACY, "pharmacist", "nurse"),
        (ServicePoint.CASHIER, "cashier", "pharmacist"),
        (ServicePoint.DOCTOR, "doctor", "nurse"),
    ],
)
def test_each_desk_calls_its_own_patients(clinic: Clinic, point: ServicePoint, may: str, may_not: str) -> None:
    entry = send_to(clinic, make_visit(clinic).visit_id, point)
    with pytest.raises(NotAllowed):
        call_patient(clinic, actor_for(may_not), CallPatient(entry_id=entry))
    call_patient(clinic, actor_for(may), CallPatient(entry_id=entry))


def test_nobody_calls_an_entry_that_does_not_exist(clinic: Clinic) -> None:
    with pytest.raises(NotFound):
        call_patient(clinic, NURSE, CallPatient(entry_id=new_id()))
    with pytest.raises(NotAllowed):
        call_patient(clinic, actor_for("administrator"), CallPatient(entry_id=new_id()))


def test_the_same_press_twice_is_one_call(clinic: Clinic) -> None:
    command = MarkNoShow(entry_id=at_triage(clinic))
    mark_no_show(clinic, NURSE, command)
    assert mark_no_show(clinic, NURSE, command).repeated
    with pytest.raises(WrongState):
        mark_no_show(clinic, NURSE, replace(command, key=new_id()))
