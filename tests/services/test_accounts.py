"""Signing in: right, wrong, locked; the second person; PINs."""

import pytest

from hms_desktop.data.audit_chain import broken_links
from hms_desktop.domain.errors import NotSignedIn, SignInLocked
from hms_desktop.services.accounts import SetPin, SignIn, SignInWithPin, set_pin, sign_in, sign_in_with_pin
from hms_desktop.services.clinic import Clinic
from tests.stores import PASSWORD, Clock


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
