"""One door for dialogs: they open without blocking, Esc cancels, nothing harmful is ever the default."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hms_desktop.ui.kit.buttons import Button, beside_primary, harmful, primary, tall
from hms_desktop.ui.kit.choice_fields import Choice, ChoiceField
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.names import part_of
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.text_fields import NoteField, TextField
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px, set_look_property
from hms_desktop.words.language import tr

T = TypeVar("T")


def show(dialog: QDialog, on_done: Callable[[bool], None] | None = None) -> None:
    """Open `dialog` over its window; when it closes, the window and the widget that had the focus get it back."""
    parent = dialog.parentWidget()
    window = parent.window() if parent is not None else None
    before = window.focusWidget() if window is not None else None

    def closed(result: int) -> None:
        dialog.deleteLater()
        if window is not None:
            window.activateWindow()
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
        if on_done is not None:
            on_done(result == QDialog.DialogCode.Accepted)

    dialog.finished.connect(closed)
    dialog.open()
    dialog.activateWindow()


class Dialog(QDialog):
    """A title, a sentence, a `body` to fill, a row of buttons."""

    def __init__(self, name: str, title: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setObjectName(name if "." in name else f"{name}.dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(px(440))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(20), px(24), px(20))
        outer.setSpacing(px(2 * GRID))
        outer.addWidget(label(title, TypeSize.TITLE, bold=True))
        if text:
            self._words_above = label(text)
            self._words_above.setWordWrap(True)
            outer.addWidget(self._frame_of(self._words_above))
        self._confirm: QPushButton | None = None
        self.body = QVBoxLayout()
        self.body.setSpacing(px(GRID))
        outer.addLayout(self.body)
        self._row = QHBoxLayout()
        self._row.setSpacing(px(GRID))
        outer.addLayout(self._row)

    def _frame_of(self, words: QLabel) -> QFrame:
        frame = QFrame()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(words)
        return frame

    def sound_alarm(self) -> None:
        """Put the sentence into a box that nobody overlooks: this is dangerous for somebody."""
        frame = self._words_above.parentWidget()
        assert isinstance(frame, QFrame)
        set_look_property(frame, "level", "error")
        layout = frame.layout()
        assert layout is not None
        layout.setContentsMargins(px(12), px(GRID), px(12), px(GRID))
        set_look_property(self._words_above, "strong", True)

    def add_buttons(self, confirm: QPushButton, *others: QPushButton, cancel_text: str | None = None) -> None:
        """The confirming button, others, and cancel at the end."""
        cancel = beside_primary(part_of(self.name, "cancel"), cancel_text or tr("&Cancel"), self.reject)
        self._confirm = confirm
        self._row.addStretch(1)
        for button in (confirm, *others, cancel):
            self._row.addWidget(tall(button))
        self.cancel_button = cancel
        bind(Key.SAVE, self, confirm.click)

    def go_on(self, *fields: Field) -> None:
        """Let Enter walk through `fields` to the confirming button."""
        for field, following in pairwise(fields):
            field.entered.connect(following.focus_editor)
        if fields and self._confirm is not None:
            fields[-1].entered.connect(self._confirm.setFocus)
            fields[0].focus_editor()


class ReasonDialog(Dialog):
    """Why? A listed reason, or own words; one of them is needed."""

    def __init__(
        self,
        name: str,
        title: str,
        text: str,
        confirm_text: str,
        reasons: Sequence[Choice[str]] = (),
        *,
        is_harmful: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, title, text, parent)
        self._listed: ChoiceField[str] | None = None
        fields: list[Field] = []
        if reasons:
            self._listed = ChoiceField(part_of(name, "listed"), tr("&Reason"), reasons, blank=tr("– choose –"))
            self.body.addWidget(self._listed)
            fields.append(self._listed)
        words = tr("In your own &words") if reasons else tr("&Reason")
        self._words = NoteField(part_of(name, "reason"), words, lines=2, max_length=500)
        self.body.addWidget(self._words)
        fields.append(self._words)
        make = harmful if is_harmful else primary
        self.confirm: Button = make(part_of(name, "confirm"), confirm_text, self._on_confirm)
        self.add_buttons(self.confirm)
        self.go_on(*fields)

    def reason(self) -> str:
        """The listed reason and the words, as one line."""
        listed = self._listed.value() if self._listed is not None else None
        shown = self._listed.box.currentText() if self._listed is not None and listed is not None else ""
        return ": ".join(part for part in (shown, " ".join(self._words.value().split())) if part)

    def listed(self) -> str | None:
        """The value of the listed reason."""
        return self._listed.value() if self._listed is not None else None

    def _on_confirm(self) -> None:
        if self.reason():
            self.accept()
            return
        first: Field = self._listed or self._words
        first.error(tr("A reason is needed."))
        first.focus_editor()


class ApprovalDialog(Dialog):
    """A second person agrees: their own user name and password. Who they are is checked by the service."""

    def __init__(self, name: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, text, parent)
        self._username = TextField(part_of(name, "username"), tr("&User name"), required=True, max_length=80)
        self._password = TextField(part_of(name, "password"), tr("&Password"), required=True, secret=True)
        self.body.addWidget(self._username)
        self.body.addWidget(self._password)
        self.add_buttons(primary(part_of(name, "confirm"), tr("&Agree"), self._on_confirm))
        self.go_on(self._username, self._password)

    def username(self) -> str:
        """The second person's user name."""
        return str(self._username.value())

    def password(self) -> str:
        """The second person's password."""
        return str(self._password.value())

    def _on_confirm(self) -> None:
        bad = [field for field in (self._username, self._password) if field.check()]
        if bad:
            bad[0].focus_editor()
        else:
            self.accept()


class ChoiceDialog(Dialog):
    """One button for each way on."""

    def __init__(
        self, name: str, title: str, text: str, choices: Sequence[Choice[object]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, title, text, parent)
        self.chosen: Choice[object] | None = None
        for index, choice in enumerate(choices):
            button = beside_primary(part_of(name, f"choice{index + 1}"), choice.text)
            button.clicked.connect(lambda _checked=False, taken=choice: self._take(taken))
            self.body.addWidget(button)
            if choice.note:
                note = label(choice.note, TypeSize.SMALL, muted=True)
                note.setWordWrap(True)
                self.body.addWidget(note)
        cancel = beside_primary(part_of(name, "cancel"), tr("&Cancel"), self.reject)
        self._row.addStretch(1)
        self._row.addWidget(cancel)

    def _take(self, choice: Choice[object]) -> None:
        self.chosen = choice
        self.accept()


def ask_reason(
    parent: QWidget,
    name: str,
    title: str,
    text: str,
    confirm_text: str,
    then: Callable[[str], None],
    *,
    reasons: Sequence[Choice[str]] = (),
    is_harmful: bool = True,
) -> ReasonDialog:
    """Ask why, then call `then` with the reason. Nothing is called when the person cancels."""
    dialog = ReasonDialog(name, title, text, confirm_text, reasons, is_harmful=is_harmful, parent=parent)
    show(dialog, lambda agreed: then(dialog.reason()) if agreed else None)
    return dialog


def ask_approval(parent: QWidget, name: str, title: str, text: str, then: Callable[[str, str], None]) -> ApprovalDialog:
    """Let a second person sign, then call `then(username, password)`."""
    dialog = ApprovalDialog(name, title, text, parent)
    show(dialog, lambda agreed: then(dialog.username(), dialog.password()) if agreed else None)
    return dialog


def ask_choice(
    parent: QWidget, name: str, title: str, text: str, choices: Sequence[Choice[T]], then: Callable[[T], None]
) -> ChoiceDialog:
    """Ask which way on, then call `then` with the chosen value."""
    offered = [Choice[object](choice, choice.text, choice.note) for choice in choices]
    dialog = ChoiceDialog(name, title, text, offered, parent)
    taken = {id(choice): choice.value for choice in choices}

    def done(agreed: bool) -> None:
        if agreed and dialog.chosen is not None:
            then(taken[id(dialog.chosen.value)])

    show(dialog, done)
    return dialog


def ask_confirm(
    parent: QWidget,
    name: str,
    title: str,
    text: str,
    confirm_text: str,
    then: Callable[[], None],
    *,
    is_harmful: bool = True,
) -> Dialog:
    """Ask before something that cannot be undone; the focus stands on cancel."""
    dialog = Dialog(name, title, text, parent)
    make = harmful if is_harmful else primary
    dialog.add_buttons(make(part_of(name, "confirm"), confirm_text, dialog.accept))
    dialog.cancel_button.setFocus()
    show(dialog, lambda agreed: then() if agreed else None)
    return dialog
