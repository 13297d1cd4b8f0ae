"""Tubes and cups: taken and labelled, received in the lab, rejected and taken again.

Read next: `lab_results.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hms_desktop.data.queries import lab as queries
from hms_desktop.data.queries import lab_bench as bench
from hms_desktop.data.queries import lab_orders as order_queries
from hms_desktop.data.queries.accounts import person_name
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import Specimen
from hms_desktop.data.work import Work
from hms_desktop.documents.specimen_label import SpecimenLabel, SpecimenLabelPaper
from hms_desktop.domain.checkdigit import parse_number
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import (
    InvalidValue,
    NotFound,
    SpecimenRejected,
    TakenBySomebody,
    WrongSpecimen,
    WrongState,
)
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority, OrderState, SpecimenState
from hms_desktop.domain.lab_rows import BenchRow
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

    Raises InvalidValue (nothing chosen), WrongNumberKind (no card), WrongSpecimen (another patient's card), NotPaid,
    WrongState, NotFound.
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
    scanned = parse_number(number, NumberKind.MRN, facility=work.facility.code, field="patient_number").text
    other = queries.patient_by_number(work, scanned)
    if other is None or other.id != patient_id:
        raise wrong_patient(work, scanned, other.id if other else None, patient_id, field="patient_number")


def wrong_patient(
    reader: Reader, scanned: str, whose: Id | None, expected: Id, *, field: str = "accession"
) -> WrongSpecimen:
    """The hard stop: what was scanned is not of the patient one works on."""
    facts: dict[str, object] = {} if whose is None else {"patient": patient_line(reader, whose).name}
    return WrongSpecimen(field=field, accession=scanned, expected=patient_line(reader, expected).name, **facts)


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
        steps.move_item(work, item.id, item.state, OrderState.COLLECTED, specimen_id=specimen_id)
        if received:
            steps.move_item(work, item.id, OrderState.COLLECTED, OrderState.IN_PROGRESS)
    return Taken(specimen_id, accession, kind, replaced.id if replaced else None)


def _labels(work: Work, order: AnyRow, taken: Sequence[tuple[Taken, Sequence[AnyRow]]]) -> Id:
    language = work.actor.language
    panels = queries.panel_names(work)
    labels = tuple(
        SpecimenLabel(
            accession=each.accession, specimen=name_of("specimens", each.kind, language),
            tests=tuple(dict.fromkeys(panels.get(item.panel_code) or pick(item.name, language) for item in items)),
            collected_at=work.local(work.now), priority=LabPriority(order.priority),
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


@writes("lab.enter")
def receive_specimen(work: Work, command: ReceiveSpecimen) -> BenchRow:
    """Put a specimen on the bench. Raises WrongSpecimen (another patient's: stop), SpecimenRejected, TakenBySomebody
    (it is on the bench already), NotFound.
    """
    specimen, order = _locked(work, command.specimen_id)
    if command.expected_patient_id not in {None, specimen.patient_id}:
        assert command.expected_patient_id is not None
        raise wrong_patient(work, specimen.accession, specimen.patient_id, command.expected_patient_id)
    if specimen.state == SpecimenState.REJECTED:
        raise rejected(work, specimen.accession, specimen.reject_reason)
    if specimen.state == SpecimenState.RECEIVED:
        raise TakenBySomebody(kind="specimen", by=person_name(work, specimen.received_by))
    step(SPECIMEN, SpecimenState(specimen.state), SpecimenState.RECEIVED)
    work.change(
        Specimen, specimen.id, state=SpecimenState.RECEIVED, received_at=work.now, received_by=work.actor.user_id
    )
    for item in _items_in(work, specimen):
        if item.state == OrderState.COLLECTED:
            steps.move_item(work, item.id, item.state, OrderState.IN_PROGRESS)
    steps.settle(work, order)
    found = bench.by_id(work, specimen.id)
    assert found is not None
    return in_words(work, found)


def rejected(reader: Reader, accession: str, reason: str) -> SpecimenRejected:
    """That a specimen can't be used, and why."""
    return SpecimenRejected(field="accession", accession=accession, why=reject_words(reader, reason, ""))


def reject_words(reader: Reader, code: str, note: str) -> str:
    """Why a specimen was rejected, in words."""
    names = {row.code: pick(row.name, reader.actor.language) for row in reason_rows("reject")}
    return " · ".join(each for each in (names.get(code, code), note) if each)


def in_words(reader: Reader, row: BenchRow) -> BenchRow:
    """The same specimen, its kind and why it was rejected in words."""
    kind = name_of("specimens", row.specimen, reader.actor.language)
    return replace(row, specimen=kind, reject_reason=reject_words(reader, row.reject_reason, row.reject_note))


@writes("lab.reject")
def reject_specimen(work: Work, command: RejectSpecimen) -> Rejected:
    """Refuse a specimen: its tests wait for another one, and so does the patient who is still here. What was released
    stays. Raises InvalidValue (`reason`), WrongState (rejected before, or everything is released), NotFound.
    """
    if command.reason not in {row.code for row in reason_rows("reject")}:
        raise InvalidValue(field="reason", reason="choice" if command.reason else "required")
    specimen, order = _locked(work, command.specimen_id)
    step(SPECIMEN, SpecimenState(specimen.state), SpecimenState.REJECTED)
    items = _items_in(work, specimen)
    again = [item for item in items if item.state in bench.ON_THE_BENCH]
    if not again:
        raise WrongState(kind="lab_order", state=str(order.state), wanted="rejected")
    work.change(
        Specimen, specimen.id, state=SpecimenState.REJECTED, rejected_at=work.now, rejected_by=work.actor.user_id,
        reject_reason=command.reason, reject_note=command.note.strip()[:200],
    )  # fmt: skip
    for item in again:
        steps.move_item(work, item.id, item.state, OrderState.ORDERED)
    steps.drop_results(work, [item.id for item in again])
    steps.call_back_to_lab(work, order.visit_id)
    steps.settle(work, order)
    stay = sum(item.state == OrderState.COMPLETED for item in items)
    return Rejected(specimen.id, tuple(item.id for item in again), stay)


def _locked(work: Work, specimen_id: Id) -> tuple[AnyRow, AnyRow]:
    """A specimen and its order as they stand under the order's lock. Raises NotFound."""
    order = steps.lock_order(work, work.get(Specimen, specimen_id).order_id)
    return work.get(Specimen, specimen_id), order


def _items_in(work: Work, specimen: AnyRow) -> list[AnyRow]:
    return [row for row in order_queries.items(work, [specimen.order_id]) if row.specimen_id == specimen.id]


@reads("lab.view")
def find_specimen(reader: Reader, scanned: str) -> BenchRow:
    """The specimen whose label was scanned or typed; the check character must be right.

    Raises InvalidValue (`accession`: format, check_character), WrongNumberKind (a card, a receipt, …), NotFound.
    """
    number = parse_number(scanned, NumberKind.SPECIMEN, facility=reader.facility.code, field="accession").text
    found = bench.by_accession(reader, number)
    if found is None:
        raise NotFound(kind="specimen", id=number)
    return in_words(reader, found)
