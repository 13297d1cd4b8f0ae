"""The bundled type faces: which glyph a character has, how wide it is, and the part of a face that a paper embeds.

Codes on paper are glyph numbers (PDF Identity-H), so one embedded font serves every character of its face. The part
with the everyday characters is cut and compressed once a process; other parts are kept by what they hold, so the bytes
of a paper depend on its content alone and not on what was printed before.
"""

import zlib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hms_desktop.system.paths import resources

if TYPE_CHECKING:
    import uharfbuzz

EVERYDAY = "".join(map(chr, range(0x20, 0x7F))) + "·–—’“”•…×°±≤≥→▯"
"""Characters that every embedded part holds, so that most papers share one part."""

_FAMILIES = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf"),
    ("NotoSansEthiopic-Regular.ttf", "NotoSansEthiopic-Bold.ttf"),
    ("NotoSansBengali-Regular.ttf", "NotoSansBengali-Bold.ttf"),
)
"""Regular and bold, the first family first asked. A further script is one further line."""

_DROPPED = ("GDEF", "GPOS", "GSUB", "MATH", "OS/2", "cmap", "gasp", "kern", "name", "post", "DSIG", "STAT", "FFTM")


@dataclass(eq=False)
class Face:
    """One font file. Widths are in thousandths of the type size."""

    key: str
    name: str
    shaper: "uharfbuzz.Font"
    source: "uharfbuzz.Face"
    scale: float
    glyphs: dict[str, tuple[int, float]] = field(default_factory=dict)

    def glyph(self, char: str) -> tuple[int, float]:
        """Glyph number and width of a character; number 0 when the face does not have it."""
        known = self.glyphs.get(char)
        if known is None:
            number = self.shaper.get_nominal_glyph(ord(char)) or 0
            known = (number, self.width(number))
            self.glyphs[char] = known
        return known

    def has(self, char: str) -> bool:
        """Whether the face can draw `char`."""
        return self.glyph(char)[0] != 0

    def width(self, number: int) -> float:
        """Width of a glyph."""
        return float(self.shaper.get_glyph_h_advance(number)) * self.scale


@dataclass(frozen=True, slots=True)
class Part:
    """What a paper embeds of a face: a compressed font file, the widths and the way back to Unicode."""

    font_file: bytes
    length: int
    widths: str
    to_unicode: bytes
    name: str


@cache
def families() -> tuple[tuple[Face, Face], ...]:
    """Every bundled family, as (regular, bold). Raises FileNotFoundError when a font file is missing."""
    return tuple((_open(files[0], f"R{place}"), _open(files[1], f"B{place}")) for place, files in enumerate(_FAMILIES))


def _open(file: str, key: str) -> Face:
    import uharfbuzz  # with the first text that is set

    path = resources() / "fonts" / file
    source = uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes()))
    return Face(key, path.stem, uharfbuzz.Font(source), source, 1000 / source.upem)


@cache
def characters(face: Face) -> dict[int, str]:
    """The character that each glyph stands for, the lowest where several share one."""
    found: dict[int, str] = {}
    for code in sorted(face.source.unicodes):
        found.setdefault(face.shaper.get_nominal_glyph(code) or 0, chr(code))
    found.pop(0, None)
    return found


@cache
def everyday(face: Face) -> frozenset[int]:
    """Glyph numbers of the everyday characters, as far as the face has them (nothing for a script's own face)."""
    if not face.has("A"):
        return frozenset()
    return frozenset(face.glyph(char)[0] for char in EVERYDAY) - {0}


@lru_cache(maxsize=256)
def part(face: Face, used: frozenset[int]) -> Part:
    """The part of `face` that holds its everyday glyphs and the glyphs `used`."""
    numbers = sorted(everyday(face) | used | {0})
    cut = _cut(face, numbers)
    return Part(
        font_file=zlib.compress(cut, 9),
        length=len(cut),
        widths="[" + " ".join(f"{number} [{face.width(number):.0f}]" for number in numbers) + "]",
        to_unicode=zlib.compress(_to_unicode(face, numbers), 9),
        name=f"{_tag(numbers)}+{face.name}",
    )


def _cut(face: Face, numbers: list[int]) -> bytes:
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    glyphs = wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX)
    for number in numbers:
        glyphs.add(number)
    dropped = wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG)
    for table in _DROPPED:
        dropped.add(int.from_bytes(table.encode().ljust(4), "big"))
    return bytes(uharfbuzz.subset(face.source, wanted).blob.data)


def _tag(numbers: list[int]) -> str:
    """Six capital letters that name a part, as the PDF standard asks."""
    check = zlib.crc32(repr(numbers).encode())
    return "".join(chr(65 + (check // 26**place) % 26) for place in range(6))


def _to_unicode(face: Face, numbers: list[int]) -> bytes:
    known = characters(face)
    pairs = [f"<{number:04X}> <{_utf16(known[number])}>" for number in numbers if number in known]
    blocks = []
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "".join(blocks)
        + "endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()


def _utf16(char: str) -> str:
    return char.encode("utf-16-be").hex().upper()
