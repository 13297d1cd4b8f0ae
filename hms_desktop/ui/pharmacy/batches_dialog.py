"""Choosing batches by hand: how many of each; an expired one only with a right and a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.ids import Id
from hms_desktop.domain.pharmacy import Lot, Pick, first_expiry_first, is_expired
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.fields import TextField, WholeField
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import label, px
from hms_desktop.ui.pharmacy.medicine_text import day_text
from hms_desktop.words.language import tr


@dataclass(frozen=True)
class _Taken:
    """A batch and what is taken of it."""

    lot: Lot
    units: int
    expired: bool


class BatchesDialog(Dialog):
    """Arrows choose a batch, the number is typed, Enter goes to the next one."""

    def __init__(
        self, medicine: str, lots: Sequence[Lot], give: int, today: date, *, may_expired: bool, parent: QWidget
    ) -> None:
        super().__init__(
            "pharmacy.batches_dialog",
            tr("Batches of {medicine}", medicine=medicine),
            tr("The batch that expires first is proposed. An expired batch is blocked."),
            parent,
        )
        self._may_expired = may_expired
        self.setMinimumWidth(px(600))
        proposed = {pick.batch_id: pick.quantity for pick in first_expiry_first(lots, give, today).picks}
        rows = [_Taken(lot, proposed.get(lot.batch_id, 0), is_expired(lot.expiry, today)) for lot in lots]
        self.list = RowsView[_Taken]("pharmacy.lots", tr("Batches"), _columns(), key=lambda row: row.lot.batch_id)
        self.list.setMinimumHeight(px(170))
        self.list.set_rows(rows)
        self.body.addWidget(self.list)
        self.take = WholeField("pharmacy.take", tr("&Take of this batch"), low=0, width=120)
        self.body.addWidget(self.take)
        self.total = label("", bold=True)
        self.total.setObjectName("pharmacy.taken")
        self.body.addWidget(self.total)
        self.reason = TextField("pharmacy.expired_reason", tr("&Reason to give an expired batch"), max_length=300)
        self.body.addWidget(self.reason)
        self.add_buttons(primary("pharmacy.batches_take", tr("&Use these batches"), self._on_use))
        self.list.current_row_changed.connect(self._on_chosen)
        self.list.activated_row.connect(lambda _row: self._type())
        self.take.changed.connect(self._on_typed)
        self.take.entered.connect(self._on_entered)
        self.list.select_first()
        self._show_total()
        self.list.setFocus()

    def picks(self) -> tuple[Pick, ...]:
        """What is taken of which batch."""
        return tuple(
            Pick(row.lot.batch_id, row.lot.number, row.lot.expiry, row.units) for row in self.list.rows() if row.units
        )

    def give(self) -> int:
        """All units together."""
        return sum(row.units for row in self.list.rows())

    def select_batch(self, batch_id: Id) -> None:
        """Go to a batch, its number ready to be typed."""
        if self.list.select_key(batch_id):
            self._type()

    def _type(self) -> None:
        self.take.focus_editor()
        self.take.line.selectAll()

    def _on_chosen(self, row: _Taken | None) -> None:
        if row is None:
            return
        self.take.set_range(0, row.lot.quantity)
        self.take.line.blockSignals(True)
        self.take.set_value(row.units)
        self.take.line.blockSignals(False)
        self.take.editor.setEnabled(self._may_expired or not row.expired)

    def _on_typed(self) -> None:
        chosen, typed = self.list.current(), self.take.value()
        if chosen is None:
            return
        units = min(max(typed or 0, 0), chosen.lot.quantity)
        rows = [replace(row, units=units) if row is chosen else row for row in self.list.rows()]
        self.list.set_rows(rows)
        self._show_total()

    def _on_entered(self) -> None:
        rows, chosen = self.list.rows(), self.list.current()
        place = next((i for i, row in enumerate(rows) if row is chosen), -1)
        after = next((row for row in rows[place + 1 :] if self._may_expired or not row.expired), None)
        if after is not None:
            self.select_batch(after.lot.batch_id)
        elif self.reason.isVisibleTo(self):
            self.reason.focus_editor()
        elif self._confirm is not None:
            self._confirm.setFocus()

    def _show_total(self) -> None:
        self.total.setText(tr("Together: {n}", n=self.give()))
        self.reason.setVisible(any(row.units and row.expired for row in self.list.rows()))

    def _on_use(self) -> None:
        if self.reason.isVisibleTo(self) and not self.reason.value():
            self.reason.error(tr("A reason is needed."))
            self.reason.focus_editor()
        elif self.take.check() is not None:
            self._type()
        else:
            self.accept()


def _columns() -> list[Column[_Taken]]:
    return [
        Column(tr("Batch"), lambda row: row.lot.number, stretch=True, bold=True),
        Column(tr("Expiry"), lambda row: day_text(row.lot.expiry), width=164, badge=_expiry_badge),
        Column(tr("In stock"), lambda row: str(row.lot.quantity), width=86, right=True),
        Column(tr("Take"), lambda row: str(row.units), width=70, right=True, bold=True),
    ]


def _expiry_badge(row: _Taken) -> Badge | None:
    text = tr("expired {day}", day=day_text(row.lot.expiry))
    return tone_badge(text, "error", Shape.OCTAGON) if row.expired else None
