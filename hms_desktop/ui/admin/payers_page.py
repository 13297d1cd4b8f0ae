"""Payer groups: who pays by which price list, and what is waived for them."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.catalogue import PayerRow
from hms_desktop.domain.administration.entries import names
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prices import PriceListRow
from hms_desktop.services.administration.price_lists import list_payers
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.services.prices import SavePayerGroup, price_lists, save_payer_group
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.shown_price import retired_badge
from hms_desktop.ui.kit.buttons import Button, plain
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.fields import Choice, ChoiceField, TextField, ToggleField
from hms_desktop.ui.kit.table import Column
from hms_desktop.words.language import N_, tr


def _gathered(clinic: Clinic, actor: Actor) -> tuple[list[PayerRow], list[PriceListRow]]:
    return list_payers(clinic, actor), price_lists(clinic, actor)


class PayerForm(RowForm[PayerRow]):
    """A payer group."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "payers")
        self.add_row(
            TextField("admin.payer_name", tr("Na&me"), key="name_en", max_length=80, required=True),
            TextField("admin.payer_name_fr", tr("Name in Frenc&h"), key="name_fr", max_length=80),
        )
        self.price_list: ChoiceField[Id] = ChoiceField("admin.price_list_id", tr("Pays by &price list"))
        self.add(self.price_list)
        self.add(ToggleField("admin.waives_under_five", tr("Suggest a waiver for children &under five")))
        self.add(ToggleField("admin.waives_maternity", tr("Suggest a waiver for maternity")))
        self.add(ToggleField("admin.payer_active", tr("&Offered at reception"), key="active"))
        self.body.addStretch(1)

    def offer_lists(self, lists: Sequence[PriceListRow]) -> None:
        """The price lists there are."""
        self.offer(lambda: self.price_list.set_choices([Choice(each.id, each.name) for each in lists]))

    def values_of(self, row: PayerRow) -> dict[str, Any]:
        return {field.key: getattr(row, field.key) for field in self.fields}

    def new_values(self) -> dict[str, Any]:
        return {"active": True}

    def save_row(self, row: PayerRow | None) -> Callable[[], Outcome[Any]]:
        clinic, actor = self.context.clinic, self.context.actor
        values: dict[str, Any] = {field.key: field.value() for field in self.fields}
        name = names(values.pop("name_en"), values.pop("name_fr"))
        command = SavePayerGroup(
            key=self.key, id=row.id if row else None, version=row.version if row else None, name=name, **values
        )
        return lambda: save_payer_group(clinic, actor, command)


class PayersPage(ListPage[PayerRow]):
    """The payer groups."""

    NAME: ClassVar[str] = "payers"
    TITLE: ClassVar[str] = N_("Payer groups")
    RIGHT: ClassVar[str] = "catalogue.view"
    EDIT_RIGHT: ClassVar[str] = "prices.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.CATALOGUE})
    form: PayerForm

    def columns(self) -> Sequence[Column[PayerRow]]:
        return (
            Column(tr("Payer group"), lambda each: each.name, stretch=True, bold=True),
            Column(
                tr("Price list"), lambda each: each.price_list, width=140, muted=True,
                badge=lambda each: retired_badge(each.active),
            ),
        )  # fmt: skip

    def words_of(self, shown: PayerRow) -> str:
        return f"{shown.name} {shown.name_en} {shown.name_fr} {shown.code} {shown.price_list}"

    def name_of(self, shown: PayerRow) -> str:
        return shown.name

    def make_form(self) -> RowForm[PayerRow]:
        return PayerForm(self.context)

    def make_new_button(self) -> Button | None:
        return plain("admin.payers_new", tr("&New payer group"), self.begin_new, icon="add")

    def begin_new(self) -> None:
        if self.may_edit:
            self.start_new(tr("New payer group"))

    def empty_text(self) -> str:
        return tr("There are no payer groups: everybody pays by the standard prices. Ctrl+N adds one.")

    def load(self) -> None:
        self.read(_gathered, self._on_gathered)

    def _on_gathered(self, found: tuple[list[PayerRow], list[PriceListRow]]) -> None:
        groups, lists = found
        self.form.offer_lists(lists)
        self.show_rows(groups)
