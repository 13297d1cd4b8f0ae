"""What a result may say, and how it is shown."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.lab import ResultKind
from hms_desktop.domain.lab_rows import due_at
from hms_desktop.domain.lab_values import (
    Option,
    ResultValue,
    ValueRules,
    make_range,
    read_value,
    show_range,
    show_value,
)
from hms_desktop.domain.patients import Sex

NUMBER = ValueRules(ResultKind.NUMBER, places=1, possible_low=Decimal(1), possible_high=Decimal(30))
CHOICE = ValueRules(ResultKind.CHOICE, options=(Option("Negative", "Négatif", False), Option("1+", "1+", True)))
TEXT = ValueRules(ResultKind.TEXT)


@pytest.mark.parametrize(
    ("typed", "number", "sign"),
    [("9.1", "9.1", ""), (" 9 ", "9.0", ""), ("9,1", "9.1", ""), ("9.10", "9.1", ""), (">30", "30.0", ">"),
     ("< 2.5", "2.5", "<"), ("٩٫١", "9.1", ""), ("09.1", "9.1", "")],
)  # fmt: skip
def test_numbers_as_people_type_them(typed: str, number: str, sign: str) -> None:
    found = read_value(NUMBER, typed)
    assert found == ResultValue(Decimal(number), sign)
    assert found.exact == (None if sign else Decimal(number))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("", "required"), ("abc", "number"), ("9.15", "places"), ("0", "range"), ("30.1", "range"), ("-5", "range"),
     ("9,100", "ambiguous_number"), ("=9", "number"), ("9 1", "number")],
)  # fmt: skip
def test_what_is_no_possible_number_says_why(typed: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        read_value(NUMBER, typed, "haemoglobin")
    assert (refusal.value.facts["reason"], refusal.value.field) == (reason, "haemoglobin")


def test_without_known_limits_a_number_is_neither_negative_nor_absurd() -> None:
    free = ValueRules(ResultKind.NUMBER)
    assert read_value(free, "123456").number == Decimal(123456)
    for typed in ("-1", "99999999999"):
        with pytest.raises(InvalidValue):
            read_value(free, typed)


def test_choices_are_kept_by_their_value() -> None:
    assert read_value(CHOICE, "négatif").text == "Negative"
    assert read_value(CHOICE, "NEGATIVE").text == "Negative"
    with pytest.raises(InvalidValue):
        read_value(CHOICE, "2+")


def test_text_keeps_its_lines_and_has_a_limit() -> None:
    assert read_value(TEXT, " a\nb ").text == "a\nb"
    with pytest.raises(InvalidValue):
        read_value(TEXT, "x" * 501)


@pytest.mark.parametrize(
    ("number", "text", "places", "expected"),
    [
        ("9.1000", "", 1, "9.1"), ("140.0000", "", 0, "140"), ("20", "<", 0, "<20"), ("1.0200", "", 3, "1.020"),
        ("9.1000", "", None, "9.1"), ("100.0000", "", None, "100"), (None, "Negative", 0, "Négatif"),
        (None, "Free", None, "Free"),
    ],
)  # fmt: skip
def test_a_value_is_shown_with_the_tests_own_decimals(
    number: str | None, text: str, places: int | None, expected: str
) -> None:
    assert show_value(Decimal(number) if number else None, text, places, CHOICE.options) == expected


def test_a_range_in_words_of_the_list_and_on_the_screen() -> None:
    limits = (Decimal("12.0"), Decimal("15.5"), None, None)
    found = make_range("female", "yes", 4383, 47_482, limits, "WHO")
    assert (found.sex, found.pregnant, found.age_to_days) == (Sex.FEMALE, True, None)
    anybody = make_range("any", "any", 0, 29, limits, "WHO")
    assert (anybody.sex, anybody.pregnant, anybody.age_to_days) == (None, None, 29)
    assert make_range("male", "no", 0, 29, limits, "WHO").pregnant is False
    assert show_range(Decimal("12.0000"), Decimal("15.5"), 1) == "12.0 – 15.5"
    assert show_range(Decimal(3), None, 0) == "≥ 3"
    assert show_range(None, Decimal(5), 0) == "≤ 5"
    assert show_range(None, None) == ""


def test_the_turnaround_counts_from_when_the_lab_has_the_specimen() -> None:
    taken = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    assert due_at(taken, None, 30) == taken + timedelta(minutes=30)
    assert due_at(taken, taken + timedelta(minutes=10), 30) == taken + timedelta(minutes=40)
