"""Specimen label, 50 × 25 mm: accession number as Code 128 and in digits, whose it is, what for, when taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from hms_desktop.documents.codes import code_128
from hms_desktop.documents.layout import Setting, badges, labels
from hms_desktop.documents.parts import Head, PatientLine, Printed, moment
from hms_desktop.documents.sheet import BLACK, MM, WHITE, Align, Sheet
from hms_desktop.documents.text import at_most, width
from hms_desktop.domain.lab import LabPriority
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, using

WIDE, HIGH = 50 * MM, 25 * MM
_EDGE = 2 * MM
_ROOM = WIDE - 2 * _EDGE
_QUIET = 10
"""Modules of white that Code 128 needs at each side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenLabel:
    """One tube or pot. `tests` are the short names of what is asked of it."""

    accession: str
    specimen: str
    tests: tuple[str, ...]
    collected_at: datetime | None
    priority: LabPriority = LabPriority.ROUTINE


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenLabelPaper:
    """The labels of one collection."""

    head: Head
    printed: Printed
    patient: PatientLine
    labels: tuple[SpecimenLabel, ...]


def render(paper: SpecimenLabelPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The labels as PDF, one page a specimen. Raises ValueError for an accession number that is not printable ASCII."""
    with using(language):
        number = paper.labels[0].accession if paper.labels else ""
        setting = Setting(head=paper.head, printed=paper.printed, title=tr("Specimen label"), number=number, copy=copy)
        drawings: list[Callable[[Sheet], None]] = [
            partial(_draw, paper=paper, label=label, setting=setting) for label in paper.labels
        ]
        return labels(setting, WIDE, HIGH, drawings)


def _draw(sheet: Sheet, paper: SpecimenLabelPaper, label: SpecimenLabel, setting: Setting) -> None:
    patient = paper.patient
    urgent = say(label.priority).upper() if label.priority is not LabPriority.ROUTINE else ""
    size, (shown,) = at_most(urgent, 6.5, _ROOM * 0.4, 1, 4, bold=True)
    wide = width(shown, size, True) + 6 if urgent else 0
    _name(sheet, patient.name, _ROOM - wide - (3 if urgent else 0))
    if urgent:
        sheet.box(WIDE - _EDGE - wide, 2.8, wide, 9, fill=BLACK, radius=1.5)
        sheet.text(WIDE - _EDGE - wide / 2, 9.6, shown, size, bold=True, align=Align.MIDDLE, colour=WHITE)
    about = " · ".join(each for each in (patient.mrn, patient.short()) if each)
    sheet.squeezed(_EDGE, 18, about, 6.5, _ROOM)
    _bars(sheet, label.accession)
    sheet.squeezed(_EDGE, HIGH - 10.5, " · ".join((label.specimen, ", ".join(label.tests))), 6.5, _ROOM)
    _foot(sheet, paper, label, setting)


def _name(sheet: Sheet, name: str, room: float) -> None:
    """On one line, or small on two: two people may share their first names."""
    size, lines = at_most(name, 8.5, room, 1, 5.5, bold=True)
    if lines[0].endswith("…"):
        size, lines = at_most(name, 5.4, room, 2, 3.8, bold=True)
    for place, line in enumerate(lines):
        sheet.text(_EDGE, 11.2 - (len(lines) - 1 - place) * size * 1.1, line, size, bold=True, colour=BLACK)


def _bars(sheet: Sheet, accession: str) -> None:
    extent, bars = code_128(accession)
    module = min(0.33 * MM, WIDE / (extent + 2 * _QUIET))
    start = (WIDE - extent * module) / 2
    sheet.bars(start, 21, bars, module, 20, extent)
    sheet.squeezed(WIDE / 2, 49, accession, 7.5, _ROOM, bold=True, align=Align.MIDDLE)


def _foot(sheet: Sheet, paper: SpecimenLabelPaper, label: SpecimenLabel, setting: Setting) -> None:
    taken = moment(label.collected_at) if label.collected_at else tr("not collected yet")
    when = " · ".join(each for each in (badges(setting), taken) if each)
    sheet.squeezed(_EDGE, HIGH - 3.6, when, 6, _ROOM * 0.62, smallest=3.5)
    who = " · ".join(each for each in (paper.head.name, paper.printed.user) if each)
    sheet.squeezed(WIDE - _EDGE, HIGH - 3.6, who, 5, _ROOM * 0.36, smallest=2.5, align=Align.END)
