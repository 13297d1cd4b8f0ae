"""The drawing surface of every paper. What draws (`canvas.py` with reportlab, Pillow) is loaded with the first one.

Measured in points from the top at the start side: on a right-to-left paper x runs from the right edge, so one drawing
serves both directions. The same calls give the same bytes.
"""

import hashlib
import io
import logging
import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from hms_desktop.documents import faces
from hms_desktop.documents.codes import Bars
from hms_desktop.documents.text import Line, at_most, has_right_to_left, set_line

log = logging.getLogger(__name__)

MM = 72 / 25.4
"""Points in a millimetre."""

INK = "0.08 0.10 0.12"
SOFT = "0.36 0.41 0.46"
LINE = "0.78 0.81 0.84"
TINT = "0.955 0.965 0.97"
ACCENT = "0.06 0.30 0.36"
DANGER = "0.70 0.15 0.12"
PALE = "0.90 0.91 0.92"
BLACK = "0 0 0"
WHITE = "1 1 1"

_LOGO_PIXELS = 400
_ARC = 0.5523  # how far a Bézier handle stands out for a quarter circle


class Align(Enum):
    """Where a text stands at its point: it begins there, is centred on it or ends there."""

    START = 0.0
    MIDDLE = 0.5
    END = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to embed: its compressed pixels, what the file says about them, its size in pixels."""

    name: str
    content: bytes
    width: int
    height: int

    @property
    def facts(self) -> dict[str, object]:
        """The entries of the picture's dictionary."""
        return {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": self.width,
            "Height": self.height,
            "ColorSpace": "/DeviceRGB",
            "BitsPerComponent": 8,
            "Filter": "/FlateDecode",
        }


class Sheet:
    """One paper while it is drawn. `finish` gives the PDF."""

    def __init__(self, width: float, height: float, *, title: str, author: str, language: str, rtl: bool) -> None:
        from hms_desktop.documents.canvas import PaperCanvas

        self.width, self.height, self.rtl = width, height, rtl
        self._bytes = io.BytesIO()
        self._canvas = PaperCanvas(self._bytes, pagesize=(width, height), invariant=1, pageCompression=1, lang=language)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("HMS Desktop")
        self._canvas.setProducer("HMS Desktop")
        self._used: dict[faces.Face, set[int]] = {}
        self._colour = ""
        self._missing: set[str] = set()

    def next_page(self) -> None:
        """End this page and begin another of the same size."""
        self._canvas.showPage()
        self._colour = ""

    def finish(self) -> bytes:
        """End the paper. Characters that no bundled face has are logged by their code point."""
        for char in sorted(self._missing):
            log.warning("No bundled font has U+%04X", ord(char))
        self._canvas.showPage()
        for face, used in sorted(self._used.items(), key=lambda each: each[0].key):
            self._canvas.embed(face, faces.part(face, frozenset(used)))
        self._canvas.save()
        return self._bytes.getvalue()

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = Align.START,
        colour: str = INK,
    ) -> float:
        """Draw one line and give its width in points."""
        line = set_line(text, bold, True if self.rtl and has_right_to_left(text) else None)
        width = line.width * size / 1000
        left = self._left(x - width * align.value, width)
        self._fill(colour)
        self._show(line, size, f"1 0 0 1 {left:.2f} {self.height - baseline:.2f} Tm")
        return width

    def squeezed(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        room: float,
        *,
        smallest: float = 4,
        bold: bool = False,
        align: Align = Align.START,
        colour: str = BLACK,
    ) -> float:
        """Draw one line inside `room`: smaller where it must be, then cut with a visible "…". Gives its type size."""
        size, lines = at_most(text, size, room, 1, smallest, bold)
        self.text(x, baseline, lines[0], size, bold=bold, align=align, colour=colour)
        return size

    def slanted(self, x: float, y: float, text: str, size: float, degrees: float, colour: str) -> None:
        """Draw `text` centred on a point and turned against the clock, as a mark under the content."""
        line = set_line(text, True)
        turn = math.radians(degrees)
        along, down = line.width * size / 2000, size * 0.36
        left = self._left(x, 0) - along * math.cos(turn) + down * math.sin(turn)
        low = self.height - y - along * math.sin(turn) - down * math.cos(turn)
        matrix = f"{math.cos(turn):.4f} {math.sin(turn):.4f} {-math.sin(turn):.4f} {math.cos(turn):.4f}"
        self._fill(colour)
        self._show(line, size, f"{matrix} {left:.2f} {low:.2f} Tm")

    def rule(self, x: float, y: float, length: float, *, weight: float = 0.5, colour: str = LINE) -> None:
        """Draw a horizontal rule."""
        self.box(x, y - weight / 2, length, weight, fill=colour)

    def dashes(self, x: float, y: float, length: float, *, weight: float = 0.6, colour: str = BLACK) -> None:
        """Draw a dashed horizontal rule."""
        left = self._left(x, length)
        low = self.height - y
        self._write(
            f"q {colour} RG {weight} w [1.6 1.6] 0 d {left:.2f} {low:.2f} m {left + length:.2f} {low:.2f} l S Q"
        )

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: str = "", radius: float = 0
    ) -> None:
        """Draw a box from its top start corner; `fill` and `stroke` are colours, empty for none."""
        left, low = self._left(x, width), self.height - y - height
        path = (
            _rounded(left, low, width, height, radius)
            if radius
            else f"{left:.2f} {low:.2f} {width:.2f} {height:.2f} re"
        )
        if fill:
            self._fill(fill)
            self._write(f"{path} f")
        if stroke:
            self._write(f"q {stroke} RG 0.6 w {path} S Q")

    def bars(self, x: float, y: float, bars: Bars, module: float, height: float, extent: int) -> None:
        """Draw a machine code of `extent` modules as one path; a row is `height` points high. Never mirrored."""
        left, top = self._left(x, extent * module), self.height - y
        self._fill(BLACK)
        self._write(_bar_path(bars, left, top, module, height))

    def picture(self, x: float, y: float, room: float, height: float, source: bytes) -> float:
        """Draw a picture inside a box, at its own proportions, and give its width; 0 for what is not a picture."""
        kept = _picture(source)
        if kept is None:
            return 0.0
        scale = min(room / kept.width, height / kept.height)
        wide, high = kept.width * scale, kept.height * scale
        left, low = self._left(x, wide), self.height - y - (height + high) / 2
        self._write(f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {low:.2f} cm /{self._canvas.place(kept)} Do Q")
        return wide

    def _left(self, x: float, width: float) -> float:
        return self.width - x - width if self.rtl else x

    def _write(self, operators: str) -> None:
        self._canvas.addLiteral(operators)

    def _fill(self, colour: str) -> None:
        if colour != self._colour:
            self._write(f"{colour} rg")
            self._colour = colour

    def _show(self, line: Line, size: float, place: str) -> None:
        self._missing |= line.missing
        parts = ["BT", place]
        for run in line.runs:
            self._used.setdefault(run.face, set()).update(run.used)
            parts.append(f"/{run.face.key} {size:g} Tf")
            if run.said:
                parts.append(f"/Span <</ActualText <FEFF{run.said.encode('utf-16-be').hex()}>>> BDC")
            parts.extend(_pieces(run.pieces, size))
            if run.said:
                parts.append("EMC")
        self._write(" ".join([*parts, "ET"]))


def _pieces(pieces: Iterable[tuple[float, str]], size: float) -> list[str]:
    shown: list[str] = []
    raised = False
    for rise, operand in pieces:
        if rise or raised:
            shown.append(f"{rise * size / 1000:.2f} Ts")
            raised = bool(rise)
        shown.append(operand)
    if raised:
        shown.append("0 Ts")
    return shown


@lru_cache(maxsize=64)
def _bar_path(bars: Bars, left: float, top: float, module: float, height: float) -> str:
    """One path of runs, in modules, with the code's own corner as origin: whole numbers are short and quick."""
    drawn = [f"{column} {row} {length} 1 re" for column, row, length in bars]
    return " ".join([f"q {module:.4f} 0 0 {-height:.4f} {left:.3f} {top:.3f} cm", *drawn, "f Q"])


def _rounded(left: float, low: float, width: float, height: float, radius: float) -> str:
    right, top, handle = left + width, low + height, radius * (1 - _ARC)
    return (
        f"{left + radius:.2f} {low:.2f} m {right - radius:.2f} {low:.2f} l "
        f"{right - handle:.2f} {low:.2f} {right:.2f} {low + handle:.2f} {right:.2f} {low + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - handle:.2f} {right - handle:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{left + radius:.2f} {top:.2f} l "
        f"{left + handle:.2f} {top:.2f} {left:.2f} {top - handle:.2f} {left:.2f} {top - radius:.2f} c "
        f"{left:.2f} {low + radius:.2f} l "
        f"{left:.2f} {low + handle:.2f} {left + handle:.2f} {low:.2f} {left + radius:.2f} {low:.2f} c h"
    )


@lru_cache(maxsize=8)
def _picture(source: bytes) -> Picture | None:
    """A logo on white, at most 400 pixels a side, compressed once a process."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(source)) as opened:
            coloured = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError):
        log.warning("The clinic's logo is not a picture that can be read")
        return None
    coloured.thumbnail((_LOGO_PIXELS, _LOGO_PIXELS))
    flat = Image.new("RGB", coloured.size, "white")
    flat.paste(coloured, mask=coloured.getchannel("A"))
    name = hashlib.sha256(source).hexdigest()[:16]
    return Picture(name, zlib.compress(flat.tobytes(), 9), *flat.size)
