"""Vital signs of one patient at one moment: what was measured, what it means at this age, what can't be.

"Not measured" is None, never zero and never normal. Numbers are Decimal or int, no floats. The limits come from
`protocols/vital_limits.py` (version there); malnutrition and pregnancy rules name their publications below.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.protocols.vital_limits import FORMS, Band, Measure, limits_for, possible_at_any_age

WEIGHT_NEEDED_BELOW_YEARS = 12
"""A younger child's doses are counted by weight, so triage asks for it."""

GLUCOSE_FACTOR = Decimal("18.016")
"""mg/dL in one mmol/L: a tenth of glucose's molar mass, 180.16 g/mol."""


class Avpu(StrEnum):
    """Consciousness: ACVPU, that is AVPU with new confusion (RCP, NEWS2, 2017). Only `alert` is normal."""

    ALERT = "alert"
    CONFUSED = "confused"
    VOICE = "voice"
    PAIN = "pain"
    UNRESPONSIVE = "unresponsive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """One set of measurements.

    Temperature °C, pulse and breathing per minute, pressures mmHg, SpO₂ %, glucose mmol/L, weight kg, height cm, MUAC
    mm, pain 0–10.
    """

    temperature: Decimal | None = None
    pulse: int | None = None
    breathing_rate: int | None = None
    spo2: int | None = None
    on_oxygen: bool | None = None
    systolic: int | None = None
    diastolic: int | None = None
    glucose: Decimal | None = None
    weight: Decimal | None = None
    height: Decimal | None = None
    muac: int | None = None
    pain: int | None = None
    avpu: Avpu | None = None

    def value(self, measure: Measure) -> Decimal | None:
        """What was measured, as a Decimal; None when it was not."""
        found: Decimal | int | None = getattr(self, measure.value)
        return None if found is None else Decimal(found)

    @property
    def bmi(self) -> Decimal | None:
        """Body mass index in kg/m², one decimal; None when weight or height is missing."""
        if self.weight is None or not self.height:
            return None
        metres = self.height / 100
        return (self.weight / (metres * metres)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was measured."""
        return self.avpu is None and all(self.value(m) is None for m in Measure)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose vitals they are. `age_months` completed, None when nobody knows; `pregnant` as far as known."""

    age_months: int | None
    pregnant: bool = False

    @property
    def age_years(self) -> int | None:
        """Completed years."""
        return None if self.age_months is None else self.age_months // 12


class VitalLevel(StrEnum):
    """Where a value lies: impossible blocks, unusual asks for a confirmation, low and high are flags."""

    IMPOSSIBLE = "impossible"
    UNUSUAL_LOW = "unusual_low"
    UNUSUAL_HIGH = "unusual_high"
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


UNUSUAL = frozenset({VitalLevel.UNUSUAL_LOW, VitalLevel.UNUSUAL_HIGH})


@dataclass(frozen=True, slots=True)
class VitalFinding:
    """A value that is not normal, with the limits it broke (inclusive; None is no limit)."""

    measure: Measure
    level: VitalLevel
    value: Decimal
    low: Decimal | None
    high: Decimal | None


def level_of(measure: Measure, value: Decimal, subject: Subject) -> VitalLevel | None:
    """Where `value` lies for this age and pregnancy; None when it is possible and no band is known."""
    finding = _judge(measure, value, subject)
    return finding.level if finding else None


def check_vitals(vitals: Vitals, subject: Subject) -> tuple[VitalFinding, ...]:
    """Every value that is impossible, unusual, low or high, in measuring order.

    A diastolic pressure that is not below the systolic one is impossible, and is told as such on the diastolic.
    """
    findings = []
    for measure in Measure:
        value = vitals.value(measure)
        finding = None if value is None else _judge(measure, value, subject)
        if (
            measure is Measure.DIASTOLIC
            and value is not None
            and vitals.systolic is not None
            and value >= vitals.systolic
        ):
            finding = VitalFinding(measure, VitalLevel.IMPOSSIBLE, value, None, Decimal(vitals.systolic - 1))
        if finding is not None and finding.level is not VitalLevel.NORMAL:
            findings.append(finding)
    return tuple(findings)


def refuse_impossible(vitals: Vitals, subject: Subject) -> None:
    """Raises InvalidValue naming the first field whose value can't be.

    Reason `range` with `low` and `high`, or `not_below_systolic`.
    """
    for finding in check_vitals(vitals, subject):
        if finding.level is VitalLevel.IMPOSSIBLE:
            reason = "range" if finding.low is not None else "not_below_systolic"
            facts = {"value": finding.value, "low": finding.low, "high": finding.high}
            raise InvalidValue(field=finding.measure.value, reason=reason, **facts)


def unusual(vitals: Vitals, subject: Subject) -> tuple[VitalFinding, ...]:
    """The values that a person has to confirm before they are saved."""
    return tuple(f for f in check_vitals(vitals, subject) if f.level in UNUSUAL)


def _judge(measure: Measure, value: Decimal, subject: Subject) -> VitalFinding | None:
    limits = limits_for(measure, subject.age_months, pregnant=subject.pregnant)
    possible = limits.possible if limits else possible_at_any_age(measure)
    if _side(value, possible):
        return VitalFinding(measure, VitalLevel.IMPOSSIBLE, value, *possible)
    if limits is None:
        return None
    if side := _side(value, limits.usual):
        level = VitalLevel.UNUSUAL_LOW if side < 0 else VitalLevel.UNUSUAL_HIGH
        return VitalFinding(measure, level, value, *limits.usual)
    if limits.normal == (None, None):
        return None
    side = _side(value, limits.normal)
    level = VitalLevel.LOW if side < 0 else VitalLevel.HIGH if side > 0 else VitalLevel.NORMAL
    return VitalFinding(measure, level, value, *limits.normal)


def _side(value: Decimal, band: Band) -> int:
    low, high = band
    if low is not None and value < low:
        return -1
    return 1 if high is not None and value > high else 0


def parse_measure(text: str, measure: Measure, *, milligrams: bool = False) -> Decimal | None:
    """The value typed for `measure`, comma or point, or None for an empty field ("not measured").

    With `milligrams` a glucose typed in mg/dL becomes mmol/L. Raises InvalidValue naming the field: reason `number`, or
    `places` when there are more than the measure has.
    """
    cleaned = text.strip().replace(",", ".")
    if not cleaned:
        return None
    places = 0 if milligrams else FORMS[measure].places
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        raise InvalidValue(field=measure.value, reason="number", value=text) from None
    if not value.is_finite() or abs(value) >= 10_000:
        raise InvalidValue(field=measure.value, reason="number", value=text)
    if value != round(value, places):
        raise InvalidValue(field=measure.value, reason="places", value=text, places=places)
    return mmol_from_mg_dl(value) if milligrams else round(value, places)


def mmol_from_mg_dl(glucose: Decimal) -> Decimal:
    """Glucose in mmol/L, one decimal, from mg/dL."""
    return (glucose / GLUCOSE_FACTOR).quantize(Decimal("0.1"), ROUND_HALF_UP)


def mg_dl_from_mmol(glucose: Decimal) -> int:
    """Glucose in whole mg/dL from mmol/L."""
    return int((glucose * GLUCOSE_FACTOR).quantize(Decimal(1), ROUND_HALF_UP))


def weight_needed(age_years: int | None, vitals: Vitals) -> bool:
    """Whether the weight must still be asked for: a child under 12 years without one."""
    return age_years is not None and age_years < WEIGHT_NEEDED_BELOW_YEARS and vitals.weight is None


class Nutrition(StrEnum):
    """What mid-upper arm circumference says at 6 to 59 months."""

    SEVERE = "severe_acute_malnutrition"
    MODERATE = "moderate_acute_malnutrition"
    NOT_WASTED = "not_wasted"


def screen_muac(muac: int | None, age_months: int | None) -> Nutrition | None:
    """Malnutrition by MUAC (mm): severe below 115, moderate from 115 to below 125; None outside 6–59 months or not
    measured.

    Severe: WHO, Guideline: updates on the management of severe acute malnutrition in infants and children, 2013.
    Moderate: the band that WHO and UNICEF use beside it (WHO technical note on supplementary foods, 2012). Oedema of
    both feet is severe whatever the MUAC says, and is not judged here.
    """
    if muac is None or age_months is None or not 6 <= age_months <= 59:
        return None
    if muac < 115:
        return Nutrition.SEVERE
    return Nutrition.MODERATE if muac < 125 else Nutrition.NOT_WASTED


class PregnancyFlag(StrEnum):
    """What vitals say in pregnancy."""

    SEVERE_HYPERTENSION = "severe_hypertension"
    HYPERTENSION = "hypertension"
    FEVER = "fever"


def pregnancy_flags(vitals: Vitals, *, pregnant: bool) -> tuple[PregnancyFlag, ...]:
    """Warnings for a pregnant patient: pressure from 140/90, severe from 160/110; temperature from 38.0 °C.

    Pressures: WHO recommendations for prevention and treatment of pre-eclampsia and eclampsia, 2011. Temperature: WHO
    recommendations for maternal peripartum infections, 2015, from general knowledge, not compared with the text.
    """
    if not pregnant:
        return ()
    systolic, diastolic = vitals.systolic or 0, vitals.diastolic or 0
    found = []
    if systolic >= 160 or diastolic >= 110:
        found.append(PregnancyFlag.SEVERE_HYPERTENSION)
    elif systolic >= 140 or diastolic >= 90:
        found.append(PregnancyFlag.HYPERTENSION)
    if vitals.temperature is not None and vitals.temperature >= 38:
        found.append(PregnancyFlag.FEVER)
    return tuple(found)
