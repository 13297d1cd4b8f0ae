"""Price lists, what can be charged, and what it costs for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, select

from hms_desktop.data.base import Base, table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import BillableItem, PayerGroup, Price, PriceList
from hms_desktop.data.tables.facility import Department
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.domain.prices import ItemRow, PriceListRow, list_price
from hms_desktop.domain.texts import pick


@dataclass(frozen=True, slots=True)
class Quote:
    """What one unit of something costs a payer. `price` is None where nobody has set one; `name` by language."""

    item_id: Id | None
    name: Mapping[str, str] | str
    department_id: Id | None
    list_code: str
    price: Decimal | None


def list_of_payer(reader: Reader, payer_group_id: Id | None) -> AnyRow:
    """The price list of a payer group; the standard list without one."""
    lists = table_of(PriceList)
    if payer_group_id is not None:
        group = table_of(PayerGroup)
        joined = select(lists).join(group, group.c.price_list_id == lists.c.id)
        found = reader.first(joined.where(group.c.id == payer_group_id, lists.c.voided_at.is_(None)))
        if found is not None:
            return found
    return standard_list(reader)


def standard_list(reader: Reader) -> AnyRow:
    """The list that the others are worked out from; every clinic is made with one."""
    lists = table_of(PriceList)
    found = reader.first(select(lists).where(lists.c.standard).order_by(lists.c.created_at))
    assert found is not None
    return found


def quote(reader: Reader, kind: ChargeKind, code: str, payer_group_id: Id | None) -> Quote:
    """The price of an item for a payer group. An item that the catalogue does not have has no price."""
    chosen = list_of_payer(reader, payer_group_id)
    item = item_by_code(reader, kind, code)
    if item is None:
        return Quote(None, "", None, "", None)
    price = price_on(reader, item.id, chosen)
    return Quote(item.id, item.name, item.department_id, chosen.code if price is not None else "", price)


def item_by_code(reader: Reader, kind: ChargeKind, code: str) -> AnyRow | None:
    """The item of this kind and code, also when it is not offered any more."""
    table = table_of(BillableItem)
    return reader.first(select(table).where(table.c.kind == kind, table.c.code == code, table.c.voided_at.is_(None)))


def price_on(reader: Reader, item_id: Id, price_list: AnyRow) -> Decimal | None:
    """What an item costs on a list, or None where nobody has set a price."""
    standard_id = standard_list(reader).id
    where = and_(
        Price.item_id == item_id, Price.price_list_id.in_({price_list.id, standard_id}), Price.voided_at.is_(None)
    )
    rows = reader.rows(select(Price.price_list_id, Price.amount).where(where))
    found = {row.price_list_id: row.amount for row in rows}
    return _price(reader, found.get(price_list.id), found.get(standard_id), price_list)


def _price(reader: Reader, own: int | None, standard: int | None, price_list: Any) -> Decimal | None:
    currency = reader.facility.currency
    return list_price(
        None if own is None else currency.from_minor(own),
        None if standard is None else currency.from_minor(standard),
        price_list.multiplier,
        currency.from_minor(price_list.round_to),
        currency,
    )


def multiplied(reader: Reader, price: Decimal, multiplier: Decimal, round_to: Decimal) -> Decimal:
    """A price as a list with this multiplier and rounding would make it."""
    made = list_price(None, price, multiplier, round_to, reader.facility.currency)
    assert made is not None
    return made


def codes(reader: Reader, mapped: type[Base]) -> set[str]:
    """The codes of all rows of a table of codes, void ones too."""
    return {row.code for row in reader.rows(select(table_of(mapped).c.code))}


def price_row(reader: Reader, item_id: Id, price_list_id: Id) -> AnyRow | None:
    """The row that holds a list's own price of an item, also when it was taken back."""
    table = table_of(Price)
    return reader.first(select(table).where(table.c.item_id == item_id, table.c.price_list_id == price_list_id))


def price_lists(reader: Reader) -> list[PriceListRow]:
    """All price lists, the standard one first."""
    lists = table_of(PriceList)
    count = (
        select(func.count())
        .where(Price.price_list_id == lists.c.id, Price.voided_at.is_(None))
        .correlate(lists)
        .scalar_subquery()
        .label("own_prices")
    )
    statement = select(lists, count).where(lists.c.voided_at.is_(None)).order_by(lists.c.standard.desc(), lists.c.name)
    money = reader.facility.currency.from_minor
    return [
        PriceListRow(r.id, r.code, r.name, r.multiplier, money(r.round_to), r.standard, r.own_prices, r.version)
        for r in reader.rows(statement)
    ]


def items(
    reader: Reader, price_list: AnyRow, *, kinds: frozenset[ChargeKind] = frozenset(), only_active: bool = True
) -> list[ItemRow]:
    """What can be charged with its price on a list, by name; all kinds when none is named."""
    item, department = table_of(BillableItem), table_of(Department)
    own, standard = table_of(Price).alias("own"), table_of(Price).alias("base")
    standard_id = standard_list(reader).id
    statement = (
        select(
            item,
            department.c.name.label("department"),
            own.c.amount.label("own"),
            own.c.version.label("own_version"),
            standard.c.amount.label("base"),
        )
        .outerjoin(department, department.c.id == item.c.department_id)
        .outerjoin(own, _of_list(own, item, price_list.id))
        .outerjoin(standard, _of_list(standard, item, standard_id))
        .where(item.c.voided_at.is_(None))
    )
    if kinds:
        statement = statement.where(item.c.kind.in_(sorted(kinds)))
    if only_active:
        statement = statement.where(item.c.active)
    found = [_item(reader, row, price_list) for row in reader.rows(statement)]
    return sorted(found, key=lambda row: (fold(row.name), row.code))


def _of_list(price: Any, item: Any, list_id: Id) -> Any:
    return and_(price.c.item_id == item.c.id, price.c.price_list_id == list_id, price.c.voided_at.is_(None))


def _item(reader: Reader, row: Any, price_list: AnyRow) -> ItemRow:
    standard = None if row.base is None else reader.facility.currency.from_minor(row.base)
    return ItemRow(
        row.id, ChargeKind(row.kind), row.code, pick(row.name, reader.actor.language), row.department or "", standard,
        _price(reader, row.own, row.base, price_list), row.own is not None, row.active, row.search_words, row.version,
        row.own_version or 0,
    )  # fmt: skip
