"""Our own icons: simple strokes that take the colour of the text they stand beside."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hms_desktop.system.paths import resources
from hms_desktop.ui.kit.theme import tones


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon `resources/icons/<name>.svg`, in `colour` (the text colour of the look when not given)."""
    return _drawn(name, colour or tones().text)


def pixmap(name: str, size: int, colour: str | None = None, *, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` pixels for a screen with `ratio` device pixels each."""
    return _pixmap(name, size, colour or tones().text, ratio)


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str) -> QIcon:
    result = QIcon()
    for size in (16, 20, 24, 32, 48, 64):
        result.addPixmap(_pixmap(name, size, colour, 1.0))
        result.addPixmap(_pixmap(name, size, tones().muted, 1.0), QIcon.Mode.Disabled)
    return result


def _pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    source = (resources() / "icons" / f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode())
    renderer = QSvgRenderer(QByteArray(source))
    edge = round(size * ratio)
    image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    result = QPixmap.fromImage(image)
    result.setDevicePixelRatio(ratio)
    return result
