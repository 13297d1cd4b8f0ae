"""Entering the results of one specimen: Enter goes down, Ctrl+Enter saves all of them at once."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from hms_desktop.domain.errors import ClinicError, StaleRecord
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import SpecimenState
from hms_desktop.domain.lab_rows import BenchSheet, EntryRow
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab_results import COMMENT_LIMIT, Entered, EnterResults, Typed, enter_results
from hms_desktop.ui.kit.badges import BadgeLabel, tone_badge
from hms_desktop.ui.kit.buttons import harmful, plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import TextField
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.ui.lab.entry_grid import EntryGrid
from hms_desktop.ui.lab.lab_words import person_text, priority_badge, when_text
from hms_desktop.ui.lab.value_field import Cell, ValueField, kept_text
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr


class EntryForm(Form):
    """One specimen. It is thrown away when another one is opened; drafts keep what was typed."""

    scanned = Signal(str)
    """A label was scanned into a cell."""
    reject_wanted = Signal()
    labels_wanted = Signal()
    not_done_wanted = Signal(object)
    """The tests without a result (their entries): they can't be done."""
    outdated = Signal()
    """Somebody else changed results meanwhile: read the sheet again and `renew`."""

    def __init__(self, context: DeskContext, sheet: BenchSheet) -> None:
        self.context, self.sheet = context, sheet
        zone = ZoneInfo(context.clinic.facility.time_zone)
        super().__init__(context, "lab.entry_form", save_text=tr("&Save results"), save_name="lab.save_results")
        self.grid = EntryGrid(sheet.entries, context.clinic.facility.code, zone, context.today())
        self.comment = TextField("lab.comment", "", max_length=COMMENT_LIMIT, reserve_note=False)
        bind("Alt+M", self, self.comment.focus_editor, inside=True)
        self._comments = {entry.item_id: _comment_of(entry) for entry in sheet.entries}
        self._entries = {entry.item_id: entry for entry in sheet.entries}
        self._commented: Cell | None = None
        self._lay_out_sheet(zone)
        self.add_button(plain("lab.print_label", tr("&Label"), self.labels_wanted.emit, icon="print"))
        if context.actor.may("lab.reject"):
            self.add_button(plain("lab.not_done", tr("Not &done…"), self._on_not_done))
        self.add_button(harmful("lab.reject", tr("Re&ject specimen…"), self.reject_wanted.emit), apart=True)
        self.grid.focused.connect(self._on_cell)
        self.grid.scanned.connect(self.scanned)
        self.comment.changed.connect(self._on_comment)
        self.comment.entered.connect(self._after_comment)
        self._on_cell(self.grid.cells[0] if self.grid.cells else None)
        self.set_clean()
        self.use_draft(sheet.row.id)

    def _lay_out_sheet(self, zone: ZoneInfo) -> None:
        seen = self.sheet.row
        self.add_widget(label(person_text(seen.person), TypeSize.LARGE, bold=True))
        today = self.context.today()
        due = tr("due {time}", time=when_text(seen.due_at, zone, today))
        facts = [seen.accession, seen.specimen, seen.order_number, due]
        head = row(_wrapped(" · ".join(facts), muted=True), space=12)
        head.setStretch(0, 1)
        head.addWidget(BadgeLabel("lab.entry_priority", priority_badge(seen.priority)))
        if self.sheet.pregnant:
            head.addWidget(BadgeLabel("lab.entry_pregnant", tone_badge(tr("Pregnant"), "info")))
        self.body.addLayout(head)
        if self.sheet.clinical_notes:
            self.add_widget(_wrapped(self.sheet.clinical_notes))
        self.add_widget(self.grid, 1)
        for cell in self.grid.cells:
            self.adopt(cell)
        self.add_widget(self.comment)

    @property
    def received(self) -> bool:
        """Whether the specimen is on the bench."""
        return self.sheet.row.state is SpecimenState.RECEIVED

    def start(self) -> None:
        """The first cell without a value."""
        empty = next((cell for cell in self.grid.cells if cell.is_blank()), None)
        first = empty or (self.grid.cells[0] if self.grid.cells else None)
        if first is not None:
            first.focus_editor()

    def save(self) -> None:
        """Saving again keeps what is unusual and was pointed out."""
        for cell in self.grid.cells:
            if isinstance(cell, ValueField):
                cell.keep_when_seen()
        super().save()

    # --- saving --------------------------------------------------------------------------------------

    def changes(self) -> tuple[Typed, ...]:
        """What differs from what is kept."""
        found = []
        for cell in self.grid.cells:
            entry = self._entries[cell.entry.item_id]
            comment = self._comments[entry.item_id].strip()
            if (cell.typed(), comment) != (kept_text(entry), _comment_of(entry)):
                known = entry.result.id if entry.result is not None else None
                found.append(Typed(entry.item_id, cell.typed(), comment, known))
        return tuple(found)

    def check_all(self) -> str | None:
        """Something must have been typed."""
        return None if self.changes() else tr("Type at least one result first.")

    def prepare(self) -> Callable[[], Outcome[Entered]]:
        """Save what was typed."""
        command = EnterResults(key=self.key, specimen_id=self.sheet.row.id, results=self.changes())
        clinic, actor = self.context.clinic, self.context.actor
        return lambda: enter_results(clinic, actor, command)

    def on_refused(self, error: ClinicError) -> bool:
        """A wrong value stands beside its cell; a colleague's value is fetched."""
        if isinstance(error, StaleRecord):
            self.outdated.emit()
            return True
        found = next((cell for cell in self.grid.cells if cell.entry.item_id == error.facts.get("item")), None)
        if found is None:
            return False
        found.error(sentence(error.code, error.facts))
        found.focus_editor()
        return True

    def renew(self, sheet: BenchSheet) -> None:
        """Others entered meanwhile: what was not touched here shows theirs, what was says so beside the cell."""
        fresh = {entry.item_id: entry for entry in sheet.entries}
        clashed: Cell | None = None
        for cell in self.grid.cells:
            old, new = self._entries[cell.entry.item_id], fresh.get(cell.entry.item_id)
            if new is None or kept_text(new) == kept_text(old):
                continue
            if cell.typed() == kept_text(old):
                cell.put(kept_text(new))
            elif new.result is not None and cell.typed() != kept_text(new):
                who = new.result.entered_by
                cell.error(tr("Meanwhile {name} entered {value}.", name=who, value=new.result.value))
                clashed = clashed or cell
        self.sheet = sheet
        self._entries |= fresh
        if clashed is not None:
            clashed.focus_editor()

    def _on_not_done(self) -> None:
        empty = [cell.entry for cell in self.grid.cells if cell.is_blank() and cell.entry.result is None]
        if self.changes():
            self.context.messages.warn(tr("Save the results first: Ctrl+Enter."))
        elif empty:
            self.not_done_wanted.emit(empty)

    # --- comments, drafts ----------------------------------------------------------------------------

    def _on_cell(self, cell: Cell | None) -> None:
        self._commented = cell
        self.comment.setVisible(cell is not None)
        if cell is None:
            return
        self.comment.line.setPlaceholderText(tr("Comment on {test} (Alt+M)", test=cell.entry.name))
        self.comment.editor.setAccessibleName(tr("Comment on {test}", test=cell.entry.name))
        self.comment.blockSignals(True)
        self.comment.set_value(self._comments[cell.entry.item_id])
        self.comment.blockSignals(False)

    def _on_comment(self) -> None:
        if self._commented is not None:
            self._comments[self._commented.entry.item_id] = self.comment.value()
            self._on_changed()

    def _after_comment(self) -> None:
        if self._commented is not None:
            self._go_on_from(self._commented)

    def snapshot(self) -> dict[str, Any]:
        """What is typed, comments too."""
        comments: dict[Id, str] = {item: text for item, text in self._comments.items() if text}
        return {**super().snapshot(), "comments": comments}

    def restore(self, values: dict[str, Any]) -> None:
        """Type it again."""
        super().restore(values)
        self._comments |= values.get("comments", {})
        self._on_cell(self._commented)


def _comment_of(entry: EntryRow) -> str:
    return entry.result.comment if entry.result is not None else ""


def _wrapped(text: str, *, muted: bool = False) -> QLabel:
    made = label(text, muted=muted)
    made.setWordWrap(True)
    return made
