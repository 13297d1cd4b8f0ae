from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.dates import (
    AgeUnits,
    ParsedDate,
    Precision,
    add_months,
    age_in_days,
    age_in_months,
    age_in_years,
    age_text,
    parse_date,
    show_date,
)
from hms_desktop.domain.errors import InvalidValue

TODAY = date(2026, 11, 21)
FRENCH = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
DAYS = st.dates(date(1900, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("5/3/26", date(2026, 3, 5), Precision.DAY),
        ("5.3.2026", date(2026, 3, 5), Precision.DAY),
        ("5 3 98", date(1998, 3, 5), Precision.DAY),
        ("5mar", date(2026, 3, 5), Precision.DAY),
        ("24dec", date(2025, 12, 24), Precision.DAY),
        ("29 feb", date(2024, 2, 29), Precision.DAY),
        ("5 mar 1998", date(1998, 3, 5), Precision.DAY),
        ("5mar98", date(1998, 3, 5), Precision.DAY),
        ("05-Mar-2026", date(2026, 3, 5), Precision.DAY),
        ("5 march. 2026", date(2026, 3, 5), Precision.DAY),
        ("2026-03-05", date(2026, 3, 5), Precision.DAY),
        ("2026/3/5", date(2026, 3, 5), Precision.DAY),
        ("٥/٣/٢٠٢٦", date(2026, 3, 5), Precision.DAY),
        ("0d", TODAY, Precision.DAY),
        ("3d", date(2026, 11, 18), Precision.DAY),
        (" 3 D ", date(2026, 11, 18), Precision.DAY),
        ("2w", date(2026, 11, 7), Precision.WEEK),
        ("6m", date(2026, 5, 21), Precision.MONTH),
        ("28y", date(1998, 11, 21), Precision.YEAR),
        ("mar 1998", date(1998, 3, 15), Precision.MONTH),
        ("3/1998", date(1998, 3, 15), Precision.MONTH),
        ("nov 2026", date(2026, 11, 15), Precision.MONTH),
        ("1998", date(1998, 7, 1), Precision.YEAR),
    ],
)
def test_a_typed_date_is_understood(text: str, day: date, precision: Precision) -> None:
    parsed = parse_date(text, TODAY)
    assert parsed == ParsedDate(day, precision)
    assert parsed.estimated is (precision is not Precision.DAY)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [("2026", date(2026, 3, 1), date(2026, 3, 1)), ("mar 2026", date(2026, 3, 4), date(2026, 3, 4))],
)
def test_the_current_year_or_month_is_never_guessed_into_the_future(text: str, today: date, day: date) -> None:
    assert parse_date(text, today).day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3d", date(2026, 11, 24)),
        ("2w", date(2026, 12, 5)),
        ("6m", date(2027, 5, 21)),
        ("1y", date(2027, 11, 21)),
        ("5mar", date(2027, 3, 5)),
        ("29feb", date(2028, 2, 29)),
        ("21nov", TODAY),
        ("1/6/28", date(2028, 6, 1)),
        ("2/2/2020", date(2020, 2, 2)),
        ("2028", date(2028, 7, 1)),
        ("nov 2026", date(2026, 11, 15)),
        ("2026", date(2026, 7, 1)),
    ],
)
def test_looking_ahead_counts_forward(text: str, day: date) -> None:
    assert parse_date(text, TODAY, ahead=True).day == day


@pytest.mark.parametrize("text", ["5 févr. 2026", "5févr2026", "5 FEB 2026"])
def test_months_in_the_language_of_the_screen_are_understood(text: str) -> None:
    assert parse_date(text, TODAY, months=FRENCH).day == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "date"),
        ("soon", "date"),
        ("5 ma", "date"),
        ("5 jux", "date"),
        ("5 xyz 2026", "date"),
        ("xyz 2026", "date"),
        ("12", "date"),
        ("30/2/26", "no_such_day"),
        ("2026-13-01", "no_such_day"),
        ("30 feb", "no_such_day"),
        ("13/1998", "no_such_day"),
        ("0000", "no_such_day"),
        ("22/11/26", "future"),
        ("2027-01-01", "future"),
        ("dec 2026", "future"),
        ("131y", "too_long_ago"),
        ("9999y", "too_long_ago"),
        ("99999w", "too_long_ago"),
        ("1/1/1800", "too_long_ago"),
    ],
)
def test_what_cannot_be_a_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_date(text, TODAY, field="birth_date")
    assert refused.value.facts["reason"] == reason
    assert refused.value.field == "birth_date"


def test_a_time_beyond_the_calendar_is_refused_when_looking_ahead() -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_date("99999y", TODAY, ahead=True)
    assert refused.value.facts["reason"] == "no_such_day"


@given(DAYS)
def test_a_shown_date_is_read_back_as_the_same_day(day: date) -> None:
    assert parse_date(show_date(day), TODAY) == ParsedDate(day)


def test_a_date_is_shown_with_the_months_of_the_screen() -> None:
    assert show_date(date(2026, 3, 5)) == "05-Mar-2026"
    assert show_date(date(2026, 2, 5), FRENCH) == "05-févr.-2026"


def test_months_are_added_to_the_last_day_that_exists() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    with pytest.raises(OverflowError):
        add_months(TODAY, 100_000)


@pytest.mark.parametrize(
    ("birth", "text"),
    [
        (TODAY, "0 d"),
        (TODAY - timedelta(days=13), "13 d"),
        (TODAY - timedelta(days=14), "2 w"),
        (date(2026, 9, 22), "8 w"),
        (date(2026, 9, 21), "2 mo"),
        (date(2024, 11, 22), "23 mo"),
        (date(2024, 11, 21), "2 y"),
        (date(1998, 11, 21), "28 y"),
        (date(1998, 11, 22), "27 y"),
    ],
)
def test_an_age_is_shown_in_the_unit_that_matters(birth: date, text: str) -> None:
    assert age_text(birth, TODAY) == text
    assert age_text(birth, TODAY, estimated=True) == f"~{text}"


def test_age_units_may_be_translated() -> None:
    assert age_text(date(1998, 1, 1), TODAY, units=AgeUnits("ans", "mois", "sem", "j")) == "28 ans"


def test_ages_count_completed_units() -> None:
    birth = date(2024, 2, 29)
    assert age_in_years(birth, date(2025, 2, 28)) == 0
    assert age_in_years(birth, date(2025, 3, 1)) == 1
    assert age_in_months(birth, date(2024, 3, 28)) == 0
    assert age_in_days(birth, date(2024, 3, 1)) == 1


@pytest.mark.parametrize("age", [age_in_days, age_in_months, age_in_years, age_text])
def test_an_impossible_birth_is_refused(age) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InvalidValue) as future:
        age(TODAY + timedelta(days=1), TODAY)
    assert future.value.facts["reason"] == "future"
    with pytest.raises(InvalidValue) as old:
        age(date(1890, 1, 1), TODAY)
    assert old.value.facts["reason"] == "too_long_ago"


@given(DAYS, st.integers(0, 400))
def test_age_never_goes_down_as_days_pass(birth: date, later: int) -> None:
    early = birth + timedelta(days=later)
    assert age_in_months(birth, early) <= age_in_months(birth, early + timedelta(days=1))
