"""The triage slip: what a nurse found, as a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hms_desktop.data.work import Work
from hms_desktop.documents.triage_slip import TriageSlipPaper, VitalLine
from hms_desktop.domain.ids import Id
from hms_desktop.domain.protocols.vital_limits import FORMS, Measure
from hms_desktop.domain.triage import Colour, Reason
from hms_desktop.domain.triage_rows import show_measure
from hms_desktop.domain.vitals import Vitals
from hms_desktop.services import papers
from hms_desktop.words.explain import triage_reason
from hms_desktop.words.labels import label, say
from hms_desktop.words.language import using

_ALWAYS = (Measure.TEMPERATURE, Measure.PULSE, Measure.BREATHING_RATE, Measure.SPO2)
"""Measures that the slip names even when nobody took them."""
_PRESSURES = (Measure.SYSTOLIC, Measure.DIASTOLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the slip says beside the patient and the visit."""

    assessment_id: Id
    colour: Colour
    reasons: Sequence[Reason]
    override_reason: str
    vitals: Vitals
    complaint: str


def keep_slip(work: Work, visit: Any, found: Found) -> Id:
    """Keep the slip of a triage in the running transaction; returns the paper's id."""
    with using(work.actor.language):
        reasons = tuple(triage_reason(each.code.value, each.facts) for each in found.reasons)
        vitals = vital_lines(found.vitals)
    paper = TriageSlipPaper(
        head=papers.head(work), printed=papers.printed(work), patient=papers.patient_line(work, visit.patient_id),
        visit_number=visit.number, taken_at=work.local(work.now), nurse=work.actor.name, colour=found.colour,
        reasons=reasons, vitals=vitals, ticket=visit.ticket, complaint=found.complaint,
        override_reason=found.override_reason,
    )  # fmt: skip
    return papers.keep_paper(
        work, "triage-slip", paper, subject_table="triage_assessment", subject_id=found.assessment_id,
        patient_id=visit.patient_id, number=visit.number,
    )  # fmt: skip


def vital_lines(vitals: Vitals) -> tuple[VitalLine, ...]:
    """The measures as lines, in measuring order; the two pressures are one line. Blank is "not measured"."""
    lines: list[VitalLine] = []
    for measure in Measure:
        if measure is Measure.SYSTOLIC:
            lines.append(_pressure(vitals))
        elif measure not in _PRESSURES:
            value = vitals.value(measure)
            if value is not None or measure in _ALWAYS:
                shown = "" if value is None else show_measure(measure, value)
                lines.append(VitalLine(name=say(measure), value=shown, unit=FORMS[measure].unit))
    lines.append(VitalLine(name=label("field", "avpu"), value=say(vitals.avpu) if vitals.avpu else ""))
    return tuple(lines)


def _pressure(vitals: Vitals) -> VitalLine:
    both = (vitals.systolic, vitals.diastolic)
    shown = "" if both == (None, None) else "/".join("–" if each is None else str(each) for each in both)
    return VitalLine(name=label("field", "blood_pressure"), value=shown, unit=FORMS[Measure.SYSTOLIC].unit)
