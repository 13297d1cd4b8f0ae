"""Blocks one below the other: what a paper says before anybody knows how long the paper is or where a page ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from hms_desktop.documents.codes import Bars
from hms_desktop.documents.sheet import INK, LINE, SOFT, Align, Sheet
from hms_desktop.documents.text import wrap

LEADING = 1.3
"""Distance of two base lines, in type sizes."""

ASCENT = 0.95
"""Where the base line stands below the top of a line, in type sizes."""

Draw = Callable[[Sheet, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a known height that is drawn at a distance from the top. `keep`: never the last on its page."""

    height: float
    draw: Draw
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a row: its start edge and room in points, wrapped inside the room."""

    text: str
    x: float
    room: float
    align: Align = Align.START
    bold: bool = False
    size: float | None = None
    colour: str = INK


@dataclass(slots=True)
class Flow:
    """A column that grows downwards. `left` and `room` are its edge and width, `size` its type size, all in points."""

    left: float
    room: float
    size: float = 9.0
    blocks: list[Block] = field(default_factory=list)
    ruled: bool = False
    """Whether a hair line under every pair leads the eye from a label to its value far away."""

    @property
    def height(self) -> float:
        """Height of everything so far."""
        return sum(block.height for block in self.blocks)

    def add(self, height: float, draw: Draw, *, keep: bool = False) -> None:
        """A block that draws itself."""
        self.blocks.append(Block(height, draw, keep))

    def gap(self, height: float, *, keep: bool = False) -> None:
        """Empty room."""
        self.add(height, lambda _sheet, _top: None, keep=keep)

    def rule(
        self, *, weight: float = 0.5, colour: str = LINE, before: float = 3, after: float = 3, keep: bool = False
    ) -> None:
        """A rule across the column."""
        self.add(
            before + after,
            lambda sheet, top: sheet.rule(self.left, top + before, self.room, weight=weight, colour=colour),
            keep=keep,
        )

    def dashes(self, *, before: float = 4, after: float = 4) -> None:
        """A dashed rule across the column, for rolls."""
        self.add(before + after, lambda sheet, top: sheet.dashes(self.left, top + before, self.room))

    def text(
        self,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        align: Align = Align.START,
        colour: str = INK,
        indent: float = 0,
        after: float = 0,
        keep: bool = False,
    ) -> None:
        """A paragraph; nothing for an empty text."""
        if text:
            cell = Cell(text, indent, self.room - indent, align, bold, size, colour)
            self.row(cell, after=after, keep=keep)

    def row(self, *cells: Cell, before: float = 0, after: float = 0, fill: str = "", keep: bool = False) -> None:
        """Cells side by side, their first lines on one base line; `fill` colours the row's ground."""
        sizes = [cell.size or self.size for cell in cells]
        lines = [wrap(cell.text, size, cell.room, cell.bold) for cell, size in zip(cells, sizes, strict=True)]
        first = max(sizes) * ASCENT
        heights = [
            first + ((len(each) - 1) * LEADING + LEADING - ASCENT) * size
            for each, size in zip(lines, sizes, strict=True)
        ]
        height = before + max(heights) + after

        def draw(sheet: Sheet, top: float) -> None:
            if fill:
                sheet.box(self.left, top, self.room, height, fill=fill)
            for cell, size, each in zip(cells, sizes, lines, strict=True):
                at = self.left + cell.x + cell.room * cell.align.value
                for place, line in enumerate(each):
                    baseline = top + before + first + place * LEADING * size
                    sheet.text(at, baseline, line, size, bold=cell.bold, align=cell.align, colour=cell.colour)

        self.add(height, draw, keep=keep)

    def pair(
        self,
        label: str,
        value: str,
        *,
        bold: bool = False,
        size: float | None = None,
        colour: str = INK,
        label_colour: str = "",
        share: float = 0.62,
        after: float = 0,
        keep: bool = False,
    ) -> None:
        """A label at the start and its value at the end of one row. `share` is the label's part of the width."""
        room = self.room * share
        self.row(
            Cell(label, 0, room - 4, Align.START, bold, size, label_colour or colour),
            Cell(value, room, self.room - room, Align.END, bold, size, colour),
            before=1.2 if self.ruled else 0,
            after=after + (1.2 if self.ruled else 0),
            keep=keep or self.ruled,
        )
        if self.ruled:
            self.rule(weight=0.35, before=0, after=0)

    def keep_last(self) -> None:
        """The last block so far goes with what follows, so that sums never stand on a page without a row."""
        if self.blocks:
            self.blocks[-1] = replace(self.blocks[-1], keep=True)

    def beside(self, start: "Flow", end: "Flow") -> None:
        """Two columns side by side, kept on one page."""

        def draw(sheet: Sheet, top: float) -> None:
            draw_down(sheet, start.blocks, top)
            draw_down(sheet, end.blocks, top)

        self.add(max(start.height, end.height), draw)

    def fact(self, label: str, value: str, *, label_room: float, bold: bool = False, colour: str = INK) -> None:
        """A soft label and, beside it, a value; nothing when there is no value."""
        if value:
            self.row(
                Cell(label, 0, label_room - 4, size=self.size * 0.92, colour=SOFT),
                Cell(value, label_room, self.room - label_room, bold=bold, colour=colour),
                after=1,
            )

    def code(self, extent: int, bars: Bars, module: float, *, rows: int, height: float, after: float = 0) -> None:
        """A machine code in the middle of the column; a row is `height` points high."""
        left = self.left + (self.room - extent * module) / 2
        self.add(rows * height + after, lambda sheet, top: sheet.bars(left, top, bars, module, height, extent))


def draw_down(sheet: Sheet, blocks: Sequence[Block], top: float) -> float:
    """Draw blocks one below the other and give where they end."""
    for block in blocks:
        block.draw(sheet, top)
        top += block.height
    return top


def paginate(blocks: Sequence[Block], first: float, further: float) -> list[list[Block]]:
    """`blocks` in pages: `first` points high, then `further`. A block that keeps moves along with the one below it."""
    pages: list[list[Block]] = [[]]
    room = first
    for group in _kept_together(blocks):
        height = sum(block.height for block in group)
        if height > room and pages[-1]:
            pages.append([])
            room = further
        pages[-1].extend(group)
        room -= height
    return pages


def _kept_together(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    open_group = False
    for block in blocks:
        if open_group:
            groups[-1].append(block)
        else:
            groups.append([block])
        open_group = block.keep
    return groups
