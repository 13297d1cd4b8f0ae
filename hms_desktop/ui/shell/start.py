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

SETTLED_MS = 1500
"""When the first page is painted and the imports that follow it are done."""


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

    program = Program(opening)
    program.start()
    QTimer.singleShot(SETTLED_MS, program, _settle)
    return program


def run(opening: "Opening") -> int:
    """Run the windows until the person closes them; the exit code."""
    app = application()
    program = start(opening)
    try:
        return app.exec()
    finally:
        program.close()


def _settle() -> None:
    """What lives now lives long: collect once, then leave it out of later collections."""
    gc.collect()
    gc.freeze()
