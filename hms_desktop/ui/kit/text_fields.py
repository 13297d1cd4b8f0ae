"""Fields for words: one line or several."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from hms_desktop.ui.kit.field import Field, Problem
from hms_desktop.ui.kit.theme import TypeSize, font, px
from hms_desktop.words.language import tr

Rule = Callable[[str], str | None]
"""Given what was typed, an error sentence or None."""


class TextField(Field):
    """One line of text. The value has no spaces around it."""

    def __init__(
        self,
        name: str,
        text: str,
        *,
        max_length: int = 200,
        check: Rule | None = None,
        placeholder: str = "",
        secret: bool = False,
        large: bool = False,
        **shared: Any,
    ) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(max_length)
        self.line.setPlaceholderText(placeholder)
        self.line.setProperty("large", large)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._rule = check
        super().__init__(name, text, self.line, **shared)
        self.line.textChanged.connect(self._on_edited)

    def value(self) -> str:
        """What was typed, without spaces around it; '' when blank."""
        return self.line.text().strip() if self.line.echoMode() is QLineEdit.EchoMode.Normal else self.line.text()

    def set_value(self, value: Any) -> None:
        """Show `value`."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def snapshot(self) -> Any:
        """A secret is never kept."""
        return self.line.text() if self.line.echoMode() is QLineEdit.EchoMode.Normal else ""

    def restore(self, kept: Any) -> None:
        """Type it again."""
        self.line.setText(str(kept or ""))

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read and copied, not changed."""
        self.line.setReadOnly(read_only)

    def _own_problem(self) -> Problem | None:
        if self._rule is None or self.is_blank():
            return None
        found = self._rule(self.value())
        return Problem(found) if found else None


class _Area(QPlainTextEdit):
    """As high as its lines, where there is room; at least one line."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        if lines <= 3:
            self.setMaximumHeight(self._height(lines))

    @staticmethod
    def _height(lines: int) -> int:
        return QFontMetrics(font(TypeSize.BODY)).lineSpacing() * lines + px(20)

    def sizeHint(self) -> QSize:
        return QSize(px(240), self._height(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), self._height(1))


class NoteField(Field):
    """Several lines of text. Enter makes a new line, Tab leaves."""

    def __init__(self, name: str, text: str, *, lines: int = 3, max_length: int = 4000, **shared: Any) -> None:
        self.area = _Area(lines)
        self._max_length = max_length
        super().__init__(name, text, self.area, **shared)
        self.area.textChanged.connect(self._on_edited)

    def value(self) -> str:
        """What was typed, without blank lines around it."""
        return self.area.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show `value`."""
        self.area.setPlainText("" if value is None else str(value))

    def snapshot(self) -> Any:
        """The text as it stands."""
        return self.area.toPlainText()

    def restore(self, kept: Any) -> None:
        """Type it again."""
        self.area.setPlainText(str(kept or ""))

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read and copied, not changed."""
        self.area.setReadOnly(read_only)

    def _own_problem(self) -> Problem | None:
        over = len(self.value()) - self._max_length
        return Problem(tr("Too long by {count} characters.", count=over)) if over > 0 else None

    def _takes_enter(self, _event: QKeyEvent) -> bool:
        return True
