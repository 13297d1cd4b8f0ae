"""What tests of dispensing ask again and again: an item's state, a shelf, whether the books agree."""

from typing import Any

from sqlalchemy import select

from hms_desktop.data.queries.checks.books import book_findings
from hms_desktop.data.queries.checks.stock import stock_findings
from hms_desktop.data.tables.billing import Bill, Charge
from hms_desktop.data.tables.pharmacy import Dispensing, StockMovement
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.pharmacy.lines import GiveItem
from hms_desktop.services.stock import available
from tests.make.prescriptions import Sheet


def wish(clinic: Clinic, item_id: Id, quantity: int = 21, **more: Any) -> GiveItem:
    """Give so many units of an item, as it stands now."""
    with clinic.read(SYSTEM) as reader:
        version = reader.get(PrescriptionItem, item_id).version
    return GiveItem(item_id=item_id, version=version, quantity=quantity, **more)


def everything(clinic: Clinic, sheet: Sheet, quantity: int = 21) -> tuple[GiveItem, ...]:
    """Give so many units of every item."""
    return tuple(wish(clinic, item, quantity) for item in sheet.items)


def item_state(clinic: Clinic, item_id: Id) -> tuple[ItemState, int]:
    """State and units given."""
    with clinic.read(SYSTEM) as reader:
        row = reader.get(PrescriptionItem, item_id)
    return ItemState(row.state), row.dispensed


def sheet_state(clinic: Clinic, sheet: Sheet) -> PrescriptionState:
    """The prescription's status."""
    with clinic.read(SYSTEM) as reader:
        return PrescriptionState(reader.get(Prescription, sheet.prescription_id).status)


def left(clinic: Clinic, medication_id: Id) -> int:
    """Units that may be given."""
    with clinic.read(SYSTEM) as reader:
        return available(reader, medication_id)


def movements(clinic: Clinic, kind: str) -> list[Any]:
    """Movements of a kind, oldest first."""
    with clinic.read(SYSTEM) as reader:
        return list(reader.rows(select(StockMovement).where(StockMovement.kind == kind).order_by(StockMovement.id)))


def charges(clinic: Clinic) -> list[tuple[str, int, int, bool]]:
    """Item, quantity, amount in whole money, void or not."""
    with clinic.read(SYSTEM) as reader:
        rows = reader.rows(select(Charge).order_by(Charge.id))
    return [(row.item_code, row.quantity, row.amount // 100, row.voided_at is not None) for row in rows]


def bills(clinic: Clinic) -> list[Any]:
    """All bills."""
    with clinic.read(SYSTEM) as reader:
        return list(reader.rows(select(Bill)))


def dispensings(clinic: Clinic) -> list[Any]:
    """All dispensings, oldest first."""
    with clinic.read(SYSTEM) as reader:
        return list(reader.rows(select(Dispensing).order_by(Dispensing.id)))


def sound(clinic: Clinic) -> bool:
    """Whether the stock ledger and the books agree."""
    with clinic.store.reading() as connection:
        found = [*stock_findings(connection), *book_findings(connection)]
    assert found == []
    return True
