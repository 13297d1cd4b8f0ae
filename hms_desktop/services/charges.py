"""Charges: what was done costs something, by itself. Steps that the desks call inside their own transactions.

Care is never held up by a missing price: what has none is charged with zero and stands on the bill as "no price", for
the cashier to see (`Charge.price_list_code` is then empty).
"""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import bills, prices
from hms_desktop.data.queries.prices import Quote
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import Adjustment, BillItem, Charge
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import ChargeKind, ClinicProfile
from hms_desktop.domain.errors import InvalidValue, NotFound, NotPaid
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.texts import pick
from hms_desktop.services.money.moves import move, open_bill
from hms_desktop.services.service import require


@dataclass(frozen=True, slots=True)
class ChargeMade:
    """A charge on the visit's bill. `amount` is the whole line's; zero when it is free or nobody has set a price."""

    charge_id: Id
    amount: Decimal
    unit_price: Decimal


def raise_charge(
    work: Work,
    *,
    visit_id: Id,
    patient_id: Id,
    kind: ChargeKind,
    item_code: str,
    quantity: int = 1,
    source_table: str,
    source_id: Id,
    description: str = "",
) -> ChargeMade:
    """Charge what a fact (`source_table`, `source_id`) brought about: the price comes from the patient's payer group,
    the line goes on the visit's one open bill. The same fact asked for again gives the charge it has.

    Raises NotFound (no such visit of this patient), InvalidValue (`quantity`), AlreadyExists (its charge is void).
    """
    if quantity < 1:
        raise InvalidValue(field="quantity", reason="not_positive")
    known = bills.charge_of(work, source_table, source_id, item_code)
    if known is not None and known.voided_at is None:
        return _made(work, known.id, known.amount, known.unit_price)
    visit = work.get(Visit, visit_id)
    if visit.patient_id != patient_id:
        raise NotFound(kind="visit", id=visit_id)
    payer = payer_group_of(work, visit)
    quote = prices.quote(work, kind, item_code, payer)
    bill = open_bill(work, visit, payer)
    unit = work.facility.currency.to_minor(ZERO if quote.price is None else quote.price)
    charge_id = work.insert(
        Charge, visit_id=visit_id, patient_id=patient_id, kind=kind, item_code=item_code, quantity=quantity,
        description=(description or _name(work, quote, item_code))[:200], unit_price=unit, amount=unit * quantity,
        price_list_code=quote.list_code, department_id=quote.department_id, day=work.today,
        source_table=source_table, source_id=source_id,
    )  # fmt: skip
    work.insert(BillItem, bill_id=bill.id, charge_id=charge_id, amount=unit * quantity, settled=0)
    move(work, bill, charged=unit * quantity)
    return _made(work, charge_id, unit * quantity, unit)


def payer_group_of(reader: Reader, visit: AnyRow) -> Id | None:
    """The visit's payer group, else the patient's."""
    group: Id | None = visit.payer_group_id or reader.get(Patient, visit.patient_id).payer_group_id
    return group


def _name(reader: Reader, quote: Quote, item_code: str) -> str:
    return pick(quote.name, reader.actor.language) or item_code.replace("_", " ")


def _made(reader: Reader, charge_id: Id, amount: int, unit: int) -> ChargeMade:
    money = reader.facility.currency.from_minor
    return ChargeMade(charge_id, money(amount), money(unit))


def void_charge(work: Work, charge_id: Id, reason: str) -> None:
    """Take a charge back: it stays, marked void, its bill asks for less, and what was waived of it is taken back too.
    Money that no line needs any more becomes a credit of the patient. Raises NotFound (also when it is void already),
    ReasonNeeded.
    """
    item = bills.item_of(work, charge_id)
    bill = bills.locked(work, item.bill_id)
    work.void(Charge, charge_id, reason)
    work.void(BillItem, item.id, reason, settled=0)
    reduced = 0
    for kind, category, amount in bills.reductions_of_line(work, charge_id):
        reduced += amount
        work.insert(
            Adjustment, bill_id=bill.id, charge_id=charge_id, kind=kind, category=category, amount=-amount,
            reason=reason.strip()[:300], day=work.today,
        )  # fmt: skip
    move(work, bill, charged=-item.amount, adjusted=-reduced)


def is_settled(reader: Reader, charge_id: Id) -> bool:
    """Whether a charge is paid, waived or free; a void one is not. Raises NotFound."""
    item = bills.item_of(reader, charge_id)
    return item.voided_at is None and item.settled >= item.amount


def must_be_paid(work: Work, charge_id: Id, *, emergency: bool) -> None:
    """In a clinic that is paid first: raises NotPaid unless the charge is settled. An emergency goes on, audited.

    Raises NotAllowed when somebody without `emergency.override` calls it an emergency.
    """
    if work.facility.profile is not ClinicProfile.PAY_FIRST or is_settled(work, charge_id):
        return
    charge = work.get(Charge, charge_id)
    amount = work.facility.currency.from_minor(charge.amount)
    if not emergency:
        raise NotPaid(item=charge.description, amount=amount)
    require(work.actor, "emergency.override")
    work.look("charges.emergency_override", "charge", charge_id, amount=amount)
