"""From process start to the first painted page, beside a bare window. Each run is a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.blocks import Measured, compare

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: (window.repaint(), app.quit()))
sys.exit(app.exec())
"""

_OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from hms_desktop import app as joiner
from hms_desktop.ui.shell.start import application, start
from hms_desktop.ui.shell.program import Opening
app = application()
program = start(Opening(location=sys.argv[1], machine=joiner.machine(Path(sys.argv[2]))))
def look():
    page = program.window.page
    if page is not None and page.objectName() == "sign_in.page":
        program.window.repaint()
        program.close()
        app.quit()
timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
sys.exit(app.exec())
"""


def start_rows(folder: Path) -> Iterator[Measured]:
    """The sign-in page of a real store, which is migrated, opened and asked, against an empty QMainWindow."""
    from tests.benchmarks.run import clinic_of

    clinic_of(10_000).store.close()
    home = folder / "10000" / "home"
    store = folder / "10000" / "clinic.db"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

    def run(program: str) -> None:
        command = [sys.executable, "-c", program, str(store), str(home)]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    begun = time.monotonic()
    run(_OURS)
    assert time.monotonic() - begun < 60
    yield compare("start to sign-in page", lambda _n: run(_OURS), lambda _n: run(_BARE), each=1, goal="≤ 1.3×")
