"""People who sign in, for tests about users: real roles by code, a signed-in administrator."""

from sqlalchemy import select

from hms_desktop.data.queries.administration import users as queries
from hms_desktop.data.tables.accounts import Role
from hms_desktop.data.tables.audit import AuditEvent
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.administration.users import UserRow
from hms_desktop.domain.ids import Id
from hms_desktop.services.accounts import SignIn, sign_in
from hms_desktop.services.clinic import Clinic
from tests.stores import PASSWORD


def administrator(clinic: Clinic) -> Actor:
    """The clinic's first administrator, signed in."""
    return sign_in(clinic, SignIn(username="admin", password=PASSWORD))


def role_ids(clinic: Clinic, *codes: str) -> tuple[Id, ...]:
    """The ids of shipped roles."""
    with clinic.read(SYSTEM) as reader:
        known = {row.code: row.id for row in reader.rows(select(Role.code, Role.id))}
    return tuple(known[code] for code in codes)


def user_row(clinic: Clinic, user_id: Id) -> UserRow:
    """A user as the list shows them."""
    with clinic.read(SYSTEM) as reader:
        return next(row for row in queries.users(reader) if row.id == user_id)


def actions_about(clinic: Clinic, subject_id: Id) -> list[str]:
    """What the audit trail says was done to a row, oldest first."""
    with clinic.read(SYSTEM) as reader:
        statement = select(AuditEvent.action).where(AuditEvent.subject_id == subject_id)
        return [row.action for row in reader.rows(statement.order_by(AuditEvent.at, AuditEvent.sequence))]
