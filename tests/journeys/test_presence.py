"""Somebody at work while things change: the idle lock, a colleague with a PIN, an administrator at another PC."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from hms_desktop.data.tables.accounts import LoginSession
from hms_desktop.data.tables.audit import Paper
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.billing import ClinicProfile
from hms_desktop.services.administration.facility import CorrectFacility, clinic_details, correct_facility
from hms_desktop.services.administration.roles import CorrectRole, correct_role, list_roles
from hms_desktop.services.administration.settings import ChangeSettings, SettingChange, change_settings
from hms_desktop.services.administration.users import (
    DeactivateUser,
    EndSession,
    deactivate_user,
    end_session,
    sessions_of,
)
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.kit import keys
from hms_desktop.ui.shell import lock
from tests.documents.reading import text_of
from tests.make.accounts import administrator, user_row
from tests.make.station import PIN, Hands, colleague, sit_down
from tests.stores import PASSWORD

pytestmark = pytest.mark.journey
Elsewhere = Callable[[], Clinic]
CLOCK = "hms_desktop.ui.shell.lock.monotonic"
SOON_MS = 4000
"""A store on this PC is looked at every two seconds, one on the LAN every second and at its doorbell."""


@pytest.fixture
def elsewhere(another_station: Elsewhere) -> Clinic:
    """The same clinic at another PC."""
    return another_station()


@pytest.fixture
def zola(elsewhere: Clinic) -> Actor:
    """A receptionist."""
    return colleague(elsewhere, "receptionist", username="zola", name="Zola Clerk")


@pytest.fixture
def hands(
    location: str, zola: Actor, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hands]:
    """Zola's station, signed in, a new patient half typed; the idle watch looks often."""
    monkeypatch.setattr(lock, "LOOK_EVERY_MS", 20)
    made = sit_down(location, tmp_path / "home", "reception", tmp_path)
    try:
        made.begin(zola.username)
        half_typed(made, "Asha")
        yield made
    finally:
        made.program.close()
        made.program.window.deleteLater()


def half_typed(hands: Hands, name: str) -> None:
    hands.at("reception.search")
    hands.press("Ctrl+N")
    hands.at("reception.given_name")
    hands.type(name)


def typed(hands: Hands) -> str:
    """What stands in the given name."""
    found: Any = hands.find("reception.given_name")
    return "" if found is None else str(found.text())


def open_sign_ins(clinic: Clinic, who: Actor) -> list[Any]:
    with clinic.read(SYSTEM) as reader:
        statement = select(LoginSession.id).where(LoginSession.user_id == who.user_id, LoginSession.ended_at.is_(None))
        return [row.id for row in reader.rows(statement)]


def restore_draft(hands: Hands) -> None:
    hands.until(lambda: hands.find("reception.new_form_restore_draft") is not None, "the draft to be offered")
    hands.use("reception.new_form_restore_draft")


def notice(hands: Hands) -> str:
    """What the sign-in page says."""
    found: Any = hands.find("sign_in.notice")
    return "" if found is None else str(found.text)


def test_the_idle_lock_keeps_the_form_and_one_sign_in(
    hands: Hands, zola: Actor, elsewhere: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame, first = hands.program.frame, open_sign_ins(elsewhere, zola)
    monkeypatch.setattr(CLOCK, lambda: monotonic() + 24 * 3600)
    hands.until(lambda: hands.page_is("lock"), "the lock")
    monkeypatch.setattr(CLOCK, monotonic)
    hands.at("lock.secret")
    hands.enter("0000")
    hands.settled()
    assert hands.page_is("lock")
    hands.enter(PIN)
    hands.until(lambda: hands.page_is("frame"), "the work")
    assert hands.program.frame is frame
    assert typed(hands) == "Asha"
    hands.settled()
    assert frame is not None
    assert open_sign_ins(elsewhere, zola) == [frame.context.actor.session_id]
    assert first != open_sign_ins(elsewhere, zola)


def test_who_works_is_noted_once_in_a_while_and_not_with_every_key(
    hands: Hands, zola: Actor, elsewhere: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted() -> list[Any]:
        with elsewhere.read(SYSTEM) as reader:
            return [row.version for row in reader.rows(select(LoginSession.version))]

    assert noted() == [1]
    hands.type("abcdefghij")
    hands.settled()
    assert noted() == [1]
    monkeypatch.setattr(CLOCK, lambda: monotonic() + lock.NOTE_EVERY_S + 1)
    hands.type("k")
    hands.until(lambda: noted() == [2], "the activity to be noted")
    hands.type("lmn")
    hands.settled()
    assert noted() == [2]


def test_two_colleagues_share_a_pc_and_each_finds_the_own_draft(hands: Hands, elsewhere: Clinic) -> None:
    colleague(elsewhere, "receptionist", username="yara", name="Yara Desk")
    hands.switch_to("yara", PIN)
    half_typed(hands, "Brian")
    hands.settled()
    assert typed(hands) == "Brian"
    assert hands.find("reception.new_form_restore_draft") is None
    hands.switch_to("zola", PIN)
    half_typed(hands, "")
    restore_draft(hands)
    hands.until(lambda: typed(hands) == "Asha", "what Zola typed")
    hands.switch_to("yara", PIN)
    half_typed(hands, "")
    restore_draft(hands)
    hands.until(lambda: typed(hands) == "Brian", "what Yara typed")


def test_a_sign_in_ended_elsewhere_is_told_and_the_form_becomes_a_draft(
    hands: Hands, zola: Actor, elsewhere: Clinic
) -> None:
    admin = administrator(elsewhere)
    (session, *_) = [each for each in sessions_of(elsewhere, admin, zola.user_id) if each.ended_at is None]
    end_session(elsewhere, admin, EndSession(session_id=session.id))
    assert keys.wait_until(lambda: hands.page_is("sign_in"), SOON_MS)
    assert notice(hands) == "An administrator ended your sign-in. What was typed is kept: sign in to go on."
    hands.begin("zola")
    half_typed(hands, "")
    restore_draft(hands)
    hands.until(lambda: typed(hands) == "Asha", "what was typed before")


def test_a_closed_account_leaves_the_window_at_once(hands: Hands, zola: Actor, elsewhere: Clinic) -> None:
    admin = administrator(elsewhere)
    version = user_row(elsewhere, zola.user_id).version
    deactivate_user(elsewhere, admin, DeactivateUser(user_id=zola.user_id, version=version, reason="left the clinic"))
    assert keys.wait_until(lambda: hands.page_is("sign_in"), SOON_MS)
    assert notice(hands).startswith("Your account was closed.")
    hands.press("Alt+U", "Ctrl+A")
    hands.enter("zola", PASSWORD)
    hands.settled()
    assert hands.page_is("sign_in")


def test_other_rights_reach_the_window_and_the_form_becomes_a_draft(
    hands: Hands, zola: Actor, elsewhere: Clinic
) -> None:
    admin = administrator(elsewhere)
    role = next(each for each in list_roles(elsewhere, admin) if each.code == "receptionist")
    rights = (*role.rights, "triage.view")
    correct_role(
        elsewhere, admin,
        CorrectRole(
            role_id=role.id, version=role.version, name=role.name, description=role.description, rights=rights,
            windows=(*role.windows, "triage"),
        ),
    )  # fmt: skip
    old = hands.program.frame
    assert keys.wait_until(lambda: hands.program.frame is not old, SOON_MS)
    assert hands.program.frame is not None
    assert hands.program.frame.context.actor.may("triage.view")
    assert [place.code for place in hands.program.frame.places] == ["reception", "triage"]
    hands.said("Your account was changed by an administrator")
    half_typed(hands, "")
    restore_draft(hands)
    hands.until(lambda: typed(hands) == "Asha", "what was typed before")


def correct(clinic: Clinic, **more: Any) -> None:
    """The administrator corrects the clinic's own data at another PC."""
    admin = administrator(clinic)
    known = clinic_details(clinic, admin).facility
    values: dict[str, Any] = {
        "version": known.version, "name": known.name, "address": known.address, "phone": known.phone,
        "licence_number": known.licence_number, "profile": known.profile,
    }  # fmt: skip
    correct_facility(clinic, admin, CorrectFacility(**{**values, **more}))


def test_another_name_of_the_clinic_reaches_window_and_papers(hands: Hands, elsewhere: Clinic) -> None:
    clinic, frame = hands.program.clinic, hands.program.frame
    assert clinic is not None
    correct(elsewhere, name="Lake View Clinic", licence_number="L-77")
    assert keys.wait_until(lambda: clinic.facility.name == "Lake View Clinic", SOON_MS)
    hands.until(lambda: hands.program.window.windowTitle().endswith("Lake View Clinic"), "the window's title")
    title: Any = hands.find("frame.title")
    assert "Lake View Clinic" in title.accessibleName()
    assert hands.program.frame is frame
    assert typed(hands) == "Asha"
    hands.choose("reception.sex", "f")
    hands.fill("reception.birth_date", "28y")
    hands.press("Ctrl+Return")
    hands.settled()
    with elsewhere.read(SYSTEM) as reader:
        papers = [row.pdf for row in reader.rows(select(Paper.pdf).where(Paper.kind == "patient-card"))]
    assert "Lake View Clinic" in text_of(papers[-1])
    assert "L-77" in text_of(papers[-1])


def test_other_rules_of_the_clinic_open_the_window_anew_with_the_draft(hands: Hands, elsewhere: Clinic) -> None:
    frame = hands.program.frame
    assert frame is not None
    desk = frame.desk
    correct(elsewhere, profile=ClinicProfile.PAY_FIRST)
    assert keys.wait_until(lambda: frame.desk is not desk, SOON_MS)
    assert hands.program.frame is frame
    assert frame.context.clinic.facility.profile is ClinicProfile.PAY_FIRST
    hands.said("The clinic's own data was changed")
    half_typed(hands, "")
    restore_draft(hands)
    hands.until(lambda: typed(hands) == "Asha", "what was typed before")


def test_another_patience_of_the_lock_holds_at_once(
    hands: Hands, elsewhere: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = administrator(elsewhere)
    change_settings(elsewhere, admin, ChangeSettings(changes=(SettingChange(name="idle_lock_minutes", value=120),)))
    hands.settled()
    hands.until(lambda: _locks_after(hands) == 120 * 60, "the new patience")
    monkeypatch.setattr(CLOCK, lambda: monotonic() + 119 * 60)
    keys.wait(50)
    assert hands.page_is("frame")


def _locks_after(hands: Hands) -> float:
    shift: Any = hands.program._shift
    return float(shift.presence._watch._seconds)
