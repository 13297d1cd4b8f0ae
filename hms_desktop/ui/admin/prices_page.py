"""Prices: everything that is charged, with its price on one list. Enter, the new price, Enter, Enter: the next."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prices import ItemRow, PriceListRow
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.services.prices import SetPrice, price_items, price_lists, set_price
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.shown_price import price_text
from hms_desktop.ui.kit.badges import Badge, Shape, tone_badge
from hms_desktop.ui.kit.buttons import plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, MoneyField
from hms_desktop.ui.kit.layout import row
from hms_desktop.ui.kit.table import Column
from hms_desktop.ui.kit.theme import label
from hms_desktop.words.labels import say
from hms_desktop.words.language import N_, tr


def _gathered(
    clinic: Clinic, actor: Actor, list_id: Id | None
) -> tuple[list[PriceListRow], PriceListRow, list[ItemRow]]:
    lists = price_lists(clinic, actor)
    chosen = next((each for each in lists if each.id == list_id), lists[0])
    return lists, chosen, price_items(clinic, actor, chosen.id, "", frozenset(), 100_000)


class PriceForm(RowForm[ItemRow]):
    """One price on the chosen list."""

    def __init__(self, context: DeskContext, on_take_back: Callable[[], None]) -> None:
        super().__init__(context, "prices")
        self.price_list: PriceListRow | None = None
        self.facts = label("", muted=True)
        self.facts.setWordWrap(True)
        self.add_widget(self.facts)
        currency = context.clinic.facility.currency
        self.amount = self.add(
            MoneyField("admin.price_amount", tr("&Price"), key="amount", currency=currency, required=True, width=200)
        )
        self.body.addStretch(1)
        self.take_back = self.add_row_button(
            plain("admin.prices_take_back", tr("Ta&ke back"), on_take_back), apart=True
        )

    def values_of(self, row: ItemRow) -> dict[str, Any]:
        return {"amount": row.price}

    def version_of(self, row: ItemRow) -> int:
        return row.price_version

    def after_shown(self) -> None:
        row, chosen = self.row, self.price_list
        self.take_back.setVisible(bool(self.editable and row and row.own and chosen and not chosen.standard))
        if row is None or chosen is None:
            self.facts.setText("")
            return
        standard = price_text(self.context, row.standard)
        if chosen.standard:
            text = tr("{kind} · the standard price", kind=say(row.kind))
        elif row.own:
            text = tr("{kind} · a price of this list's own; the standard price is {standard}", kind=say(row.kind),
                      standard=standard)  # fmt: skip
        else:
            text = tr(
                "{kind} · worked out: standard {standard} × {multiplier}", kind=say(row.kind), standard=standard,
                multiplier=f"{chosen.multiplier.normalize():f}",
            )  # fmt: skip
        self.facts.setText(text)

    def save_row(self, row: ItemRow | None) -> Callable[[], Outcome[Any]]:
        assert row is not None
        assert self.price_list is not None
        clinic, actor = self.context.clinic, self.context.actor
        command = SetPrice(
            key=self.key, price_list_id=self.price_list.id, item_id=row.id, amount=self.amount.value(),
            version=row.price_version,
        )  # fmt: skip
        return lambda: set_price(clinic, actor, command)


class PricesPage(ListPage[ItemRow]):
    """Items and prices of one list."""

    NAME: ClassVar[str] = "prices"
    TITLE: ClassVar[str] = N_("Prices")
    RIGHT: ClassVar[str] = "catalogue.view"
    EDIT_RIGHT: ClassVar[str] = "prices.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.CATALOGUE})
    LIST_SHARE: ClassVar[tuple[int, int]] = (3, 2)
    form: PriceForm

    def __init__(self, context: DeskContext) -> None:
        self.chosen: ChoiceField[Id] = ChoiceField("admin.prices_of", tr("On &list"))
        kinds = [Choice(each, say(each)) for each in ChargeKind]
        self.kind: ChoiceField[ChargeKind] = ChoiceField(
            "admin.prices_kind", tr("&What"), kinds, blank=tr("everything")
        )
        super().__init__(context)
        self.chosen.changed.connect(self._on_list_chosen)
        self.kind.changed.connect(self.look_again)
        self._list_id: Id | None = None

    def columns(self) -> Sequence[Column[ItemRow]]:
        return (
            Column(tr("Item"), lambda each: each.name, stretch=True, bold=True),
            Column(tr("State"), _state, width=90, badge=_state_badge),
            Column(tr("Price"), lambda each: price_text(self.context, each.price), width=96, right=True),
        )  # fmt: skip

    def filters(self) -> Sequence[QWidget]:
        both = QWidget()
        both.setLayout(row(self.chosen, self.kind))
        return (both,)

    def fits(self, row: ItemRow) -> bool:
        wanted = self.kind.value()
        return wanted is None or row.kind is wanted

    def words_of(self, shown: ItemRow) -> str:
        return f"{shown.search_words} {shown.name} {shown.code}"

    def name_of(self, shown: ItemRow) -> str:
        return shown.name

    def make_form(self) -> RowForm[ItemRow]:
        return PriceForm(self.context, self._take_back)

    def empty_text(self) -> str:
        return tr("Nothing is priced here. Services, medicines and tests are added on their own pages.")

    def load(self) -> None:
        self.read(_gathered, self._on_gathered, self.chosen.value())

    def _on_gathered(self, found: tuple[list[PriceListRow], PriceListRow, list[ItemRow]]) -> None:
        lists, chosen, items = found
        self.form.price_list = chosen
        self.chosen.blockSignals(True)
        self.chosen.set_choices([Choice(each.id, each.name) for each in lists])
        self.chosen.set_value(chosen.id)
        self.chosen.blockSignals(False)
        if self._list_id not in (None, chosen.id):
            self.show_nothing()
        self._list_id = chosen.id
        self.show_rows(items)

    def _on_list_chosen(self) -> None:
        self.show_nothing()
        self.load()

    def _take_back(self) -> None:
        shown, chosen = self.form.row, self.form.price_list
        if shown is None or chosen is None:
            return
        command = SetPrice(price_list_id=chosen.id, item_id=shown.id, amount=None, version=shown.price_version)

        def done(_outcome: object) -> None:
            self.context.messages.good(tr("{item} follows the standard price again.", item=shown.name))
            self.show_nothing()
            self.load()

        self.write(set_price, command, done)

    def saved_key(self, outcome: Outcome[Any]) -> Id | None:
        """The next item: prices are typed one after the other."""
        del outcome
        return self._next_id()

    def _next_id(self) -> Id | None:
        shown, current = self.list.rows(), self.form.row
        place = next((n for n, each in enumerate(shown) if current is not None and each.id == current.id), None)
        return None if place is None else shown[min(place + 1, len(shown) - 1)].id

    def on_unchanged(self) -> None:
        """Enter on a price that is right: the next one."""
        following = self._next_id()
        self.back_to_list()
        if following is not None:
            self.list.select_key(following)


def _state_badge(item: ItemRow) -> Badge | None:
    text = _state(item)
    if item.active and item.price is None:
        return tone_badge(text, "warn", Shape.TRIANGLE)
    return tone_badge(text, "info" if item.active else "plain") if text else None


def _state(item: ItemRow) -> str:
    if not item.active:
        return tr("Retired")
    if item.price is None:
        return tr("No price yet")
    return tr("Own price") if item.own and item.standard != item.price else ""
