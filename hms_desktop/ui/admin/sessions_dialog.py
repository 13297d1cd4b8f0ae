"""Where somebody is signed in, and ending that from here."""

from hms_desktop.domain.administration.users import SessionRow, UserRow
from hms_desktop.services.administration.users import EndSession, end_session, sessions_of
from hms_desktop.ui.admin.moments import moment
from hms_desktop.ui.admin.page import AdminPage
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.buttons import harmful
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.labels import label
from hms_desktop.words.language import tr


class SessionsDialog(Dialog):
    """The last sign-ins of a user, open ones first."""

    def __init__(self, page: AdminPage, user: UserRow) -> None:
        super().__init__("admin.sessions", tr("Sign-ins of {name}", name=user.name), parent=page)
        self._page, self._user = page, user
        clinic = page.context.clinic
        columns = (
            Column[SessionRow](tr("Station"), lambda row: row.station, width=56),
            Column[SessionRow](tr("Signed in"), lambda row: moment(clinic, row.started_at), stretch=True),
            Column[SessionRow](tr("Last seen"), lambda row: moment(clinic, row.last_activity_at), stretch=True),
            Column[SessionRow](tr("State"), _state, width=120, badge=_badge),
        )
        self.list = RowsView[SessionRow](
            "admin.sessions_list", tr("Sign-ins"), columns, key=lambda row: row.id,
            empty=tr("Nobody has signed in with this account."),
        )  # fmt: skip
        self.list.setMinimumSize(px(476), px(220))
        self.body.addWidget(self.list)
        self.end_button = harmful("admin.sessions_end", tr("&End this sign-in"), self._end)
        self.add_buttons(self.end_button, cancel_text=tr("&Close"))
        self.end_button.setEnabled(False)
        self.list.current_row_changed.connect(self._on_current)
        self._load()

    def _load(self) -> None:
        context = self._page.context
        clinic, actor, user_id = context.clinic, context.actor, self._user.id
        context.background.read(lambda: sessions_of(clinic, actor, user_id), self._on_rows, owner=self)

    def _on_rows(self, rows: list[SessionRow]) -> None:
        self.list.set_rows(rows)
        if self.list.current() is None:
            self.list.select_first()
        self._on_current(self.list.current())
        self.list.setFocus()

    def _on_current(self, row: SessionRow | None) -> None:
        self.end_button.setEnabled(self._page.may_edit and row is not None and row.ended_at is None)

    def _end(self) -> None:
        row = self.list.current()
        if row is None:
            return
        context = self._page.context
        clinic, actor, command = context.clinic, context.actor, EndSession(session_id=row.id)
        context.background.write(lambda: end_session(clinic, actor, command), lambda _done: self._load(), owner=self)


def _state(row: SessionRow) -> str:
    return tr("Open") if row.ended_at is None else label("session_end", row.end_reason)


def _badge(row: SessionRow) -> Badge | None:
    return tone_badge(_state(row), "good") if row.ended_at is None else None
