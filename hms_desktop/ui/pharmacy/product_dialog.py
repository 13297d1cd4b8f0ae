"""Another product with the same ingredients: which one, how many of it, and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hms_desktop.services.pharmacy.sheet import Offer
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import primary
from hms_desktop.ui.kit.dialogs import Dialog
from hms_desktop.ui.kit.fields import TextField
from hms_desktop.ui.kit.table import Column, RowsView
from hms_desktop.ui.kit.theme import px
from hms_desktop.ui.pharmacy.medicine_text import form_text, units_text
from hms_desktop.words.language import tr


class ProductDialog(Dialog):
    """Choose with the arrows, say why, Ctrl+Enter."""

    def __init__(self, medicine: str, offers: Sequence[Offer], out_of_stock: bool, parent: QWidget) -> None:
        super().__init__(
            "pharmacy.product_dialog",
            tr("Another product for {medicine}", medicine=medicine),
            tr("Only products with the same ingredients. The label will say the same dose."),
            parent,
        )
        self.setMinimumWidth(px(640))
        self.list = RowsView[Offer](
            "pharmacy.products",
            tr("Products with the same ingredients"),
            [
                Column(tr("Medicine"), lambda offer: offer.name, stretch=True, bold=True),
                Column(tr("Strength"), lambda offer: offer.strength, width=100),
                Column(tr("Form"), lambda offer: form_text(offer.form), width=96),
                Column(tr("Instead"), lambda offer: units_text(offer.units, offer.unit), width=104),
                Column(tr("In stock"), lambda offer: str(offer.usable), width=90, right=True, badge=_stock_badge),
            ],
            key=lambda offer: offer.medication_id,
            empty=tr("The clinic's list has no other product with these ingredients. Ask the prescriber."),
        )
        self.list.setMinimumHeight(px(190))
        self.list.set_rows(offers)
        self.list.select_first()
        self.body.addWidget(self.list)
        self.reason = TextField("pharmacy.product_reason", tr("&Reason"), required=True, max_length=300)
        if out_of_stock:
            self.reason.set_value(tr("The prescribed product is out of stock"))
        self.body.addWidget(self.reason)
        self.add_buttons(primary("pharmacy.product_take", tr("&Give this instead"), self._on_take))
        self.list.activated_row.connect(lambda _offer: self.reason.focus_editor())
        self.go_on(self.reason)
        self.list.setFocus()

    def chosen(self) -> Offer | None:
        """The product that was chosen."""
        return self.list.current()

    def _on_take(self) -> None:
        if self.reason.check() is not None:
            self.reason.focus_editor()
        elif self.chosen() is not None:
            self.accept()


def _stock_badge(offer: Offer) -> Badge | None:
    if offer.usable >= offer.units:
        return None
    return tone_badge(str(offer.usable), "warn" if offer.usable else "error", Shape.TRIANGLE)
