"""The cells of the entry grid: a number or text that is typed, or a choice; each knows its flag at once.

A label that is scanned into a cell is no result: it goes to the scan line.
"""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from hms_desktop.domain.checkdigit import read_number
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.lab import Flag, ResultKind
from hms_desktop.domain.lab_rows import EntryRow
from hms_desktop.domain.lab_values import TEXT_LIMIT, ResultValue, read_value
from hms_desktop.domain.labrules import Delta, delta_check, flag, flag_choice, is_critical
from hms_desktop.ui.kit.field import Problem
from hms_desktop.ui.kit.fields import Choice, ChoiceField, TextField
from hms_desktop.ui.lab.lab_words import delta_text
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr


class ValueField(TextField):
    """A typed result. Critical values and big changes ask to be confirmed: Enter keeps them."""

    focused = Signal(object)
    moved = Signal(int)
    scanned = Signal(str)

    def __init__(self, name: str, entry: EntryRow, facility: str, **shared: Any) -> None:
        self.entry = entry
        self._facility = facility
        super().__init__(name, "", max_length=TEXT_LIMIT, **shared)
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.editor.setAccessibleName(f"{entry.name} {entry.unit}".strip())

    def typed(self) -> str:
        """What stands there."""
        return self.value()

    def put(self, typed: str) -> None:
        """Show what is kept."""
        self.set_value(typed)

    def reading(self) -> ResultValue | None:
        """How the text is read; None when blank or not possible."""
        try:
            return read_value(self.entry.rules, self.value())
        except InvalidValue:
            return None

    def live_flag(self) -> Flag | None:
        """The flag of what stands there now."""
        found = self.reading()
        return None if found is None or found.number is None else flag(found.number, self.entry.limits)

    def live_delta(self) -> Delta | None:
        """The change against the value before, where both are exact numbers."""
        found = self.reading()
        exact = found.exact if found is not None else None
        if exact is None:
            return None
        limit = self.entry.delta_percent
        return delta_check(exact, self.entry.previous_number, None if limit is None else Decimal(limit))

    def keep_when_seen(self) -> None:
        """The person saves although the warning stands there: the value is meant."""
        if self._warning:
            self.keep_unusual()

    def _own_problem(self) -> Problem | None:
        if self.is_blank():
            return None
        try:
            read_value(self.entry.rules, self.value())
        except InvalidValue as wrong:
            return Problem(sentence(wrong.code, wrong.facts))
        return self._unusual()

    def _unusual(self) -> Problem | None:
        known = self.entry.result
        if known is not None and known.value == self.value():
            return None
        delta = self.live_delta()
        if is_critical(self.live_flag()):
            return Problem(tr("Critical. Enter keeps it; the call comes next."), blocks=False)
        if delta is not None and delta.remarkable:
            change = delta_text(delta)
            return Problem(tr("{change} since last time. Enter keeps it.", change=change), blocks=False)
        return None

    def _on_key(self, event: QKeyEvent) -> bool:
        """Up and Down go to the neighbours; a scanned label goes to the scan line."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return super()._on_key(event)

    def _on_enter(self) -> None:
        text = self.line.text()
        place = label_place(text, self._facility)
        if place is not None:
            self.put(text[:place])
            self.scanned.emit(text[place:].strip())
            return
        super()._on_enter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say which cell is worked on."""
        if watched is self.editor and event.type() == QEvent.Type.FocusIn:
            self.focused.emit(self)
        return super().eventFilter(watched, event)


def label_place(text: str, facility: str) -> int | None:
    """Where in `text` a number of this clinic begins that was scanned behind it; None without one."""
    return next((place for place in range(len(text)) if is_label(text[place:], facility)), None)


def is_label(text: str, facility: str) -> bool:
    """Whether this is a number of this clinic: a specimen's, or a card or paper that the scan line refuses by name."""
    number = read_number(text, facility=facility) if text[:1].isalpha() else None
    return number is not None and number.facility == facility


class ChoiceValueField(ChoiceField[str]):
    """A result that is one of the test's choices: type its first letter, or use the arrows."""

    focused = Signal(object)
    scanned = Signal(str)

    def __init__(self, name: str, entry: EntryRow, facility: str, **shared: Any) -> None:
        self.entry = entry
        self._facility = facility
        self._keys: list[tuple[str, str]] = []
        offered = [Choice(option.value, option.name) for option in entry.rules.options]
        super().__init__(name, "", offered, blank="\u2013", **shared)
        self.editor.setAccessibleName(entry.name)

    def typed(self) -> str:
        """The value of the choice; '' when none is chosen."""
        return self.value() or ""

    def put(self, typed: str) -> None:
        """Choose what is kept."""
        self.set_value(typed or None)
        self._keys = []

    def live_flag(self) -> Flag | None:
        """Abnormal or normal."""
        chosen = self.value()
        if chosen is None:
            return None
        return flag_choice(chosen, (option.value for option in self.entry.rules.options if option.abnormal))

    def live_delta(self) -> Delta | None:
        """A choice has none."""
        return None

    def is_blank(self) -> bool:
        """Whether nothing is chosen."""
        return self.value() is None

    def _on_key(self, event: QKeyEvent) -> bool:
        """Letters choose; but remember them and what was chosen before, for they may be a scanned label."""
        text = event.text()
        if text.isprintable():
            self._keys.extend((character, self.typed()) for character in text)
        return super()._on_key(event)

    def _on_enter(self) -> None:
        typed, self._keys = self._keys, []
        text = "".join(character for character, _before in typed)
        place = label_place(text, self._facility)
        if place is not None:
            self.put(typed[place][1])
            self.scanned.emit(text[place:])
            return
        super()._on_enter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say which cell is worked on."""
        if watched is self.editor and event.type() == QEvent.Type.FocusIn:
            self._keys = []
            self.focused.emit(self)
        return super().eventFilter(watched, event)


Cell = ValueField | ChoiceValueField
"""Where a result is entered."""


def cell_for(entry: EntryRow, facility: str) -> Cell:
    """The cell that fits a test."""
    name = f"lab.value_{entry.test_code}"
    if entry.rules.kind is ResultKind.CHOICE:
        return ChoiceValueField(name, entry, facility, width=190, reserve_note=False)
    width = 92 if entry.rules.kind is ResultKind.NUMBER else None
    return ValueField(name, entry, facility, width=width, reserve_note=False)


def kept_text(entry: EntryRow) -> str:
    """What is entered already, as its cell shows it; '' when nothing is."""
    known = entry.result
    if known is None:
        return ""
    return next((option.value for option in entry.rules.options if option.name == known.value), known.value)
