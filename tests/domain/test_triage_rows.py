"""Whom triage asks which question, and how values are written."""

from decimal import Decimal

import pytest

from hms_desktop.domain.patients import Sex
from hms_desktop.domain.protocols import iitt
from hms_desktop.domain.protocols.iitt import Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage_rows import SignList, asks_muac, further_signs, may_be_pregnant, show_measure
from hms_desktop.domain.vitals import Subject


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


def test_further_signs_are_those_that_count_for_this_patient_each_once() -> None:
    young = further_signs(Subject(30 * 12))
    assert list(young) == list(SignList)
    assert young[SignList.RED_BY_TWO] == (Sign.STIFF_NECK, Sign.HEADACHE)
    assert Sign.ALTERED_MENTAL_STATUS in young[SignList.YELLOW_ALONE]
    listed = [sign for signs in young.values() for sign in signs]
    assert len(listed) == len(set(listed))
    assert Sign.ACUTE_CHEST_ABDOMINAL_PAIN not in listed
    assert Sign.ACTIVE_LABOUR not in listed
    assert Sign.ACUTE_CHEST_ABDOMINAL_PAIN in further_signs(Subject(51 * 12))[SignList.RED_ALONE]
    pregnant = further_signs(Subject(30 * 12, pregnant=True))
    assert Sign.ACTIVE_LABOUR in pregnant[SignList.RED_ALONE]
    assert Sign.PREGNANCY_COMPLICATION in pregnant[SignList.YELLOW_ALONE]
    danger = {row.sign for row in iitt.DANGER_SIGNS}
    everything = danger | {row.sign for row in (*iitt.RED_SIGNS, *iitt.YELLOW_SIGNS)} | iitt.TWO_OF_FOUR
    old = {sign for signs in further_signs(Subject(80 * 12, pregnant=True)).values() for sign in signs}
    assert old | danger == everything


def test_a_child_or_an_unknown_age_has_no_further_signs() -> None:
    assert further_signs(Subject(11 * 12 + 11)) == {}
    assert further_signs(Subject(None)) == {}
