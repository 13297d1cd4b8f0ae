"""CSV files as typed rows: a frozen dataclass names the columns and their kinds, and every row is read by it.

Kinds of a field: text, whole number, decimal, yes/no (0 or 1), day, moment, a word of a StrEnum, a list (`a|b`), or one
of these `| None` (an empty cell). A field with a default may be missing as a column. Headers count without case.
"""

import csv
import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

from hms_desktop.domain.errors import BadInput, CanNotWrite

T = TypeVar("T")
Cells = Mapping[str, str]

LIST_MARK = "|"
"""What stands between the entries of a list in one cell."""


class BadCell(ValueError):
    """A cell that can't be what its column wants. `reason` is a code: required, number, date, choice, flag."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """One row of a file: its line number (the header is 1), its cells, and what it says, or what is wrong with it."""

    number: int
    cells: Cells = field(repr=False)
    value: T | None = None
    column: str = ""
    reason: str = ""


def column(name: str, **options: Any) -> Any:
    """A dataclass field whose column is called otherwise than the field."""
    return field(metadata={"column": name}, **options)


def read_rows(path: Path, kind: type[T]) -> Iterator[T]:
    """Every row of a file that must be sound. Raises BadInput naming file, column and line of the first bad cell."""
    for line in sift_rows(path, kind):
        if line.value is None:
            raise BadInput(source=path.name, reason=line.reason, column=line.column, line=line.number)
        yield line.value


def sift_rows(path: Path, kind: type[T]) -> Iterator[Line[T]]:
    """Every row of a file: read, or refused with the reason. Raises BadInput when the file itself can't be read."""
    for number, cells in read_cells(path, needed_columns(kind)):
        yield sift_row(kind, number, cells)


def needed_columns(kind: type) -> tuple[str, ...]:
    """The headers that a file of these rows must have, in small letters."""
    return tuple(each.header for each in _columns_of(kind) if each.default is _NONE_GIVEN)


def sift_row(kind: type[T], number: int, cells: Cells) -> Line[T]:
    """One row: read, or refused with the reason."""
    try:
        values = {each.name: _value(each, cells) for each in _columns_of(kind)}
    except BadCell as bad:
        return Line(number, cells, None, bad.column, bad.reason)
    return Line(number, cells, kind(**values))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A CSV file that a spreadsheet opens: UTF-8 with its mark. Raises CanNotWrite."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([_plain(cell) for cell in row] for row in rows)
    except OSError:
        raise CanNotWrite(target=str(path)) from None


def _plain(cell: str) -> str:
    """A cell that a spreadsheet can't take for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} and not cell[1:2].isdigit() else cell


def read_cells(path: Path, wanted: tuple[str, ...] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by small-letter header, blank lines left out.

    Comma, semicolon or tab, told from the header. Raises BadInput when the file is missing, is no UTF-8 text, has no
    header, or lacks one of the `wanted` columns that has no default.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows_of(path, file, wanted)
    except UnicodeDecodeError:
        raise BadInput(source=path.name, reason="encoding") from None
    except csv.Error:
        raise BadInput(source=path.name, reason="format") from None
    except OSError:
        raise BadInput(source=str(path), reason="no_file") from None


def _rows_of(path: Path, file: typing.TextIO, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    first = file.readline()
    if not first.strip():
        raise BadInput(source=path.name, reason="empty")
    file.seek(0)
    reader = csv.reader(file, delimiter=max(",;\t", key=first.count))
    header = [name.strip().casefold() for name in next(reader)]
    missing = [name for name in wanted if name not in header]
    if missing:
        raise BadInput(source=path.name, reason="columns", columns=", ".join(missing), line=1)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False))


@dataclass(frozen=True, slots=True)
class _Column:
    """A field of a row: where its text stands and how it is read."""

    name: str
    header: str
    convert: Callable[[str], Any]
    default: Any


_NONE_GIVEN = object()
_columns: dict[type, tuple[_Column, ...]] = {}


def _columns_of(kind: type) -> tuple[_Column, ...]:
    if kind not in _columns:
        hints = typing.get_type_hints(kind)
        _columns[kind] = tuple(
            _Column(
                each.name,
                str(each.metadata.get("column", each.name)).casefold(),
                converter(hints[each.name]),
                _NONE_GIVEN if each.default is dataclasses.MISSING else each.default,
            )
            for each in dataclasses.fields(kind)
        )
    return _columns[kind]


def _value(each: _Column, cells: Cells) -> Any:
    text = cells.get(each.header)
    if text is None and each.default is not _NONE_GIVEN:
        return each.default
    try:
        return each.convert(text or "")
    except BadCell as bad:
        raise BadCell(bad.reason, each.header) from None


def converter(hint: Any) -> Callable[[str], Any]:
    """How a cell becomes a value of this kind. The function raises BadCell."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        inner = converter(next(part for part in parts if part is not type(None)))
        return lambda text: inner(text) if text else None
    if origin is tuple:
        return lambda text: tuple(part.strip() for part in text.split(LIST_MARK) if part.strip())
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda text: _one_of(hint, text)
    return _CONVERTERS[hint]


def _needed(text: str) -> str:
    if not text:
        raise BadCell("required")
    return text


def _one_of(words: type[StrEnum], text: str) -> StrEnum:
    try:
        return words(_needed(text))
    except ValueError as bad:
        raise bad if isinstance(bad, BadCell) else BadCell("choice") from None


def _whole(text: str) -> int:
    try:
        return int(_needed(text))
    except ValueError as bad:
        raise bad if isinstance(bad, BadCell) else BadCell("number") from None


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(_needed(text))
    except InvalidOperation:
        raise BadCell("number") from None
    if not number.is_finite():
        raise BadCell("number")
    return number


def _flag(text: str) -> bool:
    if text not in {"0", "1"}:
        raise BadCell("flag")
    return text == "1"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(_needed(text)[:10])
    except ValueError as bad:
        raise bad if isinstance(bad, BadCell) else BadCell("date") from None


def _moment(text: str) -> datetime:
    """An ISO 8601 moment; aware only when the text says its zone."""
    try:
        return datetime.fromisoformat(_needed(text))
    except ValueError as bad:
        raise bad if isinstance(bad, BadCell) else BadCell("date") from None


_CONVERTERS: dict[Any, Callable[[str], Any]] = {
    str: lambda text: text, int: _whole, Decimal: _decimal, bool: _flag, date: _day, datetime: _moment,
}  # fmt: skip
