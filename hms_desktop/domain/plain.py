"""Dataclasses to plain JSON values and back: for one-time keys, audit, drafts and digests. No floats, ever."""

import dataclasses
import enum
import json
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Union, get_args, get_origin


def to_plain(value: object) -> Any:
    """`value` as dict, list, str, int, bool or None. Raises TypeError for a float or an unknown kind."""
    if value is None or (isinstance(value, bool | int) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return _to_plain_many(value)


def _to_plain_many(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(to_plain(k)): to_plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(to_plain(v) for v in value)
    if isinstance(value, list | tuple):
        return [to_plain(v) for v in value]
    raise TypeError(f"no plain form for {type(value).__name__}")


def utc_text(moment: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SS.ffffffZ`. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: object) -> str:
    """One canonical JSON text: sorted keys, no spaces, so that equal values have equal texts."""
    return json.dumps(to_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def from_plain(wanted: Any, data: Any) -> Any:
    """The value of type `wanted` that `to_plain` made `data` from. Raises TypeError or ValueError."""
    if wanted is Any or wanted is object:
        return data
    origin = get_origin(wanted)
    if origin is None and hasattr(wanted, "__supertype__"):
        return from_plain(wanted.__supertype__, data)
    if origin in (Union, types.UnionType):
        return _from_union(get_args(wanted), data)
    if origin is not None:
        return _from_many(origin, get_args(wanted), data)
    return _from_one(wanted, data)


def _from_union(choices: tuple[Any, ...], data: Any) -> Any:
    if data is None and type(None) in choices:
        return None
    for choice in (c for c in choices if c is not type(None)):
        try:
            return from_plain(choice, data)
        except (TypeError, ValueError):
            continue
    raise TypeError(f"{data!r} fits none of {choices}")


def _from_many(origin: Any, parts: tuple[Any, ...], data: Any) -> Any:
    if origin in (list, set, frozenset):
        return origin(from_plain(parts[0], item) for item in data)
    if origin is tuple:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(from_plain(parts[0], item) for item in data)
        return tuple(from_plain(part, item) for part, item in zip(parts, data, strict=True))
    if issubclass(origin, Mapping):
        return {from_plain(parts[0], k): from_plain(parts[1], v) for k, v in data.items()}
    if origin is type or dataclasses.is_dataclass(origin):
        return _from_one(origin, data)
    raise TypeError(f"no way back to {origin}")


def _from_one(wanted: Any, data: Any) -> Any:
    if wanted is None or wanted is type(None):
        if data is not None:
            raise TypeError("expected nothing")
        return None
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        hints = typing.get_type_hints(wanted)
        known = {f.name: from_plain(hints[f.name], data[f.name]) for f in dataclasses.fields(wanted) if f.name in data}
        return wanted(**known)
    if issubclass(wanted, enum.Enum) or wanted is Decimal:
        return wanted(data)
    if wanted is datetime:
        return datetime.fromisoformat(data)
    if wanted is date:
        return date.fromisoformat(data)
    if wanted is bytes:
        return bytes.fromhex(data)
    if wanted in (str, int, bool) and type(data) is wanted:
        return data
    raise TypeError(f"{data!r} is no {wanted.__name__}")
