"""What was entered of one order: value, flag, the value before, who entered it, and which of it is released now."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab_rows import ReleaseSheet, ResultRow
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import harmful, plain, primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.lab.lab_words import (
    delta_badge,
    delta_text,
    flag_badge,
    flag_text,
    person_text,
    value_text,
    when_text,
)
from hms_desktop.words.language import tr, trn


class ReleasePanel(QWidget):
    """Everything goes but one's own, and what is left out by Space."""

    release_wanted = Signal()
    call_wanted = Signal()
    back_wanted = Signal(object)

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        self._zone = ZoneInfo(context.clinic.facility.time_zone)
        self._own_allowed = False
        self._left_out: set[Id] = set()
        self.sheet: ReleaseSheet | None = None
        self.results = self._results_view()
        self._person = label("", TypeSize.LARGE, bold=True)
        self._about = label("", muted=True)
        self.said = label("", TypeSize.SMALL, muted=True)
        self.release_button = primary("lab.release", tr("&Release"), self.release_wanted.emit, icon="check")
        self.call_button = plain("lab.call_critical", tr("Log the &call…"), self.call_wanted.emit)
        self.back_button = harmful("lab.send_back", tr("Send &back…"), self._on_back)
        self._lay_out()
        self.results.current_row_changed.connect(self._on_result)
        self.results.activated_row.connect(lambda _row: self.release_button.setFocus())
        bind("Space", self.results, self._on_toggle, inside=True)

    def _results_view(self) -> RowsView[ResultRow]:
        return RowsView[ResultRow](
            "lab.results_to_release",
            tr("Entered results"),
            [
                Column(tr("Release"), self._mark, width=80, badge=self._mark_badge),
                Column(tr("Test"), lambda r: r.name, stretch=True, tip=self._more),
                Column(tr("Result"), value_text, width=120, bold=True, tip=self._more),
                Column(tr("Flag"), lambda r: flag_text(r.flag), width=116, badge=lambda r: flag_badge(r.flag)),
                Column(tr("Range"), lambda r: r.range, width=92, muted=True),
                Column(tr("Before"), _before, width=112, badge=_change, tip=self._more),
            ],
            key=lambda r: r.id,
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        for each in (self._person, self._about):
            each.setWordWrap(True)
            layout.addWidget(each)
        layout.addWidget(self.results, 1)
        self.said.setWordWrap(True)
        layout.addWidget(self.said)
        buttons = row(self.release_button, self.call_button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        layout.addLayout(buttons)

    def show_sheet(self, sheet: ReleaseSheet, *, own_allowed: bool) -> None:
        """Show an order; what was left out of the one before is forgotten."""
        if self.sheet is None or self.sheet.id != sheet.id:
            self._left_out.clear()
            self.results.clearSelection()
        self.sheet, self._own_allowed = sheet, own_allowed
        order = sheet.order
        self._person.setText(person_text(order.person))
        parts = [order.number, tr("asked by {name}", name=order.ordered_by), order.diagnosis, order.clinical_notes]
        if sheet.released:
            parts.append(trn("{n} released before", "{n} released before", len(sheet.released)))
        self._about.setText(" · ".join(each for each in parts if each))
        self.results.set_rows(sheet.waiting)
        self._look()

    def going(self) -> list[ResultRow]:
        """The results that are released now."""
        return [] if self.sheet is None else [result for result in self.sheet.waiting if self._goes(result)]

    def uncalled(self) -> list[ResultRow]:
        """Critical results that nobody was told of."""
        return [] if self.sheet is None else [result for result in self.sheet.waiting if result.needs_call]

    # --- what goes -----------------------------------------------------------------------------------

    def _is_own(self, result: ResultRow) -> bool:
        return result.entered_by_id == self._context.actor.user_id and not self._own_allowed

    def _goes(self, result: ResultRow) -> bool:
        may = self._context.actor.may("lab.release")
        return may and result.id not in self._left_out and not self._is_own(result)

    def _mark(self, result: ResultRow) -> str:
        if self._is_own(result):
            return tr("Yours")
        return tr("Yes") if self._goes(result) else tr("No")

    def _mark_badge(self, result: ResultRow) -> Badge | None:
        if self._is_own(result):
            return tone_badge(self._mark(result), "warn", Shape.RING)
        return tone_badge(self._mark(result), "good", Shape.TICK) if self._goes(result) else None

    def _on_toggle(self) -> None:
        result = self.results.current()
        if result is not None and not self._is_own(result):
            self._left_out ^= {result.id}
            self._look()

    def _look(self) -> None:
        self.results.viewport().update()
        count = len(self.going())
        self.release_button.setText(trn("&Release {n} result", "&Release {n} results", count))
        self.release_button.setEnabled(count > 0)
        self.call_button.setVisible(bool(self.uncalled()))
        self._on_result(self.results.current())

    # --- words ---------------------------------------------------------------------------------------

    def _on_result(self, result: ResultRow | None) -> None:
        self.back_button.setEnabled(result is not None)
        if result is not None:
            self.said.setText(self._more(result))
        elif self.sheet is not None and any(self._is_own(each) for each in self.sheet.waiting):
            self.said.setText(tr("A second person releases what you entered."))
        else:
            self.said.setText(tr("Space leaves a result out, Ctrl+Enter releases."))

    def _more(self, result: ResultRow) -> str:
        today = self._context.today()
        entered_at = when_text(result.entered_at, self._zone, today)
        parts = [tr("entered {time} by {name}", time=entered_at, name=result.entered_by)]
        if self._is_own(result):
            parts.append(tr("a second person releases it"))
        if result.previous_at is not None:
            when = when_text(result.previous_at, self._zone, today)
            parts.append(tr("before: {value} on {when}", value=result.previous, when=when))
        if result.first is not None:
            parts.append(tr("corrects {value}: {reason}", value=result.first.value, reason=result.first.reason))
        if result.call is not None:
            at = when_text(result.call.called_at, self._zone, today)
            parts.append(tr("called {person} at {time}", person=result.call.called_person, time=at))
        return " · ".join(each for each in (*parts, result.comment) if each)

    def _on_back(self) -> None:
        result = self.results.current()
        if result is not None:
            self.back_wanted.emit(result)


def _before(result: ResultRow) -> str:
    return " ".join(each for each in (result.previous, delta_text(result.delta)) if each)


def _change(result: ResultRow) -> Badge | None:
    if delta_badge(result.delta) is None:
        return None
    return tone_badge(_before(result), "warn", Shape.DIAMOND)
