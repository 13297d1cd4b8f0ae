"""Done: what left the lab, its report, the trend of a result, and corrections."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.errors import ClinicError
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import OrderState
from hms_desktop.domain.lab_rows import EntryRow, OrderRow, ResultRow
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.lab import entry_of_result, finished_orders, results_of_order, trend
from hms_desktop.services.lab_release import CorrectionMade, CorrectResult, correct_result
from hms_desktop.services.lab_reports import PrintReport, print_report
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import plain, primary
from hms_desktop.ui.kit.chart import ChartPoint, LineChart
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.fields import TextField
from hms_desktop.ui.kit.layout import card, row
from hms_desktop.ui.kit.shortcuts import Key, Shortcut, bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.lab.correct_dialog import ask_correction
from hms_desktop.ui.lab.lab_words import (
    flag_badge,
    flag_text,
    person_text,
    status_badge,
    status_text,
    value_text,
    when_text,
)
from hms_desktop.ui.lab.side_stack import SideStack
from hms_desktop.words.language import tr

LIST_LEAST, LIST_WIDTH = 264, 392
PAGE = 50


class DonePage(QWidget):
    """Finished orders, newest first, beside the results of the chosen one."""

    patient_chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.context.clinic.facility.time_zone)
        self._order: OrderRow | None = None
        self._wanted: Id | None = None
        self._key = new_id()
        self.search = TextField(
            "lab.search_done", tr("Fi&nd"), placeholder=tr("Name, order or patient number"), reserve_note=False
        )
        self.list = RowsView[OrderRow](
            "lab.done",
            tr("Orders with released results"),
            [
                Column(tr("When"), self._when, width=96, muted=True),
                Column(tr("Patient"), lambda o: o.person.name, stretch=True, bold=True, tip=_tip),
                Column(tr("Released"), _progress, width=106, right=True, badge=_progress_badge),
            ],
            key=lambda o: o.id,
            empty=tr("Nothing was released in the last 7 days. Type a name to look further back."),
            more=self._more_orders,
        )
        self.results = self._results_view()
        self.person = label("", TypeSize.LARGE, bold=True)
        self.about = label("", muted=True)
        self.said = label("", TypeSize.SMALL, muted=True)
        self.trend = LineChart("lab.trend", "")
        self.report_button = primary(
            "lab.report", tr("Print re&port"), partial(self.print_report, show=False), icon="print"
        )
        self.show_button = plain("lab.show_report", tr("Sho&w report"), partial(self.print_report, show=True))
        self.correct_button = plain("lab.correct", tr("Co&rrect…"), self._on_correct)
        self.stack = SideStack(tr("No order is open"), tr("Choose an order of the list to see its results."))
        self._lay_out()
        self._connect()

    def _results_view(self) -> RowsView[ResultRow]:
        return RowsView[ResultRow](
            "lab.done_results",
            tr("Results"),
            [
                Column(tr("Test"), lambda r: r.name, stretch=True, tip=self._more),
                Column(tr("Result"), value_text, width=150, bold=True, tip=self._more),
                Column(tr("Flag"), lambda r: flag_text(r.flag), width=116, badge=lambda r: flag_badge(r.flag)),
                Column(tr("Range"), lambda r: r.range, width=92, muted=True),
                Column(tr("Status"), status_text, width=116, badge=status_badge, tip=self._more),
            ],
            key=lambda r: r.id,
        )

    def _lay_out(self) -> None:
        self._inside = QWidget()
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        for each in (self.person, self.about):
            each.setWordWrap(True)
            layout.addWidget(each)
        layout.addWidget(self.results, 3)
        self.said.setWordWrap(True)
        layout.addWidget(self.said)
        layout.addWidget(self.trend, 2)
        self.trend.hide()
        buttons = row(self.report_button, self.show_button)
        buttons.addStretch(1)
        buttons.addWidget(self.correct_button)
        layout.addLayout(buttons)
        self.stack.keep(self._inside)
        left = QWidget()
        left.setMinimumWidth(px(LIST_LEAST))
        left.setMaximumWidth(px(LIST_WIDTH))
        below = QVBoxLayout(left)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(px(GRID))
        below.addWidget(self.search)
        below.addWidget(self.list, 1)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, px(4), 0, 0)
        beside.setSpacing(px(12))
        beside.addWidget(left, 2)
        beside.addWidget(card(self.stack, margins=12), 3)

    def _connect(self) -> None:
        self.search.changed.connect(self.reload)
        self.search.entered.connect(self._after_search)
        self.list.current_row_changed.connect(self._on_chosen)
        self.list.activated_row.connect(lambda _row: self.results.setFocus(Qt.FocusReason.OtherFocusReason))
        self.results.current_row_changed.connect(self._on_result)
        self.results.activated_row.connect(lambda _row: self._on_correct())
        bind(Key.PRINT, self, partial(self.print_report, show=False), inside=True)
        bind(Key.BACK, self, self.list.setFocus, inside=True)

    def shortcuts(self) -> list[Shortcut]:
        """The keys of this page."""
        return [Shortcut(Key.PRINT.keys, tr("Print the report"))]

    # --- rows ----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Look again, for what is typed."""
        context, text = self._desk.context, self.search.value()
        context.background.latest(
            "lab.done", lambda: finished_orders(context.clinic, context.actor, text, None, PAGE), self._show_orders,
            owner=self,
        )  # fmt: skip
        if self._order is not None:
            self._desk.read(results_of_order, partial(self._show_results, self._order.id), self._order.id)

    def open_order(self, order_id: Id) -> None:
        """Show an order, as soon as it is in the list."""
        self.search.clear()
        self._wanted = order_id
        self.reload()

    def _show_orders(self, rows: list[OrderRow]) -> None:
        self.list.set_rows(rows, has_more=len(rows) == PAGE)
        if self._wanted is not None and self.list.select_key(self._wanted):
            self._wanted = None
            if self.isVisible():
                self.list.setFocus()
        if self._order is not None:
            self._order = next((each for each in rows if each.id == self._order.id), self._order)

    def _more_orders(self, last: OrderRow) -> None:
        before = (last.ordered_at, last.id)
        self._desk.read(
            finished_orders, lambda rows: self.list.append_rows(rows, has_more=len(rows) == PAGE),
            self.search.value(), before, PAGE,
        )  # fmt: skip

    def _after_search(self) -> None:
        self.list.setFocus()
        self.list.select_first()

    def _when(self, order: OrderRow) -> str:
        return when_text(order.completed_at or order.ordered_at, self._zone, self._desk.context.today())

    def _on_chosen(self, order: OrderRow | None) -> None:
        if order is None or (self._order is not None and self._order.id == order.id):
            return
        self._order = order
        self.results.set_rows([])
        self._desk.read(results_of_order, partial(self._show_results, order.id), order.id)
        self.patient_chosen.emit(order.person.patient_id)

    def _show_results(self, order_id: Id, rows: list[ResultRow]) -> None:
        order = self._order
        if order is None or order.id != order_id:
            return
        self.person.setText(person_text(order.person))
        asked = tr("asked by {name}", name=order.ordered_by)
        self.about.setText(" · ".join(each for each in (order.number, asked, order.clinical_notes) if each))
        self.results.set_rows(rows)
        self.stack.show_widget(self._inside)
        self._on_result(self.results.current())

    # --- one result ----------------------------------------------------------------------------------

    def _on_result(self, result: ResultRow | None) -> None:
        may = self._desk.context.actor.may("lab.correct")
        self.correct_button.setVisible(may)
        self.correct_button.setEnabled(result is not None and result.released and not result.pending_correction)
        self.said.setText(self._more(result) if result is not None else tr("Choose a result to see more of it."))
        self.trend.hide()
        if result is not None and result.number is not None and result.test_code and self._order is not None:
            patient = self._order.person.patient_id
            self._desk.read(trend, partial(self._draw, result), patient, result.test_code)

    def _draw(self, result: ResultRow, rows: list[ResultRow]) -> None:
        shown = self.results.current()
        same = [row for row in rows if row.unit == result.unit and row.number is not None]
        if shown is None or shown.id != result.id or len(same) < 2:
            return
        limits = result.limits
        self.trend.set_title(result.name, result.unit)
        self.trend.set_points(
            [ChartPoint(each.entered_at.astimezone(self._zone), each.number) for each in same],
            (limits.normal_low, limits.normal_high) if limits is not None else None,
        )
        self.trend.show()

    def _more(self, result: ResultRow) -> str:
        today = self._desk.context.today()
        parts = [tr("entered by {name}", name=result.entered_by)]
        if result.verified_at is not None:
            when = when_text(result.verified_at, self._zone, today)
            parts.append(tr("released {time} by {name}", time=when, name=result.verified_by))
        if result.own_release:
            parts.append(tr("by the same person"))
        if result.first is not None:
            parts.append(
                tr("first reported as {value}: {reason}", value=result.first.value, reason=result.first.reason)
            )
        if result.call is not None:
            at = when_text(result.call.called_at, self._zone, today)
            parts.append(tr("called {person} at {time}", person=result.call.called_person, time=at))
        return " · ".join(each for each in (*parts, result.comment) if each)

    # --- deeds ---------------------------------------------------------------------------------------

    def print_report(self, *, show: bool) -> None:
        """The report of the chosen order: to the printer, or on the screen."""
        if self._order is None:
            return
        door = self._desk.context.open_paper if show else self._desk.context.print_paper
        self._desk.write(print_report, PrintReport(order_id=self._order.id), lambda outcome: door(outcome.value))

    def _on_correct(self) -> None:
        result = self.results.current()
        if result is not None and self.correct_button.isEnabled() and self.correct_button.isVisible():
            self._desk.read(entry_of_result, partial(self._ask, result), result.id)

    def _ask(self, result: ResultRow, entry: EntryRow) -> None:
        assert self._order is not None
        facility = self._desk.context.clinic.facility.code
        ask_correction(self, self._order.person.name, result, entry, facility, partial(self._correct, result))

    def _correct(self, result: ResultRow, value: str, reason: str, comment: str) -> None:
        command = CorrectResult(key=self._key, result_id=result.id, value=value, reason=reason, comment=comment)
        self._desk.write(correct_result, command, partial(self._on_corrected, result), self._on_refused)

    def _on_corrected(self, result: ResultRow, outcome: Outcome[CorrectionMade]) -> None:
        self._key = new_id()
        messages = self._desk.context.messages
        if outcome.value.released:
            messages.good(tr("{test} is corrected. The doctor sees both values.", test=result.name))
        else:
            messages.info(tr("The correction of {test} waits for release: Alt+3.", test=result.name))

    def _on_refused(self, error: Exception) -> None:
        self._key = new_id()
        self._desk.context.messages.failed(error)
        if isinstance(error, ClinicError):
            self._desk.look_again()


def _progress(order: OrderRow) -> str:
    return tr("Corrected") if order.corrected else tr("{n} of {total}", n=order.released, total=order.total)


def _progress_badge(order: OrderRow) -> Badge | None:
    if order.corrected:
        return tone_badge(_progress(order), "warn", Shape.DIAMOND)
    return tone_badge(_progress(order), "good", Shape.TICK) if order.state is OrderState.COMPLETED else None


def _tip(order: OrderRow) -> str:
    names = ", ".join(test.name for test in order.tests)
    return f"{order.person.name} · {order.person.mrn} · {order.number} · {names}"
