"""The laboratory report of an order: what was released, with what was corrected beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hms_desktop.data.queries import lab_bench as specimen_queries
from hms_desktop.data.queries import lab_orders as order_queries
from hms_desktop.data.queries import lab_results as result_queries
from hms_desktop.data.queries import papers as paper_queries
from hms_desktop.data.work import Work
from hms_desktop.documents.lab_report import LabReportPaper, PreviousValue, ResultGroup, ResultLine, SpecimenLine
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import NotFound, WrongState
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import OrderState, ResultStatus
from hms_desktop.domain.lab_rows import FirstValue, OrderedTestRow, OrderRow, ResultRow
from hms_desktop.domain.plain import to_plain
from hms_desktop.services.catalogue import name_of
from hms_desktop.services.papers import head, keep_paper, patient_line, printed
from hms_desktop.services.service import writes

PENDING = "…"
"""Stands where a result is not released yet."""


@dataclass(frozen=True, kw_only=True)
class PrintReport(Command):
    """The report of an order as it stands."""

    order_id: Id


@writes("lab.print")
def print_report(work: Work, command: PrintReport) -> Id:
    """The paper of the report: the one that there is when nothing has changed since (then a print is a COPY), else a
    new one. Raises WrongState when nothing is released yet, NotFound.
    """
    order = order_queries.order(work, command.order_id)
    if order is None:
        raise NotFound(kind="lab_order", id=command.order_id)
    if not order.released:
        raise WrongState(kind="lab_order", state=order.state.value, wanted=OrderState.COMPLETED.value)
    paper = _paper(work, order)
    known = paper_queries.papers_about(work, "subject_id", order.id, ["lab-report"], limit=1)
    if known and _facts(paper_queries.content(work, known[0].id).content) == _facts(to_plain(paper)):
        return known[0].id
    return keep_paper(
        work, "lab-report", paper, subject_table="lab_order", subject_id=order.id,
        patient_id=order.person.patient_id, number=order.number,
    )  # fmt: skip


def _facts(content: Mapping[str, object]) -> dict[str, object]:
    """What a report says, but for who printed it when and where."""
    return {name: value for name, value in content.items() if name not in {"printed", "head"}}


def _paper(work: Work, order: OrderRow) -> LabReportPaper:
    results = {row.item_id: row for row in result_queries.of_orders(work, [order.id]) if row.released}
    wanted = [test for test in order.tests if test.state is not OrderState.CANCELLED]
    return LabReportPaper(
        head=head(work), printed=printed(work), patient=patient_line(work, order.person.patient_id),
        order_number=order.number, ordered_at=work.local(order.ordered_at), requested_by=order.ordered_by,
        groups=_groups(work, wanted, results), status=_status(order, list(results.values())),
        specimens=_specimens(work, order.id), visit_number=order.visit_number, clinical_notes=order.clinical_notes,
    )  # fmt: skip


def _status(order: OrderRow, results: Sequence[ResultRow]) -> ResultStatus:
    """Preliminary while a result is missing; corrected when one was."""
    if order.released < order.total:
        return ResultStatus.PRELIMINARY
    corrected = any(row.status is ResultStatus.CORRECTED for row in results)
    return ResultStatus.CORRECTED if corrected else ResultStatus.FINAL


def _groups(
    work: Work, tests: Sequence[OrderedTestRow], results: Mapping[Id | None, ResultRow]
) -> tuple[ResultGroup, ...]:
    """By panel, single tests by category, in the order in which they were asked for."""
    groups: dict[str, list[ResultLine]] = {}
    for test in tests:
        name = test.panel or name_of("lab_categories", test.category, work.actor.language)
        groups.setdefault(name, []).append(_line(work, test, results.get(test.id)))
    return tuple(ResultGroup(name=name, results=tuple(lines)) for name, lines in groups.items())


def _line(work: Work, test: OrderedTestRow, row: ResultRow | None) -> ResultLine:
    if row is None:
        return ResultLine(test=test.name, value=PENDING, status=ResultStatus.PRELIMINARY)
    return ResultLine(
        test=test.name, value=row.value, unit=row.unit, flag=row.flag, range=row.range, status=row.status,
        released_by=row.verified_by, released_at=work.local(row.verified_at) if row.verified_at else None,
        previous=_previous(work, row.first), comment=row.comment, own_release=row.own_release,
    )  # fmt: skip


def _previous(work: Work, first: FirstValue | None) -> PreviousValue | None:
    if first is None:
        return None
    at = work.local(first.released_at) if first.released_at else None
    return PreviousValue(value=first.value, unit=first.unit, flag=first.flag, released_at=at, reason=first.reason)


def _specimens(work: Work, order_id: Id) -> tuple[SpecimenLine, ...]:
    """The specimens that were used; rejected ones are not on the report."""
    return tuple(
        SpecimenLine(
            accession=row.accession, specimen=name_of("specimens", row.kind, work.actor.language),
            collected_at=work.local(row.collected_at),
            received_at=work.local(row.received_at) if row.received_at else None,
        )
        for row in specimen_queries.used(work, order_id)
    )  # fmt: skip
