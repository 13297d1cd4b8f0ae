"""The one page shape: find, choose, change, save; drafts; nothing of anybody is overwritten in silence."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from hms_desktop.services.administration.facility import (
    CorrectDepartment,
    CreateDepartment,
    correct_department,
    create_department,
    list_departments,
)
from hms_desktop.services.clinic import Clinic
from hms_desktop.system.drafts import DraftStore
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import InlineBackground
from hms_desktop.ui.kit.drafts import DraftKeeper
from tests.make.admin_desk import OpenDesk, type_fields
from tests.stores import actor_for, make_user

OTHER = actor_for("administrator")


@pytest.fixture(autouse=True)
def departments(clinic: Clinic) -> None:
    for name, place in (("Eye clinic", "Block B"), ("Ear clinic", "Block C"), ("Pharmacy", "Gate")):
        create_department(clinic, OTHER, CreateDepartment(name=name, location=place))


def stored(clinic: Clinic, name: str) -> tuple[str, str, str]:
    row = next(each for each in list_departments(clinic, OTHER) if each.name == name)
    return row.location, row.phone, row.email


def change_elsewhere(clinic: Clinic, name: str, **more: str) -> None:
    """Another administrator corrects a department."""
    row = next(each for each in list_departments(clinic, OTHER) if each.name == name)
    values = {"name": row.name, "location": row.location, "phone": row.phone, "email": row.email, **more}
    correct_department(
        clinic,
        OTHER,
        CorrectDepartment(department_id=row.id, version=row.version, **values),  # type: ignore[arg-type]
    )


def test_words_find_rows_and_nothing_found_is_said(desk: OpenDesk) -> None:
    page = desk.list_page("departments")
    desk.find("block b cli")
    assert [row.name for row in page.list.rows()] == ["Ear clinic", "Eye clinic"]
    desk.find("eye cli")
    assert page.heading.text() == "Eye clinic"
    assert keys.focus_name() == "admin.departments_list"
    desk.find("xyz")
    assert page.list.rows() == []
    desk.find("gate")
    assert page.heading.text() == "Pharmacy"


def test_enter_opens_a_row_and_saving_leads_back_to_the_list(desk: OpenDesk) -> None:
    page = desk.list_page("departments")
    desk.find("pharmacy")
    keys.press("Return")
    assert keys.focus_name() == "admin.department_name"
    type_fields("", "", "Block A")
    keys.press("Ctrl+Return")
    assert desk.said() == ["Saved."]
    assert keys.focus_name() == "admin.departments_list"
    assert page.list.current() is not None
    assert stored(desk.clinic, "Pharmacy")[0] == "Block A"
    keys.press("Return")
    keys.press("Ctrl+Return")
    assert desk.said()[-1] == "Nothing was changed."
    assert keys.focus_name() == "admin.departments_list"


def test_a_new_row_is_begun_saved_and_chosen(desk: OpenDesk) -> None:
    page = desk.list_page("departments")
    keys.press("Ctrl+N")
    assert page.heading.text() == "New department"
    keys.press("Ctrl+Return")
    assert page.form.field("name").note == "Needed."
    type_fields("eye CLINIC")
    keys.press("Ctrl+Return")
    assert "in use already" in page.form.field("name").note
    keys.press("Ctrl+A")
    type_fields("Dental", "", "Block D")
    keys.press("Ctrl+Return")
    current = page.list.current()
    assert current is not None
    assert current.name == "Dental"
    keys.press("Ctrl+N")
    keys.type_text("Half a name")
    page.load()
    assert page.heading.text() == "New department"
    assert page.form.field("name").value() == "Half a name"
    keys.press("Esc")
    keys.press("Ctrl+N")
    keys.press("Esc")
    assert not page.form.is_new
    assert page.heading.text() == "Dental"


def test_what_others_change_is_followed_while_nothing_is_typed(desk: OpenDesk) -> None:
    page = desk.list_page("departments")
    desk.find("eye")
    change_elsewhere(desk.clinic, "Eye clinic", phone="12")
    page.load()
    assert page.form.field("phone").value() == "12"


def test_a_stale_save_keeps_what_was_typed_and_shows_what_others_saved(desk: OpenDesk) -> None:
    page = desk.list_page("departments")
    desk.find("eye")
    keys.press("Return")
    type_fields("", "", "My block", "", "77")
    change_elsewhere(desk.clinic, "Eye clinic", phone="12", email="eye@b.org")
    page.load()
    assert page.form.field("phone").value() == "77"
    keys.press("Ctrl+Return")
    assert "Somebody else changed this department" in desk.said()[-1]
    assert page.form.field("phone").note == "Somebody else saved here: 12"
    assert page.form.field("phone").value() == "77"
    assert page.form.field("email").value() == "eye@b.org"
    assert stored(desk.clinic, "Eye clinic") == ("Block B", "12", "eye@b.org")
    keys.press("Ctrl+Return")
    assert stored(desk.clinic, "Eye clinic") == ("My block", "77", "eye@b.org")


def test_a_row_that_is_gone_is_let_go(desk: OpenDesk) -> None:
    page = desk.list_page("departments")
    desk.find("eye")
    rest = [row for row in page.rows if row.name != "Eye clinic"]
    desk.find("")
    page.list.select_key(next(row.id for row in page.rows if row.name == "Eye clinic"))
    page.show_rows(rest)
    assert page.form.row in rest
    page.show_rows([])
    assert page.form.row is None
    assert page.heading.text() == ""
    assert not page.form.isEnabled()


@pytest.fixture
def drafts(tmp_path: Path) -> Iterator[DraftKeeper]:
    store = DraftStore(tmp_path / "drafts")
    yield DraftKeeper(InlineBackground(), store, "admin")
    store.close()


def test_what_was_typed_survives_another_row_another_page_and_a_restart(
    clinic: Clinic, open_one: Callable[..., OpenDesk], drafts: DraftKeeper
) -> None:
    desk = open_one(drafts=drafts)
    page = desk.list_page("departments")
    desk.find("eye")
    keys.press("Return")
    type_fields("", "", "Half typed")
    desk.go_to("roles")
    again = open_one(drafts=drafts).list_page("departments")
    again.list.select_key(page.list.current().id)  # type: ignore[union-attr]
    restore = again.form.findChild(QWidget, "admin.departments_form_restore_draft")
    assert isinstance(restore, QWidget)
    assert restore.isVisible()
    keys.press("Alt+R")
    assert again.form.field("location").value() == "Half typed"
    keys.press("Ctrl+Return")
    assert stored(clinic, "Eye clinic")[0] == "Half typed"


def test_who_may_only_look_changes_nothing(clinic: Clinic, open_one: Callable[..., OpenDesk]) -> None:
    desk = open_one(actor=make_user(clinic, "hospital_manager"))
    page = desk.list_page("roles")
    keys.press("Return")
    assert keys.focus_name() == "admin.role_name"
    keys.type_text("x")
    assert page.form.field("name").value() == page.list.current().name  # type: ignore[union-attr]
    page.form.save()
    assert desk.said() == []
    assert not page.form.dirty
