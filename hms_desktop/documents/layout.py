"""What all papers look like: the clinic's head, title, patient, foot and COPY mark; rolls, pages and labels."""

from collections.abc import Callable
from dataclasses import dataclass

from hms_desktop.documents.flow import Cell, Flow, draw_down, paginate
from hms_desktop.documents.parts import Form, Head, PatientLine, Printed
from hms_desktop.documents.sheet import ACCENT, BLACK, INK, LINE, MM, PALE, SOFT, TINT, WHITE, Align, Sheet
from hms_desktop.documents.text import fit, width
from hms_desktop.words.language import current, tr

SIZES = {Form.A5: (148 * MM, 210 * MM), Form.A4: (210 * MM, 297 * MM)}
_ROLLS = {Form.ROLL_80: (80 * MM, 4 * MM), Form.ROLL_58: (58 * MM, 4 * MM)}
"""Width of the paper and the margin that its printers leave."""

_LOGO = 15 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every paper is set with: its clinic, who prints, what it is, and how."""

    head: Head
    printed: Printed
    title: str
    number: str = ""
    copy: bool = False
    form: Form = Form.A5

    def sheet(self, wide: float, high: float) -> Sheet:
        """An empty sheet of this paper, in points, in the current language and its direction."""
        title = " ".join(each for each in (self.title, self.number) if each)
        language = current()
        return Sheet(wide, high, title=title, author=self.head.name, language=language.code, rtl=language.right_to_left)


def roll(
    setting: Setting, fill: Callable[[Flow], None], *, size: float = 8.5, proof: Callable[[Flow], None] | None = None
) -> bytes:
    """A paper on a roll, as long as its content: head, title, what `fill` adds, foot, and a code that proves it."""
    wide, margin = _ROLLS[setting.form]
    narrow = setting.form is Form.ROLL_58
    flow = Flow(margin, wide - 2 * margin, size - 1 if narrow else size)
    _roll_head(flow, setting)
    fill(flow)
    _roll_foot(flow, setting, proof)
    high = flow.height + 6 * MM
    sheet = setting.sheet(wide, high)
    mark(sheet, setting)
    draw_down(sheet, flow.blocks, 4 * MM)
    return sheet.finish()


def pages(
    setting: Setting,
    fill: Callable[[Flow], None],
    *,
    patient: PatientLine | None = None,
    size: float = 9,
    heading: Callable[[Flow], None] | None = None,
    fixed_foot: Callable[[Flow], None] | None = None,
) -> bytes:
    """A paper on cut sheets: the head on the first page, a short one on the others, the foot with page x / y on all.

    `heading` adds the row that stands above the content again on every further page; `fixed_foot` what stands at the
    bottom of the last page (a signature).
    """
    wide, high = SIZES[setting.form]
    margin = (12 if setting.form is Form.A5 else 17) * MM
    opening, again = (Flow(margin, wide - 2 * margin, size) for _ in range(2))
    body, last = (Flow(margin, wide - 2 * margin, size) for _ in range(2))
    _page_head(opening, setting, patient)
    _short_head(again, setting, patient)
    if heading is not None:
        heading(again)
    fill(body)
    if fixed_foot is not None:
        fixed_foot(last)
    bottom = high - 15 * MM
    sheets = paginate(body.blocks, bottom - margin - opening.height, bottom - margin - again.height)
    room = bottom - margin - (again if len(sheets) > 1 else opening).height
    if last.height and sum(block.height for block in sheets[-1]) + last.height > room:
        sheets.append([])
    sheet = setting.sheet(wide, high)
    for place, blocks in enumerate(sheets):
        if place:
            sheet.next_page()
        mark(sheet, setting)
        top = draw_down(sheet, (again if place else opening).blocks, margin)
        draw_down(sheet, blocks, top)
        if place == len(sheets) - 1:
            draw_down(sheet, last.blocks, bottom - last.height)
        _page_foot(sheet, setting, margin, high, place + 1, len(sheets))
    return sheet.finish()


def mark(sheet: Sheet, setting: Setting) -> None:
    """Under the content: COPY, large and light, on a re-print; TRAINING on a paper of the training clinic."""
    words = [tr("COPY")] if setting.copy else []
    words += [tr("TRAINING")] if setting.head.training else []
    for place, word in enumerate(words):
        slope = 52 if sheet.height > sheet.width * 1.2 else 22
        size = min(fit(word, 130, sheet.width * 0.86, 1, 8, bold=True), sheet.height * 0.5)
        y = sheet.height * (place + 1) / (len(words) + 1)
        sheet.slanted(sheet.width / 2, y, word, size, slope, PALE)


def badges(setting: Setting) -> str:
    """The same in small, in words, beside the title."""
    words = ([tr("COPY")] if setting.copy else []) + ([tr("TRAINING – not valid")] if setting.head.training else [])
    return " · ".join(words)


def badge(flow: Flow, text: str, *, fill: str = BLACK) -> None:
    """A word in white on a dark ground, in the middle of the column."""
    size = flow.size * 0.95
    wide = width(text, size, True) + 10

    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(flow.left + (flow.room - wide) / 2, top, wide, size * 1.5, fill=fill, radius=2)
        sheet.text(
            flow.left + flow.room / 2, top + size * 1.12, text, size, bold=True, align=Align.MIDDLE, colour=WHITE
        )

    flow.add(size * 1.5 + 3, draw)


def _roll_head(flow: Flow, setting: Setting) -> None:
    head = setting.head
    if head.logo:
        logo = head.logo
        flow.add(_LOGO + 3, lambda sheet, top: _centred_logo(sheet, flow, top, logo))
    flow.text(head.name, size=flow.size + 3.5, bold=True, align=Align.MIDDLE, colour=BLACK, after=1)
    for line in (head.address, head.phone, head.standing()):
        flow.text(line, size=flow.size - 0.5, align=Align.MIDDLE, colour=BLACK)
    flow.rule(weight=1.2, colour=BLACK, before=4, after=5)
    flow.text(setting.title, size=flow.size + 1, bold=True, align=Align.MIDDLE, colour=BLACK)
    if badges(setting):
        flow.gap(2)
        badge(flow, badges(setting))


def _centred_logo(sheet: Sheet, flow: Flow, top: float, logo: bytes) -> None:
    sheet.picture(flow.left + (flow.room - _LOGO) / 2, top, _LOGO, _LOGO, logo)


def _roll_foot(flow: Flow, setting: Setting, proof: Callable[[Flow], None] | None) -> None:
    if proof is not None:
        flow.gap(4)
        proof(flow)
    if setting.head.footer:
        flow.gap(3)
        flow.text(setting.head.footer, align=Align.MIDDLE, colour=BLACK, after=2)
    flow.dashes()
    flow.text(setting.printed.line(), size=flow.size - 1.5, align=Align.MIDDLE, colour=BLACK)


def _page_head(flow: Flow, setting: Setting, patient: PatientLine | None) -> None:
    head = setting.head
    big = setting.form is Form.A4
    logo = head.logo
    indent = _LOGO + 4 * MM if logo else 0.0
    name = Flow(flow.left + indent, flow.room - indent, flow.size)
    name.text(head.name, size=17 if big else 14, bold=True, colour=ACCENT, after=1)
    for line in (head.reach(), head.standing()):
        name.text(line, size=8 if big else 7.2, colour=SOFT)
    high = max(name.height, _LOGO if logo else 0)

    def draw(sheet: Sheet, top: float) -> None:
        if logo:
            sheet.picture(flow.left, top, _LOGO, _LOGO, logo)
        draw_down(sheet, name.blocks, top + (high - name.height) / 2)

    flow.add(high, draw)
    flow.rule(weight=1.6, colour=ACCENT, before=6, after=9)
    _title(flow, setting, 15 if big else 12.5)
    flow.gap(5)
    if patient is not None:
        patient_box(flow, patient)


def _title(flow: Flow, setting: Setting, size: float) -> None:
    flow.row(
        Cell(setting.title, 0, flow.room * 0.58, bold=True, size=size),
        Cell(setting.number, flow.room * 0.58, flow.room * 0.42, Align.END, True, size * 0.8),
    )
    if badges(setting):
        flow.text(badges(setting), bold=True, size=flow.size, colour=SOFT)


def _short_head(flow: Flow, setting: Setting, patient: PatientLine | None) -> None:
    whose = f"{patient.name} · {patient.mrn}" if patient is not None else ""
    flow.row(
        Cell(setting.head.name, 0, flow.room * 0.5, bold=True, size=flow.size, colour=ACCENT),
        Cell(f"{setting.title} {setting.number}", flow.room * 0.5, flow.room * 0.5, Align.END, True),
    )
    flow.row(
        Cell(whose, 0, flow.room * 0.75, colour=INK),
        Cell(badges(setting), flow.room * 0.75, flow.room * 0.25, Align.END, True, colour=SOFT),
    )
    flow.rule(weight=1.0, colour=ACCENT, before=4, after=6)


def patient_box(flow: Flow, patient: PatientLine) -> None:
    """The patient on a tinted ground: name large, number beside it, then what tells two of the same name apart."""
    inside = Flow(flow.left + 8, flow.room - 16, flow.size)
    inside.row(
        Cell(patient.name, 0, inside.room * 0.66, bold=True, size=flow.size + 2.5),
        Cell(patient.mrn, inside.room * 0.68, inside.room * 0.32, Align.END, True, flow.size + 0.5),
    )
    inside.text(patient.full(), after=0)
    rest = " · ".join(each for each in (patient.address, patient.phone, patient.payer) if each)
    inside.text(rest, size=flow.size - 0.7, colour=SOFT)
    high = inside.height + 10

    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(flow.left, top, flow.room, high, fill=TINT, radius=4)
        draw_down(sheet, inside.blocks, top + 5)

    flow.add(high + 8, draw)


def _page_foot(sheet: Sheet, setting: Setting, margin: float, high: float, page: int, of: int) -> None:
    room = sheet.width - 2 * margin
    top = high - 13 * MM
    sheet.rule(margin, top, room, colour=LINE)
    foot = setting.head.footer
    sheet.squeezed(sheet.width / 2, top + 10, foot, 7.5, room, smallest=5, align=Align.MIDDLE, colour=INK)
    sheet.squeezed(margin, top + 20, setting.printed.line(), 6.8, room * 0.72, colour=SOFT)
    counted = tr("Page {page} of {pages}", page=page, pages=of)
    sheet.squeezed(sheet.width - margin, top + 20, counted, 6.8, room * 0.26, align=Align.END, colour=SOFT)


def labels(setting: Setting, wide: float, high: float, drawings: list[Callable[[Sheet], None]]) -> bytes:
    """Small labels, one a page, in points; each draws itself on its page."""
    sheet = setting.sheet(wide, high)
    for place, draw in enumerate(drawings):
        if place:
            sheet.next_page()
        mark(sheet, setting)
        draw(sheet)
    return sheet.finish()


def table_head(flow: Flow, *cells: Cell) -> None:
    """A table's heading row, which never stands alone at the end of a page."""
    flow.row(*cells, before=3, after=3, fill=TINT, keep=True)


def signatures(flow: Flow, names: tuple[str, str], colour: str) -> None:
    """Two lines to sign on, side by side, each with the name of its place under it."""
    half = flow.room * 0.46

    def draw(sheet: Sheet, top: float) -> None:
        for start, name in zip((flow.left, flow.left + flow.room - half), names, strict=True):
            sheet.rule(start, top, half, weight=0.7, colour=colour)
            sheet.text(start + half / 2, top + 9, name, flow.size - 1, align=Align.MIDDLE, colour=colour)

    flow.add(14, draw)
