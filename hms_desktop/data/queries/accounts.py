"""Users, their roles and rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import ScalarSelect

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import Role, UserAccount, UserRole
from hms_desktop.domain.ids import Id


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in needs to know of an account."""

    user_id: Id
    username: str
    name: str
    language: str
    active: bool
    password_hash: str
    pin_hash: str | None
    must_change_password: bool
    failed_tries: int
    locked_until: datetime | None
    rights: frozenset[str]
    windows: tuple[str, ...]


def credentials(reader: Reader, name: str) -> Credentials | None:
    """The account with this user name or e-mail (any case), or None."""
    account = table_of(UserAccount)
    wanted = name.strip().casefold()
    row = reader.first(
        select(account).where(
            or_(account.c.username == wanted, account.c.email_folded == wanted), account.c.voided_at.is_(None)
        )
    )
    return None if row is None else _credentials(reader, row)


def credentials_of(reader: Reader, user_id: Id) -> Credentials:
    """The account with this id. Raises NotFound."""
    return _credentials(reader, reader.get(UserAccount, user_id))


def _credentials(reader: Reader, row: AnyRow) -> Credentials:
    rights: set[str] = set()
    windows: list[str] = []
    for role in roles_of(reader, row.id):
        rights.update(role.rights)
        windows += [w for w in role.windows if w not in windows]
    return Credentials(
        row.id, row.username, f"{row.given_name} {row.family_name}".strip(), row.language, row.active,
        row.password_hash, row.pin_hash, row.must_change_password, row.failed_tries, row.locked_until,
        frozenset(rights), tuple(windows),
    )  # fmt: skip


def roles_of(reader: Reader, user_id: Id) -> Sequence[AnyRow]:
    """The roles a user holds."""
    held = and_(UserRole.role_id == Role.id, UserRole.user_id == user_id, UserRole.voided_at.is_(None))
    statement = select(table_of(Role)).join(table_of(UserRole), held).where(Role.voided_at.is_(None))
    return reader.rows(statement.order_by(Role.code))


def username_taken(reader: Reader, username: str) -> bool:
    """Whether somebody signs in with this name."""
    return bool(reader.scalar(select(func.count()).where(UserAccount.username == username)))


def person_name(reader: Reader, user_id: Id | None) -> str:
    """The name of a user, or '' for nobody and for who has no account (the program itself)."""
    row = reader.find(UserAccount, user_id) if user_id else None
    return f"{row.given_name} {row.family_name}".strip() if row else ""


def name_column(user_id: ColumnElement[Id]) -> ScalarSelect[str]:
    """The name of the user that a column names, for a list."""
    account = table_of(UserAccount)
    whole = func.trim(account.c.given_name + " " + account.c.family_name)
    return select(whole).where(account.c.id == user_id).scalar_subquery()
