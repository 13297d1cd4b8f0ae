"""The visit board: everybody of today, three statements, whatever happened to them."""

from typing import Any

import pytest

from hms_desktop.data.tables.triage import Vitals
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.errors import NotAllowed
from hms_desktop.domain.lab import OrderState
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.visits import ServicePoint, VisitKind, VisitOutcome, VisitState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.visits import CloseVisit, board, close_visit
from tests.make.open_work import add_bill, add_prescription, add_result
from tests.make.patients import make_patient
from tests.make.statements import statements
from tests.make.visits import make_visit, send_to
from tests.stores import Clock, actor_for

CLERK = actor_for("receptionist")


def test_an_empty_day_is_an_empty_board(clinic: Clinic) -> None:
    with statements(clinic) as seen:
        assert board(clinic, CLERK) == []
    assert len(seen) == 1


def test_one_line_says_how_far_a_patient_is(clinic: Clinic, clock: Clock) -> None:
    made = make_visit(clinic)
    send_to(clinic, made.visit_id, ServicePoint.DOCTOR, "yellow")
    with clinic.work(SYSTEM, "tests.day") as work:
        patient_id = work.get(Visit, made.visit_id).patient_id
        work.insert(Vitals, patient_id=patient_id, visit_id=made.visit_id, taken_at=work.now)
        add_result(work, patient_id, made.visit_id, OrderState.COMPLETED)
        add_prescription(work, patient_id, made.visit_id, ItemState.DISPENSED)
        add_prescription(work, patient_id, made.visit_id)
        add_bill(work, patient_id, made.visit_id, paid=150)
        work.change(Visit, made.visit_id, colour="yellow")
        work.finish()
    clock.forward(minutes=25)
    row = board(clinic, CLERK)[0]
    assert (row.patient_name, row.ticket, row.colour, row.vitals_done) == ("OTIENO, Asha", "A001", "yellow", True)
    assert (row.doctor_state, row.waiting_minutes) == ("waiting", 25)
    assert (row.lab_done, row.lab_total, row.dispensed, row.prescribed) == (1, 1, 1, 2)
    assert (row.owed, row.paid) == ("2.50", "1.50")


def test_the_board_asks_three_statements_for_any_number_of_visits(clinic: Clinic) -> None:
    def asked() -> int:
        with statements(clinic) as seen:
            board(clinic, CLERK)
        return len(seen)

    make_visit(clinic)
    few = asked()
    for index in range(12):
        made = make_visit(clinic, make_patient(clinic, "Asha", f"Otieno{'abcdefghijkl'[index]}"))
        send_to(clinic, made.visit_id, ServicePoint.DOCTOR, "green")
    assert few == asked() == 3
    assert len(board(clinic, CLERK)) == 13


def test_who_is_here_since_yesterday_stays_on_the_board_until_the_visit_ends(clinic: Clinic, clock: Clock) -> None:
    here, gone = make_visit(clinic), make_visit(clinic, make_patient(clinic, "Peter", "Kamau"))
    close_visit(clinic, CLERK, CloseVisit(visit_id=gone.visit_id, outcome=VisitOutcome.LEFT, reason="left"))
    assert [row.state for row in board(clinic, CLERK)] == [VisitState.OPEN, VisitState.CLOSED]
    clock.forward(days=1)
    assert [row.visit_id for row in board(clinic, CLERK)] == [here.visit_id]
    clock.forward(days=1)
    assert board(clinic, CLERK) == []


def test_imported_visits_stay_off_the_board(clinic: Clinic) -> None:
    made = make_visit(clinic)
    with clinic.work(SYSTEM, "tests.imported") as work:
        work.change(Visit, made.visit_id, kind=VisitKind.IMPORTED)
        work.finish()
    assert board(clinic, CLERK) == []


@pytest.mark.parametrize("role", ["nurse", "doctor", "lab_technician", "pharmacist", "cashier", "receptionist"])
def test_every_desk_sees_the_board(clinic: Clinic, role: str) -> None:
    assert board(clinic, actor_for(role)) == []


def test_an_administrator_does_not_see_the_board(clinic: Clinic) -> None:
    refused: Any = NotAllowed
    with pytest.raises(refused):
        board(clinic, actor_for("administrator"))
