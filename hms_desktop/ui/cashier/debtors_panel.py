"""The list on the left: who owes today, who owes from before, who paid today."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.bill_rows import DebtorRow, DebtScope
from hms_desktop.domain.ids import Id
from hms_desktop.services.bills import debtors
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Segment, SegmentedField, TextField
from hms_desktop.ui.kit.layout import column
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr

TYPING_MS = 150
_EMPTY: dict[DebtScope, Callable[[], str]] = {
    DebtScope.TODAY: lambda: tr("Nobody owes today. Charges of the desks appear here by themselves."),
    DebtScope.EARLIER: lambda: tr("No debts from before today."),
    DebtScope.PAID_TODAY: lambda: tr("Nobody has paid yet today."),
}


class DebtorsPanel(QWidget):
    """Type a name, press Enter: the patient's bills open."""

    patient_wanted = Signal(object)
    """The patient's id."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        show = context.clinic.facility.currency.show
        self.scope: SegmentedField[DebtScope] = SegmentedField(
            "cashier.scope", "", [Segment(scope, say(scope)) for scope in DebtScope]
        )
        self.scope.editor.setAccessibleName(tr("Which patients"))
        self.scope.set_value(DebtScope.TODAY)
        self.text = TextField("cashier.find_debtor", tr("Nam&e or number"), max_length=60)
        self.list = RowsView[DebtorRow](
            "cashier.debtors",
            tr("Patients who owe"),
            [
                Column(tr("Patient"), lambda row: row.name, stretch=True, bold=True, tip=_tip),
                Column(tr("Owes"), lambda row: _figure(row, show), right=True, badge=_badge),
            ],
            key=lambda row: row.patient_id,
            empty=_EMPTY[DebtScope.TODAY](),
        )
        self.setLayout(column(self.scope, self.text, self.list))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.look_again)
        self.scope.picked.connect(lambda _scope: self.look_again())
        self.text.changed.connect(self._typing.start)
        self.text.entered.connect(self._on_entered)
        self.list.activated_row.connect(lambda row: self.patient_wanted.emit(row.patient_id))
        bind("Down", self.text, self._into_list, inside=True)

    def look_again(self) -> None:
        """Read the list anew."""
        scope = self.scope.value() or DebtScope.TODAY
        clinic, actor, text = self._context.clinic, self._context.actor, self.text.value()
        self.list.set_empty(tr("Nobody here is called “{text}”.", text=text) if text else _EMPTY[scope]())
        self._context.background.latest(
            "cashier.debtors", lambda: debtors(clinic, actor, scope, text), self.list.set_rows, owner=self
        )

    def show_patient(self, patient_id: Id | None) -> None:
        """Mark the patient whose bills are open."""
        if patient_id is not None:
            self.list.select_key(patient_id)

    def clear(self) -> None:
        """An empty search: everybody again."""
        self.text.clear()

    def start_focus(self) -> QWidget:
        """Where the work starts."""
        return self.text.editor

    def _on_entered(self) -> None:
        self._typing.stop()
        scope = self.scope.value() or DebtScope.TODAY
        clinic, actor, text = self._context.clinic, self._context.actor, self.text.value()
        self._context.background.latest(
            "cashier.debtors", lambda: debtors(clinic, actor, scope, text), self._open_first, owner=self
        )

    def _open_first(self, rows: list[DebtorRow]) -> None:
        chosen = self.list.current()
        self.list.set_rows(rows)
        if not rows:
            return
        if chosen is None or not self.list.select_key(chosen.patient_id):
            self.list.select_first()
        current = self.list.current()
        if current is not None:
            self.patient_wanted.emit(current.patient_id)

    def _into_list(self) -> None:
        self.list.setFocus()
        if self.list.current() is None:
            self.list.select_first()


def _figure(row: DebtorRow, show: Callable[[Decimal], str]) -> str:
    return show(row.owed + row.earlier)


def _tip(row: DebtorRow) -> str:
    parts = [row.name, row.mrn, row.age]
    if row.ticket:
        parts.append(tr("ticket {ticket}", ticket=row.ticket))
    if row.earlier:
        parts.append(tr("owes from before"))
    return " · ".join(part for part in parts if part)


def _badge(row: DebtorRow) -> Badge | None:
    """What is not simply owed: credit to give back, money on its way, everything paid."""
    if row.credit:
        return tone_badge(tr("Credit"), "info", Shape.DIAMOND)
    if row.owed + row.earlier:
        return None
    if row.pending:
        return tone_badge(tr("Pending"), "warn", Shape.RING)
    return tone_badge(tr("Paid"), "good", Shape.TICK)
