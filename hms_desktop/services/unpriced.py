"""The way out for what stands on a bill without a price: somebody sets the price, then the line asks for it."""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import bills, prices
from hms_desktop.data.queries import unpriced as queries
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.billing import BillItem, Charge
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import NoPriceYet
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.services.charges import payer_group_of
from hms_desktop.services.money.moves import move
from hms_desktop.services.service import writes


@dataclass(frozen=True, kw_only=True)
class PriceLines(Command):
    """Let the lines of a patient that have no price ask for what the price list says now."""

    patient_id: Id


@dataclass(frozen=True, slots=True)
class LinesPriced:
    """How many lines have a price now, what they ask for together, and what still has none."""

    lines: int
    amount: Decimal
    left: tuple[str, ...]


@writes("billing.charge")
def price_lines(work: Work, command: PriceLines) -> LinesPriced:
    """Price what had no price when it was done, as the payer pays today. Raises NoPriceYet when nothing has one."""
    waiting = queries.lines(work, command.patient_id)
    held = bills.locked_all(work, {row.bill_id for row in waiting}) if waiting else []
    waiting = queries.lines(work, command.patient_id) if held else []
    left: list[str] = []
    amount, priced = 0, 0
    for bill in held:
        more = 0
        for row in (each for each in waiting if each.bill_id == bill.id):
            asked = _price(work, row)
            if asked is None:
                left.append(row.description)
                continue
            more, priced = more + asked, priced + 1
        if more:
            move(work, bill, charged=more)
        amount += more
    if left and not priced:
        raise NoPriceYet(items=", ".join(left))
    money = work.facility.currency.from_minor
    return LinesPriced(priced, money(amount) if amount else ZERO, tuple(left))


def _price(work: Work, charge: AnyRow) -> int | None:
    """What the whole line asks for from now on (minor units); None where there is still no price."""
    payer = payer_group_of(work, work.get(Visit, charge.visit_id))
    quote = prices.quote(work, ChargeKind(charge.kind), charge.item_code, payer)
    if quote.price is None:
        return None
    unit = work.facility.currency.to_minor(quote.price)
    amount = unit * int(charge.quantity)
    work.change(
        Charge, charge.id, unit_price=unit, amount=amount, price_list_code=quote.list_code,
        department_id=quote.department_id,
    )  # fmt: skip
    work.change(BillItem, charge.line_id, amount=amount)
    return amount
