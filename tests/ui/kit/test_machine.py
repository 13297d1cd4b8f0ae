import io
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from hms_desktop.domain.errors import Unreachable
from hms_desktop.system.drafts import DraftStore
from hms_desktop.system.preferences import Preferences, read_preferences, write_preferences
from hms_desktop.ui.kit import keys
from hms_desktop.ui.kit.background import InlineBackground
from hms_desktop.ui.kit.keys import NoFocus
from hms_desktop.ui.kit.paper_view import PaperDialog, PaperView
from hms_desktop.ui.kit.pdf_pages import pages
from hms_desktop.ui.kit.printing import PrintState, print_pdf, printers
from hms_desktop.ui.kit.watcher import ChangeWatcher


@pytest.fixture(scope="module")
def pdf() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A5)
    for number in (1, 2):
        canvas.drawString(100, 300, f"page {number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_pages_are_drawn_and_shown(pdf: bytes, qtbot: QtBot) -> None:
    images = pages(pdf, 144)
    assert [(each.width(), each.height()) for each in images] == [(840, 1191)] * 2
    view = PaperView("paper.pages", InlineBackground())
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    view.show_pdf(pdf)
    view.show_pdf(pdf)
    assert view.page_count == 2


def test_printing_reaches_a_file_page_by_page_at_its_own_size(pdf: bytes, qapp: QApplication, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"
    assert print_pdf(pdf, to_file=str(target)) is PrintState.PRINTED
    from pypdf import PdfReader

    printed = PdfReader(target)
    assert len(printed.pages) == 2
    width, height = (float(each) for each in (printed.pages[0].mediabox.width, printed.pages[0].mediabox.height))
    assert abs(width - A5[0]) < 2
    assert abs(height - A5[1]) < 2


def test_no_printer_is_a_state_not_an_error(pdf: bytes, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", staticmethod(str))
    assert printers() == []
    assert print_pdf(pdf) is PrintState.NO_PRINTER
    assert print_pdf(pdf, "Gone") is PrintState.NO_PRINTER


def test_a_paper_can_be_looked_at_and_sent(
    pdf: bytes, shown: Callable[[QWidget], QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    for known in ([], ["Label", "Office"]):
        monkeypatch.setattr("hms_desktop.ui.kit.paper_view.printers", lambda known=known: known)
        dialog = PaperDialog("paper", "receipt", pdf, InlineBackground(), asked.append)
        shown(dialog)
        keys.press("Alt+P")
    assert asked == [None, "Label"]


def test_the_watcher_tells_which_topics_moved(qtbot: QtBot) -> None:
    background = InlineBackground()
    versions = {"board": 1, "stock": 1}
    heard: list[object] = []
    background.changes.connect(heard.append)
    rings: list[Callable[[], None]] = []
    stopped: list[int] = []

    def doorbell(ring: Callable[[], None]) -> Callable[[], None]:
        rings.append(ring)
        return lambda: stopped.append(1)

    watcher = ChangeWatcher(background, lambda: dict(versions), interval_ms=20, doorbell=doorbell)
    watcher.start()
    assert heard == []
    versions["stock"] = 2
    rings[0]()
    assert heard == [frozenset({"stock"})]
    versions["board"] = 2
    qtbot.waitUntil(lambda: len(heard) == 2)
    watcher.stop()
    assert stopped == [1]


def test_the_watcher_tells_once_that_the_store_is_away_and_back(qapp: QApplication) -> None:
    background = InlineBackground()
    away = [True]

    def versions() -> dict[str, int]:
        if away[0]:
            raise Unreachable(store="server")
        return {}

    watcher = ChangeWatcher(background, versions)
    told: list[str] = []
    watcher.lost.connect(lambda _error: told.append("lost"))
    watcher.found.connect(lambda: told.append("found"))
    watcher.look()
    watcher.look()
    away[0] = False
    watcher.look()
    watcher.look()
    assert told == ["lost", "found"]


def test_a_draft_survives_a_killed_process(tmp_path: Path) -> None:
    program = f"""
    import os, signal
    from pathlib import Path
    from hms_desktop.system.drafts import DraftStore
    DraftStore(Path({str(tmp_path)!r})).save("nurse", "triage.vitals", "v1", 2, {{"note": "عائشة"}})
    os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert done.returncode != 0
    store = DraftStore(tmp_path)
    draft = store.load("nurse", "triage.vitals", "v1")
    assert draft is not None
    assert draft.values == {"note": "عائشة"}
    assert store.load("doctor", "triage.vitals", "v1") is None
    store.close()


def test_a_damaged_draft_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "drafts.sqlite").write_bytes(b"not a database" * 100)
    store = DraftStore(tmp_path)
    store.save("a", "b", "c", 1, {})
    store.drop("a", "b", "c")
    assert store.load("a", "b", "c") is None
    store.close()
    assert (tmp_path / "drafts.damaged").exists()


def test_a_pc_remembers_its_printers(tmp_path: Path) -> None:
    assert read_preferences(tmp_path) == Preferences()
    kept = Preferences(look="dark").with_printer("", "Office").with_printer("receipt", "Roll")
    write_preferences(tmp_path, kept)
    assert read_preferences(tmp_path) == kept
    assert (kept.printer_for("receipt"), kept.printer_for("bill")) == ("Roll", "Office")
    assert Preferences().printer_for("bill") is None
    (tmp_path / "preferences.json").write_text("[1")
    assert read_preferences(tmp_path) == Preferences()


def test_a_key_without_a_window_is_refused(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "SETTLE_MS", 10)
    keys.wait(20)
    with pytest.raises(NoFocus):
        keys.type_text("x")
    assert keys.focus_name() == ""
