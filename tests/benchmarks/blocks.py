"""Measuring on a noisy machine: subject and counterpart in turns, the median of the blocks' ratios, p99."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

BLOCKS = 30


@dataclass(frozen=True)
class Measured:
    """One row of the table. Times in milliseconds of one operation; `ratio` is the median over the blocks."""

    name: str
    size: int
    subject_ms: float
    floor_ms: float
    ratio: float
    p99_ms: float
    p99_ratio: float
    operations: int
    goal: str
    count: int | None = None
    """Statements (or bytes) of one operation, where they are counted: what noise cannot move."""


def compare(
    name: str,
    subject: Callable[[int], object],
    floor: Callable[[int], object],
    *,
    size: int = 0,
    each: int = 10,
    blocks: int = BLOCKS,
    goal: str = "",
    count: int | None = None,
) -> Measured:
    """Run `each` operations of both, `blocks` times in turns; the functions get the number of the operation."""
    for warm in range(3):
        subject(warm)
        floor(warm)
    ratios, mine, its = [], [], []
    for block in range(blocks):
        numbers = range(block * each, (block + 1) * each)
        first, second = (
            (_times(subject, numbers), _times(floor, numbers)) if block % 2 else _swapped(subject, floor, numbers)
        )
        mine += first
        its += second
        ratios.append(statistics.median(first) / statistics.median(second))
    return Measured(
        name, size, _ms(statistics.median(mine)), _ms(statistics.median(its)), statistics.median(ratios),
        _ms(_p99(mine)), _p99(mine) / _p99(its), len(mine), goal, count,
    )  # fmt: skip


def _swapped(
    subject: Callable[[int], object], floor: Callable[[int], object], numbers: Sequence[int]
) -> tuple[list[float], list[float]]:
    second = _times(floor, numbers)
    return _times(subject, numbers), second


def _times(work: Callable[[int], object], numbers: Sequence[int]) -> list[float]:
    taken = []
    for number in numbers:
        begun = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - begun)
    return taken


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99) - 1]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 4)
