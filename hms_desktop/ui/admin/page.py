"""The one shape of the administrator's pages: a list on the left, a form on the chosen row on the right.

In a narrow window the two take turns: Enter opens the row, Esc leads back to the list.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, ClassVar, Concatenate, Generic, ParamSpec, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.names import fold
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.kit.background import Failure
from hms_desktop.ui.kit.buttons import Button
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import TextField
from hms_desktop.ui.kit.layout import card, column, row
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.words.language import tr

R = TypeVar("R")
T = TypeVar("T")
C = TypeVar("C")
P = ParamSpec("P")
NARROW = 760
"""Below this width, in pixels at normal text size, list and form take turns."""


class AdminPage(QWidget):
    """One page of the desk. Shown only to who holds `RIGHT`; changed only by who holds `EDIT_RIGHT`."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    RIGHT: ClassVar[str]
    EDIT_RIGHT: ClassVar[str]
    TOPICS: ClassVar[frozenset[str]]

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self.setObjectName(f"admin.{self.NAME}_page")
        self.context = context

    @property
    def may_edit(self) -> bool:
        """Whether this person may change what stands here."""
        return self.context.actor.may(self.EDIT_RIGHT)

    def load(self) -> None:
        """Read what stands here."""
        raise NotImplementedError

    def start_focus(self) -> QWidget:
        """Where the work on this page starts."""
        raise NotImplementedError

    def places(self) -> Sequence[QWidget]:
        """The parts of the page that F6 goes through."""
        return (self.start_focus(),)

    def begin_new(self) -> None:
        """Ctrl+N, where something can be added."""

    def find_focus(self) -> None:
        """Ctrl+F, where something can be looked for."""

    def leave(self) -> None:
        """The person goes to another page: what was typed is kept by the forms themselves."""

    def read(
        self,
        service: Callable[Concatenate[Clinic, Actor, P], T],
        then: Callable[[T], None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Ask a read service aside."""
        clinic, actor = self.context.clinic, self.context.actor
        self.context.background.read(lambda: service(clinic, actor, *args, **kwargs), then, owner=self)

    def write(
        self,
        service: Callable[[Clinic, Actor, C], Outcome[T]],
        command: C,
        then: Callable[[Outcome[T]], None],
        otherwise: Failure | None = None,
    ) -> None:
        """Save aside."""
        clinic, actor = self.context.clinic, self.context.actor
        self.context.background.write(lambda: service(clinic, actor, command), then, otherwise, owner=self)


class ListPage(AdminPage, Generic[R]):
    """A list, a form. Subclasses say columns, words to find by, the form, and read their rows in `load`."""

    LIST_SHARE: ClassVar[tuple[int, int]] = (4, 5)
    row_shown = Signal(object)
    """The row that the form is about, or None."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        self.rows: list[R] = []
        self._wanted: Hashable | None = None
        self._form_open, self._filling = False, False
        self.narrow = False
        self.search = TextField(f"admin.{self.NAME}_find", "", placeholder=tr("Find (Ctrl+F)"), max_length=60)
        self.search.editor.setAccessibleName(tr("Find"))
        self.new_button: Button | None = self.make_new_button() if self.may_edit else None
        self.list: RowsView[R] = RowsView(
            f"admin.{self.NAME}_list", tr(self.TITLE), self.columns(), key=self.key_of, empty=self.empty_text()
        )
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.heading.setWordWrap(True)
        self.form: RowForm[R] = self.make_form()
        self._lay_out()
        self._connect()
        self.form.set_editable(self.may_edit)
        self.form.setEnabled(False)

    # --- subclasses answer -----------------------------------------------------------------------

    def columns(self) -> Sequence[Column[R]]:
        """The list's columns."""
        raise NotImplementedError

    def key_of(self, shown: R) -> Hashable:
        """A row's identity."""
        found: Hashable = getattr(shown, "id")  # noqa: B009 - every row of these lists has one
        return found

    def words_of(self, shown: R) -> str:
        """What a row is found by."""
        raise NotImplementedError

    def name_of(self, shown: R) -> str:
        """What the heading of the form says."""
        raise NotImplementedError

    def make_form(self) -> RowForm[R]:
        """The form."""
        raise NotImplementedError

    def make_new_button(self) -> Button | None:
        """The button that begins a new row, where rows can be added."""
        return None

    def empty_text(self) -> str:
        """Why the list may be empty, and the way out."""
        return tr("Nothing is listed here.")

    def filters(self) -> Sequence[QWidget]:
        """Other widgets above the list."""
        return ()

    def fits(self, _row: R) -> bool:
        """Whether a row is listed, beside what is typed in Find."""
        return True

    def saved_key(self, outcome: Outcome[Any]) -> Hashable:
        """The identity of the row that was saved."""
        found: Hashable = outcome.value.id
        return found

    def after_save(self, outcome: Outcome[Any]) -> None:
        """It is saved; say so."""
        del outcome
        self.context.messages.good(tr("Saved."))

    # --- laying out ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = row(self.search)
        top.setStretch(0, 1)
        if self.new_button is not None:
            top.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignTop)
        self.list_side = QWidget()
        side = column()
        side.addLayout(top)
        for widget in self.filters():
            side.addWidget(widget)
        side.addWidget(self.list, 1)
        self.list_side.setLayout(side)
        self.form_side = card(self.heading, self.form)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(px(2 * GRID), px(2 * GRID), px(2 * GRID), px(2 * GRID))
        outer.setSpacing(px(2 * GRID))
        outer.addWidget(self.list_side, self.LIST_SHARE[0])
        outer.addWidget(self.form_side, self.LIST_SHARE[1])

    def _connect(self) -> None:
        self.search.changed.connect(self._filter)
        self.search.entered.connect(self._enter_list)
        self.search.editor.installEventFilter(self)
        self.list.current_row_changed.connect(self._on_current)
        self.list.activated_row.connect(lambda _row: self.enter_form())
        self.form.saved.connect(self._on_saved)
        self.form.cancelled.connect(self.back_to_list)
        self.form.stale.connect(self.load)
        self.form.unchanged.connect(self.on_unchanged)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from Find into the list."""
        is_press = event.type() == QEvent.Type.KeyPress and watched is self.search.editor
        if is_press and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self._enter_list()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change over when the width crosses the limit."""
        super().resizeEvent(event)
        self.narrow = self.width() < px(NARROW)
        self._show_sides()

    def _show_sides(self) -> None:
        self.list_side.setVisible(not self.narrow or not self._form_open)
        self.form_side.setVisible(not self.narrow or self._form_open)

    # --- rows ------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[R]) -> None:
        """The list as it is now; the chosen row stays chosen, the form follows what changed of it."""
        self.rows = list(rows)
        self._filter()
        if self._wanted is not None:
            if self.list.select_key(self._wanted):
                self._wanted = None
        elif self.list.current() is None and not self.form.is_new:
            self.list.select_first()
        if not self.form.is_new:
            self._follow()
            self._on_current(self.list.current())

    def _filter(self) -> None:
        typed = fold(self.search.value()).split()
        shown = [each for each in self.rows if self.fits(each) and _found(typed, self.words_of(each))]
        self.list.set_empty(tr("Nothing is called that.") if typed else self.empty_text())
        self._filling = True
        self.list.set_rows(shown)
        self._filling = False

    def look_again(self) -> None:
        """Filter the rows that are here once more."""
        self._filter()

    def _follow(self) -> None:
        shown = self.form.row
        if shown is None:
            return
        key = self.key_of(shown)
        now = next((each for each in self.rows if self.key_of(each) == key), None)
        if now is None:
            self.show_nothing()
            self._on_current(self.list.current())
        else:
            self.form.follow(now)
            self.heading.setText(self.name_of(now))
            self.row_shown.emit(now)

    def show_nothing(self) -> None:
        """No row is chosen: an empty form that takes nothing."""
        self.form.show_nothing()
        self.form.setEnabled(False)
        self.heading.setText("")
        self.row_shown.emit(None)

    def _on_current(self, chosen: R | None) -> None:
        if chosen is None or self._filling:
            return
        if self.form.row is not None and self.key_of(self.form.row) == self.key_of(chosen) and not self.form.is_new:
            return
        self.form.setEnabled(True)
        self.heading.setText(self.name_of(chosen))
        self.form.show_row(chosen, subject=str(self.key_of(chosen)))
        self.row_shown.emit(chosen)

    def start_new(self, title: str) -> None:
        """An empty form for a new row."""
        self.form.setEnabled(True)
        self.heading.setText(title)
        self.form.show_new()
        self.row_shown.emit(None)
        self.enter_form()

    # --- going about -----------------------------------------------------------------------------

    def start_focus(self) -> QWidget:
        return self.form if self.narrow and self._form_open else self.list

    def places(self) -> Sequence[QWidget]:
        return (self.search.editor, self.list, self.form.first_editor())

    def find_focus(self) -> None:
        """Ctrl+F."""
        self._close_form()
        self.search.focus_editor()

    def enter_form(self) -> None:
        """Enter on a row: to the form's first field."""
        if self.form.row is None and not self.form.is_new:
            return
        self._form_open = True
        self._show_sides()
        self.form.start()

    def back_to_list(self) -> None:
        """Esc in the form; a new row that was begun is offered again as a draft."""
        if self.form.is_new:
            self.show_nothing()
            self._on_current(self.list.current())
        self._enter_list()

    def _close_form(self) -> None:
        self._form_open = False
        self._show_sides()

    def _enter_list(self) -> None:
        self._close_form()
        if self.list.current() is None:
            self.list.select_first()
        self.list.setFocus()

    def leave(self) -> None:
        self.form.keep_draft()

    def on_unchanged(self) -> None:
        """Save was pressed and nothing was changed: back to the list."""
        self.context.messages.info(tr("Nothing was changed."))
        self.back_to_list()

    # --- saving ----------------------------------------------------------------------------------

    def _on_saved(self, outcome: Outcome[Any]) -> None:
        self._wanted = self.saved_key(outcome)
        self.show_nothing()
        self._close_form()
        self.list.setFocus()
        self.after_save(outcome)
        self.load()


def _found(typed: Sequence[str], words: str) -> bool:
    """Whether each typed word begins a word of the row."""
    have = f" {fold(words)}"
    return all(f" {word}" in have for word in typed)
