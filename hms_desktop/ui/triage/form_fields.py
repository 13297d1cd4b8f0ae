"""The fields of a triage and the three pages they stand on."""

from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage import danger_signs
from hms_desktop.domain.triage_rows import LastValue, TriageSheet, asks_muac, further_signs, may_be_pregnant
from hms_desktop.domain.vitals import Avpu, Subject, Vitals
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.fields import ChoiceField, Segment, SegmentedField, TextField, ToggleField
from hms_desktop.ui.kit.theme import px
from hms_desktop.ui.triage.colour_field import ColourField
from hms_desktop.ui.triage.danger_field import DangerField
from hms_desktop.ui.triage.further_field import FurtherField
from hms_desktop.ui.triage.suggestion_panel import SuggestionPanel
from hms_desktop.ui.triage.vital_field import VitalField
from hms_desktop.words.language import tr, trc

Place = tuple[str, str]
"""`("department", id)` or `("practitioner", id)`."""

AVPU_KEYS = {Avpu.ALERT: "a", Avpu.CONFUSED: "c", Avpu.VOICE: "v", Avpu.PAIN: "p", Avpu.UNRESPONSIVE: "u"}


def avpu_words() -> dict[Avpu, str]:
    """The short words of ACVPU, as they stand on the buttons."""
    return {
        Avpu.ALERT: tr("Alert"),
        Avpu.CONFUSED: trc("consciousness", "Confused"),
        Avpu.VOICE: trc("consciousness", "Voice"),
        Avpu.PAIN: trc("consciousness", "Pain"),
        Avpu.UNRESPONSIVE: trc("consciousness", "Unresponsive"),
    }


class TriageFields:
    """All fields, in the order in which Enter walks through them."""

    def __init__(self) -> None:
        self.danger = DangerField("triage.danger_signs", tr("Danger signs: one key, red at once"), key="signs")
        yes, no = trc("key", "Y"), trc("key", "N")
        self.pregnant = SegmentedField[bool](
            "triage.pregnant", tr("Pre&gnant"), [Segment(True, tr("Yes"), yes), Segment(False, tr("No"), no)]
        )
        self.complaint = TextField("triage.complaint", tr("Co&mplaint"), max_length=200)
        self.further = FurtherField(
            "triage.further_signs",
            tr("Further signs: letters find one, Space ticks it, Enter says that is all"),
        )
        self.vitals: dict[Measure, VitalField] = {
            measure: VitalField(measure, text) for measure, text in self._vital_labels().items()
        }
        self.on_oxygen = ToggleField("triage.on_oxygen", tr("On o&xygen"))
        segments = [Segment(avpu, words, AVPU_KEYS[avpu]) for avpu, words in avpu_words().items()]
        self.avpu = SegmentedField[Avpu]("triage.avpu", tr("&Consciousness"), segments)
        self.colour = ColourField("triage.colour", tr("Co&lour"))
        self.reason = TextField(
            "triage.override_reason", tr("R&eason for another colour than suggested"), max_length=300, required=True
        )
        self.send_to = ChoiceField[Place]("triage.send_to", tr("Doctor's &queue"), blank=tr("as registered"))

    @staticmethod
    def _vital_labels() -> dict[Measure, str]:
        """Short, in measuring order, each with a letter of its own."""
        return {
            Measure.TEMPERATURE: tr("&Temperature"),
            Measure.PULSE: tr("&Pulse"),
            Measure.BREATHING_RATE: tr("&Breathing"),
            Measure.SPO2: tr("&SpO₂"),
            Measure.SYSTOLIC: tr("S&ystolic"),
            Measure.DIASTOLIC: tr("D&iastolic"),
            Measure.GLUCOSE: tr("Gluc&ose"),
            Measure.WEIGHT: tr("&Weight"),
            Measure.HEIGHT: tr("&Height"),
            Measure.MUAC: tr("M&UAC"),
            Measure.PAIN: tr("Pai&n"),
        }

    def __iter__(self) -> Iterator[Field]:
        yield from (self.danger, self.pregnant, self.complaint, self.further)
        for measure, field in self.vitals.items():
            yield field
            if measure is Measure.SPO2:
                yield self.on_oxygen
        yield from (self.avpu, self.colour, self.reason, self.send_to)

    @property
    def first_vital(self) -> VitalField:
        """Where measuring begins."""
        return self.vitals[Measure.TEMPERATURE]

    def count_measured(self) -> int:
        """How many values stand there."""
        return sum(not each.is_blank() for each in self.vitals.values()) + (not self.avpu.is_blank())

    # --- a patient --------------------------------------------------------------------------------

    def fit(self, sheet: TriageSheet, today: date) -> None:
        """Ask what is asked of this patient."""
        months = sheet.age_months(today)
        self.danger.set_signs(danger_signs(None if months is None else months // 12))
        self.pregnant.setVisible(may_be_pregnant(sheet.sex, months))
        self.vitals[Measure.MUAC].setVisible(asks_muac(months))
        self.fit_subject(Subject(months))

    def fit_subject(self, subject: Subject) -> None:
        """Limits and further signs of this age and pregnancy."""
        signs = further_signs(subject)
        self.further.setVisible(bool(signs))
        self.further.set_signs(signs)
        for field in self.vitals.values():
            field.set_subject(subject)

    def show_before(self, last: Mapping[Measure, LastValue], today: date, zone: ZoneInfo) -> None:
        """Usual range and last value beside each vital sign."""
        for measure, field in self.vitals.items():
            field.show_before(last.get(measure), today, zone)

    def measured(self) -> Vitals:
        """The values as typed; what is not a number yet counts as not measured. Oxygen is known when SpO₂ is."""
        number, spo2 = self.vitals, self.vitals[Measure.SPO2].whole()
        on_oxygen = True if self.on_oxygen.value() else False if spo2 is not None else None
        return Vitals(
            temperature=number[Measure.TEMPERATURE].value(), pulse=number[Measure.PULSE].whole(),
            breathing_rate=number[Measure.BREATHING_RATE].whole(), spo2=spo2, on_oxygen=on_oxygen,
            systolic=number[Measure.SYSTOLIC].whole(), diastolic=number[Measure.DIASTOLIC].whole(),
            glucose=number[Measure.GLUCOSE].value(), weight=number[Measure.WEIGHT].value(),
            height=number[Measure.HEIGHT].value(), muac=number[Measure.MUAC].whole(),
            pain=number[Measure.PAIN].whole(), avpu=self.avpu.value(),
        )  # fmt: skip

    def put_in(self, vitals: Vitals, pregnant: bool | None) -> None:
        """Fill in measurements (those that were made void on another patient)."""
        for measure, field in self.vitals.items():
            if not field.isHidden():
                field.set_value(vitals.value(measure))
        self.on_oxygen.set_value(vitals.on_oxygen)
        self.avpu.set_value(vitals.avpu)
        if not self.pregnant.isHidden():
            self.pregnant.set_value(pregnant)


class DangerPage(QWidget):
    """Step one: danger signs, pregnancy, complaint."""

    def __init__(self, fields: TriageFields) -> None:
        super().__init__()
        _stacked(self, fields.danger, fields.pregnant, fields.complaint)


class FurtherPage(QWidget):
    """Step two: the further signs of the adult tool."""

    def __init__(self, fields: TriageFields) -> None:
        super().__init__()
        _stacked(self, fields.further)


class VitalsPage(QWidget):
    """Step three: vitals in measuring order, what they suggest, the colour, where to."""

    def __init__(self, fields: TriageFields, suggestion: SuggestionPanel) -> None:
        super().__init__()
        self._fields = fields
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addLayout(self._make_grid(fields))
        layout.addWidget(suggestion)
        last = QHBoxLayout()
        last.setSpacing(px(10))
        last.addWidget(fields.colour, 3)
        last.addWidget(fields.send_to, 1)
        layout.addLayout(last)
        layout.addWidget(fields.reason)
        layout.addStretch(1)

    def _make_grid(self, fields: TriageFields) -> QGridLayout:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(2))
        vitals = list(fields.vitals.values())
        rows: list[list[Field]] = [[*vitals[:4], fields.on_oxygen], [*vitals[4:9]]]
        for row, listed in enumerate(rows):
            for column, field in enumerate(listed):
                field.align_with_labels()
                self._grid.addWidget(field, row, column)
        for column, field in enumerate((fields.vitals[Measure.MUAC], fields.vitals[Measure.PAIN], fields.avpu)):
            self._grid.addWidget(field, 2, column)
        for column in range(5):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, px(96))
        return self._grid

    def arrange(self) -> None:
        """Consciousness stands beside pain; below it when the arm circumference needs the room."""
        muac, pain = (self._fields.vitals[each] for each in (Measure.MUAC, Measure.PAIN))
        for field in (muac, pain, self._fields.avpu):
            self._grid.removeWidget(field)
        if muac.isHidden():
            self._grid.addWidget(pain, 2, 0)
            self._grid.addWidget(self._fields.avpu, 2, 1, 1, 4)
        else:
            self._grid.addWidget(muac, 2, 0)
            self._grid.addWidget(pain, 2, 1)
            self._grid.addWidget(self._fields.avpu, 3, 0, 1, 5)


def _stacked(page: QWidget, *fields: Field) -> None:
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(8))
    for field in fields:
        layout.addWidget(field)
    layout.addStretch(1)
