"""What keeps a visit open, how it closes or is cancelled, and the lists of the day."""

from dataclasses import replace
from typing import Any

import pytest

from hms_desktop.data.tables.triage import TriageAssessment, Vitals
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.errors import (
    DeathNeedsClinician,
    NotAllowed,
    ReasonNeeded,
    VisitHasWork,
    VisitNotFinished,
    WrongState,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import OrderState, ResultStatus
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.visits import (
    OpenWork,
    QueueState,
    ServicePoint,
    VisitKind,
    VisitOutcome,
    VisitState,
)
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patients import patient_banner
from hms_desktop.services.queues import finish_entry
from hms_desktop.services.visits import (
    CancelVisit,
    CloseVisit,
    cancel_visit,
    close_visit,
    open_work,
    try_close,
    visits_left_open,
    visits_of_patient,
    visits_of_today,
)
from tests.make.open_work import add_bill, add_free_text, add_note, add_prescription, add_result
from tests.make.patients import make_patient
from tests.make.statements import statements
from tests.make.visits import entry_of, make_visit, send_to, waiting
from tests.stores import Clock, actor_for, make_user

CLERK = actor_for("receptionist")


def visit_row(clinic: Clinic, visit_id: Id) -> Any:
    with clinic.read(CLERK) as reader:
        return reader.get(Visit, visit_id)


def try_closing(clinic: Clinic, visit_id: Id) -> bool:
    with clinic.work(actor_for("everything"), "tests.try_close") as work:
        closed = try_close(work, visit_id)
        work.finish()
    return closed


def seen_by_doctor(clinic: Clinic) -> Id:
    """A visit whose triage and consultation are done."""
    visit_id = make_visit(clinic).visit_id
    doctor = send_to(clinic, visit_id, ServicePoint.DOCTOR, "green")
    with clinic.work(SYSTEM, "tests.seen") as work:
        finish_entry(work, entry_of(clinic, visit_id), QueueState.DONE)
        work.change(QueueEntry, doctor, state=QueueState.COMPLETED)
        work.finish()
    return visit_id


@pytest.mark.parametrize(
    ("add", "values", "expected"),
    [
        (add_note, {}, {OpenWork.NOTE}),
        (add_bill, {}, {OpenWork.DEBT}),
        (add_bill, {"paid": 400}, set()),
        (add_bill, {"paid": 400, "pending": 100}, {OpenWork.DEBT}),
        (add_prescription, {}, {OpenWork.DRUG}),
        (add_free_text, {}, set()),
        (add_prescription, {"state": ItemState.PARTLY}, {OpenWork.DRUG}),
        (add_prescription, {"state": ItemState.DISPENSED}, set()),
        (add_result, {}, {OpenWork.RESULT}),
        (add_result, {"state": OrderState.IN_PROGRESS, "status": ResultStatus.PRELIMINARY}, {OpenWork.RESULT}),
        (add_result, {"state": OrderState.COMPLETED, "status": ResultStatus.PRELIMINARY}, {OpenWork.RESULT}),
        (add_result, {"state": OrderState.COMPLETED, "status": ResultStatus.FINAL}, set()),
        (add_result, {"state": OrderState.CANCELLED}, set()),
    ],
)
def test_a_visit_stays_open_for_what_is_not_done(
    clinic: Clinic, add: Any, values: dict[str, Any], expected: set[OpenWork]
) -> None:
    visit_id = seen_by_doctor(clinic)
    patient_id = visit_row(clinic, visit_id).patient_id
    with clinic.work(SYSTEM, "tests.add") as work:
        add(work, patient_id, visit_id, **values)
        work.finish()
    with statements(clinic) as seen:
        assert open_work(clinic, CLERK, visit_id) == expected
    assert len(seen) == 1
    assert try_closing(clinic, visit_id) is (not expected)
    assert (visit_row(clinic, visit_id).state == VisitState.CLOSED) == (not expected)


def test_a_visit_closes_by_itself_only_after_a_doctor_saw_the_patient(clinic: Clinic) -> None:
    waiting_only = make_visit(clinic).visit_id
    assert not try_closing(clinic, waiting_only)
    with clinic.work(SYSTEM, "tests.done") as work:
        finish_entry(work, entry_of(clinic, waiting_only), QueueState.DONE)
        work.finish()
    assert not try_closing(clinic, waiting_only)
    seen = seen_by_doctor(clinic)
    assert try_closing(clinic, seen)
    assert not try_closing(clinic, seen)
    row = visit_row(clinic, seen)
    assert (row.outcome, row.open_key) == (VisitOutcome.TREATED, None)


def test_who_is_missing_at_a_desk_keeps_the_visit_open(clinic: Clinic) -> None:
    visit_id = seen_by_doctor(clinic)
    entry = send_to(clinic, visit_id, ServicePoint.PHARMACY)
    with clinic.work(SYSTEM, "tests.missing") as work:
        finish_entry(work, entry, QueueState.NO_SHOW)
        work.finish()
    assert not try_closing(clinic, visit_id)


# --- closing and cancelling --------------------------------------------------------------------------


def test_leaving_ends_the_visit_and_whatever_it_waits_for(clinic: Clinic) -> None:
    made = make_visit(clinic)
    with pytest.raises(ReasonNeeded):
        close_visit(clinic, CLERK, CloseVisit(visit_id=made.visit_id, outcome=VisitOutcome.LEFT))
    with pytest.raises(VisitNotFinished) as refused:
        close_visit(clinic, CLERK, CloseVisit(visit_id=made.visit_id, outcome=VisitOutcome.TREATED, reason="x"))
    assert refused.value.facts["open"] == "queue"
    command = CloseVisit(visit_id=made.visit_id, outcome=VisitOutcome.LEFT, reason="went home")
    assert close_visit(clinic, CLERK, command).value is VisitState.CLOSED
    assert waiting(clinic, ServicePoint.TRIAGE) == []
    row = visit_row(clinic, made.visit_id)
    assert (row.close_reason, row.outcome, row.open_key) == ("went home", VisitOutcome.LEFT, None)
    with pytest.raises(WrongState):
        close_visit(clinic, CLERK, replace(command, key=new_id()))


@pytest.mark.parametrize("role", ["cashier", "receptionist"])
def test_a_death_is_stated_by_somebody_who_treats_patients(clinic: Clinic, role: str) -> None:
    made, clerk = make_visit(clinic), make_user(clinic, role)
    nurse, pharmacist = make_user(clinic, "nurse"), make_user(clinic, "pharmacist")
    death = CloseVisit(visit_id=made.visit_id, outcome=VisitOutcome.DIED, reason="on arrival")
    for signed in (None, clerk.user_id, pharmacist.user_id):
        with pytest.raises(DeathNeedsClinician):
            close_visit(clinic, clerk, replace(death, key=new_id(), approved_by=signed))
    patient_id = visit_row(clinic, made.visit_id).patient_id
    assert not patient_banner(clinic, clerk, patient_id).deceased
    close_visit(clinic, clerk, replace(death, key=new_id(), approved_by=nurse.user_id))
    assert patient_banner(clinic, clerk, patient_id).deceased


@pytest.mark.parametrize("role", ["nurse", "doctor"])
def test_a_death_is_kept_in_the_record(clinic: Clinic, role: str) -> None:
    made = make_visit(clinic)
    command = CloseVisit(visit_id=made.visit_id, outcome=VisitOutcome.DIED, reason="on arrival")
    close_visit(clinic, actor_for(role), command)
    patient_id = visit_row(clinic, made.visit_id).patient_id
    assert patient_banner(clinic, CLERK, patient_id).deceased


def test_a_mistaken_visit_is_cancelled_with_a_reason(clinic: Clinic) -> None:
    made = make_visit(clinic)
    with pytest.raises(ReasonNeeded):
        cancel_visit(clinic, CLERK, CancelVisit(visit_id=made.visit_id, reason=" "))
    cancel_visit(clinic, CLERK, CancelVisit(visit_id=made.visit_id, reason="wrong patient"))
    row = visit_row(clinic, made.visit_id)
    assert (row.state, row.outcome, row.open_key) == (VisitState.CANCELLED, None, None)
    with pytest.raises(WrongState):
        cancel_visit(clinic, CLERK, CancelVisit(visit_id=made.visit_id, reason="again"))


def test_a_visit_at_which_something_was_done_is_not_cancelled(clinic: Clinic) -> None:
    made = make_visit(clinic)
    patient_id = visit_row(clinic, made.visit_id).patient_id
    with clinic.work(SYSTEM, "tests.vitals") as work:
        work.insert(Vitals, patient_id=patient_id, visit_id=made.visit_id, taken_at=work.now)
        work.finish()
    with pytest.raises(VisitHasWork) as refused:
        cancel_visit(clinic, CLERK, CancelVisit(visit_id=made.visit_id, reason="wrong patient"))
    assert refused.value.facts["visit"] == made.number


def test_a_visit_that_was_triaged_without_vitals_is_not_cancelled(clinic: Clinic) -> None:
    made = make_visit(clinic)
    with clinic.work(SYSTEM, "tests.triage") as work:
        work.insert(
            TriageAssessment, visit_id=made.visit_id, patient_id=work.get(Visit, made.visit_id).patient_id,
            scale="iitt", scale_version="1", danger_signs=[], suggested_colour="green", chosen_colour="green",
            reasons=[], override_reason="", assessed_at=work.now,
        )  # fmt: skip
        work.finish()
    with pytest.raises(VisitHasWork):
        cancel_visit(clinic, CLERK, CancelVisit(visit_id=made.visit_id, reason="wrong patient"))


def test_a_paid_visit_is_not_cancelled(clinic: Clinic) -> None:
    made = make_visit(clinic)
    with clinic.work(SYSTEM, "tests.bill") as work:
        add_bill(work, work.get(Visit, made.visit_id).patient_id, made.visit_id, paid=100)
        work.finish()
    with pytest.raises(VisitHasWork):
        cancel_visit(clinic, CLERK, CancelVisit(visit_id=made.visit_id, reason="wrong patient"))


def test_a_nurse_closes_but_does_not_cancel(clinic: Clinic) -> None:
    made, nurse = make_visit(clinic), actor_for("nurse")
    with pytest.raises(NotAllowed):
        cancel_visit(clinic, nurse, CancelVisit(visit_id=made.visit_id, reason="wrong patient"))
    close_visit(clinic, nurse, CloseVisit(visit_id=made.visit_id, outcome=VisitOutcome.LEFT, reason="left"))
    with pytest.raises(NotAllowed):
        close_visit(clinic, actor_for("pharmacist"), CloseVisit(visit_id=made.visit_id, outcome=VisitOutcome.DIED))


# --- lists -------------------------------------------------------------------------------------------


def test_today_shows_where_everybody_is_in_two_statements(clinic: Clinic) -> None:
    first, second = make_visit(clinic), make_visit(clinic, make_patient(clinic, "Peter", "Kamau"))
    send_to(clinic, first.visit_id, ServicePoint.DOCTOR, "red")
    close_visit(clinic, CLERK, CloseVisit(visit_id=second.visit_id, outcome=VisitOutcome.LEFT, reason="left"))
    with statements(clinic) as seen:
        rows = visits_of_today(clinic, CLERK)
    assert len(seen) == 2
    assert [(row.patient_name, row.state, row.waiting_at) for row in rows] == [
        ("KAMAU, Peter", VisitState.CLOSED, ""), ("OTIENO, Asha", VisitState.OPEN, "doctor"),
    ]  # fmt: skip


def test_yesterdays_open_visits_are_listed_until_somebody_closes_them(clinic: Clinic, clock: Clock) -> None:
    made = make_visit(clinic)
    assert visits_left_open(clinic, CLERK) == []
    clock.forward(days=1)
    assert visits_of_today(clinic, CLERK) == []
    assert [row.number for row in visits_left_open(clinic, CLERK)] == [made.number]
    close_visit(clinic, CLERK, CloseVisit(visit_id=made.visit_id, outcome=VisitOutcome.LEFT, reason="left"))
    assert visits_left_open(clinic, CLERK) == []


def test_a_patients_visits_come_newest_first(clinic: Clinic, clock: Clock) -> None:
    patient_id = make_patient(clinic)
    first = make_visit(clinic, patient_id)
    close_visit(clinic, CLERK, CloseVisit(visit_id=first.visit_id, outcome=VisitOutcome.LEFT, reason="left"))
    clock.forward(days=1)
    second = make_visit(clinic, patient_id, kind=VisitKind.MATERNITY)
    assert [row.number for row in visits_of_patient(clinic, CLERK, patient_id)] == [second.number, first.number]
