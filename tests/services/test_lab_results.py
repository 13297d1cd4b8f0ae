"""Results on the bench: kinds of values, ranges and flags, what is refused, taking back, critical calls."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from hms_desktop.data.tables.lab import LabResult
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.errors import (
    InvalidValue,
    NotAllowed,
    NotFound,
    SpecimenRejected,
    StaleRecord,
    WrongSpecimen,
    WrongState,
)
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import Flag, LabPriority, ResultStatus
from hms_desktop.domain.visits import VisitKind
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.lab import (
    bench_sheet,
    lab_board,
    results_of_patient,
    results_of_visit,
    trend,
)
from hms_desktop.services.lab_orders import CancelTests, OrderMade, cancel_tests
from hms_desktop.services.lab_results import (
    AcknowledgeCritical,
    EnterResults,
    Typed,
    acknowledge_critical,
    enter_results,
)
from hms_desktop.services.lab_specimens import RejectSpecimen, reject_specimen
from tests.make import lab
from tests.make.billing import next_visit
from tests.make.racing import at_once
from tests.stores import NOON, Clock


def result(clinic: Clinic, result_id: Id) -> Any:
    with clinic.read(SYSTEM) as reader:
        return reader.get(LabResult, result_id)


def entered_row(clinic: Clinic, made: OrderMade) -> Any:
    (row,) = lab.waiting_results(clinic, made)
    return row


def test_a_number_gets_unit_flag_and_the_range_that_fits(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    done = lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="9.1")
    assert [(each.flag, each.critical) for each in done.results] == [(Flag.LOW, False)]
    row = entered_row(stocked_clinic, made)
    assert (row.value_number, row.unit, row.flag, row.loinc) == (Decimal("9.1"), "g/dL", "L", "718-7")
    assert (row.status, row.current, row.entered_by) == ("preliminary", True, staff.technician.user_id)
    assert row.range_used["normal_low"] == "12.0000"
    assert row.range_used["sex"] == "female"
    assert "WHO" in row.range_used["source"]
    (shown,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (shown.value, shown.range, shown.status) == ("9.1", "12.0 – 15.5", ResultStatus.PRELIMINARY)
    assert not shown.released


@pytest.mark.parametrize(
    ("birth", "sex", "value", "expected"),
    [
        (date(2026, 3, 1), "female", "13.0", "L"),
        (date(2024, 3, 5), "male", "11.5", "N"),
        (date(1990, 1, 1), "male", "12.5", "L"),
        (date(1990, 1, 1), "female", "12.5", "N"),
        (None, "female", "12.5", ""),
    ],
)
def test_the_range_follows_age_and_sex(
    stocked_clinic: Clinic, birth: date | None, sex: str, value: str, expected: str
) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    with stocked_clinic.work(SYSTEM, "tests") as work:
        work.change(Patient, guest.patient_id, birth_date=birth, sex=sex)
        work.finish()
    lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin=value)
    assert entered_row(stocked_clinic, made).flag == expected


@pytest.mark.parametrize(
    ("kind", "noted", "flag"),
    [(VisitKind.MATERNITY, None, "N"), (VisitKind.MATERNITY, False, "L"), (VisitKind.OUTPATIENT, True, "N")],
)
def test_pregnancy_has_its_own_range(stocked_clinic: Clinic, kind: VisitKind, noted: bool | None, flag: str) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin", kind=kind)
    if noted is not None:
        with stocked_clinic.work(SYSTEM, "tests") as work:
            work.insert(Vitals, patient_id=guest.patient_id, visit_id=guest.visit_id, taken_at=work.now, pregnant=noted)
            work.finish()
    lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="11.4")
    assert entered_row(stocked_clinic, made).flag == flag


def test_choices_and_text(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", "stool_microscopy", "blood_group_rh")
    kinds = {each.kind: each.specimen_id for each in lab.collect(stocked_clinic, staff.technician, made).specimens}
    lab.enter(stocked_clinic, staff.technician, kinds["capillary_blood"], malaria_rdt="positive")
    lab.enter(stocked_clinic, staff.technician, kinds["stool"], stool_microscopy="Ova of hookworm seen")
    lab.enter(stocked_clinic, staff.technician, kinds["edta_blood"], blood_group_rh="Negative")
    rows = {row.name: (row.value_text, row.flag, row.value_number) for row in lab.waiting_results(stocked_clinic, made)}
    assert rows == {
        "Malaria rapid test": ("Positive", "A", None),
        "Stool microscopy (ova and parasites)": ("Ova of hookworm seen", "", None),
        "Rhesus (RhD) factor": ("Negative", "N", None),
    }


def test_choices_are_read_in_the_readers_language(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest, _made, specimen = lab.on_the_bench(stocked_clinic, staff, "malaria_rdt")
    french = replace(staff.technician, language="fr")
    sheet = bench_sheet(stocked_clinic, french, specimen)
    assert [option.name for option in sheet.entries[0].rules.options] == ["Négatif", "Positif", "Invalide"]
    lab.enter(stocked_clinic, french, specimen, malaria_rdt="positif")
    (shown,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (shown.value, shown.flag) == ("Positive", Flag.ABNORMAL)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("91", "range"), ("0.5", "range"), ("-3", "range"), ("9.15", "places"), ("nine", "number"), ("9.1.1", "number"),
        ("9,100", "ambiguous_number"), ("1e1", "number"),
    ],
)  # fmt: skip
def test_an_impossible_number_is_refused_and_names_the_test(stocked_clinic: Clinic, typed: str, reason: str) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    with pytest.raises(InvalidValue) as refusal:
        lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin=typed)
    assert refusal.value.facts["reason"] == reason
    assert (refusal.value.facts["item"], refusal.value.facts["test"]) == (made.item_ids[0], "Haemoglobin")


def test_one_wrong_value_keeps_all_of_them_out(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "sodium", "potassium")
    with pytest.raises(InvalidValue):
        lab.enter(stocked_clinic, staff.technician, specimen, sodium="140", potassium="45")
    assert lab.waiting_results(stocked_clinic, made) == []


def test_a_value_beyond_what_can_be_measured_keeps_its_sign_and_has_no_delta(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "hiv_viral_load")
    lab.enter(stocked_clinic, staff.technician, specimen, hiv_viral_load="< 20")
    row = entered_row(stocked_clinic, made)
    assert (row.value_number, row.value_text) == (Decimal(20), "<")
    (shown,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (shown.value, shown.delta) == ("<20", None)


def test_a_choice_that_is_not_offered_and_an_empty_text_are_refused(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, _made, specimen = lab.on_the_bench(stocked_clinic, staff, "malaria_rdt")
    with pytest.raises(InvalidValue) as refusal:
        lab.enter(stocked_clinic, staff.technician, specimen, malaria_rdt="maybe")
    assert refusal.value.facts["reason"] == "choice"
    assert lab.enter(stocked_clinic, staff.technician, specimen, malaria_rdt=" ").results == ()


def test_too_long_a_text_or_comment_is_refused(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "stool_microscopy")
    for typed in (Typed(made.item_ids[0], "x" * 501), Typed(made.item_ids[0], "x", comment="y" * 501)):
        with pytest.raises(InvalidValue, match="invalid_value"):
            enter_results(stocked_clinic, staff.technician, EnterResults(specimen_id=specimen, results=(typed,)))


def test_another_value_is_another_row_and_the_first_stays_cancelled(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    (first,) = lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="9.1").results
    assert lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="9.1").results == ()
    (second,) = lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="9.3").results
    assert first.result_id is not None
    assert second.result_id is not None
    old, new = result(stocked_clinic, first.result_id), result(stocked_clinic, second.result_id)
    assert (old.value_number, old.status, old.current) == (Decimal("9.1"), "cancelled", False)
    assert (new.replaces_id, new.current) == (old.id, True)
    (gone,) = lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="").results
    assert gone.result_id is None
    assert lab.waiting_results(stocked_clinic, made) == []


def test_what_somebody_else_entered_meanwhile_is_not_overwritten(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="9.1")
    blind = EnterResults(specimen_id=specimen, results=(Typed(made.item_ids[0], "12.0"),))
    with pytest.raises(StaleRecord):
        enter_results(stocked_clinic, staff.both, blind)


def test_two_technicians_at_once_keep_one_value(stocked_clinic: Clinic, another_station: Any) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    there = another_station()

    def entering(clinic: Clinic, actor: Any, value: str) -> Any:
        command = EnterResults(specimen_id=specimen, results=(Typed(made.item_ids[0], value),))
        return lambda: enter_results(clinic, actor, command)

    found = at_once([entering(stocked_clinic, staff.technician, "9.1"), entering(there, staff.both, "9.3")])
    assert sum(isinstance(each, StaleRecord) for each in found) == 1
    assert len(lab.waiting_results(stocked_clinic, made)) == 1


def test_the_same_save_twice_is_one(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    command = EnterResults(specimen_id=specimen, results=(Typed(made.item_ids[0], "9.1"),))
    first = enter_results(stocked_clinic, staff.technician, command)
    again = enter_results(stocked_clinic, staff.technician, command)
    assert again.repeated
    assert again.value == first.value


def test_results_wait_for_the_specimen(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    guest = lab.with_doctor(stocked_clinic, staff.doctor)
    made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "sodium")
    (taken,) = lab.collect(stocked_clinic, staff.technician, made, received=False).specimens
    with pytest.raises(WrongState):
        lab.enter(stocked_clinic, staff.technician, taken.specimen_id, sodium="140")
    with pytest.raises(NotAllowed):
        lab.enter(stocked_clinic, staff.supervisor, taken.specimen_id, sodium="140")
    reject_specimen(stocked_clinic, staff.technician, RejectSpecimen(specimen_id=taken.specimen_id, reason="clotted"))
    blind = EnterResults(specimen_id=taken.specimen_id, results=(Typed(made.item_ids[0], "140"),))
    with pytest.raises(SpecimenRejected):
        enter_results(stocked_clinic, staff.technician, blind)


def test_a_cancelled_or_released_test_takes_no_result(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "sodium", "urea")
    lab.enter(stocked_clinic, staff.technician, specimen, sodium="140")
    lab.release(stocked_clinic, staff.supervisor, made)
    cancel_tests(
        stocked_clinic, staff.doctor, CancelTests(order_id=made.order_id, item_ids=made.item_ids[1:], reason="x")
    )
    for item in made.item_ids:
        with pytest.raises(WrongState):
            enter_results(
                stocked_clinic, staff.technician, EnterResults(specimen_id=specimen, results=(Typed(item, "5"),))
            )


def test_a_result_of_another_patients_specimen_is_a_hard_stop(stocked_clinic: Clinic) -> None:
    staff = lab.staff(stocked_clinic)
    _guest, _made, specimen = lab.on_the_bench(stocked_clinic, staff, "sodium")
    _other, theirs, _theirs = lab.on_the_bench(stocked_clinic, staff, "sodium", name="Brian Kamau")
    command = EnterResults(specimen_id=specimen, results=(Typed(theirs.item_ids[0], "140"),))
    with pytest.raises(WrongSpecimen) as stop:
        enter_results(stocked_clinic, staff.technician, command)
    assert (stop.value.facts["patient"], stop.value.facts["expected"]) == ("Asha Otieno", "Brian Kamau")


def test_the_value_before_and_the_change_stand_beside(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="12.5")
    lab.release(stocked_clinic, staff.supervisor, made)
    clock.forward(days=10)
    again = next_visit(stocked_clinic, guest)
    later = lab.order(stocked_clinic, staff.doctor, again.visit_id, "haemoglobin")
    (taken,) = lab.collect(stocked_clinic, staff.technician, later).specimens
    (entry,) = bench_sheet(stocked_clinic, staff.technician, taken.specimen_id).entries
    assert (entry.previous, entry.previous_number, entry.delta_percent) == ("12.5", Decimal("12.5"), 20)
    assert entry.previous_at is not None
    assert entry.previous_at.date() == NOON.date()
    lab.enter(stocked_clinic, staff.technician, taken.specimen_id, haemoglobin="8.5")
    (shown,) = results_of_visit(stocked_clinic, staff.doctor, again.visit_id)
    assert shown.delta is not None
    assert (shown.previous, shown.delta.percent, shown.delta.remarkable) == ("12.5", Decimal("-32.0"), True)
    lab.release(stocked_clinic, staff.supervisor, later)
    assert [row.value for row in trend(stocked_clinic, staff.doctor, guest.patient_id, "haemoglobin")] == [
        "12.5",
        "8.5",
    ]
    assert [row.value for row in results_of_patient(stocked_clinic, staff.doctor, guest.patient_id)] == ["8.5", "12.5"]
    assert trend(stocked_clinic, staff.doctor, guest.patient_id, "no_such_test") == []
    assert trend(stocked_clinic, staff.doctor, guest.patient_id, "malaria_density") == []


def test_an_imported_result_is_compared_only_in_the_same_unit(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    guest, made, specimen = lab.on_the_bench(stocked_clinic, staff, "haemoglobin")
    with stocked_clinic.work(SYSTEM, "tests") as work:
        for unit, number, days in (("g/dL", "12.0", 30), ("g/L", "118", 5)):
            work.insert(
                LabResult, patient_id=guest.patient_id, loinc="718-7", name="Haemoglobin", value_number=Decimal(number),
                unit=unit, status=ResultStatus.FINAL, current=True, entered_by=SYSTEM.user_id,
                entered_at=work.now - timedelta(days=days),
            )  # fmt: skip
        work.finish()
    (entry,) = bench_sheet(stocked_clinic, staff.technician, specimen).entries
    assert (entry.previous, entry.previous_number) == ("118", None)
    lab.enter(stocked_clinic, staff.technician, specimen, haemoglobin="12.1")
    (shown,) = results_of_visit(stocked_clinic, staff.doctor, guest.visit_id)
    assert (shown.previous, shown.delta) == ("118", None)
    lab.release(stocked_clinic, staff.supervisor, made)
    whole = trend(stocked_clinic, staff.doctor, guest.patient_id, "haemoglobin")
    assert [row.value for row in whole] == ["12", "118", "12.1"]
    assert (whole[0].name, whole[0].range, whole[0].order_number) == ("Haemoglobin", "", "")
    with pytest.raises(NotFound):
        acknowledge_critical(stocked_clinic, staff.doctor, AcknowledgeCritical(result_id=whole[0].id))


def test_the_bench_is_ordered_by_priority_and_says_what_is_late(stocked_clinic: Clinic, clock: Clock) -> None:
    staff = lab.staff(stocked_clinic)
    for name, priority in (("Ann A", LabPriority.ROUTINE), ("Bea B", LabPriority.STAT), ("Cy C", LabPriority.URGENT)):
        clock.forward(minutes=1)
        guest = lab.with_doctor(stocked_clinic, staff.doctor, name=name)
        made = lab.order(stocked_clinic, staff.doctor, guest.visit_id, "malaria_rdt", priority=priority)
        lab.collect(stocked_clinic, staff.technician, made)
    board = lab_board(stocked_clinic, staff.technician)
    assert [row.person.name for row in board.bench] == ["B, Bea", "C, Cy", "A, Ann"]
    assert not any(row.is_overdue(board.now) for row in board.bench)
    clock.forward(minutes=18)
    late = lab_board(stocked_clinic, staff.technician)
    assert [row.is_overdue(late.now) for row in late.bench] == [False, False, True]
    lab.enter(stocked_clinic, staff.technician, late.bench[0].id, malaria_rdt="Negative")
    entered = lab_board(stocked_clinic, staff.technician).bench
    assert [row.person.name for row in entered] == ["C, Cy", "A, Ann", "B, Bea"]
    assert entered[2].waits_for_release
    with pytest.raises(NotFound):
        bench_sheet(stocked_clinic, staff.technician, new_id())
