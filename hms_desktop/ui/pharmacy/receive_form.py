"""A delivery: supplier and invoice once, then line by line; one button takes all of it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hms_desktop.domain.errors import ClinicError
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.names import fold
from hms_desktop.domain.stock import MedicineRow
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.goods_receipts import (
    MOST_UNITS,
    ReceivedLine,
    ReceiveStock,
    StockReceived,
    batch_number,
    receive_stock,
    total_of,
)
from hms_desktop.services.pharmacy.levels import search_medicines
from hms_desktop.ui.kit.buttons import harmful, plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import DateField, Field, Found, MoneyField, SearchField, TextField, WholeField
from hms_desktop.ui.kit.form import Form
from hms_desktop.ui.kit.shortcuts import bind
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import GRID, TypeSize, label, px
from hms_desktop.ui.pharmacy.medicine_text import day_text, form_text, units_text
from hms_desktop.ui.pharmacy.room import spare_columns
from hms_desktop.words.errors import sentence
from hms_desktop.words.language import tr, trn


@dataclass(frozen=True)
class _Box:
    """A line of the delivery. `number` keeps lines apart."""

    number: int
    medicine: MedicineRow
    line: ReceivedLine


class ReceiveForm(Form):
    """Enter walks through the fields and adds the line; Ctrl+Enter receives."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(
            context, "pharmacy.receive_form", save_text=tr("&Receive the delivery"), save_name="pharmacy.receive",
            save_icon="stock",
        )  # fmt: skip
        self.context = context
        self.boxes: list[_Box] = []
        self._count = 0
        self._scanned = ""
        self._make_fields()
        self.list = RowsView[_Box](
            "pharmacy.received", tr("Lines of this delivery"), self._columns(), key=lambda box: box.number,
            empty=tr("No lines yet. Scan a box or type a medicine above; Enter adds the line."),
        )  # fmt: skip
        self.total = label("", TypeSize.LARGE, bold=True)
        self._lay_out_fields()
        bind("Del", self.list, self._on_remove, inside=True)
        self._show_total()

    def _make_fields(self) -> None:
        currency = self.context.clinic.facility.currency
        self.supplier: SearchField[str] = SearchField(
            "pharmacy.supplier", tr("S&upplier"), source=self._suppliers, background=self.context.background,
            placeholder=tr("Type a name; a new one is added"),
        )  # fmt: skip
        self.invoice = TextField("pharmacy.invoice", tr("&Invoice number"), max_length=60)
        self.medicine: SearchField[MedicineRow] = SearchField(
            "pharmacy.medicine", tr("&Medicine"), source=self._medicines, background=self.context.background,
            placeholder=tr("Scan, or type a name"),
        )  # fmt: skip
        self.batch = TextField("pharmacy.batch", tr("&Batch"), max_length=40)
        self.expiry = DateField("pharmacy.expiry", tr("&Expiry"), today=self.context.today, ahead=True)
        self.quantity = WholeField("pharmacy.quantity", tr("&Quantity"), low=1, high=MOST_UNITS)
        self.cost = MoneyField("pharmacy.unit_cost", tr("Unit &cost"), currency=currency)
        self._add = plain("pharmacy.add_line", tr("&Add line"), self.add_line)
        self._supplier_names: list[str] = []

    def _lay_out_fields(self) -> None:
        self.add_row(self.supplier, self.invoice, stretch=(2, 1))
        self.add_widget(self._line_fields())
        beside = QHBoxLayout()
        beside.setSpacing(px(GRID))
        beside.addWidget(self.total, 1)
        beside.addWidget(harmful("pharmacy.remove_line", tr("Remove &line"), self._on_remove))
        beside.addWidget(self._add)
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(beside)
        inside.addWidget(self.list, 1)
        self.add_widget(below, 1)

    def _line_fields(self) -> QWidget:
        """The fields of one line; they are not the delivery's, so Enter walks through them by itself."""
        widget = QWidget()
        beside = QHBoxLayout(widget)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(px(12))
        fields = (self.medicine, self.batch, self.expiry, self.quantity, self.cost)
        for field, stretch in zip(fields, (5, 3, 3, 2, 2), strict=True):
            beside.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        for field, following in pairwise(fields):
            field.entered.connect(following.focus_editor)
        self.cost.entered.connect(self.add_line)
        return widget

    def _go_on_from(self, field: Field) -> None:
        if field is self.invoice:
            self.medicine.focus_editor()
        else:
            super()._go_on_from(field)

    def _columns(self) -> list[Column[_Box]]:
        show = self.context.clinic.facility.currency.show
        return [
            Column(tr("Medicine"), lambda box: box.medicine.name, stretch=True, bold=True),
            Column(tr("Strength"), lambda box: box.medicine.strength, width=116),
            Column(tr("Form"), lambda box: form_text(box.medicine.form), width=96),
            Column(tr("Batch"), lambda box: box.line.batch, width=120),
            Column(tr("Expiry"), lambda box: day_text(box.line.expiry), width=112),
            Column(tr("Quantity"), lambda box: units_text(box.line.quantity, box.medicine.unit), width=124),
            Column(tr("Unit cost"), lambda box: show(box.line.unit_cost), width=84, right=True),
            Column(tr("Cost"), lambda box: show(box.line.unit_cost * box.line.quantity), width=96, right=True),
        ]

    def set_tight(self, tight: bool) -> None:
        """On a small screen: medicine, strength, batch, expiry, quantity."""
        spare_columns(self.list, (2, 6, 7), tight=tight)

    # --- sources -----------------------------------------------------------------------------------

    def set_suppliers(self, names: Sequence[str]) -> None:
        """Known suppliers; a new name becomes a new one."""
        self._supplier_names = list(names)

    def _suppliers(self, typed: str) -> Sequence[Found[str]]:
        known = [name for name in self._supplier_names if fold(typed) in fold(name)]
        answers = [Found(name, name) for name in known]
        if fold(typed) not in {fold(name) for name in known}:
            answers.append(Found(typed, typed, tr("A new supplier")))
        return answers

    def _medicines(self, typed: str) -> Sequence[Found[MedicineRow]]:
        rows = search_medicines(self.context.clinic, self.context.actor, typed)
        return [found_medicine(row) for row in rows]

    def take_medicine(self, row: MedicineRow) -> None:
        """A box was scanned: its medicine stands there, the batch is next."""
        self.medicine.set_found(found_medicine(row))
        self.batch.focus_editor()

    # --- lines -------------------------------------------------------------------------------------

    def add_line(self) -> None:
        """Put the line below, when it is right; begin the next one."""
        fields = (self.medicine, self.batch, self.expiry, self.quantity, self.cost)
        needed = (self.medicine, self.batch, self.expiry, self.quantity)
        for field in fields:
            if field in needed and field.is_blank():
                field.error(tr("Needed."))
                field.focus_editor()
                return
            if field.check() is not None:
                field.focus_editor()
                return
        self._append()
        for field in fields:
            field.clear()
        self.medicine.focus_editor()

    def _append(self) -> None:
        medicine, expiry, quantity = self.medicine.value(), self.expiry.value(), self.quantity.value()
        assert medicine is not None
        assert expiry is not None
        assert quantity is not None
        line = ReceivedLine(
            medication_id=medicine.id, batch=batch_number(self.batch.value()), expiry=expiry, quantity=quantity,
            unit_cost=self.cost.value() or ZERO,
        )  # fmt: skip
        self._count += 1
        self.boxes.append(_Box(self._count, medicine, line))
        self._show_lines()

    def _on_remove(self) -> None:
        box = self.list.current() or (self.boxes[-1] if self.boxes else None)
        if box is not None:
            self.boxes.remove(box)
            self._show_lines()

    def _show_lines(self) -> None:
        self.list.set_rows(self.boxes)
        self._show_total()
        self._on_changed()

    def _show_total(self) -> None:
        currency = self.context.clinic.facility.currency
        cost = currency.show(total_of([box.line for box in self.boxes]), code=True)
        lines = trn("{n} line", "{n} lines", len(self.boxes))
        self.total.setText(tr("{lines}, {cost} together", lines=lines, cost=cost))

    # --- saving ------------------------------------------------------------------------------------

    def check_all(self) -> str | None:
        """There must be a line, and none half typed."""
        if not self.medicine.is_blank():
            return tr("A line is typed but not added: press Add line, or empty it.")
        return None if self.boxes else tr("The delivery has no lines yet.")

    def prepare(self) -> Callable[[], Outcome[StockReceived]]:
        """The delivery."""
        command = ReceiveStock(
            key=self.key, lines=tuple(box.line for box in self.boxes), supplier=self.supplier.value() or "",
            invoice=self.invoice.value(),
        )  # fmt: skip
        clinic, actor = self.context.clinic, self.context.actor
        return lambda: receive_stock(clinic, actor, command)

    def after_save(self, outcome: Any) -> None:
        """Ready for the next delivery."""
        made: StockReceived = outcome.value
        cost = self.context.clinic.facility.currency.show(made.total_cost, code=True)
        self.context.messages.good(tr("Received as {number}: {cost}.", number=made.number, cost=cost))
        if made.kept_cost:
            kept = ", ".join(made.kept_cost)
            self.context.messages.warn(
                tr("Batches that are here already keep their first cost: {batches}.", batches=kept)
            )
        self.boxes = []
        self.reset()
        self.list.set_rows([])
        self._show_total()
        self.set_clean()
        self.start()

    def on_refused(self, error: ClinicError) -> bool:
        """A refused line is named and chosen, so that it can be taken out and typed again."""
        parts = (error.field or "").split(".")
        if len(parts) != 3 or parts[0] != "lines":
            return False
        box = self.boxes[int(parts[1])]
        self.list.select_key(box.number)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        said = sentence(error.code, error.facts)
        self.context.messages.error(tr("{medicine}: {reason}", medicine=box.medicine.name, reason=said))
        return True

    def snapshot(self) -> dict[str, Any]:
        """Lines are typed from boxes that are still there: only the head is kept."""
        return {"supplier": self.supplier.snapshot(), "invoice": self.invoice.snapshot()}

    def start_focus(self) -> QWidget:
        """The supplier first, then the boxes."""
        return self.supplier.editor if not self.boxes else self.medicine.editor


def found_medicine(row: MedicineRow) -> Found[MedicineRow]:
    """A medicine as an answer of a search."""
    note = tr("{form} · in stock: {units}", form=form_text(row.form), units=units_text(row.usable, row.unit))
    return Found(row, " ".join(part for part in (row.name, row.strength) if part), note)
