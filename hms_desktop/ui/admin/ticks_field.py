"""A field of many ticks: one stop of the Tab key, arrows move, letters find, Space ticks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QVBoxLayout

from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.theme import TYPE_AHEAD_MS, font, px
from hms_desktop.words.language import trn

LINE = 28
"""Height of a tick, in pixels at normal text size."""
_CODE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class TickGroup:
    """Ticks under a heading: (code, words)."""

    title: str
    ticks: tuple[tuple[str, str], ...]


class TicksField(Field):
    """Which of a list; the value is the tuple of ticked codes, in the order of the list."""

    def __init__(
        self, name: str, text: str, groups: Sequence[TickGroup] = (), *, columns: int = 1, **shared: Any
    ) -> None:
        """With several `columns` the field is as high as its ticks; with one it takes the room there is and scrolls."""
        self.box = _TickList(columns)
        self._read_only = False
        super().__init__(name, text, self.box, **shared)
        layout = self.layout()
        if columns == 1 and isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(self.box, 1)
        self.set_groups(groups)
        self.box.itemChanged.connect(lambda _item: self._on_ticked())

    def set_groups(self, groups: Sequence[TickGroup]) -> None:
        """Offer others; what is ticked stays so when it is still offered."""
        before = self.value()
        self.box.blockSignals(True)
        self.box.clear()
        for group in groups:
            if group.title:
                self.box.addItem(_heading(group.title))
            for code, words in group.ticks:
                item = QListWidgetItem(words)
                item.setData(_CODE, code)
                self.box.addItem(item)
        self.box.blockSignals(False)
        self.box.fit()
        self.set_value(before)
        self._set_flags()

    def _items(self) -> Iterable[QListWidgetItem]:
        found = (self.box.item(place) for place in range(self.box.count()))
        return [item for item in found if item.data(_CODE) is not None]

    def _set_flags(self) -> None:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self._read_only:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        self.box.blockSignals(True)
        for item in self._items():
            item.setFlags(flags)
        self.box.blockSignals(False)

    def value(self) -> tuple[str, ...]:
        """The ticked codes."""
        return tuple(item.data(_CODE) for item in self._items() if item.checkState() is Qt.CheckState.Checked)

    def set_value(self, value: Any) -> None:
        """Tick these codes, and no others."""
        wanted = set(value or ())
        self.box.blockSignals(True)
        for item in self._items():
            ticked = item.data(_CODE) in wanted
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.box.blockSignals(False)
        self._on_ticked()

    def is_blank(self) -> bool:
        """Whether nothing is ticked."""
        return not self.value()

    def snapshot(self) -> Any:
        """The ticked codes."""
        return list(self.value())

    def restore(self, kept: Any) -> None:
        """Tick them again."""
        self.set_value(kept)

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read, not ticked."""
        self._read_only = read_only
        self._set_flags()

    def _on_ticked(self) -> None:
        count = len(self.value())
        self.set_echo(trn("{n} ticked", "{n} ticked", count))
        self._on_edited()


class _TickList(QListWidget):
    """The list; in several columns every tick is seen at once."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._columns = columns
        self._typed, self._since = "", QElapsedTimer()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if columns > 1:
            self.setFlow(QListView.Flow.LeftToRight)
            self.setWrapping(True)
            self.setResizeMode(QListView.ResizeMode.Adjust)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        else:
            self.setMinimumHeight(px(6 * LINE))

    def fit(self) -> None:
        """Give each tick its share of the width, and the list its height."""
        width = (self.viewport().width() - px(4)) // self._columns if self._columns > 1 else 0
        for place in range(self.count()):
            self.item(place).setSizeHint(QSize(width, px(LINE)))
        if self._columns > 1:
            rows = -(-self.count() // self._columns)
            self.setFixedHeight(px(LINE) * max(rows, 1) + px(10))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes anew begins a new word."""
        self._typed = ""
        super().focusInEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters lead to the next tick that begins with them. (Qt's own search also goes on with what was typed before
        the field was left.)
        """
        old = not self._since.isValid() or self._since.elapsed() > TYPE_AHEAD_MS
        self._since.start()
        self._typed = search if old else self._typed + search
        first = max(0, self.currentRow() + (len(self._typed) == 1))
        for place in (*range(first, self.count()), *range(first)):
            item = self.item(place)
            if item.flags() & Qt.ItemFlag.ItemIsEnabled and item.text().casefold().startswith(self._typed.casefold()):
                self.setCurrentRow(place)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other columns."""
        super().resizeEvent(event)
        self.fit()


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setFont(font(bold=True))
    return item
