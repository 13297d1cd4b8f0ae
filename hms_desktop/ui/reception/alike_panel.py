"""Known people who look like the one being registered: beside the form, before anything is saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.patients import DuplicateRow
from hms_desktop.services.patients import Candidate, possible_duplicates
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.layout import column
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px, set_look_property
from hms_desktop.ui.reception.person_words import age_and_sex
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn

_NO_LIMIT = 16_777_215
"""Qt's own largest height of a widget."""


class AlikePanel(QWidget):
    """The list, live while typing. Enter opens the known patient instead."""

    chosen = Signal(object)
    """The id of a known patient."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._low = False
        self.heading = label("", TypeSize.LARGE, bold=True)
        self.heading.setWordWrap(True)
        self.advice = label("", TypeSize.SMALL, muted=True)
        self.advice.setWordWrap(True)
        self.list = RowsView[DuplicateRow](
            "reception.alike",
            tr("Known people who look alike"),
            [
                Column(tr("Patient"), lambda r: r.hit.name, stretch=True, bold=True, tip=_whole),
                Column(
                    tr("Age"),
                    lambda r: age_and_sex(r.hit.birth_date, r.hit.birth_estimated, r.hit.sex, context.today()),
                    width=70,
                ),
                Column(tr("Why"), lambda r: say(r.reasons[0]), width=186, muted=True, tip=_reasons),
            ],
            key=lambda r: r.hit.id,
            empty=tr("Nobody known looks like this person so far."),
        )
        self.list.activated_row.connect(lambda r: self.chosen.emit(r.hit.id))
        layout = column(self.heading, self.list, self.advice, space=GRID)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.clear()

    def set_low(self, low: bool) -> None:
        """Take little room, and none while there is nobody to show: in a narrow window the form needs it."""
        self._low = low
        self.list.setMaximumHeight(px(120) if low else _NO_LIMIT)
        self.list.setMinimumHeight(px(110))
        self._keep_out_of_the_way()

    def clear(self) -> None:
        """Nobody is asked for."""
        self._context.background.forget("reception.alike")
        self._show([])

    def look(self, candidate: Candidate) -> None:
        """Ask who looks like `candidate`."""
        clinic, actor = self._context.clinic, self._context.actor
        self._context.background.latest(
            "reception.alike", lambda: possible_duplicates(clinic, actor, candidate), self._show, owner=self
        )

    def insist(self) -> None:
        """The save was held back: the person must look here first."""
        self.list.select_first()
        self.list.setFocus()

    def _show(self, rows: list[DuplicateRow]) -> None:
        self.list.set_rows(rows)
        self._keep_out_of_the_way()
        self.heading.setText(
            trn("{n} known patient looks like this one", "{n} known patients look like this one", len(rows))
            if rows
            else tr("Is this person known already?")
        )
        set_look_property(self.heading, "tone", "warn" if rows else "")
        self.advice.setText(
            tr("F6 goes to this list. Enter opens the known patient; nothing new is saved.")
            if rows
            else tr("Names, age, phone and national ID are compared while you type.")
        )

    def _keep_out_of_the_way(self) -> None:
        if self.parentWidget() is not None:
            self.setHidden(self._low and not self.list.rows())


def _reasons(row: DuplicateRow) -> str:
    return ", ".join(say(reason) for reason in row.reasons)


def _whole(row: DuplicateRow) -> str:
    return " · ".join(part for part in (row.hit.name, row.hit.mrn, row.hit.phone) if part)
