from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hms_desktop.domain.errors import ReasonNeeded
from hms_desktop.domain.protocols import iitt, news2
from hms_desktop.domain.protocols.iitt import DANGER_SIGNS, RED_SIGNS, YELLOW_SIGNS, Sign
from hms_desktop.domain.protocols.news2 import NewsRisk
from hms_desktop.domain.triage import (
    RETRIAGE_MINUTES,
    Assessment,
    Colour,
    Suggestion,
    TriageReason,
    check_choice,
    danger_signs,
    retriage_due,
    score_news2,
    suggest,
)
from hms_desktop.domain.vitals import Avpu, Subject, Vitals

D = Decimal
WELL = Vitals(
    temperature=D("36.8"), pulse=80, breathing_rate=16, spo2=98, systolic=120, diastolic=80, avpu=Avpu.ALERT,
    on_oxygen=False,
)  # fmt: skip
ADULT = Subject(30 * 12)
PREGNANT = Subject(30 * 12, pregnant=True)
CHILD = Subject(60)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def adult(*signs: Sign, subject: Subject = ADULT, vitals: Vitals = WELL, checked: bool = True) -> Suggestion:
    return suggest(Assessment(subject=subject, vitals=vitals, signs=frozenset(signs), signs_checked=checked))


def codes(suggestion: Suggestion) -> list[TriageReason]:
    return [reason.code for reason in suggestion.reasons]


def test_each_sign_has_its_rows_and_its_group() -> None:
    placed = {row.sign for row in (*RED_SIGNS, *YELLOW_SIGNS)} | iitt.TWO_OF_FOUR | {Sign.SEVERE_DEHYDRATION}
    assert placed == set(Sign)
    assert len({row.sign for row in RED_SIGNS}) == len(RED_SIGNS)
    assert len({row.sign for row in YELLOW_SIGNS}) == len(YELLOW_SIGNS)


def test_danger_signs_have_one_key_each() -> None:
    keys = [row.key for row in DANGER_SIGNS]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 1 and key.isdigit() for key in keys)
    assert {row.sign for row in danger_signs(5)} - {row.sign for row in danger_signs(12)} == {Sign.SEVERE_DEHYDRATION}
    assert danger_signs(None) == danger_signs(5)


@pytest.mark.parametrize("row", [r for r in RED_SIGNS if not r.pregnant and r.over_years is None], ids=lambda r: r.sign)
def test_each_red_sign_is_red(row: iitt.SignRow) -> None:
    found = adult(row.sign)
    assert found.colour is Colour.RED
    assert found.review
    assert found.reasons[0].facts == {"sign": row.sign.value}


@pytest.mark.parametrize("row", [r for r in RED_SIGNS if r.pregnant], ids=lambda r: r.sign)
def test_each_pregnancy_sign_is_red_in_pregnancy_only(row: iitt.SignRow) -> None:
    assert adult(row.sign, subject=PREGNANT).colour is Colour.RED
    yellow_anyway = row.sign in {each.sign for each in YELLOW_SIGNS}
    assert adult(row.sign).colour is (Colour.YELLOW if yellow_anyway else Colour.GREEN)


@pytest.mark.parametrize("avpu", [Avpu.CONFUSED, Avpu.VOICE, Avpu.PAIN])
def test_who_is_not_alert_has_an_altered_mental_status(avpu: Avpu) -> None:
    hot = replace(WELL, avpu=avpu, temperature=D("39.0"))
    found = adult(vitals=hot)
    assert found.colour is Colour.RED
    assert found.reasons[0].facts == {"signs": "altered_mental_status,temperature"}
    assert adult(Sign.HEADACHE, vitals=replace(WELL, avpu=avpu)).colour is Colour.RED
    assert adult(subject=PREGNANT, vitals=replace(WELL, avpu=avpu)).colour is Colour.RED


@pytest.mark.parametrize(
    ("vitals", "facts"),
    [
        (replace(WELL, glucose=D("1.5")), {"measure": "glucose", "value": "1.5", "below": "3"}),
        (replace(WELL, glucose=D("30")), {"measure": "glucose", "value": "30", "above": "20"}),
        (replace(WELL, systolic=60, diastolic=50), {"measure": "systolic", "value": "60", "below": "80"}),
        (replace(WELL, systolic=210, diastolic=100), {"measure": "systolic", "value": "210", "above": "200"}),
    ],
)
def test_no_green_while_a_value_is_far_from_usual(vitals: Vitals, facts: dict[str, str]) -> None:
    found = adult(vitals=vitals)
    assert found.colour is None
    assert [(reason.code, reason.facts) for reason in found.reasons] == [(TriageReason.UNUSUAL_VITAL, facts)]


def test_the_size_of_the_body_does_not_stop_green() -> None:
    assert adult(vitals=replace(WELL, weight=D(170), height=D(125))).colour is Colour.GREEN


@pytest.mark.parametrize("row", [r for r in YELLOW_SIGNS if not r.pregnant], ids=lambda r: r.sign)
def test_each_yellow_sign_is_yellow(row: iitt.SignRow) -> None:
    found = adult(row.sign)
    assert (found.colour, codes(found), found.review) == (Colour.YELLOW, [TriageReason.YELLOW_SIGN], False)


def test_a_pregnancy_complication_is_yellow_in_pregnancy_only() -> None:
    assert adult(Sign.PREGNANCY_COMPLICATION, subject=PREGNANT).colour is Colour.YELLOW
    assert adult(Sign.PREGNANCY_COMPLICATION).colour is Colour.GREEN


@pytest.mark.parametrize(("years", "colour"), [(50, Colour.GREEN), (51, Colour.RED)])
def test_acute_chest_or_belly_pain_is_red_over_fifty(years: int, colour: Colour) -> None:
    assert adult(Sign.ACUTE_CHEST_ABDOMINAL_PAIN, subject=Subject(years * 12)).colour is colour


@pytest.mark.parametrize(
    ("vitals", "colour"),
    [
        (replace(WELL, pulse=49), Colour.RED),
        (replace(WELL, pulse=50), Colour.YELLOW),
        (replace(WELL, pulse=59), Colour.YELLOW),
        (replace(WELL, pulse=60), Colour.GREEN),
        (replace(WELL, pulse=130), Colour.GREEN),
        (replace(WELL, pulse=131), Colour.YELLOW),
        (replace(WELL, pulse=150), Colour.YELLOW),
        (replace(WELL, pulse=151), Colour.RED),
        (replace(WELL, breathing_rate=9), Colour.YELLOW),
        (replace(WELL, breathing_rate=10), Colour.GREEN),
        (replace(WELL, breathing_rate=30), Colour.GREEN),
        (replace(WELL, breathing_rate=31), Colour.YELLOW),
        (replace(WELL, temperature=D("35.9")), Colour.YELLOW),
        (replace(WELL, temperature=D("36.0")), Colour.GREEN),
        (replace(WELL, temperature=D("39.0")), Colour.GREEN),
        (replace(WELL, temperature=D("39.1")), Colour.YELLOW),
        (replace(WELL, spo2=91), Colour.YELLOW),
        (replace(WELL, spo2=92), Colour.GREEN),
        (replace(WELL, avpu=Avpu.CONFUSED), Colour.YELLOW),
        (replace(WELL, avpu=Avpu.VOICE), Colour.YELLOW),
        (replace(WELL, avpu=Avpu.PAIN), Colour.YELLOW),
        (replace(WELL, avpu=Avpu.UNRESPONSIVE), Colour.RED),
        (replace(WELL, systolic=200, diastolic=120), Colour.GREEN),
    ],
)
def test_vital_signs_suggest_at_their_exact_limits(vitals: Vitals, colour: Colour) -> None:
    found = adult(vitals=vitals)
    assert found.colour is colour
    assert found.review is (colour is not Colour.GREEN)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "colour"),
    [(159, 109, Colour.GREEN), (160, 100, Colour.RED), (150, 110, Colour.RED)],
)
def test_high_pressure_is_red_in_pregnancy(systolic: int, diastolic: int, colour: Colour) -> None:
    vitals = replace(WELL, systolic=systolic, diastolic=diastolic)
    assert adult(subject=PREGNANT, vitals=vitals).colour is colour


def test_a_high_risk_vital_sign_lifts_green_to_yellow_and_asks_for_a_review() -> None:
    found = adult(vitals=replace(WELL, temperature=D("39.5")))
    assert (found.colour, found.review) == (Colour.YELLOW, True)
    assert found.reasons[0].facts == {"measure": "temperature", "value": "39.5", "above": "39"}
    low = adult(vitals=replace(WELL, spo2=85))
    assert low.reasons[0].facts == {"measure": "spo2", "value": "85", "below": "92"}


@pytest.mark.parametrize(
    ("signs", "temperature", "colour"),
    [
        ([Sign.HEADACHE, Sign.STIFF_NECK], "36.8", Colour.RED),
        ([Sign.HEADACHE], "38.0", Colour.RED),
        ([Sign.STIFF_NECK], "35.9", Colour.RED),
        ([Sign.HEADACHE], "37.9", Colour.GREEN),
        ([Sign.ALTERED_MENTAL_STATUS], "36.8", Colour.YELLOW),
        ([], "38.5", Colour.GREEN),
    ],
)
def test_two_of_four_is_red(signs: list[Sign], temperature: str, colour: Colour) -> None:
    found = adult(*signs, vitals=replace(WELL, temperature=D(temperature)))
    assert found.colour is colour
    assert (TriageReason.TWO_OF_FOUR in codes(found)) is (colour is Colour.RED)


def test_two_of_four_names_what_was_found_without_a_temperature() -> None:
    found = adult(Sign.HEADACHE, Sign.STIFF_NECK, vitals=replace(WELL, temperature=None))
    assert found.reasons[0].facts == {"signs": "headache,stiff_neck"}
    assert found.missing == ("temperature",)


def test_green_needs_signs_gone_through_and_vitals_measured() -> None:
    assert (adult().colour, codes(adult())) == (Colour.GREEN, [TriageReason.NO_CRITERIA])
    unchecked = adult(checked=False)
    assert (unchecked.colour, codes(unchecked)) == (None, [TriageReason.SIGNS_NOT_CHECKED])
    empty = adult(vitals=Vitals())
    assert empty.colour is None
    assert [r.facts["measure"] for r in empty.reasons] == ["pulse", "breathing_rate", "temperature", "avpu"]
    assert empty.missing == ("pulse", "breathing_rate", "temperature", "spo2", "avpu")


def test_a_missing_saturation_is_named_but_does_not_stop_green() -> None:
    found = adult(vitals=replace(WELL, spo2=None))
    assert (found.colour, found.missing) == (Colour.GREEN, ("spo2",))


def test_a_danger_sign_is_told_once_and_first() -> None:
    found = adult(Sign.UNRESPONSIVE, Sign.HEAVY_BLEEDING, vitals=replace(WELL, avpu=Avpu.UNRESPONSIVE, pulse=160))
    assert codes(found)[:3] == [TriageReason.DANGER_SIGN, TriageReason.DANGER_SIGN, TriageReason.RED_VITAL]
    assert [r.facts.get("sign") for r in found.reasons[:2]] == ["unresponsive", "heavy_bleeding"]


@pytest.mark.parametrize("row", DANGER_SIGNS, ids=lambda row: row.sign)
def test_each_danger_sign_is_red_for_a_child_and_for_an_unknown_age(row: iitt.DangerSign) -> None:
    for subject in (CHILD, Subject(None)):
        found = adult(row.sign, subject=subject, vitals=Vitals(), checked=False)
        assert (found.colour, codes(found)) == (Colour.RED, [TriageReason.DANGER_SIGN])
        assert found.table == iitt.CHILD_VERSION


@pytest.mark.parametrize("avpu", [Avpu.PAIN, Avpu.UNRESPONSIVE])
def test_a_child_in_coma_is_red(avpu: Avpu) -> None:
    assert adult(subject=CHILD, vitals=replace(WELL, avpu=avpu)).colour is Colour.RED


def test_under_twelve_nothing_but_red_is_suggested() -> None:
    found = adult(Sign.WHEEZING, subject=Subject(143), vitals=replace(WELL, pulse=200))
    assert (found.colour, codes(found)) == (None, [TriageReason.CHILD_BY_HAND])
    assert adult(Sign.WHEEZING, subject=Subject(144)).colour is Colour.YELLOW
    assert codes(adult(subject=Subject(None))) == [TriageReason.AGE_UNKNOWN]


def test_severe_dehydration_is_a_sign_of_children_only() -> None:
    assert adult(Sign.SEVERE_DEHYDRATION).colour is Colour.GREEN


@given(st.frozensets(st.sampled_from(Sign)), st.sampled_from(Sign), st.integers(0, 1200), st.booleans())
def test_one_more_sign_never_makes_it_less_urgent(
    signs: frozenset[Sign], more: Sign, months: int, pregnant: bool
) -> None:
    order = [Colour.RED, Colour.YELLOW, Colour.GREEN, None]
    subject = Subject(months, pregnant)
    before = adult(*signs, subject=subject).colour
    after = adult(*signs, more, subject=subject).colour
    assert order.index(after) <= order.index(before)
    assert before not in {Colour.ORANGE, Colour.BLACK}


def test_every_suggestion_names_its_table() -> None:
    assert adult().table == iitt.VERSION


def test_an_override_needs_a_reason() -> None:
    suggestion = adult(Sign.WHEEZING)
    assert check_choice(suggestion, Colour.YELLOW, "") is False
    assert check_choice(suggestion, Colour.ORANGE, "looks worse") is True
    with pytest.raises(ReasonNeeded) as refused:
        check_choice(suggestion, Colour.GREEN, "  ")
    assert refused.value.field == "override_reason"
    assert check_choice(adult(subject=CHILD), Colour.GREEN, "") is False


def test_who_waits_is_looked_at_again() -> None:
    assert retriage_due(Colour.RED, NOON) == NOON
    assert retriage_due(Colour.GREEN, NOON) == NOON + timedelta(hours=4)
    assert retriage_due(Colour.YELLOW, NOON, {Colour.YELLOW: 30}) == NOON + timedelta(minutes=30)
    assert retriage_due(Colour.BLACK, NOON) is None
    minutes = [RETRIAGE_MINUTES[c] for c in Colour if c is not Colour.BLACK]
    assert minutes == sorted(minutes)


BANDS: list[tuple[str, list[tuple[int | str, int]]]] = [
    ("breathing_rate", [(8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3)]),
    ("spo2", [(91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0), (100, 0)]),
    ("systolic", [(90, 3), (91, 2), (100, 2), (101, 1), (110, 1), (111, 0), (219, 0), (220, 3)]),
    ("pulse", [(40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3)]),
    (
        "temperature",
        [("35.0", 3), ("35.1", 1), ("36.0", 1), ("36.1", 0), ("38.0", 0), ("38.1", 1), ("39.0", 1), ("39.1", 2)],
    ),
]


@pytest.mark.parametrize(
    ("measure", "value", "points"), [(m, value, points) for m, steps in BANDS for value, points in steps]
)
def test_news2_gives_the_points_of_the_chart(measure: str, value: int | str, points: int) -> None:
    typed = D(value) if isinstance(value, str) else value
    score = score_news2(ADULT, replace(WELL, **{measure: typed}))  # type: ignore[arg-type]
    assert score.parts[measure] == points
    assert score.total == points


@pytest.mark.parametrize(
    ("spo2", "oxygen", "points"),
    [
        (83, False, 3), (84, False, 2), (85, False, 2), (86, False, 1), (87, False, 1), (88, False, 0), (93, False, 0),
        (100, False, 0), (92, True, 0), (93, True, 1), (94, True, 1), (95, True, 2), (96, True, 2), (97, True, 3),
        (83, True, 3), (85, True, 2), (87, True, 1),
    ],
)  # fmt: skip
def test_news2_scale_two_has_its_own_saturations(spo2: int, oxygen: bool, points: int) -> None:
    score = score_news2(ADULT, replace(WELL, spo2=spo2, on_oxygen=oxygen), scale_2=True)
    assert score.parts["spo2"] == points
    assert score.total == points + (2 if oxygen else 0)


@pytest.mark.parametrize(
    ("changes", "total", "risk"),
    [
        ({}, 0, NewsRisk.LOW),
        ({"pulse": 131}, 3, NewsRisk.LOW_MEDIUM),
        ({"avpu": Avpu.CONFUSED}, 3, NewsRisk.LOW_MEDIUM),
        ({"on_oxygen": True, "breathing_rate": 22}, 4, NewsRisk.LOW),
        ({"pulse": 131, "on_oxygen": True}, 5, NewsRisk.MEDIUM),
        ({"pulse": 131, "breathing_rate": 25}, 6, NewsRisk.MEDIUM),
        ({"pulse": 131, "breathing_rate": 25, "temperature": D("38.5")}, 7, NewsRisk.HIGH),
    ],
)
def test_news2_adds_up_to_a_risk(changes: dict[str, object], total: int, risk: NewsRisk) -> None:
    score = score_news2(ADULT, replace(WELL, **changes))  # type: ignore[arg-type]
    assert (score.total, score.risk, score.table) == (total, risk, news2.VERSION)


def test_news2_is_not_for_children_pregnancy_or_half_a_set() -> None:
    assert score_news2(Subject(None), WELL).excluded == "age_unknown"
    assert score_news2(Subject(191), WELL).excluded == "under_16"
    assert score_news2(Subject(192), WELL).excluded == ""
    assert score_news2(PREGNANT, WELL).excluded == "pregnant"
    half = score_news2(ADULT, Vitals(pulse=80))
    assert (half.total, half.risk, half.parts) == (None, None, {"pulse": 0})
    assert half.missing == ("breathing_rate", "spo2", "systolic", "temperature", "on_oxygen", "avpu")
