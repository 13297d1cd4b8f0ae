"""The first thing that is seen: the store is being opened, or why it could not be."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from hms_desktop.domain.errors import ClinicError
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.shell.brand import CardPage, NoticeBar
from hms_desktop.words.language import tr


class OpeningPage(CardPage):
    """Opening…, or a sentence and two ways on."""

    again = Signal()
    quit_wanted = Signal()

    def __init__(self, error: ClinicError | None = None, *, training: bool = False) -> None:
        title = tr("The clinic could not be opened") if error else tr("One moment")
        super().__init__("opening", title, "" if error else _what(training))
        self._again = primary("opening.again", tr("&Try again"), self.again.emit)
        if error is None:
            progress = QProgressBar()
            progress.setRange(0, 0)
            progress.setTextVisible(False)
            progress.setAccessibleName(tr("At work"))
            self.body.addWidget(progress)
            return
        from hms_desktop.words.errors import sentence

        notice = NoticeBar("opening.notice")
        self.body.addWidget(notice)
        notice.say(sentence(error.code, error.facts))
        self.body.addLayout(row(self._again, beside_primary("opening.quit", tr("&Quit"), self.quit_wanted.emit)))

    def start(self) -> None:
        """Focus the way on."""
        self._again.setFocus()


def _what(training: bool) -> str:
    if training:
        return tr("The training clinic is being made. This takes about half a minute.")
    return tr("The clinic is being opened. Please do not switch off.")
