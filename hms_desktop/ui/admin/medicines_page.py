"""Medicines: the clinic's formulary."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.catalogue import FormularyRow
from hms_desktop.domain.ids import Id
from hms_desktop.services.administration.medicines import list_medicines
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.admin.catalogue_lists import MedicineLists, medicine_lists
from hms_desktop.ui.admin.medicine_form import MedicineForm
from hms_desktop.ui.admin.page import ListPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.admin.shown_price import price_text, retired_badge
from hms_desktop.ui.kit.buttons import Button, plain
from hms_desktop.ui.kit.table import Column
from hms_desktop.words.language import N_, tr


def _gathered(clinic: Clinic, actor: Actor) -> tuple[list[FormularyRow], MedicineLists]:
    return list_medicines(clinic, actor), medicine_lists(clinic, actor)


class MedicinesPage(ListPage[FormularyRow]):
    """The medicines."""

    NAME: ClassVar[str] = "medicines"
    TITLE: ClassVar[str] = N_("Medicines")
    RIGHT: ClassVar[str] = "catalogue.view"
    EDIT_RIGHT: ClassVar[str] = "catalogue.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.CATALOGUE})
    LIST_SHARE: ClassVar[tuple[int, int]] = (1, 1)
    form: MedicineForm
    _forms: Mapping[str, str] = MappingProxyType({})

    def columns(self) -> Sequence[Column[FormularyRow]]:
        return (
            Column(
                tr("Medicine"), lambda each: each.name, stretch=True, bold=True,
                tip=lambda each: f"{each.name} {each.strength}",
            ),
            Column(tr("Strength"), lambda each: each.strength, width=84),
            Column(tr("Form"), self._form_text, width=76, muted=True),
            Column(
                tr("Price"), lambda each: price_text(self.context, each.price), width=80, right=True,
                badge=lambda each: retired_badge(each.active),
            ),
        )  # fmt: skip

    def _form_text(self, each: FormularyRow) -> str:
        return self._forms.get(each.form, each.form)

    def words_of(self, shown: FormularyRow) -> str:
        return f"{shown.search_words} {shown.generic} {shown.brand} {shown.strength} {shown.barcode} {shown.code}"

    def name_of(self, shown: FormularyRow) -> str:
        return f"{shown.name} {shown.strength}"

    def make_form(self) -> RowForm[FormularyRow]:
        return MedicineForm(self.context)

    def make_new_button(self) -> Button | None:
        return plain("admin.medicines_new", tr("&New medicine"), self.begin_new, icon="add")

    def begin_new(self) -> None:
        if self.may_edit:
            self.start_new(tr("New medicine"))

    def empty_text(self) -> str:
        return tr("There are no medicines yet. Ctrl+N adds one.")

    def load(self) -> None:
        self.read(_gathered, self._on_gathered)

    def _on_gathered(self, found: tuple[list[FormularyRow], MedicineLists]) -> None:
        medicines, lists = found
        self._forms = lists.forms
        self.form.offer_lists(lists)
        self.show_rows(medicines)

    def saved_key(self, outcome: Outcome[Any]) -> Id:
        return Id(outcome.value.medication_id)
