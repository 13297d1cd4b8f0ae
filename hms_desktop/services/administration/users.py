"""Who works here: accounts, first passwords, sessions. Signing in itself: `accounts.py`; roles: `roles.py`.

A one-time password is made with the command and never kept: the command shows it, the store has its hash only.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date

from hms_desktop.data.queries.accounts import credentials_of
from hms_desktop.data.queries.administration import users as queries
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import LoginSession, Role, UserAccount, UserRole
from hms_desktop.data.tables.facility import Department
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import username_from
from hms_desktop.domain.administration import entries
from hms_desktop.domain.administration.users import SessionRow, UserRow, check_username, next_username
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import AlreadyExists, InvalidValue, NotFound, OwnAccount, ReasonNeeded, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.services.administration.keepers import keep_an_administrator
from hms_desktop.services.passwords import hashed
from hms_desktop.services.service import reads, require, writes

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is misread when it is told across a room."""


def one_time_password() -> str:
    """Three groups of four, such as `k7mp-x2fd-9qan`: 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


@dataclass(frozen=True, kw_only=True)
class UserDetails(Command):
    """What an account holds beside name and password."""

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    gender: Sex = Sex.UNKNOWN
    birth_date: date | None = None
    address: str = ""
    department_id: Id | None = None
    licence_number: str = ""
    language: str = "en"
    role_ids: tuple[Id, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CreateUser(UserDetails):
    """A new account. `username` blank: made from the names. `password` is shown once; the user must change it."""

    username: str = ""
    password: str = field(default_factory=one_time_password, repr=False)


@dataclass(frozen=True, kw_only=True)
class CorrectUser(UserDetails):
    """Other details or roles. New rights count from the next sign-in."""

    user_id: Id
    version: int


@dataclass(frozen=True, kw_only=True)
class DeactivateUser(Command):
    """Close an account: its sessions end, its name stays on what was done."""

    user_id: Id
    version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReactivateUser(Command):
    """Open a closed account again."""

    user_id: Id
    version: int


@dataclass(frozen=True, kw_only=True)
class ResetPassword(Command):
    """A new one-time password; open sessions and the PIN end with the old one."""

    user_id: Id
    password: str = field(default_factory=one_time_password, repr=False)


@dataclass(frozen=True, kw_only=True)
class UnlockUser(Command):
    """Let somebody try again at once who typed a wrong password too often."""

    user_id: Id


@dataclass(frozen=True, kw_only=True)
class EndSession(Command):
    """End a sign-in somewhere else."""

    session_id: Id


@dataclass(frozen=True, slots=True)
class UserSaved:
    """An account as it is now."""

    user_id: Id
    username: str
    version: int


@reads("accounts.view")
def list_users(reader: Reader) -> list[UserRow]:
    """All users by name, closed accounts last."""
    return queries.users(reader)


@reads("accounts.view")
def sessions_of(reader: Reader, user_id: Id) -> list[SessionRow]:
    """The last sign-ins of a user, open ones first."""
    return queries.sessions(reader, user_id)


@writes("accounts.create")
def create_user(work: Work, command: CreateUser) -> UserSaved:
    """A new account with a one-time password. Raises InvalidValue, AlreadyExists (user name, e-mail), NotFound,
    NotAllowed (a role that may change roles, given by somebody who may not).
    """
    queries.hold(work)
    details = _details(work, command, None)
    if command.username.strip():
        username = check_username(command.username)
        if username in queries.taken_usernames(work, username):
            raise AlreadyExists(kind="user_account", field="username", value=username)
    else:
        stem = username_from(command.given_name.strip(), command.family_name.strip())
        username = next_username(stem, queries.taken_usernames(work, stem))
    user_id = work.insert(
        UserAccount, username=username, active=True, verified=True, password_hash=hashed(command.password),
        must_change_password=True, failed_tries=0, **details,
    )  # fmt: skip
    _set_roles(work, user_id, command.role_ids)
    return UserSaved(user_id, username, 1)


@writes("accounts.correct")
def correct_user(work: Work, command: CorrectUser) -> UserSaved:
    """Correct details and roles. Raises StaleRecord, InvalidValue, AlreadyExists, NotFound, NotAllowed,
    LastAdministrator.
    """
    queries.hold(work)
    row = _touchable(work, command.user_id)
    details = _details(work, command, command.user_id)
    version = work.change(UserAccount, command.user_id, command.version, **details)
    _set_roles(work, command.user_id, command.role_ids)
    keep_an_administrator(work, f"{row.given_name} {row.family_name}".strip() or row.username)
    return UserSaved(command.user_id, row.username, version)


@writes("accounts.correct")
def deactivate_user(work: Work, command: DeactivateUser) -> UserSaved:
    """Close an account and end its sessions. Raises ReasonNeeded, OwnAccount, WrongState, StaleRecord,
    LastAdministrator.
    """
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="closing_account")
    if command.user_id == work.actor.user_id:
        raise OwnAccount
    queries.hold(work)
    row = _touchable(work, command.user_id)
    if not row.active:
        raise WrongState(kind="user_account", state="closed", wanted="open")
    version = work.change(UserAccount, command.user_id, command.version, active=False)
    keep_an_administrator(work, f"{row.given_name} {row.family_name}".strip() or row.username)
    _end_sessions(work, command.user_id)
    work.look("users.closed", "user_account", command.user_id, reason=command.reason.strip()[:400])
    return UserSaved(command.user_id, row.username, version)


@writes("accounts.correct")
def reactivate_user(work: Work, command: ReactivateUser) -> UserSaved:
    """Open a closed account again. Raises WrongState, StaleRecord."""
    row = _touchable(work, command.user_id)
    if row.active:
        raise WrongState(kind="user_account", state="open", wanted="closed")
    version = work.change(UserAccount, command.user_id, command.version, active=True, failed_tries=0, locked_until=None)
    return UserSaved(command.user_id, row.username, version)


@writes("accounts.correct")
def reset_password(work: Work, command: ResetPassword) -> UserSaved:
    """A new one-time password. Raises WrongState (closed account), NotFound, NotAllowed."""
    row = _touchable(work, command.user_id)
    if not row.active:
        raise WrongState(kind="user_account", state="closed", wanted="open")
    version = work.change(
        UserAccount, command.user_id, password_hash=hashed(command.password), pin_hash=None, must_change_password=True,
        failed_tries=0, locked_until=None,
    )  # fmt: skip
    if command.user_id != work.actor.user_id:
        _end_sessions(work, command.user_id)
    work.look("users.password_reset", "user_account", command.user_id)
    return UserSaved(command.user_id, row.username, version)


@writes("accounts.correct")
def unlock_user(work: Work, command: UnlockUser) -> UserSaved:
    """End the waiting time after wrong passwords. Unlocking twice changes nothing more. Raises NotFound."""
    row = _touchable(work, command.user_id)
    version = work.change(UserAccount, command.user_id, failed_tries=0, locked_until=None)
    return UserSaved(command.user_id, row.username, version)


@writes("accounts.correct")
def end_session(work: Work, command: EndSession) -> bool:
    """End a sign-in; False when it had ended already. Raises NotFound."""
    row = work.get(LoginSession, command.session_id)
    _touchable(work, row.user_id)
    return _end(work, command.session_id)


def _touchable(work: Work, user_id: Id) -> AnyRow:
    """The account, when this person may change it: who changes roles is changed only by who may change roles."""
    row = work.get(UserAccount, user_id)
    if row.voided_at is not None:
        raise NotFound(kind="user_account", id=user_id)
    if "roles.correct" in credentials_of(work, user_id).rights:
        require(work.actor, "roles.correct")
    return row


def _details(work: Work, command: UserDetails, user_id: Id | None) -> dict[str, object]:
    given = entries.line("given_name", command.given_name, 80)
    family = entries.line("family_name", command.family_name, 80)
    if not given and not family:
        raise InvalidValue(field="given_name", reason="required")
    email = entries.email("email", command.email)
    folded = email.casefold() or None
    if folded is not None and queries.user_with_email(work, folded) not in (None, user_id):
        raise AlreadyExists(kind="user_account", field="email", value=email)
    if command.birth_date is not None and command.birth_date > work.today:
        raise InvalidValue(field="birth_date", reason="future")
    if command.department_id is not None:
        work.get(Department, command.department_id)
    return {
        "given_name": given, "family_name": family, "email": email or None, "email_folded": folded,
        "phone": entries.line("phone", command.phone, 40), "gender": command.gender,
        "birth_date": command.birth_date, "address": entries.line("address", command.address, 200),
        "department_id": command.department_id, "language": entries.line("language", command.language, 5),
        "licence_number": entries.line("licence_number", command.licence_number, 60),
    }  # fmt: skip


def _set_roles(work: Work, user_id: Id, wanted: tuple[Id, ...]) -> None:
    held = queries.held_roles(work, user_id)
    for role_id in dict.fromkeys(wanted):
        role = work.get(Role, role_id)
        if role.voided_at is not None:
            raise NotFound(kind="role", id=role_id)
        if role_id in held:
            continue
        if "roles.correct" in role.rights:
            require(work.actor, "roles.correct")
        work.insert(UserRole, user_id=user_id, role_id=role_id)
    for role_id, held_id in held.items():
        if role_id not in wanted:
            work.void(UserRole, held_id, "taken_away")


def _end_sessions(work: Work, user_id: Id) -> None:
    for session_id in queries.open_sessions(work, user_id):
        _end(work, session_id)


def _end(work: Work, session_id: Id) -> bool:
    return work.claim(LoginSession, session_id, {"ended_at": None}, ended_at=work.now, end_reason="ended_by_other")
