"""The desk as a whole: pages by right, keys that lead about, room for everything, names for everything."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from hms_desktop.services.administration.facility import CreateDepartment, create_department
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.admin.audit_page import AuditPage
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.window import GROUPS, AdminDesk
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.drafts import DraftBar
from hms_desktop.ui.kit.theme import Look, apply_theme
from tests.house.widgets import nameless, shared_letters
from tests.make.accounts import administrator
from tests.make.admin_desk import OpenDesk, open_desk
from tests.stores import actor_for, make_user
from tests.ui.kit.fakes import context

ALL = [kind.NAME for _title, kinds in GROUPS for kind in kinds]


def test_an_administrator_has_every_page_and_a_manager_those_they_may_see(
    clinic: Clinic, open_one: Callable[..., OpenDesk]
) -> None:
    assert open_one().desk.navigation.names() == ALL
    manager = open_one(actor=make_user(clinic, "hospital_manager"))
    assert manager.desk.navigation.names() == ALL
    users = manager.list_page("users")
    assert users.new_button is None
    assert not users.form.save_button.isVisible()
    keys.press("Ctrl+N")
    assert not users.form.is_new
    assert manager.list_page("departments").form.save_button.isVisible()


def test_somebody_with_one_right_has_one_page_and_nobody_has_none(clinic: Clinic) -> None:
    bare = actor_for("nurse")
    for rights, pages in ((frozenset({"settings.view"}), ["settings"]), (frozenset[str](), [])):
        desk = AdminDesk(context(clinic, replace(bare, rights=rights)))
        assert desk.navigation.names() == pages
        assert (desk.page is None) is not bool(pages)
        desk.reload()
        keys_free = desk.shortcuts()
        assert [each.keys for each in keys_free][:2] == ["F6", "Ctrl+F"]
        desk.release()


def test_arrows_change_the_page_and_f6_goes_through_its_parts(desk: OpenDesk) -> None:
    assert desk.desk.title() == "Administration"
    assert keys.focus_name() == "admin.pages"
    keys.press("Down")
    assert desk.desk.page is not None
    assert desk.desk.page.NAME == "roles"
    keys.press("Right")
    assert keys.focus_name() == "admin.roles_list"
    keys.press("F6")
    assert keys.focus_name() == "admin.role_name"
    keys.press("F6")
    assert keys.focus_name() == "admin.pages"
    keys.press("F6")
    assert keys.focus_name() == "admin.roles_find"
    keys.press("Down")
    assert keys.focus_name() == "admin.roles_list"
    item = desk.desk.navigation.item(1)
    place = desk.desk.navigation.visualItemRect(item).center()
    QTest.mouseClick(desk.desk.navigation.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert keys.focus_name() == "admin.users_list"


def test_every_page_has_names_and_letters_of_its_own(desk: OpenDesk) -> None:
    for name in ALL:
        page = desk.go_to(name)
        assert [each for each in nameless(page) if "_draft" not in each and "_SegmentBar" not in each] == [], name
        assert used_twice(desk) == [], name
        if isinstance(page, ListPage) and page.new_button is not None:
            keys.press("Ctrl+N")
            assert page.form.is_new, name
            assert used_twice(desk) == [], name
            keys.press("Esc")


def used_twice(desk: OpenDesk) -> list[str]:
    """Letters that two widgets answer to, the offer of a draft included."""
    made: Any = desk.desk.findChildren(DraftBar)
    bars = [each for each in made if each.parentWidget().isVisible()]
    for bar in bars:
        bar.show()
    found = shared_letters(desk.desk)
    for bar in bars:
        bar.hide()
    return found


def cut_off(desk: OpenDesk, name: str) -> list[str]:
    """Forms that are wider than their room."""
    areas: Any = desk.go_to(name).findChildren(QScrollArea)
    return [
        f"{name}: {area.widget().width()} > {area.viewport().width()}"
        for area in areas
        if area.isVisible() and area.widget().width() > area.viewport().width()
    ]


def test_everything_fits_a_small_screen(stocked_clinic: Clinic, open_one: Callable[..., OpenDesk]) -> None:
    desk = open_one()
    for name in ALL:
        assert cut_off(desk, name) == []
    assert desk.desk.minimumSizeHint().width() <= 1024


def test_at_large_text_list_and_form_take_turns(
    stocked_clinic: Clinic, qapp: QApplication, open_one: Callable[..., OpenDesk]
) -> None:
    apply_theme(qapp, Look.DARK, scale=1.5)
    desk = open_one()
    for name in ALL:
        page = desk.go_to(name)
        assert desk.desk.minimumSizeHint().width() <= 1024, name
        if isinstance(page, ListPage):
            assert page.narrow
            assert page.list.isVisible()
            keys.press("Return")
            assert page.form.isVisible()
            assert not page.list.isVisible()
            assert page.start_focus() is page.form
            assert cut_off(desk, name) == []
            page.enter_form()
            keys.press("Esc")
            assert page.list.isVisible()
    page = desk.go_to("audit")
    assert isinstance(page, AuditPage)
    keys.press("Return")
    assert page.changes.isVisible()
    assert not page.list.isVisible()
    keys.press("Esc")
    assert page.list.hasFocus()


def test_what_another_person_changes_comes_by_itself_and_pages_behind_are_read_when_shown(desk: OpenDesk) -> None:
    departments = desk.list_page("departments")
    assert departments.list.rows() == []
    other = administrator(desk.clinic)
    changed = create_department(desk.clinic, other, CreateDepartment(name="Eyes")).changed
    desk.given.background.announce(changed)
    assert keys.wait_until(lambda: len(departments.list.rows()) == 1)
    desk.go_to("roles")
    changed = create_department(desk.clinic, other, CreateDepartment(name="Ears")).changed
    desk.given.background.announce(changed)
    assert len(departments.list.rows()) == 1
    desk.go_to("departments")
    assert [row.name for row in departments.list.rows()] == ["Ears", "Eyes"]


def test_a_long_form_follows_the_focus(stocked_clinic: Clinic, open_one: Callable[..., OpenDesk]) -> None:
    desk = open_one()
    page = desk.list_page("medicines")
    keys.press("Return")
    for _field in range(20):
        keys.press("Return")
        focused = QApplication.focusWidget()
        assert focused is not None
        if page.form.save_button is focused:
            break
        assert not focused.visibleRegion().isEmpty(), focused.objectName()


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK, Look.HIGH_CONTRAST])
def test_every_page_opens_in_every_look(qapp: QApplication, clinic: Clinic, look: Look, shown: Any) -> None:
    apply_theme(qapp, look)
    desk = open_desk(clinic, shown)
    for name in ALL:
        desk.go_to(name)
        assert not desk.desk.grab().isNull()
    desk.desk.release()
