"""Identity of every fact: a UUIDv7 made on the station, written as 32 lower-case hex digits."""

import os
import threading
import time
from typing import NewType

Id = NewType("Id", str)
"""32 lower-case hexadecimal digits of a UUID version 7 (RFC 9562)."""

_lock = threading.Lock()
_last: tuple[int, int] = (0, 0)


def new_id() -> Id:
    """A new identity; within one process each one sorts after the one before.

    The first 48 bits are the Unix time in milliseconds; 12 bits count within one millisecond (RFC 9562 §6.2, method 1);
    62 bits are random, so that two stations never meet.
    """
    global _last
    with _lock:
        millis = max(time.time_ns() // 1_000_000, _last[0])
        count = _last[1] + 1 if millis == _last[0] else int.from_bytes(os.urandom(1))
        if count > 0xFFF:
            millis, count = millis + 1, 0
        _last = (millis, count)
    tail = int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF
    value = (millis << 80) | (0x7 << 76) | (count << 64) | (0b10 << 62) | tail
    return Id(f"{value:032x}")


def is_id(text: str) -> bool:
    """Whether `text` is written as an Id."""
    return len(text) == 32 and all(c in "0123456789abcdef" for c in text)
