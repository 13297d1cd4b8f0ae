"""The clinic's settings, as the page of settings shows and changes them. Declared in `domain/settings.py`."""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import settings as queries
from hms_desktop.data.queries.administration.users import hold
from hms_desktop.data.queries.prices import item_by_code
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.facility import Setting as SettingFact
from hms_desktop.data.work import Work
from hms_desktop.domain.administration import entries
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, StaleRecord
from hms_desktop.domain.money import Currency
from hms_desktop.domain.settings import BY_NAME, Setting, SettingRow, Value
from hms_desktop.services.service import reads, writes

_ITEM_KINDS = {"consultation_item": ChargeKind.CONSULTATION, "registration_item": ChargeKind.REGISTRATION}
"""Settings that name something with a price, and of which kind it must be."""


@dataclass(frozen=True, kw_only=True)
class SettingChange:
    """One new value; `version` is that of the row the person saw (0: nothing was stored)."""

    name: str
    value: Value
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class ChangeSettings(Command):
    """The settings that differ from what is stored: all are taken, or none."""

    changes: tuple[SettingChange, ...]


@reads("settings.view")
def list_settings(reader: Reader) -> list[SettingRow]:
    """Every declared setting with its value, in the order of the page."""
    return queries.setting_rows(reader)


@writes("settings.correct")
def change_settings(work: Work, command: ChangeSettings) -> int:
    """Change settings; they count at once. Gives how many were changed. Raises InvalidValue (field: the setting's
    name), StaleRecord.
    """
    hold(work)
    known = queries.stored_rows(work)
    for change in command.changes:
        declared = BY_NAME.get(change.name)
        if declared is None:
            raise InvalidValue(field="name", reason="unknown")
        value = _checked(work, declared, change.value)
        stored = known.get(change.name)
        if (stored.version if stored else 0) != change.version:
            raise StaleRecord(kind="setting", id=change.name, current={"value": stored.value if stored else None})
        if stored is None:
            work.insert(SettingFact, name=change.name, value=value)
        else:
            work.change(SettingFact, stored.id, change.version, value=value)
    return len(command.changes)


def _checked(work: Work, declared: Setting, value: Value) -> bool | int | str:
    """The value as it is kept: money as text, for JSON has no decimals."""
    name = declared.name
    if declared.kind == "flag" and isinstance(value, bool):
        return value
    if declared.kind == "whole" and isinstance(value, int) and not isinstance(value, bool):
        return entries.whole(name, value, declared.low, declared.high)
    if declared.kind == "money" and isinstance(value, Decimal):
        return _amount(name, value, work.facility.currency)
    if declared.kind == "choice" and isinstance(value, str):
        return entries.one_of(name, value, declared.choices)
    if declared.kind == "text" and isinstance(value, str):
        return _text(work, name, value)
    raise InvalidValue(field=name, reason="kind")


def _amount(name: str, value: Decimal, currency: Currency) -> str:
    try:
        currency.to_minor(entries.not_negative(name, value))
    except InvalidValue as error:
        raise InvalidValue(**{**error.facts, "field": name}) from None
    return format(value, "f")


def _text(work: Work, name: str, value: str) -> str:
    cleaned = entries.line(name, value, 200)
    kind = _ITEM_KINDS.get(name)
    if kind is not None and cleaned:
        item = item_by_code(work, kind, cleaned)
        if item is None or not item.active:
            raise InvalidValue(field=name, reason="unknown")
    return cleaned
