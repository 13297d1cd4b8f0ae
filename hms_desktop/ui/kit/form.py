"""A form: fields in order, one save. Enter goes on, Ctrl+Enter saves, Esc goes back and loses nothing."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hms_desktop.domain.errors import ClinicError
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.system.drafts import Draft
from hms_desktop.ui.kit.background import Background, Changed
from hms_desktop.ui.kit.buttons import beside_primary, primary, tall
from hms_desktop.ui.kit.drafts import DEBOUNCE_MS, DraftBar, DraftKeeper
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.messages import Messages
from hms_desktop.ui.kit.names import part_of
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr

F = TypeVar("F", bound=Field)


class FormContext(Protocol):
    """What a form needs of its desk."""

    background: Background
    messages: Messages
    drafts: DraftKeeper


class Form(QWidget):
    """Subclass it: add fields, answer `prepare`, perhaps `check_all` and `after_save`."""

    saved = Signal(object)
    """The save's outcome."""
    cancelled = Signal()
    """Back; what was typed is kept as a draft."""
    dirty_changed = Signal(bool)

    def __init__(
        self,
        context: FormContext,
        name: str,
        *,
        save_text: str,
        save_name: str = "",
        cancel_text: str | None = None,
        save_icon: str = "check",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.form_context = context
        self.name = name
        self.fields: list[Field] = []
        self.key: Id = new_id()
        self.dirty, self.saving = False, False
        self._save_text = save_text
        self._subject: str | None = None
        self._version = 0
        self._offered: Draft | None = None
        room = name.split(".", 1)[0]
        self.save_button = primary(save_name or f"{room}.save", save_text, self.save, icon=save_icon)
        self.cancel_button = beside_primary(part_of(name, "back"), cancel_text, self.back) if cancel_text else None
        self._draft_bar = DraftBar(name)
        self._draft_bar.wanted.connect(self._on_draft_wanted)
        self._draft_bar.unwanted.connect(self._on_draft_unwanted)
        self._draft_timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._draft_timer.timeout.connect(self.keep_draft)
        self._lay_out()
        bind(Key.SAVE, self, self.save, inside=True)
        bind(Key.BACK, self, self.back, inside=True)

    # --- laying out ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(GRID))
        outer.addWidget(self._draft_bar)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(GRID))
        outer.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(GRID))
        self.buttons.addWidget(self.save_button)
        if self.cancel_button is not None:
            self.buttons.addWidget(self.cancel_button)
        self.buttons.addStretch(1)
        outer.addLayout(self.buttons)

    def add(self, field: F) -> F:
        """A field on its own row."""
        self.adopt(field)
        self.body.addWidget(field)
        return field

    def add_row(self, *widgets: QWidget, stretch: Sequence[int] | None = None) -> None:
        """Fields (and other widgets) side by side."""
        beside = QHBoxLayout()
        beside.setSpacing(px(2 * GRID))
        for index, widget in enumerate(widgets):
            if isinstance(widget, Field):
                self.adopt(widget)
                widget.align_with_labels()
            beside.addWidget(widget, stretch[index] if stretch else 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(beside)

    def add_section(self, title: str) -> None:
        """A heading between fields."""
        heading = label(title, TypeSize.LARGE, bold=True)
        heading.setContentsMargins(0, px(GRID), 0, 0)
        self.body.addWidget(heading)

    def add_widget(self, widget: QWidget, stretch: int = 0) -> None:
        """Anything else, in its place among the fields."""
        self.body.addWidget(widget, stretch)

    def add_button(self, button: QPushButton, *, apart: bool = False) -> None:
        """A button beside save; `apart` puts it at the far end (harmful ones)."""
        self.buttons.insertWidget(self.buttons.count() if apart else self.buttons.count() - 1, tall(button))

    def adopt(self, field: F) -> F:
        """Make a field that you laid out yourself one of the form's, after those before."""
        self.fields.append(field)
        field.changed.connect(self._on_changed)
        field.entered.connect(lambda: self._go_on_from(field))
        return field

    def field(self, key: str) -> Field:
        """The field of a command's field. Raises KeyError."""
        found = next((field for field in self.fields if field.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    # --- subclasses answer -----------------------------------------------------------------------

    def prepare(self) -> Callable[[], Changed]:
        """Build the command from the fields; give what the writer thread shall run. May raise ClinicError."""
        raise NotImplementedError

    def check_all(self) -> str | None:
        """A rule over several fields: an error sentence for the bar, or None."""
        return None

    def after_save(self, outcome: Any) -> None:
        """It is saved. The form is clean and has a new one-time key; `reset` it, close it, go on."""

    def on_refused(self, _error: ClinicError) -> bool:
        """Whether you dealt with a refusal yourself."""
        return False

    # --- doing -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Put the focus where the work starts."""
        first = next((field for field in self.fields if field.isEnabled() and not field.isHidden()), None)
        if first is not None:
            first.focus_editor()

    def save(self) -> None:
        """Check everything, then save once, however often this is called."""
        if self.saving or not self._fields_are_right():
            return
        try:
            work = self.prepare()
        except ClinicError as error:
            self._on_failed(error)
            return
        self._set_saving(True)
        self.form_context.background.write(work, self._on_saved, self._on_failed, owner=self)

    def back(self) -> None:
        """Leave without saving; a draft keeps what was typed."""
        self.keep_draft()
        self.cancelled.emit()

    def reset(self) -> None:
        """Blank, clean, with a new one-time key."""
        for field in self.fields:
            field.clear()
        self._draft_bar.hide()
        self._offered = None
        self.key = new_id()
        self.set_clean()

    def set_clean(self) -> None:
        """What stands here now is what is stored."""
        self._draft_timer.stop()
        self._set_dirty(False)

    def snapshot(self) -> dict[str, Any]:
        """What stands in all fields, as plain JSON."""
        return {field.key: field.snapshot() for field in self.fields}

    def restore(self, values: dict[str, Any]) -> None:
        """Enter what `snapshot` gave; unknown keys are left out."""
        for field in self.fields:
            if field.key in values:
                field.restore(values[field.key])

    # --- drafts ----------------------------------------------------------------------------------

    def use_draft(self, subject: str, version: int = 0) -> None:
        """From now on keep what is typed about `subject`, and offer what was kept before."""
        self.keep_draft()
        self._subject, self._version = subject, version
        self._offered = None
        self._draft_bar.hide()
        self.form_context.drafts.load(self.name, subject, lambda draft: self._on_draft_found(subject, draft))

    def keep_draft(self) -> None:
        """Write the draft now."""
        self._draft_timer.stop()
        if self.dirty and not self.saving and self._subject is not None:
            self.form_context.drafts.keep(self.name, self._subject, self._version, self.snapshot())

    def _on_draft_found(self, subject: str, draft: Draft | None) -> None:
        if draft is None or subject != self._subject or draft.values == self.snapshot():
            return
        self._offered = draft
        now = self.form_context.messages.now()
        self._draft_bar.offer(draft, now=now, stale=draft.version != self._version)

    def _on_draft_wanted(self) -> None:
        if self._offered is not None:
            self.restore(self._offered.values)
        self._draft_bar.hide()
        self.start()

    def _on_draft_unwanted(self) -> None:
        self._offered = None
        self._draft_bar.hide()
        if self._subject is not None and not self.dirty:
            self.form_context.drafts.drop(self.name, self._subject)
        self.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Locked, switched, closed: keep what was typed."""
        self.keep_draft()
        super().hideEvent(event)

    # --- inside ----------------------------------------------------------------------------------

    def _fields_are_right(self) -> bool:
        bad = [(field, problem) for field in self.fields if not field.isHidden() and (problem := field.check())]
        if bad:
            bad[0][0].focus_editor()
            return False
        sentence_for_all = self.check_all()
        if sentence_for_all:
            self.form_context.messages.error(sentence_for_all)
            return False
        return True

    def _on_saved(self, outcome: object) -> None:
        self._set_saving(False)
        self.set_clean()
        self.key = new_id()
        self._draft_bar.hide()
        if self._subject is not None:
            self.form_context.drafts.drop(self.name, self._subject)
        self.after_save(outcome)
        self.saved.emit(outcome)

    def _on_failed(self, error: Exception) -> None:
        self._set_saving(False)
        self.keep_draft()
        if isinstance(error, ClinicError) and (self.on_refused(error) or self._shown_beside_field(error)):
            return
        self.form_context.messages.failed(error)

    def _shown_beside_field(self, error: ClinicError) -> bool:
        found = next((field for field in self.fields if error.field and field.key == error.field), None)
        if found is None or found.isHidden():
            return False
        found.error(sentence(error.code, error.facts))
        found.focus_editor()
        return True

    def _go_on_from(self, field: Field) -> None:
        after = self.fields[self.fields.index(field) + 1 :]
        following = next((each for each in after if not each.isHidden() and each.editor.isEnabled()), None)
        if following is not None:
            following.focus_editor()
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_changed(self) -> None:
        self._set_dirty(True)
        if self._subject is not None:
            self._draft_timer.start()

    def _set_dirty(self, dirty: bool) -> None:
        if dirty != self.dirty:
            self.dirty = dirty
            self.dirty_changed.emit(dirty)

    def _set_saving(self, saving: bool) -> None:
        self.saving = saving
        self.save_button.set_waiting(saving)
        self.save_button.setText(tr("Saving…") if saving else self._save_text)
