"""Room on small screens and with large text: what a list can do without."""

from collections.abc import Iterable

from PySide6.QtWidgets import QTableView

ROOM_FOR_ALL = 960
"""Below this width (at normal text size) lists show fewer columns, and what stands beside a list takes its place."""


def spare_columns(view: QTableView, columns: Iterable[int], *, tight: bool) -> None:
    """Leave these columns out where room is tight; the row's tip still tells them."""
    for column in columns:
        view.setColumnHidden(column, tight)
