"""Users: who works here, what they may do, and the deeds on an account (password, lock, sign-ins, closing)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.users import RoleRow, UserRow
from hms_desktop.domain.facility import DepartmentRow
from hms_desktop.domain.ids import Id
from hms_desktop.services.administration.facility import list_departments
from hms_desktop.services.administration.roles import list_roles
from hms_desktop.services.administration.users import (
    DeactivateUser,
    ReactivateUser,
    ResetPassword,
    UnlockUser,
    UserSaved,
    deactivate_user,
    list_users,
    reactivate_user,
    reset_password,
    unlock_user,
)
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.password_dialog import PasswordDialog
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.sessions_dialog import SessionsDialog
from hms_desktop.ui.admin.user_form import UserForm
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.buttons import Button, plain
from hms_desktop.ui.kit.dialogs import ask_confirm, ask_reason, show
from hms_desktop.ui.kit.table import Column
from hms_desktop.words.language import N_, tr, trn


def _gathered(clinic: Clinic, actor: Actor) -> tuple[list[UserRow], list[RoleRow], list[DepartmentRow]]:
    departments = list_departments(clinic, actor) if actor.may("facility.view") else []
    return list_users(clinic, actor), list_roles(clinic, actor), departments


class UsersPage(ListPage[UserRow]):
    """The accounts."""

    NAME: ClassVar[str] = "users"
    TITLE: ClassVar[str] = N_("Users")
    RIGHT: ClassVar[str] = "accounts.view"
    EDIT_RIGHT: ClassVar[str] = "accounts.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.USERS})
    form: UserForm

    def columns(self) -> Sequence[Column[UserRow]]:
        return (
            Column(tr("Name"), lambda user: user.name, stretch=True, bold=True),
            Column(tr("User name"), lambda user: user.username, width=92, muted=True),
            Column(tr("State"), _state, width=112, badge=_state_badge),
        )

    def words_of(self, shown: UserRow) -> str:
        return f"{shown.name} {shown.username} {' '.join(shown.roles)} {shown.department} {shown.phone} {shown.email}"

    def name_of(self, shown: UserRow) -> str:
        return f"{shown.name} · {shown.username}"

    def make_form(self) -> RowForm[UserRow]:
        form = UserForm(self.context)
        form.unlock_wanted.connect(self._unlock)
        form.sessions_wanted.connect(self._show_sessions)
        form.reset_wanted.connect(self._ask_reset)
        form.close_wanted.connect(self._ask_close)
        form.open_wanted.connect(self._open_again)
        return form

    def make_new_button(self) -> Button | None:
        may = self.context.actor.may("accounts.create")
        return plain("admin.users_new", tr("&New user"), self.begin_new, icon="add") if may else None

    def begin_new(self) -> None:
        if self.new_button is not None:
            self.start_new(tr("New user"))

    def load(self) -> None:
        self.read(_gathered, self._on_gathered)

    def _on_gathered(self, found: tuple[list[UserRow], list[RoleRow], list[DepartmentRow]]) -> None:
        users, roles, departments = found
        self.form.offer_choices(roles, departments)
        self.show_rows(users)

    def saved_key(self, outcome: Outcome[Any]) -> Id:
        return Id(outcome.value.user_id)

    def after_save(self, outcome: Outcome[Any]) -> None:
        saved: UserSaved = outcome.value
        if saved.version == 1:
            self._show_password(saved.username, self.form.last_password)
        else:
            self.context.messages.good(tr("Saved. New rights count from the next sign-in."))

    def _show_password(self, username: str, password: str) -> None:
        show(PasswordDialog(username, password, self))

    # --- deeds -----------------------------------------------------------------------------------

    def _shown(self) -> UserRow:
        assert self.form.row is not None
        return self.form.row

    def _unlock(self) -> None:
        user = self._shown()
        done = tr("{name} may try again at once.", name=user.name)
        self.write(unlock_user, UnlockUser(user_id=user.id), lambda _saved: self._done(done))

    def _show_sessions(self) -> None:
        show(SessionsDialog(self, self._shown()), lambda _agreed: self.load())

    def _ask_reset(self) -> None:
        user = self._shown()
        command = ResetPassword(user_id=user.id)

        def reset() -> None:
            self.write(reset_password, command, lambda saved: self._on_reset(saved, command.password))

        ask_confirm(
            self, "admin.reset", tr("Give {name} a new password?", name=user.name),
            tr("The old password and the PIN stop working, and open sign-ins end."), tr("&Give a new password"), reset,
        )  # fmt: skip

    def _on_reset(self, outcome: Outcome[UserSaved], password: str) -> None:
        self._show_password(outcome.value.username, password)
        self.load()

    def _ask_close(self) -> None:
        user = self._shown()

        def close(reason: str) -> None:
            command = DeactivateUser(user_id=user.id, version=user.version, reason=reason)
            done = tr("The account of {name} is closed.", name=user.name)
            self.write(deactivate_user, command, lambda _saved: self._done(done))

        ask_reason(
            self, "admin.close", tr("Close the account of {name}?", name=user.name),
            tr("Nobody signs in with it any more. The name stays on everything that was done."),
            tr("C&lose the account"), close,
        )  # fmt: skip

    def _open_again(self) -> None:
        user = self._shown()
        command = ReactivateUser(user_id=user.id, version=user.version)
        done = tr("The account of {name} is open again.", name=user.name)
        self.write(reactivate_user, command, lambda _saved: self._done(done))

    def _done(self, text: str) -> None:
        self.context.messages.good(text)
        self.load()


def _state(user: UserRow) -> str:
    if not user.active:
        return tr("Closed")
    if user.locked_until is not None:
        return tr("Locked")
    if user.must_change_password:
        return tr("New password")
    return trn("{n} sign-in", "{n} sign-ins", user.open_sessions) if user.open_sessions else ""


def _state_badge(user: UserRow) -> Badge | None:
    text = _state(user)
    if not text:
        return None
    if not user.active:
        return tone_badge(text, "plain")
    return tone_badge(text, "warn" if user.locked_until or user.must_change_password else "good")
