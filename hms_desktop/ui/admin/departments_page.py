"""Departments: where they are, who leads them, what they may spend."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.users import UserRow
from hms_desktop.domain.facility import DepartmentRow
from hms_desktop.domain.ids import Id
from hms_desktop.services.administration.facility import (
    CorrectDepartment,
    CreateDepartment,
    correct_department,
    create_department,
    list_departments,
)
from hms_desktop.services.administration.users import list_users
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.kit.badges import tone_badge
from hms_desktop.ui.kit.buttons import Button, plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, MoneyField, NoteField, TextField, ToggleField
from hms_desktop.ui.kit.table import Column
from hms_desktop.words.language import N_, tr


def _gathered(clinic: Clinic, actor: Actor) -> tuple[list[DepartmentRow], list[UserRow]]:
    users = list_users(clinic, actor) if actor.may("accounts.view") else []
    return list_departments(clinic, actor), users


class DepartmentForm(RowForm[DepartmentRow]):
    """A department."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "departments")
        self.head: ChoiceField[Id] = ChoiceField("admin.head_id", tr("&Head"), blank=tr("– none –"))
        self.add_row(
            TextField("admin.department_name", tr("Na&me"), key="name", max_length=80, required=True),
            self.head,
        )
        self.add_row(
            TextField("admin.department_location", tr("&Location"), key="location", max_length=120),
            MoneyField(
                "admin.annual_budget",
                tr("Yearly &budget"),
                currency=context.clinic.facility.currency,
            ),
        )
        self.add_row(
            TextField("admin.department_phone", tr("&Phone"), key="phone", max_length=40),
            TextField("admin.department_email", tr("&E-mail"), key="email", max_length=120),
        )
        self.add(
            NoteField("admin.department_description", tr("&Description"), key="description", lines=2, max_length=300)
        )
        self.add(ToggleField("admin.department_active", tr("&Open: patients are sent there"), key="active"))
        self.body.addStretch(1)

    def offer_heads(self, users: Sequence[UserRow]) -> None:
        """Who may lead a department."""
        self.offer(lambda: self.head.set_choices([Choice(user.id, user.name) for user in users if user.active]))

    def values_of(self, row: DepartmentRow) -> dict[str, Any]:
        return {
            "name": row.name, "head_id": row.head_id, "location": row.location, "annual_budget": row.annual_budget,
            "phone": row.phone, "email": row.email, "description": row.description, "active": row.active,
        }  # fmt: skip

    def new_values(self) -> dict[str, Any]:
        return {"active": True}

    def save_row(self, row: DepartmentRow | None) -> Callable[[], Outcome[Any]]:
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        if row is None:
            made = CreateDepartment(key=self.key, **values)
            return lambda: create_department(clinic, actor, made)
        corrected = CorrectDepartment(key=self.key, department_id=row.id, version=row.version, **values)
        return lambda: correct_department(clinic, actor, corrected)


class DepartmentsPage(ListPage[DepartmentRow]):
    """The departments."""

    NAME: ClassVar[str] = "departments"
    TITLE: ClassVar[str] = N_("Departments")
    RIGHT: ClassVar[str] = "facility.view"
    EDIT_RIGHT: ClassVar[str] = "facility.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.SETTINGS, topics.USERS})
    form: DepartmentForm

    def columns(self) -> Sequence[Column[DepartmentRow]]:
        return (
            Column(tr("Department"), lambda each: each.name, stretch=True, bold=True),
            Column(
                tr("Location"), lambda each: each.location, width=140, muted=True,
                badge=lambda each: None if each.active else tone_badge(tr("Closed"), "plain"),
            ),
        )  # fmt: skip

    def words_of(self, shown: DepartmentRow) -> str:
        return f"{shown.name} {shown.location} {shown.head} {shown.code}"

    def name_of(self, shown: DepartmentRow) -> str:
        return shown.name

    def make_form(self) -> RowForm[DepartmentRow]:
        return DepartmentForm(self.context)

    def make_new_button(self) -> Button | None:
        return plain("admin.departments_new", tr("&New department"), self.begin_new, icon="add")

    def begin_new(self) -> None:
        if self.may_edit:
            self.start_new(tr("New department"))

    def empty_text(self) -> str:
        return tr("There are no departments yet. Ctrl+N adds one.")

    def load(self) -> None:
        self.read(_gathered, self._on_gathered)

    def _on_gathered(self, found: tuple[list[DepartmentRow], list[UserRow]]) -> None:
        departments, users = found
        self.form.offer_heads(users)
        self.show_rows(departments)
