"""The only source of column types, so that both engines keep and refuse the same values.

SQLite tables are STRICT; the CHECK constraints that make it as strict as PostgreSQL are generated from the types here
(`checks_for`). No type is a float.
"""

import enum
import json
import operator
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, LargeBinary, String, Uuid
from sqlalchemy import Text as SqlText
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import is_id
from hms_desktop.domain.plain import canonical, utc_text

_INT64 = 2**63 - 1


def _bad(reason: str, value: object) -> InvalidValue:
    return InvalidValue(field="value", reason=reason, value=str(value)[:40])


class _Type(TypeDecorator[Any]):
    """Base: one SQLite and one PostgreSQL form, and the CHECK that SQLite (or both) need."""

    cache_ok = True
    impl: type[TypeEngine[Any]] = SqlText
    sqlite: TypeEngine[Any] = SqlText()
    postgresql: TypeEngine[Any] = SqlText()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(self.sqlite if dialect.name == "sqlite" else self.postgresql)

    def check(self, name: str, dialect: str) -> str | None:
        """The condition that a stored value of column `name` must meet, or None."""
        return None

    def turn(self, dialect: str) -> Callable[[Any], Any] | None:
        """What makes our value of what the driver gives for one that is not NULL; None when they are the same."""
        return None


class Id(_Type):
    """UUIDv7: 16 bytes on SQLite, uuid on PostgreSQL, 32 hex digits in code."""

    cache_ok = True
    impl = LargeBinary
    sqlite = LargeBinary()
    postgresql = Uuid(as_uuid=False)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, str) or not is_id(value):
            raise _bad("id", value)
        return bytes.fromhex(value) if dialect.name == "sqlite" else value

    def turn(self, dialect: str) -> Callable[[Any], Any] | None:
        return bytes.hex if dialect == "sqlite" else operator.attrgetter("hex")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return value.hex() if dialect.name == "sqlite" else value.replace("-", "")

    def check(self, name: str, dialect: str) -> str | None:
        return f"length({name}) = 16" if dialect == "sqlite" else None


class Text(_Type):
    """At most `size` characters, no NUL."""

    cache_ok = True
    impl = SqlText

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size
        self.postgresql = String(size)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, str):
            raise _bad("text", value)
        if len(value) > self.size:
            raise InvalidValue(field="value", reason="too_long", limit=self.size, value=value[:40])
        if "\x00" in value:
            raise _bad("nul", value)
        return value.value if isinstance(value, enum.Enum) else value

    def check(self, name: str, dialect: str) -> str | None:
        return f"length({name}) <= {self.size} AND instr({name}, char(0)) = 0" if dialect == "sqlite" else None


class Money(_Type):
    """Count of the currency's minor unit, as int. Services convert with `Currency`."""

    cache_ok = True
    impl = BigInteger
    sqlite = Integer()
    postgresql = BigInteger()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is not None and (type(value) is not int or abs(value) > _INT64):
            raise _bad("money", value)
        return value


class Whole(Money):
    """A whole number within `low`..`high`."""

    cache_ok = True
    impl = BigInteger

    def __init__(self, low: int = -(2**31), high: int = 2**31 - 1) -> None:
        super().__init__()
        self.low, self.high = low, high

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is not None and (type(value) is not int or not self.low <= value <= self.high):
            raise InvalidValue(field="value", reason="range", value=str(value)[:40], low=self.low, high=self.high)
        return value

    def check(self, name: str, dialect: str) -> str | None:
        return f"{name} BETWEEN {self.low} AND {self.high}"


class Scaled(_Type):
    """A decimal with a fixed number of places, kept as an integer; Decimal in code."""

    cache_ok = True
    impl = BigInteger
    sqlite = Integer()
    postgresql = BigInteger()

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise _bad("number", value)
        scaled = Decimal(value).scaleb(self.places)
        if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) > _INT64:
            raise InvalidValue(field="value", reason="places", value=str(value)[:40], places=self.places)
        return int(scaled)

    def turn(self, dialect: str) -> Callable[[Any], Any] | None:
        places = -self.places
        return lambda value: Decimal(value).scaleb(places)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else Decimal(value).scaleb(-self.places)


class UtcTime(_Type):
    """A moment in UTC: text of fixed width on SQLite, timestamptz on PostgreSQL. Naive values are refused."""

    cache_ok = True
    impl = DateTime
    postgresql = DateTime(timezone=True)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise _bad("time", value)
        return utc_text(value) if dialect.name == "sqlite" else value

    def turn(self, dialect: str) -> Callable[[Any], Any] | None:
        return datetime.fromisoformat if dialect == "sqlite" else operator.methodcaller("astimezone", UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def check(self, name: str, dialect: str) -> str | None:
        day, time = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]", "[0-9][0-9]:[0-9][0-9]:[0-9][0-9]"
        form = f"{day}T{time}.[0-9][0-9][0-9][0-9][0-9][0-9]Z"
        return f"{name} GLOB '{form}'" if dialect == "sqlite" else None


class LocalDate(_Type):
    """A calendar day in the clinic's own zone."""

    cache_ok = True
    impl = Date
    postgresql = Date()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise _bad("date", value)
        return value.isoformat() if dialect.name == "sqlite" else value

    def turn(self, dialect: str) -> Callable[[Any], Any] | None:
        return date.fromisoformat if dialect == "sqlite" else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return date.fromisoformat(value) if isinstance(value, str) else value

    def check(self, name: str, dialect: str) -> str | None:
        return f"{name} IS date({name})" if dialect == "sqlite" else None


class Flag(_Type):
    """True or false; never anything else."""

    cache_ok = True
    impl = Boolean
    sqlite = Integer()
    postgresql = Boolean()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is not None and type(value) is not bool:
            raise _bad("flag", value)
        return int(value) if value is not None and dialect.name == "sqlite" else value

    def turn(self, dialect: str) -> Callable[[Any], Any] | None:
        return bool if dialect == "sqlite" else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else bool(value)

    def check(self, name: str, dialect: str) -> str | None:
        return f"{name} IN (0, 1)" if dialect == "sqlite" else None


class Enum(_Type):
    """One of the words of a StrEnum; the same CHECK on both engines."""

    cache_ok = True
    impl = SqlText

    def __init__(self, words: type[enum.StrEnum]) -> None:
        super().__init__()
        self.words = words
        self.postgresql = String(40)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        try:
            return self.words(value).value
        except ValueError:
            raise _bad("choice", value) from None

    def turn(self, dialect: str) -> Callable[[Any], Any] | None:
        return {word.value: word for word in self.words}.__getitem__

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.words(value)

    def check(self, name: str, dialect: str) -> str | None:
        return f"{name} IN ({', '.join(repr(str(word.value)) for word in self.words)})"


class Json(_Type):
    """Plain JSON with sorted keys and no floats, kept as canonical text on both engines."""

    cache_ok = True
    impl = SqlText

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        try:
            text = canonical(value)
        except (TypeError, ValueError):
            raise _bad("json", type(value).__name__) from None
        if "\\u0000" in text:
            raise _bad("nul", text)
        return text

    def turn(self, dialect: str) -> Callable[[Any], Any] | None:
        return json.loads

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)

    def check(self, name: str, dialect: str) -> str | None:
        return f"json_valid({name})" if dialect == "sqlite" else None


class Bytes(_Type):
    """Bytes of a paper or a logo."""

    cache_ok = True
    impl = LargeBinary
    sqlite = LargeBinary()
    postgresql = LargeBinary()


def from_store(kind: TypeEngine[Any], dialect: str) -> Callable[[Any], Any] | None:
    """What makes our value of a column of this type of what the driver gives (never NULL), or None for nothing.

    The short way for lists; `process_result_value` is the same for one value at a time.
    """
    return kind.turn(dialect) if isinstance(kind, _Type) else None


def checks_for(column: Column[Any], dialect: str) -> str | None:
    """The generated CHECK of one column on one engine, or None."""
    kind = column.type
    condition = kind.check(column.name, dialect) if isinstance(kind, _Type) else None
    if condition is None:
        return None
    return f"{column.name} IS NULL OR ({condition})" if column.nullable else condition
