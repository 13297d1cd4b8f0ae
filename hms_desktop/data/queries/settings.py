"""What the clinic has set; the declared default where it has set nothing."""

from decimal import Decimal

from sqlalchemy import select

from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.facility import Setting as SettingFact
from hms_desktop.domain.settings import BY_NAME, SETTINGS, Setting, SettingRow, Value


def _value(declared: Setting, stored: object) -> Value:
    if declared.kind == "money":
        return Decimal(str(stored))
    assert isinstance(stored, bool | int | str)
    return stored


def all_values(reader: Reader) -> dict[str, Value]:
    """Every declared setting by name."""
    stored = {row.name: row.value for row in reader.rows(select(SettingFact.name, SettingFact.value))}
    return {s.name: _value(s, stored[s.name]) if s.name in stored else s.default for s in SETTINGS}


def stored_rows(reader: Reader) -> dict[str, AnyRow]:
    """What the clinic has set, by name: id, name, value, version."""
    return {
        row.name: row
        for row in reader.rows(select(SettingFact.id, SettingFact.name, SettingFact.value, SettingFact.version))
    }


def setting_rows(reader: Reader) -> list[SettingRow]:
    """Every declared setting with its value and the version of its row."""
    stored = stored_rows(reader)
    return [
        SettingRow(s, _value(s, stored[s.name].value), stored[s.name].version)
        if s.name in stored
        else SettingRow(s, s.default, 0)
        for s in SETTINGS
    ]


def value(reader: Reader, name: str) -> Value:
    """One setting. Raises KeyError for a name that is not declared."""
    declared = BY_NAME[name]
    row = reader.first(select(SettingFact.value).where(SettingFact.name == name))
    return declared.default if row is None else _value(declared, row.value)


def whole(reader: Reader, name: str) -> int:
    """A whole-number setting."""
    found = value(reader, name)
    assert isinstance(found, int)
    return found


def flag(reader: Reader, name: str) -> bool:
    """A yes/no setting."""
    return bool(value(reader, name))


def money(reader: Reader, name: str) -> Decimal:
    """A money setting, in the clinic's currency."""
    found = value(reader, name)
    assert isinstance(found, Decimal)
    return found


def word(reader: Reader, name: str) -> str:
    """A text or choice setting."""
    found = value(reader, name)
    assert isinstance(found, str)
    return found
