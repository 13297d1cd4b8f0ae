"""Roles: named lists of rights and windows that the clinic edits. New rights count from a user's next sign-in."""

from dataclasses import dataclass

from hms_desktop.data.queries.administration import users as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.accounts import Role
from hms_desktop.data.work import Work
from hms_desktop.domain.administration import entries
from hms_desktop.domain.administration.users import RoleRow, check_rights
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import AlreadyExists, InUse, NotFound
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.services.administration.keepers import keep_an_administrator
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class CreateRole(Command):
    """A role of the clinic's own. Rights are `area.verb` codes, windows are window codes."""

    name: str
    description: str = ""
    rights: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CorrectRole(CreateRole):
    """Another name, other rights."""

    role_id: Id
    version: int


@dataclass(frozen=True, kw_only=True)
class VoidRole(Command):
    """Take a role away that nobody holds any more."""

    role_id: Id
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class RoleSaved:
    """A role as it is now."""

    role_id: Id
    version: int


@reads("accounts.view")
def list_roles(reader: Reader) -> list[RoleRow]:
    """All roles by name."""
    return queries.roles(reader)


@writes("roles.correct")
def create_role(work: Work, command: CreateRole) -> RoleSaved:
    """A new role. Raises InvalidValue, AlreadyExists (name)."""
    queries.hold(work)
    values = _values(work, command, None)
    code = entries.code_from(command.name, queries.role_codes(work))
    return RoleSaved(work.insert(Role, code=code, **values), 1)


@writes("roles.correct")
def correct_role(work: Work, command: CorrectRole) -> RoleSaved:
    """Change a role for everybody who holds it. Raises StaleRecord, InvalidValue, AlreadyExists, NotFound,
    LastAdministrator.
    """
    queries.hold(work)
    if work.get(Role, command.role_id).voided_at is not None:
        raise NotFound(kind="role", id=command.role_id)
    values = _values(work, command, command.role_id)
    version = work.change(Role, command.role_id, command.version, **values)
    keep_an_administrator(work, command.name.strip())
    return RoleSaved(command.role_id, version)


@writes("roles.correct")
def void_role(work: Work, command: VoidRole) -> RoleSaved:
    """Take a role away. Raises InUse while somebody holds it, ReasonNeeded, StaleRecord, NotFound."""
    queries.hold(work)
    row = work.get(Role, command.role_id)
    held = next((each.users for each in queries.roles(work) if each.id == command.role_id), 0)
    if held:
        raise InUse(kind="role", name=row.name, count=held, users="user_account")
    work.void(Role, command.role_id, command.reason, command.version)
    return RoleSaved(command.role_id, command.version + 1)


def _values(work: Work, command: CreateRole, role_id: Id | None) -> dict[str, object]:
    name = entries.line("name", command.name, 80, required=True)
    if any(fold(each.name) == fold(name) and each.id != role_id for each in queries.roles(work)):
        raise AlreadyExists(kind="role", field="name", value=name)
    rights, windows = check_rights(command.rights, command.windows)
    return {
        "name": name, "description": entries.line("description", command.description, 300),
        "rights": rights, "windows": windows,
    }  # fmt: skip
