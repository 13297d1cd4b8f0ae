"""Whole lists of the clinic by their natural keys: for loading what the program brings along, and for imports."""

from typing import Any

from sqlalchemy import Row, select

from hms_desktop.data.base import Base, table_of
from hms_desktop.data.reader import Reader

Key = tuple[Any, ...]


def by_key(reader: Reader, mapped: type[Base], key: tuple[str, ...]) -> dict[Key, Row[Any]]:
    """Every row of a list (void ones too) by the values of `key`. For catalogues, which are small."""
    rows = reader.rows(select(table_of(mapped)))
    return {tuple(row._mapping[name] for name in key): row for row in rows}
