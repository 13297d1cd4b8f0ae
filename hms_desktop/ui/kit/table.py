"""Lists: read-only rows from services, selection by id, and a live update that never moves what is selected."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from hms_desktop.ui.kit.badges import Badge, badge_size
from hms_desktop.ui.kit.cells import BADGE, CellDelegate, isolated
from hms_desktop.ui.kit.column_room import Wish, left_out, shared_room
from hms_desktop.ui.kit.theme import TypeSize, font, px, tones

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW_HEIGHT = 34
MEASURED_ROWS = 40
"""As many rows as a screen shows: these decide how wide a column must be."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its title and how a row reads there. `width` in pixels at normal text size, shared out by need;
    a `spare` one is left out where room is tight.
    """

    title: str
    text: Callable[[R], str]
    width: int | None = None
    stretch: bool = False
    right: bool = False
    muted: bool = False
    bold: bool = False
    spare: bool = False
    badge: Callable[[R], Badge | None] | None = None
    tip: Callable[[R], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows of one kind, read-only. A row's identity is `key(row)`."""

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[R] = []
        self._bold = font(bold=True)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Column titles, aligned like their cells."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return self._alignment(self.columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = 0) -> Any:
        """What a cell says, and how."""
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == BADGE:
            return column.badge(row) if column.badge else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.text(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else column.text(row) or None
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if column.bold else None
        return self._look(column, role)

    def _look(self, column: Column[R], role: int) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and column.muted:
            return QColor(tones().muted)
        return None

    @staticmethod
    def _alignment(column: Column[R]) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def row_at(self, index: int) -> R | None:
        """The row in this place."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def rows(self) -> list[R]:
        """All loaded rows."""
        return list(self._rows)

    def place_of(self, key: Hashable) -> int | None:
        """Where the row with this identity stands."""
        return next((i for i, row in enumerate(self._rows) if self._key(row) == key), None)

    def key_of(self, row: R) -> Hashable:
        """A row's identity."""
        return self._key(row)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows; whatever pointed at a row (selection) points at the same row afterwards."""
        new = list(rows)
        if [self._key(row) for row in new] == [self._key(row) for row in self._rows]:
            self._rows = new
            if new:
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(self.columns) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._key(self._rows[index.row()]) for index in before]
        self._rows = new
        places = {self._key(row): i for i, row in enumerate(new)}
        after = [
            self.index(places[key], index.column()) if key in places else QModelIndex()
            for key, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def append_rows(self, rows: Sequence[R]) -> None:
        """The next page. Rows that are here already are left out."""
        known = {self._key(row) for row in self._rows}
        new = [row for row in rows if self._key(row) not in known]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            self._rows.extend(new)
            self.endInsertRows()


class RowsView(QTableView, Generic[R]):
    """A list that keys can work: Up, Down, Home, End, Enter. An empty one says why."""

    activated_row = Signal(object)
    """Enter or double click on a row."""
    current_row_changed = Signal(object)
    """The selected row, or None."""

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column[R]],
        *,
        key: Callable[[R], Hashable],
        empty: str = "",
        more: Callable[[R], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`more` is called with the last row when the person comes near it and there may be more."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.rows_model: RowsModel[R] = RowsModel(columns, key, self)
        self._empty, self._more, self._has_more = empty, more, False
        self._filling, self._sharing, self._dragged = False, False, False
        self.setModel(self.rows_model)
        self.setItemDelegate(CellDelegate(self))
        self._dress(columns)
        self.doubleClicked.connect(lambda index: self._activate(index.row()))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _dress(self, columns: Sequence[Column[R]]) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(px(24))
        for index, column in enumerate(columns):
            header.setSectionResizeMode(index, _resize_mode(column))
            if column.width is not None:
                self.setColumnWidth(index, px(column.width))
        header.sectionResized.connect(self._on_section_resized)

    # --- rows ------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[R], *, has_more: bool = False) -> None:
        """Show these rows; the selected one stays selected and, as far as it can, where it is on the screen."""
        chosen = self.current()
        key = None if chosen is None else self.rows_model.key_of(chosen)
        before = self._top_of(key)
        self._filling = True
        self.rows_model.set_rows(rows)
        self._share_room()
        self._has_more = has_more
        after = self._top_of(key)
        if before is not None and after is not None and after != before:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + after - before)
        if key is not None and after is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        self._filling = False
        self.viewport().update()
        now = self.current()
        if now is not chosen:
            self.current_row_changed.emit(now)

    def append_rows(self, rows: Sequence[R], *, has_more: bool = False) -> None:
        """The next page."""
        self._has_more = has_more
        self.rows_model.append_rows(rows)

    def rows(self) -> list[R]:
        """All loaded rows."""
        return self.rows_model.rows()

    def current(self) -> R | None:
        """The selected row."""
        return self.rows_model.row_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def select_key(self, key: Hashable) -> bool:
        """Select the row with this identity; False when it is not loaded."""
        place = self.rows_model.place_of(key)
        if place is not None:
            self.setCurrentIndex(self.rows_model.index(place, 0))
        return place is not None

    def select_first(self) -> None:
        """Select the first row, if there is one."""
        if self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(0, 0))

    def set_empty(self, text: str) -> None:
        """Why the list may be empty, and the way out."""
        self._empty = text
        self.viewport().update()

    # --- inside ----------------------------------------------------------------------------------

    def _share_room(self) -> None:
        """Let columns with room to spare give it to those that would be cut, until the person draws a border."""
        columns = self.rows_model.columns
        if self._sharing or self._dragged or not columns or not any(column.width is not None for column in columns):
            return
        room = self.viewport().width()
        places = [place for place in range(len(columns)) if columns[place].spare or not self.isColumnHidden(place)]
        wishes = [self._wish(place, columns[place]) for place in places]
        out = left_out(room, wishes)
        self._sharing = True
        for place in (place for place in places if columns[place].spare):
            self.setColumnHidden(place, places.index(place) in out)
        places = [place for number, place in enumerate(places) if number not in out]
        wishes = [wish for number, wish in enumerate(wishes) if number not in out]
        for place, width in zip(places, shared_room(room, wishes), strict=True):
            if columns[place].width is not None and not columns[place].stretch:
                self.setColumnWidth(place, width)
        self._sharing = False

    def _wish(self, place: int, column: Column[R]) -> Wish:
        if column.width is None and not column.stretch:
            size = self.horizontalHeader().sectionSize(place)
            return Wish(size, size, size)
        heading = QFontMetrics(font(TypeSize.SMALL, bold=True)).horizontalAdvance(column.title) + px(18)
        cells = (self._cell_needs(column, row) for row in self.rows_model.rows()[:MEASURED_ROWS])
        return Wish(px(column.width or 0), max(heading, 0, *cells), heading, column.stretch, column.spare)

    def _cell_needs(self, column: Column[R], row: R) -> int:
        badge = column.badge(row) if column.badge else None
        if badge is not None:
            return badge_size(badge).width() + px(12)
        first_line = column.text(row).partition("\n")[0]
        return QFontMetrics(font(bold=column.bold)).horizontalAdvance(first_line) + px(12) + 8

    def _on_section_resized(self) -> None:
        if not self._sharing and QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._dragged = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share_room()

    def _top_of(self, key: Hashable) -> int | None:
        place = None if key is None else self.rows_model.place_of(key)
        return None if place is None else self.rowViewportPosition(place)

    def _activate(self, place: int) -> None:
        row = self.rows_model.row_at(place)
        if row is not None:
            self.activated_row.emit(row)

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._filling:
            self.current_row_changed.emit(self.rows_model.row_at(now.row()) if now.isValid() else None)
            self._ask_for_more(now.row())

    def _on_scrolled(self, _value: int) -> None:
        self._ask_for_more(self.rowAt(self.viewport().height() - 2))

    def _ask_for_more(self, place: int) -> None:
        count = self.rows_model.rowCount()
        last = self.rows_model.row_at(count - 1)
        if self._has_more and self._more is not None and last is not None and (place < 0 or place >= count - 10):
            self._has_more = False
            self._more(last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates; Home and End go to the first and last row."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex().row())
        elif plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.rows_model.rowCount():
            place = 0 if event.key() == Qt.Key.Key_Home else self.rows_model.rowCount() - 1
            self.setCurrentIndex(self.rows_model.index(place, 0))
        elif plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        elif plain and event.key() == Qt.Key.Key_Down and not self.currentIndex().isValid():
            self.select_first()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here selects nothing by itself: Qt would make the first row current without showing it."""
        was_chosen = self.currentIndex().isValid()
        self._filling = True
        super().focusInEvent(event)
        if not was_chosen:
            self.setCurrentIndex(QModelIndex())
        self._filling = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, or why there are none."""
        super().paintEvent(event)
        if self.rows_model.rowCount() == 0 and self._empty:
            painter = QPainter(self.viewport())
            chosen: QFont = font(TypeSize.BODY)
            painter.setFont(chosen)
            painter.setPen(tones().muted)
            place = self.viewport().rect().adjusted(px(16), px(16), -px(16), -px(16))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, isolated(self._empty))
            painter.end()


def _resize_mode(column: Column[Any]) -> QHeaderView.ResizeMode:
    if column.stretch:
        return QHeaderView.ResizeMode.Stretch
    return QHeaderView.ResizeMode.ResizeToContents if column.width is None else QHeaderView.ResizeMode.Interactive
