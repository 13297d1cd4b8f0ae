"""The form of a user: names, roles, where to reach them; the deeds stand beside Save."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.administration.users import RoleRow, UserRow
from hms_desktop.domain.facility import DepartmentRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.services.administration.users import (
    CorrectUser,
    CreateUser,
    correct_user,
    create_user,
    one_time_password,
)
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.admin.moments import moment
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.ticks_field import TickGroup, TicksField
from hms_desktop.ui.kit.buttons import harmful, plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, DateField, TextField, choices_of
from hms_desktop.ui.kit.layout import column, row
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.language import available, tr


class UserForm(RowForm[UserRow]):
    """A user. The first password is made when the form opens, and known only here until it is shown."""

    unlock_wanted = Signal()
    sessions_wanted = Signal()
    reset_wanted = Signal()
    close_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "users")
        self.last_password = ""
        self._password: tuple[Id, str] = (self.key, one_time_password())
        self._add_deeds()
        self.given = TextField("admin.given_name", tr("&Given name"), max_length=80)
        self.family = TextField("admin.family_name", tr("Fa&mily name"), max_length=80)
        self.add_row(self.given, self.family)
        self.username = TextField(
            "admin.username", tr("User name"), max_length=40, hint=tr("Left blank, it is made from the names.")
        )
        self.add(self.username)
        self.roles = self.add(TicksField("admin.role_ids", tr("R&oles"), columns=2))
        self.department: ChoiceField[Id] = ChoiceField("admin.department_id", tr("&Department"), blank=tr("– none –"))
        self.licence = TextField("admin.licence_number", tr("&Licence number"), max_length=60)
        self.add_row(self.department, self.licence)
        self.add_row(
            TextField("admin.phone", tr("&Phone"), max_length=40),
            TextField("admin.email", tr("E-mail"), max_length=120),
        )
        languages = [Choice(each.code, each.name) for each in available()]
        self.add_row(
            ChoiceField("admin.language", tr("Language"), languages),
            ChoiceField("admin.gender", tr("Gender"), choices_of(Sex)),
            DateField("admin.birth_date", tr("&Birth date"), today=context.today),
        )
        self.add(TextField("admin.address", tr("Address"), max_length=200))
        self.body.addStretch(1)
        self.close_button = self.add_row_button(
            harmful("admin.users_close", tr("&Close account…"), self.close_wanted.emit), apart=True
        )

    def _add_deeds(self) -> None:
        """What is done with an account, above its details."""
        self.facts = label("", TypeSize.SMALL, muted=True)
        self.facts.setWordWrap(True)
        self.sessions = plain("admin.users_sessions", tr("Sign-&ins…"), self.sessions_wanted.emit)
        self.reset_button = plain("admin.users_reset", tr("Ne&w password…"), self.reset_wanted.emit)
        self.unlock = plain("admin.users_unlock", tr("&Unlock"), self.unlock_wanted.emit)
        self.open_button = plain("admin.users_open", tr("Op&en again"), self.open_wanted.emit)
        self.deeds = QWidget()
        inside = row(self.sessions, self.reset_button, self.unlock, self.open_button)
        inside.addStretch(1)
        above = column(self.facts)
        above.addLayout(inside)
        self.deeds.setLayout(above)
        self.add_widget(self.deeds)

    def offer_choices(self, roles: Sequence[RoleRow], departments: Sequence[DepartmentRow]) -> None:
        """The roles and departments there are now."""

        def change() -> None:
            self.roles.set_groups([TickGroup("", tuple((str(role.id), role.name) for role in roles))])
            shown = [each for each in departments if each.active or (self.row and each.id == self.row.department_id)]
            self.department.set_choices([Choice(each.id, each.name) for each in shown])

        self.offer(change)

    def values_of(self, row: UserRow) -> dict[str, Any]:
        return {
            "given_name": row.given_name, "family_name": row.family_name, "username": row.username,
            "role_ids": row.role_ids, "department_id": row.department_id, "licence_number": row.licence_number,
            "phone": row.phone, "email": row.email, "language": row.language, "gender": row.gender,
            "birth_date": row.birth_date, "address": row.address,
        }  # fmt: skip

    def new_values(self) -> dict[str, Any]:
        return {"language": self.context.actor.language, "gender": Sex.UNKNOWN}

    def after_shown(self) -> None:
        row = self.row
        self.username.setVisible(row is None)
        self.deeds.setVisible(row is not None)
        self.facts.setText("" if row is None else self._facts(row))
        shown = self.editable and row is not None
        own = row is not None and row.id == self.context.actor.user_id
        active = row is not None and row.active
        self.unlock.setVisible(shown and active and row is not None and row.locked_until is not None)
        self.reset_button.setVisible(shown and active)
        self.close_button.setVisible(shown and active and not own)
        self.open_button.setVisible(shown and not active)

    def _facts(self, row: UserRow) -> str:
        seen = moment(self.context.clinic, row.last_activity_at)
        return tr("Last seen: {moment}", moment=seen) if seen else tr("Never signed in")

    def save_row(self, row: UserRow | None) -> Callable[[], Outcome[Any]]:
        clinic, actor = self.context.clinic, self.context.actor
        details: dict[str, Any] = {
            field.key: field.value() for field in self.fields if field.key not in {"username", "role_ids"}
        }
        details["role_ids"] = tuple(Id(each) for each in self.roles.value())
        if row is None:
            self.last_password = self._first_password()
            made = CreateUser(key=self.key, username=str(self.username.value()), password=self.last_password, **details)
            return lambda: create_user(clinic, actor, made)
        corrected = CorrectUser(key=self.key, user_id=row.id, version=row.version, **details)
        return lambda: correct_user(clinic, actor, corrected)

    def _first_password(self) -> str:
        """One password for one one-time key: the same save tried again is the same command."""
        if self._password[0] != self.key:
            self._password = (self.key, one_time_password())
        return self._password[1]
