"""Sends a kept PDF to a printer of this PC, as a picture at the printer's own resolution."""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from hms_desktop.ui.kit.pdf_pages import opened, page_count, page_image, page_size

if TYPE_CHECKING:
    import pypdfium2

MOST_DPI = 600
"""Finer than this no clinic paper gets better, only slower."""


class PrintState(StrEnum):
    """How printing ended. Having no printer is a state, not an error."""

    PRINTED = "printed"
    NO_PRINTER = "no_printer"
    FAILED = "failed"


def printers() -> list[str]:
    """The printers that this PC knows, its default one first."""
    default = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: (name != default, name.casefold()))


def print_pdf(pdf: bytes, printer: str | None = None, *, copies: int = 1, to_file: str | None = None) -> PrintState:
    """Print on `printer` (None: the PC's default).

    `to_file` writes a PDF file instead, for tests and PCs without paper.
    """
    device = _device(printer, to_file)
    if device is None:
        return PrintState.NO_PRINTER
    document = opened(pdf)
    try:
        for _copy in range(copies):
            if not _print_once(device, document):
                return PrintState.FAILED
    finally:
        document.close()
    return PrintState.PRINTED


def _device(printer: str | None, to_file: str | None) -> QPrinter | None:
    if to_file is not None:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        device.setOutputFileName(to_file)
        device.setResolution(300)
        return device
    name = printer or QPrinterInfo.defaultPrinterName()
    if not name or name not in QPrinterInfo.availablePrinterNames():
        return None
    device = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    device.setResolution(min(device.resolution(), MOST_DPI))
    return device if device.isValid() else None


def _print_once(device: QPrinter, document: "pypdfium2.PdfDocument") -> bool:
    painter = QPainter()
    for index in range(page_count(document)):
        _fit_paper(device, page_size(document, index))
        if index == 0:
            if not painter.begin(device):
                return False
        elif not device.newPage():
            painter.end()
            return False
        image: QImage = page_image(document, index, device.resolution())
        painter.drawImage(QRectF(painter.viewport()), image)
    return painter.end()


def _fit_paper(device: QPrinter, points: tuple[float, float]) -> None:
    size = QPageSize(QSizeF(*points), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    device.setFullPage(True)
