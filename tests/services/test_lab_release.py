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
from hms_desktop.domain.lab import OrderState, ResultStatus
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
    trend,
)
from hms_desktop.services.lab_orders import OrderMade
from hms_desktop.services.lab_release import (
    CallNote,
    CorrectResult,
    ReleaseResults,
    SendBack,
    correct_result,
    release_results,
    send_back,
)
from hms_desktop.services.lab_reports import PENDING, PrintReport, print_report
from hms_desktop.services.papers import RecordPrint, pdf, record_print
from tests.make import lab
from tests.make.billing import paper, set_setting
from tests.make.racing import at_once
from tests.make.visits import waiting
from tests.stores import NOON, Clock


def row_of(clinic: Clinic, result_id: Id) -> Any:
    with clinic.read(SYSTEM) as reader:
        return reader.get(LabResult, result_id)


def entered(
    clinic: Clinic, staff: lab.Staff, *, by: Actor | None = None, panels: tuple[str, ...] = (), **values: str
) -> tuple[Any, OrderMade, Id]:
    """A patient at the lab with these results entered from one specimen."""
    guest = lab.with_doctor(clinic, staff.doctor)
    made = lab.order(clinic, staff.doctor, guest.visit_id, *(() if panels else values), panels=panels)
    (taken,) = lab.collect(clinic, staff.technician, made).specimens
    lab.enter(clinic, by or staff.technician, taken.specimen_id, **values)
    return guest, made, taken.specimen_id


def test_the_last_release_sends_the_patient_back_on_top_of_the_colour(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    clock.forward(minutes=5)
    others = lab.with_doctor(stocked_clinic, staff.doctor, name="Early Bird")
    with stocked_clinic.work(SYSTEM, "tests") as work:
        work.change(QueueEntry, others.entry_id, state=QueueState.WAITING, claimed_by=None)
        work.finish()
    clock.forward(minutes=5)
    guest, made, specimen = entered(stocked_clinic, staff, sodium="140", urea="")
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
    guest, made, _specimen = entered(stocked_clinic, staff, sodium="140")
    start_consultation(stocked_clinic, staff.doctor, StartConsultation(entry_id=guest.entry_id))
    lab.release(stocked_clinic, staff.supervisor, made)
    assert lab.doctor_entry(stocked_clinic, guest.entry_id).state == QueueState.WITH_DOCTOR


def test_one_does_not_release_what_one_entered(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = entered(stocked_clinic, staff, by=staff.both, sodium="140")
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
    _guest, made, _specimen = entered(stocked_clinic, staff, sodium="140")
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
    _guest, made, _specimen = entered(stocked_clinic, staff, sodium="140")
    (row,) = lab.waiting_results(stocked_clinic, made)
    command = ReleaseResults(order_id=made.order_id, result_ids=(row.id,))
    release_results(stocked_clinic, staff.supervisor, command)
    assert release_results(stocked_clinic, staff.supervisor, command).repeated
    with pytest.raises(TakenBySomebody):
        release_results(stocked_clinic, staff.supervisor, replace(command, key=new_id()))


def test_refusals_of_a_release(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = entered(stocked_clinic, staff, sodium="140")
    (row,) = lab.waiting_results(stocked_clinic, made)
    _other, theirs, _specimen = entered(stocked_clinic, staff, sodium="141")
    with pytest.raises(InvalidValue):
        release_results(stocked_clinic, staff.supervisor, ReleaseResults(order_id=made.order_id, result_ids=()))
    with pytest.raises(NotFound):
        lab.release(stocked_clinic, staff.supervisor, theirs, row.id)
    lab.enter(stocked_clinic, staff.technician, specimen, sodium="142")
    with pytest.raises(WrongState):
        lab.release(stocked_clinic, staff.supervisor, made, row.id)


def test_a_critical_result_is_released_only_when_somebody_was_told(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = entered(stocked_clinic, staff, potassium="7.1")
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
    _guest, made, _specimen = entered(stocked_clinic, staff, sodium="140", urea="5")
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


# --- corrections ---------------------------------------------------------------------------------------------


def correct(clinic: Clinic, actor: Actor, result_id: Id, value: str, **more: Any) -> Any:
    more.setdefault("reason", "tubes were swapped")
    return correct_result(clinic, actor, CorrectResult(result_id=result_id, value=value, **more)).value


def test_a_correction_waits_for_a_second_person_and_keeps_the_first(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, _specimen = entered(stocked_clinic, staff, haemoglobin="9.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    (first,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    clock.forward(minutes=30)
    done = correct(stocked_clinic, staff.technician, first.id, "12.9", comment="repeated")
    assert not done.released
    (still,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (still.value, still.pending_correction) == ("9.1", True)
    (sheet,) = lab_board(stocked_clinic, staff.technician).release
    assert [row.value for row in sheet.waiting] == ["12.9"]
    assert sheet.waiting[0].first is not None
    assert sheet.waiting[0].first.value == "9.1"
    with pytest.raises(TakenBySomebody):
        correct(stocked_clinic, staff.both, first.id, "13.0")
    lab.release(stocked_clinic, staff.supervisor, made)
    (now,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (now.value, now.status, now.comment) == ("12.9", ResultStatus.CORRECTED, "repeated")
    assert now.first is not None
    assert (now.first.value, now.first.reason, now.first.flag) == ("9.1", "tubes were swapped", first.flag)
    old = row_of(stocked_clinic, first.id)
    assert (str(old.value_number), old.status, old.current) == ("9.1000", "final", False)
    assert [row.value for row in trend(stocked_clinic, staff.doctor, guest.patient_id, "haemoglobin")] == ["12.9"]
    again = correct(stocked_clinic, staff.technician, now.id, "13.1")
    lab.release(stocked_clinic, staff.supervisor, made, again.result_id)
    (last,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert last.first is not None
    assert (last.value, last.first.value) == ("13.1", "12.9")
    (order,) = finished_orders(stocked_clinic, staff.technician)
    assert order.corrected


def test_where_own_release_is_allowed_a_correction_counts_at_once(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    set_setting(stocked_clinic, "lab_own_release", True)
    _guest, made, _specimen = entered(stocked_clinic, staff, by=staff.both, potassium="4.1")
    lab.release(stocked_clinic, staff.both, made)
    (first,) = results_of_order(stocked_clinic, staff.doctor, made.order_id)
    done = correct(stocked_clinic, staff.both, first.id, "4.4")
    assert done.released
    (now,) = results_of_order(stocked_clinic, staff.doctor, made.order_id)
    assert (now.value, now.own_release) == ("4.4", True)
    critical = correct(stocked_clinic, staff.both, now.id, "7.2")
    assert not critical.released
    assert len(critical_alerts(stocked_clinic, staff.doctor)) == 1
    note = CallNote(critical.result_id, "Dr Doctor", NOON, True)
    lab.release(stocked_clinic, staff.both, made, calls=(note,))
    (last,) = results_of_order(stocked_clinic, staff.doctor, made.order_id)
    assert last.value == "7.2"


def test_a_releaser_does_not_release_the_own_correction(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = entered(stocked_clinic, staff, sodium="140")
    lab.release(stocked_clinic, staff.supervisor, made)
    (first,) = results_of_order(stocked_clinic, staff.doctor, made.order_id)
    assert not correct(stocked_clinic, staff.both, first.id, "145").released
    with pytest.raises(NeedsVerification):
        lab.release(stocked_clinic, staff.both, made)


def test_refusals_of_a_correction(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = entered(stocked_clinic, staff, sodium="140")
    (waiting_row,) = lab.waiting_results(stocked_clinic, made)
    with pytest.raises(WrongState):
        correct(stocked_clinic, staff.technician, waiting_row.id, "141")
    lab.release(stocked_clinic, staff.supervisor, made)
    with pytest.raises(ReasonNeeded):
        correct(stocked_clinic, staff.technician, waiting_row.id, "141", reason=" ")
    with pytest.raises(InvalidValue) as same:
        correct(stocked_clinic, staff.technician, waiting_row.id, "140")
    assert same.value.facts["reason"] == "unchanged"
    with pytest.raises(InvalidValue):
        correct(stocked_clinic, staff.technician, waiting_row.id, "9999")
    with pytest.raises(NotAllowed):
        correct(stocked_clinic, staff.doctor, waiting_row.id, "141")
    correct(stocked_clinic, staff.technician, waiting_row.id, "141")
    lab.release(stocked_clinic, staff.supervisor, made)
    with pytest.raises(WrongState):
        correct(stocked_clinic, staff.technician, waiting_row.id, "142")


# --- the report ----------------------------------------------------------------------------------------------


def report(clinic: Clinic, actor: Actor, made: OrderMade) -> Id:
    return print_report(clinic, actor, PrintReport(order_id=made.order_id)).value


def test_the_report_shows_what_is_released_and_the_correction_beside_the_first(
    stocked_clinic: Clinic, clock: Clock
) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(
        stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", panels=("blood_group",), clinical_notes="fever"
    )
    with pytest.raises(WrongState):
        report(stocked_clinic, staff.technician, made)
    with pytest.raises(NotFound):
        print_report(stocked_clinic, staff.technician, PrintReport(order_id=new_id()))
    edta, finger = lab.collect(stocked_clinic, staff.technician, made).specimens
    lab.enter(stocked_clinic, staff.technician, edta.specimen_id, blood_group_abo="O", blood_group_rh="Positive")
    lab.release(stocked_clinic, staff.supervisor, made)
    partial = paper(stocked_clinic, report(stocked_clinic, staff.technician, made))
    assert partial.status is ResultStatus.PRELIMINARY
    assert [(group.name, [line.value for line in group.results]) for group in partial.groups] == [
        ("Blood group and rhesus", ["O", "Positive"]), ("Parasitology", [PENDING]),
    ]  # fmt: skip
    assert (partial.requested_by, partial.clinical_notes, len(partial.specimens)) == ("Dora Doctor", "fever", 2)
    lab.enter(stocked_clinic, staff.technician, finger.specimen_id, malaria_rdt="Positive")
    lab.release(stocked_clinic, staff.supervisor, made)
    final = report(stocked_clinic, staff.technician, made)
    assert paper(stocked_clinic, final).status is ResultStatus.FINAL
    malaria = results_of_order(stocked_clinic, staff.doctor, made.order_id)[-1]
    correct(stocked_clinic, staff.technician, malaria.id, "Negative")
    lab.release(stocked_clinic, staff.supervisor, made)
    corrected = paper(stocked_clinic, report(stocked_clinic, staff.technician, made))
    assert corrected.status is ResultStatus.CORRECTED
    line = corrected.groups[1].results[0]
    assert (line.value, line.previous.value, line.previous.reason) == ("Negative", "Positive", "tubes were swapped")
    assert line.released_by == "Sara Super"


def test_the_same_report_again_is_a_copy_of_the_same_paper(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = entered(stocked_clinic, staff, sodium="140")
    lab.release(stocked_clinic, staff.supervisor, made)
    first = report(stocked_clinic, staff.technician, made)
    assert not pdf(stocked_clinic, staff.technician, first).is_copy
    record_print(stocked_clinic, staff.technician, RecordPrint(paper_id=first, printer="lab"))
    clock.forward(minutes=10)
    again = report(stocked_clinic, staff.doctor, made)
    assert again == first
    assert pdf(stocked_clinic, staff.doctor, again).is_copy


def test_finished_orders_are_found_by_name_and_number_page_by_page(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    made = []
    for _each in range(3):
        clock.forward(minutes=1)
        _guest, order, _specimen = entered(stocked_clinic, staff, sodium="140")
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
    guest, made, _specimen = entered(
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
