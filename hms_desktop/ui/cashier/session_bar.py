"""The bar on top: whose drawer is open since when, and what can be done with it."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from hms_desktop.domain.billing import SessionState
from hms_desktop.domain.cash import SessionRow
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.facility import Facility
from hms_desktop.ui.cashier.money_badges import drawer_badge
from hms_desktop.ui.kit.badges import BadgeLabel
from hms_desktop.ui.kit.buttons import plain, quiet
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.theme import GRID, label, set_look_property
from hms_desktop.words.facts import months
from hms_desktop.words.language import tr


class SessionBar(QFrame):
    """Never says what the drawer should hold."""

    cash_wanted = Signal()
    report_wanted = Signal()
    count_wanted = Signal()
    sessions_wanted = Signal()

    def __init__(self, facility: Facility) -> None:
        super().__init__()
        self.setProperty("surface", "banner")
        self._currency, self._zone = facility.currency, ZoneInfo(facility.time_zone)
        self.badge = BadgeLabel("cashier.drawer_state")
        self.words = label("")
        self.words.setObjectName("cashier.drawer")
        self.cash = plain("cashier.move_cash", tr("Cash &in or out…"), self.cash_wanted.emit)
        self.report = plain("cashier.x_report", tr("&X report"), self.report_wanted.emit)
        self.count = plain("cashier.count", tr("Count and c&lose…"), self.count_wanted.emit)
        self.sessions = quiet("cashier.sessions", tr("&Z reports…"), self.sessions_wanted.emit)
        line = row(self.badge, self.words, margins=GRID)
        line.addStretch(1)
        for button in (self.cash, self.report, self.count, self.sessions):
            line.addWidget(button)
        self.setLayout(line)
        self.show_session(None)

    def show_session(self, session: SessionRow | None) -> None:
        """Show the cashier's own session; None: no drawer is open."""
        self.badge.set_badge(drawer_badge(session.state if session else None, stale=bool(session and session.stale)))
        self.words.setText(self._said(session))
        set_look_property(self.words, "tone", "error" if session and session.stale else "")
        is_open = session is not None and session.state is SessionState.OPEN
        self.cash.setVisible(is_open and session is not None and not session.stale)
        self.report.setVisible(session is not None)
        self.count.setVisible(session is not None)

    def _said(self, session: SessionRow | None) -> str:
        if session is None:
            return ""
        opened = session.opened_at.astimezone(self._zone)
        amount = self._currency.show(session.float_amount, code=True)
        if session.stale:
            return tr("Opened {day} at {time}: count and close it first.", day=show_date(session.day, months()),
                      time=f"{opened:%H:%M}")  # fmt: skip
        return tr("since {time} · float {amount} · {number}", time=f"{opened:%H:%M}", amount=amount,
                  number=session.number)  # fmt: skip
