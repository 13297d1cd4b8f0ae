"""What matters before a word is said: vital signs with their trend, problems, medicines, the newest results."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from hms_desktop.domain.chart import Chart
from hms_desktop.domain.consultations import ConditionState
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.lab_rows import ResultRow
from hms_desktop.domain.prescriptions import ItemState
from hms_desktop.domain.protocols.vital_limits import FORMS, Measure
from hms_desktop.domain.triage_rows import VitalsRow, show_measure
from hms_desktop.ui.kit.chart import ChartPoint, LineChart
from hms_desktop.ui.kit.layout import card
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

TREND = (Measure.TEMPERATURE, Measure.SYSTOLIC)
"""Drawn, because people would rather look than read."""
SHOWN_RESULTS = 6


class SummaryPanel(QWidget):
    """One narrow column that never hides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vitals, self._problems, self._drugs, self._results = (_text() for _ in range(4))
        for widget, name in (
            (self._vitals, "doctor.vitals_summary"),
            (self._problems, "doctor.problems_summary"),
            (self._drugs, "doctor.medicines_summary"),
            (self._results, "doctor.results_summary"),
        ):
            widget.setObjectName(name)
        self._charts = {
            measure: LineChart(f"doctor.trend_{measure.value}", say(measure), FORMS[measure].unit) for measure in TREND
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(_heading(tr("Vital signs")), self._vitals, *self._charts.values(), margins=8))
        layout.addWidget(card(_heading(tr("Problems")), self._problems, margins=8))
        layout.addWidget(card(_heading(tr("Medicines")), self._drugs, margins=8))
        layout.addWidget(card(_heading(tr("Newest results")), self._results, margins=8))
        layout.addStretch(1)

    def show_patient(self, chart: Chart, results: Sequence[ResultRow]) -> None:
        """Fill the column."""
        measured = [row for row in chart.vitals if row.voided_at is None]
        self._vitals.setText(_vitals_text(measured[0]) if measured else tr("Vital signs: not measured"))
        for measure, drawn in self._charts.items():
            points = [ChartPoint(row.taken_at, row.vitals.value(measure)) for row in reversed(measured)]
            drawn.setVisible(sum(point.value is not None for point in points) > 1)
            drawn.set_points(points)
        active = [row.text for row in chart.conditions if row.state is ConditionState.ACTIVE]
        self._problems.setText("\n".join(active) or tr("None recorded"))
        running = [
            " ".join(part for part in (row.name, row.strength, row.frequency) if part)
            for row in chart.prescriptions
            if row.state in {ItemState.ACTIVE, ItemState.PARTLY, ItemState.DISPENSED}
        ]
        self._drugs.setText("\n".join(running[:8]) or tr("None recorded"))
        self._results.setText("\n".join(_result_text(row) for row in results[:SHOWN_RESULTS]) or tr("None yet"))


def _text() -> QLabel:
    made = label("", TypeSize.SMALL)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return made


def _heading(text: str) -> QWidget:
    return label(text, TypeSize.SMALL, bold=True)


def _vitals_text(row: VitalsRow) -> str:
    parts = []
    for measure in Measure:
        value = row.vitals.value(measure)
        if value is not None:
            parts.append(f"{say(measure)} {show_measure(measure, value)} {FORMS[measure].unit}".strip())
    return "\n".join((show_date(row.taken_at.date()), *parts))


def _result_text(row: ResultRow) -> str:
    flag = f" {row.flag.value}" if row.flag else ""
    return f"{row.name}: {row.value} {row.unit}{flag}".replace("  ", " ")
