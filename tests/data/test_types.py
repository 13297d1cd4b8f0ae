"""Column types: the same values kept, the same values refused, on both engines."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from hms_desktop.data import types as t
from hms_desktop.data.base import _add_checks
from hms_desktop.domain.errors import InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import Sex
from hms_desktop.services.clinic import Clinic

NOON = datetime(2026, 3, 5, 12, 0, 0, 123456, tzinfo=UTC)

KINDS: dict[str, Any] = {
    "id": t.Id(), "text": t.Text(5), "money": t.Money(), "whole": t.Whole(0, 10), "scaled": t.Scaled(1),
    "time": t.UtcTime(), "day": t.LocalDate(), "flag": t.Flag(), "word": t.Enum(Sex),
    "json": t.Json(), "raw": t.Bytes(),
}  # fmt: skip

KEPT = [
    ("id", Id("0" * 31 + "a")), ("text", "żółw"), ("text", ""), ("text", "أحمد"), ("money", -(2**62)), ("whole", 10),
    ("scaled", Decimal("37.5")),
    ("time", NOON), ("day", date(1901, 2, 28)), ("flag", True), ("word", Sex.FEMALE),
    ("json", {"b": [1, "x", None], "a": True}), ("raw", b"\x00\xff"),
]  # fmt: skip

REFUSED = [
    ("id", "x" * 32), ("id", b"1" * 16), ("text", "sixsix"), ("text", "a\x00b"), ("text", 5), ("money", Decimal(1)),
    ("money", 2**63), ("money", True), ("whole", 11), ("whole", -1), ("scaled", Decimal("0.01")), ("scaled", 0.5),
    ("scaled", Decimal("NaN")), ("time", NOON.replace(tzinfo=None)), ("time", "2026"), ("day", NOON), ("flag", 1),
    ("word", "femail"), ("json", {"a": 0.1}), ("json", "a\x00b"),
]  # fmt: skip


@pytest.fixture
def table(clinic: Clinic) -> Table:
    made = Table("kept", MetaData(), *(Column(name, kind) for name, kind in KINDS.items()), sqlite_strict=True)
    _add_checks(made)
    with clinic.store.writing() as connection:
        made.create(connection)
    return made


@pytest.mark.parametrize(("name", "value"), KEPT)
def test_a_good_value_comes_back_as_it_went(clinic: Clinic, table: Table, name: str, value: object) -> None:
    with clinic.store.writing() as connection:
        connection.execute(insert(table), [{name: value}])
        assert connection.execute(select(table.c[name])).scalar_one() == value


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_bad_value_is_refused_by_name_on_both_engines(clinic: Clinic, table: Table, name: str, value: object) -> None:
    with pytest.raises((InvalidValue, StatementError)) as caught, clinic.store.writing() as connection:
        connection.execute(insert(table), [{name: value}])
    assert isinstance(getattr(caught.value, "orig", caught.value), InvalidValue)


RAW = [
    ("text", "'sixsix'"), ("whole", "11"), ("word", "'femail'"), ("day", "'2026-02-30'"), ("time", "'noonish'"),
    ("flag", "7"), ("id", "'short'"), ("money", "'x'"), ("scaled", "'x'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "literal"), RAW)
def test_the_engine_itself_refuses_what_other_programs_might_write(
    clinic: Clinic, table: Table, name: str, literal: str
) -> None:
    statement = text(f"INSERT INTO kept ({name}) VALUES ({literal})")
    with pytest.raises(DBAPIError), clinic.store.engine.connect() as connection, connection.begin():
        connection.execute(statement)


def test_moments_in_other_zones_are_kept_as_the_same_moment(clinic: Clinic, table: Table) -> None:
    nairobi = NOON.astimezone(timezone(timedelta(hours=3)))
    with clinic.store.writing() as connection:
        connection.execute(insert(table), [{"time": nairobi}])
        found = connection.execute(select(table.c.time)).scalar_one()
    assert found == NOON
    assert found.tzinfo == UTC
