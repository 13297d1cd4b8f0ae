"""What a start may load, and when: a new heavy import in the way of the first page fails here, not at eight o'clock."""

import json
import os
import subprocess
import sys
from pathlib import Path

from hms_desktop.system.machine import Machine
from hms_desktop.system.preferences import Preferences, write_preferences

STORE = ("sqlalchemy", "sqlcipher3", "hms_desktop.services", "hms_desktop.data")
"""What opening a store takes; nothing of it comes before the first page."""

RARELY = (
    "alembic", "psycopg", "reportlab", "pypdfium2", "uharfbuzz", "bidi", "segno", "PIL", "babel", "keyring",
    "cryptography", "sqlalchemy.dialects.postgresql", "hms_desktop.ui.tour",
)  # fmt: skip
"""What even a desk at work loads only when a paper is made, a store upgraded, another engine asked."""

LATER = (*RARELY, "argon2", "rapidfuzz", "hms_desktop.documents", "hms_desktop.interop")
"""What neither the first page nor the sign-in needs."""

DESKS = tuple(f"hms_desktop.ui.{desk}" for desk in "reception triage doctor lab pharmacy cashier admin".split())

MOST_OWN, MOST_OTHER = 38, 22
"""Modules that the first page takes: our own, and others beyond a bare window's. Raise them only with a measurement."""

_PROGRAM = """
import json, os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
bare = frozenset(sys.modules)
from hms_desktop import cli
from hms_desktop.ui.shell import start as starting

begin, seen = starting.start, {}

def start(opening):
    program = begin(opening)
    window, wait = program.window, QTimer(program, interval=5)

    def painted():
        seen["first"] = [window.page.objectName(), sorted(sys.modules)]

    def at_sign_in():
        if window.page.objectName() == "sign_in.page" and program.clinic is not None:
            seen["sign_in"] = ["sign_in.page", sorted(sys.modules)]
            wait.stop()
            program.show_frame(person())
            QTimer.singleShot(0, program, at_work)

    def person():
        from hms_desktop.domain.accounts import Actor
        from hms_desktop.domain.ids import new_id
        from hms_desktop.domain.rights import RIGHTS
        return Actor(new_id(), "ada", "Ada", RIGHTS, ("doctor",))

    def at_work():
        seen["frame"] = [window.page.objectName(), sorted(sys.modules)]
        window.close()

    program.crashes.crashed.connect(lambda _number: os._exit(9))
    window.painted.disconnect()
    window.painted.connect(painted)
    window.painted.connect(program.open_store)
    wait.timeout.connect(at_sign_in)
    wait.start()
    return program

starting.start = start
done = cli.main(sys.argv[1:])
print(json.dumps({"bare": sorted(bare), **seen}))
sys.exit(done)
"""


def started(store: Path, home: Path) -> dict[str, list[object]]:
    """The page and the loaded modules at the first paint, the open sign-in and a doctor's desk of `hms run`."""
    command = [sys.executable, "-c", _PROGRAM, "run", "--store", str(store), "--home", str(home)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    seen: dict[str, list[object]] = json.loads(ended.stdout.splitlines()[-1])
    return seen


def loaded(modules: object, names: tuple[str, ...]) -> list[str]:
    """Which of `names`, or of what they hold, is among the modules."""
    assert isinstance(modules, list)
    return [each for each in modules if any(each == name or each.startswith(f"{name}.") for name in names)]


def test_every_page_loads_only_what_it_shows(pc: Machine, tmp_path: Path) -> None:
    seen = started(tmp_path / "clinic.db", pc.home)
    page, modules = seen["first"]
    assert page == "opening.page"
    assert loaded(modules, (*STORE, *LATER, *DESKS)) == []
    _page, modules = seen["sign_in"]
    assert loaded(modules, (*LATER, *DESKS)) == []
    assert loaded(modules, ("sqlalchemy",))
    page, modules = seen["frame"]
    assert page == "frame.page"
    assert loaded(modules, (*RARELY, *(desk for desk in DESKS if not desk.endswith(".doctor")))) == []
    assert loaded(modules, ("hms_desktop.ui.doctor",))


def test_a_pc_that_was_here_before_sees_the_sign_in_first(pc: Machine, tmp_path: Path) -> None:
    store = tmp_path / "clinic.db"
    write_preferences(pc.home, Preferences().with_clinic(str(store), "Kisumu Hill Clinic", training=False))
    seen = started(store, pc.home)
    page, modules = seen["first"]
    assert page == "sign_in.page"
    assert loaded(modules, (*STORE, *LATER, *DESKS)) == []
    assert isinstance(modules, list)
    beyond = set(modules) - set(seen["bare"])
    own = {each for each in beyond if each.startswith("hms_desktop")}
    assert len(own) <= MOST_OWN, sorted(own)
    assert len(beyond - own) <= MOST_OTHER, sorted(beyond - own)
