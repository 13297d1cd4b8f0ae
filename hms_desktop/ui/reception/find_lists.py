"""The two lists of the find page: today's visits, and patients found with the reason."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from hms_desktop.domain.patients import PatientHit
from hms_desktop.domain.visits import VisitRow
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge, triage_badge
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.reception.person_words import age_and_sex, clock_words, day_words, where_badge, where_words
from hms_desktop.words.labels import label as word
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

Today = Callable[[], date]
VISITS_HIDDEN, HITS_HIDDEN = (4, 7), (3, 4)
"""Columns that a narrow window does without: kind and complaint; phone and last visit."""


def visits_view(zone: ZoneInfo, today: Today) -> RowsView[VisitRow]:
    """Who came today, and where they are now."""
    return RowsView[VisitRow](
        "reception.today",
        tr("Today's patients"),
        [
            Column(tr("Arrived"), lambda v: clock_words(v.opened_at, zone), width=68, muted=True),
            Column(tr("Ticket"), lambda v: v.ticket, width=60),
            Column(tr("Patient"), lambda v: v.patient_name, stretch=True, bold=True, tip=lambda v: v.mrn),
            Column(tr("Age"), lambda v: age_and_sex(v.birth_date, v.birth_estimated, v.sex, today()), width=78),
            Column(tr("Visit"), lambda v: say(v.kind), width=96),
            Column(tr("Triage"), _colour, width=92, badge=lambda v: triage_badge(v.colour)),
            Column(tr("Where"), where_words, width=168, badge=lambda v: where_badge(v, today())),
            Column(tr("Complaint"), lambda v: v.complaint or "–", width=176, muted=True),
        ],
        key=lambda v: v.id,
        empty=tr("Nobody came today yet. Find the patient above, or register a new one with Ctrl+N."),
    )


def hits_view(today: Today) -> RowsView[PatientHit]:
    """Found patients."""
    return RowsView[PatientHit](
        "reception.results",
        tr("Found patients"),
        [
            Column(tr("Patient"), lambda h: h.name, stretch=True, bold=True),
            Column(tr("Age"), lambda h: age_and_sex(h.birth_date, h.birth_estimated, h.sex, today()), width=78),
            Column(tr("Number"), lambda h: h.mrn, width=136),
            Column(tr("Phone"), lambda h: h.phone or "–", width=128),
            Column(tr("Last visit"), lambda h: day_words(h.last_visit), width=104),
            Column(tr("Now"), lambda h: tr("here") if h.open_visit else "–", width=70, badge=_here),
            Column(tr("Found by"), lambda h: word("matched", h.matched), width=124, muted=True),
        ],
        key=lambda h: h.id,
    )


def _colour(visit: VisitRow) -> str:
    return word("colour", visit.colour) if visit.colour else "–"


def _here(hit: PatientHit) -> Badge | None:
    return tone_badge(tr("here"), "good", Shape.DOT) if hit.open_visit else None
