"""Who waits where: the waiting list of a service point, the open entry of a visit."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from itertools import repeat
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select

from hms_desktop.data.base import table_of
from hms_desktop.data.question import Column, Question, first, rows_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.patients import Patient
from hms_desktop.data.tables.visits import QueueEntry, Visit
from hms_desktop.domain.dates import age_text
from hms_desktop.domain.ids import Id
from hms_desktop.domain.patients import full_name, listed_name
from hms_desktop.domain.queueing import colour_rank
from hms_desktop.domain.visits import OPEN_QUEUE_STATES, QueueRow, QueueState, ServicePoint

_entry, _visit, _patient = table_of(QueueEntry), table_of(Visit), table_of(Patient)
_user = table_of(UserAccount)


def _shown(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The columns of a waiting list, in the order in which `_rows` takes them."""
    return (
        select(
            _entry.c.id, _entry.c.version, _entry.c.visit_id, _visit.c.number, _entry.c.patient_id, _patient.c.mrn,
            _patient.c.sex, _entry.c.ticket, _entry.c.state, _entry.c.colour, _entry.c.returned,
            _entry.c.waiting_since, _visit.c.complaint, _patient.c.given_name, _patient.c.middle_name,
            _patient.c.family_name, _patient.c.birth_date, _patient.c.birth_estimated, _user.c.given_name.label("by"),
            _user.c.family_name.label("by_family"),
        )
        .join(_visit, _visit.c.id == _entry.c.visit_id)
        .join(_patient, _patient.c.id == _entry.c.patient_id)
        .outerjoin(_user, _user.c.id == _entry.c.claimed_by)
        .where(_entry.c.voided_at.is_(None), *conditions)
    )  # fmt: skip


_AT = _entry.c.service_point == bindparam("point", type_=_entry.c.service_point.type)
_TODAY = _entry.c.day == bindparam("day", type_=_entry.c.day.type)
_OPEN = _entry.c.state.in_([literal(state, _entry.c.state.type) for state in sorted(OPEN_QUEUE_STATES)])
_OVER = [literal(state, _entry.c.state.type) for state in (QueueState.COMPLETED, QueueState.DONE)]
_DEPARTMENT = bindparam("department", type_=_entry.c.department_id.type)
_IN_TURN = (_entry.c.colour_rank, _entry.c.returned.desc(), _entry.c.waiting_since, _entry.c.id)
_LAST_FIRST = (_entry.c.done_at.desc(), _entry.c.id)
_MOST = 200

_MINE_OR_ANYBODYS = (_entry.c.department_id == _DEPARTMENT) | _entry.c.department_id.is_(None)
_WAITING = Question(first(_shown(_AT, _OPEN).order_by(*_IN_TURN), _MOST))
_WAITING_FOR = Question(first(_shown(_AT, _OPEN, _MINE_OR_ANYBODYS).order_by(*_IN_TURN), _MOST))
_MISSED = Question(_shown(_AT, _TODAY, _entry.c.state == QueueState.NO_SHOW).order_by(*_LAST_FIRST))
_COMPLETED = Question(
    _shown(
        _AT, _TODAY, _entry.c.state.in_(_OVER), _entry.c.practitioner_id == bindparam("user", type_=_entry.c.id.type)
    ).order_by(*_LAST_FIRST)
)  # fmt: skip
_ONE = Question(_shown(_entry.c.id == bindparam("entry", type_=_entry.c.id.type)))


def waiting(reader: Reader, service_point: ServicePoint, *, department_id: Id | None = None) -> list[QueueRow]:
    """The list of one service point in the order of calling: colour, back from the lab, waiting time.

    With a department: its own patients and those of no department.
    """
    if department_id is None:
        return _rows(reader, reader.columns(_WAITING, point=service_point))
    return _rows(reader, reader.columns(_WAITING_FOR, point=service_point, department=department_id))


def missed(reader: Reader, service_point: ServicePoint) -> list[QueueRow]:
    """Who was called today and did not come: they may still come back."""
    return _rows(reader, reader.columns(_MISSED, point=service_point, day=reader.today))


def entry_row(reader: Reader, entry_id: Id) -> QueueRow | None:
    """One entry as lists show it."""
    return next(iter(_rows(reader, reader.columns(_ONE, entry=entry_id))), None)


def completed(reader: Reader, service_point: ServicePoint, user_id: Id) -> list[QueueRow]:
    """Whom this person has finished with today, the last one first."""
    return _rows(reader, reader.columns(_COMPLETED, point=service_point, day=reader.today, user=user_id))


def _rows(reader: Reader, columns: Sequence[Column]) -> list[QueueRow]:
    """Rows of a waiting list from the columns of `_shown`."""
    (ids, versions, visits, numbers, patients, mrns, sexes, tickets, states, colours, returned, since, complaints,
     given, middle, family, born, estimated, by, by_family) = columns  # fmt: skip
    names = map(listed_name, given, middle, family)
    ages = map(_age, born, repeat(reader.today), estimated)
    callers = ["" if one is None else full_name(one, "", other or "") for one, other in zip(by, by_family, strict=True)]
    return rows_of(
        QueueRow, ids, versions, visits, numbers, patients, names, mrns, sexes, ages, tickets, states, colours,
        returned, since, callers, complaints, repeat(None),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _age(born: date | None, today: date, estimated: bool) -> str:
    """Kept, for a list is read again and again while the same people wait."""
    return age_text(born, today, estimated=estimated) if born and born <= today else ""


def open_entry(reader: Reader, visit_id: Id, service_point: ServicePoint) -> AnyRow | None:
    """The entry that waits or is served at a service point, or None."""
    entry = table_of(QueueEntry)
    statement = select(entry).where(
        entry.c.visit_id == visit_id, entry.c.service_point == service_point,
        entry.c.state.in_(sorted(OPEN_QUEUE_STATES)), entry.c.voided_at.is_(None),
    )  # fmt: skip
    return reader.first(statement.order_by(entry.c.id.desc()))


def entries(reader: Reader, visit_id: Id, states: Collection[QueueState]) -> Sequence[AnyRow]:
    """The entries of a visit in these states, oldest first."""
    entry = table_of(QueueEntry)
    statement = select(entry).where(
        entry.c.visit_id == visit_id, entry.c.state.in_(sorted(states)), entry.c.voided_at.is_(None)
    )
    return reader.rows(statement.order_by(entry.c.id))


def people_before(reader: Reader, service_point: ServicePoint, colour: str) -> int:
    """How many wait there now who are called before a newcomer of this colour."""
    entry = table_of(QueueEntry)
    statement = select(func.count()).where(
        entry.c.service_point == service_point,
        entry.c.state.in_((QueueState.WAITING.value, QueueState.CALLED.value)),
        entry.c.colour_rank <= colour_rank(colour),
        entry.c.voided_at.is_(None),
    )
    return int(reader.scalar(statement))
