"""What keeps a visit open, row by row."""

from sqlalchemy import select

from hms_desktop.data.base import table_of
from hms_desktop.data.tables.billing import Bill
from hms_desktop.data.tables.consultations import ClinicalNote
from hms_desktop.data.tables.lab import LabOrder, LabOrderItem, LabResult, LabTest
from hms_desktop.data.tables.pharmacy import Medication
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import BillState
from hms_desktop.domain.consultations import NoteKind
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id, new_id
from hms_desktop.domain.lab import LabPriority, OrderState, ResultKind, ResultStatus
from hms_desktop.domain.prescriptions import ItemState, PrescriptionState, Route


def add_note(work: Work, patient_id: Id, visit_id: Id) -> None:
    """An unsigned note."""
    work.insert(
        ClinicalNote, visit_id=visit_id, patient_id=patient_id, kind=NoteKind.SOAP, written_at=work.now,
        author_id=work.actor.user_id,
    )  # fmt: skip


def add_bill(work: Work, patient_id: Id, visit_id: Id, paid: int = 0, pending: int = 0) -> None:
    """A bill over 5.00, 1.00 of it waived; amounts in minor units."""
    work.insert(
        Bill, number=work.number(NumberKind.BILL), visit_id=visit_id, patient_id=patient_id, state=BillState.OPEN,
        day=work.today, charged=500, adjusted=100, rounded=0, paid=paid, refunded=0, pending=pending,
    )  # fmt: skip


def add_prescription(work: Work, patient_id: Id, visit_id: Id, state: ItemState = ItemState.ACTIVE) -> None:
    """A prescription of one medicine."""
    medicine = work.insert(
        Medication, code=new_id(), generic="ORS", generic_folded="ors", generic_names={"en": "ORS"}, form="sachet",
        unit="sachet", pack_size=1, route="oral", search_words="ors", drug_classes=[], ingredients=[], formulary=True,
        active=True, reorder_level=0,
    )  # fmt: skip
    prescription = work.insert(
        Prescription, number=work.number(NumberKind.PRESCRIPTION), visit_id=visit_id, patient_id=patient_id,
        status=PrescriptionState.ACTIVE, prescriber_id=work.actor.user_id, prescribed_at=work.now, day=work.today,
        valid_until=work.today,
    )  # fmt: skip
    work.insert(
        PrescriptionItem, prescription_id=prescription, patient_id=patient_id, medication_id=medicine, route=Route.ORAL,
        frequency="od", quantity=1, dispensed=0, state=state, refills_allowed=0, refills_left=0, alerts=[],
    )  # fmt: skip


def add_result(
    work: Work, patient_id: Id, visit_id: Id, state: OrderState = OrderState.ORDERED,
    status: ResultStatus | None = None,
) -> None:  # fmt: skip
    """An ordered test, perhaps with a result."""
    test = work.insert(
        LabTest, code="hb", loinc="718-7", name={"en": "Haemoglobin"}, search_words="hb", category="blood",
        specimen="blood", unit="g/dL", result_kind=ResultKind.NUMBER, places=1, choices=[], preparation={},
        turnaround_minutes=60, active=True,
    )  # fmt: skip
    order = work.insert(
        LabOrder, number=work.number(NumberKind.LAB_ORDER), visit_id=visit_id, patient_id=patient_id,
        priority=LabPriority.ROUTINE, state=state, ordered_by=work.actor.user_id, ordered_at=work.now,
    )  # fmt: skip
    item = work.insert(LabOrderItem, order_id=order, patient_id=patient_id, test_id=test, state=state)
    if status is not None:
        work.insert(
            LabResult, item_id=item, patient_id=patient_id, visit_id=visit_id, test_id=test, name="Hb", status=status,
            current=True, entered_by=work.actor.user_id, entered_at=work.now, range_used={},
        )  # fmt: skip


def add_free_text(work: Work, patient_id: Id, visit_id: Id) -> None:
    """A medicine that the patient buys elsewhere."""
    add_prescription(work, patient_id, visit_id)
    for row in work.rows(select(table_of(PrescriptionItem).c.id)):
        work.change(PrescriptionItem, row.id, medication_id=None, free_text="Honey")
