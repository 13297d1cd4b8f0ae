"""One field for whatever is scanned or typed at the pharmacy: prescription, patient card, ticket, medicine, batch."""

from dataclasses import dataclass

from hms_desktop.data.queries import dispensing as dispensing_queries
from hms_desktop.data.queries import queues, stock_lists
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.pharmacy import Medication
from hms_desktop.domain.checkdigit import Number, read_number
from hms_desktop.domain.dispensing import FoundRow
from hms_desktop.domain.errors import WrongNumberKind
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.stock import MedicineRow
from hms_desktop.domain.visits import ServicePoint
from hms_desktop.services.service import reads
from hms_desktop.services.stock import shelf

TAKEN = frozenset({NumberKind.PRESCRIPTION, NumberKind.MRN})
"""Numbers that lead to prescriptions."""


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
    """A prescription's number, a patient's number, a ticket of today, a medicine's barcode, a batch's number.

    Raises WrongNumberKind when it is the number of anything else of this clinic.
    """
    typed = text.strip()
    if not typed:
        return Scanned()
    number = read_number(typed, facility=reader.facility.code)
    if number is not None and number.facility == reader.facility.code:
        return Scanned(_of_number(reader, number))
    found = _of_ticket(reader, typed)
    if found:
        return Scanned(tuple(found))
    where = shelf(reader, location_id)
    batch = stock_lists.batch_by_code(reader, typed)
    if batch is not None:
        code = reader.get(Medication, batch.medication_id).code
        rows = stock_lists.medicines(reader, code, where)
        medicine = next((row for row in rows if row.id == batch.medication_id), None)
        return Scanned(medicine=medicine, batch_id=batch.id if medicine is not None else None)
    rows = [row for row in stock_lists.medicines(reader, typed, where) if typed in (row.barcode, row.code)]
    return Scanned(medicine=rows[0] if rows else None)


def _of_number(reader: Reader, number: Number) -> tuple[FoundRow, ...]:
    """The prescriptions of a number, those with something to give first."""
    if number.kind not in TAKEN:
        raise WrongNumberKind(number=number.text, found_kind=number.kind.value, wanted_kind="at_pharmacy")
    return tuple(sorted(dispensing_queries.find(reader, number.text), key=lambda row: not row.open_items))


def _of_ticket(reader: Reader, typed: str) -> list[FoundRow]:
    """The prescriptions of whoever waits with this ticket."""
    for row in queues.waiting(reader, ServicePoint.PHARMACY):
        if row.ticket.casefold() == typed.casefold():
            return [each for each in dispensing_queries.of_patient(reader, row.patient_id) if each.open_items]
    return []
