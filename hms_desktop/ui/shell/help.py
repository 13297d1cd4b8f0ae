"""F1: what this desk is for and how it is worked, from `resources/help/<language>/<desk>.md`."""

from pathlib import Path

from PySide6.QtWidgets import QTextBrowser, QWidget

from hms_desktop.system.paths import resources
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.language import current, tr


def help_page(desk: str) -> Path | None:
    """The page of a desk in the current language, else in English, else none."""
    for language in (current().code, "en"):
        page = resources() / "help" / language / f"{desk}.md"
        if page.is_file():
            return page
    return None


class HelpDialog(Dialog):
    """The help page of a desk."""

    def __init__(self, desk: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__("help", tr("Help: {desk}", desk=title), "", parent)
        self.resize(px(680), px(600))
        self.page = QTextBrowser()
        self.page.setObjectName("help.page")
        self.page.setAccessibleName(tr("Help: {desk}", desk=title))
        self.page.setOpenExternalLinks(False)
        found = help_page(desk)
        if found is None:
            self.page.setPlainText(tr("There is no help page for this window yet. Ctrl+/ shows all keys."))
        else:
            self.page.setSearchPaths([str(found.parent)])
            self.page.setMarkdown(found.read_text(encoding="utf-8"))
        self.body.addWidget(self.page, 1)
        self.add_buttons(primary("help.close", tr("&Close"), self.accept))
        self.cancel_button.hide()
        self.page.setFocus()
