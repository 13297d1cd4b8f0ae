"""The second step: results are released by another person, sent back, or corrected with the first kept beside.

Entered in `lab_results.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from hms_desktop.data.queries import lab_orders as order_queries
from hms_desktop.data.queries import lab_results as result_queries
from hms_desktop.data.queries import settings
from hms_desktop.data.queries.accounts import person_name
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.lab import LabOrderItem, LabResult, Specimen
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import (
    CriticalNotCalled,
    InvalidValue,
    NeedsVerification,
    ReasonNeeded,
    TakenBySomebody,
    WrongState,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState, ResultStatus
from hms_desktop.domain.lab_rows import ResultRow
from hms_desktop.domain.lab_values import CRITICAL_FLAGS
from hms_desktop.domain.labrules import is_own_release, refuse_own_release
from hms_desktop.domain.states import LAB_RESULT, step
from hms_desktop.services import lab_results as entering
from hms_desktop.services import lab_steps as steps
from hms_desktop.services.lab_results import NoteCriticalCall
from hms_desktop.services.service import writes


@dataclass(frozen=True, slots=True)
class CallNote:
    """A call about a critical result that is noted while it is released."""

    result_id: Id
    called_person: str
    called_at: datetime
    read_back: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ReleaseResults(Command):
    """Verify entered results of one order; `calls` about the critical ones among them that nobody noted yet."""

    order_id: Id
    result_ids: tuple[Id, ...]
    calls: tuple[CallNote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SendBack(Command):
    """Entered results are not believed: back to the bench, with a reason. A correction that waits is withdrawn."""

    order_id: Id
    result_ids: tuple[Id, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectResult(Command):
    """A released result was wrong. `result_id` is the one that counts now."""

    result_id: Id
    value: str
    reason: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did. `order_state` completed: the patient is on the way back to the doctor."""

    order_id: Id
    result_ids: tuple[Id, ...]
    order_state: OrderState


@dataclass(frozen=True, slots=True)
class CorrectionMade:
    """A correction. Not `released`: a second person must verify it, or the doctor must be called first."""

    result_id: Id
    released: bool


@writes("lab.release")
def release_results(work: Work, command: ReleaseResults) -> Released:
    """Let results leave the lab, all or none. The last one of a visit sends the patient back to the doctor.

    Raises NeedsVerification (one's own), CriticalNotCalled, TakenBySomebody (released already), WrongState (taken
    back), InvalidValue, NotFound.
    """
    if not command.result_ids:
        raise InvalidValue(field="results", reason="required")
    order = steps.lock_order(work, command.order_id)
    rows = entering.locked_results(work, order.id, command.result_ids)
    calls = {call.result_id: call for call in command.calls}
    for row in rows:
        if row.id in calls and row.status == ResultStatus.PRELIMINARY:
            _note(work, row, calls[row.id])
    for row in rows:
        _release(work, row)
    return Released(order.id, command.result_ids, steps.settle(work, order))


def _note(work: Work, row: AnyRow, call: CallNote) -> None:
    entering.note_call(
        work,
        row,
        NoteCriticalCall(
            result_id=row.id, called_person=call.called_person, called_at=call.called_at, read_back=call.read_back,
            note=call.note,
        ),
    )  # fmt: skip


def _release(work: Work, row: AnyRow) -> None:
    if row.status in {ResultStatus.FINAL, ResultStatus.CORRECTED}:
        raise TakenBySomebody(kind="lab_result", by=person_name(work, row.verified_by))
    first = _corrected(work, row)
    step(LAB_RESULT, ResultStatus(row.status), ResultStatus.FINAL)
    shown = _shown(work, row)
    one = settings.flag(work, "lab_own_release")
    refuse_own_release(row.entered_by, work.actor.user_id, one_technician=one, test=shown.name)
    if row.flag in CRITICAL_FLAGS and not result_queries.calls_about(work, row.id):
        raise CriticalNotCalled(test=shown.name, value=f"{shown.value} {shown.unit}".strip(), result=row.id)
    if first is not None:
        step(LAB_RESULT, ResultStatus(first.status), ResultStatus.CORRECTED)
        work.change(LabResult, first.id, current=False)
    work.change(
        LabResult, row.id, status=ResultStatus.CORRECTED if first is not None else ResultStatus.FINAL, current=True,
        verified_by=work.actor.user_id, verified_at=work.now,
        own_release=is_own_release(row.entered_by, work.actor.user_id),
    )  # fmt: skip
    steps.ask_for_review(work, row)
    item = work.get(LabOrderItem, row.item_id)
    if item.state != OrderState.COMPLETED:
        steps.move_item(work, item.id, item.state, OrderState.COMPLETED)


def _corrected(work: Work, row: AnyRow) -> AnyRow | None:
    """The released result that this one replaces, or None when it is the first to leave the lab."""
    known = result_queries.current(work, row.item_id)
    return known if known is not None and known.id != row.id and known.id == row.replaces_id else None


def _shown(work: Work, row: AnyRow) -> ResultRow:
    found = result_queries.result(work, row.id)
    assert found is not None
    return found


@writes("lab.view")
def send_back(work: Work, command: SendBack) -> None:
    """Take entered results back, so that they are done again. Raises ReasonNeeded, WrongState (released already),
    NotAllowed, NotFound.
    """
    entering.may_enter_or_release(work.actor)
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="sending_back")
    order = steps.lock_order(work, command.order_id)
    for row in entering.locked_results(work, order.id, command.result_ids):
        if row.status != ResultStatus.PRELIMINARY:
            raise WrongState(kind="lab_result", state=str(row.status), wanted=ResultStatus.CANCELLED.value)
        work.change(
            LabResult, row.id, status=ResultStatus.CANCELLED, current=False,
            correction_reason=command.reason.strip()[:300],
        )  # fmt: skip


@writes("lab.correct")
def correct_result(work: Work, command: CorrectResult) -> CorrectionMade:
    """Enter the right value for a released result. The first stays and counts until the correction is released: at once
    where the clinic allows own release (and a critical value was called), else by a second person.

    Raises ReasonNeeded, InvalidValue (value, or nothing changed), WrongState (not released, or corrected since),
    TakenBySomebody (a correction waits already), NotFound.
    """
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what="correction")
    row = entering.lock_result(work, command.result_id)
    if not row.current:
        raise WrongState(kind="lab_result", state=ResultStatus.CORRECTED.value, wanted=ResultStatus.CORRECTED.value)
    step(LAB_RESULT, ResultStatus(row.status), ResultStatus.CORRECTED)
    waiting = result_queries.preliminary(work, [row.item_id])
    if waiting:
        raise TakenBySomebody(kind="lab_result", by=person_name(work, waiting[0].entered_by))
    item = work.get(LabOrderItem, row.item_id)
    order = steps.lock_order(work, item.order_id)
    whole = next(each for each in order_queries.items(work, [order.id]) if each.id == item.id)
    value = entering.read(work, whole, command.value)
    if entering.same(row, value, command.comment):
        raise InvalidValue(field="value", reason="unchanged")
    subject = entering.subject_of(work, order, work.get(Specimen, item.specimen_id))
    made = entering.keep(
        work, subject, whole, value, command.comment, replaces_id=row.id, current=False,
        correction_reason=command.reason.strip()[:300],
    )  # fmt: skip
    assert made.result_id is not None
    return CorrectionMade(made.result_id, _released_at_once(work, made.result_id))


def _released_at_once(work: Work, result_id: Id) -> bool:
    if not work.actor.may("lab.release"):
        return False
    try:
        _release(work, work.get(LabResult, result_id))
    except (NeedsVerification, CriticalNotCalled):
        return False
    return True
