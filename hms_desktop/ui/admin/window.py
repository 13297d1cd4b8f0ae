"""The administrator's desk: pages on the left, the chosen one on the right; none that this person may not see."""

from typing import ClassVar

from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from hms_desktop.domain import topics
from hms_desktop.ui.admin.audit_page import AuditPage
from hms_desktop.ui.admin.clinic_page import ClinicPage
from hms_desktop.ui.admin.departments_page import DepartmentsPage
from hms_desktop.ui.admin.lab_tests_page import LabTestsPage
from hms_desktop.ui.admin.medicines_page import MedicinesPage
from hms_desktop.ui.admin.navigation import NavigationList
from hms_desktop.ui.admin.page import AdminPage
from hms_desktop.ui.admin.payers_page import PayersPage
from hms_desktop.ui.admin.price_lists_page import PriceListsPage
from hms_desktop.ui.admin.prices_page import PricesPage
from hms_desktop.ui.admin.roles_page import RolesPage
from hms_desktop.ui.admin.services_page import ServicesPage
from hms_desktop.ui.admin.settings_page import SettingsPage
from hms_desktop.ui.admin.stations_page import StationsPage
from hms_desktop.ui.admin.users_page import UsersPage
from hms_desktop.ui.kit.desk import Desk, DeskContext
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.language import N_, tr

GROUPS: tuple[tuple[str, tuple[type[AdminPage], ...]], ...] = (
    (N_("People"), (UsersPage, RolesPage)),
    (N_("Clinic"), (ClinicPage, DepartmentsPage, StationsPage)),
    (N_("Catalogue"), (MedicinesPage, LabTestsPage, ServicesPage)),
    (N_("Money"), (PricesPage, PriceListsPage, PayersPage)),
    (N_("Rules and proof"), (SettingsPage, AuditPage)),
)
"""All pages, in the order of the list on the left."""


class AdminDesk(Desk):
    """Pages are made when they are first opened."""

    NAME: ClassVar[str] = "admin"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.USERS, topics.SETTINGS, topics.CATALOGUE})

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._kinds = {kind.NAME: kind for _title, kinds in GROUPS for kind in kinds if context.actor.may(kind.RIGHT)}
        self._pages: dict[str, AdminPage] = {}
        self._unread: set[str] = set()
        self.navigation = NavigationList()
        self.navigation.set_pages(
            [
                (tr(title), [(kind.NAME, tr(kind.TITLE)) for kind in kinds if kind.NAME in self._kinds])
                for title, kinds in GROUPS
            ]
        )
        self.stack = QStackedWidget()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(px(8), px(8), 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.navigation)
        outer.addWidget(self.stack, 1)
        self._connect()
        names = self.navigation.names()
        if names:
            self.navigation.pick(names[0])

    def _connect(self) -> None:
        self.navigation.picked.connect(self.show_page)
        self.navigation.entered_page.connect(self._enter_page)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.follow(app.focusChanged, self._on_focus_moved)
        self.follow(self.context.background.changes, self._on_topics)
        bind(Key.NEXT_AREA, self, self._next_area)
        bind("Ctrl+N", self, self._begin_new)
        bind("Ctrl+F", self, self._find)

    # --- what every desk answers -----------------------------------------------------------------

    def title(self) -> str:
        return tr("Administration")

    def shortcuts(self) -> list[Shortcut]:
        return [
            Shortcut(Key.NEXT_AREA.keys, tr("Pages, list, form")),
            Shortcut("Ctrl+F", tr("Find in the list")),
            Shortcut("Ctrl+N", tr("Add one")),
            Shortcut("Enter", tr("Open the chosen one")),
        ]

    def start_focus(self) -> QWidget:
        return self.navigation

    def reload(self) -> None:
        page = self.page
        if page is not None:
            self._unread.discard(page.NAME)
            page.load()

    def leave(self) -> None:
        if self.page is not None:
            self.page.leave()

    # --- pages -----------------------------------------------------------------------------------

    @property
    def page(self) -> AdminPage | None:
        """The page that is shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, AdminPage) else None

    def show_page(self, name: str) -> None:
        """Open a page."""
        if self.page is not None and name == self.page.NAME:
            return
        self.leave()
        if name not in self._pages:
            self._pages[name] = self._kinds[name](self.context)
            self.stack.addWidget(self._pages[name])
            self._unread.add(name)
        self.stack.setCurrentWidget(self._pages[name])
        if name in self._unread and self.isVisible():
            self.reload()

    def _on_topics(self, moved: frozenset[str]) -> None:
        """Pages behind the shown one are read again when they come to the front."""
        self._unread |= {name for name, page in self._pages.items() if moved & page.TOPICS}

    def _enter_page(self) -> None:
        if self.page is not None:
            self.page.start_focus().setFocus()

    def _next_area(self) -> None:
        page = self.page
        if page is None:
            return
        areas = [area for area in (self.navigation, *page.places()) if area.isVisible()]
        focus = QApplication.focusWidget()
        here = next((n for n, area in enumerate(areas) if focus is not None and area.isAncestorOf(focus)), None)
        exact = next((n for n, area in enumerate(areas) if area is focus), here)
        areas[((-1 if exact is None else exact) + 1) % len(areas)].setFocus()

    def _begin_new(self) -> None:
        if self.page is not None:
            self.page.begin_new()

    def _find(self) -> None:
        if self.page is not None:
            self.page.find_focus()

    def _on_focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Enter leads from field to field: keep the one that has the focus in sight."""
        if now is None or not self.isAncestorOf(now):
            return
        parent = now.parentWidget()
        while parent is not None and parent is not self:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(now, 0, px(48))
                return
            parent = parent.parentWidget()
