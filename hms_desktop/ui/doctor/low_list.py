"""A list that shares a low window with others: it asks for little height, and grows with the room there is."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize

from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px

R = TypeVar("R")


class LowList(RowsView[R]):
    """As `RowsView`, but at home in a column that scrolls as a whole."""

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column[R]],
        *,
        key: Callable[[R], Hashable],
        empty: str,
        least: int,
    ) -> None:
        """`least` is the height it asks for, in pixels at normal text size."""
        super().__init__(name, title, columns, key=key, empty=empty)
        self._least = least

    def sizeHint(self) -> QSize:
        """The least height."""
        return QSize(super().sizeHint().width(), px(self._least))

    def minimumSizeHint(self) -> QSize:
        """Never less."""
        return QSize(super().minimumSizeHint().width(), px(self._least))
