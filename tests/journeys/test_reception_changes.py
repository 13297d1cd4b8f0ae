"""Reception mends and changes: visits closed and cancelled, details and allergies corrected, drafts, rights."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hms_desktop.domain.ids import new_id
from hms_desktop.domain.patients import AllergyState
from hms_desktop.domain.visits import VisitOutcome, VisitState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patients import (
    CorrectPatient,
    correct_patient,
    find_patients,
    patient_details,
)
from hms_desktop.services.visits import visits_of_patient, visits_of_today
from hms_desktop.system.drafts import DraftStore
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import InlineBackground
from hms_desktop.ui.kit.drafts import DraftKeeper
from tests.make.patients import make_patient, person
from tests.make.reception_desk import OpenReception, Shown, open_reception
from tests.make.station import colleague
from tests.make.visits import make_visit
from tests.stores import PASSWORD, Clock, actor_for
from tests.ui.kit.conftest import dressed, shown
from tests.ui.kit.fakes import TODAY

__all__ = ["dressed", "shown"]
pytestmark = pytest.mark.journey
CLERK = actor_for("receptionist")


@pytest.fixture
def window(stocked_clinic: Clinic, shown: Shown) -> Iterator[OpenReception]:
    make_patient(stocked_clinic, "Asha", "Otieno", phone="0712 345 678")
    opened = open_reception(stocked_clinic, shown)
    yield opened
    opened.close()


def test_an_open_visit_shows_its_ticket_and_is_closed_with_a_reason(
    stocked_clinic: Clinic, window: OpenReception
) -> None:
    patient = find_patients(stocked_clinic, CLERK, "asha")[0].id
    visit = make_visit(stocked_clinic, patient)
    window.open("asha otieno")
    assert keys.focus_name() == "reception.ticket"
    keys.press("Return")
    assert window.papers.opened == [visit.ticket_paper_id]
    keys.press("Alt+L")
    assert keys.wait_until(lambda: keys.focus_name() == "reception.outcome")
    keys.press("Return")
    keys.press("Ctrl+Return")
    assert "reason" in window_note()
    keys.type_text("went home")
    keys.press("Ctrl+Return")
    assert keys.wait_until(lambda: visits_of_today(stocked_clinic, CLERK)[0].state is VisitState.CLOSED)
    assert visits_of_today(stocked_clinic, CLERK)[0].outcome is VisitOutcome.LEFT
    assert window.said()[-1] == "Visit closed: Left without being seen."
    assert keys.wait_until(lambda: window.desk.patient_page.work.currentWidget() is window.desk.patient_page.form)


def test_a_death_is_signed_by_a_nurse(stocked_clinic: Clinic, window: OpenReception) -> None:
    nurse = colleague(stocked_clinic, "nurse", username="njeri", name="Njeri Nurse")
    patient = find_patients(stocked_clinic, CLERK, "asha")[0].id
    make_visit(stocked_clinic, patient)
    window.open("asha otieno")
    keys.press("Alt+L")
    assert keys.wait_until(lambda: keys.focus_name() == "reception.outcome")
    keys.type_text("d")
    keys.press("Return")
    keys.type_text("on arrival")
    keys.press("Ctrl+Return")
    assert keys.wait_until(lambda: keys.focus_name() == "reception.death_username")
    keys.type_text(nurse.username)
    keys.press("Return")
    keys.type_text(PASSWORD)
    keys.press("Return")
    assert keys.focus_name() == "reception.death_confirm"
    keys.press("Return")
    assert keys.wait_until(lambda: window.said()[-1:] == ["Visit closed: Died."])
    assert visits_of_today(stocked_clinic, CLERK)[0].outcome is VisitOutcome.DIED


def window_note() -> str:
    """The note below the reason of the dialog that is open."""
    from PySide6.QtWidgets import QApplication

    from hms_desktop.ui.reception.close_dialog import CloseDialog

    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CloseDialog)
    return dialog.reason.note


def test_a_visit_opened_by_mistake_is_cancelled(stocked_clinic: Clinic, window: OpenReception) -> None:
    patient = find_patients(stocked_clinic, CLERK, "asha")[0].id
    make_visit(stocked_clinic, patient)
    window.open("asha otieno")
    keys.press("Alt+V")
    assert keys.wait_until(lambda: keys.focus_name() == "reception.cancel_dialog_reason")
    keys.type_text("wrong patient")
    keys.press("Ctrl+Return")
    assert keys.wait_until(lambda: window.said() == ["Visit cancelled."])
    assert visits_of_patient(stocked_clinic, CLERK, patient)[0].state is VisitState.CANCELLED


def test_yesterdays_open_visits_stand_on_top_and_are_told_once(
    stocked_clinic: Clinic, shown: Shown, clock: Clock
) -> None:
    old = make_visit(stocked_clinic)
    clock.forward(days=1)
    make_visit(stocked_clinic, make_patient(stocked_clinic, "Peter", "Kamau"))
    window = open_reception(stocked_clinic, shown, today=TODAY + timedelta(days=1))
    assert window.desk.find_page.today.rows()[0].number == old.number
    window.desk.reload()
    assert len([text for text in window.said() if "still open" in text]) == 1
    keys.press("Down")
    keys.press("Return")
    assert window.banner() == "OTIENO, Asha"
    window.close()


def test_details_are_corrected(stocked_clinic: Clinic, window: OpenReception) -> None:
    window.open("asha otieno")
    keys.press("Alt+C")
    assert keys.focus_name() == "reception.given_name"
    keys.press("Alt+V")
    keys.type_text("Lake Road 7")
    keys.press("Ctrl+Return")
    assert window.said() == ["Details saved."]
    found = find_patients(stocked_clinic, CLERK, "asha")[0]
    assert patient_details(stocked_clinic, CLERK, found.id).address == "Lake Road 7"
    assert keys.focus_name() == "reception.kind"


def test_a_stale_correction_shows_what_somebody_else_wrote(stocked_clinic: Clinic, window: OpenReception) -> None:
    window.open("asha otieno")
    keys.press("Alt+C")
    keys.press("Alt+V")
    keys.type_text("Lake Road 7")
    hit = find_patients(stocked_clinic, CLERK, "asha")[0]
    version = patient_details(stocked_clinic, CLERK, hit.id).version
    theirs = person(phone="0700 9", address="Hill Road 1", occupation="Nurse")
    correct_patient(stocked_clinic, CLERK, CorrectPatient(patient_id=hit.id, version=version, person=theirs))
    keys.press("Ctrl+Return")
    form = window.desk.form_page.correct_form
    assert "Somebody else changed this patient" in window.said()[-1]
    assert form.phone.value() == "0700 9"
    assert form.address.value() == "Lake Road 7"
    assert form.address.note == "somebody else wrote: Hill Road 1"
    keys.press("Ctrl+Return")
    found = patient_details(stocked_clinic, CLERK, hit.id)
    assert (found.address, found.phone, found.occupation) == ("Lake Road 7", "0700 9", "Nurse")


def test_allergies_are_recorded_and_taken_back(stocked_clinic: Clinic, window: OpenReception) -> None:
    patient = find_patients(stocked_clinic, CLERK, "asha")[0].id
    window.open("asha otieno")
    keys.press("Alt+G")
    assert keys.wait_until(lambda: keys.focus_name() == "reception.substance")
    keys.press("Alt+N")
    assert patient_details(stocked_clinic, CLERK, patient).allergy_state is AllergyState.NONE_KNOWN
    keys.press("Alt+S")
    keys.type_text("groundnuts")
    keys.press("Tab")
    keys.type_text("swelling")
    keys.press("Ctrl+Return")
    (allergy,) = patient_details(stocked_clinic, CLERK, patient).allergies
    assert (allergy.substance, allergy.reaction) == ("groundnuts", "swelling")
    keys.press("Alt+W")
    assert keys.wait_until(lambda: keys.focus_name() == "reception.void_allergy_dialog_reason")
    keys.type_text("her sister's")
    keys.press("Ctrl+Return")
    assert keys.wait_until(
        lambda: patient_details(stocked_clinic, CLERK, patient).allergy_state is AllergyState.NOT_ASKED
    )
    keys.press("Alt+D")
    assert keys.wait_until(lambda: keys.focus_name().startswith("reception."))


def test_the_card_is_printed_again(stocked_clinic: Clinic, window: OpenReception) -> None:
    window.open("asha otieno")
    keys.press("Alt+I")
    assert len(window.papers.opened) == 1


def test_what_was_typed_survives_the_window(stocked_clinic: Clinic, shown: Shown, tmp_path: Path) -> None:
    runner = InlineBackground()
    clerk = replace(CLERK, user_id=new_id())
    kept = DraftStore(tmp_path / "drafts.db")
    first = open_reception(
        stocked_clinic, shown, clerk, background=runner, drafts=DraftKeeper(runner, kept, "u.clerk", runner)
    )
    keys.press("Ctrl+N")
    keys.type_text("Wanjiku")
    first.close()
    again = open_reception(
        stocked_clinic, shown, clerk, background=runner, drafts=DraftKeeper(runner, kept, "u.clerk", runner)
    )
    keys.press("Ctrl+N")
    keys.press("Alt+R")
    assert again.desk.form_page.new_form.given.value() == "Wanjiku"
    again.close()


def test_who_may_not_register_is_not_asked_to(stocked_clinic: Clinic, shown: Shown) -> None:
    cashier = replace(actor_for("cashier"), windows=("reception",))
    make_visit(stocked_clinic, make_patient(stocked_clinic))
    window = open_reception(stocked_clinic, shown, cashier)
    page = window.desk.find_page
    assert page.new_button.isHidden()
    assert page.unknown_button.isHidden()
    keys.press("Ctrl+N")
    keys.press("F9")
    assert keys.focus_name() == "reception.search"
    window.open("asha otieno")
    assert window.desk.patient_page.panel.correct_button.isHidden()
    assert window.desk.patient_page.card.cancel_button.isHidden()
    window.close()
