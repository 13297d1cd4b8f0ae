"""Fields for days and ages: typed as people write them, echoed as we read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from hms_desktop.domain.dates import ParsedDate, age_text, parse_date, show_date
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.ui.kit.field import Field, Problem
from hms_desktop.words.errors import sentence
from hms_desktop.words.facts import months
from hms_desktop.words.language import tr

Today = Callable[[], date]


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born; `estimated` when only an age was known."""

    date: date
    estimated: bool = False


class _DayField(Field):
    """A line in which a date is typed."""

    reserves_note = True

    def __init__(self, name: str, text: str, *, today: Today, ahead: bool = False, **shared: Any) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(30)
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._today = today
        self._ahead = ahead
        super().__init__(name, text, self.line, **shared)
        self.line.textChanged.connect(self._on_edited)
        self.changed.connect(self._say_reading)

    def parsed(self) -> ParsedDate | None:
        """How the text is read; None when blank or not understood."""
        try:
            return self._read() if not self.is_blank() else None
        except InvalidValue:
            return None

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.line.text().strip()

    def snapshot(self) -> Any:
        """The text as typed."""
        return self.line.text()

    def restore(self, kept: Any) -> None:
        """Type it again."""
        self.line.setText(str(kept or ""))

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read, not changed."""
        self.line.setReadOnly(read_only)

    def _read(self) -> ParsedDate:
        text = self.line.text()
        return parse_date(text, self._today(), field=self.key, ahead=self._ahead, months=months())

    def _own_problem(self) -> Problem | None:
        if self.is_blank():
            return None
        try:
            return self._outside(self._read().day)
        except InvalidValue as wrong:
            return Problem(sentence(wrong.code, wrong.facts))

    def _outside(self, _day: date) -> Problem | None:
        return None

    def _say_reading(self) -> None:
        parsed = self.parsed()
        self.set_echo(self._reading(parsed) if parsed else "")

    def _reading(self, parsed: ParsedDate) -> str:
        return show_date(parsed.day, months())


class DateField(_DayField):
    """A day. `ahead` reads short forms forwards (expiry, follow-up)."""

    def __init__(
        self,
        name: str,
        text: str,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        **shared: Any,
    ) -> None:
        self._earliest, self._latest = earliest, latest
        super().__init__(name, text, **shared)

    def value(self) -> date | None:
        """The day; None when blank or not understood."""
        parsed = self.parsed()
        return parsed.day if parsed else None

    def set_value(self, value: Any) -> None:
        """Show a day as 05-Mar-2026."""
        self.line.setText("" if value is None else show_date(value, months()))

    def _outside(self, day: date) -> Problem | None:
        if self._earliest is not None and day < self._earliest:
            return Problem(tr("Not before {day}.", day=show_date(self._earliest, months())))
        if self._latest is not None and day > self._latest:
            return Problem(tr("Not after {day}.", day=show_date(self._latest, months())))
        return None


class AgeField(_DayField):
    """Date of birth, or an age when nobody knows the date: `5/3/98`, `28y`, `14m`, `3w`, `1998`."""

    def value(self) -> Birth | None:
        """The birth; None when blank or not understood."""
        parsed = self.parsed()
        return Birth(parsed.day, parsed.estimated) if parsed else None

    def set_value(self, value: Any) -> None:
        """Show a `Birth`; an estimated one as its age, so that it stays estimated."""
        if value is None:
            self.line.setText("")
        elif value.estimated:
            self.line.setText(_typed_age(value.date, self._today()))
        else:
            self.line.setText(show_date(value.date, months()))

    def _reading(self, parsed: ParsedDate) -> str:
        age = age_text(parsed.day, self._today(), estimated=parsed.estimated)
        if parsed.estimated:
            return tr("{age}, about {day}", age=age, day=show_date(parsed.day, months()))
        return tr("{day} ({age})", day=show_date(parsed.day, months()), age=age)


def _typed_age(birth: date, today: date) -> str:
    """An age that reads back to about the same day: years from two on, else months."""
    whole = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
    return f"{whole // 12}y" if whole >= 24 else f"{whole}m"
