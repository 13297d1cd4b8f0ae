"""What a medicine, a test or a service costs stands on one priced item. A step of the catalogue's pages."""

from decimal import Decimal
from typing import Any

from hms_desktop.data.queries import prices as queries
from hms_desktop.data.queries.administration import catalogue
from hms_desktop.data.tables.billing import BillableItem
from hms_desktop.data.work import Work
from hms_desktop.domain.administration import entries
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.services.catalogues.merge import search_words
from hms_desktop.services.prices import put_price
from hms_desktop.services.service import require


def keep_item(
    work: Work, kind: ChargeKind, code: str, names: dict[str, str], *, active: bool, price: Decimal | None,
    department_code: str,
) -> None:  # fmt: skip
    """Step: the priced item of a catalogue row follows its name and whether it is offered; `price` None leaves the
    standard price. Raises NotAllowed (another price without the right), InvalidValue (`price`).
    """
    values: dict[str, Any] = {"name": names, "search_words": search_words(400, *names.values()), "active": active}
    row = queries.item_by_code(work, kind, code)
    if row is None:
        department = catalogue.department_coded(work, department_code)
        item_id = work.insert(BillableItem, kind=kind, code=code, department_id=department, **values)
    else:
        item_id = row.id
        if any(row._mapping[name] != value for name, value in values.items()):
            work.change(BillableItem, item_id, **values)
    if price is not None:
        keep_standard_price(work, item_id, price)


def keep_standard_price(work: Work, item_id: Id, price: Decimal) -> None:
    """Step: the standard price, where it is another one. Raises NotAllowed, InvalidValue (`price`)."""
    standard = queries.standard_list(work)
    if queries.price_on(work, item_id, standard) == price:
        return
    require(work.actor, "prices.correct")
    put_price(work, standard.id, item_id, entries.not_negative("price", price))
