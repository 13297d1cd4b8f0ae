"""How one cell of a list is painted: plain text, or a badge."""

from typing import Any

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hms_desktop.ui.kit.badges import Badge, badge_size, paint_badge
from hms_desktop.ui.kit.theme import px

BADGE = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives a cell's `Badge`."""


def isolated(text: str) -> str:
    """`text` with its own direction in a right-to-left window (Unicode first-strong isolate); as it is elsewhere."""
    mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"\u2068{text}\u2069" if mirrored and text else text


class CellDelegate(QStyledItemDelegate):
    """Paints badges where a cell has one; never a focus rectangle around one cell, the whole row is chosen."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        opened: Any = QStyleOptionViewItem(option)
        opened.state &= ~QStyle.StateFlag.State_HasFocus
        badge: Badge | None = index.data(BADGE)
        if badge is None:
            super().paint(painter, opened, index)
            return
        self.initStyleOption(opened, index)
        opened.text = ""
        widget = opened.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, opened, painter, widget)
        self._paint_badge(painter, opened, badge)

    @staticmethod
    def _paint_badge(painter: QPainter, option: Any, badge: Badge) -> None:
        size = badge_size(badge)
        rect = option.rect
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        width = min(size.width(), rect.width() - px(8))
        left = rect.right() - px(5) - width if mirrored else rect.left() + px(5)
        place = QRectF(left, rect.center().y() - size.height() / 2 + 0.5, width, size.height())
        paint_badge(painter, place, badge, mirrored=mirrored)

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        """In a right-to-left window each text keeps its own direction: figures and codes stay left to right."""
        return isolated(super().displayText(value, locale))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Wide enough for the badge."""
        badge: Badge | None = index.data(BADGE)
        if badge is None:
            return super().sizeHint(option, index) + QSize(px(8), 0)
        return badge_size(badge) + QSize(px(12), px(8))
