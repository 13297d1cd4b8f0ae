"""Specimen label, 50 × 25 mm: accession number as Code 128 and in digits, whose it is, what for, when taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from hms_desktop.documents.codes import code_128
from hms_desktop.documents.layout import Setting, badges, labels
from hms_desktop.documents.parts import Head, PatientLine, Printed, moment
from hms_desktop.documents.sheet import BLACK, MM, WHITE, Align, Sheet
from hms_desktop.documents.text import fit, width, wrap
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
    room = _ROOM - (width(urgent, 6.5, True) + 8 if urgent else 0)
    size = fit(patient.name, 8.5, room, 1, 5, bold=True)
    shown = wrap(patient.name, size, room, True)
    name = shown[0] if len(shown) == 1 else f"{shown[0]} …"
    sheet.text(_EDGE, 10, name, size, bold=True, colour=BLACK)
    if urgent:
        wide = width(urgent, 6.5, True) + 6
        sheet.box(WIDE - _EDGE - wide, 2.8, wide, 9, fill=BLACK, radius=1.5)
        sheet.text(WIDE - _EDGE - wide / 2, 9.6, urgent, 6.5, bold=True, align=Align.MIDDLE, colour=WHITE)
    about = " · ".join(each for each in (patient.mrn, patient.short()) if each)
    sheet.text(_EDGE, 18, about, fit(about, 6.5, _ROOM, 1, 4), colour=BLACK)
    _bars(sheet, label.accession)
    asked = " · ".join((label.specimen, ", ".join(label.tests)))
    size = fit(asked, 6.5, _ROOM, 1, 4.5)
    cut = wrap(asked, size, _ROOM)
    sheet.text(_EDGE, HIGH - 10.5, cut[0] if len(cut) == 1 else f"{cut[0]} …", size, bold=False, colour=BLACK)
    _foot(sheet, paper, label, setting)


def _bars(sheet: Sheet, accession: str) -> None:
    extent, bars = code_128(accession)
    module = min(0.33 * MM, _ROOM / (extent + 2 * _QUIET - 12))
    start = (WIDE - extent * module) / 2
    sheet.bars(start, 21, bars, module, 20, extent)
    sheet.text(WIDE / 2, 49, accession, 7.5, bold=True, align=Align.MIDDLE, colour=BLACK)


def _foot(sheet: Sheet, paper: SpecimenLabelPaper, label: SpecimenLabel, setting: Setting) -> None:
    taken = moment(label.collected_at) if label.collected_at else tr("not collected yet")
    when = " · ".join(each for each in (badges(setting), taken) if each)
    sheet.text(_EDGE, HIGH - 3.6, when, fit(when, 6, _ROOM * 0.62, 1, 3.5), colour=BLACK)
    who = " · ".join(each for each in (paper.head.name, paper.printed.user) if each)
    sheet.text(WIDE - _EDGE, HIGH - 3.6, who, fit(who, 5, _ROOM * 0.36, 1, 2.5), align=Align.END, colour=BLACK)
