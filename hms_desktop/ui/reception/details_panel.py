"""What reception knows of a patient, at a glance, with the past visits below."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hms_desktop.domain.patients import PatientDetails, PayerGroupRow
from hms_desktop.domain.visits import VisitRow
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.layout import card, column, row
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.reception.person_words import day_words, where_words
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class DetailsPanel(QWidget):
    """Details, buttons to change and print them, past visits."""

    correct_wanted = Signal()
    allergies_wanted = Signal()
    card_wanted = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = ZoneInfo(context.clinic.facility.time_zone)
        self._lines: list[tuple[QLabel, QLabel]] = []
        may = context.actor.may
        self.correct_button = plain("reception.correct", tr("&Correct details"), self.correct_wanted.emit)
        self.allergies_button = plain("reception.change_allergies", tr("Aller&gies"), self.allergies_wanted.emit)
        self.card_button = plain("reception.card", tr("Pr&int card"), self.card_wanted.emit, icon="print")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(2 * GRID))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(1, 1)
        self._grid.setContentsMargins(0, 0, 0, 0)
        buttons = row(self.correct_button, self.allergies_button, self.card_button)
        buttons.addStretch(1)
        inside = card()
        held = inside.layout()
        assert held is not None
        content = QWidget()
        content.setLayout(self._grid)
        held.addWidget(content)
        self.visits = RowsView[VisitRow](
            "reception.past_visits",
            tr("Visits"),
            [
                Column(tr("Day"), lambda v: day_words(v.day), width=116),
                Column(tr("Visit"), lambda v: say(v.kind), width=96),
                Column(tr("State"), where_words, stretch=True),
            ],
            key=lambda v: v.id,
            empty=tr("No visit here yet."),
        )
        self.visits.setMinimumHeight(px(130))
        layout = column(inside, space=GRID)
        layout.addLayout(buttons)
        layout.addWidget(label(tr("Visits"), TypeSize.LARGE, bold=True))
        layout.addWidget(self.visits, 1)
        self.setLayout(layout)
        self.correct_button.setVisible(may("patients.correct"))
        self.allergies_button.setVisible(may("patients.correct"))
        self.card_button.setVisible(may("patients.print"))

    def show_details(self, details: PatientDetails, groups: Sequence[PayerGroupRow]) -> None:
        """Show what is known; what is not known is left out."""
        payer = next((group.name for group in groups if group.id == details.payer_group_id), "")
        lines = [
            (tr("Phone"), details.phone), (tr("Address"), details.address), (tr("National ID"), details.national_id),
            (tr("Payer group"), payer), (tr("Occupation"), details.occupation), (tr("Language"), details.language),
            (tr("Blood group"), say(details.blood_group) if details.blood_group else ""),
            *((say(c.kind), _kin(c.name, c.relationship, c.phone)) for c in details.contacts[:2]),
            (tr("Registered"), day_words(details.registered_on)),
        ]  # fmt: skip
        self._fill([(name, value) for name, value in lines if value])

    def show_visits(self, visits: Sequence[VisitRow]) -> None:
        """Show the visits, newest first."""
        self.visits.set_rows(visits)

    def _fill(self, lines: list[tuple[str, str]]) -> None:
        while len(self._lines) < len(lines):
            name, value = label("", muted=True), label("")
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            place = len(self._lines)
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)
            self._lines.append((name, value))
        for place, (name, value) in enumerate(self._lines):
            shown = place < len(lines)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                name.setText(lines[place][0])
                value.setText(lines[place][1])


def _kin(name: str, relationship: str, phone: str) -> str:
    named = f"{name} ({relationship})" if relationship else name
    return " · ".join(part for part in (named, phone) if part)
