"""One field for whatever is scanned or typed at the pharmacy: prescription, patient card, ticket, medicine, batch."""

from dataclasses import dataclass

from hms_desktop.data.queries import dispensing as dispensing_queries
from hms_desktop.data.queries import queues, stock_lists
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.pharmacy import Medication
from hms_desktop.domain.dispensing import FoundRow
from hms_desktop.domain.ids import Id
from hms_desktop.domain.stock import MedicineRow
from hms_desktop.domain.visits import ServicePoint
from hms_desktop.services.pharmacy.queue import as_printed
from hms_desktop.services.service import reads
from hms_desktop.services.stock import shelf


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was meant: prescriptions (open ones first), or a medicine with, when its box was scanned, the batch."""

    prescriptions: tuple[FoundRow, ...] = ()
    medicine: MedicineRow | None = None
    batch_id: Id | None = None

    @property
    def nothing(self) -> bool:
        """Whether nobody knows it."""
        return not self.prescriptions and self.medicine is None


@reads("pharmacy.view")
def scan(reader: Reader, text: str, location_id: Id | None = None) -> Scanned:
    """A prescription's number, a patient's number, a ticket of today, a medicine's barcode, a batch's number."""
    typed = text.strip()
    if not typed:
        return Scanned()
    found = dispensing_queries.find(reader, typed, as_printed(reader, typed)) or _of_ticket(reader, typed)
    if found:
        return Scanned(tuple(sorted(found, key=lambda row: not row.open_items)))
    where = shelf(reader, location_id)
    batch = stock_lists.batch_by_code(reader, typed)
    if batch is not None:
        code = reader.get(Medication, batch.medication_id).code
        rows = stock_lists.medicines(reader, code, where)
        medicine = next((row for row in rows if row.id == batch.medication_id), None)
        return Scanned(medicine=medicine, batch_id=batch.id if medicine is not None else None)
    rows = [row for row in stock_lists.medicines(reader, typed, where) if typed in (row.barcode, row.code)]
    return Scanned(medicine=rows[0] if rows else None)


def _of_ticket(reader: Reader, typed: str) -> list[FoundRow]:
    """The prescriptions of whoever waits with this ticket."""
    for row in queues.waiting(reader, ServicePoint.PHARMACY):
        if row.ticket.casefold() == typed.casefold():
            return [each for each in dispensing_queries.of_patient(reader, row.patient_id) if each.open_items]
    return []
