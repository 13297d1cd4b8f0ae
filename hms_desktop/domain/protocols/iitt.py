"""Triage of patients of 12 years and older: the Interagency Integrated Triage Tool, as rows.

Source: WHO, ICRC and MSF, Interagency Integrated Triage Tool, routine triage, age 12 and older (2020), restated in
our own codes. Read from a copied text of the card, not from WHO's own file; that text breaks off after "active labour"
in the pregnancy criteria, so `pregnant_trauma` and `pregnancy_complication` come from general knowledge, and the
card's footnotes and reference card were not seen. The tool does not say which temperature its "hypothermia or fever"
means among the two-of-four signs: 36.0 °C and 38.0 °C are our reading. So is it that consciousness other than alert
(A of AVPU) counts as altered mental status. The tool knows red, yellow and green; orange and black are given by hand.
High-risk vital signs ask for an up-triage or an immediate review by a senior, they are not red by themselves. No
clinician has signed this table yet.

Version 2 (November 2026): altered mental status in pregnancy is red, as the card's "seizures or altered mental
status" says.

Danger signs of children under 12: emergency signs of WHO's Emergency Triage Assessment and Treatment (ETAT, 2005;
updated 2016). The tool's own card for children was not available, so no other colour is suggested for them.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.protocols.vital_limits import Measure

VERSION = "iitt-adult-2020-2"
CHILD_VERSION = "etat-emergency-signs-2016-1"
ADULT_FROM_YEARS = 12
ACUTE_PAIN_OVER_YEARS = 50


class Sign(StrEnum):
    """Something that the nurse sees or hears; each is a criterion of triage."""

    UNRESPONSIVE = "unresponsive"
    STRIDOR = "stridor"
    RESPIRATORY_DISTRESS = "respiratory_distress"
    SLOW_CAPILLARY_REFILL = "slow_capillary_refill"
    WEAK_FAST_PULSE = "weak_fast_pulse"
    HEAVY_BLEEDING = "heavy_bleeding"
    CONVULSING = "convulsing"
    HIGH_RISK_TRAUMA = "high_risk_trauma"
    POISONING = "poisoning"
    SEVERE_DEHYDRATION = "severe_dehydration"
    ALTERED_MENTAL_STATUS = "altered_mental_status"
    STIFF_NECK = "stiff_neck"
    HEADACHE = "headache"
    THREATENED_LIMB = "threatened_limb"
    SNAKE_BITE = "snake_bite"
    ACUTE_CHEST_ABDOMINAL_PAIN = "acute_chest_abdominal_pain"
    ECG_ISCHAEMIA = "ecg_ischaemia"
    VIOLENT = "violent"
    PREGNANT_SEVERE_ABDOMINAL_PAIN = "pregnant_severe_abdominal_pain"
    PREGNANT_SEIZURE = "pregnant_seizure"
    PREGNANT_SEVERE_HEADACHE = "pregnant_severe_headache"
    PREGNANT_VISUAL_CHANGES = "pregnant_visual_changes"
    ACTIVE_LABOUR = "active_labour"
    PREGNANT_TRAUMA = "pregnant_trauma"
    NECK_SWELLING = "neck_swelling"
    WHEEZING = "wheezing"
    VOMITS_EVERYTHING = "vomits_everything"
    UNABLE_TO_DRINK = "unable_to_drink"
    SEVERE_PALLOR = "severe_pallor"
    ONGOING_BLEEDING = "ongoing_bleeding"
    RECENT_FAINTING = "recent_fainting"
    GENERAL_WEAKNESS = "general_weakness"
    FOCAL_NEUROLOGIC = "focal_neurologic"
    VISUAL_DISTURBANCE = "visual_disturbance"
    SEVERE_PAIN = "severe_pain"
    NEW_RASH = "new_rash"
    LIMB_DEFORMITY = "limb_deformity"
    OPEN_FRACTURE = "open_fracture"
    DISLOCATION = "dislocation"
    OTHER_TRAUMA = "other_trauma"
    URGENT_SURGERY = "urgent_surgery"
    SEXUAL_ASSAULT = "sexual_assault"
    TESTICULAR_PAIN = "testicular_pain"
    UNABLE_TO_URINATE = "unable_to_urinate"
    EXPOSURE_PROPHYLAXIS = "exposure_prophylaxis"
    PREGNANCY_COMPLICATION = "pregnancy_complication"


class SignGroup(StrEnum):
    """Where a sign stands on the card."""

    AIRWAY_BREATHING = "airway_breathing"
    CIRCULATION = "circulation"
    DISABILITY = "disability"
    OTHER = "other"
    PREGNANCY = "pregnancy"


@dataclass(frozen=True, slots=True)
class SignRow:
    """A criterion that one sign meets. `over_years` and `pregnant` say for whom it counts."""

    sign: Sign
    group: SignGroup
    pregnant: bool = False
    over_years: int | None = None


def _group(group: SignGroup, *signs: Sign, pregnant: bool = False) -> tuple[SignRow, ...]:
    return tuple(SignRow(sign, group, pregnant) for sign in signs)


RED_SIGNS: tuple[SignRow, ...] = (
    *_group(SignGroup.AIRWAY_BREATHING, Sign.UNRESPONSIVE, Sign.STRIDOR, Sign.RESPIRATORY_DISTRESS),
    *_group(SignGroup.CIRCULATION, Sign.SLOW_CAPILLARY_REFILL, Sign.WEAK_FAST_PULSE, Sign.HEAVY_BLEEDING),
    *_group(SignGroup.DISABILITY, Sign.CONVULSING),
    *_group(
        SignGroup.OTHER, Sign.HIGH_RISK_TRAUMA, Sign.POISONING, Sign.THREATENED_LIMB, Sign.SNAKE_BITE,
        Sign.ECG_ISCHAEMIA, Sign.VIOLENT,
    ),
    SignRow(Sign.ACUTE_CHEST_ABDOMINAL_PAIN, SignGroup.OTHER, over_years=ACUTE_PAIN_OVER_YEARS),
    *_group(
        SignGroup.PREGNANCY, Sign.PREGNANT_SEVERE_ABDOMINAL_PAIN, Sign.PREGNANT_SEIZURE, Sign.ALTERED_MENTAL_STATUS,
        Sign.PREGNANT_SEVERE_HEADACHE, Sign.PREGNANT_VISUAL_CHANGES, Sign.ACTIVE_LABOUR, Sign.PREGNANT_TRAUMA,
        pregnant=True,
    ),
)  # fmt: skip

TWO_OF_FOUR: frozenset[Sign] = frozenset({Sign.ALTERED_MENTAL_STATUS, Sign.STIFF_NECK, Sign.HEADACHE})
"""Any two of these, or one of them with hypothermia or fever, are red."""
HYPOTHERMIA_BELOW = Decimal(36)
FEVER_FROM = Decimal(38)

YELLOW_SIGNS: tuple[SignRow, ...] = (
    *_group(SignGroup.AIRWAY_BREATHING, Sign.NECK_SWELLING, Sign.WHEEZING),
    *_group(
        SignGroup.CIRCULATION, Sign.VOMITS_EVERYTHING, Sign.UNABLE_TO_DRINK, Sign.SEVERE_PALLOR, Sign.ONGOING_BLEEDING,
        Sign.RECENT_FAINTING,
    ),
    *_group(
        SignGroup.DISABILITY, Sign.ALTERED_MENTAL_STATUS, Sign.GENERAL_WEAKNESS, Sign.FOCAL_NEUROLOGIC,
        Sign.VISUAL_DISTURBANCE, Sign.SEVERE_PAIN,
    ),
    *_group(
        SignGroup.OTHER, Sign.NEW_RASH, Sign.LIMB_DEFORMITY, Sign.OPEN_FRACTURE, Sign.DISLOCATION, Sign.OTHER_TRAUMA,
        Sign.URGENT_SURGERY, Sign.SEXUAL_ASSAULT, Sign.TESTICULAR_PAIN, Sign.UNABLE_TO_URINATE,
        Sign.EXPOSURE_PROPHYLAXIS,
    ),
    *_group(SignGroup.PREGNANCY, Sign.PREGNANCY_COMPLICATION, pregnant=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VitalRow:
    """A criterion that a measurement meets when it is below `below` or above `above` (both exclusive)."""

    measure: Measure
    below: int | None = None
    above: int | None = None
    pregnant: bool = False


RED_VITALS: tuple[VitalRow, ...] = (
    VitalRow(Measure.PULSE, below=50, above=150),
    VitalRow(Measure.SYSTOLIC, above=159, pregnant=True),
    VitalRow(Measure.DIASTOLIC, above=109, pregnant=True),
)

HIGH_RISK_VITALS: tuple[VitalRow, ...] = (
    VitalRow(Measure.PULSE, below=60, above=130),
    VitalRow(Measure.BREATHING_RATE, below=10, above=30),
    VitalRow(Measure.TEMPERATURE, below=36, above=39),
    VitalRow(Measure.SPO2, below=92),
)
"""Beside these, any consciousness other than alert is a high-risk vital sign."""

NEEDED_FOR_GREEN: tuple[Measure, ...] = (Measure.PULSE, Measure.BREATHING_RATE, Measure.TEMPERATURE)
"""Our own caution: green is not suggested before these and consciousness are known. SpO₂ is named when it is
missing."""

NOT_ACUTE: frozenset[Measure] = frozenset({Measure.WEIGHT, Measure.HEIGHT})
"""Our own caution, beside the tool: no green is suggested while any other value lies outside the usual limits of
`vital_limits.py` (glucose 1.5 mmol/L, systolic 60 mmHg), for the tool has no row for them. The size of the body does
not count."""


@dataclass(frozen=True, slots=True)
class DangerSign:
    """A sign that is red at once, at any age, with the key that reports it. Keys are digits: the same in every
    language.
    """

    sign: Sign
    key: str
    child_only: bool = False


DANGER_SIGNS: tuple[DangerSign, ...] = (
    DangerSign(Sign.UNRESPONSIVE, "1"),
    DangerSign(Sign.STRIDOR, "2"),
    DangerSign(Sign.RESPIRATORY_DISTRESS, "3"),
    DangerSign(Sign.SLOW_CAPILLARY_REFILL, "4"),
    DangerSign(Sign.WEAK_FAST_PULSE, "5"),
    DangerSign(Sign.HEAVY_BLEEDING, "6"),
    DangerSign(Sign.CONVULSING, "7"),
    DangerSign(Sign.HIGH_RISK_TRAUMA, "8"),
    DangerSign(Sign.POISONING, "9"),
    DangerSign(Sign.SEVERE_DEHYDRATION, "0", child_only=True),
)
"""Bleeding, trauma and poisoning are the adult card's; taking them as red in a child too is our own caution, and so
is that slow refill or a weak fast pulse is enough alone (ETAT asks for cold hands with both)."""
