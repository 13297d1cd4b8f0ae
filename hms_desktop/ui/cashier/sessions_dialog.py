"""The drawers that were: their Z reports again, and a drawer that somebody left open."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.billing import SessionState
from hms_desktop.domain.cash import SessionRow
from hms_desktop.domain.dates import show_date
from hms_desktop.services.cash_sessions import cash_sessions
from hms_desktop.services.papers import papers_of_subject
from hms_desktop.ui.cashier.money_badges import drawer_badge
from hms_desktop.ui.kit.badges import Badge
from hms_desktop.ui.kit.buttons import beside_primary, primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.facts import months
from hms_desktop.words.language import tr


class SessionsDialog(Dialog):
    """Enter shows a Z report; a drawer that is still open is counted and closed from here."""

    count_wanted = Signal(object)
    """A `SessionRow` that is not closed."""

    def __init__(self, context: DeskContext, parent: QWidget) -> None:
        super().__init__("cashier.sessions_dialog", tr("Drawers and Z reports"), parent=parent)
        self._context = context
        self._zone = ZoneInfo(context.clinic.facility.time_zone)
        show = context.clinic.facility.currency.show
        self.setMinimumWidth(px(800))
        self.list = RowsView[SessionRow](
            "cashier.session_list",
            tr("Drawers"),
            [
                Column(tr("Opened"), self._opened, width=160),
                Column(tr("Cashier"), lambda row: row.cashier, stretch=True, bold=True),
                Column(tr("Z number"), lambda row: row.z_number or "–", width=150),
                Column(tr("Difference"), lambda row: "–" if row.difference is None else show(row.difference),
                       width=92, right=True),
                Column("", lambda _row: "", width=170, badge=_badge),
            ],
            key=lambda row: row.id,
            empty=tr("No drawer was opened yet."),
        )  # fmt: skip
        self.list.setMinimumHeight(px(260))
        self.body.addWidget(self.list)
        self.show_button = primary("cashier.show_z", tr("&Show the Z report"), self._on_show)
        self.count_button = beside_primary("cashier.count_other", tr("&Count and close…"), self._on_count)
        self.add_buttons(self.show_button, self.count_button, cancel_text=tr("&Done"))
        self.list.activated_row.connect(lambda _row: self._on_activated())
        self.list.current_row_changed.connect(self._on_row)
        self._on_row(None)
        clinic, actor = context.clinic, context.actor
        context.background.read(lambda: cash_sessions(clinic, actor), self._show, owner=self)

    def _show(self, rows: list[SessionRow]) -> None:
        self.list.set_rows(rows)
        self.list.select_first()
        self.list.setFocus()

    def _on_row(self, row: SessionRow | None) -> None:
        is_closed = row is not None and row.state is SessionState.CLOSED
        self.show_button.setEnabled(is_closed)
        self.count_button.setEnabled(row is not None and not is_closed)

    def _on_activated(self) -> None:
        if self.show_button.isEnabled():
            self._on_show()
        else:
            self._on_count()

    def _on_show(self) -> None:
        row = self.list.current()
        if row is None:
            return
        clinic, actor, context = self._context.clinic, self._context.actor, self._context
        self.accept()

        def found_them() -> list[object]:
            return [paper.id for paper in papers_of_subject(clinic, actor, row.id) if paper.kind == "z-report"]

        context.background.read(found_them, lambda ids: context.open_paper(ids[0]) if ids else None)  # type: ignore[arg-type]

    def _on_count(self) -> None:
        row = self.list.current()
        if row is not None:
            self.accept()
            self.count_wanted.emit(row)

    def _opened(self, row: SessionRow) -> str:
        opened = row.opened_at.astimezone(self._zone)
        return f"{show_date(row.day, months())} {opened:%H:%M}"


def _badge(row: SessionRow) -> Badge | None:
    return None if row.state is SessionState.CLOSED else drawer_badge(row.state, stale=row.stale)
