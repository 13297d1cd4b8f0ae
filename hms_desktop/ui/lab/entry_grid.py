"""The grid of one specimen: a line a test with its cell, unit, flag, range, the value before and the change."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from hms_desktop.domain.lab import ResultKind
from hms_desktop.domain.lab_rows import EntryRow
from hms_desktop.domain.lab_values import show_range
from hms_desktop.ui.kit.badges import BadgeLabel
from hms_desktop.ui.kit.layout import column
from hms_desktop.ui.kit.theme import TypeSize, label, px
from hms_desktop.ui.lab.lab_words import delta_badge, delta_text, flag_badge, flag_text, when_text
from hms_desktop.ui.lab.value_field import Cell, cell_for, kept_text
from hms_desktop.words.language import tr

_TEST, _VALUE, _UNIT, _FLAG, _RANGE, _BEFORE = range(6)
_GAP = 8


class _Line:
    """The widgets of one test."""

    def __init__(self, entry: EntryRow, cell: Cell | None, name: str) -> None:
        self.entry, self.cell = entry, cell
        self.flag = BadgeLabel(f"{name}_flag")
        self.normal = label("", TypeSize.SMALL, muted=True)
        self.before = label(entry.previous or "\u2013", TypeSize.SMALL, muted=not entry.previous)
        self.big_change = BadgeLabel(f"{name}_change")

    def look(self) -> None:
        """Flag and change of what stands in the cell now; text has neither, and no room for them."""
        if self.cell is None or self.entry.rules.kind is ResultKind.TEXT:
            return
        found, delta = self.cell.live_flag(), self.cell.live_delta()
        badge, big = flag_badge(found), delta_badge(delta)
        self.flag.set_badge(badge)
        self.normal.setText("" if badge is not None else flag_text(found))
        self.normal.setVisible(badge is None)
        self.big_change.set_badge(big)
        small = delta_text(delta) if big is None else ""
        self.before.setText(f"{self.entry.previous}  {small}" if self.entry.previous else "\u2013")


class EntryGrid(QScrollArea):
    """Cells for what is not released; what is released stands there to be read."""

    focused = Signal(object)
    """The cell that is worked on."""
    scanned = Signal(str)

    def __init__(self, entries: Sequence[EntryRow], facility: str, zone: ZoneInfo, today: date) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._zone, self._today = zone, today
        self.cells: list[Cell] = []
        self._lines: list[_Line] = []
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, px(6), 0)
        self._grid.setHorizontalSpacing(px(_GAP))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(_TEST, 1)
        self._grid.setColumnMinimumWidth(_FLAG, px(100))
        self._grid.setColumnMinimumWidth(_BEFORE, px(88))
        self._add_heads()
        panel = ""
        for entry in entries:
            if entry.panel != panel:
                panel = entry.panel
                self._add_panel(panel)
            self._add(entry, facility)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.setWidget(inside)
        self.setMinimumWidth(inside.minimumSizeHint().width() + px(20))

    def _add_heads(self) -> None:
        heads = (tr("Test"), tr("Result"), tr("Unit"), tr("Flag"), tr("Range"), tr("Before"))
        for place, text in enumerate(heads):
            self._grid.addWidget(label(text, TypeSize.SMALL, bold=True, muted=True), 0, place)

    def _add_panel(self, name: str) -> None:
        place = self._grid.rowCount()
        self._grid.addWidget(label(name, TypeSize.SMALL, bold=True, muted=True), place, _TEST, 1, 6)

    def _add(self, entry: EntryRow, facility: str) -> None:
        released = entry.result is not None and entry.result.released
        cell = None if released else cell_for(entry, facility)
        line = _Line(entry, cell, f"lab.value_{entry.test_code}")
        self._lines.append(line)
        place = self._grid.rowCount()
        name = label(entry.name)
        name.setWordWrap(True)
        self._grid.addWidget(name, place, _TEST)
        if cell is None:
            self._show_released(line, place)
            return
        wide = entry.rules.kind is ResultKind.TEXT
        self._grid.addWidget(cell, place, _VALUE, 1, 5 if wide else 1)
        if not wide:
            self._add_beside(line, place)
        name.setText(entry.name.replace("&", "&&"))
        name.setBuddy(cell.editor)
        self._follow(cell, line)

    def _show_released(self, line: _Line, place: int) -> None:
        result = line.entry.result
        assert result is not None
        self._grid.addWidget(label(result.value, bold=True), place, _VALUE)
        self._grid.addWidget(label(result.unit, muted=True), place, _UNIT)
        line.flag.set_badge(flag_badge(result.flag))
        self._grid.addWidget(line.flag, place, _FLAG)
        self._grid.addWidget(label(tr("released"), muted=True), place, _RANGE, 1, 2)

    def _add_beside(self, line: _Line, place: int) -> None:
        entry = line.entry
        self._grid.addWidget(label(entry.unit, TypeSize.SMALL, muted=True), place, _UNIT)
        for widget in (line.flag, line.normal):
            self._grid.addWidget(widget, place, _FLAG)
        limits = entry.limits
        shown = show_range(limits.normal_low, limits.normal_high, entry.rules.places) if limits else ""
        choice = entry.rules.kind is ResultKind.CHOICE
        band = label(shown or ("" if choice else tr("no range")), TypeSize.SMALL, muted=not shown)
        if limits is not None:
            band.setToolTip(limits.source)
        self._grid.addWidget(band, place, _RANGE)
        if entry.previous_at is not None:
            line.before.setToolTip(when_text(entry.previous_at, self._zone, self._today))
        self._grid.addLayout(column(line.before, line.big_change, space=2), place, _BEFORE)

    def _follow(self, cell: Cell, line: _Line) -> None:
        cell.put(kept_text(line.entry))
        self.cells.append(cell)
        line.look()
        cell.changed.connect(line.look)
        cell.focused.connect(self._on_focused)
        cell.scanned.connect(self.scanned)
        moved = getattr(cell, "moved", None)
        if moved is not None:
            moved.connect(lambda step: self._go(cell, step))

    def _go(self, cell: Cell, step: int) -> None:
        place = self.cells.index(cell) + step
        if 0 <= place < len(self.cells):
            self.cells[place].focus_editor()

    def _on_focused(self, cell: Cell) -> None:
        self.ensureWidgetVisible(cell.editor, 0, px(40))
        self.focused.emit(cell)
