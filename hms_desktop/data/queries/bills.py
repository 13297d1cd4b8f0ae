"""Bills under their lock, their lines, and the reductions on them: what the services that move a bill need."""

from collections.abc import Collection

from sqlalchemy import and_, func, select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import Adjustment, Bill, BillItem, Charge
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import AdjustmentKind
from hms_desktop.domain.bills import MOVABLE, Line, Standing
from hms_desktop.domain.errors import NotFound
from hms_desktop.domain.ids import Id


def locked(work: Work, bill_id: Id) -> AnyRow:
    """The bill as it stands now, kept from every other station until the work ends. Raises NotFound."""
    return locked_all(work, {bill_id})[0]


def locked_all(work: Work, bill_ids: Collection[Id]) -> list[AnyRow]:
    """These bills, oldest first, each kept from other stations. Raises NotFound when one of them is not there."""
    bill = table_of(Bill)
    statement = select(bill).where(bill.c.id.in_(sorted(bill_ids))).order_by(bill.c.id).with_for_update()
    found = work.rows(statement)
    for missing in sorted(set(bill_ids) - {row.id for row in found}):
        raise NotFound(kind="bill", id=missing)
    return sorted(found, key=lambda row: (row.day, row.id))


def open_bill(reader: Reader, visit_id: Id) -> Id | None:
    """The one bill of a visit that still takes charges."""
    found: Id | None = reader.scalar(select(Bill.id).where(Bill.open_key == visit_id))
    return found


def movable_bills(reader: Reader, patient_id: Id) -> list[Id]:
    """Every bill of a patient on which money can move."""
    where = and_(Bill.patient_id == patient_id, Bill.state.in_(sorted(MOVABLE)))
    return [row.id for row in reader.rows(select(Bill.id).where(where).order_by(Bill.day, Bill.id))]


def standing(row: AnyRow) -> Standing:
    """The figures of a bill's row."""
    return Standing(row.charged, row.adjusted, row.rounded, row.paid, row.refunded, row.pending)


def live_lines(reader: Reader, bill_id: Id) -> list[Line]:
    """The lines of a bill that are not void, oldest first."""
    item = table_of(BillItem)
    statement = (
        select(item.c.charge_id, item.c.amount, item.c.settled)
        .where(item.c.bill_id == bill_id, item.c.voided_at.is_(None))
        .order_by(item.c.id)
    )
    return [Line(row.charge_id, row.amount, row.settled) for row in reader.rows(statement)]


def item_of(reader: Reader, charge_id: Id) -> AnyRow:
    """The bill line of a charge. Raises NotFound."""
    item = table_of(BillItem)
    found = reader.first(select(item).where(item.c.charge_id == charge_id))
    if found is None:
        raise NotFound(kind="charge", id=charge_id)
    return found


def charge_of(reader: Reader, source_table: str, source_id: Id, item_code: str) -> AnyRow | None:
    """The charge that a fact raised for an item, void or not."""
    charge = table_of(Charge)
    return reader.first(
        select(charge).where(
            charge.c.source_table == source_table, charge.c.source_id == source_id, charge.c.item_code == item_code
        )
    )


def reductions_of_line(reader: Reader, charge_id: Id) -> list[tuple[AdjustmentKind, str, int]]:
    """Kind, category and sum of what lowers one line."""
    total = func.sum(Adjustment.amount)
    statement = (
        select(Adjustment.kind, Adjustment.category, total.label("total"))
        .where(Adjustment.charge_id == charge_id)
        .group_by(Adjustment.kind, Adjustment.category)
        .order_by(Adjustment.kind, Adjustment.category)
    )
    return [(row.kind, row.category, int(row.total)) for row in reader.rows(statement) if row.total]


def reduced_so_far(reader: Reader, bill_id: Id) -> int:
    """Waivers, discounts and write-offs on a bill, without rounding."""
    total = select(func.coalesce(func.sum(Adjustment.amount), 0)).where(
        Adjustment.bill_id == bill_id, Adjustment.kind != AdjustmentKind.ROUNDING
    )
    return int(reader.scalar(total))
