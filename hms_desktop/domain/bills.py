"""What a bill asks, what came, what is owed: arithmetic in minor units, and the one step of a bill's state.

Owed = charged − adjusted − paid + refunded − pending. The clinic's rounding is part of `adjusted`, so that what is owed
is always an amount that can be paid; it is worked out again from the whole total whenever that moves.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from hms_desktop.domain import states
from hms_desktop.domain.billing import BillState
from hms_desktop.domain.dates import age_in_years
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Rounding, round_total

MOVABLE = frozenset({BillState.OPEN, BillState.PART_PAID, BillState.PAID})
"""States in which a bill still takes charges and money."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of a bill. `adjusted` counts waivers, discounts, write-offs and `rounded`; `pending` is mobile money
    that the operator has not confirmed.
    """

    charged: int = 0
    adjusted: int = 0
    rounded: int = 0
    paid: int = 0
    refunded: int = 0
    pending: int = 0

    @property
    def asked(self) -> int:
        """What the lines ask for after reductions and rounding."""
        return self.charged - self.adjusted

    @property
    def kept(self) -> int:
        """Money that came and was not given back."""
        return self.paid - self.refunded

    @property
    def unpaid(self) -> int:
        """Asked and not confirmed as paid; below zero when too much is kept."""
        return self.asked - self.kept

    @property
    def owed(self) -> int:
        """What may still be taken: never below zero, and less what is on its way."""
        return max(0, self.unpaid - self.pending)

    @property
    def credit(self) -> int:
        """What the clinic owes the patient: kept money that no line asks for any more."""
        return max(0, -self.unpaid)


@dataclass(frozen=True, slots=True)
class Line:
    """A bill's line that is not void. `settled` is what of it was paid or waived."""

    charge_id: Id
    amount: int
    settled: int

    @property
    def open(self) -> int:
        """Neither paid nor waived yet."""
        return self.amount - self.settled


def moved(
    standing: Standing, *, charged: int = 0, adjusted: int = 0, paid: int = 0, refunded: int = 0, pending: int = 0,
    coin: int = 0, rule: Rounding = Rounding.NONE,
) -> Standing:  # fmt: skip
    """The figures after a move, the whole total rounded anew to `coin` (minor units). Raises ValueError where no bill
    can stand (the store's CHECKs agree).
    """
    new = replace(
        standing,
        charged=standing.charged + charged,
        adjusted=standing.adjusted - standing.rounded + adjusted,
        rounded=0,
        paid=standing.paid + paid,
        refunded=standing.refunded + refunded,
        pending=standing.pending + pending,
    )
    if min(new.charged, new.asked, new.paid, new.refunded, new.pending, new.kept) < 0:
        raise ValueError("a bill can't stand like this")
    rounded = new.asked - int(round_total(Decimal(new.asked), Decimal(coin), rule))
    return replace(new, rounded=rounded, adjusted=new.adjusted + rounded)


def state_of(standing: Standing, lines: int) -> BillState:
    """The state that figures and the number of lines that are not void make."""
    nothing_kept = standing.kept == 0 and standing.pending == 0
    if nothing_kept and standing.paid > 0 and standing.asked <= 0:
        return BillState.REFUNDED
    if nothing_kept and lines == 0:
        return BillState.VOID
    if standing.unpaid <= 0:
        return BillState.PAID
    return BillState.PART_PAID if standing.kept > 0 else BillState.OPEN


def next_state(state: BillState, standing: Standing, lines: int) -> BillState:
    """The bill's state after a move. Raises WrongState where no step leads there."""
    wanted = state_of(standing, lines)
    return state if wanted is state else states.step(states.BILL, state, wanted)


def settled_by(standing: Standing) -> int:
    """How much of the lines is settled by confirmed money and reductions; rounding neither opens nor closes a line."""
    if standing.unpaid <= 0:
        return standing.charged
    return min(standing.charged, max(0, standing.kept + standing.adjusted - standing.rounded))


def spread(lines: Sequence[Line], settled: int, first: Collection[Id] = ()) -> dict[Id, int]:
    """Which lines change when `settled` is spread over them (oldest first): charge → what is settled of it now.

    More fills the lines named in `first`, then the oldest; less leaves those in `first`, then the newest.
    """
    now = {line.charge_id: line.settled for line in lines}
    gap = settled - sum(now.values())
    chosen = [line for line in lines if line.charge_id in first]
    others = [line for line in lines if line.charge_id not in first]
    for line in [*chosen, *(others if gap > 0 else reversed(others))]:
        step = min(gap, line.open) if gap > 0 else max(gap, -line.settled)
        now[line.charge_id] += step
        gap -= step
    return {line.charge_id: now[line.charge_id] for line in lines if now[line.charge_id] != line.settled}


def in_turn(amount: int, rooms: Mapping[Id, int]) -> dict[Id, int]:
    """`amount` put into the rooms in their order, each filled before the next; rooms that get nothing are left out."""
    parts: dict[Id, int] = {}
    for key, room in rooms.items():
        part = min(amount, max(0, room))
        if part > 0:
            parts[key] = part
            amount -= part
    return parts


def shares(amounts: Sequence[int], rooms: Mapping[Id, int]) -> list[dict[Id, int]]:
    """For each payment, how much of it goes into which room: the payments in order, the rooms in order."""
    left = dict(rooms)
    split: list[dict[Id, int]] = []
    for amount in amounts:
        parts = in_turn(amount, left)
        for key, part in parts.items():
            left[key] -= part
        split.append(parts)
    return split


def due_on(day: date, days: int) -> date:
    """The day by which a bill of `day` must be paid; from the next day on it is overdue."""
    return day + timedelta(days=days)


TIED_WAIVERS = frozenset({"under_five", "maternity"})
"""Listed reasons that speak of the patient, so that they can be seen to be wrong."""


def waiver_fits(code: str, *, birth_date: date | None, today: date, maternity: bool) -> bool:
    """Whether a reason of `TIED_WAIVERS` is true of the patient and the visit."""
    if code == "under_five":
        return birth_date is not None and age_in_years(birth_date, today) < 5
    return maternity


def suggested_waiver(
    *, birth_date: date | None, today: date, maternity: bool, waives_under_five: bool, waives_maternity: bool
) -> str:
    """The code of the waiver that the payer group's rule suggests (`under_five`, `maternity`), or ''."""
    if waives_under_five and waiver_fits("under_five", birth_date=birth_date, today=today, maternity=maternity):
        return "under_five"
    return "maternity" if waives_maternity and maternity else ""
