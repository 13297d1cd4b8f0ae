"""Fields for numbers: measurements, counts, money. Latin digits, left to right in every language."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.money import ZERO, Currency, parse_money
from hms_desktop.ui.kit.field import Field, Problem
from hms_desktop.words.language import tr


@dataclass(frozen=True, slots=True)
class Limits:
    """Outside `impossible` blocks; outside `unusual` asks to be confirmed. None: no limit on that side."""

    impossible_low: Decimal | None = None
    impossible_high: Decimal | None = None
    unusual_low: Decimal | None = None
    unusual_high: Decimal | None = None


def _outside(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is not None and value < low) or (high is not None and value > high)


def span(low: Decimal | None, high: Decimal | None) -> str:
    """`35.5 to 37.5`, `at least 0`, `at most 100`."""
    if low is not None and high is not None:
        return tr("{low} to {high}", low=f"{low:f}", high=f"{high:f}")
    if low is not None:
        return tr("at least {low}", low=f"{low:f}")
    return tr("at most {high}", high=f"{high:f}") if high is not None else ""


def latin(text: str) -> str:
    """Digits of any script as Latin ones, the decimal comma as a point."""
    return "".join(str(int(c)) if c.isdecimal() and not c.isascii() else c for c in text.strip()).replace("٫", ".")


class _FigureField(Field):
    """A line of digits."""

    reserves_note = True

    def __init__(self, name: str, text: str, *, large: bool = False, display: bool = False, **shared: Any) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(24)
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.setProperty("large", large)
        self.line.setProperty("display", display)
        if display:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        super().__init__(name, text, self.line, **shared)
        self.line.textChanged.connect(self._on_edited)

    def is_blank(self) -> bool:
        """Whether nothing is typed; a slip of the finger is not blank."""
        return not self.line.text().strip()

    def snapshot(self) -> Any:
        """The digits as typed."""
        return self.line.text()

    def restore(self, kept: Any) -> None:
        """Type them again."""
        self.line.setText(str(kept or ""))

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read and copied, not changed."""
        self.line.setReadOnly(read_only)


class NumberField(_FigureField):
    """A measurement: a Decimal with a unit in the label and at most `places` decimals."""

    def __init__(self, name: str, text: str, *, places: int = 0, limits: Limits | None = None, **shared: Any) -> None:
        self._places = places
        self._limits = limits or Limits()
        super().__init__(name, text, **shared)

    def set_limits(self, limits: Limits) -> None:
        """Other limits (another age); what is entered is looked at again."""
        self._limits = limits
        if not self.is_blank():
            self.check()

    def value(self) -> Decimal | None:
        """The number; None when blank or not a number."""
        return None if self.is_blank() else _decimal(self.line.text())

    def set_value(self, value: Any) -> None:
        """Show a number with its decimals as they are."""
        self.line.setText("" if value is None else f"{Decimal(value):f}")

    def _own_problem(self) -> Problem | None:
        if self.is_blank():
            return None
        value = _decimal(self.line.text())
        if value is None:
            return Problem(tr("Not a number."))
        if value != round(value, self._places):
            return Problem(tr("At most {n} decimals.", n=self._places) if self._places else tr("A whole number."))
        limit = self._limits
        if _outside(value, limit.impossible_low, limit.impossible_high):
            return Problem(tr("Impossible: {span}.", span=span(limit.impossible_low, limit.impossible_high)))
        if _outside(value, limit.unusual_low, limit.unusual_high):
            usual = span(limit.unusual_low, limit.unusual_high)
            return Problem(tr("Unusual ({span}). Enter keeps it.", span=usual), blocks=False)
        return None


class WholeField(_FigureField):
    """A count."""

    def __init__(self, name: str, text: str, *, low: int | None = None, high: int | None = None, **shared: Any) -> None:
        self._low, self._high = low, high
        super().__init__(name, text, **shared)

    def set_range(self, low: int | None, high: int | None) -> None:
        """Other limits; what is entered is looked at again."""
        self._low, self._high = low, high
        if not self.is_blank():
            self.check()

    def value(self) -> int | None:
        """The count; None when blank or not a whole number."""
        found = None if self.is_blank() else _decimal(self.line.text())
        return int(found) if found is not None and found == found.to_integral_value() else None

    def set_value(self, value: Any) -> None:
        """Show a count."""
        self.line.setText("" if value is None else str(value))

    def _own_problem(self) -> Problem | None:
        if self.is_blank():
            return None
        value = self.value()
        if value is None:
            return Problem(tr("A whole number."))
        low, high = (None if each is None else Decimal(each) for each in (self._low, self._high))
        if _outside(Decimal(value), low, high):
            return Problem(tr("Not possible: {span}.", span=span(low, high)))
        return None


class MoneyField(_FigureField):
    """An amount in the clinic's currency. `display` makes it the largest thing on the screen."""

    def __init__(
        self,
        name: str,
        text: str,
        *,
        currency: Currency,
        low: Decimal | None = ZERO,
        high: Decimal | None = None,
        **shared: Any,
    ) -> None:
        self.currency = currency
        self._low, self._high = low, high
        shared.setdefault("unit", currency.code)
        super().__init__(name, text, **shared)

    def set_range(self, low: Decimal | None, high: Decimal | None) -> None:
        """Other limits; what is entered is looked at again."""
        self._low, self._high = low, high
        if not self.is_blank():
            self.check()

    def value(self) -> Decimal | None:
        """The amount; None when blank or not an amount of this currency."""
        if self.is_blank():
            return None
        try:
            return parse_money(latin(self.line.text()), self.currency, self.key)
        except InvalidValue:
            return None

    def set_value(self, value: Any) -> None:
        """Show an amount."""
        self.line.setText("" if value is None else self.currency.show(Decimal(value)))

    def _own_problem(self) -> Problem | None:
        if self.is_blank():
            return None
        value = self.value()
        if value is None:
            shown = self.currency.show(Decimal(1234))
            return Problem(tr("Not an amount; write {example}.", example=shown))
        if _outside(value, self._low, self._high):
            return Problem(tr("Not possible: {span}.", span=self._shown_span()))
        return None

    def _shown_span(self) -> str:
        show: Callable[[Decimal], str] = self.currency.show
        if self._low is not None and self._high is not None:
            return tr("{low} to {high}", low=show(self._low), high=show(self._high))
        if self._low is not None:
            return tr("at least {low}", low=show(self._low))
        return tr("at most {high}", high=show(self._high)) if self._high is not None else ""


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(latin(text).replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
