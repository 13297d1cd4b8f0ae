"""An administrator's morning, by keys alone: people, roles, the clinic, the catalogue, prices, settings, the trail."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit

from hms_desktop.data.queries import settings as stored_settings
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.domain.errors import NotSignedIn
from hms_desktop.services.accounts import ChangePassword, SignIn, change_password, note_activity, sign_in
from hms_desktop.services.administration.facility import clinic_details
from hms_desktop.services.administration.medicines import list_medicines
from hms_desktop.services.clinic import Clinic, follow_store
from hms_desktop.ui.admin.audit_page import AuditPage
from hms_desktop.ui.admin.clinic_page import ClinicPage
from hms_desktop.ui.admin.settings_page import SettingsPage
from hms_desktop.ui.kit import keys
from tests.make.accounts import actions_about, user_row
from tests.make.admin_desk import OpenDesk, Shown, dialog_named, open_desk, type_fields
from tests.make.billing import billed_patient, charge
from tests.ui.kit.conftest import dressed, shown

__all__ = ["dressed", "shown"]
pytestmark = pytest.mark.journey
LOGO = Path(__file__).parents[2] / "resources" / "demo_clinic" / "logo.png"


@pytest.fixture
def desk(clinic: Clinic, shown: Shown) -> Iterator[OpenDesk]:
    opened = open_desk(clinic, shown)
    yield opened
    opened.desk.release()


def line(dialog: Any, name: str) -> str:
    found = dialog.findChild(QLineEdit, name)
    assert found is not None
    return str(found.text())


def add_nurse(desk: OpenDesk) -> tuple[str, str]:
    """Add Asha Otieno, a nurse; gives her user name and first password."""
    desk.go_to("users")
    keys.press("Ctrl+N")
    type_fields("Asha", "Otieno", "")
    assert keys.focus_name() == "admin.role_ids"
    keys.type_text("nur")
    keys.press("Space")
    keys.press("Ctrl+Return")
    dialog = dialog_named("admin.password")
    found = line(dialog, "admin.password_username"), line(dialog, "admin.password_shown")
    keys.press("Return")
    return found


def test_a_new_nurse_signs_in_and_must_choose_her_own_password(desk: OpenDesk) -> None:
    username, password = add_nurse(desk)
    assert username == "a.otieno"
    assert keys.focus_name() == "admin.users_list"
    actor = sign_in(desk.clinic, SignIn(username=username, password=password))
    assert (actor.must_change_password, actor.windows) == (True, ("triage",))
    change_password(desk.clinic, actor, ChangePassword(old=password, new="seven quiet drums"))
    assert not sign_in(desk.clinic, SignIn(username=username, password="seven quiet drums")).must_change_password


def test_an_account_is_corrected_given_a_password_closed_and_opened_again(desk: OpenDesk) -> None:
    username, password = add_nurse(desk)
    actor = sign_in(desk.clinic, SignIn(username=username, password=password))
    page = desk.list_page("users")
    page.load()
    desk.find("asha")
    keys.press("Return")
    type_fields("", "Achieng")
    keys.press("Ctrl+Return")
    assert desk.said()[-1] == "Saved. New rights count from the next sign-in."
    keys.press("Alt+W")
    keys.wait_until(lambda: keys.focus_name() == "admin.reset_cancel")
    keys.press("Alt+G")
    second = line(dialog_named("admin.password"), "admin.password_shown")
    keys.press("Return")
    assert not note_activity(desk.clinic, actor)
    with pytest.raises(NotSignedIn):
        sign_in(desk.clinic, SignIn(username=username, password=password))
    actor = sign_in(desk.clinic, SignIn(username=username, password=second))
    page.load()
    keys.press("Alt+C")
    dialog_named("admin.close")
    keys.type_text("Moved away")
    keys.press("Alt+L")
    assert desk.said()[-1] == "The account of Asha Achieng is closed."
    assert not user_row(desk.clinic, actor.user_id).active
    keys.press("Alt+E")
    assert desk.said()[-1] == "The account of Asha Achieng is open again."
    assert "users.closed" in actions_about(desk.clinic, actor.user_id)


def test_a_locked_user_is_unlocked_and_a_sign_in_elsewhere_is_ended(desk: OpenDesk) -> None:
    username, password = add_nurse(desk)
    actor = sign_in(desk.clinic, SignIn(username=username, password=password))
    for _try in range(5):
        with pytest.raises(Exception, match="sign"):
            sign_in(desk.clinic, SignIn(username=username, password="wrong"))
    page = desk.list_page("users")
    page.load()
    desk.find("asha")
    keys.press("Alt+U")
    assert desk.said()[-1] == "Asha Otieno may try again at once."
    keys.press("Alt+I")
    dialog_named("admin.sessions")
    assert keys.focus_name() == "admin.sessions_list"
    keys.press("Alt+E")
    assert not note_activity(desk.clinic, actor)
    keys.press("Alt+C")
    assert user_row(desk.clinic, actor.user_id).open_sessions == 0


def test_the_last_administrator_stays_one(desk: OpenDesk) -> None:
    page = desk.list_page("users")
    keys.press("Return")
    type_fields("", "")
    assert keys.focus_name() == "admin.role_ids"
    keys.type_text("adm")
    keys.press("Space")
    keys.press("Ctrl+Return")
    assert "nobody could change users and roles any more (Ada Admin is the last)" in desk.said()[-1]
    assert page.form.dirty
    assert user_row(desk.clinic, desk.actor.user_id).roles == ("Administrator",)


def test_a_role_gets_a_right_and_gives_it_at_the_next_sign_in(desk: OpenDesk) -> None:
    username, password = add_nurse(desk)
    desk.list_page("roles")
    desk.find("nurse")
    keys.press("Return")
    type_fields("", "Front and triage")
    keys.press("Return")
    assert keys.focus_name() == "admin.rights"
    keys.type_text("print")
    keys.press("Space")
    keys.press("Ctrl+Return")
    assert sign_in(desk.clinic, SignIn(username=username, password=password)).may("patients.print")
    keys.press("Ctrl+N")
    type_fields("Porter")
    keys.press("Ctrl+Return")
    desk.find("porter")
    keys.press("Alt+T")
    dialog_named("admin.role_void")
    keys.type_text("never used")
    keys.press("Alt+A")
    desk.find("porter")
    page = desk.list_page("roles")
    assert page.list.rows() == []


def test_the_clinic_gets_a_name_a_logo_and_pays_first(desk: OpenDesk) -> None:
    page = desk.go_to("clinic")
    assert isinstance(page, ClinicPage)
    assert keys.focus_name() == "admin.clinic_name"
    type_fields("Kisumu Hill Clinic", "", "", "", "", "L-77", "1998")
    assert keys.focus_name() == "admin.profile"
    keys.press("Right")
    page.form.logo.load(str(LOGO))
    keys.press("Ctrl+Return")
    assert desk.said() == ["Saved. New papers carry it."]
    kept = clinic_details(desk.clinic, desk.actor).facility
    assert (kept.name, kept.licence_number, kept.profile) == ("Kisumu Hill Clinic", "L-77", ClinicProfile.PAY_FIRST)
    assert kept.logo == LOGO.read_bytes()
    follow_store(desk.clinic)  # as the frame does when the settings move
    assert desk.given.clinic.facility.name == "Kisumu Hill Clinic"


def test_a_station_is_named(desk: OpenDesk) -> None:
    page = desk.list_page("stations")
    keys.press("Return")
    type_fields("Front desk")
    keys.press("Ctrl+Return")
    assert page.rows[0].name == "Front desk"


@pytest.fixture
def stocked_desk(stocked_clinic: Clinic, shown: Shown) -> Iterator[OpenDesk]:
    opened = open_desk(stocked_clinic, shown)
    yield opened
    opened.desk.release()


def test_a_new_price_is_charged_from_now_on(stocked_desk: OpenDesk) -> None:
    desk = stocked_desk
    guest = billed_patient(desk.clinic)
    before = charge(desk.clinic, SYSTEM, guest, "dressing_large").amount
    desk.go_to("prices")
    desk.find("dressing large")
    keys.press("Return")
    type_fields("425.50")
    assert keys.focus_name() == "admin.prices_save"
    keys.press("Return")
    assert keys.focus_name() == "admin.prices_list"
    after = charge(desk.clinic, SYSTEM, guest, "dressing_large").amount
    assert before != after == Decimal("425.50")


def test_a_medicine_is_added_with_what_the_safety_check_needs(stocked_desk: OpenDesk) -> None:
    desk = stocked_desk
    page = desk.list_page("medicines")
    keys.press("Ctrl+N")
    type_fields("amoxicillin", "amoxicilline", "1 g")
    keys.type_text("tablet")
    keys.press("Return")
    keys.press("Ctrl+Return")
    assert keys.focus_name() == "admin.ingredients"
    keys.type_text("amoxicilline, moonstone")
    keys.press("Return")
    assert page.form.field("ingredients").note.startswith("Not in the list: moonstone.")
    keys.press("Return")
    keys.type_text("Penicillins")
    keys.press("Ctrl+Return")
    assert desk.said()[-1] == "Saved."
    made = next(
        row for row in list_medicines(desk.clinic, desk.actor) if row.strength == "1 g" and row.form == "tablet"
    )
    assert (made.ingredients, made.drug_classes) == (("amoxicillin", "moonstone"), ("penicillin",))


def test_settings_are_changed_and_count_at_once(desk: OpenDesk) -> None:
    page = desk.go_to("settings")
    assert isinstance(page, SettingsPage)
    assert keys.focus_name() == "admin.idle_lock_minutes"
    type_fields("999")
    assert "1 to 240" in page.form.field("idle_lock_minutes").note
    type_fields("12", "", "", "")
    assert keys.focus_name() == "admin.lab_own_release"
    keys.press("Space")
    keys.press("Ctrl+Return")
    assert desk.said() == ["Saved. The settings count at once."]
    with desk.clinic.read(SYSTEM) as reader:
        assert stored_settings.whole(reader, "idle_lock_minutes") == 12
        assert stored_settings.flag(reader, "lab_own_release")
    keys.press("Ctrl+Return")
    assert desk.said()[-1] == "Nothing was changed."


def test_the_trail_tells_who_did_what_and_is_proved_whole(desk: OpenDesk) -> None:
    add_nurse(desk)
    page = desk.go_to("audit")
    assert isinstance(page, AuditPage)
    assert page.list.rows()[0].action == "audit.opened"
    desk.find("a.otieno")
    assert {row.subject for row in page.list.rows()} == {"Asha Otieno"}
    keys.press("Return")
    assert keys.focus_name() == "admin.audit_changes"
    assert "Given name" in {each.field.replace("_", " ").capitalize() for each in page.changes.rows()}
    keys.press("Alt+C")
    assert desk.said()[-1].startswith("Sound: ")


def test_a_second_administrator_is_refused_nothing_and_stays_when_the_first_goes(desk: OpenDesk) -> None:
    desk.go_to("users")
    keys.press("Ctrl+N")
    type_fields("Bea", "Second", "")
    keys.type_text("adm")
    keys.press("Space")
    keys.press("Ctrl+Return")
    dialog_named("admin.password")
    keys.press("Return")
    desk.find("ada")
    keys.press("Return")
    type_fields("", "")
    keys.type_text("adm")
    keys.press("Space")
    keys.press("Ctrl+Return")
    assert desk.said()[-1].startswith("Saved.")
    assert user_row(desk.clinic, desk.actor.user_id).roles == ()
