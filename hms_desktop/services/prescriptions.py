"""Prescriptions: choose with stock in sight, check, prescribe, stop.

Serious alerts (allergy, interaction, the same ingredient twice, a child's dose far off) need a reason and a right; the
rest stands inline. Every override is kept with the item.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hms_desktop.data.queries import consultations, settings
from hms_desktop.data.queries import prescriptions as queries
from hms_desktop.data.queries.safety import allergies, allergy_state
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.prescriptions import Prescription, PrescriptionItem
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.documents.prescription import PrescribedItem, Prescriber, PrescriptionPaper
from hms_desktop.domain.commands import Command
from hms_desktop.domain.dosing import Frequency, check_notation, parse_dose, show_amount
from hms_desktop.domain.errors import (
    AllergyConflict,
    ClinicError,
    InvalidValue,
    NotAllowed,
    ReasonNeeded,
    Refused,
    WrongState,
)
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.prescriptions import ItemState, MedicationRow, PrescribedRow, PrescriptionState
from hms_desktop.domain.states import PRESCRIPTION_ITEM, step
from hms_desktop.domain.visits import ServicePoint, VisitState
from hms_desktop.services import papers
from hms_desktop.services.catalogue import name_of
from hms_desktop.services.chart_access import require_care
from hms_desktop.services.dose_check import LineCheck, PrescribeItem, check_item, is_child
from hms_desktop.services.pharmacy.hand_over import complete_if_given
from hms_desktop.services.pharmacy.queue import end_turn_if_served
from hms_desktop.services.pharmacy.units import counted
from hms_desktop.services.queues import enter_queue, open_entry
from hms_desktop.services.safety import SafetyAlert
from hms_desktop.services.service import reads, writes
from hms_desktop.services.vitals import check_length


@dataclass(frozen=True, kw_only=True)
class Prescribe(Command):
    """A prescription of one visit."""

    visit_id: Id
    items: tuple[PrescribeItem, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StopItem(Command):
    """Stop one medicine, with a reason."""

    item_id: Id
    reason: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Prescribed:
    """The prescription, its number and its paper."""

    prescription_id: Id
    number: str
    paper_id: Id


@reads("prescriptions.view")
def search_medications(reader: Reader, text: str, limit: int = 20) -> list[MedicationRow]:
    """Medicines by the beginnings of words, each with what is left."""
    return queries.medications(reader, text, limit)


@reads("prescriptions.view")
def prescriptions_of(reader: Reader, patient_id: Id) -> list[PrescribedRow]:
    """What was prescribed to the patient, newest first. Raises ReasonNeeded, NotAllowed (break glass)."""
    require_care(reader, patient_id)
    return queries.items_of_patient(reader, patient_id)


@reads("prescriptions.create")
def check_line(reader: Reader, visit_id: Id, line: PrescribeItem, others: Sequence[Id] = ()) -> LineCheck:
    """Check a line beside the `others` that stand before it on the prescription. Raises InvalidValue."""
    return check_item(reader, reader.get(Visit, visit_id).patient_id, line, others)


@writes("prescriptions.create")
def prescribe(work: Work, command: Prescribe) -> Prescribed:
    """Save a prescription: number, items, pharmacy queue, paper.

    Raises InvalidValue and UnsafeNotation (fields `items.N.dose` and so on), AllergyConflict or ReasonNeeded (a serious
    alert without an answer), NotAllowed (an override without the right), WrongState (the visit is over).
    """
    visit = work.get(Visit, command.visit_id)
    if visit.state != VisitState.OPEN:
        raise WrongState(kind="visit", state=VisitState(visit.state).value, wanted=VisitState.OPEN.value)
    if not command.items:
        raise InvalidValue(field="items", reason="required")
    number = work.number(NumberKind.PRESCRIPTION)
    valid_until = work.today + timedelta(days=settings.whole(work, "prescription_valid_days"))
    sheet = work.insert(
        Prescription, number=number, visit_id=visit.id, patient_id=visit.patient_id, status=PrescriptionState.ACTIVE,
        prescriber_id=work.actor.user_id, prescribed_at=work.now, day=work.today, valid_until=valid_until,
        note=command.note.strip(),
    )  # fmt: skip
    rows = _rows(work, sheet, visit.patient_id, command.items)
    work.insert_many(PrescriptionItem, rows)
    chosen = any(row["medication_id"] for row in rows)
    if chosen and open_entry(work, visit.id, ServicePoint.PHARMACY) is None:
        enter_queue(work, visit_id=visit.id, service_point=ServicePoint.PHARMACY, colour=visit.colour)
    paper = _paper(work, visit, number, command.note, rows)
    paper_id = papers.keep_paper(
        work, "prescription", paper, subject_table="prescription", subject_id=sheet, patient_id=visit.patient_id,
        number=number,
    )  # fmt: skip
    return Prescribed(sheet, number, paper_id)


def _rows(work: Work, sheet: Id, patient_id: Id, items: Sequence[PrescribeItem]) -> list[dict[str, Any]]:
    """The items' values, all rules passed; a refusal names the line.

    Each line is judged beside those before it, as when it was added, so that one reason answers a pair of lines.
    """
    rows: list[dict[str, Any]] = []
    before: list[Id] = []
    for index, line in enumerate(items):
        try:
            rows.append({"prescription_id": sheet, **_row(work, patient_id, line, before)})
        except Refused as refusal:
            raise _at(refusal, index) from refusal
        before += [line.medication_id] if line.medication_id else []
    return rows


def _at(refusal: ClinicError, index: int) -> ClinicError:
    """The same refusal, naming the line's field as `items.N.field`."""
    if refusal.field is None:
        return refusal
    return type(refusal)(**{**refusal.facts, "field": f"items.{index}.{refusal.field}"})


_LONGEST = {"free_text": 200, "instructions": 300, "indication": 200, "override_reason": 300}
"""The most characters of a line's texts."""


def _row(work: Work, patient_id: Id, line: PrescribeItem, others: Sequence[Id]) -> dict[str, Any]:
    if line.medication_id is None and not line.free_text.strip():
        raise InvalidValue(field="medication_id", reason="required")
    for name, limit in _LONGEST.items():
        check_length(name, getattr(line, name), limit)
    check_notation(line.free_text, "free_text")
    check_notation(line.instructions, "instructions")
    if line.frequency and line.frequency not in set(Frequency):
        raise InvalidValue(field="frequency", reason="choice", value=line.frequency)
    check = check_item(work, patient_id, line, others)
    _answered(work, line, check.serious)
    counted = check.quantity.units if check.quantity else None
    quantity = line.quantity if line.quantity is not None else counted
    if quantity is None or quantity < 1:
        raise InvalidValue(field="quantity", reason="required")
    dose = parse_dose(line.dose, "dose") if line.dose.strip() else None
    return {
        "patient_id": patient_id, "medication_id": line.medication_id, "free_text": line.free_text.strip(),
        "dose_amount": dose.amount if dose else None, "dose_unit": dose.unit.value if dose else "",
        "route": line.route, "frequency": line.frequency, "duration_days": line.days, "quantity": quantity,
        "dispensed": 0, "instructions": line.instructions.strip(), "indication": line.indication.strip(),
        "state": ItemState.ACTIVE, "refills_allowed": line.refills, "refills_left": line.refills,
        "weight_used": check.weight.kg if check.weight else None,
        "alerts": [{"kind": a.kind, "reason": a.reason, "about": a.about, "level": a.level} for a in check.alerts],
        "override_reason": line.override_reason.strip() if check.serious else "",
    }  # fmt: skip


def _answered(work: Work, line: PrescribeItem, serious: Sequence[SafetyAlert]) -> None:
    """A serious alert needs a reason, and the right to override."""
    if not serious:
        return
    first = serious[0]
    if line.override_reason.strip():
        if not work.actor.may("prescriptions.override"):
            raise NotAllowed(right="prescriptions.override")
        return
    if first.kind == "allergy":
        raise AllergyConflict(
            field="override_reason", medication=first.medication, substance=first.about, severity=first.severity
        )
    raise ReasonNeeded(field="override_reason", what=first.kind)


def _paper(work: Work, visit: AnyRow, number: str, note: str, rows: Sequence[Mapping[str, Any]]) -> PrescriptionPaper:
    doctor = work.find(UserAccount, work.actor.user_id)
    primary = [d.text for d in consultations.diagnoses(work, visit.patient_id) if d.visit_id == visit.id]
    weights = [row["weight_used"] for row in rows if row["weight_used"] is not None]
    child = is_child(work, visit.patient_id)
    return PrescriptionPaper(
        head=papers.head(work),
        printed=papers.printed(work),
        number=number,
        written=work.today,
        prescriber=Prescriber(
            name=work.actor.name, registration=doctor.licence_number if doctor else "",
            phone=work.facility.phone, address=work.facility.address,
        ),
        patient=papers.patient_line(work, visit.patient_id),
        items=tuple(_printed_item(work, row) for row in rows),
        allergy_state=allergy_state(work, visit.patient_id),
        allergies=tuple(a.substance for a in allergies(work, visit.patient_id)),
        valid_until=work.today + timedelta(days=settings.whole(work, "prescription_valid_days")),
        weight_kg=weights[0] if weights and child else None,
        child=child,
        diagnosis=", ".join(primary),
        note=note.strip(),
    )  # fmt: skip


def _printed_item(work: Work, row: Mapping[str, Any]) -> PrescribedItem:
    language = work.actor.language
    amount: Decimal | None = row["dose_amount"]
    dose = f"{show_amount(amount)} {row['dose_unit']}" if amount is not None else ""
    shared = {
        "dose": dose, "route": row["route"], "frequency": row["frequency"], "days": row["duration_days"],
        "instructions": row["instructions"], "indication": row["indication"], "refills": row["refills_allowed"],
    }  # fmt: skip
    if row["medication_id"] is None:
        return PrescribedItem(medicine=row["free_text"], quantity=str(row["quantity"]), **shared)
    medicine = queries.medication(work, row["medication_id"])
    return PrescribedItem(
        medicine=medicine.name, quantity=counted(row["quantity"], medicine.unit, language), strength=medicine.strength,
        form=name_of("medicine_forms", medicine.form, language), **shared,
    )  # fmt: skip


@writes("prescriptions.stop")
def stop_item(work: Work, command: StopItem) -> None:
    """Stop a medicine; what was given stays given. When nothing else is to be given, the patient's turn at the pharmacy
    ends.

    Raises ReasonNeeded, WrongState, StaleRecord.
    """
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="prescription_item")
    item = work.get(PrescriptionItem, command.item_id)
    step(PRESCRIPTION_ITEM, ItemState(item.state), ItemState.STOPPED)
    work.change(
        PrescriptionItem, item.id, command.version, state=ItemState.STOPPED, stopped_at=work.now,
        stopped_by=work.actor.user_id, stop_reason=command.reason.strip(),
    )  # fmt: skip
    if item.medication_id is not None:
        complete_if_given(work, item.prescription_id)
        end_turn_if_served(work, work.get(Prescription, item.prescription_id).visit_id)
