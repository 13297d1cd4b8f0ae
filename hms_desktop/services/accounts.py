"""Signing in and out, PINs and passwords. Users and roles themselves: `users.py`."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from hms_desktop.data.queries import accounts as queries
from hms_desktop.data.queries import settings
from hms_desktop.data.queries.accounts import Credentials
from hms_desktop.data.tables.accounts import LoginSession, UserAccount
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, NotSignedIn, SignInLocked
from hms_desktop.domain.ids import Id
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.passwords import check_pin, check_strength, hashed, verified


@dataclass(frozen=True, kw_only=True)
class SignIn(Command):
    """User name (or e-mail) and password."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SignInWithPin(Command):
    """A colleague takes over the station with a PIN."""

    username: str
    pin: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ChangePassword(Command):
    """Own password, old and new."""

    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SetPin(Command):
    """Own PIN for the fast switch; the password proves who asks."""

    password: str = field(repr=False)
    pin: str = field(repr=False)


def sign_in(clinic: Clinic, command: SignIn) -> Actor:
    """Sign in with a password. Raises NotSignedIn (never saying what was wrong), SignInLocked."""
    found = _find(clinic, command.username)
    return _enter(clinic, found, verified(found.password_hash if found else None, command.password), "password")


def sign_in_with_pin(clinic: Clinic, command: SignInWithPin) -> Actor:
    """Sign in with a PIN that was set before. Raises NotSignedIn, SignInLocked."""
    found = _find(clinic, command.username)
    return _enter(clinic, found, verified(found.pin_hash if found else None, command.pin), "pin")


def confirm_person(clinic: Clinic, command: SignIn) -> Actor:
    """The second person who agrees: checked like a sign-in, without a session. Raises NotSignedIn, SignInLocked."""
    found = _find(clinic, command.username)
    ok = verified(found.password_hash if found else None, command.password)
    with clinic.work(SYSTEM, "accounts.confirm_person") as work:
        refusal = _refusal(work, found, ok)
        if found is not None:
            work.look("accounts.confirmed" if refusal is None else "accounts.refused", "user_account", found.user_id)
        work.finish()
    if refusal is not None or found is None:
        raise refusal or NotSignedIn()
    return _actor(found, None)


def _find(clinic: Clinic, username: str) -> Credentials | None:
    with clinic.read(SYSTEM) as reader:
        return queries.credentials(reader, username)


def _enter(clinic: Clinic, found: Credentials | None, ok: bool, how: str) -> Actor:
    with clinic.work(SYSTEM, "accounts.sign_in") as work:
        refusal = _refusal(work, found, ok)
        session: Id | None = None
        if refusal is None and found is not None:
            work.actor = _actor(found, None)
            work.change(UserAccount, found.user_id, failed_tries=0, locked_until=None, last_activity_at=work.now)
            session = work.insert(LoginSession, user_id=found.user_id, started_at=work.now, last_activity_at=work.now)
            work.look("accounts.signed_in", "user_account", found.user_id, how=how)
        work.finish()
    if refusal is not None or found is None:
        raise refusal or NotSignedIn()
    return _actor(found, session)


def _refusal(work: Work, found: Credentials | None, ok: bool) -> NotSignedIn | SignInLocked | None:
    """Why this sign-in is refused; counts the try and locks after too many."""
    if found is None or not found.active:
        work.look("accounts.refused", "user_account", None)
        return NotSignedIn()
    if found.locked_until is not None and found.locked_until > work.now:
        return SignInLocked(until=work.local(found.locked_until).strftime("%H:%M"))
    if ok:
        return None
    tries = work.add(UserAccount, found.user_id, "failed_tries", 1) or 0
    work.look("accounts.refused", "user_account", found.user_id)
    if tries < settings.whole(work, "sign_in_tries"):
        return NotSignedIn()
    until = work.now + timedelta(minutes=settings.whole(work, "sign_in_lock_minutes"))
    work.change(UserAccount, found.user_id, failed_tries=0, locked_until=until)
    return SignInLocked(until=work.local(until).strftime("%H:%M"))


def _actor(found: Credentials, session: Id | None) -> Actor:
    return Actor(
        found.user_id, found.username, found.name, found.rights, found.windows, found.language, session,
        found.must_change_password,
    )  # fmt: skip


def sign_out(clinic: Clinic, actor: Actor, reason: str = "signed_out") -> None:
    """End the session (`signed_out`, `switched`, `idle`)."""
    if actor.session_id is None:
        return
    with clinic.work(actor, "accounts.sign_out") as work:
        work.claim(LoginSession, actor.session_id, {"ended_at": None}, ended_at=work.now, end_reason=reason)
        work.look("accounts.signed_out", "user_account", actor.user_id, reason=reason)
        work.finish()


def idle_minutes(clinic: Clinic) -> int:
    """After how many minutes without a key a station locks itself."""
    with clinic.read(SYSTEM) as reader:
        return settings.whole(reader, "idle_lock_minutes")


def note_activity(clinic: Clinic, actor: Actor) -> bool:
    """Keep the session's last activity; called at most once a minute. False when an administrator ended the session:
    the window then asks to sign in again.
    """
    if actor.session_id is None:
        return True
    with clinic.work(actor, "accounts.note_activity") as work:
        is_open = work.claim(LoginSession, actor.session_id, {"ended_at": None}, last_activity_at=work.now)
        work.finish()
    return is_open


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody who signed in stands now: with the rights of today, or (`actor` None) signed in no longer, and why:
    `closed` (the account), `ended` (this sign-in).
    """

    actor: Actor | None
    why: str = ""


def standing(clinic: Clinic, actor: Actor) -> Standing:
    """Whether an administrator changed this person's rights elsewhere, closed the account or ended the sign-in."""
    with clinic.read(actor) as reader:
        found = queries.credentials_of(reader, actor.user_id)
        session = reader.find(LoginSession, actor.session_id) if actor.session_id else None
    if not found.active:
        return Standing(None, "closed")
    if session is not None and session.ended_at is not None:
        return Standing(None, "ended")
    return Standing(replace(_actor(found, actor.session_id), must_change_password=actor.must_change_password))


def change_password(clinic: Clinic, actor: Actor, command: ChangePassword) -> None:
    """Change the own password. Raises InvalidValue (old one wrong), PasswordTooWeak."""
    found = _find(clinic, actor.username)
    if found is None or not verified(found.password_hash, command.old):
        raise InvalidValue(field="old", reason="wrong_password")
    with clinic.work(actor, "accounts.change_password") as work:
        check_strength(command.new, actor.username, settings.whole(work, "password_length"), "new")
        if command.new == command.old:
            raise InvalidValue(field="new", reason="same_password")
        work.change(UserAccount, actor.user_id, password_hash=hashed(command.new), must_change_password=False)
        work.look("accounts.password_changed", "user_account", actor.user_id)
        work.finish()


def set_pin(clinic: Clinic, actor: Actor, command: SetPin) -> None:
    """Set the own PIN. Raises InvalidValue (password wrong), PasswordTooWeak."""
    found = _find(clinic, actor.username)
    if found is None or not verified(found.password_hash, command.password):
        raise InvalidValue(field="password", reason="wrong_password")
    check_pin(command.pin)
    with clinic.work(actor, "accounts.set_pin") as work:
        work.change(UserAccount, actor.user_id, pin_hash=hashed(command.pin))
        work.look("accounts.pin_set", "user_account", actor.user_id)
        work.finish()
