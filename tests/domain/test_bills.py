"""A bill's arithmetic: what is owed, what is rounded, which state that is, which lines are settled."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.billing import BillState
from hms_desktop.domain.bills import (
    Line,
    Standing,
    due_on,
    in_turn,
    moved,
    next_state,
    settled_by,
    shares,
    spread,
    state_of,
    suggested_waiver,
)
from hms_desktop.domain.errors import WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import Rounding

A, B, C = Id("a"), Id("b"), Id("c")


def test_owed_is_what_is_asked_less_what_is_kept_and_on_its_way() -> None:
    standing = Standing(charged=1000, adjusted=200, paid=500, refunded=100, pending=150)
    assert (standing.asked, standing.kept, standing.unpaid, standing.owed, standing.credit) == (800, 400, 400, 250, 0)
    lowered = moved(standing, charged=-500)
    assert (lowered.unpaid, lowered.owed, lowered.credit) == (-100, 0, 100)


@pytest.mark.parametrize(
    "amounts",
    [{"charged": -1}, {"adjusted": 1}, {"paid": -1}, {"refunded": 1}, {"pending": -1}, {"charged": 5, "adjusted": 6}],
)
def test_a_bill_that_cannot_stand_is_a_mistake(amounts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="stand"):
        moved(Standing(), **amounts)  # type: ignore[arg-type]


@given(
    charges=st.lists(st.integers(0, 10_000), min_size=1, max_size=8),
    coin=st.sampled_from([0, 1, 50, 100, 500]),
    rule=st.sampled_from(list(Rounding)),
)
def test_the_total_is_rounded_as_if_it_were_made_at_once(charges: list[int], coin: int, rule: Rounding) -> None:
    slow = Standing()
    for amount in charges:
        slow = moved(slow, charged=amount, coin=coin, rule=rule)
    at_once = moved(Standing(), charged=sum(charges), coin=coin, rule=rule)
    assert slow == at_once
    assert slow.asked == sum(charges) - slow.rounded
    assert coin == 0 or rule is Rounding.NONE or slow.asked % coin == 0
    assert abs(slow.rounded) < max(coin, 1)


@pytest.mark.parametrize(
    ("standing", "lines", "state"),
    [
        (Standing(), 0, BillState.VOID),
        (Standing(), 1, BillState.PAID),
        (Standing(charged=5), 1, BillState.OPEN),
        (Standing(charged=5, pending=5), 1, BillState.OPEN),
        (Standing(pending=5), 0, BillState.PAID),
        (Standing(charged=5, paid=2), 1, BillState.PART_PAID),
        (Standing(charged=5, paid=5), 1, BillState.PAID),
        (Standing(charged=5, adjusted=5), 1, BillState.PAID),
        (Standing(charged=5, paid=9), 1, BillState.PAID),
        (Standing(paid=5, refunded=5), 0, BillState.REFUNDED),
        (Standing(charged=5, adjusted=5, paid=5, refunded=5), 1, BillState.REFUNDED),
        (Standing(paid=5, refunded=5, pending=1), 0, BillState.PAID),
        (Standing(charged=5, paid=5, refunded=5), 1, BillState.OPEN),
    ],
)
def test_figures_and_lines_make_the_state(standing: Standing, lines: int, state: BillState) -> None:
    assert state_of(standing, lines) is state


def test_a_state_follows_only_allowed_steps() -> None:
    assert next_state(BillState.OPEN, Standing(charged=5), 1) is BillState.OPEN
    assert next_state(BillState.OPEN, Standing(charged=5, paid=5), 1) is BillState.PAID
    with pytest.raises(WrongState):
        next_state(BillState.VOID, Standing(charged=5), 1)


def test_rounding_neither_opens_nor_closes_a_line() -> None:
    assert settled_by(Standing(charged=1000, adjusted=-20, rounded=-20, paid=400)) == 400
    assert settled_by(Standing(charged=1000, adjusted=320, rounded=20, paid=100)) == 400
    assert settled_by(Standing(charged=1000, adjusted=20, rounded=20, paid=980)) == 1000
    assert settled_by(Standing(charged=1000, pending=1000)) == 0


def lines(*settled: int) -> list[Line]:
    return [Line(key, 100, part) for key, part in zip((A, B, C), settled, strict=True)]


@pytest.mark.parametrize(
    ("now", "settled", "first", "expected"),
    [
        ((0, 0, 0), 150, (), {A: 100, B: 50}),
        ((0, 0, 0), 150, (C,), {C: 100, A: 50}),
        ((100, 50, 0), 250, (), {B: 100, C: 50}),
        ((100, 100, 100), 120, (), {C: 0, B: 20}),
        ((100, 100, 100), 220, (A,), {A: 20}),
        ((100, 50, 0), 150, (), {}),
    ],
)
def test_money_settles_the_oldest_lines_first_unless_it_is_meant_for_others(
    now: tuple[int, ...], settled: int, first: tuple[Id, ...], expected: dict[Id, int]
) -> None:
    assert spread(lines(*now), settled, first) == expected


@given(
    amounts=st.lists(st.integers(0, 50), min_size=1, max_size=4),
    rooms=st.lists(st.integers(-5, 60), min_size=1, max_size=4),
)
def test_shares_fill_rooms_in_turn_and_lose_nothing(amounts: list[int], rooms: list[int]) -> None:
    named = {Id(str(place)): room for place, room in enumerate(rooms)}
    split = shares(amounts, named)
    room = sum(max(0, each) for each in rooms)
    assert sum(sum(parts.values()) for parts in split) == min(sum(amounts), room)
    for key, each in named.items():
        assert sum(parts.get(key, 0) for parts in split) <= max(0, each)
    assert in_turn(5, {A: 3, B: 0, C: 9}) == {A: 3, C: 2}


@pytest.mark.parametrize(
    ("birth", "maternity", "under_five", "for_mothers", "expected"),
    [
        (date(2021, 3, 6), False, True, True, "under_five"),
        (date(2021, 3, 5), False, True, True, ""),
        (date(2021, 3, 6), True, True, True, "under_five"),
        (date(2021, 3, 6), True, False, True, "maternity"),
        (None, True, True, True, "maternity"),
        (None, True, True, False, ""),
    ],
)
def test_a_waiver_is_suggested_by_rule_and_age(
    birth: date | None, maternity: bool, under_five: bool, for_mothers: bool, expected: str
) -> None:
    found = suggested_waiver(
        birth_date=birth, today=date(2026, 3, 5), maternity=maternity, waives_under_five=under_five,
        waives_maternity=for_mothers,
    )  # fmt: skip
    assert found == expected


def test_a_bill_is_due_after_the_clinics_days() -> None:
    assert due_on(date(2026, 3, 5), 30) == date(2026, 4, 4)
