"""Results that came after the consultation: every doctor sees them in one list until one has marked them as seen.

The release puts a result there (`lab_steps.ask_for_review`); a consultation's end takes off what its doctor had in the
chart, an acknowledged critical value goes by itself.
"""

from dataclasses import dataclass

from hms_desktop.data.queries import lab_reviews as queries
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.lab import ResultReview
from hms_desktop.data.work import Work
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import NotFound
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab_reviews import ReviewRow
from hms_desktop.domain.lab_values import CRITICAL_FLAGS
from hms_desktop.services import lab_results as entering
from hms_desktop.services.service import reads, writes


@dataclass(frozen=True, kw_only=True)
class MarkReviewed(Command):
    """A doctor has seen a result that came late."""

    result_id: Id


@dataclass(frozen=True, kw_only=True)
class PutBackForReview(Command):
    """It was marked by mistake: back on the list."""

    result_id: Id


@reads("lab.order")
def results_to_review(reader: Reader) -> list[ReviewRow]:
    """Released results that no doctor has seen and no doctor's queue waits for, whoever asked for them."""
    return queries.to_review(reader)


@writes("lab.order")
def mark_reviewed(work: Work, command: MarkReviewed) -> bool:
    """Note that I have seen a result, and with it a critical alert. False when somebody had before. Raises NotFound."""
    result = entering.lock_result(work, command.result_id)
    review = _review(work, result.id)
    now = {"reviewed_by": work.actor.user_id, "reviewed_at": work.now}
    if not work.claim(ResultReview, review.id, {"reviewed_at": None}, **now):
        return False
    if result.flag in CRITICAL_FLAGS:
        entering.acknowledge(work, result)
    return True


@writes("lab.order")
def put_back_for_review(work: Work, command: PutBackForReview) -> bool:
    """Take one's own mark back; an acknowledged critical value stays acknowledged. False when it is not one's own.

    Raises NotFound.
    """
    review = _review(work, command.result_id)
    mine = {"reviewed_by": work.actor.user_id}
    return work.claim(ResultReview, review.id, mine, reviewed_by=None, reviewed_at=None)


def _review(work: Work, result_id: Id) -> AnyRow:
    found = queries.review_of(work, result_id)
    if found is None:
        raise NotFound(kind="lab_result", id=result_id)
    return found
