"""Vitals on both engines: measured again, made void with a trace, trends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import InvalidValue, NotAllowed, NotFound, ReasonNeeded, StaleRecord, WrongState
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.domain.vitals import Avpu, Vitals
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.triage import SendRed, send_red
from hms_desktop.services.vitals import (
    RecordVitals,
    VitalsVoided,
    VoidVitals,
    record_vitals,
    visit_vitals,
    vitals_trend,
    void_vitals,
)
from tests.make.triage import (
    WELL,
    Waiting,
    assessments,
    close,
    department,
    entries,
    measured,
    set_entry,
    triaged,
    visit,
    waiting_patient,
)
from tests.stores import Clock, actor_for, make_user

DOCTOR, TRIAGE = ServicePoint.DOCTOR, ServicePoint.TRIAGE


def again(clinic: Clinic, actor: Actor, given: Waiting, vitals: Vitals, **values: Any) -> Id:
    return record_vitals(clinic, actor, RecordVitals(visit_id=given.visit_id, vitals=vitals, **values)).value.vitals_id


def void(clinic: Clinic, actor: Actor, vitals_id: Id, reason: str = "wrong patient", version: int = 1) -> VitalsVoided:
    return void_vitals(clinic, actor, VoidVitals(vitals_id=vitals_id, version=version, reason=reason)).value


# --- again -------------------------------------------------------------------------------------------------


def test_measuring_again_keeps_the_colour_and_shows_the_doctor_the_new_values(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    triaged(clinic, anyone, given)
    made = again(clinic, anyone, given, Vitals(pulse=96, avpu=Avpu.ALERT), comment=" after rest ")
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.vitals_id, doctor.colour) == (made, "green")
    assert len(assessments(clinic, given.visit_id)) == 1
    first, second = visit_vitals(clinic, anyone, given.visit_id)
    assert (first.id, first.vitals.pulse, first.comment, first.vitals.temperature) == (made, 96, "after rest", None)
    assert second.vitals == WELL


def test_measuring_before_triage_or_after_the_doctor_moves_no_queue(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    again(clinic, anyone, given, Vitals(pulse=90))
    assert entries(clinic, given.visit_id, DOCTOR) == []
    saved = triaged(clinic, anyone, given)
    assert saved.doctor_entry_id is not None
    set_entry(clinic, saved.doctor_entry_id, state=QueueState.COMPLETED)
    again(clinic, anyone, given, Vitals(pulse=91))
    assert entries(clinic, given.visit_id, DOCTOR)[0].vitals_id == saved.vitals_id


@pytest.mark.parametrize(
    ("vitals", "field"),
    [(Vitals(), "temperature"), (Vitals(spo2=9), "spo2"), (Vitals(pulse=210), "pulse")],
)
def test_measuring_again_obeys_the_same_rules(clinic: Clinic, anyone: Actor, vitals: Vitals, field: str) -> None:
    given = waiting_patient(clinic)
    with pytest.raises(InvalidValue) as caught:
        again(clinic, anyone, given, vitals)
    assert caught.value.field == field
    assert measured(clinic, given.visit_id) == []


def test_an_unusual_value_is_kept_when_confirmed_and_pregnancy_with_it(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    again(clinic, anyone, given, Vitals(pulse=210), confirmed=(Measure.PULSE,), pregnant=True)
    assert visit_vitals(clinic, anyone, given.visit_id)[0].pregnant is True


def test_measuring_again_needs_an_open_visit_and_the_right(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    with pytest.raises(NotAllowed):
        again(clinic, actor_for("receptionist"), given, WELL)
    close(clinic, given.visit_id)
    with pytest.raises(WrongState):
        again(clinic, anyone, given, WELL)
    with pytest.raises(NotFound):
        again(clinic, anyone, replace(given, visit_id=new_id()), WELL)


def test_every_level_of_consciousness_and_oxygen_come_back_as_they_went(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    sets = [Vitals(avpu=avpu, on_oxygen=True, spo2=91) for avpu in Avpu]
    for each in sets:
        again(clinic, anyone, given, each)
    assert [row.vitals for row in reversed(visit_vitals(clinic, anyone, given.visit_id))] == sets


# --- void --------------------------------------------------------------------------------------------------


def test_vitals_of_the_wrong_patient_become_void_with_a_trace_and_the_patient_waits_again(clinic: Clinic) -> None:
    nurse = make_user(clinic, "nurse", name="Amina Juma")
    given = waiting_patient(clinic)
    surgery = department(clinic, "Surgery")
    saved = triaged(clinic, nurse, given, department_id=surgery, vitals=replace(WELL, pulse=134), colour=Colour.YELLOW)
    assert saved.vitals_id is not None
    gone = void(clinic, nurse, saved.vitals_id)
    assert (gone.triage_again, gone.colour, gone.patient_id) == (True, "", given.patient_id)
    assert (gone.vitals.pulse, gone.visit_id) == (134, given.visit_id)
    (row,) = visit_vitals(clinic, nurse, given.visit_id)
    assert (row.void_reason, row.voided_by, row.by) == ("wrong patient", "Amina Juma", "Amina Juma")
    assert row.voided_at is not None
    assert vitals_trend(clinic, nurse, given.patient_id) == []
    assert assessments(clinic, given.visit_id)[0].void_reason == "wrong patient"
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.state, doctor.colour, doctor.colour_rank, doctor.vitals_id) == (QueueState.WAITING, "", 3, None)
    waiting = entries(clinic, given.visit_id, TRIAGE)[-1]
    assert (waiting.state, waiting.department_id) == (QueueState.WAITING, surgery)
    fresh = triaged(clinic, nurse, given)
    assert fresh.doctor_entry_id == doctor.id


def test_the_values_can_be_recorded_on_the_right_patient(clinic: Clinic, anyone: Actor) -> None:
    wrong, right = waiting_patient(clinic), waiting_patient(clinic, "Grace Wanjiru")
    saved = triaged(clinic, anyone, wrong)
    assert saved.vitals_id is not None
    gone = void(clinic, anyone, saved.vitals_id)
    triaged(clinic, anyone, right, vitals=gone.vitals, pregnant=gone.pregnant)
    assert visit_vitals(clinic, anyone, right.visit_id)[0].vitals == WELL


def test_void_falls_back_to_the_colour_that_still_holds(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    red = send_red(clinic, anyone, SendRed(visit_id=given.visit_id, signs=(Sign.STRIDOR,))).value
    follow = triaged(clinic, anyone, given, seen=red.assessment_id)
    assert follow.vitals_id is not None
    gone = void(clinic, anyone, follow.vitals_id)
    assert (gone.colour, gone.triage_again) == ("red", False)
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.colour, doctor.vitals_id) == ("red", None)


def test_void_of_a_second_look_leaves_colour_and_earlier_vitals(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    saved = triaged(clinic, anyone, given)
    later = again(clinic, anyone, given, Vitals(pulse=90))
    gone = void(clinic, anyone, later)
    assert (gone.colour, gone.triage_again) == ("green", False)
    assert entries(clinic, given.visit_id, DOCTOR)[0].vitals_id == saved.vitals_id


def test_void_while_with_the_doctor_does_not_call_the_patient_back(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    saved = triaged(clinic, anyone, given)
    assert saved.vitals_id is not None
    assert saved.doctor_entry_id is not None
    set_entry(clinic, saved.doctor_entry_id, state=QueueState.WITH_DOCTOR)
    gone = void(clinic, anyone, saved.vitals_id)
    assert (gone.triage_again, gone.colour) == (False, "")
    assert len(entries(clinic, given.visit_id, TRIAGE)) == 1


def test_void_on_a_closed_visit_changes_only_the_record(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    saved = triaged(clinic, anyone, given)
    assert saved.vitals_id is not None
    close(clinic, given.visit_id)
    gone = void(clinic, anyone, saved.vitals_id)
    assert (gone.triage_again, gone.colour) == (False, "green")
    assert visit(clinic, given.visit_id).colour == "green"


def test_void_needs_reason_right_and_the_version_that_was_seen(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    made = again(clinic, anyone, given, WELL)
    with pytest.raises(ReasonNeeded):
        void(clinic, anyone, made, " ")
    with pytest.raises(InvalidValue):
        void(clinic, anyone, made, "x" * 401)
    with pytest.raises(NotAllowed):
        void(clinic, actor_for("doctor"), made)
    with pytest.raises(StaleRecord):
        void(clinic, anyone, made, version=2)
    void(clinic, anyone, made)
    with pytest.raises(NotFound):
        void(clinic, anyone, made, version=2)


# --- trends ------------------------------------------------------------------------------------------------


def test_the_trend_has_all_visits_newest_first(clinic: Clinic, anyone: Actor, clock: Clock) -> None:
    given = waiting_patient(clinic, birth=date(2020, 1, 1))
    for weight in ("17.2", "17.45", "17.9"):
        again(clinic, anyone, given, Vitals(weight=Decimal(weight)))
        clock.forward(hours=1)
    rows = vitals_trend(clinic, anyone, given.patient_id)
    assert [row.vitals.weight for row in rows] == [Decimal("17.90"), Decimal("17.45"), Decimal("17.20")]
    assert len(vitals_trend(clinic, anyone, given.patient_id, limit=2)) == 2
    with pytest.raises(NotAllowed):
        vitals_trend(clinic, actor_for("cashier"), given.patient_id)
