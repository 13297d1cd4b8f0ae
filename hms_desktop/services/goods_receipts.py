"""Receiving stock: a delivery becomes batches and movements, with a number and what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hms_desktop.data.queries import stock as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.pharmacy import GoodsReceipt, Medication, StockBatch, Supplier
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, NotFound
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.names import fold
from hms_desktop.domain.pharmacy import MovementKind, is_expired
from hms_desktop.services.service import reads, writes
from hms_desktop.services.stock import move, shelf

MOST_UNITS = 1_000_000
"""No delivery of one batch reaches this; a larger figure is a slip of the finger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine:
    """Units of one batch. `unit_cost` is of one dispensing unit, in the clinic's currency."""

    medication_id: Id
    batch: str
    expiry: date
    quantity: int
    unit_cost: Decimal = ZERO
    barcode: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiveStock(Command):
    """A delivery. `supplier` is a name, known or new; `location_id` None means the station's own shelf."""

    lines: tuple[ReceivedLine, ...]
    supplier: str = ""
    invoice: str = ""
    location_id: Id | None = None


@dataclass(frozen=True, slots=True)
class StockReceived:
    """What the delivery became."""

    receipt_id: Id
    number: str
    total_cost: Decimal
    batch_ids: tuple[Id, ...]
    kept_cost: tuple[str, ...] = ()
    """Numbers of batches that were here at another cost, which they keep."""


@reads("pharmacy.view")
def supplier_names(reader: Reader) -> list[str]:
    """Names of all suppliers, by name."""
    return queries.supplier_names(reader)


@writes("pharmacy.receive")
def receive_stock(work: Work, command: ReceiveStock) -> StockReceived:
    """Take a delivery in. Raises InvalidValue (`lines.N.field`), NotFound."""
    return take_in(work, command, work.today)


def take_in(work: Work, command: ReceiveStock, day: date) -> StockReceived:
    """The step of `receive_stock`, for whoever writes a delivery inside a transaction of their own.

    `day` is the day in the books; a batch must not be expired on it.
    """
    if not command.lines:
        raise InvalidValue(field="lines", reason="required")
    for index, line in enumerate(command.lines):
        _check(work, line, day, f"lines.{index}.")
    location = shelf(work, command.location_id)
    currency = work.facility.currency
    total = total_of(command.lines)
    supplier = _supplier(work, command.supplier)
    number = work.number(NumberKind.GOODS_RECEIPT)
    receipt = work.insert(
        GoodsReceipt, number=number, supplier_id=supplier, location_id=location,
        invoice_number=command.invoice.strip(), day=day, received_at=work.now, total_cost=currency.to_minor(total),
    )  # fmt: skip
    kept_cost = tuple(dict.fromkeys(batch_number(line.batch) for line in command.lines if _costs_else(work, line)))
    batches = tuple(_take_line(work, line, index, receipt, supplier) for index, line in enumerate(command.lines))
    for batch, line in sorted(zip(batches, command.lines, strict=True), key=lambda pair: pair[0]):
        move(
            work, batch_id=batch, location_id=location, kind=MovementKind.RECEIPT, quantity=line.quantity,
            source_table="goods_receipt", source_id=receipt, day=day,
        )  # fmt: skip
    return StockReceived(receipt, number, currency.exact(total), batches, kept_cost)


def _check(work: Work, line: ReceivedLine, day: date, at: str) -> None:
    if not batch_number(line.batch):
        raise InvalidValue(field=f"{at}batch", reason="required")
    if not 1 <= line.quantity <= MOST_UNITS:
        raise InvalidValue(field=f"{at}quantity", reason="range", value=line.quantity, low=1, high=MOST_UNITS)
    if line.unit_cost < 0:
        raise InvalidValue(field=f"{at}unit_cost", reason="negative", value=line.unit_cost)
    currency = work.facility.currency
    if currency.exact(line.unit_cost) != line.unit_cost:
        raise InvalidValue(field=f"{at}unit_cost", reason="money", value=str(line.unit_cost), digits=currency.digits)
    if is_expired(line.expiry, day):
        raise InvalidValue(field=f"{at}expiry", reason="past", value=line.expiry)


def batch_number(text: str) -> str:
    """A batch's number as it is kept and compared: capital letters, single spaces."""
    return " ".join(text.split()).upper()


def _supplier(work: Work, name: str) -> Id | None:
    """The supplier of this name, made when nobody has it yet; None without a name."""
    shown = " ".join(name.split())
    if not shown:
        return None
    return queries.supplier_by_name(work, fold(shown)) or work.insert(Supplier, name=shown, name_folded=fold(shown))


def _take_line(work: Work, line: ReceivedLine, index: int, receipt: Id, supplier: Id | None) -> Id:
    """The batch of a line: the known one, whose expiry must agree, or a new one."""
    if work.get(Medication, line.medication_id).voided_at is not None:
        raise NotFound(kind="medication", id=line.medication_id)
    cost = work.facility.currency.to_minor(line.unit_cost)
    known = queries.batch_by_number(work, line.medication_id, batch_number(line.batch))
    if known is None:
        return work.insert(
            StockBatch, medication_id=line.medication_id, number=batch_number(line.batch), expiry=line.expiry,
            unit_cost=cost, supplier_id=supplier, receipt_id=receipt, barcode=line.barcode.strip(),
        )  # fmt: skip
    if known.expiry != line.expiry:
        raise InvalidValue(field=f"lines.{index}.expiry", reason="other_expiry", known=known.expiry)
    if cost and not known.unit_cost:
        work.change(StockBatch, known.id, unit_cost=cost)
    found: Id = known.id
    return found


def _costs_else(work: Work, line: ReceivedLine) -> bool:
    """Whether the batch is here at another cost. It keeps the first one: what lies there did not become dearer."""
    known = queries.batch_by_number(work, line.medication_id, batch_number(line.batch))
    cost = work.facility.currency.to_minor(line.unit_cost)
    return known is not None and bool(cost and known.unit_cost) and cost != known.unit_cost


def total_of(lines: Sequence[ReceivedLine]) -> Decimal:
    """What the lines cost together."""
    return sum((line.unit_cost * line.quantity for line in lines), ZERO)
