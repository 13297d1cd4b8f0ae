"""Tubes and cups: taken and labelled, received in the lab, rejected and taken again.

Read next: `lab_results.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hms_desktop.data.queries import lab_bench as bench
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import LabOrder, Specimen
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.work import Work
from hms_desktop.documents.specimen_label import SpecimenLabel, SpecimenLabelPaper
from hms_desktop.domain.checkdigit import parse_number
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import (
    InvalidValue,
    NotFound,
    ReasonNeeded,
    SpecimenRejected,
    TakenBySomebody,
    WrongSpecimen,
    WrongState,
)
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority, OrderState, SpecimenState
from hms_desktop.domain.lab_rows import BenchRow
from hms_desktop.domain.patients import full_name
from hms_desktop.domain.states import SPECIMEN, step
from hms_desktop.domain.texts import pick
from hms_desktop.services import lab_steps as steps
from hms_desktop.services.catalogue import name_of, reason_rows
from hms_desktop.services.charges import must_be_paid
from hms_desktop.services.papers import head, keep_paper, patient_line, printed
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class CollectSpecimens(Command):
    """Take what these items of an order need, a tube or cup for each kind of specimen.

    `patient_number` is the scanned card, '' when nobody scanned one. `received`: taken in the lab itself, so it is on
    the bench at once. `emergency`: go on although it is not paid.
    """

    order_id: Id
    item_ids: tuple[Id, ...]
    patient_number: str = ""
    received: bool = False
    emergency: bool = False


@dataclass(frozen=True, kw_only=True)
class ReceiveSpecimen(Command):
    """A specimen reached the lab. `expected_patient_id`: whose work is open; another's is refused."""

    specimen_id: Id
    expected_patient_id: Id | None = None


@dataclass(frozen=True, kw_only=True)
class RejectSpecimen(Command):
    """A specimen can't be used: `reason` is a code of the list, `note` what else there is to say."""

    specimen_id: Id
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """One new tube or cup."""

    specimen_id: Id
    accession: str
    kind: str
    replaces: Id | None


@dataclass(frozen=True, slots=True)
class Collected:
    """What was taken, and the paper with its labels."""

    specimens: tuple[Taken, ...]
    label_paper_id: Id


@dataclass(frozen=True, slots=True)
class Rejected:
    """A specimen that can't be used, and the tests that wait for another one."""

    specimen_id: Id
    item_ids: tuple[Id, ...]
    released_stay: int


@writes("lab.collect")
def collect_specimens(work: Work, command: CollectSpecimens) -> Collected:
    """Take specimens: accession numbers and labels, the patient need not wait at the lab when all is taken.

    Raises InvalidValue (nothing chosen), WrongSpecimen (another patient's card), NotPaid, WrongState, NotFound.
    """
    if not command.item_ids:
        raise InvalidValue(field="specimens", reason="required")
    order = steps.lock_order(work, command.order_id)
    _right_patient(work, order.patient_id, command.patient_number)
    items = steps.items_of(work, order.id, command.item_ids)
    for charge_id in steps.charges_of(items):
        must_be_paid(work, charge_id, emergency=command.emergency)
    kinds: dict[str, list[AnyRow]] = {}
    for item in items:
        kinds.setdefault(item.specimen, []).append(item)
    taken = [_take(work, order, kind, tests, received=command.received) for kind, tests in kinds.items()]
    paper = _labels(work, order, [(each, kinds[each.kind]) for each in taken])
    steps.settle(work, order)
    return Collected(tuple(taken), paper)


def _right_patient(work: Work, patient_id: Id, number: str) -> None:
    """A scanned card must be that of the patient of the order: otherwise nothing is taken."""
    if not number.strip():
        return
    patient = work.get(Patient, patient_id)
    code = work.facility.code
    scanned = parse_number(number, checked=True, facility=code, field="patient_number").text
    if scanned != patient.mrn:
        name = full_name(patient.given_name, patient.middle_name, patient.family_name)
        raise WrongSpecimen(field="patient_number", accession=scanned, patient="", expected=name)


def _take(work: Work, order: AnyRow, kind: str, items: Sequence[AnyRow], *, received: bool) -> Taken:
    replaced = bench.last_rejected(work, order.id, kind)
    accession = work.number(NumberKind.SPECIMEN)
    came = {"received_at": work.now, "received_by": work.actor.user_id} if received else {}
    specimen_id = work.insert(
        Specimen, accession=accession, order_id=order.id, patient_id=order.patient_id, kind=kind,
        state=SpecimenState.RECEIVED if received else SpecimenState.COLLECTED, collected_at=work.now,
        collected_by=work.actor.user_id, replaces_id=replaced.id if replaced else None, **came,
    )  # fmt: skip
    for item in items:
        steps.move_item(work, item, OrderState.COLLECTED, specimen_id=specimen_id)
        if received:
            steps.move_item(work, _at(item, OrderState.COLLECTED), OrderState.IN_PROGRESS)
    return Taken(specimen_id, accession, kind, replaced.id if replaced else None)


@dataclass(frozen=True, slots=True)
class _At:
    id: Id
    state: OrderState


def _at(item: AnyRow, state: OrderState) -> AnyRow:
    raise NotImplementedError


def _labels(work: Work, order: AnyRow, taken: Sequence[tuple[Taken, Sequence[AnyRow]]]) -> Id:
    language = work.actor.language
    labels = tuple(
        SpecimenLabel(
            accession=each.accession, specimen=name_of("specimens", each.kind, language),
            tests=tuple(pick(item.name, language) for item in items), collected_at=work.local(work.now),
            priority=LabPriority(order.priority),
        )
        for each, items in taken
    )  # fmt: skip
    paper = SpecimenLabelPaper(
        head=head(work), printed=printed(work), patient=patient_line(work, order.patient_id), labels=labels
    )
    return keep_paper(
        work, "specimen-label", paper, subject_table="lab_order", subject_id=order.id, patient_id=order.patient_id,
        number=taken[0][0].accession,
    )  # fmt: skip
