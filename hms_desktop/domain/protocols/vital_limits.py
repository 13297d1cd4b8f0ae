"""Limits of vital signs by age: what can't be, what is unusual, what is normal. A table of our own, with its sources.

Version 1. Per age band (completed months, `to_months` excluded) six limits, all inclusive: a value outside `possible`
is refused, one outside `usual` has to be confirmed, one outside `normal` is flagged low or high. Sources:

- pulse and breathing under 18 years: Fleming S et al., Lancet 2011;377:1011–18, 10th to 90th centile as normal;
  `usual` is our own margin of a fifth beyond the 1st and 99th centile (the study's children were healthy, ours are
  ill), wider for fast breathing, which pneumonia makes common. The centiles were not compared with the printed paper,
  only with another clinic system's table that agrees.
- adults: breathing 12–20 as in NEWS2 (RCP 2017); pulse 60–100 and SpO₂ from 94 % as commonly taught (at height above
  the sea less is usual, which this table does not know).
- low systolic pressure of children: PALS limits (60, 70, 70 + 2 × years, 90 mmHg), from general knowledge. Adult high
  limits: WHO/ISH 140/90; in pregnancy 160/110 (WHO 2011, pre-eclampsia). Normal bands of children's pressures are
  approximate.
- temperature: WHO Pocket Book of Hospital Care for Children (2013) hypothermia below 35.5 °C, fever from 37.5 °C
  axillary.
- weight and height under 5 years: WHO Child Growth Standards (2006), −3 to +3 SD as normal and −4 to +4 SD as usual,
  taken at the ends of each band for both sexes; above that age plausibility limits of our own, and no normal band.
- MUAC: WHO 125 mm at 6–59 months; otherwise plausibility limits of our own.
- glucose: hypoglycaemia and random values as commonly taught, not compared with one publication.

No clinician has signed this table yet; a clinic should have it read before relying on it.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

VERSION = "vital-limits-1"


class Measure(StrEnum):
    """A vital sign, in the order in which it is measured."""

    TEMPERATURE = "temperature"
    PULSE = "pulse"
    BREATHING_RATE = "breathing_rate"
    SPO2 = "spo2"
    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    GLUCOSE = "glucose"
    WEIGHT = "weight"
    HEIGHT = "height"
    MUAC = "muac"
    PAIN = "pain"


@dataclass(frozen=True, slots=True)
class MeasureForm:
    """How a measure is written: UCUM-like unit and decimals accepted and shown."""

    unit: str
    places: int


FORMS: dict[Measure, MeasureForm] = {
    Measure.TEMPERATURE: MeasureForm("°C", 1),
    Measure.PULSE: MeasureForm("/min", 0),
    Measure.BREATHING_RATE: MeasureForm("/min", 0),
    Measure.SPO2: MeasureForm("%", 0),
    Measure.SYSTOLIC: MeasureForm("mmHg", 0),
    Measure.DIASTOLIC: MeasureForm("mmHg", 0),
    Measure.GLUCOSE: MeasureForm("mmol/L", 1),
    Measure.WEIGHT: MeasureForm("kg", 2),
    Measure.HEIGHT: MeasureForm("cm", 1),
    Measure.MUAC: MeasureForm("mm", 0),
    Measure.PAIN: MeasureForm("/10", 0),
}

Band = tuple[Decimal | None, Decimal | None]
"""Lowest and highest value, both inclusive; None is no limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one measure in one age band; `pregnant` rows come before the others when they apply."""

    measure: Measure
    from_months: int
    to_months: int | None
    possible: Band
    usual: Band
    normal: Band
    pregnant: bool = False


def _band(text: str) -> Band:
    """`30..200`, `..159` or `-` (no limits)."""
    low, _, high = text.partition("..")
    return (Decimal(low) if low not in {"", "-"} else None), (Decimal(high) if high else None)


def _rows(measure: Measure, text: str, *, pregnant: bool = False) -> tuple[Limits, ...]:
    """Rows written as `from-to possible usual normal`, ages in months."""
    rows = []
    for line in text.strip().splitlines():
        ages, possible, usual, normal = line.split()
        start, _, end = ages.partition("-")
        bands = (_band(possible), _band(usual), _band(normal))
        rows.append(Limits(measure, int(start), int(end) if end else None, *bands, pregnant))
    return tuple(rows)


LIMITS: tuple[Limits, ...] = (
    *_rows(Measure.TEMPERATURE, "0- 25..45 35..41 36..37.4"),
    *_rows(
        Measure.PULSE,
        """
        0-3     10..350  85..215  123..164
        3-6     10..350  85..210  120..159
        6-9     10..350  80..200  114..152
        9-12    10..350  75..195  109..145
        12-18   10..350  70..185  103..140
        18-24   10..350  65..180  98..135
        24-36   10..320  60..170  92..128
        36-48   10..320  55..165  86..123
        48-72   10..320  50..155  81..117
        72-96   10..320  45..150  74..111
        96-144  10..300  40..150  67..103
        144-180 10..300  40..150  62..96
        180-216 10..300  40..150  58..92
        216-    10..300  40..150  60..100
        """,
    ),
    *_rows(
        Measure.BREATHING_RATE,
        """
        0-3     3..150  20..80  34..57
        3-6     3..150  19..80  33..55
        6-9     3..150  18..80  31..52
        9-12    3..150  17..80  30..50
        12-18   3..150  16..70  28..46
        18-24   3..150  15..70  25..40
        24-36   3..120  14..60  22..34
        36-48   3..120  13..60  21..29
        48-72   3..120  13..60  20..27
        72-96   3..120  12..50  18..24
        96-144  3..120  11..50  16..22
        144-180 3..120  10..40  15..21
        180-216 3..120  9..40   13..19
        216-    3..100  8..40   12..20
        """,
    ),
    *_rows(Measure.SPO2, "0- 10..100 85..100 94..100"),
    *_rows(
        Measure.SYSTOLIC,
        """
        0-1     20..200  50..100  60..90
        1-12    30..220  60..120  70..105
        12-36   30..230  65..130  85..107
        36-72   30..240  70..140  90..110
        72-156  30..260  75..150  92..120
        156-216 30..280  80..170  100..130
        216-    30..300  80..200  100..139
        """,
    ),
    *_rows(Measure.SYSTOLIC, "120- 30..300 80..159 90..139", pregnant=True),
    *_rows(
        Measure.DIASTOLIC,
        """
        0-1     10..130  15..80   30..60
        1-12    10..150  25..85   40..65
        12-36   10..150  30..90   41..75
        36-72   10..160  35..95   47..77
        72-156  10..170  40..105  57..80
        156-216 10..190  45..115  60..84
        216-    10..200  45..120  60..89
        """,
    ),
    *_rows(Measure.DIASTOLIC, "120- 10..200 45..109 60..89", pregnant=True),
    *_rows(
        Measure.GLUCOSE,
        """
        0-1  0.3..60  2.5..15  2.6..7
        1-   0.3..80  3..20    3.9..7.8
        """,
    ),
    *_rows(
        Measure.WEIGHT,
        """
        0-1     0.3..8    1.7..7.4   2..6.5
        1-3     0.8..15   2.3..10    2.7..9
        3-6     1..20     3.5..12.1  4..10.9
        6-12    1.5..25   4.5..15    5.1..13.3
        12-24   2..35     5.6..19.6  6.3..17.1
        24-36   3..45     7.2..24.4  8.1..21
        36-60   4..70     8.6..35.4  9.6..29.5
        60-120  5..150    11..60     -
        120-144 8..200    16..90     -
        144-216 10..350   20..130    -
        216-    15..500   30..160    -
        """,
    ),
    *_rows(
        Measure.HEIGHT,
        """
        0-1     20..75   41.7..62.4   43.6..60.5
        1-3     25..90   45.8..69.6   47.8..67.5
        3-6     30..100  51.4..76.2   53.5..74
        6-12    35..110  56.6..85.2   58.9..82.9
        12-24   40..125  63.7..100    66.3..97
        24-36   45..135  73.5..110.9  76.7..107.2
        36-60   50..160  79.8..128.5  83.6..123.9
        60-120  55..200  90..165      -
        120-144 70..220  110..185     -
        144-216 70..240  120..205     -
        216-    50..260  130..210     -
        """,
    ),
    *_rows(
        Measure.MUAC,
        """
        0-6    30..250  60..180   -
        6-60   40..300  90..220   125..
        60-216 60..600  110..400  -
        216-   80..800  160..500  -
        """,
    ),
    *_rows(Measure.PAIN, "0- 0..10 0..10 -"),
)


def limits_for(measure: Measure, age_months: int | None, *, pregnant: bool = False) -> Limits | None:
    """The row for this age. Age unknown: None, for no band can be chosen honestly."""
    if age_months is None:
        return None
    rows = [row for row in LIMITS if row.measure is measure and row.pregnant in {False, pregnant}]
    fitting = [r for r in rows if r.from_months <= age_months and (r.to_months is None or age_months < r.to_months)]
    return max(fitting, key=lambda row: row.pregnant)


def possible_at_any_age(measure: Measure) -> Band:
    """The widest limits of all ages: what even somebody of unknown age can't have."""
    rows = [row.possible for row in LIMITS if row.measure is measure]
    return min(low for low, _ in rows if low is not None), max(high for _, high in rows if high is not None)
