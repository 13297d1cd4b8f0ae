"""The bar at the top of the frame: windows, patient search, board, messages, who is here."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from hms_desktop.domain.dates import age_text, show_date
from hms_desktop.domain.patients import PatientHit
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.elided import ElidedLabel
from hms_desktop.ui.kit.fields import Found, SearchField
from hms_desktop.ui.kit.icons import icon, pixmap
from hms_desktop.ui.kit.shortcuts import Key
from hms_desktop.ui.kit.theme import GRID, TypeSize, dress, label, px, set_look_property, tones
from hms_desktop.ui.shell.roles import WindowPlace
from hms_desktop.words.facts import months
from hms_desktop.words.labels import label as word
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

MOST_NAMED_WINDOWS = 3
"""Whoever has more windows sees their icons; the title then says where they are."""


class TopBar(QFrame):
    """Search is always here."""

    patient_picked = Signal(object)
    board_wanted = Signal()
    window_wanted = Signal(str)
    switch_wanted = Signal()
    lock_wanted = Signal()
    sign_out_wanted = Signal()
    messages_wanted = Signal()
    help_wanted = Signal()
    shortcuts_wanted = Signal()

    def __init__(self, context: DeskContext, places: Sequence[WindowPlace]) -> None:
        super().__init__()
        self.setObjectName("frame.top")
        self.setProperty("surface", "bar")
        self._context = context
        self._windows: dict[str, QToolButton] = {}
        self.search = SearchField(
            "frame.search",
            "",
            source=self._find,
            background=context.background,
            explain=lambda typed: tr(
                "Nobody found for “{text}”. Try fewer letters, the phone or the card number.", text=typed
            ),
            placeholder=tr("Find patient: name, phone, number (Ctrl+K)"),
        )
        self.search.editor.setAccessibleName(tr("Find patient"))
        self.search.picked.connect(self._on_picked)
        if not context.actor.may("patients.view"):
            self.search.hide()
        self._board = self._tool("frame.board", tr("Board"), "board", Key.BOARD, self.board_wanted.emit)
        self._board.setCheckable(True)
        if not context.actor.may("visits.view"):
            self._board.hide()
        self._lay_out(places)
        dress().changed.connect(self._dress)

    def _lay_out(self, places: Sequence[WindowPlace]) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(2 * GRID), px(5), px(GRID), px(5))
        layout.setSpacing(px(GRID))
        layout.addWidget(self._name(places), 3)
        for number, place in enumerate(places if len(places) > 1 else (), start=1):
            layout.addWidget(self._window(place, number))
        self.search.setMinimumWidth(px(200))
        self.search.setMaximumWidth(px(380))
        layout.addWidget(self.search, 4)
        layout.addWidget(self._board)
        layout.addWidget(self._user())

    def _name(self, places: Sequence[WindowPlace]) -> QWidget:
        self._titles = {place.code: place.title for place in places}
        self._shown = places[0].code if len(places) == 1 else ""
        self._title = ElidedLabel("", "frame.title")
        self.show_clinic()
        return self._title

    def show_clinic(self) -> None:
        """The clinic's name as it is now, behind the window's where that stands nowhere else."""
        clinic = self._context.clinic.facility.name
        self._title.set_whole(f"{self._titles[self._shown]} – {clinic}" if self._shown else clinic)

    def _window(self, place: WindowPlace, number: int) -> QToolButton:
        button = self._tool(
            f"frame.window_{place.code}",
            place.title,
            place.icon,
            f"Ctrl+{number}",
            lambda: self.window_wanted.emit(place.code),
        )
        button.setCheckable(True)
        if len(self._titles) > MOST_NAMED_WINDOWS:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._windows[place.code] = button
        return button

    def _tool(self, name: str, text: str, picture: str, keys: Key | str, run: object) -> QToolButton:
        shown = keys.keys if isinstance(keys, Key) else keys
        button = QToolButton()
        button.setObjectName(name)
        button.setText(f"{text}  {shown}" if isinstance(keys, Key) else text)
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({shown})")
        button.setProperty("picture", picture)
        button.setIcon(icon(picture, tones().on_bar))
        button.setIconSize(QSize(px(18), px(18)))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: run())  # type: ignore[operator]
        return button

    def _user(self) -> QToolButton:
        button = self._tool("frame.user", self._context.actor.name, "patient", "", lambda: None)
        button.setToolTip(tr("{name}: switch user with F2", name=self._context.actor.name))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self._menu(button))
        button.setMaximumWidth(px(200))
        return button

    def _menu(self, button: QToolButton) -> QMenu:
        menu = QMenu(button)
        menu.setObjectName("frame.user_menu")
        for name, key, signal in (
            ("switch_user", Key.SWITCH_USER, self.switch_wanted),
            ("lock", Key.LOCK, self.lock_wanted),
            ("messages", Key.MESSAGES, self.messages_wanted),
            ("help", Key.HELP, self.help_wanted),
            ("shortcuts", Key.SHORTCUTS, self.shortcuts_wanted),
        ):
            menu.addAction(self._action(menu, f"frame.{name}", f"{key.words}\t{key.keys}", signal.emit))
        menu.addSeparator()
        menu.addAction(self._action(menu, "frame.sign_out", tr("Sign out"), self.sign_out_wanted.emit))
        return menu

    @staticmethod
    def _action(menu: QMenu, name: str, text: str, run: object) -> QAction:
        action = QAction(text, menu)
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: run())  # type: ignore[operator]
        return action

    def show_window(self, code: str, *, board: bool) -> None:
        """Mark where the person is."""
        for each, button in self._windows.items():
            button.setChecked(each == code)
        if code and len(self._titles) > MOST_NAMED_WINDOWS:
            self._shown = code
            self.show_clinic()
        self._board.setChecked(board)

    def focus_search(self) -> None:
        """Ctrl+K."""
        if self.search.isVisible():
            self.search.line.selectAll()
            self.search.focus_editor()

    def _find(self, typed: str) -> list[Found[object]]:
        from hms_desktop.services.patients import find_patients

        hits = find_patients(self._context.clinic, self._context.actor, typed, limit=20)
        today = self._context.today()
        return [Found(hit.id, hit.name, _note(hit, today)) for hit in hits]

    def _on_picked(self, patient_id: object) -> None:
        self.search.set_found(None)
        self.patient_picked.emit(patient_id)

    def _dress(self) -> None:
        for button in self.findChildren(QToolButton):
            picture = button.property("picture")
            if picture:
                button.setIcon(icon(str(picture), tones().on_bar))


def _note(hit: PatientHit, today: object) -> str:
    """Sex, age, number, phone, and why this one was found."""
    from datetime import date

    assert isinstance(today, date)
    age = age_text(hit.birth_date, today, estimated=hit.birth_estimated) if hit.birth_date else tr("age not known")
    last = tr("last here {day}", day=show_date(hit.last_visit, months())) if hit.last_visit else tr("never here before")
    here = tr("here now") if hit.open_visit else last
    parts = (say(hit.sex), age, hit.mrn, hit.phone, here, word("matched", hit.matched))
    return " · ".join(part for part in parts if part)


class TrainingBar(QFrame):
    """Unmistakable: nothing here is real."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("frame.training")
        self.setProperty("ribbon", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(GRID), px(1), px(GRID), px(1))
        text = label(tr("TRAINING CLINIC – nothing here is real"), TypeSize.SMALL, bold=True)
        sign = QLabel()
        sign.setPixmap(pixmap("alert", px(14), "#000000", ratio=self.devicePixelRatioF()))
        layout.addStretch(1)
        layout.addWidget(sign)
        layout.addWidget(text)
        layout.addStretch(1)
        set_look_property(text, "onribbon", True)
