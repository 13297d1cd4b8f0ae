"""Finds what a test left running: Python threads, Qt threads, busy thread pools, ticking timers.

Qt's starters are watched while the guard is set, because Qt keeps no list of its own timers and threads.
"""

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QThread, QThreadPool, QTimer
from shiboken6 import isValid

GRACE_SECONDS = 2.0
"""How long something that is about to end may take to do so."""


class Leftovers:
    """What was started while this object watched."""

    def __init__(self) -> None:
        self._threads = set(threading.enumerate())
        self._started: list[weakref.ref[Any]] = []

    def note(self, thing: Any) -> None:
        """Remember something that was started, without keeping it alive."""
        self._started.append(weakref.ref(thing))

    def running(self) -> list[str]:
        """What still runs now, in words."""
        found = [
            f"thread {each.name}"
            for each in threading.enumerate()
            if each not in self._threads and not isinstance(each, threading._DummyThread) and each.is_alive()
        ]
        things = {id(thing): thing for ref in self._started if (thing := ref()) is not None and isValid(thing)}
        pools = [QThreadPool.globalInstance(), *(each for each in things.values() if isinstance(each, QThreadPool))]
        found += [f"QThreadPool with {pool.activeThreadCount()} at work" for pool in pools if pool.activeThreadCount()]
        found += [f"QThread {t.objectName()}" for t in things.values() if isinstance(t, QThread) and t.isRunning()]
        found += [f"QTimer {_owner(t)}" for t in things.values() if isinstance(t, QTimer) and t.isActive()]
        return found

    def wait_until_none(self) -> list[str]:
        """What still runs after a moment of grace."""
        deadline = time.monotonic() + GRACE_SECONDS
        pause = threading.Event()
        while (found := self.running()) and time.monotonic() < deadline:
            pause.wait(0.02)
        return found


def _owner(timer: QTimer) -> str:
    owner = timer.parent()
    name = f" of {type(owner).__name__}" if owner is not None else ""
    return f"{timer.objectName()}{name}, every {timer.interval()} ms"


@contextmanager
def watched() -> Iterator[Leftovers]:
    """Watch everything that Qt starts inside this block."""
    left = Leftovers()
    starters: list[tuple[Any, Callable[..., Any]]] = [(each, each.start) for each in (QTimer, QThread, QThreadPool)]
    for owner, starter in starters:
        owner.start = _noting(left, starter)
    try:
        yield left
    finally:
        for owner, starter in starters:
            owner.start = starter


def _noting(left: Leftovers, starter: Callable[..., Any]) -> Callable[..., Any]:
    def start(self: Any, *values: Any) -> Any:
        left.note(self)
        return starter(self, *values)

    return start
