"""Medicines and batches for tests, written the way deliveries are."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from hms_desktop.data.queries.prices import standard_list
from hms_desktop.data.tables.billing import BillableItem, Price
from hms_desktop.data.tables.pharmacy import Medication, StockLocation
from hms_desktop.domain.accounts import SYSTEM
from hms_desktop.domain.billing import ChargeKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import fold
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.goods_receipts import ReceivedLine, ReceiveStock, take_in

TODAY = date(2026, 3, 5)
SOON = TODAY + timedelta(days=60)
LATER = TODAY + timedelta(days=400)
EXPIRED = TODAY - timedelta(days=31)


def make_medicine(
    clinic: Clinic, generic: str = "amoxicillin", strength: str = "500 mg", *, mg: str | None = "500",
    ingredients: Sequence[str] = (), classes: Sequence[str] = (), tall_man: str = "", reorder_level: int = 0,
    pack_size: int = 1, unit: str = "capsule", price: int | None = 5, barcode: str = "",
) -> Id:  # fmt: skip
    """A medicine of the formulary with a price (None: none) in the clinic's currency."""
    code = f"{generic}_{strength}".replace(" ", "_")
    with clinic.work(SYSTEM, "tests.make_medicine") as work:
        made = work.insert(
            Medication, code=code, generic=generic, generic_folded=fold(generic), generic_names={"en": generic},
            tall_man=tall_man, strength=strength, form=unit, unit=unit, pack_size=pack_size, route="oral",
            search_words=fold(f"{generic} {strength}"), drug_classes=list(classes),
            ingredients=list(ingredients or [generic]), formulary=True, active=True, reorder_level=reorder_level,
            mg_per_unit=Decimal(mg) if mg else None, barcode=barcode,
        )  # fmt: skip
        if price is not None:
            item = work.insert(
                BillableItem, kind=ChargeKind.DRUG, code=code, name={"en": f"{generic} {strength}"}, search_words=code,
                active=True,
            )  # fmt: skip
            work.insert(Price, price_list_id=standard_list(work).id, item_id=item, amount=price * 100)
        work.finish()
    return made


def make_stock(
    clinic: Clinic, medication_id: Id, quantity: int, *, batch: str = "B1", expiry: date = LATER, cost: str = "2",
    location_id: Id | None = None, day: date | None = None,
) -> Id:  # fmt: skip
    """A delivery of one batch; an expired one came while it was still good. Returns the batch."""
    line = ReceivedLine(
        medication_id=medication_id, batch=batch, expiry=expiry, quantity=quantity, unit_cost=Decimal(cost)
    )
    with clinic.work(SYSTEM, "tests.make_stock") as work:
        received = take_in(work, ReceiveStock(lines=(line,), location_id=location_id), day or min(expiry, TODAY))
        work.finish()
    return received.batch_ids[0]


def make_location(clinic: Clinic, code: str, *, dispensing: bool = True) -> Id:
    """Another place where stock lies."""
    with clinic.work(SYSTEM, "tests.make_location") as work:
        made = work.insert(StockLocation, code=code, name=code.capitalize(), dispensing=dispensing)
        work.finish()
    return made


def shelf(clinic: Clinic) -> Id:
    """The location of the test station."""
    with clinic.read(SYSTEM) as reader:
        found: Id = reader.scalar(select(StockLocation.id).where(StockLocation.code == "main"))
    return found
