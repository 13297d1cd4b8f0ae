"""X and Z reports as papers, from a session's figures."""

from dataclasses import replace
from decimal import Decimal

from hms_desktop.data.queries import cash
from hms_desktop.data.reader import AnyRow
from hms_desktop.data.tables.billing import CashSession
from hms_desktop.data.work import Work
from hms_desktop.documents.cash_report import (
    CashReportPaper,
    Denomination,
    DrawerLine,
    MethodTotal,
    PendingLine,
    ReductionTotal,
    ReportKind,
)
from hms_desktop.domain.billing import SessionState
from hms_desktop.domain.cash import CashCount, Figures, MethodSum
from hms_desktop.domain.checkdigit import parse_number
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.plain import from_plain
from hms_desktop.services.money.papers import receipt_form
from hms_desktop.services.papers import head, keep_paper, printed


def keep_report(work: Work, session_id: Id, figures: Figures) -> Id:
    """Keep the report of a session: a Z when it is closed, else an X. An X tells what the drawer should hold only after
    the drawer was counted.
    """
    row = work.get(CashSession, session_id)
    paper = _with_count(work, row, _report(work, row, figures))
    return keep_paper(
        work, f"{paper.kind.value}-report", paper, subject_table="cash_session", subject_id=session_id,
        number=row.z_number or row.number,
    )  # fmt: skip


def _report(work: Work, row: AnyRow, figures: Figures) -> CashReportPaper:
    closed = row.state is SessionState.CLOSED
    return CashReportPaper(
        head=head(work),
        printed=printed(work),
        kind=ReportKind.Z if closed else ReportKind.X,
        session_number=row.number,
        z_number=_z_counter(work, row.z_number) if closed else None,
        currency=work.facility.currency,
        cashier=cash.person(work, row.cashier_id),
        opened_at=work.local(row.opened_at),
        closed_at=work.local(row.closed_at) if closed else None,
        closed_by=cash.person(work, row.closed_by) if row.closed_by != row.cashier_id else "",
        float_amount=figures.float_amount,
        takings=_totals(figures.takings),
        refunds=_totals(figures.refunds),
        movements=tuple(
            DrawerLine(kind=m.kind, amount=m.amount, reason=m.reason, at=m.at, by=m.by) for m in figures.moves
        ),
        expected=None,
        pending=tuple(
            PendingLine(operator=p.operator, code=p.code, amount=p.amount, at=p.at, receipt=p.receipt)
            for p in figures.pending
        ),
        late=_totals((figures.late,))[0] if figures.late else None,
        reductions=tuple(ReductionTotal(kind=r.kind, count=r.count, amount=r.amount) for r in figures.reductions),
        first_receipt=figures.first_receipt,
        last_receipt=figures.last_receipt,
        receipts=figures.receipts,
        voided=figures.reversed,
        form=receipt_form(work),
    )


def _z_counter(work: Work, z_number: str) -> int:
    return parse_number(z_number, NumberKind.Z_REPORT, facility=work.facility.code).counter


def _with_count(work: Work, row: AnyRow, paper: CashReportPaper) -> CashReportPaper:
    """The same report with what was counted and what was expected, once the drawer was counted."""
    if row.counted_total is None:
        return paper
    money = work.facility.currency.from_minor
    return replace(
        paper, expected=money(row.expected_total), counted=money(row.counted_total),
        denominations=_denominations(row.counted), counts=row.counted["times"],
        first_count=Decimal(row.counted["first"]), difference_reason=row.difference_reason,
    )  # fmt: skip


def _totals(sums: tuple[MethodSum, ...]) -> tuple[MethodTotal, ...]:
    return tuple(MethodTotal(method=each.method, count=each.count, amount=each.amount) for each in sums)


def _denominations(counted: dict[str, object]) -> tuple[Denomination, ...]:
    rows = from_plain(tuple[CashCount, ...], counted["counts"])
    other = Decimal(str(counted["other"]))
    found = [Denomination(face=each.face, count=each.count) for each in rows]
    return (*found, Denomination(face=other, count=1)) if other else tuple(found)
