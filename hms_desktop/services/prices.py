"""Price lists: what is on them, what it costs for whom, and how the clinic changes that."""

import re
from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.base import Base
from hms_desktop.data.queries import prices as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.billing import BillableItem, PayerGroup, Price, PriceList
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.administration.entries import code_from
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import AlreadyExists, InvalidValue, StaleRecord
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prices import ItemRow, PriceListRow, matching
from hms_desktop.domain.texts import pick
from hms_desktop.services.catalogues.merge import search_words
from hms_desktop.services.charges import payer_group_of
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class SetPrice(Command):
    """What an item costs on a list; None takes the list's own price back, so that the multiplier holds again.
    `version` is that of the own price which the person saw (0: there was none); None: whatever it is.
    """

    price_list_id: Id
    item_id: Id
    amount: Decimal | None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class SavePriceList(Command):
    """A price list, new without `id`. Standard prices are multiplied and rounded to `round_to` (0: not rounded)."""

    id: Id | None = None
    version: int | None = None
    code: str = ""
    name: str
    multiplier: Decimal = Decimal(1)
    round_to: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class CopyPrices(Command):
    """A new list with the prices of another, each multiplied, rounded and from then on its own."""

    source_id: Id
    code: str
    name: str
    multiplier: Decimal = Decimal(1)
    round_to: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class SaveItem(Command):
    """Something that can be charged, new without `id`. `name` is by language; `price` is the standard one."""

    id: Id | None = None
    version: int | None = None
    kind: ChargeKind = ChargeKind.SERVICE
    code: str = ""
    name: dict[str, str]
    department_id: Id | None = None
    active: bool = True
    price: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SavePayerGroup(Command):
    """Who pays how, new without `id`."""

    id: Id | None = None
    version: int | None = None
    code: str = ""
    name: dict[str, str]
    price_list_id: Id
    waives_under_five: bool = False
    waives_maternity: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Saved:
    """The row that was saved."""

    id: Id


@reads("billing.view")
def find_items(
    reader: Reader, text: str = "", visit_id: Id | None = None, kinds: frozenset[ChargeKind] = frozenset(),
    limit: int = 30,
) -> list[ItemRow]:  # fmt: skip
    """Items to charge by hand, found by words or code, at the price of the visit's payer."""
    payer = None if visit_id is None else payer_group_of(reader, reader.get(Visit, visit_id))
    return matching(queries.items(reader, queries.list_of_payer(reader, payer), kinds=kinds), text, limit)


@reads("catalogue.view")
def price_lists(reader: Reader) -> list[PriceListRow]:
    """All price lists, the standard one first."""
    return queries.price_lists(reader)


@reads("catalogue.view")
def price_items(
    reader: Reader, price_list_id: Id, text: str = "", kinds: frozenset[ChargeKind] = frozenset(), limit: int = 1000
) -> list[ItemRow]:
    """What can be charged, with its price on a list; items that are not offered any more too."""
    chosen = reader.get(PriceList, price_list_id)
    return matching(queries.items(reader, chosen, kinds=kinds, only_active=False), text, limit)


@writes("prices.correct")
def set_price(work: Work, command: SetPrice) -> Saved:
    """Set an item's own price on a list, or take it back. Raises InvalidValue, NotFound, StaleRecord."""
    chosen = work.get(PriceList, command.price_list_id)
    work.get(BillableItem, command.item_id)
    if chosen.standard and command.amount is None:
        raise InvalidValue(field="amount", reason="required")
    row = queries.price_row(work, command.item_id, command.price_list_id)
    found = row if row is not None and row.voided_at is None else None
    if command.version not in (None, found.version if found else 0):
        current = None if found is None else work.facility.currency.from_minor(found.amount)
        raise StaleRecord(kind="price", id=command.item_id, current={"amount": current})
    return Saved(put_price(work, command.price_list_id, command.item_id, command.amount))


def put_price(work: Work, price_list_id: Id, item_id: Id, amount: Decimal | None) -> Id:
    """Step: an item's own price on a list; None takes it back. Charges that were made keep their price."""
    row = queries.price_row(work, item_id, price_list_id)
    if amount is None:
        if row is not None and row.voided_at is None:
            work.change(Price, row.id, voided_at=work.now, voided_by=work.actor.user_id, void_reason="taken_back")
        return item_id
    minor = work.facility.currency.to_minor(amount)
    if minor < 0:
        raise InvalidValue(field="price", reason="money", digits=work.facility.currency.digits)
    if row is None:
        return work.insert(Price, price_list_id=price_list_id, item_id=item_id, amount=minor)
    work.change(Price, row.id, amount=minor, voided_at=None, voided_by=None, void_reason=None)
    return item_id


@writes("prices.correct")
def save_price_list(work: Work, command: SavePriceList) -> Saved:
    """Save a price list. Raises InvalidValue, AlreadyExists, StaleRecord."""
    values = _list_values(work, command.name, command.multiplier, command.round_to)
    if command.id is not None:
        if work.get(PriceList, command.id).standard and command.multiplier != 1:
            raise InvalidValue(field="multiplier", reason="choice", value=str(command.multiplier))
        work.change(PriceList, command.id, command.version, **values)
        return Saved(command.id)
    return Saved(
        work.insert(PriceList, code=_free_code(work, PriceList, command.code, command.name), standard=False, **values)
    )


@writes("prices.correct")
def copy_prices(work: Work, command: CopyPrices) -> Saved:
    """A new list whose every price is its own. Raises InvalidValue, AlreadyExists, NotFound."""
    source = work.get(PriceList, command.source_id)
    values = _list_values(work, command.name, command.multiplier, command.round_to)
    code = _free_code(work, PriceList, command.code, command.name)
    made = work.insert(PriceList, code=code, standard=False, **{**values, "multiplier": Decimal(1)})
    for item in queries.items(work, source, only_active=False):
        if item.price is not None:
            price = queries.multiplied(work, item.price, command.multiplier, command.round_to)
            put_price(work, made, item.id, price)
    return Saved(made)


def _list_values(work: Work, name: str, multiplier: Decimal, round_to: Decimal) -> dict[str, object]:
    if not name.strip():
        raise InvalidValue(field="name", reason="required")
    if multiplier < 0:
        raise InvalidValue(field="multiplier", reason="range", low=0, high=1000)
    return {"name": name.strip(), "multiplier": multiplier, "round_to": work.facility.currency.to_minor(round_to)}


@writes("prices.correct")
def save_item(work: Work, command: SaveItem) -> Saved:
    """Save something that can be charged, with its standard price. Raises InvalidValue, AlreadyExists, StaleRecord."""
    name = {language: text.strip() for language, text in command.name.items() if text.strip()}
    if not name:
        raise InvalidValue(field="name", reason="required")
    values = {
        "name": name, "department_id": command.department_id, "active": command.active,
        "search_words": search_words(400, *name.values()),
    }  # fmt: skip
    if command.id is not None:
        work.change(BillableItem, command.id, command.version, **values)
        item_id = command.id
    else:
        if command.code.strip():
            code = _code(command.code)
        else:
            code = code_from(pick(name, "en"), queries.codes(work, BillableItem))
        if queries.item_by_code(work, command.kind, code) is not None:
            raise AlreadyExists(kind="billable_item", field="code", value=code)
        item_id = work.insert(BillableItem, kind=command.kind, code=code, **values)
    if command.price is not None:
        put_price(work, queries.standard_list(work).id, item_id, command.price)
    return Saved(item_id)


@writes("prices.correct")
def save_payer_group(work: Work, command: SavePayerGroup) -> Saved:
    """Save a payer group. Raises InvalidValue, AlreadyExists, StaleRecord, NotFound (its list)."""
    name = {language: text.strip() for language, text in command.name.items() if text.strip()}
    if not name:
        raise InvalidValue(field="name", reason="required")
    work.get(PriceList, command.price_list_id)
    values = {
        "name": name, "price_list_id": command.price_list_id, "waives_under_five": command.waives_under_five,
        "waives_maternity": command.waives_maternity, "active": command.active,
    }  # fmt: skip
    if command.id is not None:
        work.change(PayerGroup, command.id, command.version, **values)
        return Saved(command.id)
    return Saved(work.insert(PayerGroup, code=_free_code(work, PayerGroup, command.code, *name.values()), **values))


def _code(text: str) -> str:
    """A code as catalogues write it. Raises InvalidValue."""
    code = re.sub(r"[\s-]+", "_", text.strip().casefold())
    if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", code) is None:
        raise InvalidValue(field="code", reason="format", value=text)
    return code


def _free_code(work: Work, mapped: type[Base], text: str, *names: str) -> str:
    """A code that no row has, made from the name when none was typed. Raises InvalidValue, AlreadyExists."""
    taken = queries.codes(work, mapped)
    if not text.strip():
        return code_from(names[0], taken)
    code = _code(text)
    if code in taken:
        raise AlreadyExists(kind=mapped.__tablename__, field="code", value=code)
    return code
