"""What is done with the drawer: cash in and out, X report, count and close, Z reports again."""

from typing import TYPE_CHECKING

from hms_desktop.domain.cash import SessionRow, faces
from hms_desktop.services.cash_sessions import Drawer, PrintReport, ReportKept, print_x_report
from hms_desktop.services.clinic import Outcome
from hms_desktop.ui.cashier.cash_dialog import CashDialog
from hms_desktop.ui.cashier.count_dialog import CountDialog
from hms_desktop.ui.cashier.sessions_dialog import SessionsDialog
from hms_desktop.ui.kit.dialogs import show
from hms_desktop.words.language import tr

if TYPE_CHECKING:
    from hms_desktop.ui.kit.desk import Desk


class DrawerDeeds:
    """Opens the dialogs of the drawer over a desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._drawer: Drawer | None = None

    def show(self, drawer: Drawer) -> None:
        """The drawer as it is now."""
        self._drawer = drawer

    @property
    def _session(self) -> SessionRow | None:
        return self._drawer.session if self._drawer else None

    def move_cash(self) -> None:
        """Cash out or in."""
        dialog = CashDialog(self._desk.context, self._desk)
        show(dialog, lambda agreed: self._desk.context.messages.good(tr("Saved.")) if agreed else None)

    def x_report(self) -> None:
        """Keep an X report and show it."""
        if self._session is not None:
            self._desk.write(print_x_report, PrintReport(session_id=self._session.id), self._on_report)

    def _on_report(self, outcome: Outcome[ReportKept]) -> None:
        self._desk.context.open_paper(outcome.value.paper_id)

    def count(self) -> None:
        """Count the own drawer and close it."""
        if self._session is not None:
            self.count_session(self._session)

    def count_session(self, session: SessionRow) -> None:
        """Count and close a drawer, one's own or, for those who may, somebody else's."""
        dialog = CountDialog(
            self._desk.context, session, faces(self._desk.context.clinic.facility.currency), self._desk
        )
        dialog.closed.connect(self._on_closed)
        show(dialog)

    def _on_closed(self, report: ReportKept) -> None:
        context = self._desk.context
        context.messages.good(tr("The drawer is closed. Z report {number}.", number=report.number))
        context.print_paper(report.paper_id)
        context.open_paper(report.paper_id)

    def sessions(self) -> None:
        """The drawers that were."""
        dialog = SessionsDialog(self._desk.context, self._desk)
        dialog.count_wanted.connect(self.count_session)
        show(dialog)
