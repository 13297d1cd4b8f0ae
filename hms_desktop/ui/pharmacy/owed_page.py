"""What patients went home without: it stays here until it is given, withheld, or the prescription has expired."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.dispensing import OwedRow
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.pharmacy.medicine_text import day_text, form_text, units_text
from hms_desktop.ui.pharmacy.room import spare_columns
from hms_desktop.words.language import tr, trn


class OwedPage(QWidget):
    """The list; Enter opens the prescription."""

    open_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.list = RowsView[OwedRow](
            "pharmacy.owed",
            tr("Owed medicines"),
            [
                Column(tr("Since"), lambda row: day_text(row.day), width=104, muted=True),
                Column(tr("Patient"), lambda row: row.patient_name, stretch=True, bold=True, tip=_tip),
                Column(tr("Phone"), lambda row: row.phone or "–", width=128, muted=True),
                Column(tr("Medicine"), lambda row: row.name, width=170, bold=True),
                Column(tr("Strength"), lambda row: row.strength, width=88),
                Column(tr("Form"), lambda row: form_text(row.form), width=84),
                Column(tr("Owed"), lambda row: units_text(row.owed, row.unit), width=104),
                Column(tr("In stock"), lambda row: str(row.usable), width=100, badge=_badge),
            ],
            key=lambda row: row.id,
            empty=tr("Nothing is owed. What can't be given whole comes here when the patient goes home."),
        )
        self.list.activated_row.connect(self.open_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)

    def set_tight(self, tight: bool) -> None:
        """On a small screen: patient, medicine, strength, what is owed and here."""
        spare_columns(self.list, (0, 2, 5), tight=tight)

    def set_rows(self, rows: Sequence[OwedRow]) -> None:
        """Show what is owed."""
        here = sum(row.usable >= row.owed for row in rows)
        parts = [trn("{n} medicine is owed", "{n} medicines are owed", len(rows))]
        if here:
            parts.append(trn("{n} is in stock now", "{n} are in stock now", here))
        self.heading.setText(" · ".join(parts))
        self.list.set_rows(rows)
        if self.list.current() is None:
            self.list.select_first()


def _badge(row: OwedRow) -> Badge | None:
    if row.usable >= row.owed:
        return tone_badge(tr("{n}: enough", n=row.usable), "good", Shape.TICK)
    return tone_badge(str(row.usable), "warn", Shape.DIAMOND) if row.usable else tone_badge(tr("none"), "plain")


def _tip(row: OwedRow) -> str:
    until = tr("valid until {day}", day=day_text(row.valid_until))
    return " · ".join(part for part in (row.patient_name, row.mrn, row.number, until) if part)
