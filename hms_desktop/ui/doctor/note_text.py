"""A note, a visit, a prescribed medicine as text that is read from top to bottom."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hms_desktop.domain.chart import Chart, PastVisitRow
from hms_desktop.domain.consultations import NoteRow
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.dosing import show_amount
from hms_desktop.domain.lab_rows import ResultRow
from hms_desktop.domain.prescriptions import PrescribedRow
from hms_desktop.words.facts import months
from hms_desktop.words.labels import label as word
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


def moment(at: datetime, zone: ZoneInfo) -> str:
    """`05-Mar-2026 14:05` in the clinic's zone."""
    local = at.astimezone(zone)
    return f"{show_date(local.date(), months())} {local:%H:%M}"


def note_parts(note: NoteRow, zone: ZoneInfo) -> list[tuple[str, str]]:
    """A note as (title, text); empty parts are left out, addenda last."""
    parts = [
        (tr("Complaint"), note.complaint),
        (tr("History"), note.history),
        (tr("Examination"), note.examination),
        (tr("Assessment"), note.assessment),
        (tr("Plan"), note.plan),
    ]
    if note.follow_up_on is not None:
        day = show_date(note.follow_up_on, months())
        parts.append((tr("Follow-up"), " ".join(each for each in (day, note.follow_up_note) if each)))
    parts += [
        (tr("Addendum, {who}, {when}", who=each.author, when=moment(each.added_at, zone)), each.text)
        for each in note.addenda
    ]
    return [(title, text) for title, text in parts if text]


def signature(note: NoteRow, zone: ZoneInfo) -> str:
    """Who wrote it, and whether it is signed."""
    if note.signed_at is None:
        return tr("{author}, not signed", author=note.author)
    return tr("{author}, signed {when}", author=note.author, when=moment(note.signed_at, zone))


def medicine_text(row: PrescribedRow) -> str:
    """`AmoxiCILLIN 500 mg, 500 mg three times a day, 5 d`."""
    name = " ".join(part for part in (row.tall_man or row.name, row.strength) if part)
    often = word("frequency", row.frequency).lower() if row.frequency else ""
    dose = "" if row.dose_amount is None else f"{show_amount(row.dose_amount)} {row.dose_unit}"
    days = tr("{n} d", n=row.duration_days) if row.duration_days else ""
    return ", ".join(part for part in (name, " ".join(each for each in (dose, often) if each), days) if part)


def result_text(row: ResultRow) -> str:
    """`Haemoglobin: 7.1 g/dL L`."""
    flag = "" if row.flag is None or row.flag.value == "N" else row.flag.value
    return f"{row.name}: " + " ".join(part for part in (row.value, row.unit, flag) if part)


def visit_html(visit: PastVisitRow, chart: Chart, results: tuple[ResultRow, ...], zone: ZoneInfo) -> str:
    """Everything of one visit, as the simple HTML that a text view shows."""
    head = " · ".join((show_date(visit.day, months()), visit.number, say(visit.kind), say(visit.state)))
    blocks = [
        f"<h3>{_safe(head)}</h3>",
        _line(" · ".join(part for part in (visit.practitioner, visit.complaint) if part)),
    ]
    blocks.append(
        _section(
            tr("Diagnoses"),
            [
                " ".join(part for part in (d.text, d.icd10, f"({say(d.certainty)}, {say(d.occurrence)})") if part)
                for d in chart.diagnoses
                if d.visit_id == visit.visit_id
            ],
        )
    )
    for note in chart.notes:
        if note.visit_id == visit.visit_id:
            blocks.append(f"<h4>{_safe(say(note.kind))}: {_safe(signature(note, zone))}</h4>")
            blocks += [_line(text, title) for title, text in note_parts(note, zone)]
    blocks.append(_section(tr("Results"), [result_text(row) for row in results if row.visit_id == visit.visit_id]))
    given = [f"{medicine_text(p)} ({say(p.state)})" for p in chart.prescriptions if p.visit_id == visit.visit_id]
    blocks.append(_section(tr("Medicines"), given))
    return "".join(blocks)


def _section(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    return f"<h4>{_safe(title)}</h4><ul>" + "".join(f"<li>{_safe(line)}</li>" for line in lines) + "</ul>"


def _line(text: str, title: str = "") -> str:
    if not text:
        return ""
    before = f"<b>{_safe(title)}:</b> " if title else ""
    return f"<p>{before}{_safe(text)}</p>"


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
