"""What was done and nobody has a price for yet: it stands on bills with nothing, and must not be forgotten there."""

from collections.abc import Sequence

from sqlalchemy import Exists, exists, select

from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.billing import Bill, BillItem, Charge
from hms_desktop.domain.bills import MOVABLE
from hms_desktop.domain.ids import Id

_bill, _item, _charge = table_of(Bill), table_of(BillItem), table_of(Charge)


def on_bill() -> Exists:
    """For a statement over `bill`: whether one of its lines has no price."""
    return exists().where(
        _item.c.bill_id == _bill.c.id, _item.c.voided_at.is_(None), _charge.c.id == _item.c.charge_id,
        _charge.c.price_list_code == "",
    )  # fmt: skip


def lines(reader: Reader, patient_id: Id) -> Sequence[AnyRow]:
    """The charges without a price on a patient's bills that still take charges, with bill and line; oldest first."""
    statement = (
        select(_charge, _item.c.id.label("line_id"), _item.c.bill_id)
        .join(_item, _item.c.charge_id == _charge.c.id)
        .join(_bill, _bill.c.id == _item.c.bill_id)
        .where(
            _bill.c.patient_id == patient_id, _bill.c.state.in_(sorted(MOVABLE)), _item.c.voided_at.is_(None),
            _charge.c.price_list_code == "",
        )
        .order_by(_item.c.id)
    )  # fmt: skip
    return reader.rows(statement)
