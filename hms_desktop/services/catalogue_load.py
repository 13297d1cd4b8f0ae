"""Brings the program's own lists into a clinic: diagnoses, medicines, tests, services, prices, departments, payers.

Runs as often as one likes: what is there stays. A shipped row that the program has corrected since is corrected in the
clinic too, but only while nobody of the clinic has changed it. Files and columns: `interop/catalogues.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from hms_desktop.data.base import Base
from hms_desktop.data.queries.catalogue_rows import Key, by_key
from hms_desktop.data.tables import billing, facility
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold, words
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
                self._correct(mapped, known[name]._mapping, values)
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


def load_catalogues(work: Work, folder: Path) -> Counts:
    """Load every list in `folder` into the clinic. Runs as SYSTEM. Raises BadInput for a file that can't be read.

    Names that a table keeps in one language only are taken in English.
    """
    from hms_desktop.services import catalogue_clinical as clinical

    load = Load(work, folder)
    departments = _departments(load)
    lists = _price_lists(load)
    _payer_groups(load, lists)
    items = [
        *_services(load, departments),
        *clinical.medicines(load, departments.get("pharmacy")),
        *clinical.laboratory(load, departments.get("laboratory")),
    ]
    _items(load, items, lists["standard"])
    clinical.diagnoses(load)
    clinical.allergens(load)
    clinical.interactions(load)
    return load.counts


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


def _departments(load: Load) -> dict[str, Id]:
    rows = load.rows(files.DepartmentRow)
    known = by_key(load.work, facility.Department, ("name_folded",))
    free = [r for r in rows if (fold(r.name_en),) not in known or known[fold(r.name_en),].code == r.code]
    ids = load.merge(
        facility.Department,
        ("code",),
        (
            {"code": r.code, "name": r.name_en, "name_folded": fold(r.name_en), "location": r.location, "active": True}
            for r in free
        ),
    )
    named = {row.code: known[fold(row.name_en),].id for row in rows if row not in free}
    return {code: id for (code,), id in ids.items()} | named


def _price_lists(load: Load) -> dict[str, Id]:
    ids = load.merge(
        billing.PriceList,
        ("code",),
        (
            {
                "code": r.code, "name": r.name_en, "multiplier": r.multiplier, "round_to": load.minor(r.rounding),
                "standard": r.code == "standard",
            }
            for r in load.rows(files.PriceListRow)
        ),
    )  # fmt: skip
    return {code: id for (code,), id in ids.items()}


def _payer_groups(load: Load, lists: Mapping[str, Id]) -> None:
    load.merge(
        billing.PayerGroup,
        ("code",),
        (
            {
                "code": r.code, "name": r.name, "price_list_id": lists[r.price_list], "active": True,
                "waives_under_five": r.waives_under_five, "waives_maternity": r.waives_maternity,
            }
            for r in load.rows(files.PayerGroupRow)
        ),
    )  # fmt: skip


def _services(load: Load, departments: Mapping[str, Id]) -> list[Item]:
    return [
        Item(
            kind=_kind_of_service(r.code), code=r.code, name=r.name, price=r.price,
            department_id=departments.get(r.department),
        )
        for r in load.rows(files.ServiceRow)
    ]  # fmt: skip


def _kind_of_service(code: str) -> ChargeKind:
    if code.startswith("consultation_"):
        return ChargeKind.CONSULTATION
    return ChargeKind.REGISTRATION if code in {"registration_card", "card_replacement"} else ChargeKind.SERVICE


def _items(load: Load, items: list[Item], standard: Id) -> None:
    """What can be charged, and its price on the standard list; a price that the clinic set is never touched."""
    ids = load.merge(
        billing.BillableItem,
        ("kind", "code"),
        (
            {
                "kind": item.kind, "code": item.code, "name": item.name, "department_id": item.department_id,
                "active": True, "search_words": search_words(400, *item.name.values(), item.more_words),
            }
            for item in items
        ),
    )  # fmt: skip
    if load.work.facility.currency.code != files.PRICED_IN:
        load.counts.unpriced = len(items)
    load.merge(
        billing.Price,
        ("price_list_id", "item_id"),
        (
            {"price_list_id": standard, "item_id": ids[item.kind, item.code], "amount": load.minor(item.price)}
            for item in items
        ),
    )
