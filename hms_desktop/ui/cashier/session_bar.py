"""The bar on top: whose drawer is open since when, and what can be done with it."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from hms_desktop.domain.billing import SessionState
from hms_desktop.domain.cash import SessionRow
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.facility import Facility
from hms_desktop.ui.cashier.menu_button import MenuButton, MenuDeed
from hms_desktop.ui.cashier.money_badges import drawer_badge
from hms_desktop.ui.kit.badges import BadgeLabel
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
        self.words.setMinimumWidth(1)
        self.menu = MenuButton("cashier.drawer_menu", tr("Drawer, repor&ts ▾"), self._deeds)
        self._session: SessionRow | None = None
        self._own = True
        line = row(self.badge, self.words, self.menu, margins=GRID)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.show_session(None)

    def show_session(self, session: SessionRow | None) -> None:
        """Show the cashier's own session; None: no drawer is open."""
        self.badge.set_badge(drawer_badge(session.state if session else None, stale=bool(session and session.stale)))
        self.words.setText(self._said(session))
        set_look_property(self.words, "tone", "error" if session and session.stale else "")
        self._session = session

    def hide_own(self) -> None:
        """For somebody without a drawer: only the reports."""
        self._own = False
        self.badge.set_badge(None)
        self.words.clear()

    def _deeds(self) -> list[MenuDeed]:
        session = self._session
        none = tr("Your drawer is not open.") if session is None else ""
        is_open = session is not None and session.state is SessionState.OPEN and not session.stale
        own = [
            MenuDeed("cashier.move_cash", tr("Cash &in or out…"), self.cash_wanted.emit,
                     "" if is_open else none or tr("The drawer takes and gives no more cash.")),
            MenuDeed("cashier.x_report", tr("&X report"), self.report_wanted.emit, none),
            MenuDeed("cashier.count", tr("&Count and close…"), self.count_wanted.emit, none),
        ]  # fmt: skip
        others = [MenuDeed("cashier.sessions", tr("&Z reports and open drawers…"), self.sessions_wanted.emit)]
        return [*own, *others] if self._own else others

    def _said(self, session: SessionRow | None) -> str:
        if session is None:
            return ""
        opened = session.opened_at.astimezone(self._zone)
        amount = self._currency.show(session.float_amount, code=True)
        if session.stale:
            return tr("Opened {day} at {time}: count and close it first.", day=show_date(session.day, months()),
                      time=f"{opened:%H:%M}")  # fmt: skip
        return tr("since {time} · float {amount}", time=f"{opened:%H:%M}", amount=amount)
