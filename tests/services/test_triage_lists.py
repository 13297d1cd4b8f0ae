"""The triage desk's lists on both engines: who waits, whom to look at again, who was triaged, the form's sheet."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import NotAllowed, NotFound
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.queueing import colour_rank
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import QueueState, ServicePoint, VisitKind
from hms_desktop.domain.vitals import Subject, Vitals
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.triage import (
    RecordTriage,
    SendRed,
    places,
    record_triage,
    send_red,
    triage_board,
    triage_sheet,
    triage_sheet_of_patient,
    waiting_list,
)
from hms_desktop.services.vitals import RecordVitals, VoidVitals, record_vitals, void_vitals
from tests.make.billing import set_setting
from tests.make.triage import WELL, Waiting, close, department, set_entry, waiting_patient
from tests.stores import Clock, actor_for, make_user


def triage(clinic: Clinic, actor: Actor, given: Waiting, colour: Colour = Colour.GREEN, seen: Id | None = None) -> Id:
    command = RecordTriage(
        visit_id=given.visit_id, vitals=WELL, signs_checked=True, colour=colour, seen=seen,
        override_reason="" if colour is Colour.GREEN else "as it looks",
    )  # fmt: skip
    return record_triage(clinic, actor, command).value.assessment_id


# --- who waits ---------------------------------------------------------------------------------------------


def test_the_waiting_list_is_in_order_with_age_ticket_and_who_has_the_patient(clinic: Clinic) -> None:
    nurse = make_user(clinic, "nurse", name="Amina Juma")
    first = waiting_patient(clinic, "Asha Otieno", complaint="Cough")
    urgent = waiting_patient(clinic, "Red Person", colour="red", colour_rank=colour_rank("red"))
    mine = waiting_patient(clinic, "Baby Achieng", birth=date(2025, 12, 5), state=QueueState.IN_SERVICE,
                           claimed_by=nurse.user_id)  # fmt: skip
    missed = waiting_patient(clinic, "Late Person", state=QueueState.NO_SHOW, colour="red", colour_rank=0)
    rows = waiting_list(clinic, nurse)
    assert [row.id for row in rows] == [urgent.entry_id, first.entry_id, mine.entry_id, missed.entry_id]
    asha, baby = rows[1], rows[2]
    assert (asha.patient_name, asha.age, asha.sex, asha.complaint) == ("OTIENO, Asha", "28 y", "female", "Cough")
    assert asha.ticket.endswith("001")
    assert (baby.age, baby.claimed_by, baby.state) == ("3 mo", "Amina Juma", QueueState.IN_SERVICE)


def test_the_waiting_list_leaves_out_what_is_over(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    waiting_patient(clinic, "Done Person", state=QueueState.DONE)
    waiting_patient(clinic, "Yesterday Person", state=QueueState.NO_SHOW)
    still = waiting_patient(clinic, "Still Waiting")
    clock.forward(days=1)
    gone = waiting_patient(clinic, "Gone Person")
    close(clinic, gone.visit_id)
    other = waiting_patient(clinic, "At The Doctor", service_point=ServicePoint.DOCTOR)
    assert [row.id for row in waiting_list(clinic, anyone)] == [still.entry_id]
    assert other.entry_id not in {row.id for row in triage_board(clinic, anyone).waiting}


def test_the_waiting_list_of_one_department(clinic: Clinic, anyone: Actor) -> None:
    maternity = department(clinic, "Maternity")
    here = waiting_patient(clinic, department_id=maternity)
    waiting_patient(clinic, "Other Person")
    assert [row.id for row in waiting_list(clinic, anyone, department=maternity)] == [here.entry_id]
    assert len(triage_board(clinic, anyone).waiting) == 2


def test_an_unknown_age_stays_unknown(clinic: Clinic, anyone: Actor) -> None:
    waiting_patient(clinic, "Unknown", birth=None, sex=Sex.UNKNOWN)
    assert waiting_list(clinic, anyone)[0].age == ""


def test_who_may_not_see_triage_sees_no_list(clinic: Clinic) -> None:
    for service in (waiting_list, triage_board, places):
        with pytest.raises(NotAllowed):
            service(clinic, actor_for("cashier"))


# --- whom to look at again ---------------------------------------------------------------------------------


def test_looks_come_in_the_order_in_which_they_are_due(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    green, orange, black = (waiting_patient(clinic, name) for name in ("Green One", "Orange One", "Black One"))
    triage(clinic, anyone, green)
    triage(clinic, anyone, black, Colour.BLACK)
    triage(clinic, anyone, orange, Colour.ORANGE)
    clock.forward(minutes=11)
    red = waiting_patient(clinic, "Red One")
    send_red(clinic, anyone, SendRed(visit_id=red.visit_id, signs=(Sign.STRIDOR,)))
    board = triage_board(clinic, anyone)
    assert [row.patient_name for row in board.looks] == ["ONE, Red", "ONE, Orange", "ONE, Green", "ONE, Black"]
    first, second, third, last = board.looks
    assert (first.measured, second.measured) == (False, True)
    assert first.due == first.looked_at
    assert second.due is not None
    assert second.due <= board.now
    assert third.due == third.looked_at + timedelta(minutes=240)
    assert last.due is None


def test_measuring_again_starts_the_timer_anew(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    given = waiting_patient(clinic)
    triage(clinic, anyone, given, Colour.ORANGE)
    clock.forward(minutes=11)
    record_vitals(clinic, anyone, RecordVitals(visit_id=given.visit_id, vitals=Vitals(pulse=80)))
    board = triage_board(clinic, anyone)
    due = board.looks[0].due
    assert due is not None
    assert due > board.now


def test_the_clinic_sets_its_own_minutes(clinic: Clinic, anyone: Actor) -> None:
    set_setting(clinic, "retriage_green_minutes", 30)
    given = waiting_patient(clinic)
    triage(clinic, anyone, given)
    (row,) = triage_board(clinic, anyone).looks
    assert row.due == row.looked_at + timedelta(minutes=30)


def test_nobody_is_looked_at_who_is_with_the_doctor_or_was_never_triaged(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    entry = record_triage(
        clinic, anyone, RecordTriage(visit_id=given.visit_id, vitals=WELL, signs_checked=True, colour=Colour.GREEN)
    ).value.doctor_entry_id
    assert entry is not None
    waiting_patient(clinic, "Straight Through", service_point=ServicePoint.DOCTOR)
    assert len(triage_board(clinic, anyone).looks) == 1
    set_entry(clinic, entry, state=QueueState.WITH_DOCTOR)
    assert triage_board(clinic, anyone).looks == ()


# --- who was triaged ---------------------------------------------------------------------------------------


def test_who_was_triaged_today_comes_newest_first_once_a_visit(clinic: Clinic, clock: Clock) -> None:
    nurse = make_user(clinic, "nurse", name="Amina Juma")
    first, second = waiting_patient(clinic), waiting_patient(clinic, "Grace Wanjiru")
    made = triage(clinic, nurse, first)
    triage(clinic, nurse, second)
    triage(clinic, nurse, first, Colour.ORANGE, made)
    close(clinic, second.visit_id)
    again, other = triage_board(clinic, nurse).triaged
    assert (again.visit_id, again.colour, again.by, again.doctor_state, again.open) == (
        first.visit_id, "orange", "Amina Juma", "waiting", True,
    )  # fmt: skip
    assert again.vitals_taken_at is not None
    assert (other.open, other.paper_id) == (False, None)
    clock.forward(days=1)
    assert triage_board(clinic, nurse).triaged == ()


def test_a_red_patient_without_vitals_and_a_printed_slip_show_in_the_list(clinic: Clinic, anyone: Actor) -> None:
    red, slip = waiting_patient(clinic), waiting_patient(clinic, "Grace Wanjiru")
    imported = waiting_patient(clinic, "Old Import", kind=VisitKind.IMPORTED)
    triage(clinic, anyone, imported)
    send_red(clinic, anyone, SendRed(visit_id=red.visit_id, signs=(Sign.POISONING,)))
    command = RecordTriage(visit_id=slip.visit_id, vitals=WELL, signs_checked=True, colour=Colour.GREEN, slip=True)
    paper = record_triage(clinic, anyone, command).value.paper_id
    with_slip, without = triage_board(clinic, anyone).triaged
    assert (with_slip.paper_id, without.vitals_id, without.vitals_taken_at) == (paper, None, None)


# --- the form's sheet --------------------------------------------------------------------------------------


def test_a_fresh_visit_has_an_empty_sheet(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic, complaint="Cough")
    sheet = triage_sheet(clinic, anyone, given.visit_id)
    assert (sheet.patient_name, sheet.complaint, sheet.entry_state, sheet.doctor_state) == (
        "OTIENO, Asha", "Cough", "waiting", "",
    )  # fmt: skip
    assert (sheet.assessment, sheet.taken, sheet.last, sheet.pregnant, sheet.open) == (None, (), {}, None, True)
    today = date(2026, 3, 5)
    assert sheet.subject(today, pregnant=True) == Subject(336, pregnant=True)
    assert replace(sheet, birth_date=None).subject(today) == Subject(None)
    with pytest.raises(NotFound):
        triage_sheet(clinic, anyone, new_id())


def test_the_sheet_brings_the_last_value_of_each_measure_from_any_visit(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    for vitals in (
        Vitals(weight=Decimal("60.5"), pulse=80),
        Vitals(pulse=90),
        Vitals(temperature=Decimal("39.1")),
    ):
        record_vitals(clinic, anyone, RecordVitals(visit_id=given.visit_id, vitals=vitals))
    sheet = triage_sheet(clinic, anyone, given.visit_id)
    newest = sheet.taken[0]
    void_vitals(clinic, anyone, VoidVitals(vitals_id=newest.id, version=newest.version, reason="wrong"))
    last = triage_sheet(clinic, anyone, given.visit_id).last
    assert {measure: row.value for measure, row in last.items()} == {Measure.WEIGHT: Decimal("60.5"), Measure.PULSE: 90}
    assert last[Measure.PULSE].taken_at > last[Measure.WEIGHT].taken_at


def test_the_sheet_knows_what_was_found_and_where_the_patient_is(clinic: Clinic) -> None:
    nurse, doctor = make_user(clinic, "nurse", name="Amina Juma"), make_user(clinic, "doctor")
    maternity = department(clinic, "Maternity")
    given = waiting_patient(clinic, state=QueueState.IN_SERVICE, claimed_by=nurse.user_id)
    assert triage_sheet(clinic, nurse, given.visit_id).claimed_by == "Amina Juma"
    command = RecordTriage(
        visit_id=given.visit_id, vitals=WELL, signs=(Sign.HEADACHE,), signs_checked=True, colour=Colour.ORANGE,
        override_reason="pale", department_id=maternity, practitioner_id=doctor.user_id, pregnant=True,
    )  # fmt: skip
    saved = record_triage(clinic, nurse, command).value
    sheet = triage_sheet_of_patient(clinic, nurse, given.patient_id)
    assert sheet is not None
    found = sheet.assessment
    assert found is not None
    assert (found.id, found.by, found.signs, found.suggested, found.chosen, found.override_reason) == (
        saved.assessment_id, "Amina Juma", (Sign.HEADACHE,), "green", Colour.ORANGE, "pale",
    )  # fmt: skip
    assert (sheet.department_id, sheet.practitioner_id, sheet.doctor_state, sheet.pregnant, sheet.colour) == (
        maternity, doctor.user_id, "waiting", True, "orange",
    )  # fmt: skip


def test_somebody_who_is_not_here_has_no_sheet(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    close(clinic, given.visit_id)
    assert triage_sheet_of_patient(clinic, anyone, given.patient_id) is None
    assert not triage_sheet(clinic, anyone, given.visit_id).open


def test_places_are_active_departments_and_active_doctors(clinic: Clinic, anyone: Actor) -> None:
    known = {place.name for place in places(clinic, anyone)[0]}
    department(clinic, "Zebra Ward")
    department(clinic, "Closed Ward", active=False)
    doctor = make_user(clinic, "doctor", "nurse", name="Daktari Mwangi")
    make_user(clinic, "nurse")
    departments, doctors = places(clinic, anyone)
    assert {place.name for place in departments} - known == {"Zebra Ward"}
    assert [(place.id, place.name) for place in doctors] == [(doctor.user_id, "Daktari Mwangi")]
