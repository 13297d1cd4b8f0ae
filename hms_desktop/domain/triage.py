"""Triage: colours, the suggestion with its reasons, overriding it, the time of the next look, NEWS2.

The rules read the published rows of `protocols/iitt.py` and `protocols/news2.py`, which say what has not been verified.
The program suggests; a nurse decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.errors import ReasonNeeded
from hms_desktop.domain.protocols import iitt, news2
from hms_desktop.domain.protocols.iitt import DangerSign, Sign
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.vitals import Avpu, Subject, VitalLevel, Vitals, check_vitals


class Colour(StrEnum):
    """Triage colours, most urgent first. The tool suggests red, yellow and green; orange and black are given by
    hand.
    """

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLACK = "black"


RETRIAGE_MINUTES: Mapping[Colour, int] = {Colour.RED: 0, Colour.ORANGE: 10, Colour.YELLOW: 60, Colour.GREEN: 240}
"""When a waiting patient must be looked at again: our own defaults, which a clinic edits; 0 is at once. Black has
none."""


class TriageReason(StrEnum):
    """Why a colour is suggested, or why none is. `sign` and the vital reasons carry facts."""

    DANGER_SIGN = "danger_sign"
    RED_SIGN = "red_sign"
    RED_VITAL = "red_vital"
    TWO_OF_FOUR = "two_of_four"
    YELLOW_SIGN = "yellow_sign"
    HIGH_RISK_VITAL = "high_risk_vital"
    NO_CRITERIA = "no_criteria"
    SIGNS_NOT_CHECKED = "signs_not_checked"
    NOT_MEASURED = "not_measured"
    UNUSUAL_VITAL = "unusual_vital"
    CHILD_BY_HAND = "child_by_hand"
    AGE_UNKNOWN = "age_unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. Facts: `sign` (code), or `measure` (code), `value` and the limit `below` or `above` that it
    passed.
    """

    code: TriageReason
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What triage knows. `signs_checked`: the nurse went through the list, so that an absent sign means "not there"."""

    subject: Subject
    vitals: Vitals
    signs: frozenset[Sign] = frozenset()
    signs_checked: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A colour (None: the nurse decides), why, by which table. `review`: a senior should look at once, or triage up.

    `missing` are vital signs of the tool that were not measured. No table has been signed by a clinician of this
    clinic unless the clinic says so.
    """

    colour: Colour | None
    reasons: tuple[Reason, ...]
    table: str
    review: bool = False
    missing: tuple[str, ...] = ()


def danger_signs(age_years: int | None) -> tuple[DangerSign, ...]:
    """The signs that are red at once, for this age, with their keys. Age unknown: all of them."""
    child = age_years is None or age_years < iitt.ADULT_FROM_YEARS
    return tuple(row for row in iitt.DANGER_SIGNS if child or not row.child_only)


def suggest(assessment: Assessment) -> Suggestion:
    """The colour that the table suggests.

    A danger sign is red at any age. From 12 years the adult tool decides; a high-risk vital sign lifts green to
    yellow and always asks for a review, and consciousness other than alert is an altered mental status. Under 12, and
    when the age is unknown, nothing else is suggested.
    """
    years = assessment.subject.age_years
    adult = years is not None and years >= iitt.ADULT_FROM_YEARS
    table = iitt.VERSION if adult else iitt.CHILD_VERSION
    danger = _danger(assessment)
    if not adult:
        by_hand = Reason(TriageReason.AGE_UNKNOWN if years is None else TriageReason.CHILD_BY_HAND)
        return Suggestion(Colour.RED, danger, table) if danger else Suggestion(None, (by_hand,), table)
    assessment = _with_altered_mind(assessment)
    risky = _by_vitals(TriageReason.HIGH_RISK_VITAL, iitt.HIGH_RISK_VITALS, assessment) + _not_alert(assessment)
    missing = _missing(assessment.vitals)
    red = danger + _red(assessment)
    if red:
        return Suggestion(Colour.RED, red + risky, table, review=True, missing=missing)
    yellow = _by_signs(TriageReason.YELLOW_SIGN, iitt.YELLOW_SIGNS, assessment)
    if yellow or risky:
        return Suggestion(Colour.YELLOW, yellow + risky, table, review=bool(risky), missing=missing)
    return _green(assessment, missing, table)


def _with_altered_mind(assessment: Assessment) -> Assessment:
    """Who is not alert has an altered mental status, whether or not the sign was ticked."""
    if assessment.vitals.avpu in {None, Avpu.ALERT}:
        return assessment
    return replace(assessment, signs=assessment.signs | {Sign.ALTERED_MENTAL_STATUS})


def _unusual(assessment: Assessment) -> list[Reason]:
    """Values that need a confirmation: too far off for a green, although the tool has no row for them."""
    found = []
    for each in check_vitals(assessment.vitals, assessment.subject):
        if each.level in {VitalLevel.LOW, VitalLevel.HIGH} or each.measure in iitt.NOT_ACUTE:
            continue
        side, limit = ("below", each.low) if each.low is not None and each.value < each.low else ("above", each.high)
        facts = {"measure": each.measure.value, "value": format(each.value, "f")}
        found.append(Reason(TriageReason.UNUSUAL_VITAL, facts if limit is None else {**facts, side: str(limit)}))
    return found


def _green(assessment: Assessment, missing: tuple[str, ...], table: str) -> Suggestion:
    """Green needs proof: signs asked, the needed vitals measured, no value outside what is usual. What is missing is
    never taken as normal.
    """
    doubts = [] if assessment.signs_checked else [Reason(TriageReason.SIGNS_NOT_CHECKED)]
    needed = {measure.value for measure in iitt.NEEDED_FOR_GREEN} | {"avpu"}
    doubts += [Reason(TriageReason.NOT_MEASURED, {"measure": name}) for name in missing if name in needed]
    doubts += _unusual(assessment)
    if doubts:
        return Suggestion(None, tuple(doubts), table, missing=missing)
    return Suggestion(Colour.GREEN, (Reason(TriageReason.NO_CRITERIA),), table, missing=missing)


def _missing(vitals: Vitals) -> tuple[str, ...]:
    measures = tuple(row.measure.value for row in iitt.HIGH_RISK_VITALS if vitals.value(row.measure) is None)
    return measures if vitals.avpu is not None else (*measures, "avpu")


def _danger(assessment: Assessment) -> tuple[Reason, ...]:
    signs = [row.sign for row in danger_signs(assessment.subject.age_years) if row.sign in assessment.signs]
    unresponsive = assessment.vitals.avpu is Avpu.UNRESPONSIVE
    child = (assessment.subject.age_years or 0) < iitt.ADULT_FROM_YEARS
    if (unresponsive or (child and assessment.vitals.avpu is Avpu.PAIN)) and Sign.UNRESPONSIVE not in signs:
        signs.insert(0, Sign.UNRESPONSIVE)
    return tuple(Reason(TriageReason.DANGER_SIGN, {"sign": sign.value}) for sign in signs)


def _red(assessment: Assessment) -> tuple[Reason, ...]:
    shown = {row.sign for row in iitt.DANGER_SIGNS}
    rows = tuple(row for row in iitt.RED_SIGNS if row.sign not in shown)
    by_signs = _by_signs(TriageReason.RED_SIGN, rows, assessment)
    return by_signs + _by_vitals(TriageReason.RED_VITAL, iitt.RED_VITALS, assessment) + _two_of_four(assessment)


def _by_signs(code: TriageReason, rows: tuple[iitt.SignRow, ...], assessment: Assessment) -> tuple[Reason, ...]:
    years = assessment.subject.age_years or 0
    return tuple(
        Reason(code, {"sign": row.sign.value})
        for row in rows
        if row.sign in assessment.signs
        and (assessment.subject.pregnant or not row.pregnant)
        and (row.over_years is None or years > row.over_years)
    )


def _by_vitals(code: TriageReason, rows: tuple[iitt.VitalRow, ...], assessment: Assessment) -> tuple[Reason, ...]:
    found = []
    for row in rows:
        value = assessment.vitals.value(row.measure)
        if value is None or (row.pregnant and not assessment.subject.pregnant):
            continue
        facts = {"measure": row.measure.value, "value": format(value, "f")}
        if row.below is not None and value < row.below:
            found.append(Reason(code, {**facts, "below": str(row.below)}))
        elif row.above is not None and value > row.above:
            found.append(Reason(code, {**facts, "above": str(row.above)}))
    return tuple(found)


def _not_alert(assessment: Assessment) -> tuple[Reason, ...]:
    avpu = assessment.vitals.avpu
    if avpu is None or avpu is Avpu.ALERT:
        return ()
    return (Reason(TriageReason.HIGH_RISK_VITAL, {"measure": "avpu", "value": avpu.value}),)


def _two_of_four(assessment: Assessment) -> tuple[Reason, ...]:
    """Any two of altered mental status, stiff neck, headache, hypothermia or fever."""
    found = sorted(sign.value for sign in iitt.TWO_OF_FOUR & assessment.signs)
    temperature = assessment.vitals.temperature
    if temperature is not None and not iitt.HYPOTHERMIA_BELOW <= temperature < iitt.FEVER_FROM:
        found.append("temperature")
    if len(found) < 2:
        return ()
    return (Reason(TriageReason.TWO_OF_FOUR, {"signs": ",".join(found)}),)


def check_choice(suggestion: Suggestion, chosen: Colour, reason: str) -> bool:
    """Whether `chosen` overrides the suggestion. Raises ReasonNeeded when it does so without a reason."""
    overridden = suggestion.colour is not None and chosen is not suggestion.colour
    if overridden and not reason.strip():
        raise ReasonNeeded(field="override_reason", what="override")
    return overridden


def retriage_due(
    colour: Colour, assessed_at: datetime, minutes: Mapping[Colour, int] = RETRIAGE_MINUTES
) -> datetime | None:
    """When a patient of this colour must be looked at again, should they still wait; None for a colour without
    interval.
    """
    interval = minutes.get(colour)
    return None if interval is None else assessed_at + timedelta(minutes=interval)


@dataclass(frozen=True, slots=True)
class News2:
    """The score and how it came about. `total` None: `missing` says what was not measured, or `excluded` why it is
    not for this patient.
    """

    total: int | None
    risk: news2.NewsRisk | None
    parts: Mapping[str, int]
    missing: tuple[str, ...] = ()
    excluded: str = ""
    table: str = news2.VERSION


def score_news2(subject: Subject, vitals: Vitals, *, scale_2: bool = False) -> News2:
    """NEWS2 (RCP 2017). `scale_2` only on a clinician's word (target SpO₂ 88–92 %).

    `excluded` is `age_unknown`, `under_16` or `pregnant`. With anything missing there is no total: a partial score
    reads as a low one.
    """
    years = subject.age_years
    if years is None or years < news2.FROM_YEARS:
        return News2(None, None, {}, excluded="age_unknown" if years is None else "under_16")
    if subject.pregnant:
        return News2(None, None, {}, excluded="pregnant")
    parts: dict[str, int] = {}
    missing = []
    for measure in (Measure.BREATHING_RATE, Measure.SPO2, Measure.SYSTOLIC, Measure.PULSE, Measure.TEMPERATURE):
        value = vitals.value(measure)
        if value is None:
            missing.append(measure.value)
        elif measure is Measure.SPO2:
            parts[measure.value] = _spo2_points(value, scale_2, vitals.on_oxygen is True)
        else:
            parts[measure.value] = news2.points(value, news2.POINTS[measure])
    for name, known, given in (
        ("on_oxygen", vitals.on_oxygen is not None, news2.OXYGEN_POINTS if vitals.on_oxygen else 0),
        ("avpu", vitals.avpu is not None, 0 if vitals.avpu is Avpu.ALERT else news2.NOT_ALERT_POINTS),
    ):
        if known:
            parts[name] = given
        else:
            missing.append(name)
    if missing:
        return News2(None, None, parts, tuple(missing))
    total = sum(parts.values())
    return News2(total, news2.risk(total, single_three=3 in parts.values()), parts)


def _spo2_points(value: Decimal, scale_2: bool, on_oxygen: bool) -> int:
    if not scale_2:
        return news2.points(value, news2.SPO2_SCALE_1)
    return news2.points(value, news2.SPO2_SCALE_2_OXYGEN if on_oxygen else news2.SPO2_SCALE_2_AIR)
