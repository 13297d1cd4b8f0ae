"""The order in which waiting patients are called, and how long they have waited."""

from datetime import datetime

from hms_desktop.domain.triage import Colour

_ORDER = {Colour.RED: 0, Colour.ORANGE: 1, Colour.YELLOW: 2, Colour.GREEN: 4, Colour.BLACK: 5}
_NOT_TRIAGED = 3
"""Nobody knows how ill somebody without a colour is: after yellow, before green."""

QueueKey = tuple[int, int, datetime]


def colour_rank(colour: str) -> int:
    """Place of a colour code in the queue, 0 first; an empty code is "not triaged". Raises ValueError for an
    unknown one.
    """
    return _ORDER[Colour(colour)] if colour else _NOT_TRIAGED


def queue_key(colour: str, waiting_since: datetime, *, returned: bool = False) -> QueueKey:
    """Sort key: colour; who came back from the lab before the others of the colour; then who has waited longest."""
    return colour_rank(colour), 0 if returned else 1, waiting_since


def waiting_minutes(waiting_since: datetime, now: datetime) -> int:
    """Whole minutes waited; never below 0, for clocks of two stations may differ by seconds."""
    return max(0, int((now - waiting_since).total_seconds() // 60))


def is_overdue(due: datetime | None, now: datetime) -> bool:
    """Whether the next look at a waiting patient is due."""
    return due is not None and now >= due
