"""Patient card of the size of a bank card (ISO/IEC 7810 ID-1), with a QR code of the record number."""

from dataclasses import dataclass
from datetime import date

from hms_desktop.documents.codes import qr
from hms_desktop.documents.layout import Setting, badges, labels
from hms_desktop.documents.parts import Head, PatientLine, Printed, allergy_words
from hms_desktop.documents.sheet import ACCENT, BLACK, INK, MM, SOFT, WHITE, Align, Sheet
from hms_desktop.documents.text import at_most, width
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.patients import AllergyState
from hms_desktop.words.language import tr, using

WIDE, HIGH = 85.6 * MM, 53.98 * MM
_EDGE = 4 * MM
_BAND = 11.5 * MM
_QR = 23 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientCardPaper:
    """A patient's card. `issued` is the day of this card."""

    head: Head
    printed: Printed
    patient: PatientLine
    issued: date
    allergy_state: AllergyState
    allergies: tuple[str, ...] = ()
    blood_group: str = ""


def render(paper: PatientCardPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The card as PDF."""
    with using(language):
        number = paper.patient.mrn
        setting = Setting(head=paper.head, printed=paper.printed, title=tr("Patient card"), number=number, copy=copy)
        return labels(setting, WIDE, HIGH, [lambda sheet: _draw(sheet, paper, setting)])


def _draw(sheet: Sheet, paper: PatientCardPaper, setting: Setting) -> None:
    _band(sheet, paper.head)
    _code(sheet, paper.patient.mrn)
    room = WIDE - 2 * _EDGE - _QR - 3 * MM
    top = _BAND + 3 * MM
    name = paper.patient.name
    size, lines = at_most(name, 13, room, 3 if width(name, 7.5, True) > 2 * room else 2, 7.5, bold=True)
    for line in lines:
        top += size
        sheet.text(_EDGE, top, line, size, bold=True)
        top += size * 0.22
    top += 12.5
    sheet.squeezed(_EDGE, top, paper.patient.mrn, 11, room, smallest=7, bold=True, colour=ACCENT)
    for fact in _facts(paper):
        top += 11
        sheet.squeezed(_EDGE, top, fact, 7.5, room, smallest=5.5, colour=INK)
    _allergies(sheet, paper)
    _foot(sheet, paper, setting)


def _facts(paper: PatientCardPaper) -> list[str]:
    patient = paper.patient
    blood = tr("Blood group {group}", group=paper.blood_group) if paper.blood_group else ""
    more = " · ".join(each for each in (patient.phone, blood) if each)
    born = patient.birth_date
    age = (f"~{born.year}" if patient.birth_estimated else show_date(born)) if born else ""
    first = " · ".join(
        each
        for each in (patient.short().split(" · ", 1)[0], tr("born {date}", date=age) if age else patient.age)
        if each
    )
    return [each for each in (first, more) if each]


def _band(sheet: Sheet, head: Head) -> None:
    sheet.box(0, 0, WIDE, _BAND, fill=ACCENT)
    start = _EDGE
    if head.logo:
        side = _BAND - 3 * MM
        sheet.box(_EDGE, 1.5 * MM, side, side, fill=WHITE, radius=2)
        sheet.picture(_EDGE + 1.5, 1.5 * MM + 1.5, side - 3, side - 3, head.logo)
        start += side + 2.5 * MM
    room = WIDE - start - _EDGE
    under = " · ".join(each for each in (head.phone, head.standing()) if each)
    base = _BAND * (0.47 if under else 0.62)
    sheet.squeezed(start, base, head.name, 11, room, smallest=6, bold=True, colour=WHITE)
    sheet.squeezed(start, _BAND * 0.8, under, 6.5, room, smallest=4.5, colour=WHITE)


def _code(sheet: Sheet, mrn: str) -> None:
    extent, bars = qr(mrn)
    module = _QR / extent
    sheet.bars(WIDE - _EDGE - _QR, _BAND + 3.5 * MM, bars, module, module, extent)


def _allergies(sheet: Sheet, paper: PatientCardPaper) -> None:
    if paper.allergy_state is not AllergyState.RECORDED or not paper.allergies:
        return
    room = WIDE - 2 * _EDGE - 8
    words = tr("ALLERGY: {substances}", substances=allergy_words(paper.allergy_state, paper.allergies))
    size, (shown,) = at_most(words, 8, room, 1, 5.5, bold=True)
    top = HIGH - 12.6 * MM
    sheet.box(_EDGE, top, width(shown, size, True) + 8, 13, fill=BLACK, radius=2.5)
    sheet.text(_EDGE + 4, top + 9.4, shown, size, bold=True, colour=WHITE)


def _foot(sheet: Sheet, paper: PatientCardPaper, setting: Setting) -> None:
    base = HIGH - 2.6 * MM
    half = (WIDE - 2 * _EDGE) / 2
    sheet.squeezed(_EDGE, base - 7, tr("Please bring this card to every visit."), 6.2, half * 1.15, colour=SOFT)
    sheet.squeezed(_EDGE, base, paper.printed.line(), 5, half * 1.2, smallest=3.5, colour=SOFT)
    issued = tr("issued {date}", date=show_date(paper.issued))
    sheet.squeezed(WIDE - _EDGE, base, issued, 5, half * 0.7, align=Align.END, colour=SOFT)
    sheet.squeezed(WIDE - _EDGE, base - 7, badges(setting), 6.2, half * 0.8, bold=True, align=Align.END)
