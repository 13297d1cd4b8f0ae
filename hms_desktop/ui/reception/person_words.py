"""How this desk writes ages, times and places in its lists."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hms_desktop.domain.dates import age_text, show_date
from hms_desktop.domain.visits import VisitRow, VisitState
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.words.facts import months
from hms_desktop.words.labels import label as word
from hms_desktop.words.language import tr


def age_and_sex(birth_date: date | None, estimated: bool, sex: str, today: date) -> str:
    """`28 y F`; a dash for an age that nobody knows."""
    known = birth_date is not None and birth_date <= today
    age = age_text(birth_date, today, estimated=estimated) if known and birth_date else "–"
    return f"{age} {word('sex_letter', sex)}"


def day_words(day: date | None) -> str:
    """`05-Mar-2026`, or a dash."""
    return show_date(day, months()) if day else "–"


def clock_words(at: datetime, zone: ZoneInfo) -> str:
    """`12:40`, by the clinic's clock."""
    return f"{at.astimezone(zone):%H:%M}"


def where_words(row: VisitRow) -> str:
    """Where the patient of a visit is now: waiting for the doctor, treated, cancelled."""
    if row.state is VisitState.CANCELLED:
        return word("visit_state", "cancelled")
    if row.state is VisitState.CLOSED:
        return word("visit_outcome", row.outcome.value) if row.outcome else word("visit_state", "closed")
    return word("service_point", row.waiting_at) if row.waiting_at else word("visit_state", "open")


def where_badge(row: VisitRow, today: date) -> Badge | None:
    """The same as a badge: a visit of an earlier day stands out, a closed one steps back."""
    if row.state is not VisitState.OPEN:
        return None
    if row.day < today:
        return tone_badge(tr("open since {day}", day=day_words(row.day)[:6]), "warn", Shape.TRIANGLE)
    return tone_badge(where_words(row), "info", Shape.DOT)
