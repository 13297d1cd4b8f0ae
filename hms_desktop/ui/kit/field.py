"""What all fields share: label with mnemonic and unit, editor, one line of note below.

The note line says the most urgent of: error, warning (unusual), echo (how we read it), hint.
"""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from hms_desktop.ui.kit.buttons import plain_label
from hms_desktop.ui.kit.theme import TypeSize, label, px, set_look_property
from hms_desktop.words.language import tr

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field: `blocks` saving, or is only unusual and asks to be confirmed."""

    text: str
    blocks: bool = True


class Field(QWidget):
    """A labelled editor. Subclasses build `editor` and say how to read and write its value."""

    changed = Signal()
    """The value is another one, whoever changed it."""
    left = Signal()
    """The focus went elsewhere."""
    entered = Signal()
    """Enter was pressed: go on to the next field."""

    reserves_note = False
    """Whether the note line keeps its room when it is empty, so that nothing jumps while typing."""

    def __init__(
        self,
        name: str,
        text: str,
        editor: QWidget,
        *,
        key: str = "",
        hint: str = "",
        required: bool = False,
        unit: str = "",
        width: int | None = None,
        reserve_note: bool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.key = key or name.rsplit(".", 1)[-1]
        self.required = required
        self.editor = editor
        self.unit = unit
        self._hint, self._echo, self._error, self._warning = hint, "", "", ""
        self._reserve = self.reserves_note if reserve_note is None else reserve_note
        self._kept: object = None
        editor.setObjectName(name)
        self.label = label("", bold=False)
        self.label.setBuddy(editor)
        self._note = label("", TypeSize.SMALL, muted=True)
        self._note.setWordWrap(True)
        self._note.setMinimumHeight(px(18))
        self._lay_out(width)
        self.set_label(text)
        editor.installEventFilter(self)
        self.setFocusProxy(editor)
        self._show_note()

    # --- value: subclasses answer -------------------------------------------------------------

    def value(self) -> Any:
        """What is entered, as a domain value; None (or '') when blank."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show `value`; None clears."""
        raise NotImplementedError

    def is_blank(self) -> bool:
        """Whether nothing is entered."""
        value = self.value()
        return value is None or value == ""

    def clear(self) -> None:
        """Empty, without an error."""
        self._kept = None
        self.set_value(None)
        self.error(None)

    def _own_problem(self) -> Problem | None:
        return None

    def snapshot(self) -> Any:
        """What is entered, as plain JSON, also when it is not valid: for drafts."""
        raise NotImplementedError

    def restore(self, kept: Any) -> None:
        """Enter what `snapshot` gave."""
        raise NotImplementedError

    # --- problems --------------------------------------------------------------------------------

    def problem(self) -> Problem | None:
        """What is wrong now, without showing it."""
        if self.is_blank():
            own = self._own_problem()
            if own is None and self.required:
                return Problem(tr("Needed."))
            return own
        found = self._own_problem()
        if found is not None and not found.blocks and self._kept is not None and self._kept == self.snapshot():
            return None
        return found

    def check(self) -> Problem | None:
        """Look for a problem and show it."""
        found = self.problem()
        self._error = found.text if found and found.blocks else ""
        self._warning = found.text if found and not found.blocks else ""
        self._show_note()
        return found

    def keep_unusual(self) -> None:
        """The person looked and means it: the value that is entered now is no longer asked about."""
        self._kept = self.snapshot()
        self.check()

    def error(self, text: str | None) -> None:
        """Show an error that somebody else found; None takes it away."""
        self._error = text or ""
        if not text:
            self._warning = ""
        self._show_note()

    # --- words -----------------------------------------------------------------------------------

    def set_label(self, text: str) -> None:
        """Another label (with mnemonic)."""
        shown = f"{text} ({self.unit})" if self.unit else text
        self.label.setText(f"{shown} *" if self.required else shown)
        self.label.setVisible(bool(text))
        read_aloud = plain_label(shown)
        self.editor.setAccessibleName(tr("{field}, needed", field=read_aloud) if self.required else read_aloud)

    def set_hint(self, text: str) -> None:
        """What stands below when there is nothing more urgent."""
        self._hint = text
        self._show_note()

    def keep_note_line(self, keep: bool) -> None:
        """Whether the note line keeps its room when it is empty."""
        self._reserve = keep
        self._show_note()

    def set_echo(self, text: str) -> None:
        """How we read what was typed."""
        self._echo = text
        self._show_note()

    @property
    def note(self) -> str:
        """What the line below says now."""
        return self._error or self._warning or self._echo or self._hint

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read, not changed."""
        self.editor.setEnabled(not read_only)

    def align_with_labels(self) -> None:
        """Keep the room of the label when there is none, so that the editor stands in line with its neighbours'."""
        self.label.setVisible(True)

    def focus_editor(self) -> None:
        """Put the focus where this field is filled in."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside ------------------------------------------------------------------------------------

    def _lay_out(self, width: int | None) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(3))
        layout.addWidget(self.label)
        if width is None:
            layout.addWidget(self.editor)
        else:
            self.editor.setMinimumWidth(px(width))
            self.editor.setMaximumWidth(px(width))
            beside = QHBoxLayout()
            beside.addWidget(self.editor)
            beside.addStretch(1)
            layout.addLayout(beside)
        layout.addWidget(self._note)
        layout.addStretch(0)

    def _show_note(self) -> None:
        text = self.note
        state = "error" if self._error else "warn" if self._warning else ""
        self._note.setText(text)
        self._note.setVisible(bool(text) or self._reserve)
        set_look_property(self._note, "tone", state)
        set_look_property(self._note, "muted", not state)
        set_look_property(self._state_widget(), "state", state)
        self.editor.setAccessibleDescription(text)

    def _state_widget(self) -> QWidget:
        return self.editor

    def _on_edited(self) -> None:
        """The person typed: yesterday's error is over."""
        if self._error or self._warning:
            self.error(None)
        self.changed.emit()

    def _claims(self, _event: QKeyEvent) -> bool:
        """Whether this key means something here although it is a shortcut elsewhere."""
        return False

    def _takes_enter(self, _event: QKeyEvent) -> bool:
        """Whether Enter means something inside this editor now."""
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on; leaving validates."""
        if watched is self.editor:
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._claims(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._on_key(event):
                return True
            if event.type() == QEvent.Type.FocusIn:
                QTimer.singleShot(0, self, self._reveal)
            if event.type() == QEvent.Type.FocusOut:
                self._on_focus_out()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        plain_enter = event.key() in ENTER_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain_enter or self._takes_enter(event):
            return False
        self._on_enter()
        return True

    def _on_enter(self) -> None:
        if self._warning:
            self.keep_unusual()
        elif self.check() is not None and not self.is_blank():
            return
        self.entered.emit()

    def _reveal(self) -> None:
        """In a page that scrolls, show the label and the note with the editor, not the editor alone."""
        if not self.editor.hasFocus():
            return
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self, 0, px(4))

    def _on_focus_out(self) -> None:
        if not self.is_blank() or self._error:
            self.check()
        self.left.emit()
