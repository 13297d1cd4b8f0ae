from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.queueing import colour_rank, is_overdue, queue_key, waiting_minutes

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CODES = ["red", "orange", "yellow", "", "green", "black"]


def test_colours_come_in_order_and_the_untriaged_before_green() -> None:
    assert [colour_rank(code) for code in CODES] == [0, 1, 2, 3, 4, 5]
    with pytest.raises(ValueError, match="purple"):
        colour_rank("purple")


def test_who_returned_from_the_lab_is_on_top_of_the_colour_only() -> None:
    waiting = [
        ("green, back", queue_key("green", NOON, returned=True)),
        ("yellow, long", queue_key("yellow", NOON - timedelta(hours=3))),
        ("yellow, back", queue_key("yellow", NOON, returned=True)),
        ("yellow, short", queue_key("yellow", NOON - timedelta(hours=1))),
        ("red", queue_key("red", NOON)),
    ]
    order = [name for name, _ in sorted(waiting, key=lambda entry: entry[1])]
    assert order == ["red", "yellow, back", "yellow, long", "yellow, short", "green, back"]


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.integers(-600, 600))
def test_a_more_urgent_colour_never_waits_behind_a_lesser_one(one: str, other: str, minutes: int) -> None:
    later = NOON + timedelta(minutes=minutes)
    if colour_rank(one) < colour_rank(other):
        assert queue_key(one, later) < queue_key(other, NOON, returned=True)


def test_waiting_is_counted_in_whole_minutes_and_never_below_zero() -> None:
    assert waiting_minutes(NOON, NOON + timedelta(seconds=119)) == 1
    assert waiting_minutes(NOON, NOON - timedelta(seconds=5)) == 0


def test_the_next_look_falls_due() -> None:
    assert is_overdue(NOON, NOON)
    assert not is_overdue(NOON, NOON - timedelta(seconds=1))
    assert not is_overdue(None, NOON)
