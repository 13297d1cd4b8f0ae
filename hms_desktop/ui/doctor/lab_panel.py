"""Ordering tests, and their results as they come in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority, OrderState, ResultStatus
from hms_desktop.domain.lab_rows import LabChoiceRow, OrderRow, ResultRow
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab_orders import CancelTests, OrderMade, OrderTests, cancel_tests, order_tests, search_tests
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.fields import Found, SearchField, Segment, SegmentedField, TextField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import label
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn


class LabPanel(QWidget):
    """Search tests and panels, Enter collects them, one button orders and sends the patient."""

    sent = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit: Id | None = None
        self._chosen: list[LabChoiceRow] = []
        self.search = SearchField[LabChoiceRow](
            "doctor.test",
            tr("&Test or panel"),
            source=self._found,
            background=desk.context.background,
            explain=lambda text: tr("The lab offers nothing that begins like “{text}”.", text=text),
        )
        self.search.entered.connect(self._on_entered)
        self.wanted = RowsView[LabChoiceRow](
            "doctor.wanted_tests", tr("Tests to order"), self._wanted_columns(), key=lambda r: r.code,
            empty=tr("Nothing chosen yet. Type above; Enter adds, Delete takes away."),
        )  # fmt: skip
        bind("Del", self.wanted, self._on_take_away, inside=True)
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
        self.notes = TextField("doctor.lab_notes", tr("For the &lab"), max_length=300)
        self.order_button = primary("doctor.order_tests", tr("&Order and send to lab"), self._on_order, icon="lab")
        self._sum = label("", muted=True)
        self.results = self._results_view()
        self._lay_out()

    @staticmethod
    def _wanted_columns() -> list[Column[LabChoiceRow]]:
        return [
            Column(tr("Test"), lambda r: r.name, stretch=True, bold=True, tip=lambda r: ", ".join(r.tests)),
            Column(tr("Specimen"), lambda r: ", ".join(r.specimens), width=150),
            Column(tr("Price"), lambda r: "" if r.price is None else f"{r.price:,.2f}", width=86, right=True),
        ]

    def _results_view(self) -> RowsView[ResultRow]:
        made = RowsView[ResultRow](
            "doctor.results",
            tr("Results"),
            [
                Column(tr("Test"), lambda r: r.name, stretch=True),
                Column(tr("Result"), lambda r: f"{r.value} {r.unit}".strip(), width=130, bold=True),
                Column(tr("Flag"), lambda r: "", width=104, badge=_flag_badge),
                Column(tr("Range"), lambda r: r.range, width=110, muted=True),
                Column(tr("State"), lambda r: "", width=110, badge=_status_badge),
            ],
            key=lambda r: r.id,
            empty=tr("No results yet. They appear here as the lab releases them."),
        )
        bind("Del", made, self._on_cancel, inside=True)
        return made

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        layout.addWidget(self.wanted, 2)
        layout.addLayout(row(self.priority, self.notes))
        buttons = row(self.order_button, self._sum)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        self._orders = label("", muted=True)
        self._orders.setWordWrap(True)
        layout.addWidget(self._orders)
        layout.addWidget(self.results, 3)

    def show_lab(
        self, visit_id: Id | None, orders: Sequence[OrderRow], results: Sequence[ResultRow], *, writable: bool
    ) -> None:
        """Orders of the open visit and all results of the patient, newest first."""
        if visit_id != self._visit:
            self._chosen = []
            self._show_chosen()
        self._visit = visit_id
        self._order_rows = list(orders)
        self._orders.setText("\n".join(_order_text(order) for order in orders))
        self._orders.setVisible(bool(orders))
        self.results.set_rows(list(results))
        for widget in (self.search, self.priority, self.notes, self.order_button):
            widget.setEnabled(writable)

    def _found(self, text: str) -> list[Found[LabChoiceRow]]:
        context = self._desk.context
        found = search_tests(context.clinic, context.actor, text, self._visit)
        return [
            Found(each, each.name, each.matched, tone_badge(tr("Panel"), "info") if each.is_panel else None)
            for each in found
        ]

    def _on_entered(self) -> None:
        chosen = self.search.chosen()
        if chosen is None:
            if self._chosen and not self.search.text():
                self.order_button.setFocus()
            return
        test = chosen.value
        if isinstance(test, LabChoiceRow) and test.code not in {each.code for each in self._chosen}:
            self._chosen.append(test)
            self._show_chosen()
        self.search.clear()
        self.search.focus_editor()

    def _on_take_away(self) -> None:
        current = self.wanted.current()
        if current is not None:
            self._chosen = [each for each in self._chosen if each.code != current.code]
            self._show_chosen()

    def _show_chosen(self) -> None:
        self.wanted.set_rows(list(self._chosen))
        total = sum((each.price for each in self._chosen if each.price is not None), start=0)
        money = self._desk.context.clinic.facility.currency.show(total + 0, code=True) if self._chosen else ""  # type: ignore[arg-type]
        count = trn("{n} test or panel", "{n} tests or panels", len(self._chosen))
        self._sum.setText(f"{count} · {money}" if self._chosen else "")

    def _on_order(self) -> None:
        if self._visit is None or not self._chosen:
            self._desk.context.messages.warn(tr("Choose at least one test first."))
            self.search.focus_editor()
            return
        command = OrderTests(
            visit_id=self._visit,
            tests=tuple(each.code for each in self._chosen if not each.is_panel),
            panels=tuple(each.code for each in self._chosen if each.is_panel),
            priority=self.priority.value() or LabPriority.ROUTINE,
            clinical_notes=self.notes.value(),
        )
        self.order_button.set_waiting(True)
        self._desk.write(order_tests, command, self._on_ordered, self._on_refused)

    def _on_ordered(self, outcome: Outcome[OrderMade]) -> None:
        self.order_button.set_waiting(False)
        self._chosen = []
        self._show_chosen()
        self.notes.clear()
        self.priority.set_value(LabPriority.ROUTINE)
        said = tr("Order {number} is on the lab's list.", number=outcome.value.number)
        self._desk.context.messages.good(said)
        self.sent.emit()

    def _on_refused(self, error: Exception) -> None:
        self.order_button.set_waiting(False)
        self._desk.context.messages.failed(error)

    def _on_cancel(self) -> None:
        """Cancel the test behind the selected preliminary or missing result is done from the order line: all open tests."""
        still = [
            (order, test)
            for order in self._order_rows
            for test in order.tests
            if test.state is OrderState.ORDERED
        ]
        if not still:
            self._desk.context.messages.info(tr("No test can be cancelled any more: the lab has begun."))
            return
        order = still[0][0]
        items = tuple(test.id for each, test in still if each.id == order.id)
        names = ", ".join(test.name for each, test in still if each.id == order.id)
        ask_reason(
            self, "doctor.cancel_tests", tr("Cancel tests"), names, tr("&Cancel these tests"),
            lambda reason: self._desk.write(
                cancel_tests, CancelTests(order_id=order.id, item_ids=items, reason=reason), lambda _outcome: None
            ),
        )  # fmt: skip


def _order_text(order: OrderRow) -> str:
    names = ", ".join(test.name for test in order.tests if test.state is not OrderState.CANCELLED)
    return f"{order.number} · {say(order.state)} {order.released}/{order.total} · {names}"


def _flag_badge(result: ResultRow) -> Badge | None:
    if result.flag is None or result.flag.value == "N":
        return None
    critical = result.flag.value in {"LL", "HH"}
    return tone_badge(say(result.flag), "error" if critical else "warn")


def _status_badge(result: ResultRow) -> Badge | None:
    tones = {ResultStatus.PRELIMINARY: "plain", ResultStatus.FINAL: "good", ResultStatus.CORRECTED: "warn"}
    return tone_badge(say(result.status), tones.get(result.status, "plain"))
