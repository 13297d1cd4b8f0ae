"""Release by a second person, the way back to the doctor, critical results, corrections, the report."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hms_desktop.data.tables.lab import LabOrder, LabResult
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import (
    CriticalNotCalled,
    InvalidValue,
    NeedsVerification,
    NotAllowed,
    NotFound,
    ReasonNeeded,
    TakenBySomebody,
    WrongState,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import OrderState
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.consultations import StartConsultation, start_consultation
from hms_desktop.services.lab import (
    critical_alerts,
    finished_orders,
    lab_board,
    may_release_own,
    results_of_order,
    results_of_visit,
)
from hms_desktop.services.lab_release import (
    CallNote,
    ReleaseResults,
    SendBack,
    release_results,
    send_back,
)
from tests.make import lab
from tests.make.billing import set_setting
from tests.make.racing import at_once
from tests.make.visits import waiting
from tests.stores import NOON, Clock


def row_of(clinic: Clinic, result_id: Id) -> Any:
    with clinic.read(SYSTEM) as reader:
        return reader.get(LabResult, result_id)


def test_the_last_release_sends_the_patient_back_on_top_of_the_colour(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    clock.forward(minutes=5)
    others = lab.with_doctor(stocked_clinic, staff.doctor, name="Early Bird")
    with stocked_clinic.work(SYSTEM, "tests") as work:
        work.change(QueueEntry, others.entry_id, state=QueueState.WAITING, claimed_by=None)
        work.finish()
    clock.forward(minutes=5)
    guest, made, specimen = lab.entered(stocked_clinic, staff, sodium="140", urea="")
    first = lab.release(stocked_clinic, staff.supervisor, made)
    assert first.order_state is OrderState.IN_PROGRESS
    (partial,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (partial.released, partial.verified_by, partial.own_release) == (True, "Sara Super", False)
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.SENT_TO_LAB
    lab.enter(stocked_clinic, staff.technician, specimen, urea="5")
    last = lab.release(stocked_clinic, staff.supervisor, made)
    assert last.order_state is OrderState.COMPLETED
    entry = lab.doctor_entry(stocked_clinic, guest.entry_id)
    assert (entry.state, entry.returned, entry.claimed_by) == (QueueState.WAITING, True, None)
    assert next(row.patient_id for row in waiting(stocked_clinic, ServicePoint.DOCTOR)) == guest.patient_id
    with stocked_clinic.read(SYSTEM) as reader:
        assert reader.get(LabOrder, made.order_id).completed_at is not None
    assert lab_board(stocked_clinic, staff.technician).bench == ()


def test_two_orders_of_a_visit_both_must_be_done(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    orders = [lab.order(stocked_clinic, staff.doctor, guest.visit_id, code) for code in ("sodium", "urea")]
    for made, code in zip(orders, ("sodium", "urea"), strict=True):
        (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
        lab.enter(stocked_clinic, staff.technician, taken.specimen_id, **{code: "100" if code == "urea" else "140"})
    with pytest.raises(CriticalNotCalled):
        lab.release(stocked_clinic, staff.supervisor, orders[1])
    lab.release(stocked_clinic, staff.supervisor, orders[0])
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.SENT_TO_LAB
    (note,) = [CallNote(row.id, "Dr", NOON, True) for row in lab.waiting_results(stocked_clinic, orders[1])]
    lab.release(stocked_clinic, staff.supervisor, orders[1], calls=(note,))
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WAITING


def test_two_stations_that_finish_the_last_two_orders_at_once_lose_nobody(
    stocked_clinic: Clinic, another_station: Callable[[], Clinic]
) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    there = another_station()
    jobs = []
    for clinic, code, value in ((stocked_clinic, "sodium", "140"), (there, "chloride", "100")):
        made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, code)
        (taken,) = lab.collect(stocked_clinic, staff.technician, made).specimens
        lab.enter(stocked_clinic, staff.technician, taken.specimen_id, **{code: value})
        jobs.append(lambda c=clinic, m=made: lab.release(c, staff.supervisor, m))
    found = at_once(jobs)
    assert not any(isinstance(each, Exception) for each in found), found
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WAITING


def test_a_patient_whom_the_doctor_has_called_back_stays_there(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140")
    start_consultation(stocked_clinic, staff.doctor, StartConsultation(entry_id=guest.entry_id))
    lab.release(stocked_clinic, staff.supervisor, made)
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WITH_DOCTOR


def test_one_does_not_release_what_one_entered(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, by=staff.both, sodium="140")
    assert not may_release_own(stocked_clinic, staff.both)
    with pytest.raises(NeedsVerification) as refusal:
        lab.release(stocked_clinic, staff.both, made)
    assert refusal.value.facts["test"] == "Sodium"
    with pytest.raises(NotAllowed):
        lab.release(stocked_clinic, staff.technician, made)
    set_setting(stocked_clinic, "lab_own_release", True)
    lab.release(stocked_clinic, staff.both, made)
    (row,) = results_of_order(stocked_clinic, staff.doctor, made.order_id)
    assert row.own_release


def test_two_people_release_the_same_and_one_wins(
    stocked_clinic: Clinic, another_station: Callable[[], Clinic]
) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140")
    (row,) = lab.waiting_results(stocked_clinic, made)
    there = another_station()

    def releasing(clinic: Clinic, actor: Actor) -> Callable[[], object]:
        return lambda: release_results(clinic, actor, ReleaseResults(order_id=made.order_id, result_ids=(row.id,)))

    found = at_once([releasing(stocked_clinic, staff.supervisor), releasing(there, staff.both)])
    (lost,) = [each for each in found if isinstance(each, Exception)]
    assert isinstance(lost, TakenBySomebody)
    assert lost.facts["by"] in {"Sara Super", "Ben Both"}


def test_the_same_release_twice_is_one(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140")
    (row,) = lab.waiting_results(stocked_clinic, made)
    command = ReleaseResults(order_id=made.order_id, result_ids=(row.id,))
    release_results(stocked_clinic, staff.supervisor, command)
    assert release_results(stocked_clinic, staff.supervisor, command).repeated
    with pytest.raises(TakenBySomebody):
        release_results(stocked_clinic, staff.supervisor, replace(command, key=new_id()))


def test_refusals_of_a_release(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.entered(stocked_clinic, staff, sodium="140")
    (row,) = lab.waiting_results(stocked_clinic, made)
    _other, theirs, _specimen = lab.entered(stocked_clinic, staff, sodium="141")
    with pytest.raises(InvalidValue):
        release_results(stocked_clinic, staff.supervisor, ReleaseResults(order_id=made.order_id, result_ids=()))
    with pytest.raises(NotFound):
        lab.release(stocked_clinic, staff.supervisor, theirs, row.id)
    lab.enter(stocked_clinic, staff.technician, specimen, sodium="142")
    with pytest.raises(WrongState):
        lab.release(stocked_clinic, staff.supervisor, made, row.id)


def test_a_critical_result_is_released_only_when_somebody_was_told(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, potassium="7.1")
    (row,) = lab.waiting_results(stocked_clinic, made)
    with pytest.raises(CriticalNotCalled) as refusal:
        lab.release(stocked_clinic, staff.supervisor, made)
    assert refusal.value.facts["value"] == "7.1 mmol/L"
    note = CallNote(row.id, "Dr Doctor", NOON, read_back=True, note="repeat in 1 h")
    lab.release(stocked_clinic, staff.supervisor, made, calls=(note,))
    (alert,) = critical_alerts(stocked_clinic, staff.doctor)
    assert alert.result.released
    assert alert.result.call is not None
    assert alert.result.call.called_by == "Sara Super"


def test_results_are_sent_back_to_the_bench_with_a_reason(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140", urea="5")
    sodium, urea = lab.waiting_results(stocked_clinic, made)

    def back(result_id: Id, reason: str = "check again", actor: Actor = staff.supervisor) -> None:
        send_back(stocked_clinic, actor, SendBack(order_id=made.order_id, result_ids=(result_id,), reason=reason))

    with pytest.raises(ReasonNeeded):
        back(sodium.id, reason=" ")
    with pytest.raises(NotAllowed):
        back(sodium.id, actor=staff.doctor)
    back(sodium.id)
    assert (row_of(stocked_clinic, sodium.id).status, row_of(stocked_clinic, sodium.id).correction_reason) == (
        "cancelled", "check again",
    )  # fmt: skip
    (bench,) = lab_board(stocked_clinic, staff.technician).bench
    assert (bench.entered, bench.total) == (1, 2)
    lab.release(stocked_clinic, staff.supervisor, made)
    with pytest.raises(WrongState):
        back(urea.id)


def test_finished_orders_are_found_by_name_and_number_page_by_page(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    made = []
    for _each in range(3):
        clock.forward(minutes=1)
        _guest, order, _specimen = lab.entered(stocked_clinic, staff, sodium="140")
        lab.release(stocked_clinic, staff.supervisor, order)
        made.append(order)
    found = finished_orders(stocked_clinic, staff.technician, limit=2)
    assert [row.number for row in found] == [made[2].number, made[1].number]
    rest = finished_orders(stocked_clinic, staff.technician, before=(found[-1].ordered_at, found[-1].id))
    assert [row.number for row in rest] == [made[0].number]
    assert (rest[0].released, rest[0].total, rest[0].state) == (1, 1, OrderState.COMPLETED)
    assert [row.id for row in finished_orders(stocked_clinic, staff.technician, made[1].number.lower())] == [
        made[1].order_id
    ]
    assert len(finished_orders(stocked_clinic, staff.technician, "otieno")) == 3
    clock.forward(days=30)
    assert finished_orders(stocked_clinic, staff.technician) == []
    assert len(finished_orders(stocked_clinic, staff.technician, "asha")) == 3


def test_a_panel_with_several_results_is_released_together(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, _specimen = lab.entered(
        stocked_clinic, staff, panels=("urea_electrolytes",), urea="4.5", creatinine="80", sodium="140",
        potassium="4.2", chloride="101", bicarbonate="25",
    )  # fmt: skip
    (sheet,) = lab_board(stocked_clinic, staff.supervisor).release
    assert (sheet.id, len(sheet.waiting), sheet.released) == (made.order_id, 6, ())
    assert sheet.entered_at == sheet.waiting[0].entered_at
    lab.release(stocked_clinic, staff.supervisor, made, sheet.waiting[0].id)
    (sheet,) = lab_board(stocked_clinic, staff.supervisor).release
    assert (len(sheet.waiting), len(sheet.released)) == (5, 1)
    assert lab.release(stocked_clinic, staff.supervisor, made).order_state is OrderState.COMPLETED
    assert {row.panel for row in results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)} == {
        "Urea, creatinine and electrolytes (U&E)"
    }
