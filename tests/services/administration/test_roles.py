"""Roles: named lists of rights that the clinic edits; the way back to editing them is never lost."""

import pytest

from hms_desktop.domain.administration.users import RoleRow, rights_by_area
from hms_desktop.domain.errors import (
    AlreadyExists,
    InUse,
    InvalidValue,
    LastAdministrator,
    NotAllowed,
    NotFound,
    ReasonNeeded,
    StaleRecord,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.rights import RIGHTS, SHIPPED_ROLES
from hms_desktop.services.accounts import SignIn, sign_in
from hms_desktop.services.administration.roles import (
    CorrectRole,
    CreateRole,
    VoidRole,
    correct_role,
    create_role,
    list_roles,
    void_role,
)
from hms_desktop.services.administration.users import CreateUser, create_user
from hms_desktop.services.clinic import Clinic
from tests.make.accounts import actions_about, administrator
from tests.stores import actor_for, make_user


def role(clinic: Clinic, code: str) -> RoleRow:
    return next(row for row in list_roles(clinic, actor_for("administrator")) if row.code == code)


def correction(row: RoleRow, **more: object) -> CorrectRole:
    values: dict[str, object] = {
        "role_id": row.id, "version": row.version, "name": row.name, "rights": row.rights, "windows": row.windows,
    }  # fmt: skip
    return CorrectRole(**{**values, **more})  # type: ignore[arg-type]


def test_shipped_roles_are_listed_by_name_with_their_holders(clinic: Clinic) -> None:
    make_user(clinic, "nurse")
    rows = list_roles(clinic, actor_for("administrator"))
    assert len(rows) == len(SHIPPED_ROLES)
    assert [row.name for row in rows] == sorted((row.name for row in rows), key=str.casefold)
    assert (role(clinic, "nurse").users, role(clinic, "doctor").users) == (1, 0)


def test_a_role_of_the_clinics_own_gives_its_rights_at_the_next_sign_in(clinic: Clinic) -> None:
    admin = administrator(clinic)
    made = create_role(
        clinic, admin,
        CreateRole(name="Triage & desk", rights=("triage.view", "patients.view"), windows=("triage", "reception")),
    ).value  # fmt: skip
    row = next(each for each in list_roles(clinic, admin) if each.id == made.role_id)
    assert (row.code, row.windows, row.rights) == (
        "triage_desk", ("reception", "triage"), ("patients.view", "triage.view"),
    )  # fmt: skip
    command = CreateUser(given_name="Zuri", role_ids=(made.role_id,))
    create_user(clinic, admin, command)
    assert sign_in(clinic, SignIn(username="zuri", password=command.password)).rights == {
        "triage.view",
        "patients.view",
    }
    correct_role(clinic, admin, correction(row, rights=(*row.rights, "triage.create"), description="Both desks"))
    assert sign_in(clinic, SignIn(username="zuri", password=command.password)).may("triage.create")
    assert actions_about(clinic, made.role_id) == ["roles.create_role", "roles.correct_role"]


def test_two_roles_never_share_a_name_but_codes_take_a_number(clinic: Clinic) -> None:
    admin = administrator(clinic)
    with pytest.raises(AlreadyExists):
        create_role(clinic, admin, CreateRole(name="  NURSE "))
    gone = create_role(clinic, admin, CreateRole(name="Porter")).value
    void_role(clinic, admin, VoidRole(role_id=gone.role_id, version=1, reason="not needed"))
    again = create_role(clinic, admin, CreateRole(name="Porter")).value
    assert next(r.code for r in list_roles(clinic, admin) if r.id == again.role_id) == "porter_2"
    with pytest.raises(InvalidValue):
        create_role(clinic, admin, CreateRole(name=" "))
    with pytest.raises(NotFound):
        correct_role(clinic, admin, CorrectRole(role_id=gone.role_id, version=2, name="Porter 9"))


def test_rights_and_windows_must_be_ones_that_the_program_has(clinic: Clinic) -> None:
    admin = administrator(clinic)
    with pytest.raises(InvalidValue) as rights:
        create_role(clinic, admin, CreateRole(name="Odd", rights=("patients.eat",)))
    with pytest.raises(InvalidValue) as windows:
        create_role(clinic, admin, CreateRole(name="Odd", windows=("cellar",)))
    assert (rights.value.field, windows.value.field) == ("rights", "windows")


def test_the_administrators_role_keeps_what_mends_users_and_roles(clinic: Clinic) -> None:
    admin = administrator(clinic)
    row = role(clinic, "administrator")
    for lost in ({"rights": tuple(r for r in row.rights if r != "roles.correct")}, {"windows": ()}):
        with pytest.raises(LastAdministrator) as refused:
            correct_role(clinic, admin, correction(row, **lost))
        assert refused.value.facts["name"] == row.name
    assert role(clinic, "administrator") == row


def test_a_stale_role_is_refused(clinic: Clinic) -> None:
    admin = administrator(clinic)
    row = role(clinic, "cashier")
    correct_role(clinic, admin, correction(row, description="Takes the money"))
    with pytest.raises(StaleRecord):
        correct_role(clinic, admin, correction(row, description="Something else"))


def test_a_role_goes_when_nobody_holds_it_and_a_reason_is_given(clinic: Clinic) -> None:
    admin = administrator(clinic)
    make_user(clinic, "cash_supervisor")
    row = role(clinic, "cash_supervisor")
    with pytest.raises(InUse) as refused:
        void_role(clinic, admin, VoidRole(role_id=row.id, version=row.version, reason="one cashier"))
    assert refused.value.facts["count"] == 1
    free = role(clinic, "lab_supervisor")
    with pytest.raises(ReasonNeeded):
        void_role(clinic, admin, VoidRole(role_id=free.id, version=free.version, reason=""))
    void_role(clinic, admin, VoidRole(role_id=free.id, version=free.version, reason="one technician"))
    assert Id(free.id) not in {each.id for each in list_roles(clinic, admin)}


def test_roles_are_changed_only_with_the_right(clinic: Clinic) -> None:
    manager = actor_for("hospital_manager")
    assert list_roles(clinic, manager)
    with pytest.raises(NotAllowed):
        create_role(clinic, manager, CreateRole(name="Mine"))


def test_every_right_stands_in_one_area() -> None:
    listed = [right for rights in rights_by_area().values() for right in rights]
    assert sorted(listed) == sorted(RIGHTS)
