"""The open visit of a patient: where they are, their ticket, how the visit ends."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.visits import VisitRow
from hms_desktop.ui.kit.badges import BadgeLabel, triage_badge
from hms_desktop.ui.kit.buttons import beside_primary, harmful
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.layout import column, row
from hms_desktop.ui.kit.theme import GRID, TypeSize, label
from hms_desktop.ui.reception.person_words import clock_words, day_words, where_badge, where_words
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class VisitCard(QWidget):
    """A visit that is open. Its buttons ask the page."""

    ticket_wanted = Signal()
    close_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._zone = ZoneInfo(context.clinic.facility.time_zone)
        self.heading = label("", TypeSize.TITLE, bold=True)
        self.ticket = label("", TypeSize.DISPLAY, bold=True)
        self._where = BadgeLabel("reception.where")
        self._colour = BadgeLabel("reception.colour")
        self._facts = label("")
        self._facts.setWordWrap(True)
        self.ticket_button = beside_primary(
            "reception.ticket", tr("Print &ticket"), self.ticket_wanted.emit, icon="print"
        )
        self.close_button = beside_primary("reception.close_visit", tr("C&lose visit…"), self.close_wanted.emit)
        self.cancel_button = harmful("reception.cancel_visit", tr("Cancel &visit…"), self.cancel_wanted.emit)
        badges = row(self._where, self._colour)
        badges.addStretch(1)
        buttons = row(self.ticket_button, self.close_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        whole = column(self.heading, self.ticket, space=GRID)
        whole.addLayout(badges)
        whole.addWidget(self._facts)
        whole.addSpacing(GRID)
        whole.addLayout(buttons)
        whole.addStretch(1)
        self.setLayout(whole)
        self.close_button.setVisible(context.actor.may("visits.close"))
        self.cancel_button.setVisible(context.actor.may("visits.void"))

    def show_visit(self, visit: VisitRow) -> None:
        """Show the visit as it stands."""
        today = self._context.today()
        self.heading.setText(tr("Visit {number} is open", number=visit.number))
        self.ticket.setText(visit.ticket)
        self.ticket.setAccessibleName(tr("Ticket {ticket}", ticket=visit.ticket))
        self._where.set_badge(where_badge(visit, today))
        self._colour.set_badge(triage_badge(visit.colour))
        since = tr(
            "{kind}, arrived {day} at {time}",
            kind=say(visit.kind),
            day=day_words(visit.day),
            time=clock_words(visit.opened_at, self._zone),
        )
        waits = (
            tr(
                "{place}: waiting since {time}",
                place=where_words(visit),
                time=clock_words(visit.waiting_since, self._zone),
            )
            if visit.waiting_since
            else tr("Waits nowhere now.")
        )
        parts = [since, visit.department, waits, visit.complaint]
        self._facts.setText("\n".join(part for part in parts if part))
