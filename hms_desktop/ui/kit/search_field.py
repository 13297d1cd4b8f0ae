"""Search as you type: answers come from a reader thread, the list hangs below the line, keys do everything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hms_desktop.ui.kit.background import Background
from hms_desktop.ui.kit.badges import Badge, badge_size, paint_badge
from hms_desktop.ui.kit.field import Field, Problem
from hms_desktop.ui.kit.names import part_of
from hms_desktop.ui.kit.theme import TypeSize, font, px, tones
from hms_desktop.words.language import tr

T = TypeVar("T")
_FOUND = Qt.ItemDataRole.UserRole
MOST_SHOWN = 50
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Found(Generic[T]):
    """An answer: what it is, a quieter note below it, a badge; not `enabled` ones explain and can't be chosen."""

    value: T
    text: str
    note: str = ""
    badge: Badge | None = None
    enabled: bool = True


class _FoundDelegate(QStyledItemDelegate):
    """Paints an answer: text, note below, badge at the end."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines when there is a note."""
        found = index.data(_FOUND)
        return QSize(px(200), px(46) if found.note else px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        found: Found[Any] = index.data(_FOUND)
        worn = tones()
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected) and found.enabled
        rect = option.rect
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        if chosen:
            painter.fillRect(rect, QColor(worn.chosen))
        place = QRectF(rect).adjusted(px(10), px(4), -px(10), -px(4))
        if found.badge:
            place = self._paint_badge(painter, place, found.badge, mirrored)
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font(TypeSize.BODY))
        painter.setPen(QColor(worn.on_chosen if chosen else worn.text if found.enabled else worn.muted))
        upper = Qt.AlignmentFlag.AlignTop if found.note else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            place, align | upper | Qt.AlignmentFlag.AlignAbsolute, self._fitting(painter, found.text, place)
        )
        if found.note:
            painter.setFont(font(TypeSize.SMALL))
            painter.setPen(QColor(worn.on_chosen if chosen else worn.muted))
            note = self._fitting(painter, found.note, place)
            painter.drawText(place, align | Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignAbsolute, note)
        painter.restore()

    @staticmethod
    def _fitting(painter: QPainter, text: str, place: QRectF) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))

    @staticmethod
    def _paint_badge(painter: QPainter, place: QRectF, badge: Badge, mirrored: bool) -> QRectF:
        size = badge_size(badge)
        left = place.left() if mirrored else place.right() - size.width()
        where = QRectF(left, place.center().y() - size.height() / 2, size.width(), size.height())
        paint_badge(painter, where, badge, mirrored=mirrored)
        room = size.width() + px(8)
        return place.adjusted(room, 0, 0, 0) if mirrored else place.adjusted(0, 0, -room, 0)


class _AnswersFrame(QFrame):
    """The list below the line: a child of the window, so that the line keeps the focus."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("popup", True)
        self.setObjectName(part_of(name, "answers"))
        self.list = QListView()
        self.list.setObjectName(part_of(name, "list"))
        self.list.setAccessibleName(tr("Answers"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_FoundDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model = QStandardItemModel(self.list)
        self.list.setModel(self.model)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        self.hide()

    def fill(self, answers: Sequence[Found[Any]], *, choose_first: bool) -> None:
        self.model.clear()
        for found in answers[:MOST_SHOWN]:
            item = QStandardItem(found.text)
            item.setData(found, _FOUND)
            item.setEditable(False)
            item.setSelectable(found.enabled)
            self.model.appendRow(item)
        first = next((i for i, found in enumerate(answers) if found.enabled and choose_first), None)
        self.list.setCurrentIndex(self.model.index(first, 0) if first is not None else QModelIndex())

    def current(self) -> "Found[Any] | None":
        found = self.list.currentIndex().data(_FOUND) if self.list.currentIndex().isValid() else None
        return found if isinstance(found, Found) and found.enabled else None

    def step(self, step: int) -> None:
        row = self.list.currentIndex().row()
        while 0 <= (row := row + step) < self.model.rowCount():
            if self.model.item(row).isSelectable():
                self.list.setCurrentIndex(self.model.index(row, 0))
                return

    def show_below(self, line: QWidget) -> None:
        window = line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        wanted = sum(self.list.sizeHintForRow(i) for i in range(self.model.rowCount())) + px(6)
        corner = line.mapTo(window, QPoint(0, line.height() + 2))
        below = window.height() - corner.y() - px(8)
        above = line.mapTo(window, QPoint(0, 0)).y() - px(8)
        upwards = below < min(wanted, px(160)) and above > below
        height = min(wanted, px(380), max(above if upwards else below, px(40)))
        width = min(max(line.width(), px(440)), window.width() - px(8))
        left = min(max(corner.x(), px(4)), window.width() - width - px(4))
        top = line.mapTo(window, QPoint(0, 0)).y() - height - 2 if upwards else corner.y()
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()


class SearchField(Field, Generic[T]):
    """A line with answers below it. Down and Up move, Enter takes, Esc closes the list."""

    picked = Signal(object)
    """The person took an answer; carries its value."""

    def __init__(
        self,
        name: str,
        text: str,
        *,
        source: Callable[[str], Sequence[Found[T]]],
        background: Background,
        channel: str = "",
        explain: Callable[[str], str] | None = None,
        at_least: int = 1,
        delay_ms: int = 120,
        free_text: bool = False,
        placeholder: str = "",
        large: bool = False,
        **shared: Any,
    ) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        self.line.setProperty("large", large)
        self.line.setClearButtonEnabled(False)
        self._source, self._background = source, background
        self._channel = channel or name
        self._explain = explain or (lambda typed: tr("Nothing found for “{text}”.", text=typed))
        self._at_least, self._free_text = at_least, free_text
        self._chosen: Found[T] | None = None
        self._answers = _AnswersFrame(name)
        super().__init__(name, text, self.line, **shared)
        self._delay = QTimer(self, singleShot=True, interval=delay_ms)
        self._delay.timeout.connect(self._ask)
        self._take_when_answered = False
        self.line.textEdited.connect(self._on_typed)
        self._answers.list.clicked.connect(lambda _index: self._take())
        self.destroyed.connect(self._answers.deleteLater)

    # --- value ---------------------------------------------------------------------------------------

    def value(self) -> T | None:
        """The value of the answer that was taken."""
        return self._chosen.value if self._chosen else None

    def chosen(self) -> Found[T] | None:
        """The answer that was taken."""
        return self._chosen

    def text(self) -> str:
        """What the line says."""
        return self.line.text().strip()

    def is_blank(self) -> bool:
        """Whether the line is empty."""
        return not self.text()

    def set_value(self, value: Any) -> None:
        """Only None: clears. To show an answer use `set_found`."""
        if value is not None:
            raise TypeError("a search field shows answers: use set_found")
        self.set_found(None)

    def set_found(self, found: Found[T] | None) -> None:
        """Show an answer as taken."""
        self._close()
        self._chosen = found
        self.line.setText(found.text if found else "")
        self.line.setCursorPosition(0)
        self._on_edited()

    def snapshot(self) -> Any:
        """The words, and the value when it is an id."""
        value = self._chosen.value if self._chosen and isinstance(self._chosen.value, str) else None
        return {"text": self.line.text(), "value": value}

    def restore(self, kept: Any) -> None:
        """Show them again."""
        if isinstance(kept, dict):
            text, value = str(kept.get("text") or ""), kept.get("value")
            self._chosen = Found(value, text) if value is not None else None
            self.line.setText(text)
            self._on_edited()

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read, not changed."""
        self.line.setReadOnly(read_only)

    def _own_problem(self) -> Problem | None:
        if self.is_blank() or self._free_text or self._chosen is not None:
            return None
        return Problem(tr("Choose one from the list."))

    # --- asking --------------------------------------------------------------------------------------

    def _on_typed(self, typed: str) -> None:
        self._chosen = None
        self._take_when_answered = False
        self._on_edited()
        if len(typed.strip()) < self._at_least:
            self._close()
            return
        self._delay.start()

    def _ask(self) -> None:
        typed = self.text()
        source = self._source
        self._background.latest(
            self._channel, lambda: source(typed), lambda answers: self._on_answers(typed, answers), owner=self
        )

    def _on_answers(self, typed: str, answers: Sequence[Found[T]]) -> None:
        if typed != self.text() or not self.line.hasFocus():
            return
        shown: Sequence[Found[Any]] = answers or [Found(None, self._explain(typed), enabled=False)]
        self._answers.fill(shown, choose_first=not self._free_text)
        self._answers.show_below(self.line)
        if self._take_when_answered:
            self._take_when_answered = False
            self._take()
            if self._chosen is not None:
                self.entered.emit()

    @property
    def answers_shown(self) -> bool:
        """Whether the list is open."""
        return self._answers.isVisible()

    def _close(self) -> None:
        self._delay.stop()
        self._background.forget(self._channel)
        self._answers.hide()

    def _take(self) -> None:
        found = self._answers.current()
        if found is None:
            return
        self.set_found(found)
        self.picked.emit(found.value)

    # --- keys ----------------------------------------------------------------------------------------

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._on_arrow(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape and self.answers_shown:
            self._close()
            return True
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self.answers_shown:
            for _ in range(6):
                self._answers.step(1 if key == Qt.Key.Key_PageDown else -1)
            return True
        return super()._on_key(event)

    def _claims(self, event: QKeyEvent) -> bool:
        return self.answers_shown and event.key() == Qt.Key.Key_Escape

    def _on_arrow(self, step: int) -> None:
        if self.answers_shown:
            self._answers.step(step)
        elif self.text() or self._at_least == 0:
            self._ask()

    def _on_enter(self) -> None:
        waiting = self._delay.isActive()
        if self.answers_shown and not waiting and self._answers.current() is not None:
            self._take()
        elif self._chosen is None and not self._free_text and len(self.text()) >= max(self._at_least, 1):
            self._take_when_answered = True
            self._delay.stop()
            self._ask()
            return
        self._close()
        super()._on_enter()

    def _on_focus_out(self) -> None:
        self._close()
        super()._on_focus_out()

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with its line."""
        self._close()
        super().hideEvent(event)
