"""Ordering tests: search, collect, send. Their results: `results_panel.py`."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.chart import SeenPatient
from hms_desktop.domain.errors import AlreadyOrdered
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import LabPriority
from hms_desktop.domain.lab_rows import LabChoiceRow
from hms_desktop.domain.money import ZERO
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab_orders import OrderMade, OrderTests, order_tests, search_tests
from hms_desktop.ui.doctor.low_list import LowList
from hms_desktop.ui.doctor.results_panel import ResultsPanel
from hms_desktop.ui.doctor.unsaved_rows import UnsavedRows
from hms_desktop.ui.kit.badges import tone_badge
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.fields import Choice, Found, SearchField, Segment, SegmentedField, TextField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.table import Column
from hms_desktop.ui.kit.theme import label
from hms_desktop.words.errors import sentence
from hms_desktop.words.labels import say
from hms_desktop.words.language import N_, tr, trn

NOTES_LIMIT = 500
WHY_AGAIN = (
    N_("To compare with the first one"),
    N_("The patient's state has changed"),
    N_("The first specimen may be lost or spoilt"),
)
"""Why a test is wanted again while the first is under way; the lab reads it on the order."""


class LabPanel(QWidget):
    """Search tests and panels, Enter collects them, one button orders and sends the patient."""

    sent = Signal()
    """The patient is on the way to the lab."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit: Id | None = None
        self._chosen: list[LabChoiceRow] = []
        self._kept = UnsavedRows(desk.context.drafts, "doctor.wanted_tests", LabChoiceRow)
        self._key = new_id()
        self.search = SearchField[LabChoiceRow](
            "doctor.test",
            tr("Test or &panel"),
            source=self._found,
            background=desk.context.background,
            explain=lambda text: tr("The lab offers nothing that begins like “{text}”.", text=text),
        )
        self.wanted = self._wanted_view()
        self.priority = SegmentedField[LabPriority](
            "doctor.lab_priority",
            tr("Priority"),
            [
                Segment(LabPriority.ROUTINE, say(LabPriority.ROUTINE), "1"),
                Segment(LabPriority.URGENT, say(LabPriority.URGENT), "2"),
                Segment(LabPriority.STAT, say(LabPriority.STAT), "3", harm=True),
            ],
        )
        self.priority.set_value(LabPriority.ROUTINE)
        self.notes = TextField("doctor.lab_notes", tr("&For the lab"), max_length=300)
        self.order_button = primary("doctor.order_tests", tr("&Order and send to lab"), self._on_order, icon="lab")
        self._sum = label("", muted=True)
        self.results = ResultsPanel(desk)
        bind(Key.SAVE, self, self._on_order, inside=True)
        self._lay_out()
        self.search.entered.connect(self._on_entered)
        self.priority.entered.connect(self.notes.focus_editor)
        self.notes.entered.connect(self.order_button.setFocus)

    def _wanted_view(self) -> LowList[LabChoiceRow]:
        made = LowList[LabChoiceRow](
            "doctor.wanted_tests",
            tr("Tests to order"),
            [
                Column(tr("Test"), lambda r: r.name, stretch=True, bold=True, tip=lambda r: ", ".join(r.tests)),
                Column(tr("Specimen"), lambda r: ", ".join(r.specimens), width=130),
                Column(tr("Price"), self._price, width=86, right=True),
            ],
            key=lambda r: r.code,
            least=110,
            empty=tr("Nothing chosen yet. Type above; Enter adds, Delete takes away, Enter on an empty line goes on."),
        )
        bind("Del", made, self._on_take_away, inside=True)
        return made

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.ordering = QWidget()
        layout.addWidget(self.ordering, 2)
        layout.addWidget(self.results, 3)
        inside = QVBoxLayout(self.ordering)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.search)
        inside.addWidget(self.wanted, 1)
        beside = row(self.priority, self.notes, space=16)
        beside.setStretch(1, 1)
        inside.addLayout(beside)
        buttons = row(self.order_button, self._sum, space=16)
        buttons.addStretch(1)
        inside.addLayout(buttons)

    @property
    def unsaved(self) -> bool:
        """Whether tests were chosen and not ordered."""
        return bool(self._chosen)

    def show_patient(self, seen: SeenPatient) -> None:
        """Orders of the open visit and all results of the patient, newest first."""
        if seen.visit_id != self._visit:
            self._visit, self._key = seen.visit_id, new_id()
            self._set_chosen([])
            self.search.clear()
            self.notes.clear()
            if self._visit is not None:
                self._kept.load(self._visit, self._on_kept)
        self.results.show_patient(seen)
        self.ordering.setVisible(seen.mine)

    def start_focus(self) -> QWidget:
        """Ordering, or the results when nothing may be ordered."""
        return self.search.editor if not self.ordering.isHidden() else self.results.list

    def _on_kept(self, rows: list[LabChoiceRow]) -> None:
        if rows and not self._chosen:
            self._set_chosen(rows)

    def _found(self, text: str) -> list[Found[LabChoiceRow]]:
        context = self._desk.context
        found = search_tests(context.clinic, context.actor, text, self._visit)
        badge = tone_badge(tr("Panel"), "info")
        return [Found(each, each.name, each.matched, badge if each.is_panel else None) for each in found]

    def _price(self, choice: LabChoiceRow) -> str:
        return "" if choice.price is None else self._desk.context.clinic.facility.currency.show(choice.price)

    def _on_entered(self) -> None:
        test = self.search.value()
        if test is None:
            if self._chosen and self.search.is_blank():
                self.priority.focus_editor()
            return
        if test.code not in {each.code for each in self._chosen}:
            self._set_chosen([*self._chosen, test])
            self._keep()
        self.search.clear()
        self.search.focus_editor()

    def _on_take_away(self) -> None:
        current = self.wanted.current()
        if current is not None:
            self._set_chosen([each for each in self._chosen if each.code != current.code])
            self._keep()

    def _keep(self) -> None:
        if self._visit is not None:
            self._kept.keep(self._visit, self._chosen)

    def _set_chosen(self, chosen: Sequence[LabChoiceRow]) -> None:
        self._chosen = list(chosen)
        self.wanted.set_rows(self._chosen)
        total = sum((each.price for each in self._chosen if each.price is not None), start=ZERO)
        count = trn("{n} test or panel", "{n} tests or panels", len(self._chosen))
        money = self._desk.context.clinic.facility.currency.show(total, code=True)
        self._sum.setText(f"{count} · {money}" if self._chosen else "")

    def _on_order(self) -> None:
        self._order("")

    def _order(self, again: str) -> None:
        """Send the order; `again` is the reason why a test is wanted that the patient waits for already."""
        if self.ordering.isHidden():
            return
        if self._visit is None or not self._chosen:
            self._desk.context.messages.warn(tr("Choose at least one test first."))
            self.search.focus_editor()
            return
        command = OrderTests(
            key=self._key,
            visit_id=self._visit,
            tests=tuple(each.code for each in self._chosen if not each.is_panel),
            panels=tuple(each.code for each in self._chosen if each.is_panel),
            priority=self.priority.value() or LabPriority.ROUTINE,
            clinical_notes=_notes(self.notes.value(), again),
            again=bool(again),
        )
        self.order_button.set_waiting(True)
        self._desk.write(order_tests, command, self._on_ordered, self._on_refused)

    def _on_ordered(self, outcome: Outcome[OrderMade]) -> None:
        self.order_button.set_waiting(False)
        self._key = new_id()
        self._set_chosen([])
        self._keep()
        self.notes.clear()
        self.priority.set_value(LabPriority.ROUTINE)
        said = tr("Order {number} is on the lab's list.", number=outcome.value.number)
        self._desk.context.messages.good(said)
        self.sent.emit()

    def _on_refused(self, error: Exception) -> None:
        self.order_button.set_waiting(False)
        if not isinstance(error, AlreadyOrdered):
            self._desk.context.background.fail(error)
            return
        ask_reason(
            self, "doctor.order_again", tr("Ordered already"), sentence(error.code, error.facts),
            tr("&Order again"), self._order, reasons=[Choice(each, tr(each)) for each in WHY_AGAIN], is_harmful=False,
        )  # fmt: skip


def _notes(typed: str, again: str) -> str:
    """What the lab reads: why a test is asked for twice, then what was typed."""
    why = tr("Ordered again: {reason}", reason=again) if again else ""
    return " · ".join(part for part in (why, typed.strip()) if part)[:NOTES_LIMIT]
