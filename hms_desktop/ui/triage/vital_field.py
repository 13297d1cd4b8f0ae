"""One vital sign: limits of this age, the usual range and the last value beside it, low and high in words."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from hms_desktop.domain.protocols.vital_limits import FORMS, Measure, limits_for, possible_at_any_age
from hms_desktop.domain.triage_rows import LastValue, show_measure
from hms_desktop.domain.vitals import Subject, VitalLevel, level_of
from hms_desktop.ui.kit.fields import Limits, NumberField
from hms_desktop.ui.kit.theme import set_look_property
from hms_desktop.words.facts import months
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

_FLAGGED = frozenset({VitalLevel.LOW, VitalLevel.HIGH, VitalLevel.UNUSUAL_LOW, VitalLevel.UNUSUAL_HIGH})


class VitalField(NumberField):
    """A measure of the form. Blank is "not measured"."""

    def __init__(self, measure: Measure, text: str) -> None:
        self.measure = measure
        self._subject = Subject(None)
        self._flag = ""
        form = FORMS[measure]
        super().__init__(f"triage.{measure.value}", text, unit=form.unit, places=form.places)

    def set_subject(self, subject: Subject) -> None:
        """Whose value it is: limits and flags are those of this age and pregnancy."""
        self._subject = subject
        row = limits_for(self.measure, subject.age_months, pregnant=subject.pregnant)
        if row is None:
            self.set_limits(Limits(*possible_at_any_age(self.measure)))
        else:
            self.set_limits(Limits(*row.possible, *row.usual))
        self._flag_value()

    def show_before(self, last: LastValue | None, today: date, zone: ZoneInfo) -> None:
        """Put the usual range and the last value beside the field."""
        row = limits_for(self.measure, self._subject.age_months, pregnant=self._subject.pregnant)
        normal = range_text(row.normal) if row is not None else ""
        before = before_text(self.measure, last, today, zone) if last is not None else ""
        self.set_hint(" · ".join(part for part in (normal, before) if part))
        self.editor.setToolTip(self.note)

    def whole(self) -> int | None:
        """The value of a measure without decimals."""
        value = self.value()
        return None if value is None or value != value.to_integral_value() else int(value)

    def _on_edited(self) -> None:
        self._flag_value()
        super()._on_edited()

    def _flag_value(self) -> None:
        """Say low or high at once, before anybody leaves the field."""
        value = self.value()
        level = None if value is None else level_of(self.measure, value, self._subject)
        self._flag = say(level) if level in _FLAGGED else ""
        self.set_echo(self._flag)

    def _show_note(self) -> None:
        super()._show_note()
        flagged = bool(self._flag) and self.note == self._flag
        if flagged:
            set_look_property(self._note, "tone", "warn")
            set_look_property(self._note, "muted", False)
        set_look_property(self._note, "strong", flagged)


def range_text(band: tuple[Decimal | None, Decimal | None]) -> str:
    """`36–37.4`, `from 125`, `up to 90`; '' for a band without limits."""
    low, high = band
    if low is not None and high is not None:
        return f"{low:f}–{high:f}"
    if low is not None:
        return tr("from {low}", low=f"{low:f}")
    return tr("up to {high}", high=f"{high:f}") if high is not None else ""


def before_text(measure: Measure, last: LastValue, today: date, zone: ZoneInfo) -> str:
    """`last 61.5`, with the day when it is not of today."""
    value = show_measure(measure, last.value)
    day = last.taken_at.astimezone(zone).date()
    if day == today:
        return tr("last {value}", value=value)
    return tr("last {value}, {day}", value=value, day=short_day(day, today))


def short_day(day: date, today: date) -> str:
    """`05-Mar`, with the year when it is another one."""
    shown = f"{day.day:02d}-{months()[day.month - 1]}"
    return shown if day.year == today.year else f"{shown}-{day.year}"


def clock_text(moment: datetime, zone: ZoneInfo) -> str:
    """`09:12` in the clinic's zone."""
    return f"{moment.astimezone(zone):%H:%M}"
