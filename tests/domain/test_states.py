from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import pytest

from hms_desktop.domain import states
from hms_desktop.domain.billing import SessionState
from hms_desktop.domain.errors import WrongState
from hms_desktop.domain.states import Machine, step
from hms_desktop.domain.visits import VisitState

STEPS: list[tuple[Machine[Any], str]] = [
    (states.VISIT, "open>closed open>cancelled"),
    (
        states.QUEUE_ENTRY,
        (
            "waiting>called waiting>in_service waiting>no_show waiting>cancelled called>waiting called>in_service"
            " called>no_show called>cancelled in_service>waiting in_service>done in_service>cancelled no_show>waiting"
            " no_show>cancelled"
        ),
    ),
    (
        states.DOCTOR_ENTRY,
        (
            "waiting>called waiting>with_doctor waiting>no_show waiting>cancelled called>waiting called>with_doctor"
            " called>no_show called>cancelled with_doctor>waiting with_doctor>sent_to_lab with_doctor>completed"
            " with_doctor>cancelled sent_to_lab>waiting sent_to_lab>with_doctor sent_to_lab>cancelled no_show>waiting"
            " no_show>cancelled"
        ),
    ),
    (
        states.LAB_ORDER,
        (
            "ordered>specimen_collected ordered>in_progress ordered>completed ordered>cancelled"
            " specimen_collected>ordered specimen_collected>in_progress specimen_collected>completed"
            " specimen_collected>cancelled in_progress>ordered in_progress>specimen_collected in_progress>completed"
            " in_progress>cancelled"
        ),
    ),
    (
        states.LAB_ORDER_ITEM,
        (
            "ordered>specimen_collected ordered>cancelled specimen_collected>in_progress specimen_collected>ordered"
            " specimen_collected>cancelled in_progress>completed in_progress>ordered in_progress>cancelled"
        ),
    ),
    (states.SPECIMEN, "collected>received collected>rejected received>rejected"),
    (
        states.LAB_RESULT,
        (
            "preliminary>final preliminary>cancelled final>corrected final>cancelled corrected>corrected"
            " corrected>cancelled"
        ),
    ),
    (
        states.PRESCRIPTION,
        (
            "active>on_hold active>completed active>cancelled active>expired on_hold>active on_hold>cancelled"
            " on_hold>expired completed>active"
        ),
    ),
    (
        states.PRESCRIPTION_ITEM,
        (
            "active>partly_dispensed active>dispensed active>stopped active>expired partly_dispensed>active"
            " partly_dispensed>dispensed partly_dispensed>stopped partly_dispensed>expired dispensed>active"
            " dispensed>partly_dispensed"
        ),
    ),
    (states.DISPENSING, "priced>dispensed priced>cancelled dispensed>reversed"),
    (
        states.BILL,
        (
            "open>part_paid open>paid open>void open>refunded part_paid>open part_paid>paid part_paid>refunded"
            " paid>open paid>part_paid paid>void paid>refunded"
        ),
    ),
    (states.PAYMENT, "pending>confirmed pending>failed"),
    (states.CASH_SESSION, "open>counted counted>closed"),
]


def members(machine: Machine[StrEnum]) -> Iterable[StrEnum]:
    return type(next(iter(machine.steps)))


@pytest.mark.parametrize(("machine", "wanted"), STEPS, ids=lambda value: getattr(value, "kind", ""))
def test_exactly_the_written_steps_are_possible(machine: Machine[StrEnum], wanted: str) -> None:
    possible = {f"{a}>{b}" for a in members(machine) for b in members(machine) if machine.allows(a, b)}
    assert possible == set(wanted.split())


@pytest.mark.parametrize("machine", [machine for machine, _ in STEPS], ids=lambda machine: machine.kind)
def test_a_step_is_taken_or_refused_with_its_facts(machine: Machine[StrEnum]) -> None:
    for state in members(machine):
        for wanted in members(machine):
            if machine.allows(state, wanted):
                assert step(machine, state, wanted) is wanted
                continue
            with pytest.raises(WrongState) as refused:
                step(machine, state, wanted)
            assert refused.value.facts == {"kind": machine.kind, "state": state.value, "wanted": wanted.value}


def test_final_states_lead_nowhere() -> None:
    assert states.VISIT.is_final(VisitState.CLOSED)
    assert not states.VISIT.is_final(VisitState.OPEN)
    assert states.CASH_SESSION.is_final(SessionState.CLOSED)
