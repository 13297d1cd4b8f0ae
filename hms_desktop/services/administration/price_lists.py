"""What the pages of services, prices and payer groups need beside `services/prices.py`: whole rows, and taking away."""

from dataclasses import dataclass

from hms_desktop.data.queries.administration import catalogue as queries
from hms_desktop.data.queries.administration.users import hold
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.billing import PriceList
from hms_desktop.data.work import Work
from hms_desktop.domain.administration.catalogue import PayerRow, ServiceRow
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InUse, InvalidValue
from hms_desktop.domain.ids import Id
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class VoidPriceList(Command):
    """Take a price list away that nobody pays by."""

    price_list_id: Id
    version: int
    reason: str


@reads("catalogue.view")
def list_services(reader: Reader) -> list[ServiceRow]:
    """Everything that is charged by hand, with its names in both languages and its standard price."""
    return queries.services(reader)


@reads("catalogue.view")
def list_payers(reader: Reader) -> list[PayerRow]:
    """All payer groups with their names in both languages."""
    return queries.payers(reader)


@writes("prices.correct")
def void_price_list(work: Work, command: VoidPriceList) -> Id:
    """Take a list away; charges that were made by it keep their price. Raises InvalidValue (the standard list), InUse,
    ReasonNeeded, StaleRecord, NotFound.
    """
    hold(work)
    row = work.get(PriceList, command.price_list_id)
    if row.standard:
        raise InvalidValue(field="price_list", reason="standard_list")
    count = queries.payers_on(work, row.id)
    if count:
        raise InUse(kind="price_list", name=row.name, count=count, users="payer_group")
    work.void(PriceList, row.id, command.reason, command.version)
    return command.price_list_id
