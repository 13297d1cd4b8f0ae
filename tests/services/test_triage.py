"""Triage on both engines: the colour with its reasons, red at once, the doctor's queue, two nurses on one patient."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.errors import (
    InvalidValue,
    KeyReused,
    NotAllowed,
    NotFound,
    ReasonNeeded,
    WrongState,
)
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage import Colour
from hms_desktop.domain.visits import QueueState, ServicePoint
from hms_desktop.domain.vitals import Avpu, Vitals
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.triage import RecordTriage, SendRed, record_triage, send_red
from tests.make.triage import (
    WELL,
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
from tests.stores import actor_for, make_user

DOCTOR, TRIAGE = ServicePoint.DOCTOR, ServicePoint.TRIAGE
ALERT = Avpu.ALERT


def test_triage_keeps_vitals_and_reasons_and_sends_to_the_doctor(clinic: Clinic) -> None:
    nurse, given = actor_for("nurse"), waiting_patient(clinic)
    command = RecordTriage(
        visit_id=given.visit_id, colour=Colour.YELLOW, vitals=replace(WELL, pulse=134), signs=(Sign.SEVERE_PAIN,),
        signs_checked=True, complaint=" Belly pain ",
    )  # fmt: skip
    outcome = record_triage(clinic, nurse, command)
    saved = outcome.value
    assert {"triage_queue", "doctor_queue", "board", "chart"} <= outcome.changed
    (row,) = measured(clinic, given.visit_id)
    assert (row.id, row.pulse, row.temperature, row.avpu, row.glucose) == (
        saved.vitals_id, 134, Decimal("36.8"), "A", None,
    )  # fmt: skip
    (kept,) = assessments(clinic, given.visit_id)
    assert (kept.suggested_colour, kept.chosen_colour, kept.override_reason, kept.vitals_id) == (
        "yellow", "yellow", "", row.id,
    )  # fmt: skip
    assert (kept.scale, kept.scale_version, kept.score) == ("iitt", "iitt-adult-2020-2", 3)
    assert kept.danger_signs == ["severe_pain"]
    assert [each["code"] for each in kept.reasons] == ["yellow_sign", "high_risk_vital"]
    (waited,) = entries(clinic, given.visit_id, TRIAGE)
    assert waited.state == QueueState.DONE
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.id, doctor.state, doctor.colour, doctor.colour_rank, doctor.vitals_id) == (
        saved.doctor_entry_id, QueueState.WAITING, "yellow", 2, row.id,
    )  # fmt: skip
    now = visit(clinic, given.visit_id)
    assert (now.colour, now.complaint) == ("yellow", "Belly pain")
    assert not saved.overridden


def test_a_double_press_saves_once_and_the_key_is_not_for_another_command(clinic: Clinic) -> None:
    nurse, given = actor_for("nurse"), waiting_patient(clinic)
    command = RecordTriage(visit_id=given.visit_id, colour=Colour.GREEN, vitals=WELL, signs_checked=True)
    first = record_triage(clinic, nurse, command)
    again = record_triage(clinic, nurse, command)
    assert again.value == first.value
    assert again.repeated
    assert len(measured(clinic, given.visit_id)) == 1
    with pytest.raises(KeyReused):
        record_triage(clinic, nurse, replace(command, colour=Colour.RED))


def test_who_lacks_the_right_records_nothing(clinic: Clinic) -> None:
    given = waiting_patient(clinic)
    with pytest.raises(NotAllowed):
        triaged(clinic, actor_for("receptionist"), given)
    with pytest.raises(NotAllowed):
        send_red(clinic, actor_for("cashier"), SendRed(visit_id=given.visit_id, signs=(Sign.STRIDOR,)))
    assert assessments(clinic, given.visit_id) == []


def test_going_against_the_suggestion_needs_a_reason_and_the_right(clinic: Clinic) -> None:
    given = waiting_patient(clinic)
    nurse = actor_for("nurse")
    with pytest.raises(ReasonNeeded) as caught:
        triaged(clinic, nurse, given, colour=Colour.RED)
    assert caught.value.field == "override_reason"
    weaker = replace(nurse, rights=nurse.rights - {"triage.override"})
    with pytest.raises(NotAllowed):
        triaged(clinic, weaker, given, colour=Colour.ORANGE, override_reason="looks ill")
    with pytest.raises(InvalidValue) as long:
        triaged(clinic, nurse, given, colour=Colour.ORANGE, override_reason="x" * 301)
    assert long.value.facts["limit"] == 300
    saved = triaged(clinic, nurse, given, colour=Colour.ORANGE, override_reason=" looks ill ")
    assert saved.overridden
    (kept,) = assessments(clinic, given.visit_id)
    assert (kept.suggested_colour, kept.chosen_colour, kept.override_reason) == ("green", "orange", "looks ill")


def test_a_reason_that_overrides_nothing_is_not_kept(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    assert not triaged(clinic, anyone, given, override_reason="typed by mistake").overridden
    assert assessments(clinic, given.visit_id)[0].override_reason == ""


@pytest.mark.parametrize(
    ("vitals", "field", "reason"),
    [
        (Vitals(temperature=Decimal("50.1")), "temperature", "range"),
        (Vitals(systolic=120, diastolic=120), "diastolic", "not_below_systolic"),
        (Vitals(temperature=Decimal("37.55")), "temperature", "places"),
        (Vitals(pulse=220), "pulse", "unusual"),
    ],
)
def test_impossible_is_refused_and_unusual_asks(
    clinic: Clinic, anyone: Actor, vitals: Vitals, field: str, reason: str
) -> None:
    given = waiting_patient(clinic)
    with pytest.raises(InvalidValue) as caught:
        triaged(clinic, anyone, given, vitals=vitals)
    assert (caught.value.field, caught.value.facts["reason"]) == (field, reason)
    assert measured(clinic, given.visit_id) == []


def test_an_unusual_value_that_is_confirmed_is_kept(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    triaged(clinic, anyone, given, vitals=replace(WELL, pulse=220), colour=Colour.RED, confirmed=(Measure.PULSE,))
    assert measured(clinic, given.visit_id)[0].pulse == 220


def test_nothing_measured_leaves_no_vitals_and_suggests_nothing(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    saved = triaged(clinic, anyone, given, vitals=Vitals(), signs_checked=False, colour=Colour.BLACK)
    assert saved.vitals_id is None
    assert measured(clinic, given.visit_id) == []
    (kept,) = assessments(clinic, given.visit_id)
    assert (kept.suggested_colour, kept.score) == ("", None)
    assert entries(clinic, given.visit_id, DOCTOR)[0].colour == "black"


def test_a_child_is_coloured_by_hand(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic, "Baby Achieng", birth=date(2024, 3, 5))
    vitals = Vitals(weight=Decimal("9.8"), muac=112, temperature=Decimal("38.1"))
    saved = triaged(clinic, anyone, given, vitals=vitals, colour=Colour.YELLOW)
    assert not saved.overridden
    (kept,) = assessments(clinic, given.visit_id)
    assert (kept.scale, kept.scale_version) == ("etat", "etat-emergency-signs-2016-1")
    assert (kept.suggested_colour, kept.reasons[0]["code"]) == ("", "child_by_hand")
    assert measured(clinic, given.visit_id)[0].muac == 112


def test_pregnancy_is_kept_and_asked_only_where_it_can_be(clinic: Clinic, anyone: Actor) -> None:
    asha = waiting_patient(clinic)
    high = replace(WELL, systolic=164, diastolic=98)
    with pytest.raises(InvalidValue, match="unusual"):
        triaged(clinic, anyone, asha, vitals=high, pregnant=True, colour=Colour.RED)
    triaged(clinic, anyone, asha, vitals=high, pregnant=True, colour=Colour.RED, confirmed=(Measure.SYSTOLIC,))
    assert measured(clinic, asha.visit_id)[0].pregnant is True
    for name, birth, sex in (("John Otieno", date(1990, 1, 1), Sex.MALE), ("Old Mary", date(1940, 1, 1), Sex.FEMALE)):
        given = waiting_patient(clinic, name, birth=birth, sex=sex)
        with pytest.raises(InvalidValue) as caught:
            triaged(clinic, anyone, given, pregnant=True)
        assert (caught.value.field, caught.value.facts["reason"]) == ("pregnant", "impossible")
        assert triaged(clinic, anyone, given, pregnant=False).vitals_id is not None


def test_a_text_that_is_too_long_is_refused(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    for field, limit in (("complaint", 200), ("comment", 300)):
        with pytest.raises(InvalidValue) as caught:
            triaged(clinic, anyone, given, **{field: "x" * (limit + 1)})
        assert (caught.value.field, caught.value.facts["limit"]) == (field, limit)


def test_the_patient_goes_to_the_chosen_department_and_doctor(clinic: Clinic, anyone: Actor) -> None:
    surgery, doctor = department(clinic, "Surgery"), make_user(clinic, "doctor").user_id
    given = waiting_patient(clinic)
    triaged(clinic, anyone, given, department_id=surgery, practitioner_id=doctor)
    (entry,) = entries(clinic, given.visit_id, DOCTOR)
    assert (entry.department_id, entry.practitioner_id) == (surgery, doctor)
    other = make_user(clinic, "doctor").user_id
    seen = assessments(clinic, given.visit_id)[-1].id
    triaged(clinic, anyone, given, seen=seen, practitioner_id=other)
    (entry,) = entries(clinic, given.visit_id, DOCTOR)
    assert (entry.department_id, entry.practitioner_id) == (surgery, other)


# --- red at once ------------------------------------------------------------------------------------------


def test_a_danger_sign_is_red_in_the_doctors_queue_before_anything_is_measured(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic, state=QueueState.IN_SERVICE, claimed_by=anyone.user_id)
    saved = send_red(clinic, anyone, SendRed(visit_id=given.visit_id, signs=(Sign.CONVULSING,))).value
    assert (saved.colour, saved.vitals_id) == (Colour.RED, None)
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.colour, doctor.colour_rank, doctor.state) == ("red", 0, QueueState.WAITING)
    assert entries(clinic, given.visit_id, TRIAGE)[0].state == QueueState.DONE
    assert visit(clinic, given.visit_id).colour == "red"
    assert assessments(clinic, given.visit_id)[0].danger_signs == ["convulsing"]


def test_vitals_follow_a_red_patient_and_the_colour_may_move(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    red = send_red(clinic, anyone, SendRed(visit_id=given.visit_id, signs=(Sign.STRIDOR,))).value
    saved = triaged(clinic, anyone, given, seen=red.assessment_id)
    assert saved.doctor_entry_id == red.doctor_entry_id
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.colour, doctor.vitals_id) == ("green", saved.vitals_id)
    assert len(assessments(clinic, given.visit_id)) == 2


def test_red_at_once_needs_a_sign_that_is_red_for_this_patient(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    for signs in ((), (Sign.SEVERE_PAIN,)):
        with pytest.raises(InvalidValue) as caught:
            send_red(clinic, anyone, SendRed(visit_id=given.visit_id, signs=signs))
        assert caught.value.field == "signs"
    assert entries(clinic, given.visit_id, DOCTOR) == []


def test_who_was_sent_red_by_reception_keeps_the_place(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic, service_point=DOCTOR, colour="red", colour_rank=0)
    saved = send_red(clinic, anyone, SendRed(visit_id=given.visit_id, signs=(Sign.UNRESPONSIVE,))).value
    assert saved.doctor_entry_id == given.entry_id
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.version, doctor.colour) == (1, "red")


def test_red_works_without_an_age(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic, "Unknown", birth=None, sex=Sex.UNKNOWN)
    send_red(clinic, anyone, SendRed(visit_id=given.visit_id, signs=(Sign.SEVERE_DEHYDRATION,)))
    assert assessments(clinic, given.visit_id)[0].suggested_colour == "red"


# --- states ------------------------------------------------------------------------------------------------


def test_a_closed_or_missing_visit_is_refused(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    close(clinic, given.visit_id)
    with pytest.raises(WrongState) as caught:
        triaged(clinic, anyone, given)
    assert caught.value.facts == {"kind": "visit", "state": "closed", "wanted": "open"}
    with pytest.raises(NotFound):
        triaged(clinic, anyone, replace(given, visit_id=new_id()))


def test_somebody_who_was_called_or_had_not_come_is_triaged_when_here(clinic: Clinic, anyone: Actor) -> None:
    called = waiting_patient(clinic, state=QueueState.CALLED)
    missed = waiting_patient(clinic, "Late Otieno", state=QueueState.NO_SHOW)
    triaged(clinic, anyone, called)
    triaged(clinic, anyone, missed)
    assert entries(clinic, called.visit_id, TRIAGE)[0].state == QueueState.DONE
    assert entries(clinic, missed.visit_id, TRIAGE)[0].state == QueueState.CANCELLED
    assert entries(clinic, missed.visit_id, DOCTOR)[0].state == QueueState.WAITING


def test_somebody_who_never_queued_here_gets_a_place_at_the_doctor_once(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic, state=QueueState.CANCELLED)
    saved = triaged(clinic, anyone, given)
    assert saved.doctor_entry_id is not None
    set_entry(clinic, saved.doctor_entry_id, state=QueueState.COMPLETED)
    again = triaged(clinic, anyone, given, seen=saved.assessment_id, colour=Colour.GREEN)
    assert again.doctor_entry_id is None
    assert len(entries(clinic, given.visit_id, DOCTOR)) == 1


def test_another_look_while_with_the_doctor_shows_the_new_vitals(clinic: Clinic, anyone: Actor) -> None:
    given = waiting_patient(clinic)
    first = triaged(clinic, anyone, given)
    assert first.doctor_entry_id is not None
    set_entry(clinic, first.doctor_entry_id, state=QueueState.WITH_DOCTOR)
    second = triaged(
        clinic, anyone, given, seen=first.assessment_id, vitals=replace(WELL, pulse=140), colour=Colour.YELLOW
    )
    (doctor,) = entries(clinic, given.visit_id, DOCTOR)
    assert (doctor.state, doctor.vitals_id) == (QueueState.WITH_DOCTOR, second.vitals_id)
    assert visit(clinic, given.visit_id).colour == "yellow"
