"""Users: made with a one-time password, corrected, closed, unlocked; somebody is always left to administer."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hms_desktop.data.queries.administration import users as queries
from hms_desktop.data.tables.accounts import Role, UserAccount, UserRole
from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.data.tables.facility import Department, SaveKey
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.errors import (
    AlreadyExists,
    ClinicError,
    InvalidValue,
    LastAdministrator,
    NotAllowed,
    NotFound,
    NotSignedIn,
    OwnAccount,
    ReasonNeeded,
    SignInLocked,
    StaleRecord,
    WrongState,
)
from hms_desktop.domain.ids import new_id
from hms_desktop.domain.patients import Sex
from hms_desktop.services.accounts import (
    ChangePassword,
    SignIn,
    change_password,
    note_activity,
    sign_in,
    sign_out,
)
from hms_desktop.services.administration.roles import CreateRole, create_role
from hms_desktop.services.administration.users import (
    CorrectUser,
    CreateUser,
    DeactivateUser,
    EndSession,
    ReactivateUser,
    ResetPassword,
    UnlockUser,
    correct_user,
    create_user,
    deactivate_user,
    end_session,
    list_users,
    one_time_password,
    reactivate_user,
    reset_password,
    sessions_of,
    unlock_user,
)
from hms_desktop.services.clinic import Clinic
from tests.make.accounts import actions_about, administrator, role_ids, user_row
from tests.stores import PASSWORD, Clock, actor_for, make_user


def nurse(clinic: Clinic, actor: Actor, **more: object) -> CreateUser:
    values: dict[str, object] = {"given_name": "Asha", "family_name": "Otieno", "role_ids": role_ids(clinic, "nurse")}
    return CreateUser(**{**values, **more})  # type: ignore[arg-type]


def correction(clinic: Clinic, user_id: object, **more: object) -> CorrectUser:
    row = user_row(clinic, user_id)  # type: ignore[arg-type]
    values: dict[str, object] = {
        "user_id": row.id, "version": row.version, "given_name": row.given_name, "family_name": row.family_name,
        "role_ids": row.role_ids,
    }  # fmt: skip
    return CorrectUser(**{**values, **more})  # type: ignore[arg-type]


def test_a_new_user_signs_in_once_with_the_first_password_and_chooses_another(clinic: Clinic) -> None:
    admin = administrator(clinic)
    command = nurse(clinic, admin, email="Asha@Example.org", gender=Sex.FEMALE, licence_number=" N-12 ")
    saved = create_user(clinic, admin, command).value
    assert saved.username == "a.otieno"
    actor = sign_in(clinic, SignIn(username="asha@example.ORG", password=command.password))
    assert actor.must_change_password
    assert actor.windows == ("triage",)
    change_password(clinic, actor, ChangePassword(old=command.password, new="seven quiet drums"))
    again = sign_in(clinic, SignIn(username="a.otieno", password="seven quiet drums"))
    assert not again.must_change_password
    row = user_row(clinic, saved.user_id)
    assert (row.name, row.roles, row.licence_number, row.open_sessions) == ("Asha Otieno", ("Nurse",), "N-12", 2)
    assert row.last_activity_at is not None


def test_the_first_password_is_kept_nowhere(clinic: Clinic) -> None:
    admin = administrator(clinic)
    command = nurse(clinic, admin)
    create_user(clinic, admin, command)
    with clinic.read(SYSTEM) as reader:
        kept = [
            str(row) for table in (AuditEvent, SaveKey, UserAccount) for row in reader.rows(select(table.__table__))
        ]
    assert kept
    assert not any(command.password in text for text in kept)
    assert command.password not in repr(command)


def test_one_time_passwords_differ_and_have_no_letter_that_is_misread() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert not {"0", "o", "1", "l", "i"} & set("".join(made))


def test_the_same_save_twice_makes_one_user(clinic: Clinic) -> None:
    admin = administrator(clinic)
    command = nurse(clinic, admin)
    first = create_user(clinic, admin, command)
    second = create_user(clinic, admin, command)
    assert second.repeated
    assert second.value == first.value
    assert len(list_users(clinic, admin)) == 2


def test_a_user_name_that_is_taken_gets_a_number(clinic: Clinic) -> None:
    admin = administrator(clinic)
    names = [create_user(clinic, admin, nurse(clinic, admin)).value.username for _ in range(3)]
    assert names == ["a.otieno", "a.otieno2", "a.otieno3"]


def test_a_user_name_may_be_chosen_and_is_then_refused_when_taken(clinic: Clinic) -> None:
    admin = administrator(clinic)
    assert create_user(clinic, admin, nurse(clinic, admin, username=" Sister.Asha ")).value.username == "sister.asha"
    with pytest.raises(AlreadyExists) as refused:
        create_user(clinic, admin, nurse(clinic, admin, username="sister.asha"))
    assert refused.value.field == "username"
    with pytest.raises(InvalidValue) as odd:
        create_user(clinic, admin, nurse(clinic, admin, username="Sister Asha!"))
    assert odd.value.facts["reason"] == "username"


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        ({"given_name": " ", "family_name": ""}, "given_name", "required"),
        ({"given_name": "x" * 81}, "given_name", "too_long"),
        ({"email": "not an address"}, "email", "format"),
        ({"birth_date": date(2027, 1, 1)}, "birth_date", "future"),
        ({"phone": "0\x001"}, "phone", "characters"),
    ],
)
def test_details_that_can_not_be_are_refused_beside_their_field(
    clinic: Clinic, more: dict[str, object], field: str, reason: str
) -> None:
    admin = administrator(clinic)
    with pytest.raises(InvalidValue) as refused:
        create_user(clinic, admin, nurse(clinic, admin, **more))
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)


def test_an_address_belongs_to_one_user(clinic: Clinic) -> None:
    admin = administrator(clinic)
    first = create_user(clinic, admin, nurse(clinic, admin, email="asha@example.org")).value
    with pytest.raises(AlreadyExists) as refused:
        create_user(clinic, admin, nurse(clinic, admin, email="ASHA@example.org"))
    assert refused.value.field == "email"
    kept = correct_user(clinic, admin, correction(clinic, first.user_id, email="asha@example.org")).value
    assert kept.version == first.version + 1


def test_a_user_may_belong_to_a_department_that_exists(clinic: Clinic) -> None:
    admin = administrator(clinic)
    with clinic.work(SYSTEM, "tests.department") as work:
        department = work.insert(Department, name="Triage", name_folded="triage", code="triage", active=True)
        work.finish()
    saved = create_user(clinic, admin, nurse(clinic, admin, department_id=department)).value
    assert user_row(clinic, saved.user_id).department == "Triage"
    with pytest.raises(NotFound):
        create_user(clinic, admin, nurse(clinic, admin, department_id=new_id()))


def test_a_correction_changes_details_and_roles_and_leaves_a_trace(clinic: Clinic) -> None:
    admin = administrator(clinic)
    saved = create_user(clinic, admin, nurse(clinic, admin)).value
    wanted = role_ids(clinic, "doctor", "cashier")
    correct_user(clinic, admin, correction(clinic, saved.user_id, family_name="Achieng", role_ids=wanted))
    row = user_row(clinic, saved.user_id)
    assert (row.family_name, set(row.role_ids)) == ("Achieng", set(wanted))
    assert "users.correct_user" in actions_about(clinic, saved.user_id)
    with clinic.read(SYSTEM) as reader:
        reasons = [
            r.void_reason for r in reader.rows(select(UserRole.void_reason).where(UserRole.voided_at.is_not(None)))
        ]
    assert reasons == ["taken_away"]


def test_a_stale_correction_is_refused(clinic: Clinic) -> None:
    admin = administrator(clinic)
    saved = create_user(clinic, admin, nurse(clinic, admin)).value
    old = correction(clinic, saved.user_id, phone="0700 1")
    correct_user(clinic, admin, correction(clinic, saved.user_id, phone="0700 2"))
    with pytest.raises(StaleRecord) as refused:
        correct_user(clinic, admin, old)
    assert refused.value.facts["current"]["phone"] == "0700 2"  # type: ignore[index]


def test_a_role_that_is_gone_or_a_user_that_is_gone_is_not_found(clinic: Clinic) -> None:
    admin = administrator(clinic)
    with pytest.raises(NotFound):
        create_user(clinic, admin, nurse(clinic, admin, role_ids=(new_id(),)))
    saved = create_user(clinic, admin, nurse(clinic, admin)).value
    (doctor,) = role_ids(clinic, "doctor")
    with clinic.work(SYSTEM, "tests.void") as work:
        work.void(UserAccount, saved.user_id, "a mistake")
        work.void(Role, doctor, "no doctors here")
        work.finish()
    with pytest.raises(NotFound):
        create_user(clinic, admin, nurse(clinic, admin, role_ids=(doctor,)))
    with pytest.raises(NotFound):
        unlock_user(clinic, admin, UnlockUser(user_id=saved.user_id))


def test_a_closed_account_cannot_sign_in_and_its_sessions_end(clinic: Clinic) -> None:
    admin = administrator(clinic)
    command = nurse(clinic, admin)
    saved = create_user(clinic, admin, command).value
    actor = sign_in(clinic, SignIn(username=saved.username, password=command.password))
    assert note_activity(clinic, actor)
    version = user_row(clinic, saved.user_id).version
    closing = DeactivateUser(user_id=saved.user_id, version=version, reason=" has left ")
    closed = deactivate_user(clinic, admin, closing).value
    assert not note_activity(clinic, actor)
    with pytest.raises(NotSignedIn):
        sign_in(clinic, SignIn(username=saved.username, password=command.password))
    with pytest.raises(WrongState):
        deactivate_user(clinic, admin, DeactivateUser(user_id=saved.user_id, version=closed.version, reason="again"))
    with pytest.raises(WrongState):
        reset_password(clinic, admin, ResetPassword(user_id=saved.user_id))
    opened = reactivate_user(clinic, admin, ReactivateUser(user_id=saved.user_id, version=closed.version)).value
    sign_in(clinic, SignIn(username=saved.username, password=command.password))
    with pytest.raises(WrongState):
        reactivate_user(clinic, admin, ReactivateUser(user_id=saved.user_id, version=opened.version))
    assert "users.closed" in actions_about(clinic, saved.user_id)


def test_closing_needs_a_reason_and_never_the_own_account(clinic: Clinic) -> None:
    admin = administrator(clinic)
    with pytest.raises(ReasonNeeded):
        deactivate_user(clinic, admin, DeactivateUser(user_id=new_id(), version=1, reason=" "))
    with pytest.raises(OwnAccount):
        deactivate_user(clinic, admin, DeactivateUser(user_id=admin.user_id, version=1, reason="tired"))


def test_the_last_administrator_can_not_be_closed_or_lose_the_role(clinic: Clinic) -> None:
    admin = administrator(clinic)
    other = make_user(clinic, "administrator", name="Omar Second")
    row = user_row(clinic, admin.user_id)
    closed = deactivate_user(clinic, other, DeactivateUser(user_id=row.id, version=row.version, reason="moved"))
    assert closed.value.user_id == admin.user_id
    with pytest.raises(LastAdministrator) as refused:
        correct_user(clinic, other, correction(clinic, other.user_id, role_ids=role_ids(clinic, "nurse")))
    assert refused.value.facts["name"] == "Omar Second"
    row = user_row(clinic, other.user_id)
    closing = DeactivateUser(user_id=row.id, version=row.version, reason="moved")
    with pytest.raises(LastAdministrator):
        deactivate_user(clinic, actor_for("administrator"), closing)


def test_two_administrators_who_close_each_other_leave_one(
    clinic: Clinic, another_station: Callable[[], Clinic]
) -> None:
    first, second = (make_user(clinic, "administrator", name=name) for name in ("Ada One", "Bea Two"))
    admin = next(row for row in list_users(clinic, first) if row.username == "admin")
    deactivate_user(clinic, first, DeactivateUser(user_id=admin.id, version=admin.version, reason="moved"))
    elsewhere = another_station()
    ready = threading.Barrier(2)
    results: list[str] = []

    def close(here: Clinic, actor: Actor, other: Actor) -> None:
        version = user_row(here, other.user_id).version
        ready.wait(10)
        try:
            deactivate_user(here, actor, DeactivateUser(user_id=other.user_id, version=version, reason="moved"))
            results.append("closed")
        except ClinicError as error:
            results.append(error.code)

    threads = [
        threading.Thread(target=close, args=(clinic, first, second)),
        threading.Thread(target=close, args=(elsewhere, second, first)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == ["closed", "last_administrator"]
    with clinic.read(SYSTEM) as reader:
        assert sum(each.administers for each in queries.who_may_sign_in(reader)) == 1


def test_a_new_first_password_ends_sessions_and_the_lock(clinic: Clinic, clock: Clock) -> None:
    admin = administrator(clinic)
    command = nurse(clinic, admin)
    saved = create_user(clinic, admin, command).value
    sign_in(clinic, SignIn(username=saved.username, password=command.password))
    for _try in range(4):
        with pytest.raises(NotSignedIn):
            sign_in(clinic, SignIn(username=saved.username, password="wrong"))
    with pytest.raises(SignInLocked):
        sign_in(clinic, SignIn(username=saved.username, password="wrong"))
    assert user_row(clinic, saved.user_id).locked_until is not None
    reset = ResetPassword(user_id=saved.user_id)
    reset_password(clinic, admin, reset)
    row = user_row(clinic, saved.user_id)
    assert (row.locked_until, row.open_sessions, row.must_change_password) == (None, 0, True)
    assert sign_in(clinic, SignIn(username=saved.username, password=reset.password)).must_change_password
    mine = ResetPassword(user_id=admin.user_id)
    reset_password(clinic, admin, mine)
    assert note_activity(clinic, admin)


def test_unlocking_lets_somebody_try_at_once(clinic: Clinic) -> None:
    admin = administrator(clinic)
    user = make_user(clinic, "nurse", username="n.one")
    for _try in range(5):
        with pytest.raises((NotSignedIn, SignInLocked)):
            sign_in(clinic, SignIn(username="n.one", password="wrong"))
    unlock_user(clinic, admin, UnlockUser(user_id=user.user_id))
    with pytest.raises(NotSignedIn):
        sign_in(clinic, SignIn(username="n.one", password="wrong"))


def test_a_session_elsewhere_is_listed_and_ended_once(clinic: Clinic, clock: Clock) -> None:
    admin = administrator(clinic)
    clock.forward(minutes=5)
    second = sign_in(clinic, SignIn(username="admin", password=PASSWORD))
    sign_out(clinic, admin)
    rows = sessions_of(clinic, second, second.user_id)
    assert [row.ended_at is None for row in rows] == [True, False]
    assert rows[0].station == clinic.station.code
    assert rows[0].started_at - rows[1].started_at >= timedelta(minutes=5)
    assert second.session_id is not None
    assert end_session(clinic, second, EndSession(session_id=second.session_id)).value
    assert not end_session(clinic, second, EndSession(session_id=second.session_id)).value
    assert not note_activity(clinic, second)
    assert sessions_of(clinic, second, second.user_id)[0].end_reason == "ended_by_other"


def test_who_may_not_change_roles_may_not_give_or_take_over_that_right(clinic: Clinic) -> None:
    admin = administrator(clinic)
    helper_role = create_role(
        clinic, admin,
        CreateRole(name="Helper", rights=("accounts.view", "accounts.create", "accounts.correct"), windows=("admin",)),
    ).value.role_id  # fmt: skip
    command = CreateUser(given_name="Hana", family_name="Helper", role_ids=(helper_role,))
    create_user(clinic, admin, command)
    helper = sign_in(clinic, SignIn(username="h.helper", password=command.password))
    made = create_user(clinic, helper, nurse(clinic, helper)).value
    assert made.username == "a.otieno"
    with pytest.raises(NotAllowed):
        create_user(clinic, helper, nurse(clinic, helper, role_ids=role_ids(clinic, "administrator")))
    with pytest.raises(NotAllowed):
        reset_password(clinic, helper, ResetPassword(user_id=admin.user_id))
    with pytest.raises(NotAllowed):
        correct_user(clinic, helper, correction(clinic, admin.user_id, phone="1"))


def test_users_are_for_those_who_hold_the_right(clinic: Clinic) -> None:
    doctor, manager = actor_for("doctor"), actor_for("hospital_manager")
    with pytest.raises(NotAllowed):
        list_users(clinic, doctor)
    assert [row.username for row in list_users(clinic, manager)] == ["admin"]
    with pytest.raises(NotAllowed):
        create_user(clinic, manager, CreateUser(given_name="X"))
    with pytest.raises(NotAllowed):
        unlock_user(clinic, manager, UnlockUser(user_id=new_id()))
