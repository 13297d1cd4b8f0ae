"""Results as the lab releases them, what is still waited for, the trend of the chosen one, critical ones to be seen."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.chart import SeenPatient
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState, ResultStatus
from hms_desktop.domain.lab_rows import OrderRow, ResultRow
from hms_desktop.services.lab_orders import CancelTests, cancel_tests
from hms_desktop.services.lab_results import AcknowledgeCritical, acknowledge_critical
from hms_desktop.ui.doctor.low_list import LowList
from hms_desktop.ui.doctor.note_text import moment
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.chart import ChartPoint, LineChart
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.table import Column
from hms_desktop.ui.kit.theme import TypeSize, label
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class ResultsPanel(QWidget):
    """All released results of the patient, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.context.clinic.facility.time_zone)
        self._orders: tuple[OrderRow, ...] = ()
        self._waiting = label("")
        self._waiting.setObjectName("doctor.orders")
        self._waiting.setWordWrap(True)
        self.list = LowList[ResultRow](
            "doctor.results",
            tr("Results"),
            [
                Column(tr("Test"), lambda r: r.name, stretch=True, tip=self._more),
                Column(tr("Result"), lambda r: f"{r.value} {r.unit}".strip(), width=120, bold=True),
                Column(tr("Flag"), flag_text, width=140, badge=flag_badge),
                Column(tr("Range"), lambda r: r.range, width=92, muted=True),
                Column(tr("Before"), lambda r: r.previous, width=70, right=True, muted=True),
            ],
            key=lambda r: r.id,
            least=130,
            empty=tr("No results yet. They appear here one by one as the lab releases them."),
        )
        self.list.current_row_changed.connect(self._show_chosen)
        self.acknowledge_button = plain("doctor.acknowledge", tr("I have &seen it"), self._on_acknowledge, icon="check")
        self.cancel_button = plain("doctor.cancel_tests", tr("Cance&l tests…"), self._on_cancel)
        self._detail = label("", TypeSize.SMALL, muted=True)
        self._detail.setWordWrap(True)
        self.trend = LineChart("doctor.result_trend", "")
        self._rows: list[ResultRow] = []
        self._patient: Id | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        beside = row(self._waiting, self.cancel_button)
        beside.setStretch(0, 1)
        layout.addLayout(beside)
        layout.addWidget(self.list, 1)
        below = row(self._detail, self.acknowledge_button)
        below.setStretch(0, 1)
        layout.addLayout(below)
        layout.addWidget(self.trend)

    def show_patient(self, seen: SeenPatient) -> None:
        """Results of the patient, orders of the open visit."""
        self._orders = seen.orders
        texts = [_order_text(order) for order in seen.orders if order.state is not OrderState.CANCELLED]
        self._waiting.setText("\n".join(texts))
        self._waiting.setVisible(bool(texts))
        self.cancel_button.setVisible(any(_cancellable(order) for order in seen.orders))
        self._rows = [result for result in seen.results if result.released]
        self.list.set_rows(self._rows)
        if self._patient != seen.patient_id:
            self._patient = seen.patient_id
            self.list.setCurrentIndex(QModelIndex())
        self._show_chosen(self.list.current())

    def _more(self, result: ResultRow) -> str:
        parts = [result.panel, result.order_number, result.comment]
        if result.verified_at is not None:
            parts.append(
                tr("released {when} by {who}", when=moment(result.verified_at, self._zone), who=result.verified_by)
            )
        if result.first is not None:
            parts.append(tr("corrected: it was {value}", value=f"{result.first.value} {result.first.unit}".strip()))
        return " · ".join(part for part in parts if part)

    def _show_chosen(self, chosen: ResultRow | None) -> None:
        pending = self._pending()
        self.acknowledge_button.setVisible(pending is not None)
        self._detail.setText("" if chosen is None else self._more(chosen))
        series = [] if chosen is None else [r for r in self._rows if r.name == chosen.name and r.unit == chosen.unit]
        points = [
            ChartPoint(result.entered_at.astimezone(self._zone), result.number)
            for result in reversed(series)
            if result.number is not None
        ]
        if chosen is not None and len(points) > 1:
            self._draw(chosen, points)
        self.trend.setVisible(len(points) > 1)

    def _draw(self, chosen: ResultRow, points: list[ChartPoint]) -> None:
        limits = chosen.limits
        self.trend.set_title(chosen.name, chosen.unit)
        self.trend.set_points(points, (limits.normal_low, limits.normal_high) if limits is not None else None)

    # --- critical ------------------------------------------------------------------------------------

    def _pending(self) -> ResultRow | None:
        """The chosen critical result that no doctor has seen, else the first of them."""
        waiting = [result for result in self._rows if _unseen(result)]
        current = self.list.current()
        if current is not None and any(result.id == current.id for result in waiting):
            return current
        return waiting[0] if waiting else None

    def _on_acknowledge(self) -> None:
        result = self._pending()
        if result is None:
            return
        said = tr("Noted: you have seen {test} {value}.", test=result.name, value=result.value)
        self._desk.write(
            acknowledge_critical,
            AcknowledgeCritical(result_id=result.id),
            lambda _outcome: self._desk.context.messages.good(said),
        )

    # --- cancelling ----------------------------------------------------------------------------------

    def _on_cancel(self) -> None:
        order = next((order for order in self._orders if _cancellable(order)), None)
        if order is None:
            return
        open_tests = [test for test in order.tests if test.state is OrderState.ORDERED]
        names = ", ".join(test.name for test in open_tests)
        ask_reason(
            self, "doctor.cancel_tests_dialog", tr("Cancel tests"), f"{order.number}: {names}",
            tr("&Take them back"), partial(self._cancel, order.id, tuple(test.id for test in open_tests)),
        )  # fmt: skip

    def _cancel(self, order_id: Id, items: tuple[Id, ...], reason: str) -> None:
        command = CancelTests(order_id=order_id, item_ids=items, reason=reason)
        said = tr("The tests are cancelled, and off the bill.")
        self._desk.write(cancel_tests, command, lambda _outcome: self._desk.context.messages.good(said))


def _cancellable(order: OrderRow) -> bool:
    return any(test.state is OrderState.ORDERED for test in order.tests)


def _unseen(result: ResultRow) -> bool:
    return result.is_critical and (result.call is None or result.call.acknowledged_at is None)


def _order_text(order: OrderRow) -> str:
    names = ", ".join(test.name for test in order.tests if test.state is not OrderState.CANCELLED)
    return tr(
        "{number}: {state}, {released} of {total} released ({names})",
        number=order.number, state=say(order.state).lower(), released=order.released, total=order.total, names=names,
    )  # fmt: skip


def flag_text(result: ResultRow) -> str:
    """A result's flag in words, '' without one."""
    return "" if result.flag is None else say(result.flag)


def flag_badge(result: ResultRow) -> Badge | None:
    """The badge of a result that is not normal."""
    if result.status is ResultStatus.CORRECTED and result.flag is None:
        return tone_badge(say(result.status), "warn")
    if result.flag is None or result.flag.value == "N":
        return None
    if result.is_critical:
        return tone_badge(say(result.flag), "error", Shape.TRIANGLE)
    return tone_badge(say(result.flag), "warn")
