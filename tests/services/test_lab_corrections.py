"""Corrections keep the first result beside them; the report says both."""

from typing import Any

import pytest

from hms_desktop.data.tables.lab import LabResult
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import (
    InvalidValue,
    NeedsVerification,
    NotAllowed,
    NotFound,
    ReasonNeeded,
    TakenBySomebody,
    WrongState,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import ResultStatus
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import (
    critical_alerts,
    entry_of_result,
    finished_orders,
    lab_board,
    results_of_order,
    results_of_visit,
    trend,
)
from hms_desktop.services.lab_orders import OrderMade
from hms_desktop.services.lab_release import CallNote, CorrectResult, correct_result
from hms_desktop.services.lab_reports import PENDING, PrintReport, print_report
from hms_desktop.services.papers import RecordPrint, pdf, record_print
from tests.make import lab
from tests.make.billing import paper, set_setting
from tests.stores import NOON, Clock


def row_of(clinic: Clinic, result_id: Id) -> Any:
    with clinic.read(SYSTEM) as reader:
        return reader.get(LabResult, result_id)


def correct(clinic: Clinic, actor: Actor, result_id: Id, value: str, **more: Any) -> Any:
    more.setdefault("reason", "tubes were swapped")
    return correct_result(clinic, actor, CorrectResult(result_id=result_id, value=value, **more)).value


def test_a_correction_waits_for_a_second_person_and_keeps_the_first(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, _specimen = lab.entered(stocked_clinic, staff, haemoglobin="9.1")
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
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, by=staff.both, potassium="4.1")
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
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140")
    lab.release(stocked_clinic, staff.supervisor, made)
    (first,) = results_of_order(stocked_clinic, staff.doctor, made.order_id)
    assert not correct(stocked_clinic, staff.both, first.id, "145").released
    with pytest.raises(NeedsVerification):
        lab.release(stocked_clinic, staff.both, made)


def test_refusals_of_a_correction(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140")
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
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, sodium="140")
    lab.release(stocked_clinic, staff.supervisor, made)
    first = report(stocked_clinic, staff.technician, made)
    assert not pdf(stocked_clinic, staff.technician, first).is_copy
    record_print(stocked_clinic, staff.technician, RecordPrint(paper_id=first, printer="lab"))
    clock.forward(minutes=10)
    again = report(stocked_clinic, staff.doctor, made)
    assert again == first
    assert pdf(stocked_clinic, staff.doctor, again).is_copy


def test_the_entry_of_a_result_is_that_of_the_grid(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, _specimen = lab.entered(stocked_clinic, staff, haemoglobin="9.1")
    (row,) = lab.waiting_results(stocked_clinic, made)
    entry = entry_of_result(stocked_clinic, staff.technician, row.id)
    assert (entry.test_code, entry.rules.places) == ("haemoglobin", 1)
    with pytest.raises(NotFound):
        entry_of_result(stocked_clinic, staff.technician, new_id())
