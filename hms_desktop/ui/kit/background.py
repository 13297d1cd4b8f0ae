"""Work that must not hold up the window: one writer thread, a few readers, answers on the GUI thread.

The runner lives as long as the window and owns the signal by which answers come home; a job carries only a token. Who
asked may have gone meanwhile: then a read's answer is dropped.
"""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hms_desktop.domain.errors import ClinicError

T = TypeVar("T")
SLOW_MS = 500
"""Anything that takes longer shows that it is at work."""


class Changed(Protocol):
    """What a write gives back: it knows which topics it touched."""

    @property
    def changed(self) -> frozenset[str]: ...


C = TypeVar("C", bound=Changed)
Failure = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class _Answer:
    """How a job ended; exactly one of the two is meant."""

    value: object = None
    error: Exception | None = None


@dataclass(slots=True)
class _Job:
    """What waits for an answer."""

    then: Callable[[Any], None]
    otherwise: Failure | None
    owner: QObject | None
    owned: bool
    writes: bool
    started: float
    shows_progress: bool
    channel: str = ""
    turn: int = 0


class Background(QObject):
    """Runs services off the GUI thread and brings their answers back to it."""

    changes = Signal(frozenset)
    """Topics that moved, whoever moved them."""
    busy = Signal(bool)
    """True once something has run for longer than `SLOW_MS`, False when all is done."""
    wrote = Signal()
    """A save of this program is on disk."""
    _answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None, *, readers: int = 3) -> None:
        super().__init__(parent)
        self.on_failure: Failure = _raise_to_hook
        """Where a ClinicError goes that nobody else wanted; the frame puts the messages door here."""
        self._jobs: dict[int, _Job] = {}
        self._turns: dict[str, int] = {}
        self._next = 0
        self._closed = False
        self._is_busy = False
        self._lanes: dict[str, Executor] = {
            "write": ThreadPoolExecutor(1, "hms-write"),
            "read": ThreadPoolExecutor(readers, "hms-read"),
            "aside": ThreadPoolExecutor(1, "hms-aside"),
        }
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._look_for_slow_jobs)
        self._answered.connect(self._on_answered)

    def read(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Failure | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Run `work` on a reader thread, then `then` with its value. Dropped when `owner` is gone by then."""
        self._submit("read", work, self._job(then, otherwise, owner, writes=False))

    def write(
        self,
        work: Callable[[], C],
        then: Callable[[C], None],
        otherwise: Failure | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Run a saving `work` on the one writer thread; tell every screen what changed, then call `then`.

        A failure is never dropped: when `owner` is gone, it goes where unwanted failures go.
        """
        self._submit("write", work, self._job(then, otherwise, owner, writes=True))

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Failure | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Like `read`, but on the writer thread: for what saves without an Outcome (signing in, noting a print)."""
        self._submit("write", work, self._job(then, otherwise, owner, writes=False))

    def latest(
        self,
        channel: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Failure | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Like `read`, but only the newest question on `channel` is answered; older ones are skipped or dropped."""
        job = self._job(then, otherwise, owner, writes=False)
        job.channel, job.turn = channel, self._turns.get(channel, 0) + 1
        self._turns[channel] = job.turn
        self._submit("read", work, job)

    def forget(self, channel: str) -> None:
        """Drop whatever is still being asked on `channel`."""
        self._turns[channel] = self._turns.get(channel, 0) + 1

    def aside(self, work: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Small local matters (drafts, settings of this PC), one after the other, without a progress sign."""
        job = self._job(then or _nothing, None, None, writes=False)
        job.shows_progress = False
        self._submit("aside", work, job)

    def announce(self, topics: frozenset[str]) -> None:
        """Tell every screen that `topics` moved (another station, sync)."""
        if topics:
            self.changes.emit(topics)

    def fail(self, error: Exception, otherwise: Failure | None = None) -> None:
        """Send a failure where it belongs: to `otherwise`, else to the messages door, else (our fault) to the hook."""
        if otherwise is not None:
            otherwise(error)
        elif isinstance(error, ClinicError):
            self.on_failure(error)
        else:
            _raise_to_hook(error)

    @property
    def idle(self) -> bool:
        """Whether nothing is running or waiting."""
        return not self._jobs

    def shutdown(self) -> None:
        """Finish what is being saved, drop what was only being read, end all threads."""
        self._closed = True
        self._slow.stop()
        for name, lane in self._lanes.items():
            lane.shutdown(wait=True, cancel_futures=name == "read")
        self._jobs.clear()

    def _job(
        self, then: Callable[[Any], None], otherwise: Failure | None, owner: QObject | None, *, writes: bool
    ) -> _Job:
        return _Job(then, otherwise, owner, owner is not None, writes, monotonic(), True)

    def _submit(self, lane: str, work: Callable[[], object], job: _Job) -> None:
        if self._closed:
            return
        self._next += 1
        token = self._next
        self._jobs[token] = job
        if job.shows_progress and not self._slow.isActive():
            self._slow.start()
        self._run_on(lane, token, work, job)

    def _run_on(self, lane: str, token: int, work: Callable[[], object], job: _Job) -> None:
        self._lanes[lane].submit(self._run, token, work, job)

    def _run(self, token: int, work: Callable[[], object], job: _Job) -> None:
        try:
            answer = _Answer() if self._outrun(job) else _Answer(work())
        except Exception as error:  # noqa: BLE001 - whatever it is, it goes to the GUI thread
            answer = _Answer(error=error)
        if shiboken6.isValid(self):
            self._answered.emit(token, answer)

    def _outrun(self, job: _Job) -> bool:
        return bool(job.channel) and self._turns.get(job.channel) != job.turn

    @Slot(int, object)
    def _on_answered(self, token: int, answer: object) -> None:
        job = self._jobs.pop(token, None)
        if not any(each.shows_progress for each in self._jobs.values()):
            self._all_is_done()
        if job is None or self._outrun(job):
            return
        self._deliver(job, cast(_Answer, answer))

    def _all_is_done(self) -> None:
        self._slow.stop()
        if self._is_busy:
            self._is_busy = False
            self.busy.emit(False)

    def _deliver(self, job: _Job, answer: _Answer) -> None:
        gone = job.owned and not shiboken6.isValid(job.owner)
        if answer.error is not None:
            if gone and not job.writes:
                return
            self.fail(answer.error, None if gone else job.otherwise)
            return
        if job.writes:
            self.wrote.emit()
            self.announce(cast(Changed, answer.value).changed)
            gone = job.owned and not shiboken6.isValid(job.owner)
        if not gone:
            job.then(answer.value)

    def _look_for_slow_jobs(self) -> None:
        waiting = [job for job in self._jobs.values() if job.shows_progress]
        if not waiting:
            return
        if any(monotonic() - job.started >= SLOW_MS / 1000 - 0.02 for job in waiting):
            if not self._is_busy:
                self._is_busy = True
                self.busy.emit(True)
        else:
            self._slow.start()


class InlineBackground(Background):
    """For tests: every job runs at once, in the calling thread, and its answer comes before the call returns."""

    def _run_on(self, _lane: str, token: int, work: Callable[[], object], job: _Job) -> None:
        self._run(token, work, job)


def _nothing(_value: object) -> None:
    return None


def _raise_to_hook(error: Exception) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def on_gui_thread() -> bool:
    """Whether the caller may touch widgets."""
    return threading.current_thread() is threading.main_thread()
