"""Results on the bench: entered, taken back, called to the doctor when critical. A kept value never changes: another
value is another row.

Released in `lab_release.py`; what the screens show: `lab.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hms_desktop.data.queries import lab as queries
from hms_desktop.data.queries import lab_results as result_queries
from hms_desktop.data.queries.accounts import person_name
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import CriticalCall, LabOrderItem, LabResult, Specimen
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.data.work import Work
from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import InvalidValue, NotAllowed, NotFound, StaleRecord, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import Flag, OrderState, ResultKind, ResultStatus
from hms_desktop.domain.lab_values import CRITICAL_FLAGS, ResultValue, ValueRules, read_value
from hms_desktop.domain.labrules import Range, choose_range, flag, flag_choice, is_critical
from hms_desktop.domain.patients import Sex
from hms_desktop.domain.plain import to_plain
from hms_desktop.domain.states import LAB_ORDER_ITEM, step
from hms_desktop.domain.texts import pick
from hms_desktop.domain.visits import VisitKind
from hms_desktop.services import lab_steps as steps
from hms_desktop.services.lab_specimens import rejected, wrong_patient
from hms_desktop.services.service import writes

COMMENT_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one test; '' takes back what was entered. `seen`: the result that the grid showed."""

    item_id: Id
    value: str
    comment: str = ""
    seen: Id | None = None


@dataclass(frozen=True, kw_only=True)
class EnterResults(Command):
    """The results of one specimen, as many as are known."""

    specimen_id: Id
    results: tuple[Typed, ...]


@dataclass(frozen=True, kw_only=True)
class NoteCriticalCall(Command):
    """Somebody was told of a critical result: who, when, and whether the value was read back."""

    result_id: Id
    called_person: str
    called_at: datetime
    read_back: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AcknowledgeCritical(Command):
    """The doctor knows of a critical result."""

    result_id: Id


@dataclass(frozen=True, slots=True)
class EnteredResult:
    """One result as it was kept. `result_id` None: it was taken back."""

    item_id: Id
    result_id: Id | None
    flag: Flag | None

    @property
    def critical(self) -> bool:
        """Whether somebody must be called at once."""
        return is_critical(self.flag)


@dataclass(frozen=True, slots=True)
class Entered:
    """What a save of the grid did; results that stayed as they were are not in it."""

    specimen_id: Id
    results: tuple[EnteredResult, ...]


@writes("lab.enter")
def enter_results(work: Work, command: EnterResults) -> Entered:
    """Keep typed results as preliminary ones, all or none.

    Raises InvalidValue (`item` names the test's id: number, range, places, choice, …), StaleRecord (somebody else
    entered meanwhile), WrongState (not received, or released: correct it), SpecimenRejected, WrongSpecimen, NotFound.
    """
    order = steps.lock_order(work, work.get(Specimen, command.specimen_id).order_id)
    specimen = work.get(Specimen, command.specimen_id)
    if specimen.reject_reason:
        raise rejected(work, specimen.accession, specimen.reject_reason)
    for typed in command.results:
        item = work.get(LabOrderItem, typed.item_id)
        if item.specimen_id != specimen.id:
            raise wrong_patient(work, specimen.accession, specimen.patient_id, item.patient_id)
    items = {row.id: row for row in steps.items_of(work, order.id, {typed.item_id for typed in command.results})}
    subject = subject_of(work, order, specimen)
    done = (_enter(work, subject, items[typed.item_id], typed) for typed in command.results)
    return Entered(specimen.id, tuple(each for each in done if each is not None))


@dataclass(frozen=True, slots=True)
class Subject:
    """For whom a range is chosen."""

    visit_id: Id
    patient_id: Id
    sex: Sex
    age_days: int | None
    pregnant: bool


def subject_of(reader: Reader, order: AnyRow, specimen: AnyRow) -> Subject:
    """The patient as of the day on which the specimen was taken."""
    patient = reader.get(Patient, order.patient_id)
    age = queries.age_days(patient.birth_date, reader.local(specimen.collected_at).date())
    return Subject(order.visit_id, patient.id, Sex(patient.sex), age, pregnant(reader, order.visit_id))


def pregnant(reader: Reader, visit_id: Id) -> bool:
    """What triage noted; where nobody asked, a maternity visit says yes."""
    noted = queries.is_pregnant(reader, visit_id)
    return reader.get(Visit, visit_id).kind == VisitKind.MATERNITY if noted is None else noted


def _enter(work: Work, subject: Subject, item: AnyRow, typed: Typed) -> EnteredResult | None:
    if item.state != OrderState.IN_PROGRESS:
        step(LAB_ORDER_ITEM, OrderState(item.state), OrderState.IN_PROGRESS)
        raise WrongState(kind="specimen", state="collected", wanted="received")
    known = result_queries.current(work, item.id)
    if (known.id if known else None) != typed.seen:
        raise StaleRecord(kind="lab_result", id=typed.seen or item.id, current={"item": item.id})
    if not typed.value.strip():
        if known is None:
            return None
        _take_back(work, known)
        return EnteredResult(item.id, None, None)
    value = read(work, item, typed.value)
    if known is not None and same(known, value, typed.comment):
        return None
    if known is not None:
        _take_back(work, known)
    return keep(work, subject, item, value, typed.comment, replaces_id=known.id if known else None)


def _take_back(work: Work, row: AnyRow) -> None:
    work.claim(LabResult, row.id, {"status": ResultStatus.PRELIMINARY}, status=ResultStatus.CANCELLED, current=False)


def read(reader: Reader, item: AnyRow, typed: str) -> ResultValue:
    """A typed value for a test; what is wrong with it names the test."""
    try:
        return read_value(queries.rules_of(reader, item), typed)
    except InvalidValue as fault:
        raise InvalidValue(**{**fault.facts, "item": item.id, "test": pick(item.name, reader.actor.language)}) from None


def same(row: AnyRow, value: ResultValue, comment: str) -> bool:
    """Whether a kept result says just this."""
    return (row.value_number, row.value_text, row.comment) == (value.number, value.text, comment.strip())


def keep(
    work: Work, subject: Subject, item: AnyRow, value: ResultValue, comment: str, *,
    replaces_id: Id | None = None, current: bool = True, correction_reason: str = "",
) -> EnteredResult:  # fmt: skip
    """A new preliminary result with the range that fits the patient, and its flag."""
    if len(comment.strip()) > COMMENT_LIMIT:
        raise InvalidValue(field="comment", reason="too_long", limit=COMMENT_LIMIT, item=item.id)
    ranges = queries.ranges_of(work, [item.test_id]).get(item.test_id, [])
    limits = choose_range(ranges, subject.sex, subject.age_days, pregnant=subject.pregnant)
    found = flag_of(queries.rules_of(work, item), value, limits)
    result_id = work.insert(
        LabResult, item_id=item.id, patient_id=subject.patient_id, visit_id=subject.visit_id, test_id=item.test_id,
        loinc=item.loinc, name=pick(item.name, "en"), value_number=value.number, value_text=value.text,
        unit=item.unit, flag=found.value if found else "", range_used=to_plain(limits),
        status=ResultStatus.PRELIMINARY, current=current, comment=comment.strip(), entered_by=work.actor.user_id,
        entered_at=work.now, replaces_id=replaces_id, correction_reason=correction_reason,
    )  # fmt: skip
    return EnteredResult(item.id, result_id, found)


def flag_of(rules: ValueRules, value: ResultValue, limits: Range | None) -> Flag | None:
    """The flag of a value; text has none."""
    if rules.kind is ResultKind.NUMBER and value.number is not None:
        return flag(value.number, limits)
    if rules.kind is ResultKind.CHOICE:
        return flag_choice(value.text, (option.value for option in rules.options if option.abnormal))
    return None


# --- critical results ------------------------------------------------------------------------------------


@writes("lab.view")
def note_critical_call(work: Work, command: NoteCriticalCall) -> Id:
    """Note a call about a critical result. Raises InvalidValue (nobody named, a time to come, not critical), WrongState
    (taken back), NotAllowed, NotFound.
    """
    may_enter_or_release(work.actor)
    row = lock_result(work, command.result_id)
    return note_call(work, row, command)


def note_call(work: Work, row: AnyRow, command: NoteCriticalCall) -> Id:
    """The step of `note_critical_call`, for a result under its lock."""
    who = " ".join(command.called_person.split())
    if not who:
        raise InvalidValue(field="called_person", reason="required")
    if len(who) > 120:
        raise InvalidValue(field="called_person", reason="too_long", limit=120)
    if command.called_at > work.now + timedelta(minutes=1):
        raise InvalidValue(field="called_at", reason="future")
    if row.flag not in CRITICAL_FLAGS:
        raise InvalidValue(field="value", reason="not_critical")
    if row.status == ResultStatus.CANCELLED:
        raise WrongState(kind="lab_result", state=str(row.status), wanted="final")
    return work.insert(
        CriticalCall, result_id=row.id, patient_id=row.patient_id, called_person=who, called_at=command.called_at,
        read_back=command.read_back, note=command.note.strip()[:300],
    )  # fmt: skip


@writes("lab.order")
def acknowledge_critical(work: Work, command: AcknowledgeCritical) -> Id:
    """The doctor knows: the alert goes. Without a call the doctor's own look counts as one. Returns the call; once is
    enough. Raises InvalidValue (not critical), NotFound.
    """
    row = lock_result(work, command.result_id)
    if row.flag not in CRITICAL_FLAGS:
        raise InvalidValue(field="value", reason="not_critical")
    steps.seen_by_acknowledging(work, row.id)
    return acknowledge(work, row)


def acknowledge(work: Work, row: AnyRow) -> Id:
    """The step of `acknowledge_critical`, for a critical result under its lock."""
    calls = result_queries.calls_about(work, row.id)
    told = {"acknowledged_by": work.actor.user_id, "acknowledged_at": work.now}
    for call in calls:
        if call.acknowledged_at is not None:
            return Id(call.id)
    if calls:
        work.claim(CriticalCall, calls[-1].id, {"acknowledged_at": None}, **told)
        return Id(calls[-1].id)
    name = person_name(work, work.actor.user_id) or work.actor.name or work.actor.username
    return work.insert(
        CriticalCall, result_id=row.id, patient_id=row.patient_id, called_person=name, called_at=work.now,
        read_back=False, **told,
    )  # fmt: skip


def may_enter_or_release(actor: Actor) -> None:
    """Raises NotAllowed for who works on neither side of a result."""
    if not (actor.may("lab.enter") or actor.may("lab.release")):
        raise NotAllowed(right="lab.enter")


def lock_result(work: Work, result_id: Id) -> AnyRow:
    """A result of the lab as it stands under its order's lock. Raises NotFound (also for an imported one)."""
    row = work.get(LabResult, result_id)
    if row.item_id is None:
        raise NotFound(kind="lab_result", id=result_id)
    steps.lock_order(work, work.get(LabOrderItem, row.item_id).order_id)
    return work.get(LabResult, result_id)


def locked_results(work: Work, order_id: Id, result_ids: Sequence[Id]) -> list[AnyRow]:
    """Results of an order that the caller has locked, in the order asked for. Raises NotFound."""
    found: list[AnyRow] = []
    for result_id in result_ids:
        row = work.get(LabResult, result_id)
        if row.item_id is None or work.get(LabOrderItem, row.item_id).order_id != order_id:
            raise NotFound(kind="lab_result", id=result_id)
        found.append(row)
    return found
