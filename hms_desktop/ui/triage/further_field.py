"""The further signs of the triage tool, as a list to tick: letters find, Space ticks, Enter says "that is all"."""

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from hms_desktop.domain.names import fold, words
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.triage_rows import SignList
from hms_desktop.ui.kit.field import ENTER_KEYS, Field
from hms_desktop.ui.kit.theme import TypeSize, font, label, px, tones
from hms_desktop.words.labels import say

COLUMNS = 3
FORGET_AFTER_SECONDS = 1.0


class SignBox(QCheckBox):
    """One sign of the list; long words wrap."""

    typed = Signal(str)
    finished = Signal()

    def __init__(self, name: str, sign: Sign) -> None:
        super().__init__()
        self.sign = sign
        self._words = say(sign)
        self.setObjectName(name)
        self.setAccessibleName(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _inset(self) -> int:
        """Where the words begin."""
        return px(32)

    def heightForWidth(self, width: int) -> int:
        """One line of words, or more where there is little room."""
        room = QRect(0, 0, max(width - self._inset() - px(4), px(40)), 10_000)
        wrapped = QFontMetrics(font()).boundingRect(room, Qt.TextFlag.TextWordWrap.value, self._words)
        return max(px(26), wrapped.height() + px(1))

    def sizeHint(self) -> QSize:
        """As high as a column of a third of the desk needs."""
        return QSize(px(200), self.heightForWidth(px(200)))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than a word."""
        return QSize(px(120), px(26))

    def hitButton(self, pos: QPoint) -> bool:
        """The words tick too."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own box, then the words on as many lines as they need."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(font(bold=self.isChecked()))
        painter.setPen(QColor(tones().text))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        place = self.rect().adjusted(*((px(4), 0, -self._inset(), 0) if mirrored else (self._inset(), 0, -px(4), 0)))
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place, flags, self._words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters find, Enter finishes; Space and arrows are Qt's own."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in ENTER_KEYS:
            self.finished.emit()
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class FurtherField(Field):
    """Red and yellow criteria beside the danger signs. `gone_through`: the nurse read the list to its end."""

    def __init__(self, name: str, text: str, **shared: Any) -> None:
        self._list = QWidget()
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._outer = QVBoxLayout(self._list)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._held: QWidget | None = None
        self._boxes: dict[Sign, SignBox] = {}
        self._typed, self._typed_at = "", 0.0
        self.gone_through = False
        super().__init__(name, text, self._list, **shared)

    def set_signs(self, signs: Mapping[SignList, Sequence[Sign]]) -> None:
        """Which signs there are, by what they lead to; what is ticked stays ticked."""
        ticked = self.value()
        if self._held is not None:
            self._outer.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = QWidget()
        self._outer.addWidget(self._held)
        self._boxes = {}
        self._lay_out_signs(self._held, signs)
        for sign in ticked & self._boxes.keys():
            self._tick(sign, on=True)

    def _lay_out_signs(self, held: QWidget, signs: Mapping[SignList, Sequence[Sign]]) -> None:
        """Red alone beside red by two, yellow below."""
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(0)
        alone, pairs, yellow = (signs.get(kind, ()) for kind in SignList)
        height = max(self._fill(grid, SignList.RED_ALONE, alone, 0, 0, COLUMNS - 1), 0)
        height = max(self._fill(grid, SignList.RED_BY_TWO, pairs, 0, COLUMNS - 1, 1), height)
        self._fill(grid, SignList.YELLOW_ALONE, yellow, height, 0, COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def _fill(self, grid: QGridLayout, kind: SignList, signs: Sequence[Sign], row: int, column: int, wide: int) -> int:
        """A heading and its signs, column by column; the row after them."""
        if not signs:
            return row
        heading = label(say(kind), TypeSize.SMALL, bold=True, muted=True)
        heading.setWordWrap(True)
        grid.addWidget(heading, row, column, 1, wide)
        height = -(-len(signs) // wide)
        for place, sign in enumerate(signs):
            grid.addWidget(self._box(sign), row + 1 + place % height, column + place // height)
        return row + 1 + height

    def _box(self, sign: Sign) -> SignBox:
        box = SignBox(f"{self.name.split('.', 1)[0]}.sign_{sign.value}", sign)
        box.toggled.connect(self._on_ticked)
        box.typed.connect(self._find)
        box.finished.connect(self._finish)
        self._boxes[sign] = box
        return box

    def _on_ticked(self) -> None:
        self.gone_through = False
        self._on_edited()

    def _tick(self, sign: Sign, *, on: bool) -> None:
        box = self._boxes[sign]
        box.blockSignals(True)
        box.setChecked(on)
        box.blockSignals(False)

    def value(self) -> frozenset[Sign]:
        """The signs that are ticked."""
        return frozenset(sign for sign, box in self._boxes.items() if box.isChecked())

    def set_value(self, value: Any) -> None:
        """Tick these signs; others of the program are left out."""
        wanted = frozenset(value or ())
        self.gone_through = False
        for sign in self._boxes:
            self._tick(sign, on=sign in wanted)
        self._on_edited()

    def is_blank(self) -> bool:
        """Whether nothing is ticked."""
        return not self.value()

    def snapshot(self) -> Any:
        """The signs, and whether the list was read to its end."""
        return {"signs": sorted(sign.value for sign in self.value()), "gone_through": self.gone_through}

    def restore(self, kept: Any) -> None:
        """The same again; signs of another version of the program are left out."""
        known = {sign.value: sign for sign in self._boxes}
        self.set_value(known[code] for code in kept.get("signs", ()) if code in known)
        self.gone_through = bool(kept.get("gone_through"))
        self._on_edited()

    def focus_editor(self) -> None:
        """The first sign of the list."""
        first = next(iter(self._boxes.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self) -> None:
        self.gone_through = True
        self._on_edited()
        self.entered.emit()

    def _find(self, letter: str) -> None:
        """Go to the next sign with a word that begins with what was typed without a pause."""
        now = monotonic()
        self._typed = letter if now - self._typed_at > FORGET_AFTER_SECONDS else self._typed + letter
        self._typed_at = now
        wanted = fold(self._typed)
        boxes = list(self._boxes.values())
        here = next((i for i, box in enumerate(boxes) if box.hasFocus()), -1)
        start = here if len(self._typed) > 1 else here + 1
        for box in boxes[max(start, 0) :] + boxes[: max(start, 0)]:
            if any(word.startswith(wanted) for word in words(say(box.sign))):
                box.setFocus(Qt.FocusReason.OtherFocusReason)
                return
