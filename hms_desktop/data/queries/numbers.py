"""Where the numbers of a kind stand, and whose paper a scanned number is on."""

from sqlalchemy import select

from hms_desktop.data.base import Base, table_of
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.billing import Bill, CashSession, Receipt, Refund
from hms_desktop.data.tables.lab import LabOrder, Specimen
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.pharmacy import Dispensing, GoodsReceipt
from hms_desktop.data.tables.prescriptions import Prescription
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.checkdigit import Number
from hms_desktop.domain.errors import WrongNumberKind
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id

WHERE: dict[NumberKind, tuple[type[Base], str]] = {
    NumberKind.MRN: (Patient, "mrn"),
    NumberKind.VISIT: (Visit, "number"),
    NumberKind.TICKET: (Visit, "ticket"),
    NumberKind.LAB_ORDER: (LabOrder, "number"),
    NumberKind.SPECIMEN: (Specimen, "accession"),
    NumberKind.PRESCRIPTION: (Prescription, "number"),
    NumberKind.DISPENSING: (Dispensing, "number"),
    NumberKind.BILL: (Bill, "number"),
    NumberKind.RECEIPT: (Receipt, "number"),
    NumberKind.REFUND: (Refund, "number"),
    NumberKind.GOODS_RECEIPT: (GoodsReceipt, "number"),
    NumberKind.CASH_SESSION: (CashSession, "number"),
    NumberKind.Z_REPORT: (CashSession, "z_number"),
}
"""Where the numbers of a kind stand."""


def patient_of(reader: Reader, number: Number) -> Id | None:
    """Whose paper this number is on; None when nobody's (not given out, or void).

    Raises WrongNumberKind for the number of something that is no patient's, such as a goods receipt.
    """
    mapped, column = WHERE[number.kind]
    table = table_of(mapped)
    whose = table.c.get("id" if mapped is Patient else "patient_id")
    if whose is None:
        raise WrongNumberKind(number=number.text, found_kind=number.kind.value, wanted_kind=NumberKind.MRN.value)
    statement = select(whose).where(table.c[column] == number.text)
    if "voided_at" in table.c:
        statement = statement.where(table.c.voided_at.is_(None))
    found: Id | None = reader.scalar(statement)
    return found
