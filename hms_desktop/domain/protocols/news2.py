"""National Early Warning Score 2: the points, as rows.

Source: Royal College of Physicians. National Early Warning Score (NEWS) 2: Standardising the assessment of
acute-illness severity in the NHS. Updated report of a working party. London: RCP, 2017 (chart 1; thresholds of charts
2 and 4). Read from copies of the charts. The RCP asks to be acknowledged and restricts nothing else; its charts are
not reproduced here. Not for patients under 16 years nor in pregnancy.
"""

from decimal import Decimal
from enum import StrEnum

from hms_desktop.domain.protocols.vital_limits import Measure

VERSION = "news2-2017"
FROM_YEARS = 16

Steps = tuple[tuple[Decimal | None, int], ...]
"""(highest value of the step, points) upwards; the last step has no highest value."""


def _steps(text: str) -> Steps:
    """Written as `8:3 11:1 20:0 24:2 :3`."""
    pairs = (part.split(":") for part in text.split())
    return tuple((Decimal(top) if top else None, int(points)) for top, points in pairs)


POINTS: dict[Measure, Steps] = {
    Measure.BREATHING_RATE: _steps("8:3 11:1 20:0 24:2 :3"),
    Measure.SYSTOLIC: _steps("90:3 100:2 110:1 219:0 :3"),
    Measure.PULSE: _steps("40:3 50:1 90:0 110:1 130:2 :3"),
    Measure.TEMPERATURE: _steps("35.0:3 36.0:1 38.0:0 39.0:1 :2"),
}

SPO2_SCALE_1: Steps = _steps("91:3 93:2 95:1 :0")
"""For everybody but those whom a clinician has put on scale 2."""

SPO2_SCALE_2_AIR: Steps = _steps("83:3 85:2 87:1 :0")
SPO2_SCALE_2_OXYGEN: Steps = _steps("83:3 85:2 87:1 92:0 94:1 96:2 :3")
"""Target 88–92 %: hypercapnic respiratory failure, on a clinician's word only."""

OXYGEN_POINTS = 2
NOT_ALERT_POINTS = 3


class NewsRisk(StrEnum):
    """Clinical risk by the aggregate score (chart 2)."""

    LOW = "low"
    LOW_MEDIUM = "low_medium"
    MEDIUM = "medium"
    HIGH = "high"


def points(value: Decimal, steps: Steps) -> int:
    """The points of the step that `value` falls into."""
    return next(given for top, given in steps if top is None or value <= top)


def risk(total: int, *, single_three: bool) -> NewsRisk:
    """0–4 low (low to medium when one parameter alone scores 3), 5–6 medium, 7 and more high."""
    if total >= 7:
        return NewsRisk.HIGH
    if total >= 5:
        return NewsRisk.MEDIUM
    return NewsRisk.LOW_MEDIUM if single_three else NewsRisk.LOW
