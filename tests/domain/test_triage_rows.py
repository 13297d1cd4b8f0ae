"""Whom triage asks which question, and how values are written."""

from decimal import Decimal

import pytest

from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage_rows import asks_muac, may_be_pregnant, show_measure


@pytest.mark.parametrize(
    ("sex", "months", "asked"),
    [
        (Sex.FEMALE, 10 * 12, True),
        (Sex.FEMALE, 10 * 12 - 1, False),
        (Sex.FEMALE, 56 * 12 - 1, True),
        (Sex.FEMALE, 56 * 12, False),
        (Sex.FEMALE, None, True),
        (Sex.UNKNOWN, 240, True),
        (Sex.OTHER, 240, True),
        (Sex.MALE, 240, False),
        (Sex.MALE, None, False),
    ],
)
def test_pregnancy_is_asked_where_it_can_be(sex: Sex, months: int | None, asked: bool) -> None:
    assert may_be_pregnant(sex, months) is asked


@pytest.mark.parametrize(("months", "asked"), [(5, False), (6, True), (59, True), (60, False), (None, False)])
def test_arm_circumference_is_asked_at_6_to_59_months(months: int | None, asked: bool) -> None:
    assert asks_muac(months) is asked


@pytest.mark.parametrize(
    ("measure", "value", "shown"),
    [
        (Measure.TEMPERATURE, "37", "37.0"),
        (Measure.GLUCOSE, "5.0", "5.0"),
        (Measure.WEIGHT, "61.50", "61.5"),
        (Measure.WEIGHT, "60.00", "60"),
        (Measure.PULSE, "100", "100"),
        (Measure.HEIGHT, "165.0", "165"),
    ],
)
def test_values_carry_no_idle_zeros(measure: Measure, value: str, shown: str) -> None:
    assert show_measure(measure, Decimal(value)) == shown
