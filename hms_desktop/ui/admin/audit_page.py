"""The audit trail: who did what to which fact, when and where, and what it was before. Nobody changes it here."""

import threading
from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.audit import AuditChange, AuditFilter, AuditRow, ChainReport
from hms_desktop.domain.administration.audit import AuditPage as Found
from hms_desktop.domain.ids import Id
from hms_desktop.services.administration.audit import (
    CheckStopped,
    OpenAudit,
    audit_kinds,
    audit_page,
    audit_people,
    check_chain,
    open_audit,
)
from hms_desktop.services.clinic import Clinic
from hms_desktop.ui.admin.audit_words import action_text, field_text, subject_text, value_text
from hms_desktop.ui.admin.beside_box import BesideBox
from hms_desktop.ui.admin.moments import moment
from hms_desktop.ui.admin.page import AdminPage
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, DateField, TextField
from hms_desktop.ui.kit.layout import card, column
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.words.labels import LABELS
from hms_desktop.words.labels import label as word
from hms_desktop.words.language import N_, tr, trn

LOW = 520
"""Below this height, in pixels at normal text size, there is no room for the list and the details."""


def _offered(clinic: Clinic, actor: Actor) -> tuple[list[tuple[Id, str]], list[str]]:
    return audit_people(clinic, actor), audit_kinds(clinic, actor)


class AuditPage(AdminPage):
    """Filters, the events newest first, the fields of the chosen one."""

    NAME: ClassVar[str] = "audit"
    TITLE: ClassVar[str] = N_("Audit trail")
    RIGHT: ClassVar[str] = "audit.view"
    EDIT_RIGHT: ClassVar[str] = "audit.view"
    TOPICS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        self._noted = False
        self.low, self._details_open = False, False
        self._stop: threading.Event | None = None
        self._make_filters()
        self._make_lists()
        self.check_button = plain("admin.audit_check", tr("&Check the chain"), self._on_check)
        self.check_text = label(
            tr("Each event seals the one before it; a check proves that none was changed."), muted=True
        )
        self.check_text.setWordWrap(True)
        self._lay_out()

    def _make_filters(self) -> None:
        everybody, everything = tr("everybody"), tr("everything")
        self.person: ChoiceField[Id] = ChoiceField("admin.audit_person", tr("&Who"), blank=everybody)
        self.day = DateField("admin.audit_day", tr("&Day"), today=self.context.today)
        actions = sorted((word("action", code), code) for code in LABELS.get("action", {}))
        self.action: ChoiceField[str] = ChoiceField(
            "admin.audit_action", tr("&Action"), [Choice(code, text) for text, code in actions], blank=everything
        )
        self.kind: ChoiceField[str] = ChoiceField("admin.audit_kind", tr("A&bout"), blank=everything)
        self.subject = TextField("admin.audit_subject", tr("N&umber or user name"), max_length=60)
        self.day.keep_note_line(False)
        for choice in (self.person, self.action, self.kind):
            choice.changed.connect(self.load)
        for typed in (self.day, self.subject):
            typed.entered.connect(self._on_typed)

    def _make_lists(self) -> None:
        clinic = self.context.clinic
        self.list = RowsView[AuditRow](
            "admin.audit_list", tr("Events"),
            (
                Column(tr("When"), lambda event: moment(clinic, event.at), width=128),
                Column(tr("Who"), lambda event: event.who or tr("the program"), width=128, bold=True),
                Column(tr("What"), lambda event: action_text(event.action), stretch=True),
                Column(tr("About"), subject_text, stretch=True, muted=True),
                Column(tr("At"), lambda event: event.station, width=40, muted=True),
            ),
            key=lambda event: event.id, empty=tr("Nothing fits. Choose less."), more=self._read_more,
        )  # fmt: skip
        currency = clinic.facility.currency

        def before(each: AuditChange) -> str:
            return value_text(each.before, each.kind, currency)

        self.changes = RowsView[AuditChange](
            "admin.audit_changes", tr("Fields"),
            (
                Column(tr("Field"), field_text, width=150, bold=True),
                Column(tr("Before"), before, stretch=True, muted=True),
                Column(tr("After"), lambda each: value_text(each.after, each.kind, currency), stretch=True),
            ),
            key=lambda each: each.field, empty=tr("Choose an event above."),
        )  # fmt: skip
        self.list.current_row_changed.connect(self._on_current)
        self.list.activated_row.connect(lambda _event: self._open_details())

    def _lay_out(self) -> None:
        first = BesideBox((self.person, self.day, self.action), (3, 2, 4), space=GRID)
        filters = BesideBox((first, BesideBox((self.kind, self.subject), space=GRID)), (9, 6), space=GRID)
        self.heading = label("", TypeSize.BODY, bold=True)
        self.heading.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.check_button)
        foot.addWidget(self.check_text, 1)
        self.details = card(self.heading, self.changes, margins=GRID)
        outer = column(margins=2 * GRID)
        outer.addWidget(filters)
        outer.addWidget(self.list, 3)
        outer.addWidget(self.details, 2)
        outer.addLayout(foot)
        self.setLayout(outer)
        self.changes.setMinimumHeight(px(100))
        bind(Key.BACK, self.details, self._back_to_list, inside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, the list and the details of one event take turns: Enter opens, Esc leads back."""
        super().resizeEvent(event)
        self.low = self.height() < px(LOW)
        self._show_sides()

    def _show_sides(self) -> None:
        self.list.setVisible(not self.low or not self._details_open)
        self.details.setVisible(not self.low or self._details_open)

    def _open_details(self) -> None:
        self._details_open = True
        self._show_sides()
        self.changes.setFocus()

    def _back_to_list(self) -> None:
        self._details_open = False
        self._show_sides()
        self.list.setFocus()

    # --- reading ---------------------------------------------------------------------------------

    def start_focus(self) -> QWidget:
        return self.list

    def places(self) -> Sequence[QWidget]:
        return (self.person.editor, self.list, self.changes)

    def find_focus(self) -> None:
        """Ctrl+F."""
        self.subject.focus_editor()

    def showEvent(self, event: Any) -> None:
        """Each opening of the viewer is noted, once."""
        super().showEvent(event)
        if not self._noted:
            self._noted = True
            self.write(open_audit, OpenAudit(), lambda _done: self.load())

    def leave(self) -> None:
        self._noted = False
        if self._stop is not None:
            self._stop.set()

    def load(self) -> None:
        self.read(_offered, self._on_offered)
        self.read(audit_page, self._on_first_page, self.wanted())

    def wanted(self) -> AuditFilter:
        """What the filters say."""
        return AuditFilter(
            actor_id=self.person.value(), day=self.day.value(), action=self.action.value() or "",
            kind=self.kind.value() or "", subject=str(self.subject.value()),
        )  # fmt: skip

    def _on_typed(self) -> None:
        self.load()
        self.list.setFocus()

    def _on_offered(self, found: tuple[list[tuple[Id, str]], list[str]]) -> None:
        people, kinds = found
        named = sorted((word("kind", kind), kind) for kind in kinds)
        for field, choices in (
            (self.person, [Choice[Any](id, name) for id, name in people]),
            (self.kind, [Choice[Any](kind, text) for text, kind in named]),
        ):
            field.blockSignals(True)
            field.set_choices(choices)
            field.blockSignals(False)

    def _on_first_page(self, found: Found) -> None:
        self.list.set_rows(found.rows, has_more=found.has_more)
        if self.list.current() is None:
            self.list.select_first()
        self._on_current(self.list.current())

    def _read_more(self, last: AuditRow) -> None:
        wanted = self.wanted()

        def add(found: Found) -> None:
            if self.wanted() == wanted:
                self.list.append_rows(found.rows, has_more=found.has_more)

        self.read(audit_page, add, wanted, last.id)

    def _on_current(self, event: AuditRow | None) -> None:
        if event is None:
            self.heading.setText("")
            self.changes.set_rows(())
            return
        self.heading.setText(f"{action_text(event.action)} · {subject_text(event)}")
        if event.hidden:
            self.changes.set_empty(tr("What was written there is for those who may see it at their own desk."))
        else:
            self.changes.set_empty(tr("No field was changed."))
        self.changes.set_rows(event.changes)

    # --- the chain -------------------------------------------------------------------------------

    def _on_check(self) -> None:
        if self._stop is not None:
            self._stop.set()
            return
        stop = self._stop = threading.Event()
        self.check_button.setText(tr("S&top checking"))
        self.check_text.setText(tr("Checking every event…"))
        clinic, actor = self.context.clinic, self.context.actor
        self.context.background.read(
            lambda: check_chain(clinic, actor, lambda: not stop.is_set()),
            self._on_checked, self._on_not_checked, owner=self,
        )  # fmt: skip

    def _on_checked(self, report: ChainReport) -> None:
        self._end_check()
        if not report.broken:
            text = trn("Sound: {n} event, none changed.", "Sound: {n} events, none changed.", report.events)
            self.check_text.setText(text)
            self.context.messages.good(text)
            return
        first = report.broken[0]
        text = trn(
            "Broken at {n} place, first at station {station}, event {number}. Somebody changed the store itself: call"
            " for help and keep the file as it is.",
            "Broken at {n} places, first at station {station}, event {number}. Somebody changed the store itself: call"
            " for help and keep the file as it is.",
            len(report.broken), station=first.station, number=first.sequence,
        )  # fmt: skip
        self.check_text.setText(text)
        self.context.messages.error(text)

    def _on_not_checked(self, error: Exception) -> None:
        self._end_check()
        if isinstance(error, CheckStopped):
            self.check_text.setText(tr("Stopped. Nothing is known."))
        else:
            self.check_text.setText("")
            self.context.messages.failed(error)

    def _end_check(self) -> None:
        self._stop = None
        self.check_button.setText(tr("&Check the chain"))
