"""A select that is asked all day long: its words are made once an engine, its answer comes a column at a time.

SQLAlchemy writes the statement and knows the types of its columns; the driver answers it. So a list costs little more
than the same statement written by hand: no statement is built, compiled or looked up, no row object is made, and each
column is turned into our values by one loop in C (`types.from_store`).
"""

import enum
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import fields, make_dataclass
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Select, SelectBase, exc
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler

from hms_desktop.data.types import from_store

T = TypeVar("T")
Column = Sequence[Any]
"""The values of one column, one a row."""

_Turn = Callable[[Any], Any]


class Question:
    """A select with `bindparam`s for what differs from one time to the next. Keep one a module."""

    def __init__(self, select: SelectBase) -> None:
        self.select = select
        self._written: dict[str, _Written] = {}

    def columns(self, connection: Connection, values: dict[str, Any]) -> list[Column]:
        """The answer by columns, in the order of the select; every column is empty when there is no row."""
        dialect = connection.dialect
        written = self._written.get(dialect.name)
        if written is None:
            written = self._written[dialect.name] = _Written(self.select, dialect)
        rows = _answer(connection, written.statement, written.filled(values))
        if not rows:
            return [()] * len(written.turns)
        return [
            column if turn is None else _turned(turn, column)
            for turn, column in zip(written.turns, zip(*rows, strict=True), strict=True)
        ]


def first(select: Select[Any], most: int) -> Select[Any]:
    """Only the first `most` rows. The number is part of the statement: SQLite sorts a fifth slower when it does not
    know it.
    """
    return select.suffix_with(f"LIMIT {most:d}")


class _Written:
    """A question in the words of one engine: the statement, its places, and what turns its columns into our values."""

    def __init__(self, select: SelectBase, dialect: Dialect) -> None:
        compiled = select.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise TypeError("a question has a fixed number of places: write out what `in_` compares with")
        self.statement = str(compiled)
        self.turns = tuple(from_store(column.type, dialect.name) for column in select.selected_columns)
        self._order: Sequence[str] | None = compiled.positiontup
        turn = {key: bind.type.dialect_impl(dialect).bind_processor(dialect) for key, bind in compiled.binds.items()}
        self._turn = {key: each for key, each in turn.items() if each is not None}
        self._asked = {key for key, bind in compiled.binds.items() if bind.required}
        self._fixed = {key: self._kept(key, value) for key, value in compiled.params.items() if key not in self._asked}

    def _kept(self, key: str, value: Any) -> Any:
        turn = self._turn.get(key)
        return value if turn is None else turn(value)

    def filled(self, values: dict[str, Any]) -> Any:
        """The values of all places as the driver takes them. Raises TypeError when they are not those asked for."""
        if values.keys() != self._asked:
            raise TypeError(f"the question asks for {sorted(self._asked)}, not {sorted(values)}")
        given = {**self._fixed, **{key: self._kept(key, value) for key, value in values.items()}}
        return given if self._order is None else [given[key] for key in self._order]


def _turned(turn: _Turn, column: Column) -> Column:
    missing = column.count(None)
    if missing == len(column):
        return column
    if missing:
        return [None if value is None else turn(value) for value in column]
    return list(map(turn, column))


def _answer(connection: Connection, statement: str, filled: Any) -> list[tuple[Any, ...]]:
    """All rows by the driver's own cursor; who listens to the engine hears of the statement as of any other."""
    if not connection.in_transaction():
        connection.begin()
    cursor: DBAPICursor = connection.connection.cursor()
    heard: Iterable[Any] = connection.dispatch.before_cursor_execute
    for listener in heard:
        listener(connection, cursor, statement, filled, None, False)
    error: type[Exception] = connection.dialect.loaded_dbapi.Error
    try:
        cursor.execute(statement, filled)
        rows = cursor.fetchall()
    except error as fault:
        raise exc.DBAPIError.instance(statement, filled, fault, error, dialect=connection.dialect) from fault
    finally:
        cursor.close()
    return cast("list[tuple[Any, ...]]", rows)


@cache
def _twin(row: type[Any]) -> type[Any]:
    """The same fields in a class that may be changed: a frozen dataclass sets each field by a call, which costs ten
    times as much as the field.
    """
    if hasattr(row, "__post_init__"):
        raise TypeError(f"{row.__name__} checks itself and must be made by its own __init__")
    return make_dataclass(row.__name__, [each.name for each in fields(cast(Any, row))], slots=True)


def rows_of(row: type[T], *columns: Iterable[Any]) -> list[T]:
    """One `row` a line of the columns, which come in the order of the dataclass's fields (frozen, with slots)."""
    found = list(map(_twin(cast("Hashable", row)), *columns))
    for each in found:
        each.__class__ = row
    return found


@cache
def words(kind: type[enum.StrEnum]) -> Callable[[str], Any]:
    """What makes a word of `kind` of its text, as `kind(text)` does in a fifth of the time."""
    return {word.value: word for word in kind}.__getitem__
