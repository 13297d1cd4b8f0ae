"""What the stock pages do: show a medicine, adjust a batch, write expired ones off."""

from decimal import Decimal

from hms_desktop.domain.ids import Id
from hms_desktop.domain.stock import CardRow, LotRow, StockRow
from hms_desktop.services.catalogue import reasons
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.pharmacy.adjustments import (
    StockAdjusted,
    WriteOffExpired,
    adjust_stock,
    write_off_expired,
)
from hms_desktop.services.pharmacy.levels import batches_of, stock_card
from hms_desktop.ui.kit.desk import Desk
from hms_desktop.ui.kit.dialogs import ask_reason, show
from hms_desktop.ui.kit.fields import Choice
from hms_desktop.ui.pharmacy.adjust_dialog import AdjustDialog
from hms_desktop.ui.pharmacy.approval import write_agreed
from hms_desktop.ui.pharmacy.expiring_page import ExpiringPage
from hms_desktop.ui.pharmacy.stock_page import StockPage
from hms_desktop.words.language import tr, trn


class StockDeeds:
    """Listens to the stock pages."""

    def __init__(self, desk: Desk, stock: StockPage, expiring: ExpiringPage) -> None:
        self._desk, self._stock = desk, stock
        stock.medicine_chosen.connect(self.show_medicine)
        stock.adjust_wanted.connect(self.adjust)
        expiring.write_off_wanted.connect(self.write_off)

    def show_medicine(self, row: StockRow) -> None:
        """Read batches and card of a medicine; the newest wish wins."""
        context, location = self._desk.context, self._stock.chosen_location()

        def read() -> tuple[Id, list[LotRow], list[CardRow]]:
            clinic, actor = context.clinic, context.actor
            return row.id, batches_of(clinic, actor, row.id, location), stock_card(clinic, actor, row.id, location)

        context.background.latest("pharmacy.medicine_card", read, self._on_medicine, owner=self._desk)

    def _on_medicine(self, found: tuple[Id, list[LotRow], list[CardRow]]) -> None:
        chosen = self._stock.list.current()
        if chosen is not None and chosen.id == found[0]:
            self._stock.show_medicine(found[1], found[2])

    def adjust(self, row: LotRow) -> None:
        """Ask what was counted, and why it differs."""
        context = self._desk.context
        dialog = AdjustDialog(row, reasons(context.clinic, context.actor, "adjustment"), self._desk)

        def done(agreed: bool) -> None:
            if agreed:
                write_agreed(self._desk, adjust_stock, dialog.command(), self._on_adjusted)

        show(dialog, done)

    def _on_adjusted(self, outcome: Outcome[StockAdjusted]) -> None:
        done = outcome.value
        self._desk.context.messages.good(
            tr("Adjusted by {n}: {balance} in the batch now.", n=f"{done.units:+d}", balance=done.balance)
        )

    def write_off(self, rows: list[LotRow]) -> None:
        """Take all expired batches off the shelf."""
        if not rows:
            return
        currency = self._desk.context.clinic.facility.currency
        value = currency.show(sum((row.value for row in rows), Decimal(0)), code=True)

        def confirmed(reason: str) -> None:
            command = WriteOffExpired(
                batch_ids=tuple(row.id for row in rows), reason=reason, location_id=rows[0].location_id
            )
            write_agreed(self._desk, write_off_expired, command, self._on_written_off)

        ask_reason(
            self._desk, "pharmacy.write_off_reason", tr("Write off what is expired"),
            trn(
                "{n} batch ({value}) leaves the shelf.", "{n} batches ({value}) leave the shelf.", len(rows),
                value=value,
            ),
            tr("&Write off"), confirmed,
            reasons=[
                Choice("destroyed", tr("Expired, destroyed")), Choice("returned", tr("Expired, to the supplier")),
            ],
        )  # fmt: skip

    def _on_written_off(self, outcome: Outcome[StockAdjusted]) -> None:
        self._desk.context.messages.good(trn("{n} unit written off.", "{n} units written off.", -outcome.value.units))
