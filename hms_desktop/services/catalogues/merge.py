"""Puts rows of the program's lists beside what the clinic has: adds, corrects, or leaves. For `catalogue_load.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from hms_desktop.data.base import Base
from hms_desktop.data.queries.catalogue_rows import Key, by_key
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import words
from hms_desktop.interop import catalogues as files
from hms_desktop.interop.csv_rows import read_rows

T = TypeVar("T")
Values = dict[str, Any]


@dataclass
class Counts:
    """What a load did, rows by table: `added`, `corrected`, and `kept` as the clinic has changed them.

    `unpriced`: items without a price of the clinic, for the shipped prices are in another currency.
    """

    added: dict[str, int] = field(default_factory=dict)
    corrected: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    unpriced: int = 0


@dataclass(frozen=True)
class Load:
    """One load: the open work, where the files are, and the books of what was done."""

    work: Work
    folder: Path
    counts: Counts = field(default_factory=Counts)

    def rows(self, kind: type[T]) -> list[T]:
        """The rows of the file that belongs to a row class."""
        return list(read_rows(self.folder / files.FILES[kind], kind))

    def names(self, file: str) -> dict[str, dict[str, str]]:
        """The names by language of a plain list (code, name_en, name_fr)."""
        return {row.code: row.name for row in read_rows(self.folder / file, files.Named)}

    def minor(self, price: Decimal) -> int:
        """A shipped price in the clinic's minor units; 0 where the clinic has another currency."""
        currency = self.work.facility.currency
        if currency.code != files.PRICED_IN:
            return 0
        return currency.to_minor(currency.exact(price))

    def merge(self, mapped: type[Base], key: tuple[str, ...], wanted: Iterable[Values]) -> dict[Key, Id]:
        """Add what is missing, correct what the program changed and nobody else did; the ids by key."""
        known = by_key(self.work, mapped, key)
        ids: dict[Key, Id] = {found: row.id for found, row in known.items()}
        fresh: dict[Key, Values] = {}
        for values in wanted:
            name = tuple(values[column] for column in key)
            if name not in known:
                fresh[name] = values
            else:
                self._correct(mapped, dict(known[name]._mapping), values)
        ids.update(zip(fresh, self.work.insert_many(mapped, list(fresh.values())), strict=True))
        self._count(self.counts.added, mapped, len(fresh))
        return ids

    def _correct(self, mapped: type[Base], row: Mapping[str, Any], values: Values) -> None:
        moved = {column: value for column, value in values.items() if row[column] != value}
        if not moved:
            return
        if row["updated_by"] != SYSTEM.user_id:
            self._count(self.counts.kept, mapped, 1)
            return
        self.work.change(mapped, row["id"], **moved)
        self._count(self.counts.corrected, mapped, 1)

    def _count(self, book: dict[str, int], mapped: type[Base], number: int) -> None:
        if number:
            book[mapped.__tablename__] = book.get(mapped.__tablename__, 0) + number


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that can be charged and its shipped price."""

    kind: ChargeKind
    code: str
    name: dict[str, str]
    price: Decimal
    department_id: Id | None
    more_words: str = ""


def search_words(limit: int, *phrases: str) -> str:
    """The folded words of `phrases`, each once, cut to whole words within `limit` characters."""
    text = ""
    for word in dict.fromkeys(word for phrase in phrases for word in words(phrase)):
        if len(text) + len(word) >= limit:
            break
        text = f"{text} {word}" if text else word
    return text
