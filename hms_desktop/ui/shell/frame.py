"""The frame that is the same in every window: title, search, banner, desk, messages, state."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import PatientBanner
from hms_desktop.ui.kit.banner import BannerView
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.dialogs import show
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.shell.roles import WindowPlace, open_desk, windows_of
from hms_desktop.ui.shell.status_bar import StatusBar, place_of_store
from hms_desktop.ui.shell.top_bar import TopBar, TrainingBar
from hms_desktop.words.language import tr

RULE_MAKER = "admin"
"""The window where the clinic's own data is set."""


class Frame(QWidget):
    """Holds the desks of one signed-in person; each is made when it is first opened."""

    switch_wanted = Signal()
    lock_wanted = Signal()
    sign_out_wanted = Signal()
    title_changed = Signal(str)

    def __init__(self, context: DeskContext, *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("frame.page")
        self.context = context
        context.find_patient = self.find_patient
        self.places = windows_of(context.actor, role)
        self._desks: dict[str, Desk] = {}
        self._banners: dict[str, PatientBanner | None] = {}
        self._place: WindowPlace | None = None
        self._on_board = False
        clinic = context.clinic
        self.top = TopBar(context, self.places)
        self.banner = BannerView("frame.banner")
        self.stack = QStackedWidget()
        self.status = StatusBar(
            "frame.status",
            context.background,
            context.messages,
            store=place_of_store(clinic.store.path, clinic.store.shown),
            station=clinic.station.code,
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if self.context.clinic.facility.training:
            outer.addWidget(TrainingBar())
        outer.addWidget(self.top)
        outer.addWidget(self.banner)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self.status)

    def _connect(self) -> None:
        self.top.patient_picked.connect(self.open_patient)
        self.top.board_wanted.connect(self.toggle_board)
        self.top.window_wanted.connect(self.open_window)
        self.top.switch_wanted.connect(self.switch_wanted)
        self.top.lock_wanted.connect(self.lock_wanted)
        self.top.sign_out_wanted.connect(self.sign_out_wanted)
        self.top.messages_wanted.connect(self._show_messages)
        self.top.help_wanted.connect(self._show_help)
        self.top.shortcuts_wanted.connect(self._show_shortcuts)
        for key, run in (
            (Key.FIND_PATIENT, self.find_patient),
            (Key.BOARD, self.toggle_board),
            (Key.SWITCH_USER, self.switch_wanted.emit),
            (Key.LOCK, self.lock_wanted.emit),
            (Key.HELP, self._show_help),
            (Key.SHORTCUTS, self._show_shortcuts),
            (Key.RELOAD, self._look_again),
            (Key.MESSAGES, self._show_messages),
        ):
            bind(key, self, run)
        for number, place in enumerate(self.places[:9], start=1):
            bind(f"Ctrl+{number}", self, partial(self.open_window, place.code))

    # --- windows -----------------------------------------------------------------------------------

    @property
    def desk(self) -> Desk | None:
        """The desk that is shown (the board counts as one)."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Desk) else None

    def start(self) -> None:
        """Open the first window of this person."""
        if self.places:
            self.open_window(self.places[0].code)
        else:
            self.context.messages.warn(tr("You have no window here. An administrator gives you a role under Users."))

    def open_window(self, code: str) -> None:
        """Show a desk, made when it is first shown."""
        place = next(each for each in self.places if each.code == code)
        if self._place is not None and self._place is not place and not self._on_board:
            self._desks[self._place.code].leave()
        self._place, self._on_board = place, False
        self._show(code, lambda: open_desk(place, self.context))
        self.top.show_window(code, board=False)

    def toggle_board(self) -> None:
        """The visit board, or back to the desk."""
        if self._on_board and self._place is not None:
            self.open_window(self._place.code)
            return
        if not self.context.actor.may("visits.view"):
            return
        self._on_board = True
        self._show("board", self._make_board)
        self.top.show_window("", board=True)

    def _make_board(self) -> Desk:
        from hms_desktop.ui.shell.board import BoardDesk

        board = BoardDesk(self.context)
        board.chosen.connect(self.open_patient)
        board.left.connect(self.toggle_board)
        return board

    def _show(self, code: str, make: Any) -> None:
        if code not in self._desks:
            desk: Desk = make()
            self._desks[code] = desk
            self._banners[code] = None
            desk.patient_shown.connect(lambda banner: self._on_patient_shown(code, banner))
            self.stack.addWidget(desk)
        desk = self._desks[code]
        self.stack.setCurrentWidget(desk)
        self.banner.show_patient(self._banners[code], self.context.today())
        self.title_changed.emit(desk.title())
        QTimer.singleShot(0, desk, self.focus_desk)

    @property
    def window_code(self) -> str:
        """The window that was opened last; '' when there is none."""
        return self._place.code if self._place is not None else ""

    def show_clinic(self) -> None:
        """Name the clinic as it is called now."""
        self.top.show_clinic()
        desk = self.desk
        if desk is not None:
            self.title_changed.emit(desk.title())

    def renew(self) -> bool:
        """Make the desks anew, for the clinic works by other rules now; forms keep drafts. The desk where such rules
        are set stays. Whether the person sees another desk than before.
        """
        shown = self.desk
        kept = shown if shown is not None and shown.NAME == RULE_MAKER else None
        for code, desk in list(self._desks.items()):
            if desk is kept:
                continue
            _put_away(desk)
            desk.release()
            self.stack.removeWidget(desk)
            desk.deleteLater()
            del self._desks[code], self._banners[code]
        if kept is not None or self._place is None:
            return False
        self.open_window(self._place.code)
        return True

    def focus_desk(self) -> None:
        """Put the focus where the work starts."""
        desk = self.desk
        if desk is not None and desk.isVisible():
            desk.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_patient_shown(self, code: str, banner: PatientBanner | None) -> None:
        self._banners[code] = banner
        if self.desk is self._desks.get(code):
            self.banner.show_patient(banner, self.context.today())

    # --- doing ---------------------------------------------------------------------------------------

    def find_patient(self) -> None:
        """Put the focus into the search."""
        self.top.focus_search()

    def open_patient(self, patient_id: Id) -> None:
        """Open somebody at the desk that is shown (from the board: at the desk behind it)."""
        if self._on_board and self._place is not None:
            self.open_window(self._place.code)
        desk = self.desk
        if desk is not None:
            desk.open_patient(patient_id)

    def _look_again(self) -> None:
        if self.desk is not None:
            self.desk.look_again()

    def _show_help(self) -> None:
        from hms_desktop.ui.shell.help import HelpDialog

        desk = self.desk
        if desk is not None:
            show(HelpDialog(desk.NAME, desk.title(), self))

    def _show_shortcuts(self) -> None:
        from hms_desktop.ui.shell.shortcuts_dialog import ShortcutsDialog

        desk = self.desk
        show(ShortcutsDialog(desk.title() if desk else "", desk.shortcuts() if desk else [], self))

    def _show_messages(self) -> None:
        from hms_desktop.ui.shell.said import SaidDialog

        show(SaidDialog(self.context.messages, self))

    def leave(self) -> None:
        """The person goes for a while: desks put away what must not be lost, forms write their drafts now."""
        for desk in self._desks.values():
            _put_away(desk)

    def release(self) -> None:
        """The person goes for good."""
        self.leave()
        for desk in self._desks.values():
            desk.release()


def _put_away(desk: Desk) -> None:
    desk.leave()
    for form in desk.findChildren(Form):
        form.keep_draft()
