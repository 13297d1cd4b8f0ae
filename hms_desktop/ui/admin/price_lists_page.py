"""Price lists: the standard one, and those that follow it by a multiplier until they have prices of their own."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.prices import PriceListRow
from hms_desktop.services.administration.price_lists import VoidPriceList, void_price_list
from hms_desktop.services.clinic import Outcome
from hms_desktop.services.prices import CopyPrices, SavePriceList, copy_prices, price_lists, save_price_list
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.kit.badges import tone_badge
from hms_desktop.ui.kit.buttons import Button, harmful, plain, primary
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.dialogs import Dialog, ask_reason, show
from hms_desktop.ui.kit.fields import Limits, MoneyField, NumberField, TextField
from hms_desktop.ui.kit.table import Column
from hms_desktop.words.language import N_, tr

_MULTIPLIER = Limits(ZERO, Decimal(1000), Decimal("0.1"), Decimal(5))


class PriceListForm(RowForm[PriceListRow]):
    """A price list."""

    def __init__(self, context: DeskContext, on_copy: Callable[[], None], on_void: Callable[[], None]) -> None:
        super().__init__(context, "price_lists")
        self.add(TextField("admin.list_name", tr("Na&me"), key="name", max_length=80, required=True))
        self.multiplier = NumberField(
            "admin.multiplier",
            tr("Standard price &times"),
            places=4,
            limits=_MULTIPLIER,
            required=True,
        )
        self.round_to = MoneyField("admin.round_to", tr("Then roun&ded to"), currency=context.clinic.facility.currency)
        self.round_to.set_hint(tr("0: not rounded"))
        self.add_row(self.multiplier, self.round_to)
        self.body.addStretch(1)
        self.add_row_button(plain("admin.price_lists_copy", tr("Cop&y…"), on_copy))
        self.void_button = self.add_row_button(
            harmful("admin.price_lists_void", tr("Ta&ke away…"), on_void), apart=True
        )

    def values_of(self, row: PriceListRow) -> dict[str, Any]:
        return {"name": row.name, "multiplier": row.multiplier.normalize(), "round_to": row.round_to}

    def new_values(self) -> dict[str, Any]:
        return {"multiplier": Decimal(1), "round_to": ZERO}

    def after_shown(self) -> None:
        standard = self.row is not None and self.row.standard
        for field in (self.multiplier, self.round_to):
            field.set_read_only(standard or not self.editable)
        self.void_button.setVisible(self.editable and self.row is not None and not standard)

    def save_row(self, row: PriceListRow | None) -> Callable[[], Outcome[Any]]:
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        values["round_to"] = values["round_to"] or ZERO
        command = SavePriceList(
            key=self.key, id=row.id if row else None, version=row.version if row else None, **values
        )
        return lambda: save_price_list(clinic, actor, command)


class CopyDialog(Dialog):
    """What the copy is called, and how its prices differ."""

    def __init__(self, context: DeskContext, source: PriceListRow, parent: QWidget) -> None:
        super().__init__(
            "admin.copy_list", tr("Copy {name}", name=source.name),
            tr("Every price is multiplied and rounded once; from then on it is the copy's own."), parent,
        )  # fmt: skip
        self.name_field = TextField("admin.copy_name", tr("&Name of the copy"), max_length=80, required=True)
        self.multiplier = NumberField(
            "admin.copy_multiplier", tr("Prices &times"), places=4, limits=_MULTIPLIER, required=True
        )
        self.round_to = MoneyField(
            "admin.copy_round_to", tr("Then roun&ded to"), currency=context.clinic.facility.currency
        )
        self.multiplier.set_value(Decimal(1))
        self.round_to.set_value(ZERO)
        for field in (self.name_field, self.multiplier, self.round_to):
            self.body.addWidget(field)
        self.add_buttons(primary("admin.copy_confirm", tr("&Make the copy"), self._on_confirm))
        self.go_on(self.name_field, self.multiplier, self.round_to)
        self._source = source

    def command(self) -> CopyPrices:
        """What was asked for."""
        return CopyPrices(
            source_id=self._source.id, code="", name=str(self.name_field.value()),
            multiplier=self.multiplier.value() or Decimal(1), round_to=self.round_to.value() or ZERO,
        )  # fmt: skip

    def _on_confirm(self) -> None:
        fields = (self.name_field, self.multiplier, self.round_to)
        bad = [field for field in fields if (found := field.check()) is not None and found.blocks]
        if bad:
            bad[0].focus_editor()
        else:
            self.accept()


class PriceListsPage(ListPage[PriceListRow]):
    """The price lists."""

    NAME: ClassVar[str] = "price_lists"
    TITLE: ClassVar[str] = N_("Price lists")
    RIGHT: ClassVar[str] = "catalogue.view"
    EDIT_RIGHT: ClassVar[str] = "prices.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.CATALOGUE})

    def columns(self) -> Sequence[Column[PriceListRow]]:
        return (
            Column(tr("Price list"), lambda each: each.name, stretch=True, bold=True),
            Column(
                tr("Prices"), _rule, width=120,
                badge=lambda each: tone_badge(tr("Standard"), "info") if each.standard else None,
            ),
            Column(tr("Own prices"), lambda each: str(each.own_prices), width=92, right=True, muted=True),
        )  # fmt: skip

    def words_of(self, shown: PriceListRow) -> str:
        return f"{shown.name} {shown.code}"

    def name_of(self, shown: PriceListRow) -> str:
        return shown.name

    def make_form(self) -> RowForm[PriceListRow]:
        return PriceListForm(self.context, self._ask_copy, self._ask_void)

    def make_new_button(self) -> Button | None:
        return plain("admin.price_lists_new", tr("&New price list"), self.begin_new, icon="add")

    def begin_new(self) -> None:
        if self.may_edit:
            self.start_new(tr("New price list"))

    def load(self) -> None:
        self.read(price_lists, self.show_rows)

    def _ask_copy(self) -> None:
        source = self.form.row
        assert source is not None
        dialog = CopyDialog(self.context, source, self)

        def done(agreed: bool) -> None:
            if agreed:
                self.write(copy_prices, dialog.command(), self._on_copied)

        show(dialog, done)

    def _on_copied(self, outcome: Outcome[Any]) -> None:
        self.context.messages.good(tr("The copy is made. Its prices are on the page Prices."))
        self._wanted = outcome.value.id
        self.load()

    def _ask_void(self) -> None:
        shown = self.form.row
        assert shown is not None

        def void(reason: str) -> None:
            command = VoidPriceList(price_list_id=shown.id, version=shown.version, reason=reason)
            self.write(void_price_list, command, lambda _done: self.load())

        ask_reason(
            self, "admin.list_void", tr("Take the price list {name} away?", name=shown.name),
            tr("It works only while no payer group pays by it. Charges that were made keep their price."),
            tr("T&ake away"), void,
        )  # fmt: skip


def _rule(each: PriceListRow) -> str:
    return tr("Standard") if each.standard else f"× {each.multiplier.normalize():f}"
