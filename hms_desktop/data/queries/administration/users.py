"""Users with their roles and sessions, for the administrator."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import and_, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import LoginSession, Role, UserAccount, UserRole
from hms_desktop.data.tables.facility import Department, Facility, Station
from hms_desktop.domain.administration.users import Holder, RoleRow, SessionRow, UserRow, holders
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.patients import Sex

_user, _role, _held = table_of(UserAccount), table_of(Role), table_of(UserRole)
_HELD = and_(_held.c.role_id == _role.c.id, _held.c.voided_at.is_(None), _role.c.voided_at.is_(None))


def hold(reader: Reader) -> None:
    """Let one administrator after the other change users, roles and names: on PostgreSQL the clinic's row is locked."""
    reader.rows(select(Facility.id).with_for_update())


def users(reader: Reader) -> list[UserRow]:
    """All users by name, closed accounts too."""
    department = table_of(Department)
    session = table_of(LoginSession)
    opened = (
        select(func.count())
        .where(session.c.user_id == _user.c.id, session.c.ended_at.is_(None))
        .correlate(_user)
        .scalar_subquery()
        .label("open_sessions")
    )
    statement = (
        select(_user, department.c.name.label("department"), opened)
        .outerjoin(department, department.c.id == _user.c.department_id)
        .where(_user.c.voided_at.is_(None))
    )
    roles: dict[Id, list[AnyRow]] = defaultdict(list)
    for row in reader.rows(select(_held.c.user_id, _role.c.id, _role.c.name).join(_role, _HELD).order_by(_role.c.name)):
        roles[row.user_id].append(row)
    found = [_user_row(row, roles[row.id]) for row in reader.rows(statement)]
    return sorted(found, key=lambda row: (not row.active, fold(row.family_name), fold(row.given_name), row.username))


def _user_row(row: AnyRow, roles: Sequence[AnyRow]) -> UserRow:
    return UserRow(
        id=row.id, username=row.username, given_name=row.given_name, family_name=row.family_name,
        email=row.email or "", phone=row.phone, gender=Sex(row.gender), birth_date=row.birth_date, address=row.address,
        department_id=row.department_id, department=row.department or "", licence_number=row.licence_number,
        language=row.language, role_ids=tuple(r.id for r in roles), roles=tuple(r.name for r in roles),
        active=row.active, must_change_password=row.must_change_password, locked_until=row.locked_until,
        last_activity_at=row.last_activity_at, open_sessions=row.open_sessions, version=row.version,
    )  # fmt: skip


def taken_usernames(reader: Reader, start: str) -> set[str]:
    """User names that begin with `start`, of closed accounts too."""
    return {row.username for row in reader.rows(select(_user.c.username)) if row.username.startswith(start)}


def user_with_email(reader: Reader, email_folded: str) -> Id | None:
    """Who has this address."""
    found: Id | None = reader.scalar(select(_user.c.id).where(_user.c.email_folded == email_folded))
    return found


def held_roles(reader: Reader, user_id: Id) -> dict[Id, Id]:
    """The roles that a user holds: role → the row that says so."""
    statement = select(_held.c.id, _held.c.role_id).where(_held.c.user_id == user_id, _held.c.voided_at.is_(None))
    return {row.role_id: row.id for row in reader.rows(statement)}


def who_may_sign_in(reader: Reader) -> list[Holder]:
    """Every active user with the rights and windows of all roles."""
    statement = (
        select(_user.c.id, _role.c.rights, _role.c.windows)
        .join(_held, _held.c.user_id == _user.c.id)
        .join(_role, _HELD)
        .where(_user.c.active, _user.c.voided_at.is_(None))
    )
    found: dict[Id, list[tuple[list[str], list[str]]]] = defaultdict(list)
    for row in reader.rows(statement):
        found[row.id].append((row.rights, row.windows))
    return holders(found)


def roles(reader: Reader) -> list[RoleRow]:
    """All roles by name."""
    count = (
        select(func.count())
        .select_from(_held.join(_user, _user.c.id == _held.c.user_id))
        .where(_held.c.role_id == _role.c.id, _held.c.voided_at.is_(None), _user.c.voided_at.is_(None))
        .correlate(_role)
        .scalar_subquery()
        .label("users")
    )
    rows = reader.rows(select(_role, count).where(_role.c.voided_at.is_(None)))
    found = [
        RoleRow(r.id, r.code, r.name, r.description, tuple(r.rights), tuple(r.windows), r.users, r.version)
        for r in rows
    ]
    return sorted(found, key=lambda row: fold(row.name))


def role_codes(reader: Reader) -> set[str]:
    """The codes of all roles, void ones too."""
    return {row.code for row in reader.rows(select(_role.c.code))}


def sessions(reader: Reader, user_id: Id, limit: int = 20) -> list[SessionRow]:
    """A user's sign-ins, open ones first, then newest."""
    session, station = table_of(LoginSession), table_of(Station)
    statement = (
        select(session, station.c.code.label("station"))
        .outerjoin(station, station.c.id == session.c.station_id)
        .where(session.c.user_id == user_id)
        .order_by(session.c.ended_at.is_not(None), session.c.started_at.desc())
        .limit(limit)
    )
    return [
        SessionRow(r.id, r.station or "", r.started_at, r.last_activity_at, r.ended_at, r.end_reason or "")
        for r in reader.rows(statement)
    ]


def open_sessions(reader: Reader, user_id: Id) -> list[Id]:
    """A user's sign-ins that have not ended."""
    session = table_of(LoginSession)
    statement = select(session.c.id).where(session.c.user_id == user_id, session.c.ended_at.is_(None))
    return [row.id for row in reader.rows(statement)]
