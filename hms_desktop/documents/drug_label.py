"""Drug label, 70 × 35 mm: whose it is, what it is, how to take it in plain words, which batch. A page a medicine."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from hms_desktop.documents.directions import directions, medicine_name
from hms_desktop.documents.layout import Setting, badges, labels
from hms_desktop.documents.parts import Head, PatientLine, Printed
from hms_desktop.documents.sheet import BLACK, MM, Align, Sheet
from hms_desktop.documents.text import at_most, wrap
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.prescriptions import Route
from hms_desktop.words.language import tr, using

WIDE, HIGH = 70 * MM, 35 * MM
_EDGE = 2.5 * MM
_ROOM = WIDE - 2 * _EDGE


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelBatch:
    """A batch that the medicine came from."""

    number: str
    expiry: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugLabel:
    """One medicine in the patient's hand. `quantity` has its unit; `frequency` is a code or free text."""

    medicine: str
    quantity: str
    strength: str = ""
    form: str = ""
    dose: str = ""
    route: Route | None = None
    frequency: str = ""
    days: int | None = None
    instructions: str = ""
    batches: tuple[LabelBatch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugLabelPaper:
    """The labels of one dispensing."""

    head: Head
    printed: Printed
    patient: PatientLine
    labels: tuple[DrugLabel, ...]
    dispensed: date


def render(paper: DrugLabelPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The labels as PDF, one page a medicine."""
    with using(language):
        setting = Setting(
            head=paper.head, printed=paper.printed, title=tr("Medicine label"), number=paper.patient.mrn, copy=copy
        )
        drawings: list[Callable[[Sheet], None]] = [
            partial(_draw, paper=paper, label=label, setting=setting) for label in paper.labels
        ]
        return labels(setting, WIDE, HIGH, drawings)


def _draw(sheet: Sheet, paper: DrugLabelPaper, label: DrugLabel, setting: Setting) -> None:
    top = _patient(sheet, paper.patient)
    top = _medicine(sheet, label, top)
    bottom = HIGH - 17.5
    _directions(sheet, label, top, bottom - 8.5)
    batches = ", ".join(
        tr("{batch} exp. {date}", batch=each.number, date=show_date(each.expiry)) for each in label.batches
    )
    if batches:
        sheet.squeezed(_EDGE, bottom - 1.5, tr("Batch {batches}", batches=batches), 6, _ROOM)
    _foot(sheet, paper, setting)


def _patient(sheet: Sheet, patient: PatientLine) -> float:
    size, lines = at_most(patient.name, 9, _ROOM * 0.68, 1, 5.5, bold=True)
    if lines[0].endswith("…"):
        size, lines = at_most(patient.name, 6, _ROOM * 0.68, 2, 4, bold=True)
    top = 2.0 * MM
    for line in lines:
        top += size * 1.05
        sheet.text(_EDGE, top, line, size, bold=True, colour=BLACK)
    sheet.squeezed(WIDE - _EDGE, 2 * MM + 8, patient.mrn, 7, _ROOM * 0.3, align=Align.END)
    top += 3.2
    sheet.rule(_EDGE, top, _ROOM, weight=0.9, colour=BLACK)
    return top


def _medicine(sheet: Sheet, label: DrugLabel, top: float) -> float:
    name = medicine_name(label.medicine, label.strength, label.form)
    size, lines = at_most(name, 9.5, _ROOM * 0.74, 1, 6.5, bold=True)
    if lines[0].endswith("…"):
        size, lines = at_most(name, 7.5, _ROOM * 0.74, 2, 5, bold=True)
    first = top + size + 2.2
    sheet.squeezed(WIDE - _EDGE, first, label.quantity, 8, _ROOM * 0.25, bold=True, align=Align.END)
    for place, line in enumerate(lines):
        sheet.text(_EDGE, first + place * size * 1.15, line, size, bold=True, colour=BLACK)
    return first + (len(lines) - 1) * size * 1.15 + 2


def _directions(sheet: Sheet, label: DrugLabel, top: float, bottom: float) -> None:
    said = directions(label.dose, label.route, label.frequency, label.days)
    words = f"{said}. {label.instructions}" if label.instructions and said else said or label.instructions
    size = 9.0
    while size > 4 and len(wrap(words, size, _ROOM)) * size * 1.2 > bottom - top:
        size -= 0.25
    size, lines = at_most(words, size, _ROOM, int((bottom - top) / (size * 1.2)), size)
    for place, line in enumerate(lines):
        sheet.text(_EDGE, top + size * (1.05 + 1.2 * place), line, size, colour=BLACK)


def _foot(sheet: Sheet, paper: DrugLabelPaper, setting: Setting) -> None:
    top = HIGH - 16.5
    sheet.rule(_EDGE, top, _ROOM, weight=0.5, colour=BLACK)
    sheet.squeezed(_EDGE, top + 7.2, tr("Keep out of reach of children"), 6.5, _ROOM * 0.6, bold=True)
    day = " · ".join(each for each in (badges(setting), show_date(paper.dispensed)) if each)
    sheet.squeezed(WIDE - _EDGE, top + 7.2, day, 6, _ROOM * 0.38, align=Align.END)
    clinic = " · ".join(each for each in (paper.head.name, paper.head.phone) if each)
    sheet.squeezed(_EDGE, top + 13.4, clinic, 5.5, _ROOM * 0.71, smallest=3.5)
    who = " · ".join(each for each in (paper.printed.station, paper.printed.user) if each)
    sheet.squeezed(WIDE - _EDGE, top + 13.4, who, 5, _ROOM * 0.27, smallest=3, align=Align.END)
