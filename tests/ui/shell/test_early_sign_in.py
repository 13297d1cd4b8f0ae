"""The sign-in of a PC that was at the clinic before: painted at once, worked while the store is still being opened."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from hms_desktop.services.clinic import Clinic
from hms_desktop.system.machine import Machine
from hms_desktop.system.preferences import Preferences, read_preferences, write_preferences
from hms_desktop.ui.kit import keys
from hms_desktop.ui.shell import program as program_module
from hms_desktop.ui.shell.program import Opening, Program
from tests.stores import PASSWORD

NAME = "Kisumu Hill Clinic"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The store opens when this is set."""
    may_open = threading.Event()
    opened: Callable[[str, Machine], tuple[Clinic, bool]] = program_module._opened

    def later(location: str, machine: Machine) -> tuple[Clinic, bool]:
        assert may_open.wait(20)
        return opened(location, machine)

    monkeypatch.setattr(program_module, "_opened", later)
    yield may_open
    may_open.set()


@pytest.fixture
def begun(qapp: QApplication, gate: threading.Event, pc: Machine, tmp_path: Path) -> Iterator[Program]:
    """A program on a PC that was at this clinic before; its store waits at the gate."""
    store = str(tmp_path / "clinic.db")
    write_preferences(pc.home, Preferences(last_username="admin").with_clinic(store, NAME, training=False))
    program = Program(Opening(location=store, machine=pc))
    program.start()
    yield program
    gate.set()
    program.close()
    program.window.deleteLater()


def at(program: Program, page: str) -> bool:
    return keys.wait_until(
        lambda: program.window.page is not None and program.window.page.objectName() == f"{page}.page", 15000
    )


def texts(program: Program) -> set[str]:
    assert program.window.page is not None
    return {each.text() for each in program.window.page.findChildren(QLabel)}


@pytest.mark.usefixtures("fake_windows")
def test_what_is_typed_and_sent_before_the_clinic_is_open_signs_in_then(begun: Program, gate: threading.Event) -> None:
    assert at(begun, "sign_in")
    assert texts(begun) >= {NAME, "The clinic is being opened…"}
    assert keys.wait_until(lambda: keys.focus_name() == "sign_in.password")
    keys.type_text(PASSWORD)
    keys.press("Return")
    assert begun.clinic is None
    gate.set()
    assert at(begun, "frame")
    assert begun.frame is not None
    assert begun.frame.context.actor.username == "admin"


def test_the_sign_in_stays_when_the_clinic_opens_and_tells_its_own_name(
    begun: Program, gate: threading.Event, pc: Machine
) -> None:
    assert at(begun, "sign_in")
    page = begun.window.page
    assert keys.wait_until(lambda: keys.focus_name() == "sign_in.password")
    keys.type_text("half")
    gate.set()
    assert keys.wait_until(lambda: begun.clinic is not None, 15000)
    assert begun.window.page is page
    assert begun.clinic is not None
    own = begun.clinic.facility.name
    assert texts(begun) >= {own, "Sign in"}
    assert keys.wait_until(lambda: read_preferences(pc.home).last_clinic == own)
    assert keys.focus_name() == "sign_in.password"


def test_a_store_that_is_gone_takes_the_place_of_the_sign_in(
    begun: Program, gate: threading.Event, tmp_path: Path
) -> None:
    assert at(begun, "sign_in")
    (tmp_path / "clinic.db").write_bytes(b"this is no store" * 500)
    gate.set()
    assert at(begun, "opening")
    assert keys.wait_until(lambda: keys.focus_name() == "opening.again")


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("clinics/hill/clinic.db", "clinics/hill/clinic.db"),
        ("postgresql://hms:s3cret@10.0.0.2/clinic?password=x", "postgresql://hms@10.0.0.2/clinic"),
        ("postgresql://hms:a@b@10.0.0.2/clinic", "postgresql://hms@10.0.0.2/clinic"),
        ("postgresql://10.0.0.2/clinic", "postgresql://10.0.0.2/clinic"),
    ],
)
def test_the_store_is_remembered_without_its_password(location: str, kept: str) -> None:
    known = Preferences().with_clinic(location, NAME, training=True)
    assert known.last_store == kept
    assert known.clinic_at(location) == NAME
    assert known.clinic_at("elsewhere.db") == ""
