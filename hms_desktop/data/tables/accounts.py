"""People who sign in, their roles and their sessions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column as column

from hms_desktop.data import types as t
from hms_desktop.data.base import Fact, Voidable, to
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex


class UserAccount(Voidable):
    """Somebody who works here. The password is kept as an Argon2id hash only."""

    __tablename__ = "user_account"
    SECRET = frozenset({"password_hash", "pin_hash"})

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "username"), UniqueConstraint("facility_id", "email_folded"))

    username: Mapped[str] = column(t.Text(60))
    email: Mapped[str | None] = column(t.Text(120))
    email_folded: Mapped[str | None] = column(t.Text(120))
    given_name: Mapped[str] = column(t.Text(80))
    family_name: Mapped[str] = column(t.Text(80))
    phone: Mapped[str] = column(t.Text(40))
    gender: Mapped[str] = column(t.Enum(Sex))
    birth_date: Mapped[date | None] = column(t.LocalDate())
    address: Mapped[str] = column(t.Text(200))
    department_id: Mapped[Id | None] = to("department", nullable=True)
    licence_number: Mapped[str] = column(t.Text(60))
    language: Mapped[str] = column(t.Text(5))
    active: Mapped[bool] = column(t.Flag())
    verified: Mapped[bool] = column(t.Flag())
    password_hash: Mapped[str] = column(t.Text(200))
    pin_hash: Mapped[str | None] = column(t.Text(200))
    must_change_password: Mapped[bool] = column(t.Flag())
    failed_tries: Mapped[int] = column(t.Whole(0, 1000))
    locked_until: Mapped[datetime | None] = column(t.UtcTime())
    last_activity_at: Mapped[datetime | None] = column(t.UtcTime())


class Role(Voidable):
    """A named list of rights and of windows; a clinic may add its own."""

    __tablename__ = "role"

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("facility_id", "code"),)

    code: Mapped[str] = column(t.Text(40))
    name: Mapped[str] = column(t.Text(80))
    description: Mapped[str] = column(t.Text(300))
    rights: Mapped[Any] = column(t.Json())
    windows: Mapped[Any] = column(t.Json())


class UserRole(Voidable):
    """That a user holds a role; taken away by voiding."""

    __tablename__ = "user_role"

    user_id: Mapped[Id] = to("user_account")
    role_id: Mapped[Id] = to("role")


class LoginSession(Fact):
    """One sign-in at one station."""

    __tablename__ = "login_session"
    SYNCED = False
    AUDITED = False

    @classmethod
    def rules(cls) -> tuple[Any, ...]:
        return (Index(None, "user_id", "started_at"),)

    user_id: Mapped[Id] = to("user_account", index=False)
    started_at: Mapped[datetime] = column(t.UtcTime())
    last_activity_at: Mapped[datetime] = column(t.UtcTime())
    ended_at: Mapped[datetime | None] = column(t.UtcTime())
    end_reason: Mapped[str | None] = column(t.Text(40))
