"""Moments on papers: kept in UTC like every fact, shown by the clinic's own clock."""

import dataclasses
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


def in_zone(value: Any, zone: ZoneInfo) -> Any:
    """`value` (a paper, a part of one, or a tuple of parts) with every moment in it as `zone` reads it."""
    if isinstance(value, datetime):
        return value.astimezone(zone)
    if isinstance(value, tuple):
        return tuple(in_zone(each, zone) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: in_zone(getattr(value, f.name), zone) for f in dataclasses.fields(value) if f.init}
        return dataclasses.replace(value, **parts)
    return value
