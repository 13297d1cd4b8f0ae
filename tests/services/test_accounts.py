"""Signing in: right, wrong, locked; the second person; PINs."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hms_desktop.data.audit_chain import broken_links
from hms_desktop.domain.errors import NotSignedIn, SignInLocked
from hms_desktop.services.accounts import (
    SetPin,
    SignIn,
    SignInWithPin,
    Standing,
    note_activity,
    set_pin,
    sign_in,
    sign_in_with_pin,
    sign_out,
    standing,
)
from hms_desktop.services.administration.facility import (
    CorrectFacility,
    CorrectStation,
    correct_facility,
    correct_station,
    list_stations,
)
from hms_desktop.services.administration.users import DeactivateUser, EndSession, deactivate_user, end_session
from hms_desktop.services.clinic import Clinic, follow_store, topic_versions
from tests.make.accounts import administrator, user_row
from tests.stores import PASSWORD, Clock, actor_for, make_user


def test_the_administrator_signs_in_with_name_in_any_case(clinic: Clinic) -> None:
    actor = sign_in(clinic, SignIn(username=" ADMIN ", password=PASSWORD))
    assert actor.windows == ("admin",)
    assert actor.may("accounts.create")
    with clinic.store.reading() as connection:
        assert list(broken_links(connection)) == []


def test_too_many_wrong_passwords_lock_the_account_for_a_while(clinic: Clinic, clock: Clock) -> None:
    for _try in range(4):
        with pytest.raises(NotSignedIn):
            sign_in(clinic, SignIn(username="admin", password="wrong"))
    with pytest.raises(SignInLocked):
        sign_in(clinic, SignIn(username="admin", password="wrong"))
    with pytest.raises(SignInLocked):
        sign_in(clinic, SignIn(username="admin", password=PASSWORD))
    clock.forward(minutes=11)
    assert sign_in(clinic, SignIn(username="admin", password=PASSWORD)).username == "admin"


def test_a_pin_opens_the_station_only_after_it_was_set(clinic: Clinic) -> None:
    with pytest.raises(NotSignedIn):
        sign_in_with_pin(clinic, SignInWithPin(username="admin", pin="4711"))
    actor = sign_in(clinic, SignIn(username="admin", password=PASSWORD))
    set_pin(clinic, actor, SetPin(password=PASSWORD, pin="4711"))
    assert sign_in_with_pin(clinic, SignInWithPin(username="admin", pin="4711")).user_id == actor.user_id


def test_how_somebody_stands_follows_what_an_administrator_does(clinic: Clinic) -> None:
    admin = administrator(clinic)
    other = replace(administrator(clinic), language="fr")
    now = standing(clinic, other)
    assert now == Standing(admin_now := replace(admin, session_id=other.session_id))
    assert now.actor == admin_now
    assert other.session_id is not None
    end_session(clinic, admin, EndSession(session_id=other.session_id))
    assert standing(clinic, other) == Standing(None, "ended")
    assert not note_activity(clinic, other)
    sign_out(clinic, other)
    nurse = make_user(clinic, "nurse")
    assert standing(clinic, nurse).actor == replace(nurse, username=user_row(clinic, nurse.user_id).username)
    version = user_row(clinic, nurse.user_id).version
    deactivate_user(clinic, admin, DeactivateUser(user_id=nurse.user_id, version=version, reason="left"))
    assert standing(clinic, nurse) == Standing(None, "closed")


def test_a_sign_in_and_its_end_move_the_list_of_sign_ins(clinic: Clinic) -> None:
    seen = [topic_versions(clinic)["sessions"]]
    admin = administrator(clinic)
    for step in (note_activity, sign_out):
        seen.append(topic_versions(clinic)["sessions"])
        step(clinic, admin)
    seen.append(topic_versions(clinic)["sessions"])
    assert seen == sorted(set(seen))


def test_a_clinic_follows_its_store(clinic: Clinic, another_station: Callable[[], Clinic]) -> None:
    elsewhere = another_station()
    assert follow_store(clinic) == frozenset()
    admin = administrator(elsewhere)
    correct_facility(elsewhere, admin, CorrectFacility(version=1, name="Lake View", licence_number="L-1", phone="1"))
    (row,) = list_stations(elsewhere, admin)
    assert row.stock_location_id is not None
    correct_station(
        elsewhere, admin,
        CorrectStation(
            station_id=row.id, version=row.version, name="Front", receipt_paper=row.receipt_paper,
            stock_location_id=row.stock_location_id,
        ),
    )  # fmt: skip
    assert clinic.facility.name == "Test Clinic"
    assert follow_store(clinic) == {"name", "phone", "address", "station"}
    assert (clinic.facility.name, clinic.station.name) == ("Lake View", "Front")
    with clinic.read(actor_for("nurse")) as reader:
        assert reader.facility.name == "Lake View"
