"""A charge by hand, from the price list at the patient's price."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.prices import ItemRow
from hms_desktop.services.bills import AddCharge, add_charge
from hms_desktop.services.prices import find_items
from hms_desktop.ui.cashier.deed_dialog import DeedDialog
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Found, SearchField, WholeField
from hms_desktop.words.labels import say
from hms_desktop.words.language import tr


class ChargeDialog(DeedDialog):
    """Search, quantity, done."""

    def __init__(self, context: DeskContext, visit_id: Id, visit_number: str, parent: QWidget) -> None:
        super().__init__(
            context, "cashier.charge_dialog", tr("Add a charge"), tr("To visit {number}.", number=visit_number), parent
        )
        self._visit = visit_id
        self._key = new_id()
        self.item: SearchField[ItemRow] = SearchField(
            "cashier.item", tr("&Service, test or medicine"), source=self._find, background=context.background,
            key="item", reserve_note=True, required=True,
        )  # fmt: skip
        self.quantity = WholeField("cashier.quantity", tr("&Quantity"), low=1, high=1000, required=True)
        self.quantity.set_value(1)
        self.item.picked.connect(self._on_picked)
        for field in (self.item, self.quantity):
            self.add_field(field)
        self.finish(primary("cashier.add_charge", tr("Add to the &bill"), self._on_confirm))

    def _find(self, text: str) -> Sequence[Found[ItemRow]]:
        show = self.context.clinic.facility.currency.show
        rows = find_items(self.context.clinic, self.context.actor, text, self._visit)
        return [
            Found(row, row.name, f"{say(row.kind)} · {tr('no price') if row.price is None else show(row.price)}")
            for row in rows
        ]

    def _on_picked(self, row: ItemRow | None) -> None:
        if row is not None:
            price = tr("no price") if row.price is None else self.context.clinic.facility.currency.show(row.price)
            self.item.set_echo(f"{say(row.kind)} · {price}")

    def _on_confirm(self) -> None:
        row, quantity = self.item.value(), self.quantity.value()
        if not self.fields_are_right() or row is None or quantity is None:
            return
        self.send(
            add_charge,
            lambda _person: AddCharge(
                key=self._key, visit_id=self._visit, kind=row.kind, item_code=row.code, quantity=quantity
            ),
        )
