"""Lists of the day go by indexes on both engines, and ask as much for one patient as for twenty."""

from collections.abc import Callable

import pytest

from hms_desktop.data.queries import queues
from hms_desktop.domain.visits import ServicePoint
from hms_desktop.services import visits
from hms_desktop.services.clinic import Clinic
from tests.make.patients import make_patient
from tests.make.statements import plan_of, statements, whole_reads
from tests.make.visits import make_visit, send_to
from tests.stores import actor_for

NURSE = actor_for("nurse")
LARGE = {"visit", "queue_entry", "patient", "vitals", "lab_order", "lab_order_item", "prescription", "bill"}
"""Tables that grow with every patient."""


def waiting(clinic: Clinic) -> object:
    with clinic.read(NURSE) as reader:
        return queues.waiting(reader, ServicePoint.DOCTOR)


def missed(clinic: Clinic) -> object:
    with clinic.read(NURSE) as reader:
        return queues.missed(reader, ServicePoint.TRIAGE)


LISTS: dict[str, tuple[Callable[[Clinic], object], int]] = {
    "the board": (lambda clinic: visits.board(clinic, NURSE), 3),
    "today": (lambda clinic: visits.visits_of_today(clinic, NURSE), 2),
    "left open": (lambda clinic: visits.visits_left_open(clinic, NURSE), 1),
    "waiting": (waiting, 1),
    "missed": (missed, 1),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_reads_no_large_table_whole_and_asks_a_fixed_number_of_times(clinic: Clinic, name: str) -> None:
    read, most = LISTS[name]
    asked: list[list[str]] = []
    for size in (1, 6):
        for index in range(size):
            made = make_visit(clinic, make_patient(clinic, "Asha", f"Otieno{'abcdef'[index]}"))
            send_to(clinic, made.visit_id, ServicePoint.DOCTOR, "green")
        with statements(clinic) as seen:
            read(clinic)
        asked.append(seen)
    assert [len(each) for each in asked] == [most, most]
    with clinic.store.reading() as connection:
        for statement in asked[-1]:
            plan = plan_of(connection, statement)
            assert not LARGE & set(whole_reads(plan)), plan


def test_what_keeps_a_visit_open_is_one_question_by_indexes(clinic: Clinic) -> None:
    made = make_visit(clinic)
    with statements(clinic) as seen:
        visits.open_work(clinic, NURSE, made.visit_id)
    assert len(seen) == 1
    with clinic.store.reading() as connection:
        plan = plan_of(connection, seen[0])
    assert not LARGE & set(whole_reads(plan)), plan
