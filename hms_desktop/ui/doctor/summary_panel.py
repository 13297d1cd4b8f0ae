"""What matters before a word is said: vital signs with their trend, problems, medicines, the newest results."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from hms_desktop.domain.chart import Chart, SeenPatient
from hms_desktop.domain.consultations import ConditionState
from hms_desktop.domain.dates import age_in_months, show_date
from hms_desktop.domain.lab_rows import ResultRow
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.protocols.vital_limits import FORMS, Measure, limits_for
from hms_desktop.domain.triage_rows import VitalsRow, show_measure
from hms_desktop.ui.doctor.note_text import medicine_text, moment, result_text
from hms_desktop.ui.kit.chart import ChartPoint, LineChart
from hms_desktop.ui.kit.layout import card
from hms_desktop.ui.kit.theme import TypeSize, label, set_look_property
from hms_desktop.words.facts import months
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

TREND = (Measure.TEMPERATURE, Measure.SYSTOLIC, Measure.PULSE, Measure.WEIGHT, Measure.SPO2)
"""What is drawn, in this order of interest, because people would rather look than read."""
DRAWN = 3
SHOWN_MEDICINES = 8
SHOWN_RESULTS = 8


class SummaryPanel(QWidget):
    """One narrow column beside the work."""

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._vitals = _text("doctor.vitals_summary")
        self._results = _text("doctor.results_summary")
        self._problems = _text("doctor.problems_summary")
        self._medicines = _text("doctor.medicines_summary")
        self._vaccines = _text("doctor.vaccines_summary")
        self._charts = {m: LineChart(f"doctor.trend_{m.value}", say(m), FORMS[m].unit) for m in TREND}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._vaccine_card = _card(tr("Immunisations"), self._vaccines)
        for each in (
            _card(tr("Vital signs"), self._vitals, *self._charts.values()),
            _card(tr("Newest results"), self._results),
            _card(tr("Problems"), self._problems),
            _card(tr("Medicines"), self._medicines),
            self._vaccine_card,
        ):
            layout.addWidget(each)
        layout.addStretch(1)

    def show_patient(self, seen: SeenPatient, today: date) -> None:
        """Fill the column."""
        chart = seen.chart
        self._show_vitals(chart, seen.banner.birth_date, today)
        active = [row.text for row in chart.conditions if row.state is ConditionState.ACTIVE]
        _fill(self._problems, active, tr("None recorded"))
        running = [row for row in chart.prescriptions if _runs(row.state) and row.valid_until >= today]
        _fill(self._medicines, [medicine_text(row) for row in running[:SHOWN_MEDICINES]], tr("None recorded"))
        released = [row for row in seen.results if row.released][:SHOWN_RESULTS]
        _fill(self._results, [_result_line(row) for row in released], tr("None yet"))
        given = [f"{row.vaccine}, {show_date(row.given_on, months())}" for row in chart.immunizations]
        _fill(self._vaccines, given[:SHOWN_MEDICINES], "")
        self._vaccine_card.setVisible(bool(given))

    def _show_vitals(self, chart: Chart, born: date | None, today: date) -> None:
        measured = [row for row in chart.vitals if row.voided_at is None]
        self._vitals.setText(_vitals_text(measured[0], self._zone) if measured else tr("Not measured"))
        set_look_property(self._vitals, "muted", not measured)
        age = None if born is None or born > today else age_in_months(born, today)
        drawn = 0
        for measure, line in self._charts.items():
            points = _points(measured, measure, self._zone)
            limits = limits_for(measure, age, pregnant=bool(measured and measured[0].pregnant))
            line.set_points(points, limits.normal if limits is not None else None)
            worth = drawn < DRAWN and sum(point.value is not None for point in points) > 1
            drawn += worth
            line.setVisible(worth)


def _points(rows: Sequence[VitalsRow], measure: Measure, zone: ZoneInfo) -> list[ChartPoint]:
    return [ChartPoint(_local(row.taken_at, zone), row.vitals.value(measure)) for row in reversed(rows)]


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone)


def _runs(state: ItemState) -> bool:
    return state in {ItemState.ACTIVE, ItemState.PARTLY, ItemState.DISPENSED}


def _text(name: str) -> QLabel:
    made = label("", TypeSize.SMALL)
    made.setObjectName(name)
    made.setWordWrap(True)
    return made


def _card(title: str, *inside: QWidget) -> QFrame:
    return card(label(title, TypeSize.SMALL, bold=True), *inside, space=4, margins=8)


def _fill(text: QLabel, lines: Sequence[str], nothing: str) -> None:
    text.setText("\n".join(lines) or nothing)
    set_look_property(text, "muted", not lines)


def _result_line(row: ResultRow) -> str:
    return f"▲ {result_text(row)}" if row.is_critical else result_text(row)


def _vitals_text(row: VitalsRow, zone: ZoneInfo) -> str:
    """The newest set: pressure as a pair, each with its unit; what was not measured is left to the chart."""
    parts = [moment(row.taken_at, zone)]
    pair = [row.vitals.value(measure) for measure in (Measure.SYSTOLIC, Measure.DIASTOLIC)]
    shown = [show_measure(Measure.SYSTOLIC, value) for value in pair if value is not None]
    if len(shown) == len(pair):
        unit = FORMS[Measure.SYSTOLIC].unit
        parts.append(tr("Blood pressure {pair} {unit}", pair="/".join(shown), unit=unit))
    paired = {Measure.SYSTOLIC, Measure.DIASTOLIC} if len(parts) > 1 else set()
    for measure in Measure:
        value = row.vitals.value(measure)
        if value is not None and measure not in paired:
            parts.append(f"{say(measure)} {show_measure(measure, value)} {FORMS[measure].unit}".strip())
    return "\n".join(parts)
