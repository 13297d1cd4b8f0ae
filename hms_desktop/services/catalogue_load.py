"""Brings the program's own lists into a clinic: diagnoses, medicines, tests, services, prices, departments, payers.

Runs as often as one likes: what is there stays. A shipped row that the program has corrected since is corrected in the
clinic too, but only while nobody of the clinic has changed it. Files and columns: `interop/catalogues.py`.
"""

from collections.abc import Mapping
from pathlib import Path

from hms_desktop.data.queries.catalogue_rows import by_key
from hms_desktop.data.tables import billing, facility
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.interop import catalogues as files
from hms_desktop.services.catalogues import clinical
from hms_desktop.services.catalogues.merge import Counts, Item, Load, search_words


def load_catalogues(work: Work, folder: Path) -> Counts:
    """Load every list in `folder` into the clinic. Runs as SYSTEM. Raises BadInput for a file that can't be read.

    Names that a table keeps in one language only are taken in English.
    """
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
        load.counts.unpriced = len(items)  # no price is not a price of nothing
        return
    load.merge(
        billing.Price,
        ("price_list_id", "item_id"),
        (
            {"price_list_id": standard, "item_id": ids[item.kind, item.code], "amount": load.minor(item.price)}
            for item in items
        ),
    )
