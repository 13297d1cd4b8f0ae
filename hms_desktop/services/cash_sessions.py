"""A cashier's drawer: opened with a float, counted blind, closed with a Z report that never changes again."""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.data.queries import cash, settings
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.billing import CashMovement, CashSession
from hms_desktop.data.work import Work
from hms_desktop.domain.billing import CashMovementKind, SessionState
from hms_desktop.domain.cash import CashCount, SessionRow, counted_total, is_stale
from hms_desktop.domain.commands import Command
from hms_desktop.domain.errors import AlreadyExists, CashSessionStale, InvalidValue, ReasonNeeded, WrongState
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.money import ZERO
from hms_desktop.domain.plain import to_plain
from hms_desktop.domain.states import CASH_SESSION, step
from hms_desktop.services.money.drawers import own_drawer, take_from_drawer
from hms_desktop.services.money.reports import keep_report
from hms_desktop.services.service import reads, require, writes


@dataclass(frozen=True, kw_only=True)
class OpenSession(Command):
    """Start the day with this much cash in the drawer."""

    float_amount: Decimal


@dataclass(frozen=True, kw_only=True)
class MoveCash(Command):
    """Cash out of the drawer (to the bank, petty cash) or into it (change from the bank), with a reason."""

    kind: CashMovementKind
    amount: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class CountSession(Command):
    """What lies in the drawer, note by note; `other` is what no row fits."""

    session_id: Id
    counts: tuple[CashCount, ...]
    other: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class CloseSession(Command):
    """Close a counted session. A difference needs its reason."""

    session_id: Id
    difference_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PrintReport(Command):
    """An X report of a session that goes on."""

    session_id: Id


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A drawer is open."""

    session_id: Id
    number: str


@dataclass(frozen=True, slots=True)
class CashMoved:
    """Cash left or entered the drawer."""

    movement_id: Id


@dataclass(frozen=True, slots=True)
class SessionCounted:
    """The count against what the books expect: told only now. `times` says how often the drawer was counted."""

    counted: Decimal
    expected: Decimal
    difference: Decimal
    times: int


@dataclass(frozen=True, slots=True)
class ReportKept:
    """An X or Z report as a paper. `number` is the Z number; '' for an X."""

    paper_id: Id
    number: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """What a cashier's window shows of the drawer: never what it should hold. `session` is None before it is opened;
    `operators` are those of mobile money.
    """

    session: SessionRow | None
    operators: tuple[str, ...]


@reads("billing.session")
def own_session(reader: Reader) -> Drawer:
    """The cashier's session that is not closed, and what the window needs to take money."""
    session_id = cash.open_session(reader, reader.actor.user_id)
    session = None if session_id is None else cash.session(reader, session_id)
    operators = tuple(name.strip() for name in settings.word(reader, "mobile_operators").split(",") if name.strip())
    return Drawer(session, operators)


@reads("billing.view")
def cash_sessions(reader: Reader, *, only_open: bool = False, limit: int = 30) -> list[SessionRow]:
    """Sessions, newest first: the own ones, and everybody's for those who may approve."""
    cashier = None if reader.actor.may("billing.approve") else reader.actor.user_id
    return cash.sessions(reader, only_open=only_open, cashier_id=cashier, limit=limit)


@writes("billing.session")
def open_session(work: Work, command: OpenSession) -> SessionOpened:
    """Open the drawer with its float. Raises CashSessionStale (yesterday's is open), AlreadyExists, InvalidValue."""
    amount = work.facility.currency.to_minor(command.float_amount)
    if amount < 0:
        raise InvalidValue(field="float_amount", reason="money", digits=work.facility.currency.digits)
    cashier = work.get(UserAccount, work.actor.user_id)
    known = cash.open_session(work, cashier.id)
    if known is not None:
        row = cash.locked(work, known)
        if is_stale(row.day, row.opened_at, work.today, work.now):
            raise CashSessionStale(opened=row.day)
        raise AlreadyExists(kind="cash_session", field="number", value=row.number)
    number = work.number(NumberKind.CASH_SESSION)
    session_id = work.insert(
        CashSession, number=number, cashier_id=cashier.id, state=SessionState.OPEN, open_key=cashier.id,
        day=work.today, opened_at=work.now, float_amount=amount,
    )  # fmt: skip
    return SessionOpened(session_id, number)


@writes("billing.session")
def move_cash(work: Work, command: MoveCash) -> CashMoved:
    """Take cash out of the own drawer or put some in. Raises ReasonNeeded, NotEnoughCash, NoCashSession."""
    if not command.reason.strip():
        raise ReasonNeeded(field="reason", what=command.kind.value)
    amount = work.facility.currency.to_minor(command.amount)
    if amount <= 0:
        raise InvalidValue(field="amount", reason="not_positive")
    session = own_drawer(work)
    if command.kind is CashMovementKind.OUT:
        take_from_drawer(work, session, amount)
    moved = work.insert(
        CashMovement, session_id=session.id, kind=command.kind, amount=amount, reason=command.reason.strip()
    )
    return CashMoved(moved)


@writes("billing.view")
def count_session(work: Work, command: CountSession) -> SessionCounted:
    """Write down what was counted; from now on the drawer takes no money, and the difference is told. It may be counted
    again until it is closed: every count stays in the audit trail, and the Z report says how many there were.

    Raises NotAllowed (somebody else's session, without billing.approve), WrongState (closed), InvalidValue.
    """
    row = _held(work, command.session_id)
    currency = work.facility.currency
    counted = counted_total(command.counts, command.other, currency)
    if row.state is not SessionState.COUNTED:
        step(CASH_SESSION, SessionState(row.state), SessionState.COUNTED)
    expected = cash.drawer_cash(work, row)
    times = (row.counted["times"] if row.counted else 0) + 1
    kept = {
        "counts": to_plain([each for each in command.counts if each.count]),
        "other": to_plain(command.other),
        "times": times,
        "first": row.counted["first"] if row.counted else to_plain(counted),
    }
    work.change(
        CashSession, row.id, row.version, state=SessionState.COUNTED, counted=kept,
        counted_total=currency.to_minor(counted), expected_total=expected,
    )  # fmt: skip
    return SessionCounted(
        counted, currency.from_minor(expected), currency.from_minor(currency.to_minor(counted) - expected), times
    )


@writes("billing.view")
def close_session(work: Work, command: CloseSession) -> ReportKept:
    """Close a counted session: the Z number is taken, its figures are frozen, its report is kept.

    Raises NotAllowed, WrongState (not counted, or closed already), ReasonNeeded (over or short without a reason).
    """
    row = _held(work, command.session_id)
    step(CASH_SESSION, SessionState(row.state), SessionState.CLOSED)
    reason = command.difference_reason.strip()
    if row.counted_total != row.expected_total and not reason:
        raise ReasonNeeded(field="difference_reason", what="difference")
    figures = cash.figures(work, row)
    number = work.number(NumberKind.Z_REPORT)
    work.change(
        CashSession, row.id, row.version, state=SessionState.CLOSED, open_key=None, z_number=number,
        figures=to_plain(figures), closed_at=work.now, closed_by=work.actor.user_id, difference_reason=reason,
    )  # fmt: skip
    return ReportKept(keep_report(work, row.id, figures), number)


@writes("billing.view")
def print_x_report(work: Work, command: PrintReport) -> ReportKept:
    """An X report: what the session took so far, without what the drawer should hold while it is not counted.

    Raises NotAllowed (somebody else's session, without billing.approve), WrongState (closed).
    """
    row = _held(work, command.session_id)
    if row.state is SessionState.CLOSED:
        raise WrongState(kind="cash_session", state=row.state, wanted=SessionState.OPEN)
    return ReportKept(keep_report(work, row.id, cash.figures(work, row)), "")


def _held(work: Work, session_id: Id) -> AnyRow:
    """A session under lock, the own one or, for those who may approve, anybody's. Raises NotAllowed, NotFound."""
    row = cash.locked(work, session_id)
    require(work.actor, "billing.session" if row.cashier_id == work.actor.user_id else "billing.approve")
    return row
