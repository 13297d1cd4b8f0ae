"""How the lab's window says priorities, flags, changes and times: word, letter and shape, never colour alone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hms_desktop.domain.lab import Flag, LabPriority, ResultStatus
from hms_desktop.domain.lab_rows import LabPerson, ResultRow
from hms_desktop.domain.labrules import Delta, is_critical
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.words.facts import months
from hms_desktop.words.labels import label as word
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


def priority_badge(priority: LabPriority, *, short: bool = False) -> Badge | None:
    """At once and urgent; routine is only a word. `short`: the word without its sign, for a narrow list."""
    if priority is LabPriority.ROUTINE:
        return None
    tone, shape = ("error", Shape.OCTAGON) if priority is LabPriority.STAT else ("warn", Shape.TRIANGLE)
    return tone_badge(say(priority), tone, Shape.NONE if short else shape)


def flag_text(flag: Flag | None) -> str:
    """`L Low`, `HH Critical`, `Normal`; '' where no range is known."""
    if flag is None:
        return ""
    if is_critical(flag):
        return f"{flag.value} {tr('Critical')}"
    return say(flag) if flag in {Flag.NORMAL, Flag.ABNORMAL} else f"{flag.value} {say(flag)}"


def flag_badge(flag: Flag | None) -> Badge | None:
    """What is not normal stands out: critical more than low, high and abnormal."""
    if flag is None or flag is Flag.NORMAL:
        return None
    if is_critical(flag):
        return tone_badge(flag_text(flag), "error", Shape.OCTAGON)
    return tone_badge(flag_text(flag), "warn", Shape.TRIANGLE)


def delta_text(delta: Delta | None) -> str:
    """`−32 %` with the sign of the change; from zero the change itself."""
    if delta is None:
        return ""
    if delta.percent is None:
        return f"{delta.change:+f}".replace("-", "\u2212")
    return f"{delta.percent:+.0f} %".replace("-", "\u2212")


def delta_badge(delta: Delta | None) -> Badge | None:
    """A change that the test's own limit calls remarkable."""
    if delta is None or not delta.remarkable:
        return None
    return tone_badge(delta_text(delta), "warn", Shape.DIAMOND)


def value_text(result: ResultRow) -> str:
    """`9.1 g/dL`; a correction names what was reported first."""
    shown = f"{result.value} {result.unit}".strip()
    return tr("{value} (was {first})", value=shown, first=result.first.value) if result.first else shown


def status_text(result: ResultRow) -> str:
    """The status in words; that a correction waits, when one does."""
    if result.pending_correction:
        return tr("being corrected")
    if result.status is ResultStatus.PRELIMINARY and result.first is not None:
        return tr("correction")
    return say(result.status)


def status_badge(result: ResultRow) -> Badge | None:
    """Corrected, or about to be."""
    if result.pending_correction or result.first is not None:
        return tone_badge(status_text(result), "warn", Shape.DIAMOND)
    return None


def person_text(person: LabPerson) -> str:
    """`OTIENO, Asha · Female · 28 y · KH-TA-P000123-7`."""
    return " · ".join(each for each in (person.name, word("sex", person.sex), person.age, person.mrn) if each)


def clock_text(moment: datetime, zone: ZoneInfo) -> str:
    """`09:12` in the clinic's zone."""
    return f"{moment.astimezone(zone):%H:%M}"


def when_text(moment: datetime, zone: ZoneInfo, today: date) -> str:
    """`09:12` of today, else `05-Mar 09:12`, with the year when it is another one."""
    local = moment.astimezone(zone)
    if local.date() == today:
        return f"{local:%H:%M}"
    day = f"{local.day:02d}-{months()[local.month - 1]}"
    return f"{day} {local:%H:%M}" if local.year == today.year else f"{day}-{local.year}"
