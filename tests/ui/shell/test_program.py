import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hms_desktop.domain.errors import NotFound
from hms_desktop.services.accounts import SetPin, SignIn, set_pin, sign_in
from hms_desktop.system.machine import Machine
from hms_desktop.system.preferences import Preferences, read_preferences, write_preferences
from hms_desktop.ui.kit import keys
from hms_desktop.ui.shell import first_run_steps
from hms_desktop.ui.shell.first_run import FirstRunPage
from hms_desktop.ui.shell.lock import IdleWatch
from hms_desktop.ui.shell.program import Opening, Program
from tests.stores import MIGRATIONS, PASSWORD, make_user
from tests.ui.shell.fake_desks import FakeDesk

Start = Callable[..., Program]


@pytest.fixture
def start(qapp: QApplication) -> Iterator[Start]:
    """Starts programs and ends them."""
    made: list[Program] = []

    def begin(location: Path, machine: Machine, **more: object) -> Program:
        program = Program(Opening(location=str(location), machine=machine, **more))  # type: ignore[arg-type]
        made.append(program)
        program.start()
        return program

    yield begin
    for program in made:
        program.close()
        program.window.deleteLater()


def at(program: Program, page: str) -> bool:
    return keys.wait_until(
        lambda: program.window.page is not None and program.window.page.objectName() == f"{page}.page", 15000
    )


def focused(name: str) -> bool:
    return keys.wait_until(lambda: keys.focus_name() == name)


def enter(name: str, secret: str) -> None:
    keys.press("Alt+U")
    keys.press("Ctrl+A")
    keys.type_text(name)
    keys.press("Return")
    keys.type_text(secret)
    keys.press("Return")


def test_a_new_clinic_is_set_up_by_keys(start: Start, tmp_path: Path) -> None:
    machine = Machine(tmp_path / "home", MIGRATIONS)
    program = start(tmp_path / "new.db", machine)
    assert at(program, "welcome")
    assert focused("welcome.new_clinic")
    keys.press("Return")
    assert focused("first_run.name")
    keys.press("Ctrl+Return")
    assert focused("first_run.name")
    for text in ("Kisumu Hill Clinic", "", "Hill Road 1", "+254 1", "", ""):
        keys.type_text(text)
        keys.press("Return")
    assert focused("first_run.profile")
    keys.type_text("f")
    keys.press("Return")
    for text in ("Ada", "Admin", "Ada.A", "a-long-secret", "a-long-secret"):
        keys.type_text(text)
        keys.press("Return")
    keys.press("Ctrl+Return")
    keys.press("Esc")
    assert focused("first_run.admin_given_name")
    keys.press("Ctrl+Return")
    keys.press("Ctrl+Return")
    assert at(program, "sign_in")
    assert program.clinic is not None
    facility = program.clinic.facility
    assert (facility.name, facility.code, facility.profile.value) == ("Kisumu Hill Clinic", "KHC", "pay_first")
    assert focused("sign_in.password")
    assert read_preferences(tmp_path / "home").last_username == "Ada.A"


def test_a_password_that_the_service_refuses_stands_beside_its_field(start: Start, tmp_path: Path) -> None:
    program = start(tmp_path / "new.db", Machine(tmp_path / "home", MIGRATIONS))
    assert at(program, "welcome")
    keys.press("Return")
    page = program.window.page
    assert isinstance(page, FirstRunPage)
    page.clinic.name_field.set_value("Hill Clinic")
    page.clinic.code.set_value("HC")
    values = {"admin_given_name": "A", "admin_family_name": "B", "admin_username": "ada", "admin_password": "password1"}
    for key, value in values.items():
        field = page.administrator.field(key)
        assert field is not None
        field.set_value(value)
    page.administrator.again.set_value("password1")
    for _ in range(4):
        page.go_on()
    assert focused("first_run.admin_password")
    assert "word" in page.administrator.password.note.lower()
    for _ in range(3):
        page.go_back()
    assert at(program, "welcome")


@pytest.mark.usefixtures("fake_windows")
def test_sign_in_lock_switch_and_sign_out(start: Start, pc: Machine, tmp_path: Path) -> None:
    program = start(tmp_path / "clinic.db", pc)
    assert at(program, "sign_in")
    assert program.clinic is not None
    nurse = people(program)
    enter("ada", "wrong-password")
    assert keys.wait_until(lambda: program.background.idle)
    assert focused("sign_in.password")
    enter("ada", PASSWORD)
    assert at(program, "frame")
    assert focused("triage.line")
    assert program.frame is not None
    frame, desk = program.frame, program.frame.desk
    assert isinstance(desk, FakeDesk)
    keys.type_text("half typed")
    keys.press("Ctrl+L")
    assert at(program, "lock")
    assert focused("lock.secret")
    keys.type_text("not-this-one")
    keys.press("Return")
    assert keys.wait_until(lambda: program.background.idle)
    keys.type_text(PASSWORD)
    keys.press("Return")
    assert at(program, "frame")
    assert program.frame is frame
    assert desk.line.text() == "half typed"
    keys.press("F2")
    assert focused("lock.username")
    keys.press("Esc")
    assert at(program, "frame")
    keys.press("F2")
    enter(nurse, "4711")
    assert keys.wait_until(lambda: program.frame is not None and program.frame.context.actor.username == nurse)
    assert at(program, "frame")
    program.frame.sign_out_wanted.emit()
    assert at(program, "sign_in")


def people(program: Program) -> str:
    """Ada gets desks; a nurse with a PIN is hired. Returns the nurse's user name."""
    from sqlalchemy import select

    from hms_desktop.data.tables.accounts import Role, UserAccount, UserRole
    from hms_desktop.domain.accounts import SYSTEM
    from hms_desktop.services.passwords import hashed

    clinic = program.clinic
    assert clinic is not None
    ada = sign_in(clinic, SignIn(username="admin", password=PASSWORD))
    nurse = make_user(clinic, "nurse", username="atieno", name="Atieno O.")
    with clinic.work(SYSTEM, "tests.people") as work:
        work.change(UserAccount, ada.user_id, username="ada")
        work.change(UserAccount, nurse.user_id, password_hash=hashed(PASSWORD))
        roles = {row.code: row.id for row in work.rows(select(Role.id, Role.code))}
        work.insert(UserRole, user_id=ada.user_id, role_id=roles["nurse"])
        work.finish()
    set_pin(clinic, replace(nurse, username="atieno"), SetPin(password=PASSWORD, pin="4711"))
    return "atieno"


@pytest.mark.usefixtures("fake_windows")
def test_a_given_password_must_be_changed_first(start: Start, pc: Machine, tmp_path: Path) -> None:
    program = start(tmp_path / "clinic.db", pc)
    assert at(program, "sign_in")
    people(program)
    from hms_desktop.data.tables.accounts import UserAccount
    from hms_desktop.domain.accounts import SYSTEM

    assert program.clinic is not None
    ada = sign_in(program.clinic, SignIn(username="ada", password=PASSWORD))
    with program.clinic.work(SYSTEM, "tests.must_change") as work:
        work.change(UserAccount, ada.user_id, must_change_password=True)
        work.finish()
    enter("ada", PASSWORD)
    assert at(program, "new_password")
    for text in ("wrong-old-one", "another-long-one", "another-long-one"):
        keys.type_text(text)
        keys.press("Return")
    assert focused("new_password.old")
    keys.press("Ctrl+A")
    keys.type_text(PASSWORD)
    for _ in range(3):
        keys.press("Return")
    assert at(program, "frame")


def test_a_pc_that_is_new_to_the_clinic_is_enrolled_by_an_administrator(
    start: Start, pc: Machine, tmp_path: Path
) -> None:
    stranger = Machine(tmp_path / "other_home", MIGRATIONS)
    program = start(tmp_path / "clinic.db", stranger)
    assert at(program, "sign_in")
    page = program.window.page
    assert page is not None
    enter("admin", PASSWORD)
    assert keys.wait_until(lambda: program.clinic is not None and program.clinic.station.code == "B", 15000)


def test_a_store_that_cannot_be_opened_says_why_and_can_be_tried_again(
    start: Start, pc: Machine, tmp_path: Path
) -> None:
    good = tmp_path / "clinic.db"
    shutil.copy(good, tmp_path / "kept.db")
    good.write_bytes(b"this is no store" * 500)
    program = start(good, pc)
    assert focused("opening.again")
    shutil.copy(tmp_path / "kept.db", good)
    keys.press("Return")
    assert at(program, "sign_in")


def test_language_and_look_are_remembered_and_worn_at_once(start: Start, pc: Machine, tmp_path: Path) -> None:
    write_preferences(pc.home, Preferences(look="strange", language="xx"))
    program = start(tmp_path / "clinic.db", pc)
    assert at(program, "sign_in")
    keys.press("Alt+O")
    keys.press("Down")
    assert keys.wait_until(lambda: read_preferences(pc.home).look == "dark")


def test_a_fault_is_told_with_a_number_and_nothing_of_the_patient(start: Start, pc: Machine, tmp_path: Path) -> None:
    program = start(tmp_path / "clinic.db", pc)
    assert at(program, "sign_in")
    assert sys.excepthook == program.crashes._on_exception
    program.crashes.report(ValueError("Asha Otieno"))
    assert focused("crash.go_on")
    written = [file.read_text() for file in (pc.home / "crashes").iterdir()]
    assert len(written) == 1
    assert "ValueError" in written[0]
    assert "Asha" not in written[0]
    keys.press("Return")
    assert keys.wait_until(lambda: QApplication.activeModalWidget() is None)
    program.crashes._on_exception(NotFound, NotFound(kind="visit", id="1"), None)
    assert keys.wait_until(lambda: len(program.messages.recent) == 1)


def test_the_idle_watch_says_when_nobody_is_there(qapp: QApplication) -> None:
    watch = IdleWatch(0.0005)
    watch._timer.setInterval(10)
    gone: list[int] = []
    watch.idle.connect(lambda: gone.append(1))
    watch.start()
    assert keys.wait_until(lambda: bool(gone))
    keys.wait(50)
    assert gone == [1]


def test_codes_are_suggested_and_logos_made_small(tmp_path: Path, qapp: QApplication) -> None:
    assert first_run_steps.suggested_code("Kisumu Hill Clinic") == "KHC"
    assert first_run_steps.suggested_code("mercy") == "ME"
    assert first_run_steps.suggested_code("عيادة") == ""
    image = QImage(2000, 1000, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    small = QImage.fromData(first_run_steps.small_png(image))
    assert (small.width(), small.height()) == (512, 256)


def test_the_database_of_another_program_is_no_place_for_a_clinic(start: Start, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE somebodys (id INTEGER)")
    connection.close()
    program = start(tmp_path / "other.db", Machine(tmp_path / "home", MIGRATIONS))
    assert keys.wait_until(
        lambda: any("belongs to another program" in each.text() for each in program.window.findChildren(QLabel)), 15000
    )
    assert not program.window.findChildren(QWidget, "welcome.page")
