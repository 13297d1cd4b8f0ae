"""What lies on the shelf: list, batches, card, what expires, what to order. Reads of the stock screens."""

from dataclasses import dataclass, replace

from hms_desktop.data.queries import settings
from hms_desktop.data.queries import stock_lists as queries
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.pharmacy import Medication
from hms_desktop.domain.dates import add_months
from hms_desktop.domain.ids import Id
from hms_desktop.domain.stock import CardRow, LotRow, MedicineRow, OrderRow, StockRow
from hms_desktop.domain.texts import pick
from hms_desktop.services.catalogue import reason_rows
from hms_desktop.services.service import reads
from hms_desktop.services.stock import shelf


@dataclass(frozen=True, slots=True)
class Expiring:
    """Batches that are expired or expire within `months`, the first expiry first."""

    months: int
    rows: list[LotRow]


@reads("pharmacy.view")
def stock_list(reader: Reader, location_id: Id | None = None) -> list[StockRow]:
    """Every medicine of the formulary with what a location holds; the station's own without one."""
    return queries.stock_list(reader, shelf(reader, location_id))


@reads("pharmacy.view")
def batches_of(reader: Reader, medication_id: Id, location_id: Id | None = None) -> list[LotRow]:
    """What a location holds of each batch of a medicine, the first expiry first. Raises NotFound."""
    reader.get(Medication, medication_id)
    return queries.batches(reader, shelf(reader, location_id), medication_id=medication_id)


@reads("pharmacy.view")
def stock_card(reader: Reader, medication_id: Id, location_id: Id | None = None, limit: int = 200) -> list[CardRow]:
    """The last movements of a medicine at a location, the newest first, with the balance after each."""
    rows = queries.card(reader, medication_id, shelf(reader, location_id), limit)
    return [replace(row, reason=_in_words(row.reason, reader.actor.language)) for row in rows]


def _in_words(reason: str, language: str) -> str:
    """A reason whose first part is a code of the list of adjustment reasons, with its name."""
    code, colon, words = reason.partition(":")
    known = next((row for row in reason_rows("adjustment") if row.code == code), None)
    return f"{pick(known.name, language)}{colon}{words}" if known is not None else reason


@reads("pharmacy.view")
def expiring(reader: Reader, months: int | None = None, location_id: Id | None = None) -> Expiring:
    """Batches that are expired or will be within `months` (the clinic's setting when it is left out)."""
    ahead = settings.whole(reader, "expiring_months") if months is None else months
    until = add_months(reader.today, ahead)
    return Expiring(ahead, queries.batches(reader, shelf(reader, location_id), until=until))


@reads("pharmacy.view")
def to_order(reader: Reader, location_id: Id | None = None) -> list[OrderRow]:
    """What to order: by minimum level and by the average consumption of the last 90 days."""
    return queries.to_order(reader, shelf(reader, location_id))


@reads("pharmacy.view")
def search_medicines(reader: Reader, text: str, location_id: Id | None = None, limit: int = 20) -> list[MedicineRow]:
    """Medicines by the beginnings of words, by barcode, or by the number of a batch that came before."""
    where = shelf(reader, location_id)
    found = queries.medicines(reader, text, where, limit)
    if found or not text.strip():
        return found
    batch = queries.batch_by_code(reader, text)
    if batch is None:
        return []
    code = reader.get(Medication, batch.medication_id).code
    return [row for row in queries.medicines(reader, code, where) if row.id == batch.medication_id]
