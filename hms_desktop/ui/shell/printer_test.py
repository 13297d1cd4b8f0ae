"""A page that shows whether a printer works: a frame at the edge, lines in all our scripts."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from hms_desktop.ui.kit.theme import TypeSize, font
from hms_desktop.words.language import LANGUAGES, tr


def print_test_page(printer: str | None) -> bool:
    """Print the page; False when the printer refused."""
    if not printer:
        return False
    device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
    painter = QPainter()
    if not device.isValid() or not painter.begin(device):
        return False
    paint_test_page(painter, QRectF(painter.viewport()))
    return painter.end()


def paint_test_page(painter: QPainter, place: QRectF) -> None:
    """Draw the page into `place`."""
    scale = max(place.width() / 600, 0.2)
    painter.drawRect(place.adjusted(2, 2, -2, -2))
    painter.save()
    painter.scale(scale, scale)
    painter.setFont(font(TypeSize.TITLE, bold=True))
    painter.drawText(QRectF(24, 24, 550, 40), Qt.AlignmentFlag.AlignLeft, tr("This printer works."))
    painter.setFont(font(TypeSize.BODY))
    for index, each in enumerate(LANGUAGES):
        painter.drawText(QRectF(24, 70 + index * 24, 550, 24), Qt.AlignmentFlag.AlignLeft, f"{each.name} 0123456789")
    painter.restore()
