"""Results that come after the consultation, at the doctor's window: seen at once, worked off by keys."""

from typing import Any

import pytest

from hms_desktop.data.queries import lab_bench
from hms_desktop.data.tables.visits import QueueEntry
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.services.consultations import CompleteConsultation, complete_consultation
from hms_desktop.services.lab_reviews import results_to_review
from hms_desktop.ui.kit import keys
from tests.house.widgets import nameless, shared_letters
from tests.make import lab
from tests.make.consultations import Waiting
from tests.make.doctor_desk import Doctor, SitDown
from tests.stores import make_user


@pytest.fixture
def late(desk: Doctor, asha: Waiting) -> Any:
    """Asha went home while the lab still worked on two tests; the open order."""
    staff = lab.staff(desk.clinic)
    desk.take(asha.entry_id)
    made = lab.order(desk.clinic, desk.actor, asha.visit_id, "haemoglobin", "glucose_random")
    with desk.clinic.work(SYSTEM, "tests.kept") as work:
        work.change(QueueEntry, asha.entry_id, state="with_doctor")
        work.finish()
    done = CompleteConsultation(entry_id=asha.entry_id, without_diagnosis_reason="advice")
    complete_consultation(desk.clinic, desk.actor, done)
    for taken in lab.collect(desk.clinic, staff.technician, made).specimens:
        for code, value in (("haemoglobin", "9.1"), ("glucose_random", "5.1")):
            if code in {each.test_code for each in entries(desk, staff.technician, taken.specimen_id)}:
                lab.enter(desk.clinic, staff.technician, taken.specimen_id, **{code: value})
    lab.release(desk.clinic, staff.supervisor, made)
    desk.window.reload()
    desk.settle(lambda: len(desk.window.review.list.rows()) == 2)
    return made


def entries(desk: Doctor, technician: Actor, specimen_id: Any) -> Any:
    with desk.clinic.read(technician) as reader:
        row = lab_bench.by_id(reader, specimen_id)
        assert row is not None
        return lab_bench.entries(reader, row, pregnant=False)


def shown(desk: Doctor) -> list[str]:
    return [row.result.test_code for row in desk.window.review.list.rows()]


def test_nobody_is_told_of_results_that_are_not_there(desk: Doctor) -> None:
    assert desk.window.queue.review_button.isHidden()
    keys.press("F7")
    assert desk.window.review.isVisible()
    keys.press("Space")
    keys.press("Esc")
    assert keys.focus_name() == "doctor.queue"
    assert desk.window.nobody.isVisible()


def test_the_desk_counts_them_and_one_key_takes_each_off(desk: Doctor, late: Any) -> None:
    assert late.number
    button = desk.window.queue.review_button
    assert button.isVisible()
    assert button.accessibleName() == "2 results to review, 2 yours"
    keys.press("F7")
    assert keys.focus_name() == "doctor.results_to_review"
    assert shown(desk) == ["haemoglobin", "glucose_random"]
    assert not nameless(desk.window.review)
    assert not shared_letters(desk.window)
    keys.press("Space")
    assert desk.said[-1] == "Reviewed: Haemoglobin 9.1 of OTIENO, Asha."
    desk.window.reload()
    desk.settle(lambda: shown(desk) == ["glucose_random"])
    assert button.accessibleName() == "1 result to review, 1 yours"
    keys.press("Alt+S")
    desk.window.reload()
    desk.settle(lambda: shown(desk) == [])
    assert button.isHidden()
    assert results_to_review(desk.clinic, desk.actor) == []


def test_a_mark_by_mistake_is_undone(desk: Doctor, late: Any) -> None:
    assert late.number
    keys.press("F7")
    keys.press("Space")
    action = desk.context.messages.recent[-1].action
    assert action is not None
    action.run()
    assert desk.said[-1] == "Haemoglobin of OTIENO, Asha waits for review again."
    assert len(results_to_review(desk.clinic, desk.actor)) == 2


def test_enter_opens_the_chart_and_f6_walks_between_list_and_queue(desk: Doctor, asha: Waiting, late: Any) -> None:
    assert late.number
    keys.press("F7")
    keys.press("F6")
    assert keys.focus_name() == "doctor.queue"
    keys.press("F6")
    assert keys.focus_name() == "doctor.results_to_review"
    keys.press("Return")
    desk.settle(desk.window.chart.isVisible)
    assert desk.window.chart.seen is not None
    assert desk.window.chart.seen.patient_id == asha.patient_id
    keys.press("F7")
    keys.press("Esc")
    assert desk.window.chart.isVisible()


def test_another_doctor_has_them_too_and_is_told_who_was_first(sit_down: SitDown, desk: Doctor, late: Any) -> None:
    assert late.number
    cover = sit_down(make_user(desk.clinic, "doctor", name="Otto Other"))
    cover.settle(lambda: len(cover.window.review.list.rows()) == 2)
    assert cover.window.queue.review_button.accessibleName() == "2 results to review"
    keys.press("F7")
    keys.press("Space")
    stale = desk.window.review
    stale.list.select_first()
    stale.seen_button.click()
    assert desk.said[-1] == "Haemoglobin of OTIENO, Asha was reviewed before."
