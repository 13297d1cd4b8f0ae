"""Roles: what each may do and which windows it opens. The rights are the program's; who holds them is the clinic's."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hms_desktop.domain import topics
from hms_desktop.domain.administration.users import RoleRow, rights_by_area
from hms_desktop.domain.ids import Id
from hms_desktop.domain.rights import WINDOWS
from hms_desktop.services.administration.roles import (
    CorrectRole,
    CreateRole,
    VoidRole,
    correct_role,
    create_role,
    list_roles,
    void_role,
)
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.ticks_field import TickGroup, TicksField
from hms_desktop.ui.kit.buttons import Button, harmful, plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.fields import TextField
from hms_desktop.ui.kit.table import Column
from hms_desktop.words.labels import label
from hms_desktop.words.language import N_, tr, trn


class RoleForm(RowForm[RoleRow]):
    """A role."""

    def __init__(self, context: DeskContext, on_void: Callable[[], None]) -> None:
        super().__init__(context, "roles")
        self.add_row(
            TextField("admin.role_name", tr("Na&me"), key="name", max_length=80, required=True),
            TextField("admin.description", tr("&Description"), max_length=300),
        )
        windows = TickGroup("", tuple((code, label("window", code)) for code in WINDOWS))
        rights = [
            TickGroup(label("right_area", area), tuple((right, label("right", right)) for right in each))
            for area, each in rights_by_area().items()
        ]
        self.windows = TicksField("admin.windows", tr("&Windows"), [windows], columns=3)
        self.rights = TicksField("admin.rights", tr("R&ights"), rights)
        self.add(self.windows)
        self.adopt(self.rights)
        self.body.addWidget(self.rights, 1)
        self.add_row_button(harmful("admin.roles_void", tr("&Take away…"), on_void), apart=True)

    def values_of(self, row: RoleRow) -> dict[str, Any]:
        return {"name": row.name, "description": row.description, "windows": row.windows, "rights": row.rights}

    def save_row(self, row: RoleRow | None) -> Callable[[], Outcome[Any]]:
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        if row is None:
            made = CreateRole(key=self.key, **values)
            return lambda: create_role(clinic, actor, made)
        corrected = CorrectRole(key=self.key, role_id=row.id, version=row.version, **values)
        return lambda: correct_role(clinic, actor, corrected)


class RolesPage(ListPage[RoleRow]):
    """The roles."""

    NAME: ClassVar[str] = "roles"
    TITLE: ClassVar[str] = N_("Roles")
    RIGHT: ClassVar[str] = "accounts.view"
    EDIT_RIGHT: ClassVar[str] = "roles.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.USERS})
    LIST_SHARE: ClassVar[tuple[int, int]] = (3, 5)

    def columns(self) -> Sequence[Column[RoleRow]]:
        return (
            Column(tr("Role"), lambda role: role.name, stretch=True, bold=True),
            Column(tr("Users"), lambda role: str(role.users), width=56, right=True),
            Column(tr("Rights"), lambda role: str(len(role.rights)), width=60, right=True, muted=True),
        )

    def words_of(self, shown: RoleRow) -> str:
        return f"{shown.name} {shown.description}"

    def name_of(self, shown: RoleRow) -> str:
        held = trn("{n} user holds this role", "{n} users hold this role", shown.users)
        return f"{shown.name} · {held}"

    def make_form(self) -> RowForm[RoleRow]:
        return RoleForm(self.context, self._ask_void)

    def make_new_button(self) -> Button | None:
        return plain("admin.roles_new", tr("&New role"), self.begin_new, icon="add")

    def begin_new(self) -> None:
        if self.may_edit:
            self.start_new(tr("New role"))

    def load(self) -> None:
        self.read(list_roles, self.show_rows)

    def saved_key(self, outcome: Outcome[Any]) -> Id:
        return Id(outcome.value.role_id)

    def after_save(self, outcome: Outcome[Any]) -> None:
        del outcome
        self.context.messages.good(tr("Saved. New rights count from the next sign-in."))

    def _ask_void(self) -> None:
        role = self.form.row
        assert role is not None

        def void(reason: str) -> None:
            command = VoidRole(role_id=role.id, version=role.version, reason=reason)
            self.write(void_role, command, lambda _done: self.load())

        ask_reason(
            self, "admin.role_void", tr("Take the role {name} away?", name=role.name),
            tr("It works only while nobody holds it."), tr("T&ake away"), void,
        )  # fmt: skip
