"""The desk's own fields: ticks, codes, the picture, rows that turn into columns; the settings page with its items."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from hms_desktop.domain.administration.pictures import LOGO_BYTES
from hms_desktop.services.administration.settings import ChangeSettings, SettingChange, change_settings, list_settings
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.admin.beside_box import BesideBox
from hms_desktop.ui.admin.codes_field import CodesField
from hms_desktop.ui.admin.picture_field import PictureField
from hms_desktop.ui.admin.settings_page import SettingsPage
from hms_desktop.ui.admin.ticks_field import TickGroup, TicksField
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import InlineBackground
from hms_desktop.ui.kit.fields import ChoiceField, TextField
from tests.make.admin_desk import OpenDesk, Shown, dialog_named, type_fields
from tests.stores import actor_for

LOGO = Path(__file__).parents[3] / "resources" / "demo_clinic" / "logo.png"
GROUPS = (TickGroup("Fruit", (("a", "Apple"), ("b", "Banana"))), TickGroup("", (("c", "Carrot"),)))


def test_ticks_are_set_by_keys_and_kept_by_code(shown: Shown) -> None:
    field = TicksField("admin.ticks", "&Ticks", GROUPS)
    shown(field)
    field.focus_editor()
    keys.type_text("ban")
    keys.press("Space")
    keys.press("Down")
    keys.press("Space")
    assert field.value() == ("b", "c")
    assert field.note == "2 ticked"
    kept = field.snapshot()
    field.clear()
    assert field.is_blank()
    field.restore(kept)
    assert field.value() == ("b", "c")
    field.set_groups([TickGroup("", (("c", "Carrot"), ("d", "Date")))])
    assert field.value() == ("c",)
    field.set_read_only(True)
    keys.type_text("date")
    keys.press("Space")
    assert field.value() == ("c",)


def test_ticks_in_columns_are_all_seen(shown: Shown) -> None:
    field = TicksField(
        "admin.ticks", "Ticks", [TickGroup("", tuple((str(n), f"Tick {n}") for n in range(7)))], columns=3
    )
    field.resize(600, 300)
    shown(field)
    box = field.box
    assert box.height() < 130
    for place in range(7):
        assert box.viewport().rect().contains(box.visualItemRect(box.item(place)).center())
    QTest.keyClick(box, Qt.Key.Key_Right)


def test_codes_are_read_from_names_in_any_language_and_unknown_ones_are_asked_about(shown: Shown) -> None:
    field = CodesField("admin.codes", "&Ingredients", warning="Not checked.", required=True)
    field.set_names(
        {"amoxicillin": "amoxicillin", "clavulanic_acid": "clavulanic acid"}, {"amoxicilline": "amoxicillin"}
    )
    shown(field)
    problem = field.check()
    assert problem is not None
    assert problem.blocks
    field.focus_editor()
    keys.type_text("Amoxicilline + clavulanic acid;amoxicillin")
    assert field.value() == ("amoxicillin", "clavulanic_acid")
    assert field.note == "amoxicillin + clavulanic acid"
    keys.type_text(", Moon stone")
    keys.press("Return")
    assert field.note == "Not in the list: moon stone. Not checked."
    keys.press("Return")
    assert field.problem() is None
    field.set_names({"amoxicillin": "amoxicillin"})
    assert field.value() == ("amoxicillin", "clavulanic_acid", "moon_stone")
    text = field.line.text()
    field.set_names({"amoxicillin": "amoxicillin"})
    assert field.line.text() == text


def test_a_picture_is_taken_only_when_every_paper_can_draw_it(shown: Shown, tmp_path: Path) -> None:
    field = PictureField("admin.logo", "Logo", background=InlineBackground(), choose=lambda then: then(str(LOGO)))
    shown(field)
    assert field.is_blank()
    field.choose_button.click()
    assert field.value() == LOGO.read_bytes()
    assert field.remove_button.isVisible()
    assert field.snapshot() == str(len(LOGO.read_bytes()))
    field.restore("123")
    heavy, text, half = tmp_path / "heavy.png", tmp_path / "text.png", tmp_path / "half.png"
    heavy.write_bytes(LOGO.read_bytes() + b"\0" * LOGO_BYTES)
    text.write_text("hello")
    half.write_bytes(LOGO.read_bytes()[:900])
    for path, words in ((heavy, "too heavy"), (text, "not a whole"), (half, "not a whole"), (tmp_path / "no", "read")):
        field.load(str(path))
        assert words in field.note
        assert field.value() == LOGO.read_bytes()
    field.remove_button.click()
    assert field.value() is None
    assert field.note == ""
    field.set_read_only(True)
    assert not field.choose_button.isVisible()


def test_a_picture_that_the_screen_can_not_draw_is_refused(shown: Shown) -> None:
    field = PictureField("admin.logo", "Logo", background=InlineBackground())
    shown(field)
    field._on_read(b"not drawn")
    assert "not a whole PNG or JPEG" in field.note
    field.choose_button.click()
    dialog = dialog_named("admin.picture_dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(LOGO))
    dialog.reject()
    assert field.value() == LOGO.read_bytes()


def test_a_row_turns_into_a_column_where_there_is_no_room(shown: Shown) -> None:
    first, second, gone = TextField("admin.a", "A long first label"), TextField("admin.b", "A second one"), QWidget()
    gone.hide()
    box = BesideBox([BesideBox([first, second]), gone], [2, 1])
    box.resize(800, 200)
    shown(box)
    assert first.y() == second.y()
    box.resize(first.minimumSizeHint().width() + 20, 300)
    keys.wait_until(lambda: second.y() > first.y())
    assert second.y() > first.y()
    assert box.minimumSizeHint().width() < box.needed()


@pytest.fixture
def settings(open_one: Callable[..., OpenDesk]) -> tuple[OpenDesk, SettingsPage]:
    desk = open_one()
    page = desk.go_to("settings")
    assert isinstance(page, SettingsPage)
    return desk, page


def stored(clinic: Clinic, name: str) -> object:
    return next(row.value for row in list_settings(clinic, actor_for("administrator")) if row.declared.name == name)


def test_a_setting_that_another_changed_meanwhile_is_shown_before_it_is_overwritten(
    settings: tuple[OpenDesk, SettingsPage],
) -> None:
    desk, page = settings
    type_fields("12")
    change = SettingChange(name="idle_lock_minutes", value=33)
    change_settings(desk.clinic, actor_for("administrator"), ChangeSettings(changes=(change,)))
    keys.press("Ctrl+Return")
    assert page.form.field("idle_lock_minutes").note == "Somebody else saved here: 33"
    assert stored(desk.clinic, "idle_lock_minutes") == 33
    keys.press("Ctrl+Return")
    assert stored(desk.clinic, "idle_lock_minutes") == 12


def test_a_setting_that_names_an_item_offers_what_has_a_price(
    stocked_clinic: Clinic, settings: tuple[OpenDesk, SettingsPage]
) -> None:
    desk, page = settings
    field = page.form.field("consultation_item")
    assert isinstance(field, ChoiceField)
    assert field.value() == "consultation_general"
    field.set_value("consultation_specialist")
    page.form.field("registration_item").set_value("registration_card")
    page.form.save()
    assert stored(desk.clinic, "consultation_item") == "consultation_specialist"
    assert stored(desk.clinic, "registration_item") == "registration_card"


def test_an_item_that_is_not_in_the_catalogue_stays_named(settings: tuple[OpenDesk, SettingsPage]) -> None:
    desk, page = settings
    field = page.form.field("consultation_item")
    assert field.value() == "consultation_general"
    page.form.field("print_ticket").set_value(False)
    page.form.save()
    assert stored(desk.clinic, "print_ticket") is False
    assert not page.form.dirty
