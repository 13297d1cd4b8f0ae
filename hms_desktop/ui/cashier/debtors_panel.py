"""The list on the left: who owes today, who owes from before, who paid today."""

from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from hms_desktop.domain.bill_rows import DebtorRow, DebtScope
from hms_desktop.domain.dates import show_date
from hms_desktop.domain.ids import Id
from hms_desktop.services.bills import debtors
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import ChoiceField, TextField, choices_of
from hms_desktop.ui.kit.layout import column
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.words.facts import months
from hms_desktop.words.language import tr

TYPING_MS = 150
ROOMY = 420
"""From this width on the list also says ticket, age and since when."""
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
        self._zone = ZoneInfo(context.clinic.facility.time_zone)
        show = context.clinic.facility.currency.show
        self.scope: ChoiceField[DebtScope] = ChoiceField("cashier.scope", "", choices_of(DebtScope))
        self.scope.editor.setAccessibleName(tr("Which patients"))
        self.text = TextField("cashier.find_debtor", tr("Nam&e or number"), max_length=60)
        self.list = RowsView[DebtorRow](
            "cashier.debtors",
            tr("Patients who owe"),
            [
                Column(tr("Ticket"), lambda row: row.ticket, width=64, muted=True),
                Column(tr("Patient"), lambda row: row.name, stretch=True, bold=True, tip=_tip),
                Column(tr("Age"), lambda row: row.age, width=64),
                Column(tr("Since"), self._since, width=110),
                Column(tr("Owes"), lambda row: _figure(row, show), right=True, badge=_badge),
            ],
            key=lambda row: row.patient_id,
            empty=_EMPTY[DebtScope.TODAY](),
        )
        inside = column(self.scope, self.text, self.list)
        inside.setStretchFactor(self.list, 1)
        self.setLayout(inside)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.look_again)
        self.scope.changed.connect(self.look_again)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow list shows who and how much."""
        super().resizeEvent(event)
        for place in (0, 2, 3):
            self.list.setColumnHidden(place, self.width() < px(ROOMY))

    def _since(self, row: DebtorRow) -> str:
        local = row.since.astimezone(self._zone)
        same_day = local.date() == self._context.today()
        return f"{local:%H:%M}" if same_day else show_date(local.date(), months())

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
