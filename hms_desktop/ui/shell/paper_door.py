"""How desks show and print kept papers: rendered and printed aside, and every print noted."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.papers import PaperFile, RecordPrint, pdf, record_print
from hms_desktop.system.preferences import read_preferences
from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.dialogs import show
from hms_desktop.ui.kit.messages import MessageAction, Messages
from hms_desktop.ui.kit.printing import PrintState, print_pdf
from hms_desktop.words.labels import label
from hms_desktop.words.language import tr

Printer = Callable[[bytes, str | None], PrintState]


class PaperDoor(QObject):
    """Opens and prints papers for one signed-in person."""

    def __init__(
        self,
        clinic: Clinic,
        actor: Actor,
        background: Background,
        messages: Messages,
        home: Path,
        window: QWidget,
        *,
        printer: Printer = print_pdf,
    ) -> None:
        super().__init__(window)
        self._clinic, self._actor = clinic, actor
        self._background, self._messages = background, messages
        self._home, self._window, self._printer = home, window, printer

    def open_paper(self, paper_id: Id) -> None:
        """Show a paper; it can be printed from there."""
        self._fetch(paper_id, lambda paper: self._show(paper_id, paper))

    def print_paper(self, paper_id: Id) -> None:
        """Print a paper on the printer of its kind; without a printer the paper waits, and the bar says so."""
        self._fetch(paper_id, lambda paper: self._print(paper_id, paper, self._chosen_printer(paper.kind)))

    def _fetch(self, paper_id: Id, then: Callable[[PaperFile], None]) -> None:
        clinic, actor = self._clinic, self._actor
        self._background.read(lambda: pdf(clinic, actor, paper_id), then, owner=self)

    def _chosen_printer(self, kind: str) -> str | None:
        return read_preferences(self._home).printer_for(kind)

    def _show(self, paper_id: Id, paper: PaperFile) -> None:
        from hms_desktop.ui.kit.paper_view import PaperDialog

        def on_print(printer: str | None) -> None:
            self._print(paper_id, paper, printer)

        show(PaperDialog("paper", _title(paper), paper.pdf, self._background, on_print, self._window))

    def _print(self, paper_id: Id, paper: PaperFile, printer: str | None) -> None:
        device = self._printer
        self._background.read(
            lambda: device(paper.pdf, printer),
            lambda state: self._on_printed(paper_id, paper, printer, state),
            owner=self,
        )

    def _on_printed(self, paper_id: Id, paper: PaperFile, printer: str | None, state: PrintState) -> None:
        if state is PrintState.NO_PRINTER:
            look = MessageAction(tr("Show it"), lambda: self.open_paper(paper_id))
            self._messages.info(
                tr("No printer here: {paper} is kept and can be printed later.", paper=_title(paper)), look
            )
            return
        clinic, actor = self._clinic, self._actor
        command = RecordPrint(paper_id=paper_id, printer=printer or tr("default"), state=state.value)

        self._background.do(lambda: record_print(clinic, actor, command), lambda _done: None)
        if state is PrintState.FAILED:
            again = MessageAction(tr("Print again"), lambda: self.print_paper(paper_id))
            self._messages.error(
                tr("The printer refused {paper}. It is kept; look at the printer.", paper=_title(paper)), again
            )


def _title(paper: PaperFile) -> str:
    """What a person calls it: `Receipt KH-AA-C000025-9`."""
    return f"{label('paper_kind', paper.kind)} {paper.number}".strip()
