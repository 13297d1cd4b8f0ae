"""A kept paper on the screen: its pages, and the way to the printer."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.fields import Choice, ChoiceField
from hms_desktop.ui.kit.names import part_of
from hms_desktop.ui.kit.pdf_pages import pages
from hms_desktop.ui.kit.printing import PrintState, print_pdf, printers
from hms_desktop.ui.kit.theme import label, px
from hms_desktop.words.language import tr, trn

PREVIEW_DPI = 144
__all__ = ["PaperDialog", "PaperView", "PrintState", "print_pdf", "printers"]


class PaperView(QScrollArea):
    """The pages of a PDF below each other, as wide as the view (never wider than life)."""

    def __init__(self, name: str, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(tr("Paper"))
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._background = background
        self._images: list[QImage] = []
        self._sheets: list[QLabel] = []
        self._inside = QWidget()
        self._layout = QVBoxLayout(self._inside)
        self._layout.setSpacing(px(16))
        self.setWidget(self._inside)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._images)

    def show_pdf(self, pdf: bytes) -> None:
        """Draw the pages aside, then show them."""
        self._background.latest(self.objectName(), lambda: pages(pdf, PREVIEW_DPI), self._on_drawn, owner=self)

    def _on_drawn(self, images: list[QImage]) -> None:
        for sheet in self._sheets:
            sheet.deleteLater()
        self._images, self._sheets = images, []
        for index, _image in enumerate(images):
            sheet = QLabel()
            sheet.setProperty("surface", "sheet")
            sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            sheet.setAccessibleName(tr("Page {number} of {count}", number=index + 1, count=len(images)))
            self._layout.addWidget(sheet)
            self._sheets.append(sheet)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - px(24)
        ratio = self.devicePixelRatioF()
        for sheet, image in zip(self._sheets, self._images, strict=True):
            width = max(min(room, round(image.width() * 96 / PREVIEW_DPI)), 40)
            scaled = image.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            sheet.setPixmap(QPixmap.fromImage(scaled))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class PaperDialog(Dialog):
    """Look at a paper, print it."""

    def __init__(
        self,
        name: str,
        title: str,
        pdf: bytes,
        background: Background,
        on_print: Callable[[str | None], None],
        parent: QWidget | None = None,
    ) -> None:
        """`on_print` gets the chosen printer's name; it prints and keeps the books of printing."""
        super().__init__(name, title, "", parent)
        self.resize(px(620), px(640))
        self.view = PaperView(part_of(name, "pages"), background)
        self.body.addWidget(self.view, 1)
        self._on_print = on_print
        known = printers()
        self._printer = ChoiceField[str](
            part_of(name, "printer"), tr("P&rinter"), [Choice(each, each) for each in known]
        )
        if known:
            self.body.addWidget(self._printer)
            self.add_buttons(
                primary(part_of(name, "print"), tr("&Print"), self._print, icon="print"), cancel_text=tr("&Close")
            )
        else:
            self.body.addWidget(
                label(tr("This PC has no printer. The paper is kept and can be printed later."), muted=True)
            )
            self.add_buttons(
                beside_primary(part_of(name, "print"), tr("Look for a &printer"), self._print), cancel_text=tr("&Close")
            )
        self.view.show_pdf(pdf)

    def _print(self) -> None:
        self._on_print(self._printer.value())
        self.accept()


def printed_text(state: PrintState, printer: str | None, count: int = 1) -> str:
    """What the bar says about printing."""
    if state is PrintState.PRINTED:
        return trn(
            "Printed on {printer}.",
            "{n} papers printed on {printer}.",
            count,
            printer=printer or tr("the default printer"),
        )
    if state is PrintState.NO_PRINTER:
        return tr("No printer here: the paper is kept and can be printed later.")
    return tr("The printer {printer} refused the paper; it is kept and can be printed again.", printer=printer or "")
