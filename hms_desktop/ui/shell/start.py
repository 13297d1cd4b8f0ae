"""Starts the windows: application, then window, then everything that takes time."""

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from hms_desktop.words.language import tr

if TYPE_CHECKING:
    from hms_desktop.ui.shell.program import Opening, Program

SETTLED_MS = 500
"""So long after a page was shown nothing of it is under way any more."""


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one application of this process, named for the desktop."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("hms-desktop")
    app.setApplicationDisplayName(tr("Clinic"))
    app.setDesktopFileName("hms-desktop")
    return app


def start(opening: "Opening") -> "Program":
    """Show the window and begin to open the store. The caller runs the event loop and keeps what this gives back."""
    from hms_desktop.ui.shell.program import Program

    gc.disable()
    program = Program(opening)
    settled = QTimer(program, singleShot=True, interval=SETTLED_MS)
    settled.timeout.connect(lambda: _settle(program))
    program.ready.connect(settled.start)
    program.start()
    return program


def run(opening: "Opening") -> int:
    """Run the windows until the person closes them; the exit code."""
    app = application()
    program = start(opening)
    try:
        return app.exec()
    finally:
        program.close()


def _settle(program: "Program") -> None:
    """What lives now lives long: leave it out of later collections, which would hold up the window.

    Modules make hardly any rubbish, so nothing is collected while they load nor right after; what came since then is
    little enough to be looked through.
    """
    if program.clinic is None:
        return
    if gc.isenabled():
        gc.collect()
    gc.freeze()
    gc.enable()
