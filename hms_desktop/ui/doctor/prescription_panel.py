"""The prescription of this visit: lines, safety checks inline, one save. What was prescribed before can be stopped."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.dates import show_date
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.prescriptions import ItemState, PrescribedRow
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.dose_check import LineCheck
from hms_desktop.services.prescriptions import Prescribe, Prescribed, StopItem, prescribe, stop_item
from hms_desktop.services.safety import SafetyAlert
from hms_desktop.ui.doctor.prescription_line import LineTaken, PrescriptionLine, dose_text
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import TypeSize, label, set_look_property
from hms_desktop.words.labels import label as word
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr, trn


class PrescriptionPanel(QWidget):
    """Lines above, what was prescribed before below."""

    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit: Id | None = None
        self._lines: list[LineTaken] = []
        self._check: LineCheck | None = None
        self._key = new_id()
        self.line = PrescriptionLine(desk)
        self.line.others = lambda: [taken.item.medication_id for taken in self._lines if taken.item.medication_id]
        self.line.checked.connect(self._on_checked)
        self.line.wanted.connect(self._on_add)
        self.alerts = label("", TypeSize.BODY)
        self.alerts.setObjectName("doctor.alerts")
        self.alerts.setWordWrap(True)
        self.lines = RowsView[LineTaken](
            "doctor.lines", tr("This prescription"), _line_columns(), key=lambda r: r.item.medication_id or r.name,
            empty=tr("No line yet. Choose a medicine; the last Enter adds it. Delete takes a line away."),
        )  # fmt: skip
        bind("Del", self.lines, self._on_take_away, inside=True)
        self.save_button = primary("doctor.prescribe", tr("Sa&ve prescription"), self._on_save, icon="check")
        self.before = RowsView[PrescribedRow](
            "doctor.prescribed", tr("Prescribed before"), _before_columns(), key=lambda r: r.id,
            empty=tr("Nothing was prescribed to this patient yet."),
        )  # fmt: skip
        bind("Del", self.before, self._on_stop, inside=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        layout.addWidget(self.alerts)
        layout.addWidget(self.lines, 2)
        buttons = row(self.save_button, label(tr("“No alert” never means safe."), TypeSize.SMALL, muted=True))
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addWidget(label(tr("Prescribed before (Delete stops a medicine)"), TypeSize.SMALL, muted=True))
        layout.addWidget(self.before, 2)

    def show_prescriptions(self, visit_id: Id | None, rows: Sequence[PrescribedRow], *, writable: bool) -> None:
        """What was prescribed, newest first; a new patient empties the lines."""
        if visit_id != self._visit:
            self._lines, self._key = [], new_id()
            self.line.clear()
            self.lines.set_rows([])
            self._show_alerts("", "")
        self._visit = self.line.visit_id = visit_id
        self.before.set_rows(list(rows))
        self.line.setEnabled(writable)
        self.save_button.setEnabled(writable)

    # --- checking ----------------------------------------------------------------------------------

    def _on_checked(self, found: object) -> None:
        if isinstance(found, LineCheck):
            self._check = found
            serious = bool(found.serious)
            self._show_alerts(_check_text(found), "error" if serious else "warn")
        else:
            self._check = None
            self._show_alerts("", "")

    def _show_alerts(self, text: str, tone: str) -> None:
        self.alerts.setText(text)
        self.alerts.setVisible(bool(text))
        set_look_property(self.alerts, "tone", tone)

    # --- lines -------------------------------------------------------------------------------------

    def _on_add(self) -> None:
        item = self.line.item()
        if item.medication_id is None and not item.free_text:
            self.line.medicine.focus_editor()
            return
        check = self._check or LineCheck(None, (), 0)
        if item.quantity is None and check.quantity is None:
            self.line.quantity.error(tr("Count how many units to give."))
            self.line.quantity.focus_editor()
            return
        if check.serious:
            ask_reason(
                self, "doctor.override", tr("This medicine is dangerous for this patient"),
                "\n".join(_alert_text(alert) for alert in check.serious), tr("Prescribe &all the same"),
                lambda reason: self._take(reason, check),
            )  # fmt: skip
            return
        self._take("", check)

    def _take(self, reason: str, check: LineCheck) -> None:
        taken = LineTaken(self.line.item(reason), self.line.chosen_medicine(), check)
        self._lines.append(taken)
        self.lines.set_rows(list(self._lines))
        self.line.clear()
        self._check = None
        self._show_alerts("", "")
        if taken.medicine is not None and taken.medicine.left < taken.quantity:
            warning = tr("{medicine}: only {left} in stock.", medicine=taken.name, left=taken.medicine.left)
            self._desk.context.messages.warn(warning)
        self.line.medicine.focus_editor()

    def _on_take_away(self) -> None:
        current = self.lines.current()
        if current is not None:
            self._lines = [each for each in self._lines if each is not current]
            self.lines.set_rows(list(self._lines))

    # --- saving ------------------------------------------------------------------------------------

    def _on_save(self) -> None:
        if self._visit is None or not self._lines:
            self._desk.context.messages.warn(tr("Add at least one medicine first."))
            self.line.medicine.focus_editor()
            return
        command = Prescribe(key=self._key, visit_id=self._visit, items=tuple(taken.item for taken in self._lines))
        self.save_button.set_waiting(True)
        self._desk.write(prescribe, command, self._on_saved, self._on_refused)

    def _on_saved(self, outcome: Outcome[Prescribed]) -> None:
        self.save_button.set_waiting(False)
        self._lines, self._key = [], new_id()
        self.lines.set_rows([])
        paper, context = outcome.value.paper_id, self._desk.context
        context.messages.good(
            tr("Prescription {number} is in the pharmacy's queue.", number=outcome.value.number),
            MessageAction(tr("Show &it"), lambda: context.open_paper(paper)),
        )
        self.saved.emit()

    def _on_refused(self, error: Exception) -> None:
        self.save_button.set_waiting(False)
        self._desk.context.messages.failed(error)

    def _on_stop(self) -> None:
        current = self.before.current()
        if current is None or current.state not in {ItemState.ACTIVE, ItemState.PARTLY}:
            self._desk.context.messages.info(tr("Only a medicine that is still to be given can be stopped."))
            return
        ask_reason(
            self, "doctor.stop_item", tr("Stop a medicine"), f"{current.name} {current.strength}", tr("&Stop it"),
            lambda reason: self._desk.write(
                stop_item, StopItem(item_id=current.id, version=current.version, reason=reason), lambda _outcome: None
            ),
        )  # fmt: skip


def _check_text(check: LineCheck) -> str:
    parts = [_alert_text(alert) for alert in check.alerts]
    if check.weight_missing:
        parts.append(tr("A child: the weight is not measured. Weigh before you rely on the dose."))
    if check.weight is not None:
        day = show_date(check.weight.taken_at.date())
        shown = dose_text(check.per_kg, check.weight.kg) if check.per_kg is not None else f"{check.weight.kg} kg"
        parts.append(tr("{dose}, weighed {day}", dose=shown, day=day))
    if check.maximum_mg is not None:
        parts.append(tr("Most for one dose: {mg} mg", mg=f"{check.maximum_mg:f}"))
    if not check.left:
        parts.append(tr("None in stock."))
    return "\n".join(parts)


def _alert_text(alert: SafetyAlert) -> str:
    """An alert in words: what, against what, why."""
    head = word("safety_alert", alert.kind)
    why = word(f"{alert.kind}_reason", alert.reason)
    return " · ".join(part for part in (f"{head}: {alert.medication}", alert.about, why, alert.detail) if part)


def _line_columns() -> list[Column[LineTaken]]:
    return [
        Column(tr("Medicine"), lambda r: r.name, stretch=True, bold=True),
        Column(tr("Strength"), lambda r: r.medicine.strength if r.medicine else "", width=96),
        Column(tr("Form"), lambda r: r.medicine.form if r.medicine else "", width=80),
        Column(tr("Dose"), lambda r: r.item.dose, width=80),
        Column(tr("How often"), lambda r: word("frequency", r.item.frequency) if r.item.frequency else "", width=110),
        Column(tr("Days"), lambda r: str(r.item.days or ""), width=46, right=True),
        Column(tr("Qty"), lambda r: str(r.quantity), width=46, right=True),
        Column(tr("Alert"), lambda r: "", width=96, badge=_override_badge),
    ]


def _override_badge(taken: LineTaken) -> Badge | None:
    return tone_badge(tr("Overridden"), "error") if taken.item.override_reason else None


def _before_columns() -> list[Column[PrescribedRow]]:
    return [
        Column(tr("Day"), lambda r: show_date(r.day), width=96),
        Column(tr("Medicine"), lambda r: r.tall_man or r.name, stretch=True),
        Column(tr("Strength"), lambda r: r.strength, width=96),
        Column(tr("Given"), lambda r: trn("{n} of {all}", "{n} of {all}", r.dispensed, all=r.quantity), width=80, right=True),
        Column(tr("State"), lambda r: "", width=120, badge=_state_badge),
    ]


def _state_badge(item: PrescribedRow) -> Badge | None:
    tones = {ItemState.DISPENSED: "good", ItemState.PARTLY: "warn", ItemState.STOPPED: "error"}
    return tone_badge(say(item.state), tones.get(item.state, "info"))
