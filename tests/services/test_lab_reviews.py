"""Results that come after the consultation reach every doctor's list, and leave it with a trace."""

from typing import Any

import pytest
from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.queries import lab_results as result_queries
from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.lab import ResultReview
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain import topics
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import NotAllowed, NotFound
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import Flag
from hms_desktop.domain.visits import QueueState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.consultations import CompleteConsultation, complete_consultation
from hms_desktop.services.lab_release import CallNote, CorrectResult, ReleaseResults, correct_result, release_results
from hms_desktop.services.lab_results import AcknowledgeCritical, acknowledge_critical
from hms_desktop.services.lab_reviews import (
    MarkReviewed,
    PutBackForReview,
    mark_reviewed,
    put_back_for_review,
    results_to_review,
)
from tests.make import lab
from tests.make.lab import Staff
from tests.stores import actor_for, make_user


@pytest.fixture
def staff(stocked_clinic: Clinic) -> Staff:
    """Who works here."""
    return lab.staff(stocked_clinic)


def complete(clinic: Clinic, doctor: Actor, entry_id: Id) -> None:
    """The patient goes home."""
    with clinic.work(SYSTEM, "tests.back_with_doctor") as work:
        work.change(QueueEntry, entry_id, state=QueueState.WITH_DOCTOR, claimed_by=doctor.user_id)
        work.finish()
    command = CompleteConsultation(entry_id=entry_id, without_diagnosis_reason="advice")
    complete_consultation(clinic, doctor, command)


def late(clinic: Clinic, staff: Staff, haemoglobin: str) -> tuple[Any, Any]:
    """A patient who went home while the lab still worked; the results that came then are released."""
    guest, made, _specimen = lab.entered(clinic, staff, haemoglobin=haemoglobin)
    complete(clinic, staff.doctor, guest.entry_id)
    return guest, made


def names(clinic: Clinic, doctor: Actor) -> list[str]:
    return [row.result.test_code for row in results_to_review(clinic, doctor)]


def test_a_result_that_comes_after_the_consultation_reaches_every_doctor(stocked_clinic: Clinic, staff: Staff) -> None:
    guest, made = late(stocked_clinic, staff, haemoglobin="9.1")
    assert names(stocked_clinic, staff.doctor) == []
    waiting = lab.waiting_results(stocked_clinic, made)
    released = ReleaseResults(order_id=made.order_id, result_ids=tuple(row.id for row in waiting))
    outcome = release_results(stocked_clinic, staff.supervisor, released)
    assert topics.ALERTS in outcome.changed
    (row,) = results_to_review(stocked_clinic, staff.doctor)
    assert (row.person.patient_id, row.ordered_by, row.mine) == (guest.patient_id, "Dora Doctor", True)
    assert (row.result.flag, row.rank) == (Flag.LOW, 1)
    other = make_user(stocked_clinic, "doctor", name="Otto Other")
    (seen,) = results_to_review(stocked_clinic, other)
    assert (seen.id, seen.mine) == (row.id, False)


def test_marking_takes_it_off_every_list_once_and_leaves_a_trace(stocked_clinic: Clinic, staff: Staff) -> None:
    _guest, made = late(stocked_clinic, staff, haemoglobin="9.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    other = make_user(stocked_clinic, "doctor", name="Otto Other")
    (row,) = results_to_review(stocked_clinic, other)
    done = mark_reviewed(stocked_clinic, other, MarkReviewed(result_id=row.id))
    assert done.value
    assert topics.ALERTS in done.changed
    assert not mark_reviewed(stocked_clinic, staff.doctor, MarkReviewed(result_id=row.id)).value
    assert names(stocked_clinic, staff.doctor) == names(stocked_clinic, other) == []
    review, event = table_of(ResultReview), table_of(AuditEvent)
    with stocked_clinic.read(SYSTEM) as reader:
        kept = reader.first(select(review).where(review.c.result_id == row.id))
        assert kept is not None
        assert (kept.reviewed_by, kept.reviewed_at is not None) == (other.user_id, True)
        traced = reader.rows(select(event.c.actor_id).where(event.c.action == "lab_reviews.mark_reviewed"))
    assert [each.actor_id for each in traced] == [other.user_id]


def test_a_mark_by_mistake_is_taken_back_by_its_maker_only(stocked_clinic: Clinic, staff: Staff) -> None:
    _guest, made = late(stocked_clinic, staff, haemoglobin="9.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    (row,) = results_to_review(stocked_clinic, staff.doctor)
    mark_reviewed(stocked_clinic, staff.doctor, MarkReviewed(result_id=row.id))
    other = make_user(stocked_clinic, "doctor", name="Otto Other")
    assert not put_back_for_review(stocked_clinic, other, PutBackForReview(result_id=row.id)).value
    assert put_back_for_review(stocked_clinic, staff.doctor, PutBackForReview(result_id=row.id)).value
    assert names(stocked_clinic, other) == ["haemoglobin"]


def test_what_the_doctor_had_in_the_chart_at_the_end_is_seen(stocked_clinic: Clinic, staff: Staff) -> None:
    guest, made, _specimen = lab.entered(stocked_clinic, staff, haemoglobin="9.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    assert names(stocked_clinic, staff.doctor) == []  # the patient waits with the results
    complete(stocked_clinic, staff.doctor, guest.entry_id)
    assert names(stocked_clinic, staff.doctor) == []


def test_results_of_who_left_without_being_seen_are_not_lost(stocked_clinic: Clinic, staff: Staff) -> None:
    guest, made, _specimen = lab.entered(stocked_clinic, staff, haemoglobin="9.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    with stocked_clinic.work(SYSTEM, "tests.left") as work:
        work.change(QueueEntry, guest.entry_id, state=QueueState.CANCELLED)
        work.finish()
    assert names(stocked_clinic, staff.doctor) == ["haemoglobin"]


def test_a_critical_one_stays_until_it_is_acknowledged(stocked_clinic: Clinic, staff: Staff) -> None:
    guest, made, _specimen = lab.entered(stocked_clinic, staff, haemoglobin="3.1")
    (result,) = lab.waiting_results(stocked_clinic, made)
    call = CallNote(result.id, "Dora Doctor", stocked_clinic.clock(), read_back=True)
    lab.release(stocked_clinic, staff.supervisor, made, calls=(call,))
    complete(stocked_clinic, staff.doctor, guest.entry_id)
    assert names(stocked_clinic, staff.doctor) == ["haemoglobin"]
    acknowledge_critical(stocked_clinic, staff.doctor, AcknowledgeCritical(result_id=result.id))
    assert names(stocked_clinic, staff.doctor) == []


def test_marking_a_critical_one_acknowledges_it(stocked_clinic: Clinic, staff: Staff) -> None:
    _guest, made = late(stocked_clinic, staff, haemoglobin="3.1")
    (result,) = lab.waiting_results(stocked_clinic, made)
    call = CallNote(result.id, "Dora Doctor", stocked_clinic.clock(), read_back=True)
    lab.release(stocked_clinic, staff.supervisor, made, calls=(call,))
    mark_reviewed(stocked_clinic, staff.doctor, MarkReviewed(result_id=result.id))
    with stocked_clinic.read(SYSTEM) as reader:
        found = result_queries.calls_about(reader, result.id)
        assert [each.acknowledged_by for each in found] == [staff.doctor.user_id]
        assert result_queries.alerts(reader) == []


def test_one_that_was_acknowledged_before_its_release_is_seen(stocked_clinic: Clinic, staff: Staff) -> None:
    _guest, made = late(stocked_clinic, staff, haemoglobin="3.1")
    (result,) = lab.waiting_results(stocked_clinic, made)
    acknowledge_critical(stocked_clinic, staff.doctor, AcknowledgeCritical(result_id=result.id))
    lab.release(stocked_clinic, staff.supervisor, made)
    assert names(stocked_clinic, staff.doctor) == []


def test_a_correction_comes_to_the_list_in_place_of_the_first(stocked_clinic: Clinic, staff: Staff) -> None:
    _guest, made = late(stocked_clinic, staff, haemoglobin="9.1")
    lab.release(stocked_clinic, staff.supervisor, made)
    (first,) = results_to_review(stocked_clinic, staff.doctor)
    mark_reviewed(stocked_clinic, staff.doctor, MarkReviewed(result_id=first.id))
    wrong = CorrectResult(result_id=first.id, value="12.9", reason="mixed up")
    correct_result(stocked_clinic, staff.supervisor, wrong)
    lab.release(stocked_clinic, staff.both, made)
    (again,) = results_to_review(stocked_clinic, staff.doctor)
    assert (again.id != first.id, again.result.value) == (True, "12.9")


def test_the_most_urgent_comes_first(stocked_clinic: Clinic, staff: Staff) -> None:
    for value in ("13.1", "9.1", "3.1"):
        _guest, made = late(stocked_clinic, staff, value)
        (result,) = lab.waiting_results(stocked_clinic, made)
        calls = (CallNote(result.id, "Dora Doctor", stocked_clinic.clock(), read_back=True),)
        lab.release(stocked_clinic, staff.supervisor, made, calls=calls if value == "3.1" else ())
    assert [row.result.value for row in results_to_review(stocked_clinic, staff.doctor)] == ["3.1", "9.1", "13.1"]


def test_only_doctors_review_and_only_what_left_the_lab(stocked_clinic: Clinic, staff: Staff) -> None:
    _guest, made = late(stocked_clinic, staff, haemoglobin="9.1")
    (result,) = lab.waiting_results(stocked_clinic, made)
    with pytest.raises(NotFound):
        mark_reviewed(stocked_clinic, staff.doctor, MarkReviewed(result_id=result.id))
    with pytest.raises(NotFound):
        put_back_for_review(stocked_clinic, staff.doctor, PutBackForReview(result_id=new_id()))
    with pytest.raises(NotAllowed):
        results_to_review(stocked_clinic, actor_for("nurse"))
    with pytest.raises(NotAllowed):
        mark_reviewed(stocked_clinic, actor_for("cashier"), MarkReviewed(result_id=result.id))
