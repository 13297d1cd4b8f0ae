"""Users and roles as an administrator sees them, and the rules that keep a clinic from locking itself out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.rights import RIGHTS, WINDOWS

ADMINISTERS = frozenset({"accounts.correct", "roles.correct"})
"""Who holds these, with the window `admin`, can mend everything else; one such user must always be left."""

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as the list and the form show them. `open_sessions` counts sign-ins that have not ended."""

    id: Id
    username: str
    given_name: str
    family_name: str
    email: str
    phone: str
    gender: Sex
    birth_date: date | None
    address: str
    department_id: Id | None
    department: str
    licence_number: str
    language: str
    role_ids: tuple[Id, ...]
    roles: tuple[str, ...]
    active: bool
    must_change_password: bool
    locked_until: datetime | None
    last_activity_at: datetime | None
    open_sessions: int
    version: int

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One sign-in. `ended_at` None: still open."""

    id: Id
    station: str
    started_at: datetime
    last_activity_at: datetime
    ended_at: datetime | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role; `users` counts who holds it."""

    id: Id
    code: str
    name: str
    description: str
    rights: tuple[str, ...]
    windows: tuple[str, ...]
    users: int
    version: int


@dataclass(frozen=True, slots=True)
class Holder:
    """What a user who may sign in holds together, from all roles."""

    user_id: Id
    rights: frozenset[str]
    windows: frozenset[str]

    @property
    def administers(self) -> bool:
        """Whether this user can mend users and roles, and has the window to do it in."""
        return self.rights >= ADMINISTERS and "admin" in self.windows


def holders(roles_of: Mapping[Id, Iterable[tuple[Iterable[str], Iterable[str]]]]) -> list[Holder]:
    """Users from their roles' (rights, windows)."""
    return [
        Holder(
            user,
            frozenset(right for rights, _windows in roles for right in rights),
            frozenset(window for _rights, windows in roles for window in windows),
        )
        for user, roles in ((user, list(each)) for user, each in roles_of.items())
    ]


def check_username(username: str) -> str:
    """A user name as it is kept: small letters. Raises InvalidValue: username."""
    cleaned = username.strip().casefold()
    if not _USERNAME.fullmatch(cleaned):
        raise InvalidValue(field="username", reason="username")
    return cleaned


def next_username(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or with a number when somebody has it: `a.otieno2`."""
    known = set(taken)
    found, number = wanted, 1
    while found in known:
        number += 1
        found = f"{wanted}{number}"
    return found


def check_rights(rights: Iterable[str], windows: Iterable[str]) -> tuple[list[str], list[str]]:
    """Rights sorted and windows in the order of the day. Raises InvalidValue for what the program does not know."""
    wanted, opened = set(rights), set(windows)
    if not wanted <= RIGHTS:
        raise InvalidValue(field="rights", reason="unknown")
    if not opened <= set(WINDOWS):
        raise InvalidValue(field="windows", reason="unknown")
    return sorted(wanted), [window for window in WINDOWS if window in opened]


def rights_by_area() -> dict[str, list[str]]:
    """All rights, area by area, in the order of a patient's day."""
    order = (
        "patients visits triage consultations chart prescriptions pharmacy lab billing emergency facility catalogue"
        " prices accounts roles settings audit store"
    ).split()
    areas: dict[str, list[str]] = {area: [] for area in order}
    for right in sorted(RIGHTS):
        areas.setdefault(right.partition(".")[0], []).append(right)
    return {area: rights for area, rights in areas.items() if rights}
