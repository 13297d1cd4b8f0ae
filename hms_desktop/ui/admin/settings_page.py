"""Settings: one page, built from the list that the program declares; only what was changed is saved."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from hms_desktop.domain import topics
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.administration.catalogue import ServiceRow
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.settings import SETTINGS, Setting, SettingRow, Value
from hms_desktop.services.administration.price_lists import list_services
from hms_desktop.services.administration.settings import ChangeSettings, SettingChange, change_settings, list_settings
from hms_desktop.services.clinic import Clinic, Outcome
from hms_desktop.ui.admin.page import AdminPage
from hms_desktop.ui.admin.row_form import RowForm
from hms_desktop.ui.kit.desk import DeskContext
from hms_desktop.ui.kit.field import Field
from hms_desktop.ui.kit.fields import Choice, ChoiceField, MoneyField, TextField, ToggleField, WholeField
from hms_desktop.ui.kit.layout import card, column
from hms_desktop.ui.kit.theme import GRID, TypeSize, label
from hms_desktop.words.facts import shown
from hms_desktop.words.labels import label as word
from hms_desktop.words.language import N_, tr

_ITEMS = {"consultation_item": ChargeKind.CONSULTATION, "registration_item": ChargeKind.REGISTRATION}
"""Settings that name something with a price: chosen from what is offered."""
Rows = tuple[SettingRow, ...]


def _gathered(clinic: Clinic, actor: Actor) -> tuple[list[SettingRow], list[ServiceRow]]:
    services = list_services(clinic, actor) if actor.may("catalogue.view") else []
    return list_settings(clinic, actor), services


class SettingsForm(RowForm[Rows]):
    """Every setting is a field; its row is the whole list."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context, "settings")
        for group, settings in groupby(SETTINGS, key=lambda setting: setting.group):
            self.add_section(word("setting_group", group))
            for pair in _pairs([self._field(setting) for setting in settings]):
                toggles = [field for field in pair if isinstance(field, ToggleField)]
                if len(toggles) == len(pair):
                    self.add_toggles(*toggles)
                else:
                    self.add_row(*pair)
        self.body.addStretch(1)

    def _field(self, setting: Setting) -> Field:
        """One setting as a field; the name of the setting is its key."""
        name, text = f"admin.{setting.name}", word("setting", setting.name)
        shared: dict[str, Any] = {"hint": self._default_text(setting), "reserve_note": True}
        if setting.name in _ITEMS:
            return ChoiceField(name, text, blank=tr("– none –"), width=320, **shared)
        if setting.kind == "flag":
            return ToggleField(name, text, **shared)
        if setting.kind == "whole":
            return WholeField(name, text, low=setting.low, high=setting.high, required=True, width=140, **shared)
        if setting.kind == "money":
            currency = self.context.clinic.facility.currency
            return MoneyField(name, text, currency=currency, required=True, width=180, **shared)
        if setting.kind == "choice":
            choices = [Choice(code, word(setting.name, code)) for code in setting.choices]
            return ChoiceField(name, text, choices, width=220, **shared)
        return TextField(name, text, max_length=200, **shared)

    def _default_text(self, setting: Setting) -> str:
        default = setting.default
        if setting.kind == "flag":
            return tr("Normally: yes") if default else tr("Normally: no")
        if isinstance(default, Decimal):
            return tr("Normally: {value}", value=self.context.clinic.facility.currency.show(default))
        if setting.kind == "choice":
            return tr("Normally: {value}", value=word(setting.name, str(default)))
        return tr("Normally: {value}", value=shown(default)) if default != "" and setting.name not in _ITEMS else ""

    def offer_items(self, services: Sequence[ServiceRow], rows: Sequence[SettingRow]) -> None:
        """What has a price and may be named; what is named already stays offered."""
        named = {row.declared.name: str(row.value) for row in rows if row.declared.name in _ITEMS}

        def change() -> None:
            for name, kind in _ITEMS.items():
                offered = [Choice(each.code, each.name) for each in services if each.kind is kind and each.active]
                kept = named.get(name, "")
                if kept and kept not in {each.value for each in offered}:
                    offered.append(Choice(kept, kept.replace("_", " ")))
                field = self.field(name)
                assert isinstance(field, ChoiceField)
                field.set_choices(offered)

        self.offer(change)

    def values_of(self, row: Rows) -> dict[str, Any]:
        return {each.declared.name: each.value for each in row}

    def version_of(self, row: Rows) -> int:
        return sum(each.version for each in row)

    def save_row(self, row: Rows | None) -> Callable[[], Outcome[Any]]:
        assert row is not None
        clinic, actor = self.context.clinic, self.context.actor
        stored: Mapping[str, SettingRow] = {each.declared.name: each for each in row}
        changes = tuple(
            SettingChange(name=field.key, value=_value(field), version=stored[field.key].version)
            for field in self.fields
            if _value(field) != stored[field.key].value
        )
        command = ChangeSettings(key=self.key, changes=changes)
        return lambda: change_settings(clinic, actor, command)


def _pairs(fields: Sequence[Field]) -> Sequence[Sequence[Field]]:
    """Fields two by two."""
    return [fields[place : place + 2] for place in range(0, len(fields), 2)]


def _value(field: Field) -> Value:
    found: Value | None = field.value()
    return "" if found is None else found


class SettingsPage(AdminPage):
    """One long form."""

    NAME: ClassVar[str] = "settings"
    TITLE: ClassVar[str] = N_("Settings")
    RIGHT: ClassVar[str] = "settings.view"
    EDIT_RIGHT: ClassVar[str] = "settings.correct"
    TOPICS: ClassVar[frozenset[str]] = frozenset({topics.SETTINGS, topics.CATALOGUE})

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        self.form = SettingsForm(context)
        self.form.set_editable(self.may_edit)
        self.form.saved.connect(self._on_saved)
        self.form.stale.connect(self.load)
        self.form.unchanged.connect(lambda: context.messages.info(tr("Nothing was changed.")))
        self.setLayout(column(card(label(tr(self.TITLE), TypeSize.LARGE, bold=True), self.form), margins=2 * GRID))

    def load(self) -> None:
        self.read(_gathered, self._on_gathered)

    def _on_gathered(self, found: tuple[list[SettingRow], list[ServiceRow]]) -> None:
        settings, services = found
        self.form.offer_items(services, settings)
        rows = tuple(settings)
        if self.form.row is None:
            self.form.show_row(rows, subject="settings")
        else:
            self.form.follow(rows)

    def _on_saved(self, outcome: Outcome[int]) -> None:
        del outcome
        self.context.messages.good(tr("Saved. The settings count at once."))
        self.form.show_nothing()
        self.load()
        self.start_focus().setFocus()

    def start_focus(self) -> QWidget:
        return self.form.first_editor()

    def leave(self) -> None:
        self.form.keep_draft()
