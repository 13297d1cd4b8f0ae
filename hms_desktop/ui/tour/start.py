"""Where the tour begins: opens the program on a store, walks the day, writes what it left behind."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from hms_desktop.services.setup import open_clinic
from hms_desktop.system.machine import Machine
from hms_desktop.ui.kit import keys
from hms_desktop.ui.shell.program import Opening, Program
from hms_desktop.ui.shell.start import application
from hms_desktop.ui.tour.day import walk_day
from hms_desktop.ui.tour.report import standing, write_report
from hms_desktop.ui.tour.walk import Walk

WIDTH, HEIGHT = 1024, 768
"""The smallest screen that must do."""


def run_tour(out: Path, location: str, machine: Machine, *, patients: int, seed: int) -> int:
    """Walk the day; the exit code. Raises WalkFailed when the windows do not do what the day expects."""
    out.mkdir(parents=True, exist_ok=True)
    app = application()
    clinic = open_clinic(location, machine)
    before = standing(clinic)
    program = Program(Opening(location=location, machine=machine))
    walk = Walk(program, out)
    try:
        with _without_plugin_talk():
            _begin(program)
            walk_day(walk, patients=patients, seed=seed)
            walk.finish()
        write_report(walk, clinic, before, seed)
    finally:
        _end(program, app)
        clinic.store.close()
    return 0


@contextmanager
def _without_plugin_talk() -> Iterator[None]:
    """The offscreen plugin says at every window what it can't do; everything else that Qt says is still heard."""

    def hear(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if not text.startswith("This plugin "):
            sys.stderr.write(f"{text}\n")

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _begin(program: Program) -> None:
    program.start()
    program.window.resize(WIDTH, HEIGHT)
    keys.wait_until(
        lambda: program.window.page is not None and program.window.page.objectName() == "sign_in.page", 60_000
    )


def _end(program: Program, app: QApplication) -> None:
    program.close()
    program.window.deleteLater()
    app.processEvents()
