"""From process start to painted pages, beside a bare window. Each run is a process of its own, taking turns.

The clock starts before the process does and stops when the process says that a page was painted.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.blocks import BLOCKS, Measured

SIZE = 10_000
STAGES = (
    ("first", "start to painted first page", "≤ 1.3×"),
    ("sign_in", "start to painted sign-in", "≤ 1.3×"),
    ("open", "start to an open clinic", ""),
    ("role", "start to role window, live queue", "≤ 1.3×"),
)
"""What a run says, in this order; its row; its goal. Nobody types: the role window opens as soon as the clinic is."""

_WATCH = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer

def tell(stage):
    sys.stdout.write(stage + "\\n")
    sys.stdout.flush()

class Watch(QObject):
    def __init__(self, widget, then):
        super().__init__(widget)
        self.then = then
        widget.installEventFilter(self)

    def eventFilter(self, widget, event):
        if event.type() == QEvent.Type.Paint:
            widget.removeEventFilter(self)
            QTimer.singleShot(0, self.then)
        return False
"""

_BARE = (
    _WATCH
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
watch = Watch(window, lambda: (tell("painted"), app.quit()))
window.show()
sys.exit(app.exec())
"""
)

_OURS = (
    _WATCH
    + """
from hms_desktop import cli
from hms_desktop.ui.shell import start as starting

begin = starting.start

def start(opening):
    program = begin(opening)
    page = program.window.page
    Watch(page, lambda: (tell("first"), tell("sign_in") if page.objectName() == "sign_in.page" else None))
    wait = QTimer(program, interval=2)

    def enter():
        if program.clinic is None:
            return
        tell("open")
        wait.stop()
        from hms_desktop.domain.accounts import Actor
        from hms_desktop.domain.ids import new_id
        from hms_desktop.domain.rights import RIGHTS
        program.show_frame(Actor(new_id(), "bench", "Bench", RIGHTS, ("doctor",)))
        wait.timeout.disconnect()
        wait.timeout.connect(look)
        wait.start()

    def look():
        desk = program.frame.desk
        lists = [each for each in desk.findChildren(QTableView) if each.model() and each.model().rowCount() >= 50]
        if lists:
            wait.stop()
            Watch(lists[0].viewport(), lambda: (tell("role"), program.window.close()))
            lists[0].viewport().update()

    from PySide6.QtWidgets import QTableView
    wait.timeout.connect(enter)
    wait.start()
    return program

starting.start = start
sys.exit(cli.main(["run", "--role", "doctor"]))
"""
)


def start_rows(folder: Path) -> Iterator[Measured]:
    """`hms run` on this PC's own store against an empty QMainWindow; this PC was at the clinic before."""
    from tests.benchmarks.run import clinic_of

    clinic_of(SIZE).store.close()
    environment = _environment(folder)
    for _warm in range(2):  # the first one writes bytecode and learns where it was
        _run(_OURS, environment)
        _run(_BARE, environment)
    seen = _run(_OURS, environment)
    assert set(seen) == {stage for stage, _name, _goal in STAGES}, seen
    ours, bare = [], []
    for block in range(BLOCKS):
        if block % 2:
            ours.append(_run(_OURS, environment))
        bare.append(_run(_BARE, environment)["painted"])
        if not block % 2:
            ours.append(_run(_OURS, environment))
    for stage, name, goal in STAGES:
        yield _row(name, [run[stage] for run in ours], bare, goal)


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own with a copy of the store, found as on a person's PC where the system says so."""
    data = folder / "start"
    home = data / "hms-desktop"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(folder / str(SIZE) / "home", home)
    shutil.copy(folder / str(SIZE) / "clinic.db", home)
    left_out = {"HMS_HOME", "HMS_STORE", "PYTHONDONTWRITEBYTECODE"}  # an installed program has its bytecode
    given = {name: value for name, value in os.environ.items() if name not in left_out}
    given["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    place = {"XDG_DATA_HOME": str(data)} if sys.platform == "linux" else {"HMS_HOME": str(home)}
    return {**given, **place, "QT_QPA_PLATFORM": "offscreen"}


def _run(program: str, environment: dict[str, str]) -> dict[str, float]:
    """Seconds until each thing that the process said."""
    command = [sys.executable, "-c", program]
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        seen = {line.strip(): time.perf_counter() - begun for line in process.stdout}
    assert process.returncode == 0, program
    return seen


def _row(name: str, ours: Sequence[float], bare: Sequence[float], goal: str) -> Measured:
    ratios = [mine / its for mine, its in zip(ours, bare, strict=True)]
    return Measured(
        name, SIZE, round(statistics.median(ours) * 1000, 1), round(statistics.median(bare) * 1000, 1),
        statistics.median(ratios), round(max(ours) * 1000, 1), max(ours) / max(bare), len(ours), goal,
    )  # fmt: skip
