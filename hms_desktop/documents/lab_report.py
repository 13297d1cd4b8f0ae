"""Laboratory report on A4: results with ranges and flags in letters, what was corrected, who released it and when."""

from dataclasses import dataclass
from datetime import datetime

from hms_desktop.documents.flow import Cell, Flow
from hms_desktop.documents.layout import Setting, pages, table_head
from hms_desktop.documents.parts import Form, Head, PatientLine, Printed, moment
from hms_desktop.documents.sheet import ACCENT, DANGER, INK, SOFT, Align
from hms_desktop.domain.lab import Flag, ResultStatus
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, using

_CRITICAL = frozenset({Flag.CRITICAL_LOW.value, Flag.CRITICAL_HIGH.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousValue:
    """What was reported before a correction, and why it was corrected."""

    value: str
    unit: str = ""
    flag: Flag | None = None
    released_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """One result. `range` is the range used, as text; `own_release` marks that who entered it also released it."""

    test: str
    value: str
    unit: str = ""
    flag: Flag | None = None
    range: str = ""
    status: ResultStatus = ResultStatus.FINAL
    released_by: str = ""
    released_at: datetime | None = None
    previous: PreviousValue | None = None
    comment: str = ""
    own_release: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGroup:
    """Results of one panel or category."""

    name: str
    results: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenLine:
    """A specimen and its times."""

    accession: str
    specimen: str
    collected_at: datetime | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabReportPaper:
    """A report of one order. `status` is preliminary while any result is, corrected when any was."""

    head: Head
    printed: Printed
    patient: PatientLine
    order_number: str
    ordered_at: datetime
    requested_by: str
    groups: tuple[ResultGroup, ...]
    status: ResultStatus
    specimens: tuple[SpecimenLine, ...] = ()
    visit_number: str = ""
    clinical_notes: str = ""
    comment: str = ""
    department: str = ""


def render(paper: LabReportPaper, *, copy: bool = False, language: str = "en") -> bytes:
    """The report as PDF."""
    with using(language):
        setting = Setting(
            head=paper.head,
            printed=paper.printed,
            title=tr("Laboratory report – {status}", status=say(paper.status).lower()),
            number=paper.order_number,
            copy=copy,
            form=Form.A4,
        )
        return pages(setting, lambda flow: _fill(flow, paper), patient=paper.patient, heading=_heading)


def _fill(flow: Flow, paper: LabReportPaper) -> None:
    label_room = flow.room * 0.18
    asked = " · ".join(each for each in (paper.requested_by, paper.department) if each)
    flow.fact(tr("Requested by"), asked, label_room=label_room)
    flow.fact(tr("Ordered"), moment(paper.ordered_at), label_room=label_room)
    flow.fact(tr("Visit"), paper.visit_number, label_room=label_room)
    for each in paper.specimens:
        flow.fact(tr("Specimen"), _specimen(each), label_room=label_room)
    flow.fact(tr("Clinical notes"), paper.clinical_notes, label_room=label_room)
    if paper.status is ResultStatus.PRELIMINARY:
        flow.gap(4)
        flow.text(tr("Preliminary: results that are not released yet may still change."), bold=True)
    flow.gap(8)
    _heading(flow)
    for group in paper.groups:
        flow.gap(3, keep=True)
        flow.text(group.name, bold=True, colour=ACCENT, indent=6, after=1, keep=True)
        for line in group.results:
            _result(flow, line)
    flow.keep_last()
    flow.rule(before=5, after=6, keep=True)
    flow.text(paper.comment, after=5)
    _released(flow, paper)
    flow.text(
        tr("H high · L low · HH / LL critical · A abnormal. Ranges are those of the patient's sex and age."),
        size=flow.size - 1.5,
        colour=SOFT,
    )
    flow.text(tr("End of report"), size=flow.size - 1.5, colour=SOFT, align=Align.MIDDLE)


def _specimen(each: SpecimenLine) -> str:
    taken = tr("collected {time}", time=moment(each.collected_at)) if each.collected_at else ""
    came = tr("received {time}", time=_received(each)) if each.received_at else ""
    return " · ".join(part for part in (each.specimen, each.accession, taken, came) if part)


def _received(each: SpecimenLine) -> str:
    """The hour alone when it came on the day on which it was taken."""
    at, taken = each.received_at, each.collected_at
    if at is None:
        return ""
    return f"{at:%H:%M}" if taken is not None and taken.date() == at.date() else moment(at)


def _cells(
    flow: Flow, test: str, value: str, flag: str, unit: str, reference: str, status: str, **look: bool
) -> tuple[Cell, ...]:
    room, bold, strong = flow.room, look.get("bold", False), look.get("strong", False)
    colour = SOFT if look.get("soft", False) else INK
    return (
        Cell(test, 6, room * 0.33 - 10, bold=bold, colour=colour),
        Cell(value, room * 0.33, room * 0.17, Align.END, bold or strong, colour=colour),
        Cell(flag, room * 0.515, room * 0.06, bold=True, colour=DANGER if flag in _CRITICAL else colour),
        Cell(unit, room * 0.575, room * 0.125, bold=bold, colour=colour),
        Cell(reference, room * 0.70, room * 0.16, bold=bold, colour=colour),
        Cell(status, room * 0.865, room * 0.135 - 4, bold=bold, colour=colour, size=flow.size - 1),
    )


def _heading(flow: Flow) -> None:
    names = (tr("Test"), tr("Result"), tr("Flag"), tr("Unit"), tr("Range"), tr("Status"))
    table_head(flow, *_cells(flow, *names, bold=True))


def _result(flow: Flow, line: ResultLine) -> None:
    flag = _flag(line.flag)
    cells = _cells(flow, line.test, line.value, flag, line.unit, line.range, say(line.status), strong=bool(flag))
    flow.row(*cells, before=1.6, after=1.2, keep=bool(line.previous or line.comment))
    if line.previous is not None:
        flow.text(
            _correction(line.previous), indent=16, size=flow.size - 1, bold=True, after=1.5, keep=bool(line.comment)
        )
    flow.text(line.comment, indent=16, size=flow.size - 1, colour=SOFT, after=1.5)


def _flag(flag: Flag | None) -> str:
    return "" if flag is None or flag is Flag.NORMAL else flag.value


def _correction(previous: PreviousValue) -> str:
    was = " ".join(each for each in (previous.value, previous.unit, _flag(previous.flag)) if each)
    when = tr("released {time}", time=moment(previous.released_at)) if previous.released_at else ""
    said = tr("Corrected. First reported as {value}", value=was)
    return " · ".join(each for each in (said, when, previous.reason) if each)


def _released(flow: Flow, paper: LabReportPaper) -> None:
    """Who released what when, each releaser and minute once."""
    seen: dict[tuple[str, str, bool], None] = {}
    for group in paper.groups:
        for line in group.results:
            if line.released_by:
                at = moment(line.released_at) if line.released_at else ""
                seen.setdefault((line.released_by, at, line.own_release), None)
    for name, at, own in seen:
        said = tr("Released by {name}", name=name)
        alone = tr("entered and released by the same person") if own else ""
        flow.text(" · ".join(each for each in (said, at, alone) if each), after=2)
