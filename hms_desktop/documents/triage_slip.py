"""Triage slip on a roll: colour in words, why, the vitals. Missing is "not measured", never normal or zero."""

from dataclasses import dataclass
from datetime import datetime

from hms_desktop.documents.flow import Flow
from hms_desktop.documents.layout import Setting, roll
from hms_desktop.documents.parts import Form, Head, PatientLine, Printed, moment
from hms_desktop.documents.sheet import BLACK, WHITE, Align, Sheet
from hms_desktop.domain.triage import Colour
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, using


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalLine:
    """One vital sign as shown; an empty `value` is "not measured"."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageSlipPaper:
    """What triage found. `reasons` say why the colour; `override_reason` why the nurse chose another."""

    head: Head
    printed: Printed
    patient: PatientLine
    visit_number: str
    taken_at: datetime
    nurse: str
    colour: Colour
    reasons: tuple[str, ...] = ()
    vitals: tuple[VitalLine, ...] = ()
    ticket: str = ""
    complaint: str = ""
    override_reason: str = ""
    form: Form = Form.ROLL_80


def render(paper: TriageSlipPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The slip as PDF."""
    with using(language):
        setting = Setting(
            head=paper.head,
            printed=paper.printed,
            title=tr("Triage"),
            number=paper.visit_number,
            copy=copy,
            form=paper.form,
        )
        return roll(setting, lambda flow: _fill(flow, paper))


def _fill(flow: Flow, paper: TriageSlipPaper) -> None:
    flow.gap(3)
    flow.add(30, lambda sheet, top: _colour(sheet, flow, top, say(paper.colour)))
    flow.text(paper.patient.name, size=flow.size + 2, bold=True, colour=BLACK)
    flow.text(" · ".join(each for each in (paper.patient.mrn, paper.patient.short()) if each), colour=BLACK)
    flow.text(tr("Visit {number}", number=paper.visit_number), colour=BLACK)
    if paper.ticket:
        flow.text(tr("Ticket {number}", number=paper.ticket), colour=BLACK)
    flow.text(" · ".join((moment(paper.taken_at), paper.nurse)), colour=BLACK)
    if paper.complaint:
        flow.dashes()
        flow.text(paper.complaint, colour=BLACK)
    for reason in paper.reasons:
        flow.text(f"• {reason}", colour=BLACK)
    if paper.override_reason:
        flow.text(tr("Colour chosen by hand: {reason}", reason=paper.override_reason), bold=True, colour=BLACK)
    if paper.vitals:
        flow.dashes()
    for each in paper.vitals:
        value = f"{each.value} {each.unit}".strip() if each.value else tr("not measured")
        flow.pair(each.name, value, bold=False, share=0.55, colour=BLACK)


def _colour(sheet: Sheet, flow: Flow, top: float, word: str) -> None:
    sheet.box(flow.left, top, flow.room, 24, fill=BLACK, radius=3)
    sheet.text(flow.left + flow.room / 2, top + 17, word, 15, bold=True, align=Align.MIDDLE, colour=WHITE)
