"""What the training clinic has on its shelves: suppliers and deliveries of the last months, received as always."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from hms_desktop.data.queries.catalogue_rows import by_key
from hms_desktop.data.tables.pharmacy import Medication, Supplier
from hms_desktop.domain.accounts import SYSTEM, Actor
from hms_desktop.domain.names import fold
from hms_desktop.interop.demo_clinic import StockRow, SupplierRow
from hms_desktop.services.clinic import Clinic
from hms_desktop.services.goods_receipts import ReceivedLine, ReceiveStock, receive_stock

DELIVERED_DAYS_AGO = 110
"""Before the oldest expired batch of the shelf had expired."""

LINES_A_DELIVERY = 40


def fill_shelves(
    clinic: Clinic, pharmacist: Actor, suppliers: Sequence[SupplierRow], stock: Sequence[StockRow], today: date
) -> None:
    """Suppliers, and their deliveries. The clinic's clock must stand at the day of delivery."""
    names = {row.code: row.name for row in suppliers}
    with clinic.work(SYSTEM, "training.suppliers") as work:
        work.insert_many(
            Supplier,
            [
                {
                    "name": row.name, "name_folded": fold(row.name), "phone": row.phone, "email": row.email,
                    "address": row.address,
                }
                for row in suppliers
            ],
        )  # fmt: skip
        medicines = {code: row.id for (code,), row in by_key(work, Medication, ("code",)).items()}
        work.finish()
    lines: dict[str, list[ReceivedLine]] = defaultdict(list)
    for row in stock:
        line = ReceivedLine(
            medication_id=medicines[row.medicine], batch=row.batch, quantity=row.quantity, unit_cost=row.cost,
            expiry=today + timedelta(days=row.days_to_expiry),
        )  # fmt: skip
        lines[names[row.supplier]].append(line)
    for supplier, wanted in lines.items():
        for start in range(0, len(wanted), LINES_A_DELIVERY):
            part = tuple(wanted[start : start + LINES_A_DELIVERY])
            invoice = f"INV-{1000 + start}"
            receive_stock(clinic, pharmacist, ReceiveStock(lines=part, supplier=supplier, invoice=invoice))
