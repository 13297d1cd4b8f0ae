"""A form on one row of a list: shows it, follows what others change of it, never overwrites in silence."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.errors import ClinicError, StaleRecord
from hms_desktop.domain.ids import new_id
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.admin.beside_box import BesideBox
from hms_desktop.ui.kit.background import Changed
from hms_desktop.ui.kit.buttons import Button
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.fields import ToggleField
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.layout import row as row_of
from hms_desktop.ui.kit.layout import scrolled
from hms_desktop.ui.kit.theme import GRID
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr

R = TypeVar("R")
F = TypeVar("F", bound=Field)
NEW = "new"
"""The draft of a row that does not exist yet."""


class RowForm(Form, Generic[R]):
    """Subclasses add their fields, answer `values_of` and `save_row`, perhaps `after_shown`."""

    unchanged = Signal()
    """Save was pressed and nothing had been changed."""
    stale = Signal()
    """Somebody was faster: the page reads the rows again, and `follow` shows what is different now."""

    def __init__(self, context: DeskContext, name: str, *, save_text: str = "") -> None:
        super().__init__(
            context, f"admin.{name}_form", save_text=save_text or tr("&Save"), save_name=f"admin.{name}_save"
        )
        self.context = context
        self.row: R | None = None
        self.is_new = False
        self.editable = True
        self._loaded: dict[str, Any] = {}
        self._stale_now = False
        self.row_buttons: list[Button] = []
        self._let_the_fields_scroll()

    def _let_the_fields_scroll(self) -> None:
        """Only the fields scroll; the buttons stay in sight."""
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.removeItem(self.body)
        self.body.setParent(None)
        inside = QWidget()
        inside.setLayout(self.body)
        self.body.setContentsMargins(0, 0, 6, 0)
        outer.insertWidget(1, scrolled(inside), 1)

    def adopt(self, field: F) -> F:
        """As `Form.adopt`; these forms are long, so an empty note line keeps no room."""
        field.keep_note_line(False)
        return super().adopt(field)

    def add_row(self, *widgets: QWidget, stretch: Sequence[int] | None = None) -> None:
        """As `Form.add_row`; the fields stand below each other where there is no room for them side by side."""
        for widget in widgets:
            if isinstance(widget, Field):
                self.adopt(widget)
                widget.align_with_labels()
        self.body.addWidget(BesideBox(widgets, stretch))

    def add_toggles(self, *toggles: ToggleField) -> None:
        """Ticks side by side; they have no label above."""
        beside = row_of(space=2 * GRID)
        for toggle in toggles:
            self.adopt(toggle)
            beside.addWidget(toggle, 1)
        if len(toggles) % 2:
            beside.addStretch(1)
        self.body.addLayout(beside)

    # --- subclasses answer -----------------------------------------------------------------------

    def values_of(self, row: R) -> dict[str, Any]:
        """What each field shows of a row, by the field's key."""
        raise NotImplementedError

    def new_values(self) -> dict[str, Any]:
        """What stands in the fields of a new row."""
        return {}

    def version_of(self, row: R) -> int:
        """The row's version, for the stale check."""
        return int(getattr(row, "version"))  # noqa: B009 - every row of these lists has one

    def save_row(self, row: R | None) -> Callable[[], Outcome[Any]]:
        """What the writer thread runs: a correction of `row`, or a new one. May raise ClinicError."""
        raise NotImplementedError

    def after_shown(self) -> None:
        """Another row is shown (or a new one, or none): hide and name what depends on it."""

    # --- rows ------------------------------------------------------------------------------------

    def show_row(self, row: R, *, subject: str) -> None:
        """Show a row; what was typed about it before and not saved is offered."""
        self.keep_draft()
        self._fill(row)
        self.use_draft(subject, self.version_of(row))

    def _fill(self, row: R) -> None:
        self.row, self.is_new, self._stale_now = row, False, False
        self._show(self.values_of(row))

    def show_new(self) -> None:
        """An empty form."""
        self.keep_draft()
        self.row, self.is_new, self._stale_now = None, True, False
        self._show(self.new_values())
        self.use_draft(NEW)

    def show_nothing(self) -> None:
        """No row is chosen."""
        self.keep_draft()
        self.row, self.is_new, self._stale_now = None, False, False
        self._subject = None
        self._show({})

    def _show(self, values: dict[str, Any]) -> None:
        self.reset()
        for field in self.fields:
            if field.key in values:
                field.set_value(values[field.key])
                field.error(None)
        self._loaded = self.snapshot()
        self.key = new_id()
        self.set_clean()
        for button in self.row_buttons:
            button.setVisible(self.editable and self.row is not None)
        self.after_shown()

    def follow(self, row: R) -> None:
        """The same row as it is now. What the person typed stays; where others changed it too, their value stands
        below.
        """
        if self.row is None:
            return
        if self.values_of(row) == self.values_of(self.row):
            self.row = row
            self.after_shown()
        elif not self.dirty:
            self._fill(row)
        elif self._stale_now:
            self._merge(row)

    def _merge(self, row: R) -> None:
        mine, before = self.snapshot(), self._loaded
        self._fill(row)
        theirs = self._loaded
        for field in self.fields:
            if mine[field.key] == before[field.key]:
                continue
            field.restore(mine[field.key])
            if theirs[field.key] not in (before[field.key], mine[field.key]):
                shown = str(theirs[field.key]) or tr("nothing")
                field.error(tr("Somebody else saved here: {value}", value=shown))
        self.dirty = False
        self._set_dirty(self.snapshot() != theirs)

    def is_touched(self, key: str) -> bool:
        """Whether the person changed this field since the row was shown."""
        return bool(self.field(key).snapshot() != self._loaded.get(key))

    def offer(self, change: Callable[[], None]) -> None:
        """Offer other choices in some fields, which is no typing of the person."""
        was_dirty = self.dirty
        change()
        if not was_dirty:
            self._loaded = self.snapshot()
            self.set_clean()

    # --- rights ----------------------------------------------------------------------------------

    def set_editable(self, editable: bool) -> None:
        """Without the right everything can be read and nothing changed."""
        self.editable = editable
        for field in self.fields:
            field.set_read_only(not editable)
        self.save_button.setVisible(editable)
        for button in self.row_buttons:
            button.setVisible(editable and self.row is not None)

    def add_row_button(self, button: Button, *, apart: bool = False) -> Button:
        """A button that does something with the row that is shown; hidden for a new row."""
        self.row_buttons.append(button)
        button.setVisible(False)
        self.add_button(button, apart=apart)
        return button

    def first_editor(self) -> QWidget:
        """Where typing starts."""
        first = next((field for field in self.fields if not field.isHidden()), None)
        return first.editor if first is not None else self.save_button

    # --- saving ----------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], Changed]:
        """As `Form.prepare`."""
        return self.save_row(self.row)

    def save(self) -> None:
        """Only who may, and only what was changed."""
        if not self.editable or not (self.is_new or self.row is not None):
            return
        if self.row is not None and not self.dirty and not self.saving:
            self.unchanged.emit()
        else:
            super().save()

    def on_refused(self, error: ClinicError) -> bool:
        """A stale row is read again and compared."""
        if not isinstance(error, StaleRecord):
            return False
        self._stale_now = True
        self.context.messages.error(sentence(error.code, error.facts))
        self.stale.emit()
        return True
