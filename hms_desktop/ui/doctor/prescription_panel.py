"""The prescription of this visit: lines, safety checks inline, one save. What was prescribed before can be stopped."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hms_desktop.domain.chart import SeenPatient
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.dose_check import LineCheck
from hms_desktop.services.prescriptions import Prescribe, Prescribed, check_line, prescribe
from hms_desktop.ui.doctor.alert_words import quiet_text, serious_text
from hms_desktop.ui.doctor.low_list import LowList
from hms_desktop.ui.doctor.prescribed_panel import PrescribedPanel
from hms_desktop.ui.doctor.prescription_line import PrescriptionLine, TakenRow
from hms_desktop.ui.doctor.unsaved_rows import UnsavedRows
from hms_desktop.ui.kit.badges import Badge, tone_badge
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_confirm, ask_reason
from hms_desktop.ui.kit.layout import card, row
from hms_desktop.ui.kit.messages import MessageAction
from hms_desktop.ui.kit.shortcuts import Key, bind
from hms_desktop.ui.kit.table import Column
from hms_desktop.ui.kit.theme import TypeSize, label, set_look_property
from hms_desktop.words.labels import label as word
from hms_desktop.words.language import tr


class PrescriptionPanel(QWidget):
    """Lines above, what was prescribed before below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit: Id | None = None
        self._lines: list[TakenRow] = []
        self._kept = UnsavedRows(desk.context.drafts, "doctor.lines", TakenRow)
        self._key = new_id()
        self._serious, self._quiet = label("", bold=True), label("", TypeSize.SMALL)
        self._serious.setObjectName("doctor.alerts")
        self._quiet.setObjectName("doctor.cautions")
        for text in (self._serious, self._quiet):
            text.setWordWrap(True)
        set_look_property(self._serious, "tone", "error")
        self._checks = card(self._serious, self._quiet, space=4, margins=8)
        self.line = PrescriptionLine(desk, self._checks)
        self.line.others = lambda: [taken.item.medication_id for taken in self._lines if taken.item.medication_id]
        self.line.checked.connect(self._on_checked)
        self.line.wanted.connect(self._on_add)
        self.lines = LowList[TakenRow](
            "doctor.lines", tr("This prescription"), _columns(), key=lambda r: r.item.medication_id or r.name,
            least=120, empty=tr("No line yet. Choose a medicine; Enter goes on to Add line. Delete takes a line away."),
        )  # fmt: skip
        bind("Del", self.lines, self._on_take_away, inside=True)
        self.save_button = primary("doctor.prescribe", tr("&Save prescription"), self._on_save, icon="check")
        self.before = PrescribedPanel(desk)
        bind(Key.SAVE, self, self._on_save, inside=True)
        self._lay_out()
        self._show_check(None)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.writing = QWidget()
        layout.addWidget(self.writing, 2)
        layout.addWidget(self.before, 2)
        inside = QVBoxLayout(self.writing)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.line)
        inside.addWidget(self.lines, 1)
        buttons = row(self.save_button, label(tr("“No alert” never means safe."), TypeSize.SMALL, muted=True), space=16)
        buttons.addStretch(1)
        inside.addLayout(buttons)

    @property
    def unsaved(self) -> bool:
        """Whether lines were added and not saved."""
        return bool(self._lines)

    def show_patient(self, seen: SeenPatient) -> None:
        """What was prescribed, newest first; another visit brings its own unsaved lines."""
        if seen.visit_id != self._visit:
            self._visit = self.line.visit_id = seen.visit_id
            self._key = new_id()
            self.line.clear()
            self._set_lines([])
            if self._visit is not None:
                self._kept.load(self._visit, self._on_kept)
        self.before.show_patient(seen)
        self.writing.setVisible(seen.mine)

    def start_focus(self) -> QWidget:
        """The medicine, or what was prescribed when nothing may be written."""
        return self.line.medicine.editor if not self.writing.isHidden() else self.before.list

    def _on_kept(self, rows: list[TakenRow]) -> None:
        if rows and not self._lines:
            self._set_lines(rows)
            self._desk.context.messages.info(tr("Lines of a prescription that was not saved yet are here again."))

    # --- checking ----------------------------------------------------------------------------------

    def _on_checked(self, found: object) -> None:
        self._show_check(found if isinstance(found, LineCheck) else None)

    def _show_check(self, check: LineCheck | None) -> None:
        medicine = self.line.chosen_medicine()
        if check is None or (medicine is None and not check.alerts):
            self._checks.hide()
            return
        serious = serious_text(check)
        self._serious.setText(serious)
        self._serious.setVisible(bool(serious))
        self._quiet.setText(quiet_text(check, self.line.unit_of(medicine) if medicine is not None else ""))
        self._checks.show()

    # --- lines -------------------------------------------------------------------------------------

    def _on_add(self) -> None:
        """Check once more, so that no key press is faster than an alert."""
        wrong = self.line.problem()
        item = self.line.item()
        if wrong is not None or (item.medication_id is None and not item.free_text):
            (wrong or self.line.medicine).focus_editor()
            return
        if self._visit is None:
            return
        context, visit, others = self._desk.context, self._visit, self.line.others()
        context.background.read(
            lambda: check_line(context.clinic, context.actor, visit, item, others), self._add_checked, owner=self
        )

    def _add_checked(self, check: LineCheck) -> None:
        if self.line.quantity.is_blank() and check.quantity is None:
            self.line.quantity.error(tr("Count how many to give."))
            self.line.quantity.focus_editor()
            return
        if not check.serious and self.line.chosen_medicine() is not None:
            self._take(check, "")
            return
        self._show_check(check)
        if not check.serious:
            self._ask_unchecked(check)
            return
        dialog = ask_reason(
            self._desk, "doctor.override", tr("Dangerous for this patient"), serious_text(check),
            tr("Prescribe &all the same"), partial(self._take, check),
        )  # fmt: skip
        dialog.sound_alarm()
        dialog.finished.connect(lambda _result: self.line.change_medicine())

    def _ask_unchecked(self, check: LineCheck) -> None:
        """Free text: say that little was checked, and ask."""
        dialog = ask_confirm(
            self._desk, "doctor.unchecked", tr("Not checked"), quiet_text(check, ""), tr("&Add it all the same"),
            partial(self._take, check, ""), is_harmful=False,
        )  # fmt: skip
        dialog.finished.connect(lambda _result: self.line.change_medicine())

    def _take(self, check: LineCheck, reason: str) -> None:
        medicine, item = self.line.chosen_medicine(), self.line.item(reason)
        counted = check.quantity.units if check.quantity is not None else 0
        taken = TakenRow(
            item=item,
            name=item.free_text if medicine is None else medicine.tall_man or medicine.name,
            strength="" if medicine is None else medicine.strength,
            form="" if medicine is None else self.line.form_of(medicine),
            quantity=item.quantity if item.quantity is not None else counted,
            left=check.left,
        )
        self._set_lines([*self._lines, taken])
        self._keep()
        self.line.clear()
        if medicine is not None and taken.left < taken.quantity:
            self._warn_of_stock(taken)
        self.line.medicine.focus_editor()

    def _warn_of_stock(self, taken: TakenRow) -> None:
        name, wanted = f"{taken.name} {taken.strength}", taken.quantity
        said = tr("{medicine}: {wanted} asked, {left} in stock.", medicine=name, wanted=wanted, left=taken.left)
        self._desk.context.messages.warn(said)

    def _on_take_away(self) -> None:
        current = self.lines.current()
        if current is not None:
            self._set_lines([each for each in self._lines if each is not current])
            self._keep()

    def _set_lines(self, lines: Sequence[TakenRow]) -> None:
        self._lines = list(lines)
        self.lines.set_rows(self._lines)

    def _keep(self) -> None:
        if self._visit is not None:
            self._kept.keep(self._visit, self._lines)

    # --- saving ------------------------------------------------------------------------------------

    def _on_save(self) -> None:
        if self.writing.isHidden():
            return
        if self._visit is None or not self._lines:
            self._desk.context.messages.warn(tr("Add at least one medicine first."))
            self.line.medicine.focus_editor()
            return
        command = Prescribe(key=self._key, visit_id=self._visit, items=tuple(taken.item for taken in self._lines))
        self.save_button.set_waiting(True)
        self._desk.write(prescribe, command, self._on_saved, self._on_refused)

    def _on_saved(self, outcome: Outcome[Prescribed]) -> None:
        self.save_button.set_waiting(False)
        self._key = new_id()
        self._set_lines([])
        self._keep()
        paper, context = outcome.value.paper_id, self._desk.context
        context.messages.good(
            tr("Prescription {number} is in the pharmacy's queue.", number=outcome.value.number),
            MessageAction(tr("Sho&w it"), lambda: context.open_paper(paper)),
        )
        self.line.medicine.focus_editor()

    def _on_refused(self, error: Exception) -> None:
        self.save_button.set_waiting(False)
        self._desk.context.background.fail(error)


def _columns() -> list[Column[TakenRow]]:
    return [
        Column(tr("Medicine"), lambda r: r.name, stretch=True, bold=True),
        Column(tr("Strength"), lambda r: r.strength, width=80),
        Column(tr("Form"), lambda r: r.form, width=76),
        Column(tr("Dose"), lambda r: r.item.dose, width=72),
        Column(tr("How often"), lambda r: word("frequency", r.item.frequency) if r.item.frequency else "", width=118),
        Column(tr("Days"), lambda r: str(r.item.days or ""), width=44, right=True),
        Column(tr("Qty"), lambda r: str(r.quantity), width=44, right=True),
        Column(tr("Alert"), _alert_text, width=92, badge=_alert_badge, tip=lambda r: r.item.override_reason),
    ]


def _alert_badge(taken: TakenRow) -> Badge | None:
    text = _alert_text(taken)
    return tone_badge(text, "error" if taken.item.override_reason else "warn") if text else None


def _alert_text(taken: TakenRow) -> str:
    if taken.item.override_reason:
        return tr("Overridden")
    return tr("Not checked") if taken.item.medication_id is None else ""
