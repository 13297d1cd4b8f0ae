import csv
import dataclasses
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.plain import from_plain, to_plain
from hms_desktop.domain.protocols.vital_limits import FORMS, LIMITS, Measure, limits_for, possible_at_any_age
from hms_desktop.domain.vitals import (
    Avpu,
    Nutrition,
    PregnancyFlag,
    Subject,
    VitalLevel,
    Vitals,
    check_vitals,
    level_of,
    mg_dl_from_mmol,
    mmol_from_mg_dl,
    parse_measure,
    pregnancy_flags,
    refuse_impossible,
    screen_muac,
    unusual,
    weight_needed,
)

D = Decimal
ADULT = Subject(28 * 12)
PREGNANT = Subject(28 * 12, pregnant=True)
NOBODY_KNOWS = Subject(None)
SAMPLE = Path(__file__).with_name("vitals_sample.csv")


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("pregnant", [False, True])
def test_every_age_has_exactly_one_row(measure: Measure, pregnant: bool) -> None:
    for months in range(131 * 12):
        rows = [
            row
            for row in LIMITS
            if row.measure is measure
            and not row.pregnant
            and row.from_months <= months
            and (row.to_months is None or months < row.to_months)
        ]
        assert len(rows) == 1
        chosen = limits_for(measure, months, pregnant=pregnant)
        assert chosen is not None
        assert chosen == rows[0] or (pregnant and chosen.pregnant)


@pytest.mark.parametrize("row", LIMITS, ids=lambda row: f"{row.measure}-{row.from_months}-{row.pregnant}")
def test_normal_lies_within_usual_and_usual_within_possible(row) -> None:  # type: ignore[no-untyped-def]
    lowest, highest = row.possible
    low, high = row.usual
    assert lowest <= low < high <= highest
    for limit in row.normal:
        assert limit is None or low <= limit <= high


def test_the_table_agrees_with_an_independent_one() -> None:
    """Its normal bands share half or more with ours, and its critical limits are possible here and never normal."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            compare(Measure(row["measure"]), int(row["from_months"]), row)


def compare(measure: Measure, months: int, row: dict[str, str]) -> None:
    ours = limits_for(measure, months)
    assert ours is not None
    low, high = ours.normal
    assert low is not None
    assert high is not None
    theirs_low, theirs_high = D(row["normal_low"]), D(row["normal_high"])
    shared = min(high, theirs_high) - max(low, theirs_low)
    assert shared >= (theirs_high - theirs_low) / 2, (measure, months)
    for critical in (D(row["critical_low"]), D(row["critical_high"])):
        assert level_of(measure, critical, Subject(months)) is not VitalLevel.IMPOSSIBLE
        assert level_of(measure, critical, Subject(months)) is not VitalLevel.NORMAL


ORACLE = next(
    (
        path
        for parent in Path(__file__).resolve().parents
        if (path := parent / "shared" / "data" / "ranges" / "vitalsreferenceranges.csv").is_file()
    ),
    None,
)
LABELS = {
    "Pulse": Measure.PULSE,
    "Resp Rate": Measure.BREATHING_RATE,
    "BP Systolic": Measure.SYSTOLIC,
    "BP Diastolic": Measure.DIASTOLIC,
    "Temp Celsius": Measure.TEMPERATURE,
}


@pytest.mark.skipif(ORACLE is None, reason="the big reference table is not here")
def test_the_table_agrees_with_the_whole_independent_table() -> None:
    assert ORACLE is not None
    with ORACLE.open(encoding="utf-8", newline="") as file:
        rows = [(row, m) for row in csv.DictReader(file) for text, m in LABELS.items() if row["Label"].startswith(text)]
    assert rows
    for row, measure in rows:
        found = re.search(r"(getAgeInMonths|getAge)\(\) (>=|<) (\d+)", row["Criteria"])
        assert found is not None
        start = 0 if found[2] == "<" else int(found[3]) * (12 if found[1] == "getAge" else 1)
        compare(
            measure,
            start,
            {key: row[key.replace("_", " ").capitalize()] for key in
             ("normal_low", "normal_high", "critical_low", "critical_high")},
        )  # fmt: skip


def test_limits_of_an_unknown_age_are_only_what_nobody_can_have() -> None:
    assert limits_for(Measure.PULSE, None) is None
    assert possible_at_any_age(Measure.PULSE) == (D(10), D(350))
    assert level_of(Measure.PULSE, D(340), NOBODY_KNOWS) is None
    assert level_of(Measure.PULSE, D(351), NOBODY_KNOWS) is VitalLevel.IMPOSSIBLE


@pytest.mark.parametrize(
    ("measure", "value", "subject", "level"),
    [
        (Measure.TEMPERATURE, "24.9", ADULT, "impossible"),
        (Measure.TEMPERATURE, "34.9", ADULT, "unusual_low"),
        (Measure.TEMPERATURE, "35.9", ADULT, "low"),
        (Measure.TEMPERATURE, "36.8", ADULT, "normal"),
        (Measure.TEMPERATURE, "37.5", ADULT, "high"),
        (Measure.TEMPERATURE, "41.1", ADULT, "unusual_high"),
        (Measure.TEMPERATURE, "45.1", ADULT, "impossible"),
        (Measure.PULSE, "150", Subject(1), "normal"),
        (Measure.PULSE, "150", ADULT, "high"),
        (Measure.SPO2, "100", ADULT, "normal"),
        (Measure.SPO2, "93", ADULT, "low"),
        (Measure.SPO2, "101", ADULT, "impossible"),
        (Measure.SYSTOLIC, "159", PREGNANT, "high"),
        (Measure.SYSTOLIC, "160", PREGNANT, "unusual_high"),
        (Measure.SYSTOLIC, "160", ADULT, "high"),
        (Measure.SYSTOLIC, "160", Subject(100, pregnant=True), "unusual_high"),
        (Measure.MUAC, "124", Subject(12), "low"),
        (Measure.MUAC, "125", Subject(12), "normal"),
        (Measure.MUAC, "260", ADULT, None),
        (Measure.PAIN, "11", ADULT, "impossible"),
        (Measure.PAIN, "10", ADULT, None),
        (Measure.WEIGHT, "70", ADULT, None),
        (Measure.WEIGHT, "40", Subject(24), "unusual_high"),
    ],
)
def test_a_value_lies_where_its_age_says(measure: Measure, value: str, subject: Subject, level: str | None) -> None:
    found = level_of(measure, D(value), subject)
    assert (found and found.value) == level


@given(st.sampled_from(Measure), st.integers(0, 1500), st.integers(-100, 4000), st.booleans())
def test_the_level_only_rises_with_the_value(measure: Measure, months: int, tenths: int, pregnant: bool) -> None:
    order = [VitalLevel.UNUSUAL_LOW, VitalLevel.LOW, VitalLevel.NORMAL, None, VitalLevel.HIGH, VitalLevel.UNUSUAL_HIGH]
    subject = Subject(months, pregnant)
    one = level_of(measure, D(tenths) / 10, subject)
    other = level_of(measure, D(tenths + 1) / 10, subject)
    if VitalLevel.IMPOSSIBLE not in {one, other}:
        assert order.index(one) <= order.index(other)


def test_checking_names_every_value_that_is_not_normal_in_measuring_order() -> None:
    vitals = Vitals(temperature=D("39.2"), pulse=80, systolic=300, diastolic=95, spo2=60, weight=D(70))
    found = check_vitals(vitals, ADULT)
    assert [(f.measure.value, f.level.value) for f in found] == [
        ("temperature", "high"),
        ("spo2", "unusual_low"),
        ("systolic", "unusual_high"),
        ("diastolic", "high"),
    ]
    assert (found[1].low, found[1].high, found[1].value) == (D(85), D(100), D(60))
    assert [f.measure for f in unusual(vitals, ADULT)] == [Measure.SPO2, Measure.SYSTOLIC]
    refuse_impossible(vitals, ADULT)


@pytest.mark.parametrize(
    ("vitals", "field", "reason"),
    [
        (Vitals(pulse=5), "pulse", "range"),
        (Vitals(systolic=80, diastolic=120), "diastolic", "not_below_systolic"),
        (Vitals(systolic=80, diastolic=80), "diastolic", "not_below_systolic"),
    ],
)
def test_impossible_values_are_refused_at_their_field(vitals: Vitals, field: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        refuse_impossible(vitals, ADULT)
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)


def test_a_diastolic_alone_is_judged_by_itself() -> None:
    assert check_vitals(Vitals(diastolic=70), ADULT) == ()


def test_not_measured_is_neither_zero_nor_normal() -> None:
    vitals = Vitals()
    assert vitals.empty
    assert vitals.bmi is None
    assert all(vitals.value(measure) is None for measure in Measure)
    assert check_vitals(vitals, ADULT) == ()
    assert not Vitals(avpu=Avpu.ALERT).empty
    assert not Vitals(pain=0).empty


def test_body_mass_index_comes_from_weight_and_height() -> None:
    assert Vitals(weight=D(70), height=D(175)).bmi == D("22.9")
    assert Vitals(weight=D(70)).bmi is None
    assert Vitals(height=D(175)).bmi is None
    assert Vitals(weight=D(70), height=D(0)).bmi is None


def test_vitals_survive_a_save_as_plain_values() -> None:
    vitals = Vitals(temperature=D("36.8"), pulse=80, avpu=Avpu.VOICE, on_oxygen=False)
    assert from_plain(Vitals, to_plain(vitals)) == vitals
    assert {field.name for field in dataclasses.fields(Vitals)} >= {measure.value for measure in Measure}


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [("", Measure.PULSE, None), (" 80 ", Measure.PULSE, "80"), ("36,8", Measure.TEMPERATURE, "36.8"),
     ("70", Measure.WEIGHT, "70"), ("70.25", Measure.WEIGHT, "70.25"), ("80.0", Measure.PULSE, "80")],
)  # fmt: skip
def test_a_typed_value_is_read_with_comma_or_point(text: str, measure: Measure, value: str | None) -> None:
    assert parse_measure(text, measure) == (None if value is None else D(value))


@pytest.mark.parametrize(
    ("text", "reason"), [("abc", "number"), ("nan", "number"), ("1e9", "number"), ("36.85", "places")]
)
def test_a_typed_value_that_cannot_be_read_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_measure(text, Measure.TEMPERATURE)
    assert (refused.value.field, refused.value.facts["reason"]) == ("temperature", reason)


def test_glucose_is_read_in_either_unit() -> None:
    assert parse_measure("90", Measure.GLUCOSE, milligrams=True) == D("5.0")
    assert parse_measure("5.5", Measure.GLUCOSE) == D("5.5")
    with pytest.raises(InvalidValue):
        parse_measure("90.5", Measure.GLUCOSE, milligrams=True)
    assert mg_dl_from_mmol(D("5.5")) == 99


@given(st.integers(10, 1200))
def test_glucose_comes_back_from_its_other_unit(milligrams: int) -> None:
    assert abs(mg_dl_from_mmol(mmol_from_mg_dl(D(milligrams))) - milligrams) <= 1


def test_every_measure_has_a_unit_and_places() -> None:
    assert set(FORMS) == set(Measure)
    assert FORMS[Measure.TEMPERATURE].places == 1


@pytest.mark.parametrize(
    ("years", "weight", "needed"), [(11, None, True), (11, D(30), False), (12, None, False), (None, None, False)]
)
def test_a_child_under_twelve_needs_a_weight(years: int | None, weight: Decimal | None, needed: bool) -> None:
    assert weight_needed(years, Vitals(weight=weight)) is needed


@pytest.mark.parametrize(
    ("muac", "months", "result"),
    [
        (114, 6, Nutrition.SEVERE),
        (115, 6, Nutrition.MODERATE),
        (124, 59, Nutrition.MODERATE),
        (125, 59, Nutrition.NOT_WASTED),
        (100, 5, None),
        (100, 60, None),
        (None, 12, None),
        (100, None, None),
    ],
)
def test_arm_circumference_screens_for_malnutrition(muac: int | None, months: int | None, result: object) -> None:
    assert screen_muac(muac, months) is result


@pytest.mark.parametrize(
    ("vitals", "flags"),
    [
        (Vitals(systolic=160, diastolic=80), [PregnancyFlag.SEVERE_HYPERTENSION]),
        (Vitals(systolic=130, diastolic=110), [PregnancyFlag.SEVERE_HYPERTENSION]),
        (Vitals(systolic=140, diastolic=80), [PregnancyFlag.HYPERTENSION]),
        (Vitals(diastolic=90), [PregnancyFlag.HYPERTENSION]),
        (Vitals(systolic=139, diastolic=89), []),
        (Vitals(temperature=D(38)), [PregnancyFlag.FEVER]),
        (Vitals(temperature=D("37.9")), []),
    ],
)
def test_pregnancy_has_its_own_warnings(vitals: Vitals, flags: list[PregnancyFlag]) -> None:
    assert list(pregnancy_flags(vitals, pregnant=True)) == flags
    assert pregnancy_flags(vitals, pregnant=False) == ()


def test_age_in_years_follows_from_months() -> None:
    assert Subject(143).age_years == 11
    assert NOBODY_KNOWS.age_years is None
