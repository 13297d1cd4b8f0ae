"""Fields where one picks: a list box, a tick, one-key choices."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcutEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from hms_desktop.ui.kit.buttons import plain_label
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.names import part_of
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.language import tr

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True)
class Choice(Generic[T]):
    """Something to pick. `note` stands beside it, less loud."""

    value: T
    text: str
    note: str = ""


def choices_of(kind: type[E]) -> list[Choice[E]]:
    """All members of one of the clinic's enums, in its order, with their words."""
    from hms_desktop.words.labels import say  # every area's labels: not for the sign-in page

    return [Choice(member, say(member)) for member in kind]


class _ListBox(QComboBox):
    """A list box that the mouse wheel changes only when it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past must not change an answer."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(Field, Generic[T]):
    """One of a list: type to find, arrows to move, F4 or Alt+Down to see all."""

    def __init__(
        self,
        name: str,
        text: str,
        choices: Sequence[Choice[T]] = (),
        *,
        blank: str | None = None,
        **shared: Any,
    ) -> None:
        """`blank`: a first row that means no choice (None: the first choice is chosen at once)."""
        self.box = _ListBox()
        self._choices: list[Choice[T]] = []
        self._blank = blank
        super().__init__(name, text, self.box, **shared)
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(self._on_edited)

    def set_choices(self, choices: Sequence[Choice[T]]) -> None:
        """Offer others; what is chosen stays chosen when it is still offered."""
        before = self.value()
        self._choices = list(choices)
        self.box.blockSignals(True)
        self.box.clear()
        if self._blank is not None:
            self.box.addItem(self._blank)
        for choice in self._choices:
            self.box.addItem(f"{choice.text} · {choice.note}" if choice.note else choice.text)
        self.box.blockSignals(False)
        self.set_value(before)

    def value(self) -> T | None:
        """The chosen value; None when the blank row is chosen."""
        index = self.box.currentIndex() - (self._blank is not None)
        return self._choices[index].value if 0 <= index < len(self._choices) else None

    def set_value(self, value: Any) -> None:
        """Choose `value`; what is not offered chooses the blank row (or the first one)."""
        shift = int(self._blank is not None)
        found = next((i for i, choice in enumerate(self._choices) if choice.value == value), None)
        self.box.setCurrentIndex(0 if found is None else found + shift)

    def snapshot(self) -> Any:
        """The words of the choice."""
        return self.box.currentText()

    def restore(self, kept: Any) -> None:
        """Choose by words."""
        index = self.box.findText(str(kept or ""))
        if index >= 0:
            self.box.setCurrentIndex(index)


class _TickBox(QCheckBox):
    """A box whose mnemonic ticks at once; Qt would wait for an animation, and the next key would come too early."""

    def event(self, event: QEvent) -> bool:
        """Tick on the mnemonic."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.click()
            return True
        return super().event(event)


class ToggleField(Field):
    """Yes or no."""

    def __init__(self, name: str, text: str, **shared: Any) -> None:
        self.tick = _TickBox(text)
        super().__init__(name, "", self.tick, **shared)
        self.tick.setAccessibleName(plain_label(text))
        self.tick.toggled.connect(self._on_edited)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.tick.isChecked()

    def is_blank(self) -> bool:
        """Yes and no are both answers."""
        return False

    def set_value(self, value: Any) -> None:
        """Tick it or not."""
        self.tick.setChecked(bool(value))

    def snapshot(self) -> Any:
        """Whether it is ticked."""
        return self.value()

    def restore(self, kept: Any) -> None:
        """Tick it again."""
        self.set_value(kept)


@dataclass(frozen=True)
class Segment(Generic[T]):
    """A one-key choice: `key` is a letter or digit; `harm` paints it red when chosen."""

    value: T
    text: str
    key: str = ""
    harm: bool = False


class _SegmentBar(QFrame):
    """The row of segments; it takes the focus, its buttons don't."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("segments", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(px(1), px(1), px(1), px(1))
        inside.setSpacing(px(4))


class SegmentedField(Field, Generic[T]):
    """A few choices side by side; one key press chooses, arrows move, Backspace clears."""

    picked = Signal(object)
    """The person chose a value."""

    def __init__(self, name: str, text: str, segments: Sequence[Segment[T]], **shared: Any) -> None:
        self._bar = _SegmentBar()
        self._segments = list(segments)
        self._buttons: list[QPushButton] = []
        self._chosen: int | None = None
        super().__init__(name, text, self._bar, **shared)
        for index, segment in enumerate(self._segments):
            self._add_button(index, segment)
        self._show_chosen()

    def value(self) -> T | None:
        """The chosen value; None when nothing is chosen."""
        return None if self._chosen is None else self._segments[self._chosen].value

    def set_value(self, value: Any) -> None:
        """Choose `value`; one that is not offered clears."""
        found = next((i for i, segment in enumerate(self._segments) if segment.value == value), None)
        self._choose(None if value is None else found)

    def snapshot(self) -> Any:
        """The place of the choice."""
        return self._chosen

    def restore(self, kept: Any) -> None:
        """Choose by place."""
        self._choose(kept if isinstance(kept, int) and 0 <= kept < len(self._segments) else None)

    def _add_button(self, index: int, segment: Segment[T]) -> None:
        shown = f"{segment.text}  {segment.key.upper()}" if segment.key else segment.text
        button = QPushButton(shown.replace("&", "&&"))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setObjectName(part_of(self.name, str(index + 1)))
        button.setAccessibleName(segment.text)
        button.setProperty("harm", segment.harm)
        button.clicked.connect(lambda: self._pick(index))
        self._buttons.append(button)
        layout = self._bar.layout()
        assert layout is not None
        layout.addWidget(button)

    def _pick(self, index: int | None) -> None:
        self._choose(index)
        self.picked.emit(self.value())

    def _choose(self, index: int | None) -> None:
        changed, self._chosen = index != self._chosen, index
        self._show_chosen()
        if changed:
            self._on_edited()

    def _show_chosen(self) -> None:
        for index, button in enumerate(self._buttons):
            button.setChecked(index == self._chosen)
        text = tr("nothing chosen") if self._chosen is None else self._segments[self._chosen].text
        self._bar.setAccessibleDescription(text)

    def _claims(self, event: QKeyEvent) -> bool:
        pressed = event.text().casefold()
        return bool(pressed) and any(segment.key.casefold() == pressed for segment in self._segments)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return super()._on_key(event)
        pressed = event.text().casefold()
        for index, segment in enumerate(self._segments):
            if pressed and segment.key.casefold() == pressed:
                self._pick(index)
                return True
        return self._on_moving_key(event.key()) or super()._on_key(event)

    def _on_moving_key(self, key: int) -> bool:
        forward, backward = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            forward, backward = backward, forward
        last = len(self._segments) - 1
        if key in (forward, Qt.Key.Key_Down):
            self._pick(0 if self._chosen is None else min(self._chosen + 1, last))
        elif key in (backward, Qt.Key.Key_Up):
            self._pick(last if self._chosen is None else max(self._chosen - 1, 0))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._pick(None)
        else:
            return False
        return True
