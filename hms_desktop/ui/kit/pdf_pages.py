"""PDF pages as pictures, through pypdfium2. No window is needed; one document belongs to one thread at a time.

The library is loaded with the first paper that is shown or printed.
"""

import threading
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import pypdfium2

_pdfium = threading.RLock()
"""PDFium is not made for two threads at once."""


def opened(pdf: bytes) -> "pypdfium2.PdfDocument":
    """A document, which the caller closes. Raises pypdfium2.PdfiumError for bytes that are no PDF."""
    import pypdfium2

    with _pdfium:
        return pypdfium2.PdfDocument(pdf)


def page_count(document: "pypdfium2.PdfDocument") -> int:
    """How many pages."""
    with _pdfium:
        return len(document)


def page_size(document: "pypdfium2.PdfDocument", index: int) -> tuple[float, float]:
    """Width and height of a page in points (1/72 inch)."""
    with _pdfium:
        width, height = document.get_page_size(index)
        return float(width), float(height)


def page_image(document: "pypdfium2.PdfDocument", index: int, dpi: float) -> QImage:
    """A page drawn at `dpi` dots per inch."""
    with _pdfium:
        page = document[index]
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True, fill_color=(255, 255, 255, 255))
        try:
            return _copied(bitmap)
        finally:
            bitmap.close()
            page.close()


def pages(pdf: bytes, dpi: float) -> list[QImage]:
    """All pages of a PDF, drawn at `dpi`. Raises pypdfium2.PdfiumError for bytes that are no PDF."""
    with _pdfium:
        document = opened(pdf)
        try:
            return [page_image(document, index, dpi) for index in range(page_count(document))]
        finally:
            document.close()


_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}


def _copied(bitmap: "pypdfium2.PdfBitmap") -> QImage:
    """A picture that owns its dots, so that the bitmap may go."""
    form = _FORMATS[bitmap.n_channels]
    return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()
