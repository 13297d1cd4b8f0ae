"""Text of any script, ready to draw: wrapped in logical order, ordered by the Unicode bidirectional rules, shaped.

Plain text takes a short way (one glyph a character). Text that joins, stacks or reorders (Arabic, Devanagari, combining
accents) is shaped by HarfBuzz. A character that no bundled face has is drawn as `▯U+1234` and reported, never left out.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from hms_desktop.documents.faces import Face, characters, families

_IGNORED = frozenset("\u00ad\u200b\u200e\u200f\u2060\ufeff") | {chr(code) for code in range(0xFE00, 0xFE10)}
"""Characters that have no picture of their own and may be left out."""

_JOINERS = frozenset("\u200c\u200d")
_FORMATS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})
_WORD = "[0-9A-Za-z/%µ°][0-9A-Za-z.,/:%µ°+-]*"
_MEASURE = re.compile(rf"[+-]?[0-9][0-9A-Za-z.,/:%µ°+-]*(?: {_WORD}| \({_WORD}(?: {_WORD})*\))*")
"""A number and what follows it in Latin letters and digits: a dose, a date, a telephone number."""

_GLUE = re.compile(
    r"(?<=\d) (?=(?:mg|mcg|g|kg|ml|l|L|dl|mmol|units?|cm|mm|°C|h|d|y|mo|w|%)\b)|(?<=\d{4}) (?=\d\d:\d\d)| (?=·)"
)
"""Spaces at which no line may end: within a dose, within a moment, before a separating dot."""

_NO_LIGATURES = {"liga": False, "clig": False}


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face, in the order in which they are drawn.

    `pieces` are (rise, PDF text-showing operand); the rise is in thousandths of the type size. `said` is the text for a
    reader of the file, given where the glyphs alone do not tell it.
    """

    face: Face
    pieces: tuple[tuple[float, str], ...]
    used: frozenset[int]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `width` is in thousandths of the type size; `missing` holds what no bundled face can draw."""

    runs: tuple[Run, ...]
    width: float
    missing: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Drawing:
    """Collects positioned glyphs into operands."""

    rise: float = 0.0
    operand: list[str] = field(default_factory=list)
    pieces: list[tuple[float, str]] = field(default_factory=list)

    def add(self, number: int, before: float, after: float, rise: float) -> None:
        if rise != self.rise:
            self.close()
            self.rise = rise
        if before:
            self.operand.append(f"{-before:.0f}")
        self.operand.append(f"<{number:04X}>")
        if after:
            self.operand.append(f"{after:.0f}")

    def close(self) -> tuple[tuple[float, str], ...]:
        if self.operand:
            self.pieces.append((self.rise, f"[{' '.join(self.operand)}] TJ"))
            self.operand = []
        return tuple(self.pieces)


def has_right_to_left(text: str) -> bool:
    """Whether any letter of `text` reads from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)


def right_to_left(text: str) -> bool:
    """Whether `text` reads from right to left: its first strong letter decides."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL", "L"}:
            return kind != "L"
    return False


@lru_cache(maxsize=8192)
def set_line(text: str, bold: bool = False, rtl: bool | None = None) -> Line:
    """`text` as one line. `rtl` is the direction of the paragraph it belongs to; None lets the text decide."""
    clean, missing = _clean(text)
    face = families()[0][bold]
    if all(_plain(face, char) for char in clean):
        run, width = _plain_run(face, clean)
        return Line((run,) if clean else (), width, missing)
    runs: list[Run] = []
    width = 0.0
    for piece, level in _visual(clean, right_to_left(clean) if rtl is None else rtl):
        segments = _by_face(piece, bold)
        for segment, with_face in reversed(segments) if level % 2 else segments:
            run, advance = _shaped_run(with_face, segment, rtl=bool(level % 2))
            runs.append(run)
            width += advance
    return Line(tuple(runs), width, missing)


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of `text` on one line, in points."""
    return set_line(text, bold).width * size / 1000


@lru_cache(maxsize=4096)
def wrap(text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """`text` in lines no wider than `room` points, cut between words (in a word only when it alone is too wide)."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines.extend(_wrap_paragraph(paragraph, size, room, bold))
    return tuple(lines)


def fit(text: str, size: float, room: float, lines: int, smallest: float, bold: bool = False) -> float:
    """The largest type size from `size` down to `smallest` at which `text` takes at most `lines` lines."""
    while size > smallest and len(wrap(text, size, room, bold)) > lines:
        size = max(smallest, size - 0.25)
    return size


def at_most(
    text: str, size: float, room: float, lines: int, smallest: float, bold: bool = False
) -> tuple[float, list[str]]:
    """Type size and lines for a place with room for `lines` lines: smaller first, then cut, and the cut shows (…)."""
    size = fit(text, size, room, lines, smallest, bold)
    found = list(wrap(text, size, room, bold))
    if len(found) > lines:
        found = found[:lines]
        while found[-1] and width(f"{found[-1]}…", size, bold) > room:
            found[-1] = found[-1][:-1]
        found[-1] += "…"
    return size, found


def missing(text: str) -> frozenset[str]:
    """The characters of `text` that no bundled face can draw."""
    return _clean(text)[1]


def _wrap_paragraph(paragraph: str, size: float, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in _GLUE.sub("\u00a0", paragraph).split(" "):
        if not word:
            continue
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width(line, size, bold) > room:
            at = _cut(line, size, room, bold)
            if at >= len(line):
                break
            lines.append(line[:at])
            line = line[at:]
    return [*lines, line] if line or not lines else lines


def _cut(word: str, size: float, room: float, bold: bool) -> int:
    """How many characters of a too wide word fit: never between a letter and its mark, and one at least."""
    at = 1
    for end in range(1, len(word) + 1):
        if end < len(word) and (unicodedata.category(word[end])[0] == "M" or word[end] in _JOINERS):
            continue
        if end > 1 and width(word[:end], size, bold) > room:
            break
        at = end
    hyphen = word.rfind("-", 1, at) + 1
    return hyphen if 0 < hyphen < at < len(word) else at


def _clean(text: str) -> tuple[str, frozenset[str]]:
    if text.isascii() and text.isprintable():
        return text, frozenset()
    shown: list[str] = []
    lost: set[str] = set()
    for char in unicodedata.normalize("NFC", text):
        if char in _IGNORED:
            continue
        if char.isspace() or unicodedata.category(char) == "Cc":
            shown.append(" ")
        elif char in _JOINERS or _FORMATS & {unicodedata.bidirectional(char)} or _face_of(char, False) is not None:
            shown.append(char)
        else:
            lost.add(char)
            shown.append(f"▯U+{ord(char):04X}")
    return "".join(shown), frozenset(lost)


def _plain(face: Face, char: str) -> bool:
    if char.isascii():
        return True
    kind = unicodedata.bidirectional(char)
    return face.has(char) and unicodedata.category(char)[0] != "M" and kind not in {"R", "AL", "AN"} | _FORMATS


def _plain_run(face: Face, text: str) -> tuple[Run, float]:
    glyphs = [face.glyph(char) for char in text]
    operand = "<" + "".join(f"{number:04X}" for number, _ in glyphs) + "> Tj"
    return Run(face, ((0.0, operand),), frozenset(number for number, _ in glyphs)), sum(wide for _, wide in glyphs)


def _face_of(char: str, bold: bool) -> Face | None:
    for weight in (bold, False):
        for family in families():
            if family[weight].has(char):
                return family[weight]
    return None


def _by_face(text: str, bold: bool) -> list[tuple[str, Face]]:
    """`text` in stretches of one face; marks, joiners and spaces stay with the letter before them."""
    stretches: list[tuple[str, Face]] = []
    for char in text:
        last = stretches[-1][1] if stretches else None
        stays = unicodedata.category(char)[0] == "M" or char in _JOINERS or char == " "
        if last is not None and stays and (last.has(char) or char in _JOINERS):
            face = last
        else:
            face = _face_of(char, bold) or last or families()[0][bold]
        if face is last:
            stretches[-1] = (stretches[-1][0] + char, face)
        else:
            stretches.append((char, face))
    return stretches


def _visual(text: str, rtl: bool) -> list[tuple[str, int]]:
    """Stretches of one embedding level, in the order in which they stand on the line (UAX #9, rule L2)."""
    levels = _levels(text, rtl)
    runs: list[tuple[str, int]] = []
    for char, level in zip(text, levels, strict=True):
        if runs and runs[-1][1] == level:
            runs[-1] = (runs[-1][0] + char, level)
        else:
            runs.append((char, level))
    highest = max(levels, default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(runs):
            end = start
            while end < len(runs) and runs[end][1] >= level:
                end += 1
            runs[start:end] = reversed(runs[start:end])
            start = max(end, start + 1)
    return runs


def _levels(text: str, rtl: bool) -> list[int]:
    base = int(rtl)
    if not rtl and not any(unicodedata.bidirectional(char) in {"R", "AL", "AN", "RLE", "RLO"} for char in text):
        return [0] * len(text)
    from bidi import algorithm  # with the first text that runs from right to left

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    known = iter(storage["chars"])
    levels: list[int] = []
    for char in text:
        removed = unicodedata.bidirectional(char) in _FORMATS
        levels.append((levels[-1] if levels else base) if removed else int(next(known)["level"]))
    for measure in _MEASURE.finditer(text):  # "500 mg" is read as it is written, whatever stands around it
        levels[slice(*measure.span())] = [max(2, *levels[slice(*measure.span())])] * (measure.end() - measure.start())
    for place in range(len(text) - 1, -1, -1):  # rule L1: spaces at the end stand with the paragraph
        if text[place] != " ":
            break
        levels[place] = base
    return levels


def _shaped_run(face: Face, text: str, rtl: bool) -> tuple[Run, float]:
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(face.shaper, buffer, _NO_LIGATURES)
    known = characters(face)
    drawing = _Drawing()
    used: list[int] = []
    advance = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        number, shift = info.codepoint, position.x_offset * face.scale
        step = position.x_advance * face.scale
        drawing.add(number, shift, shift + face.width(number) - step, position.y_offset * face.scale)
        used.append(number)
        advance += step
    plainly_said = rtl or "".join(known.get(number, "\0") for number in used) == text
    return Run(face, drawing.close(), frozenset(used), "" if plainly_said else text), advance
