"""What every walk through the training clinic needs: its clock, who works there, its lists, chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from random import Random

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.services.clinic import Clinic


class Stop(IntEnum):
    """How far somebody gets: where they wait when the walk ends. `paid` is the whole way."""

    TRIAGE = 1
    DOCTOR = 2
    WITH_DOCTOR = 3
    LAB = 4
    BENCH = 5
    RELEASE = 6
    RETURNED = 7
    PHARMACY = 8
    CASHIER = 9
    PAID = 10


@dataclass
class TrainingClock:
    """A clock that the walks set and move on, never beyond `limit`."""

    now: datetime
    limit: datetime | None = None

    def __call__(self) -> datetime:
        """Now; a little later each time that somebody looks."""
        self._to(self.now + timedelta(milliseconds=20))
        return self.now

    def minutes(self, count: float) -> None:
        """Some time passes."""
        self._to(self.now + timedelta(minutes=count))

    def _to(self, moment: datetime) -> None:
        self.now = moment if self.limit is None else min(moment, self.limit)


@dataclass(frozen=True)
class Scene:
    """What every walk needs: the clinic, its clock, who works where, the lists by code, and chance."""

    clinic: Clinic
    clock: TrainingClock
    random: Random
    staff: Mapping[str, Actor]
    payers: Mapping[str, Id]
    departments: Mapping[str, Id]
    terms: Mapping[str, Id]
    medicines: Mapping[str, Id]

    def who(self, *usernames: str) -> Actor:
        """One of these people, by chance."""
        return self.staff[self.random.choice(usernames)]

    def between(self, cell: str) -> Decimal | None:
        """A value within `lowest-highest`, with the decimals that the cell has; None for an empty cell."""
        low, _dash, high = cell.partition("-")
        if not low:
            return None
        places = len(low.partition(".")[2])
        first, last = (int(Decimal(part).scaleb(places)) for part in (low, high or low))
        return Decimal(self.random.randint(first, last)).scaleb(-places)

    def whole(self, cell: str) -> int | None:
        """The same as a whole number."""
        value = self.between(cell)
        return None if value is None else int(value)


_GROWN = {Sex.FEMALE: (Decimal(62), Decimal(160)), Sex.MALE: (Decimal(69), Decimal(171))}
_GROWING = ((7, 66), (10, 76), (12, 87), (14, 95), (16, 102), (18, 109), (21, 115), (23, 121), (26, 127), (29, 133),
            (32, 138), (36, 144), (41, 150), (46, 156), (51, 161), (55, 164))  # fmt: skip
"""Usual weight (kg) and height (cm) at each year of age up to 15; round figures, for made-up patients only."""


def usual_size(random: Random, age: int, sex: Sex) -> tuple[Decimal, Decimal]:
    """A plausible weight in kg and height in cm."""
    if age < len(_GROWING):
        weight, height = (Decimal(each) for each in _GROWING[age])
    else:
        weight, height = _GROWN.get(sex, _GROWN[Sex.FEMALE])
    share = Decimal(random.randint(88, 114)) / 100
    tall = Decimal(random.randint(96, 104)) / 100
    return (weight * share).quantize(Decimal("0.1")), (height * tall).quantize(Decimal("0.1"))
