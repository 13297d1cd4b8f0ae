"""Queue ticket: the number that is called, where, and since when. On an 80 mm roll."""

from dataclasses import dataclass
from datetime import datetime

from hms_desktop.documents.flow import Flow
from hms_desktop.documents.layout import Setting, roll
from hms_desktop.documents.parts import Form, Head, PatientLine, Printed, moment
from hms_desktop.documents.sheet import BLACK, Align, Sheet
from hms_desktop.documents.text import at_most
from hms_desktop.domain.visits import ServicePoint
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn, using


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPaper:
    """A ticket. `waiting` counts the people before the patient; None when nobody counted."""

    head: Head
    printed: Printed
    number: str
    service_point: ServicePoint
    issued: datetime
    patient: PatientLine | None = None
    waiting: int | None = None
    visit_number: str = ""
    department: str = ""
    form: Form = Form.ROLL_80


def render(paper: TicketPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The ticket as PDF."""
    with using(language):
        setting = Setting(
            head=paper.head,
            printed=paper.printed,
            title=tr("Your number"),
            number=paper.number,
            copy=copy,
            form=paper.form,
        )
        return roll(setting, lambda flow: _fill(flow, paper))


def _fill(flow: Flow, paper: TicketPaper) -> None:
    size, (shown,) = at_most(paper.number, 58, flow.room, 1, 18, bold=True)
    flow.gap(2)
    middle = flow.left + flow.room / 2

    def number(sheet: Sheet, top: float) -> None:
        sheet.text(middle, top + size * 0.8, shown, size, bold=True, align=Align.MIDDLE, colour=BLACK)

    flow.add(size * 0.95, number)
    where = " · ".join(each for each in (say(paper.service_point), paper.department) if each)
    flow.text(where, size=flow.size + 6, bold=True, align=Align.MIDDLE, colour=BLACK, after=2)
    flow.text(moment(paper.issued), size=flow.size + 1, align=Align.MIDDLE, colour=BLACK)
    if paper.waiting is not None:
        before = trn("{n} person before you", "{n} people before you", paper.waiting)
        flow.text(before, align=Align.MIDDLE, colour=BLACK)
    if paper.patient is not None:
        flow.dashes()
        flow.text(paper.patient.name, size=flow.size + 1.5, bold=True, align=Align.MIDDLE, colour=BLACK)
        flow.text(
            " · ".join(each for each in (paper.patient.mrn, paper.patient.short()) if each),
            align=Align.MIDDLE,
            colour=BLACK,
        )
    if paper.visit_number:
        flow.text(tr("Visit {number}", number=paper.visit_number), align=Align.MIDDLE, colour=BLACK)
