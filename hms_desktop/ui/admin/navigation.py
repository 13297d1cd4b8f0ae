"""The list of pages on the left, in groups: arrows change the page, Enter goes into it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from hms_desktop.ui.kit.theme import TypeSize, font, px
from hms_desktop.words.language import tr

_NAME = Qt.ItemDataRole.UserRole


class NavigationList(QListWidget):
    """Pages by name."""

    picked = Signal(str)
    """Another page was chosen."""
    entered_page = Signal()
    """Enter or Right: the work goes on in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("admin.pages")
        self.setAccessibleName(tr("Pages"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(px(168))
        self.setUniformItemSizes(False)
        self.currentItemChanged.connect(self._on_current)
        self.itemClicked.connect(lambda _item: self.entered_page.emit())

    def set_pages(self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Groups of (name, title) under a heading; a group without pages is left out."""
        for title, pages in groups:
            if title and pages:
                heading = QListWidgetItem(title)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(font(TypeSize.SMALL, bold=True))
                heading.setSizeHint(QSize(0, px(34)))
                heading.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
                self.addItem(heading)
            for name, text in pages:
                item = QListWidgetItem(text)
                item.setData(_NAME, name)
                item.setSizeHint(QSize(0, px(30)))
                self.addItem(item)

    def names(self) -> list[str]:
        """The pages that are listed."""
        found = (self.item(place).data(_NAME) for place in range(self.count()))
        return [name for name in found if name]

    def pick(self, name: str) -> None:
        """Choose a page."""
        for place in range(self.count()):
            if self.item(place).data(_NAME) == name:
                self.setCurrentRow(place)

    def _on_current(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        name = now.data(_NAME) if now is not None else None
        if name:
            self.picked.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Right go into the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_page.emit()
        else:
            super().keyPressEvent(event)
