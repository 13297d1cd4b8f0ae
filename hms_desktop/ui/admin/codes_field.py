"""A line of names with commas between them, read as codes of a list; what the list does not have is pointed out."""

import re
from collections.abc import Mapping
from typing import Any

from hms_desktop.domain.names import fold
from hms_desktop.ui.kit.field import Problem
from hms_desktop.ui.kit.text_fields import TextField
from hms_desktop.words.language import tr


class CodesField(TextField):
    """The value is the tuple of codes. A name that is not listed becomes a code of the clinic's own, asked about."""

    reserves_note = True

    def __init__(self, name: str, text: str, *, warning: str, **shared: Any) -> None:
        """`warning` says what it means that a name is not listed."""
        self._names: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._warning_text = warning
        super().__init__(name, text, max_length=400, **shared)
        self.changed.connect(self._say_reading)

    def set_names(self, names: Mapping[str, str], also: Mapping[str, str] | None = None) -> None:
        """The list: code → name; `also`: other names → code."""
        if self._names == names:
            return
        before = self.codes()
        self._names = dict(names)
        self._codes = {fold(name): code for name, code in (also or {}).items()}
        self._codes |= {fold(name): code for code, name in names.items()}
        self._codes |= {fold(code): code for code in names}
        self.set_value(before)

    def codes(self) -> tuple[str, ...]:
        """What was typed, as codes."""
        parts = (fold(part) for part in re.split(r"[,;+]", self.line.text()))
        return tuple(dict.fromkeys(self._codes.get(part, "_".join(part.split())) for part in parts if part))

    def value(self) -> Any:
        """The codes."""
        return self.codes()

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.codes()

    def set_value(self, value: Any) -> None:
        """Show codes by their names."""
        self.line.setText(", ".join(self._names.get(code, code.replace("_", " ")) for code in value or ()))
        self.line.setCursorPosition(0)

    def _own_problem(self) -> Problem | None:
        unknown = [code.replace("_", " ") for code in self.codes() if code not in self._names]
        if not unknown:
            return None
        return Problem(
            tr("Not in the list: {names}.", names=", ".join(unknown)) + " " + self._warning_text, blocks=False
        )

    def _say_reading(self) -> None:
        known = [self._names[code] for code in self.codes() if code in self._names]
        self.set_echo(" + ".join(known))
