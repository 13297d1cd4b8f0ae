"""A morning at reception, by keys alone: known and new patients, look-alikes, an unknown emergency, mistakes mended."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from hms_desktop.domain.consultations import Occurrence
from hms_desktop.domain.patients import AllergyState, Sex
from hms_desktop.domain.visits import ServicePoint, VisitKind
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.patients import (
    find_patients,
    patient_details,
    payer_groups,
)
from hms_desktop.services.visits import visits_of_today
from hms_desktop.ui.kit import keys
from tests.house.widgets import shared_letters
from tests.make.patients import make_patient, person, register
from tests.make.reception_desk import OpenReception, Shown, open_reception
from tests.make.visits import make_visit, waiting
from tests.stores import actor_for
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]
pytestmark = pytest.mark.journey
CLERK = actor_for("receptionist")


@pytest.fixture
def window(stocked_clinic: Clinic, shown: Shown) -> Iterator[OpenReception]:
    make_patient(stocked_clinic, "Asha", "Otieno", phone="0712 345 678")
    opened = open_reception(stocked_clinic, shown)
    yield opened
    opened.close()


def test_a_known_patient_has_a_ticket_in_a_few_keys(stocked_clinic: Clinic, window: OpenReception) -> None:
    window.search("oti ash")
    assert window.found() == ["OTIENO, Asha"]
    keys.press("Return")
    assert window.banner() == "OTIENO, Asha"
    assert keys.focus_name() == "reception.kind"
    keys.type_text("m")
    keys.press("Return")
    keys.type_text("Seven months, feels dizzy")
    keys.press("Ctrl+Return")
    (visit,) = visits_of_today(stocked_clinic, CLERK)
    assert (visit.kind, visit.complaint, visit.ticket) == (VisitKind.MATERNITY, "Seven months, feels dizzy", "A001")
    assert window.said() == [f"Visit {visit.number} is open. Ticket A001."]
    assert len(window.papers.printed) == 1
    assert window.banner() == ""
    assert keys.focus_name() == "reception.search"
    today = window.desk.find_page.today
    assert keys.wait_until(lambda: [row.patient_name for row in today.rows()] == ["OTIENO, Asha"])


def test_a_new_patient_needs_a_name_sex_and_age(stocked_clinic: Clinic, window: OpenReception) -> None:
    window.search("fatuma bakari")
    assert window.found() == []
    keys.press("Ctrl+N")
    assert keys.focus_name() == "reception.given_name"
    keys.press("Return")
    keys.press("Return")
    assert keys.focus_name() == "reception.sex"
    keys.type_text("f")
    keys.press("Return")
    keys.type_text("28y")
    keys.press("Ctrl+Return")
    (hit,) = find_patients(stocked_clinic, CLERK, "fatuma bakari")
    assert (hit.name, hit.sex, hit.birth_estimated) == ("BAKARI, Fatuma", Sex.FEMALE, True)
    assert window.said() == [f"Registered as {hit.mrn}."]
    assert window.banner() == "BAKARI, Fatuma"
    assert keys.focus_name() == "reception.kind"
    keys.press("Ctrl+Return")
    assert len(visits_of_today(stocked_clinic, CLERK)) == 1
    assert len(window.papers.printed) == 2


def test_everything_that_reception_asks_is_kept(stocked_clinic: Clinic, window: OpenReception) -> None:
    keys.press("Ctrl+N")
    for typed in ("Juma", "", "m", "14m", "0733 111 222", "99887766"):
        keys.type_text(typed)
        keys.press("Return")
    keys.press("Down")
    keys.press("Return")
    for typed in ("Hill Village", "Mary Ali", "mother", "0722 000 111"):
        keys.type_text(typed)
        keys.press("Return")
    assert keys.focus_name() == "reception.allergy_state"
    keys.type_text("h")
    keys.press("Return")
    assert keys.focus_name() == "reception.substances"
    for typed in ("bee stings", "latex"):
        keys.type_text(typed)
        keys.press("Return")
    keys.press("Ctrl+Return")
    (hit,) = find_patients(stocked_clinic, CLERK, "juma")
    found = patient_details(stocked_clinic, CLERK, hit.id)
    assert (found.phone, found.national_id, found.address) == ("0733 111 222", "99887766", "Hill Village")
    assert found.payer_group_id == payer_groups(stocked_clinic, CLERK)[0].id
    assert [(c.name, c.relationship, c.phone) for c in found.contacts] == [("Mary Ali", "mother", "0722 000 111")]
    assert found.allergy_state is AllergyState.RECORDED
    assert len(found.allergies) == 2


def test_look_alikes_are_shown_before_anything_is_saved(stocked_clinic: Clinic, window: OpenReception) -> None:
    keys.press("Ctrl+N")
    for typed in ("Aisha", "Otieno", "f", "28y"):
        keys.type_text(typed)
        keys.press("Return")
    alike = window.desk.form_page.alike.list
    assert keys.wait_until(lambda: [row.hit.name for row in alike.rows()] == ["OTIENO, Asha"])
    keys.press("Ctrl+Return")
    assert [hit.name for hit in find_patients(stocked_clinic, CLERK, "otieno")] == ["OTIENO, Asha"]
    assert keys.focus_name() == "reception.alike"
    keys.press("Return")
    assert window.banner() == "OTIENO, Asha"
    assert keys.focus_name() == "reception.kind"
    assert not window.desk.form_page.new_form.dirty


def test_another_person_of_that_name_is_registered_by_saving_again(
    stocked_clinic: Clinic, window: OpenReception
) -> None:
    keys.press("Ctrl+N")
    for typed in ("Asha", "Otieno", "f", "5/3/98"):
        keys.type_text(typed)
        keys.press("Return")
    keys.press("Ctrl+Return")
    form = window.desk.form_page.new_form
    assert form.save_button.text().replace("&", "") == "Register as another person"
    keys.press("F6")
    assert keys.focus_name() == "reception.given_name"
    keys.press("F6")
    assert keys.focus_name() == "reception.alike"
    keys.press("Ctrl+Return")
    assert len(find_patients(stocked_clinic, CLERK, "asha otieno")) == 2


def test_an_unknown_person_is_red_with_the_doctor_after_two_keys(stocked_clinic: Clinic, window: OpenReception) -> None:
    keys.press("F9")
    assert keys.focus_name() == "reception.register_unknown"
    keys.press("Return")
    assert keys.wait_until(lambda: keys.focus_name() == "reception.search")
    (row,) = waiting(stocked_clinic, ServicePoint.DOCTOR)
    assert (row.patient_name, row.colour) == ("Unknown person", "red")
    keys.press("F9")
    keys.press("Alt+S")
    keys.type_text("m")
    keys.press("Return")
    keys.type_text("found at the market")
    keys.press("Return")
    keys.press("Return")
    assert keys.wait_until(lambda: len(waiting(stocked_clinic, ServicePoint.DOCTOR)) == 2)
    assert waiting(stocked_clinic, ServicePoint.DOCTOR)[1].patient_name == "Unknown man"
    keys.press("F9")
    keys.press("Esc")
    assert len(waiting(stocked_clinic, ServicePoint.DOCTOR)) == 2


def test_a_scanned_card_opens_its_patient_at_once(stocked_clinic: Clinic, window: OpenReception) -> None:
    made = register(stocked_clinic, person("Peter", "Kamau", Sex.MALE))
    window.open(made.mrn)
    assert window.banner() == "KAMAU, Peter"


def test_arrows_choose_while_the_line_keeps_the_focus(stocked_clinic: Clinic, window: OpenReception) -> None:
    make_patient(stocked_clinic, "Asha", "Kamau")
    window.search("asha")
    names = window.found()
    keys.press("Down")
    assert keys.focus_name() == "reception.search"
    keys.press("Down")
    keys.press("Up")
    keys.press("Down")
    keys.press("Return")
    assert window.banner() == names[1]
    keys.press("Esc")
    assert (window.banner(), keys.focus_name()) == ("", "reception.search")


def test_near_names_are_offered_when_nobody_is_called_so(window: OpenReception) -> None:
    window.search("otiemo")
    assert window.found() == ["OTIENO, Asha"]
    assert "Nobody is called" in window.desk.find_page.heading.text()
    keys.press("Esc")
    assert window.desk.find_page.lists.currentWidget() is window.desk.find_page.today
    window.search("zzyzx")
    keys.press("Return")
    assert window.banner() == ""


def test_every_letter_has_one_owner_on_every_page(stocked_clinic: Clinic, window: OpenReception) -> None:
    assert shared_letters(window.frame) == []
    keys.press("Ctrl+N")
    keys.type_text("Wanjiku")
    window.desk.form_page.new_form.allergy_state.set_value(AllergyState.RECORDED)
    assert shared_letters(window.frame) == []
    keys.press("Esc")
    window.open("asha otieno")
    assert shared_letters(window.frame) == []
    keys.press("Alt+C")
    assert shared_letters(window.frame) == []
    keys.press("Esc")
    keys.press("Ctrl+Return")
    window.open("asha otieno")
    assert shared_letters(window.frame) == []


def test_a_follow_up_is_marked_as_coming_again(stocked_clinic: Clinic, window: OpenReception) -> None:
    window.open("asha otieno")
    keys.type_text("f")
    assert window.desk.patient_page.form.occurrence.value() is Occurrence.REPEAT
    keys.press("Ctrl+Return")
    assert visits_of_today(stocked_clinic, CLERK)[0].kind is VisitKind.FOLLOW_UP


def test_somebody_collapsed_goes_straight_to_red(stocked_clinic: Clinic, window: OpenReception) -> None:
    window.open("asha otieno")
    keys.press("Alt+S")
    keys.press("Ctrl+Return")
    assert waiting(stocked_clinic, ServicePoint.DOCTOR)[0].colour == "red"


def test_another_stations_visit_appears_by_itself(stocked_clinic: Clinic, window: OpenReception) -> None:
    made = make_visit(stocked_clinic, make_patient(stocked_clinic, "Peter", "Kamau"))
    window.given.background.announce(frozenset({"board"}))
    rows: Any = window.desk.find_page.today.rows
    assert keys.wait_until(lambda: [row.number for row in rows()] == [made.number])
    assert date(2026, 3, 5) == rows()[0].day
