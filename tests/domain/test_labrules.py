from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.errors import NeedsVerification
from hms_desktop.domain.lab import Flag, OrderState
from hms_desktop.domain.labrules import (
    Delta,
    Range,
    choose_range,
    delta_check,
    flag,
    flag_choice,
    is_critical,
    is_own_release,
    may_release,
    order_state,
    refuse_own_release,
)
from hms_desktop.domain.patients import Sex

D = Decimal
HB = Range(D(12), D(16), D(7), D(20))
ANY = Range(source="any")
WOMEN = Range(sex=Sex.FEMALE, age_from_days=6570, source="women")
PREGNANT = Range(sex=Sex.FEMALE, age_from_days=6570, pregnant=True, source="pregnant")
NEWBORN = Range(age_to_days=28, source="newborn")
TABLE = (ANY, WOMEN, PREGNANT, NEWBORN)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("6.9", Flag.CRITICAL_LOW),
        ("7", Flag.CRITICAL_LOW),
        ("7.1", Flag.LOW),
        ("11.9", Flag.LOW),
        ("12", Flag.NORMAL),
        ("16", Flag.NORMAL),
        ("16.1", Flag.HIGH),
        ("19.9", Flag.HIGH),
        ("20", Flag.CRITICAL_HIGH),
    ],
)
def test_a_number_is_flagged_at_its_exact_limits(value: str, expected: Flag) -> None:
    assert flag(D(value), HB) is expected
    assert is_critical(expected) is (len(expected.value) == 2)


def test_without_limits_there_is_no_flag() -> None:
    assert flag(D(5), None) is None
    assert flag(D(5), Range()) is None
    assert flag(D(5), Range(critical_low=D(3))) is None
    assert flag(D(5), Range(normal_high=D(10))) is Flag.NORMAL
    assert flag(D(5), Range(normal_low=D(3))) is Flag.NORMAL
    assert not is_critical(None)


def test_a_choice_is_normal_or_abnormal() -> None:
    assert flag_choice("Positive", ["Positive"]) is Flag.ABNORMAL
    assert flag_choice("Negative", ["Positive"]) is Flag.NORMAL


@pytest.mark.parametrize(
    ("sex", "age_days", "pregnant", "source"),
    [
        (Sex.FEMALE, 9000, True, "pregnant"),
        (Sex.FEMALE, 9000, False, "women"),
        (Sex.MALE, 9000, False, "any"),
        (Sex.FEMALE, 6569, False, "any"),
        (Sex.FEMALE, 6570, False, "women"),
        (Sex.MALE, 27, False, "newborn"),
        (Sex.MALE, 28, False, "any"),
        (Sex.MALE, None, False, "any"),
        (Sex.UNKNOWN, 9000, False, "any"),
    ],
)
def test_the_most_particular_range_is_chosen(sex: Sex, age_days: int | None, pregnant: bool, source: str) -> None:
    for table in (TABLE, TABLE[::-1]):
        chosen = choose_range(table, sex, age_days, pregnant=pregnant)
        assert chosen is not None
        assert chosen.source == source


def test_no_fitting_range_means_no_flag() -> None:
    assert choose_range([NEWBORN], Sex.MALE, 9000) is None
    assert choose_range([NEWBORN], Sex.MALE, None) is None
    assert choose_range([PREGNANT], Sex.FEMALE, 9000) is None


@pytest.mark.parametrize(
    ("value", "previous", "limit", "expected"),
    [
        (D(12), None, D(20), None),
        (D(12), D(10), D(20), Delta(D(10), D(2), D("20.0"), remarkable=False)),
        (D("12.1"), D(10), D(20), Delta(D(10), D("2.1"), D("21.0"), remarkable=True)),
        (D(7), D(10), D(20), Delta(D(10), D(-3), D("-30.0"), remarkable=True)),
        (D(7), D(10), None, Delta(D(10), D(-3), D("-30.0"), remarkable=False)),
        (D(1), D(0), D(20), Delta(D(0), D(1), None, remarkable=True)),
        (D(0), D(0), D(20), Delta(D(0), D(0), None, remarkable=False)),
        (D(1), D(0), None, Delta(D(0), D(1), None, remarkable=False)),
        (D(-5), D(-10), D(40), Delta(D(-10), D(5), D("50.0"), remarkable=True)),
    ],
)
def test_the_change_since_last_time_is_shown(
    value: Decimal, previous: Decimal | None, limit: Decimal | None, expected: Delta | None
) -> None:
    assert delta_check(value, previous, limit) == expected


def test_a_second_person_releases_unless_there_is_only_one() -> None:
    assert may_release("a", "b", one_technician=False)
    assert not may_release("a", "a", one_technician=False)
    assert may_release("a", "a", one_technician=True)
    assert is_own_release("a", "a")
    assert not is_own_release("a", "b")
    refuse_own_release("a", "b", one_technician=False, test="Haemoglobin")
    with pytest.raises(NeedsVerification) as refused:
        refuse_own_release("a", "a", one_technician=False, test="Haemoglobin")
    assert refused.value.facts == {"test": "Haemoglobin"}


R, C, P, X, N = (
    OrderState.ORDERED,
    OrderState.COLLECTED,
    OrderState.IN_PROGRESS,
    OrderState.CANCELLED,
    OrderState.COMPLETED,
)


@pytest.mark.parametrize(
    ("items", "state"),
    [
        ([], X), ([X, X], X), ([N, X], N), ([N, N], N), ([N, R], P), ([P, R], P), ([C, R], C), ([R, R, X], R),
        ([C, P], P),
    ],
)  # fmt: skip
def test_an_order_follows_its_items(items: list[OrderState], state: OrderState) -> None:
    assert order_state(items) is state


@given(st.lists(st.sampled_from(OrderState)))
def test_the_order_of_items_does_not_matter(items: list[OrderState]) -> None:
    assert order_state(items) is order_state(items[::-1])
