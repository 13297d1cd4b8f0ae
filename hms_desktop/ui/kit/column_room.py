"""How the columns of a list share its width: whoever has room to spare gives it to those that would be cut."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """One column, all in pixels: `width` is what its desk asked for, `needs` what heading and cells take, `least` the
    heading alone. A `spare` one may be left out where room is tight.
    """

    width: int
    needs: int
    least: int = 0
    stretch: bool = False
    spare: bool = False

    @property
    def tight(self) -> int:
        """As narrow as it can be without cutting more than its desk expected."""
        return self.least if self.stretch else max(self.least, min(self.width, self.needs))


def left_out(room: int, wishes: Sequence[Wish]) -> set[int]:
    """The places of the columns that have no room, the last spare one first."""
    out: set[int] = set()
    stretched = max((min(wish.needs, 2 * wish.least) for wish in wishes if wish.stretch), default=0)
    needed = sum(stretched if wish.stretch else wish.tight for wish in wishes)
    for place in reversed(range(len(wishes))):
        if needed > room and wishes[place].spare:
            out.add(place)
            needed -= wishes[place].tight
    return out


def shared_room(room: int, wishes: Sequence[Wish]) -> list[int]:
    """The width of every column in `room` pixels; 0 for those that stretch: they get what the others leave."""
    if _fits(room, wishes):
        return [0 if wish.stretch else wish.width for wish in wishes]
    left = max(0, room - sum(wish.tight for wish in wishes))
    lacks = [max(0, wish.needs - wish.tight) for wish in wishes]
    fair = [
        lack if wish.stretch else min(lack, round(wish.width * 0.6)) for wish, lack in zip(wishes, lacks, strict=True)
    ]
    given = min(1.0, left / sum(fair)) if sum(fair) else 0.0
    over = max(0, left - sum(fair))
    rest = sum(lacks) - sum(fair)
    more = min(1.0, over / rest) if rest else 0.0
    return [
        0 if wish.stretch else wish.tight + int(part * given) + int((lack - part) * more)
        for wish, lack, part in zip(wishes, lacks, fair, strict=True)
    ]


def _fits(room: int, wishes: Sequence[Wish]) -> bool:
    stretched = [wish.needs for wish in wishes if wish.stretch]
    fixed = [wish for wish in wishes if not wish.stretch]
    enough = all(wish.needs <= wish.width for wish in fixed)
    return enough and sum(wish.width for wish in fixed) + max(stretched, default=0) * len(stretched) <= room
