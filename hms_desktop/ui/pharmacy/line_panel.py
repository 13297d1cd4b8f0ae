"""The chosen line of a prescription: directions, alerts, how much to give, from which batches."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from hms_desktop.domain.dispensing import ItemRow
from hms_desktop.domain.ids import Id
from hms_desktop.ui.kit.buttons import harmful, plain
from hms_desktop.ui.kit.fields import TextField, WholeField
from hms_desktop.ui.kit.layout import column, scrolled
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.pharmacy.line_draft import LineDraft
from hms_desktop.ui.pharmacy.medicine_text import (
    alert_text,
    directions,
    form_text,
    pick_text,
    shelf_text,
    unit_text,
    units_text,
)
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class LinePanel(QWidget):
    """Shows one draft and says what the person changed."""

    give_changed = Signal()
    reason_changed = Signal()
    gone_on = Signal()
    """Enter in the quantity: the next line."""
    product_wanted = Signal()
    batches_wanted = Signal()
    withhold_wanted = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._filling = False
        self.shown: Id | None = None
        """The item that stands here."""
        self.name = label("", TypeSize.LARGE, bold=True)
        self.directions = label("")
        self.counts = label("", muted=True)
        self.warning, self._warning_text = _alert("error")
        self.caution, self._caution_text = _alert("warn")
        self.reason = TextField("pharmacy.allergy_reason", tr("Reason to give it &against the allergy"), max_length=300)
        self.give = WholeField("pharmacy.give", tr("&Give"), low=0, width=110, reserve_note=False)
        self.batches = label("")
        self._product = plain("pharmacy.product", tr("Another &product…"), self.product_wanted.emit)
        self._choose = plain("pharmacy.batches", tr("&Batches…"), self.batches_wanted.emit)
        self._withhold = harmful("pharmacy.withhold", tr("&Withhold…"), self.withhold_wanted.emit)
        for words in (self.name, self.directions, self.counts, self.batches):
            words.setWordWrap(True)
        self._lay_out()
        self.give.changed.connect(self._on_give)
        self.give.entered.connect(self.gone_on)
        self.reason.changed.connect(self._on_reason)
        self.reason.entered.connect(self._to_give)

    def _lay_out(self) -> None:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(px(GRID))
        for widget in (self.name, self.directions, self.counts, self.warning, self.reason, self.caution, self.give):
            lines.addWidget(widget)
        lines.addWidget(self.batches)
        lines.addStretch(1)
        self._area = scrolled(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        layout.addWidget(self._area, 1)
        buttons = QGridLayout()
        buttons.setSpacing(px(GRID))
        for button, place in ((self._product, (0, 0)), (self._choose, (0, 1)), (self._withhold, (1, 0))):
            buttons.addWidget(button, *place)
        layout.addLayout(buttons)

    def show_draft(self, draft: LineDraft | None, *, may_choose: bool) -> None:
        """Show a line; None when there is none. `may_choose` its batches by hand."""
        self._filling = True
        self.shown = draft.id if draft is not None else None
        self.setEnabled(draft is not None)
        for words in (self.name, self.directions, self.counts, self.batches):
            words.clear()
        for hidden in (self.warning, self.caution, self.reason):
            hidden.hide()
        self.give.clear()
        self._show_buttons(draft, may_choose)
        if draft is not None:
            self._fill(draft)
        self._filling = False

    def _fill(self, draft: LineDraft) -> None:
        item, offer = draft.line.item, draft.offer
        shown = (offer.name, offer.strength, form_text(offer.form)) if offer else (item.name, "", "")
        self.name.setText(" ".join(part for part in shown if part))
        self.directions.setText(directions(item))
        self.counts.setText(_counts(item))
        self._show_alerts(draft)
        self.give.setVisible(draft.open)
        if not draft.open or offer is None:
            self.batches.setText(_why_closed(item))
            return
        self.give.set_label(tr("&Give, {unit}", unit=unit_text(offer.unit, 2)))
        self.give.set_range(0, offer.units)
        self.give.set_value(draft.give)
        self.reason.set_value(draft.allergy_reason)
        self.show_outcome(draft)

    def show_give(self, draft: LineDraft) -> None:
        """Another quantity, and what comes of it."""
        self._filling = True
        self.give.set_value(draft.give)
        self._filling = False
        self.show_outcome(draft)

    def show_outcome(self, draft: LineDraft) -> None:
        """From where it would come, as the quantity stands now."""
        offer = draft.offer
        if offer is None:
            return
        found = draft.picks(self._today())
        lines = [pick_text(pick) for pick in found.picks]
        if draft.substituted:
            lines.insert(0, tr("Instead of {medicine}: {reason}", medicine=_prescribed(draft.line.item),
                               reason=draft.substitution_reason))  # fmt: skip
        left = offer.units - draft.give
        if left > 0:
            lines.append(tr("Owed after this: {units}", units=units_text(left, offer.unit)))
        if offer.usable < offer.units:
            lines.append(shelf_text(offer.lots, self._today()))
        self.batches.setText("\n".join(lines))

    def _show_alerts(self, draft: LineDraft) -> None:
        if draft.offer is None:
            return
        serious = [alert_text(alert) for alert in draft.offer.allergies]
        others = [alert_text(alert) for alert in draft.offer.alerts if alert not in draft.offer.allergies]
        if draft.line.item.override_reason:
            others.append(tr("The prescriber's reason: {reason}", reason=draft.line.item.override_reason))
        self._warning_text.setText("\n".join(serious))
        self.warning.setVisible(bool(serious))
        self.reason.setVisible(bool(serious) and draft.open)
        self._caution_text.setText("\n".join(others))
        self.caution.setVisible(bool(others))

    def _show_buttons(self, draft: LineDraft | None, may_choose: bool) -> None:
        can = draft is not None and draft.open
        self._product.setEnabled(can)
        self._choose.setEnabled(can and may_choose and bool(draft and draft.offer and draft.offer.lots))
        self._withhold.setEnabled(can)

    def start_focus(self) -> QWidget:
        """The quantity; the reason first where an allergy stands in the way."""
        return self.reason.editor if self.reason.isVisibleTo(self) and not self.reason.value() else self.give.editor

    def focus_give(self) -> None:
        """Where the quantity is typed, ready to be typed over."""
        widget = self.start_focus()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if widget is self.give.editor:
            self.give.line.selectAll()
        self._area.ensureWidgetVisible(self.give if widget is self.give.editor else self.reason, 0, px(16))

    def _to_give(self) -> None:
        self.give.focus_editor()
        self.give.line.selectAll()
        self._area.ensureWidgetVisible(self.give, 0, px(16))

    def _on_give(self) -> None:
        if not self._filling:
            self.give_changed.emit()

    def _on_reason(self) -> None:
        if not self._filling:
            self.reason_changed.emit()


def _alert(level: str) -> tuple[QFrame, QLabel]:
    words = label("")
    words.setWordWrap(True)
    frame = QFrame()
    frame.setProperty("level", level)
    frame.setLayout(column(words, margins=GRID))
    return frame, words


def _counts(item: ItemRow) -> str:
    parts = [tr("Prescribed {n}", n=units_text(item.quantity, item.unit)), tr("given {n}", n=item.dispensed)]
    if item.priced:
        parts.append(tr("at the cashier {n}", n=item.priced))
    return " · ".join((*parts, tr("left {n}", n=item.left)))


def _why_closed(item: ItemRow) -> str:
    if item.medication_id is None:
        return tr("Not on the clinic's list: the patient gets it elsewhere.")
    if item.priced:
        return tr("Priced: give it below when it is paid.")
    return " · ".join(part for part in (say(item.state), item.stop_reason) if part)


def _prescribed(item: ItemRow) -> str:
    return " ".join(part for part in (item.name, item.strength) if part)
