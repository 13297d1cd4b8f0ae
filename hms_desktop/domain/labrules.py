"""Lab results: which range fits the patient, the flag, the change since last time, who may release.

Flags are HL7 interpretation codes (N, L, H, LL, HH, A). Ranges come from the clinic's catalogue, each with its source.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hms_desktop.domain.errors import NeedsVerification
from hms_desktop.domain.lab import Flag, OrderState
from hms_desktop.domain.patients import Sex


@dataclass(frozen=True, slots=True)
class Range:
    """Reference limits for one kind of patient. None is no limit on that side.

    Ages in completed days, `age_to_days` excluded, None is open. `sex` or `pregnant` None fits everybody.
    """

    normal_low: Decimal | None = None
    normal_high: Decimal | None = None
    critical_low: Decimal | None = None
    critical_high: Decimal | None = None
    sex: Sex | None = None
    age_from_days: int = 0
    age_to_days: int | None = None
    pregnant: bool | None = None
    source: str = ""

    def fits(self, sex: Sex, age_days: int | None, *, pregnant: bool) -> bool:
        """Whether this range is for such a patient; an unknown age fits only a range for all ages."""
        if self.sex not in {None, sex} or self.pregnant not in {None, pregnant}:
            return False
        if age_days is None:
            return self.age_from_days == 0 and self.age_to_days is None
        return self.age_from_days <= age_days and (self.age_to_days is None or age_days < self.age_to_days)

    @property
    def narrowness(self) -> tuple[bool, bool, int]:
        """Sort key, most particular first: pregnancy, sex, then the fewer days of age."""
        span = 10**6 if self.age_to_days is None else self.age_to_days - self.age_from_days
        return self.pregnant is None, self.sex is None, span


def choose_range(ranges: Iterable[Range], sex: Sex, age_days: int | None, *, pregnant: bool = False) -> Range | None:
    """The most particular range that fits; None when none does, and then there is no flag."""
    fitting = [r for r in ranges if r.fits(sex, age_days, pregnant=pregnant)]
    return min(fitting, key=lambda r: r.narrowness) if fitting else None


def flag(value: Decimal, limits: Range | None) -> Flag | None:
    """LL and HH at or beyond the critical limit, L and H outside the normal ones, else N; None when no limit is
    known.
    """
    if limits is None:
        return None
    if limits.critical_low is not None and value <= limits.critical_low:
        return Flag.CRITICAL_LOW
    if limits.critical_high is not None and value >= limits.critical_high:
        return Flag.CRITICAL_HIGH
    if limits.normal_low is not None and value < limits.normal_low:
        return Flag.LOW
    if limits.normal_high is not None and value > limits.normal_high:
        return Flag.HIGH
    return None if limits.normal_low is None and limits.normal_high is None else Flag.NORMAL


def flag_choice(value: str, abnormal: Iterable[str]) -> Flag:
    """A when the chosen answer is one of the abnormal ones, else N."""
    return Flag.ABNORMAL if value in set(abnormal) else Flag.NORMAL


def is_critical(found: Flag | None) -> bool:
    """Whether somebody must be called at once."""
    return found in {Flag.CRITICAL_LOW, Flag.CRITICAL_HIGH}


@dataclass(frozen=True, slots=True)
class Delta:
    """Change since the previous result. `percent` signed, one decimal, None when the previous value was 0."""

    previous: Decimal
    change: Decimal
    percent: Decimal | None
    remarkable: bool


def delta_check(value: Decimal, previous: Decimal | None, limit_percent: Decimal | None) -> Delta | None:
    """The change since `previous`; remarkable above `limit_percent` (the test's own limit; None never remarks).

    From 0 any change at all is remarkable, for it has no percentage. None without a previous value.
    """
    if previous is None:
        return None
    change = value - previous
    percent = (change / abs(previous) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP) if previous else None
    if limit_percent is None:
        return Delta(previous, change, percent, remarkable=False)
    beyond = change != 0 if not previous else abs(change) * 100 > limit_percent * abs(previous)
    return Delta(previous, change, percent, beyond)


def is_own_release(entered_by: str, releaser: str) -> bool:
    """Whether the person who entered a result also releases it; the result is marked so."""
    return entered_by == releaser


def may_release(entered_by: str, releaser: str, *, one_technician: bool) -> bool:
    """Whether `releaser` may verify what `entered_by` entered: somebody else, or oneself where the clinic allows it."""
    return one_technician or not is_own_release(entered_by, releaser)


def refuse_own_release(entered_by: str, releaser: str, *, one_technician: bool, test: str) -> None:
    """Raises NeedsVerification naming `test` when a second person must release."""
    if not may_release(entered_by, releaser, one_technician=one_technician):
        raise NeedsVerification(test=test)


def order_state(items: Iterable[OrderState]) -> OrderState:
    """The state of an order from its items: cancelled ones do not count unless all are; the most advanced work
    shows.
    """
    live = [state for state in items if state is not OrderState.CANCELLED]
    if not live:
        return OrderState.CANCELLED
    if all(state is OrderState.COMPLETED for state in live):
        return OrderState.COMPLETED
    if OrderState.IN_PROGRESS in live or OrderState.COMPLETED in live:
        return OrderState.IN_PROGRESS
    return OrderState.COLLECTED if OrderState.COLLECTED in live else OrderState.ORDERED
