"""The history of a patient in one statement: past visits, diagnoses, problems, immunisations. Notes, drugs, results and
vitals have files of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, cast, literal, null, select, union_all
from sqlalchemy.types import TypeEngine

from hms_desktop.data import types as t
from hms_desktop.data.base import table_of
from hms_desktop.data.queries.accounts import name_column
from hms_desktop.data.question import Column, Question, first, rows_of, words
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.consultations import Diagnosis
from hms_desktop.data.tables.patients import Condition, Immunization
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.chart import ImmunizationRow, PastVisitRow
from hms_desktop.domain.consultations import (
    Certainty,
    ConditionRow,
    ConditionState,
    DiagnosisRank,
    DiagnosisRow,
    Occurrence,
)
from hms_desktop.domain.ids import Id
from hms_desktop.domain.visits import VisitKind, VisitState

_SHAPE: dict[str, TypeEngine[Any]] = {
    "part": t.Text(20), "id": t.Id(), "visit_id": t.Id(), "count": t.Whole(), "code": t.Text(60), "more": t.Text(60),
    "text": t.Text(300), "state": t.Text(20), "rank": t.Text(20), "kind": t.Text(20), "day": t.LocalDate(),
    "until": t.LocalDate(), "at": t.UtcTime(), "by": t.Text(200),
}  # fmt: skip
"""The columns that all four have in common, each in its own meaning; NULL where one has nothing to say."""

_MOST_VISITS, _MOST_DIAGNOSES, _MOST_PROBLEMS, _MOST_VACCINES = 50, 200, 200, 100


@dataclass(frozen=True, slots=True)
class History:
    """Newest first, problems by state; each visit with its diagnoses, primary first."""

    visits: tuple[PastVisitRow, ...]
    diagnoses: tuple[DiagnosisRow, ...]
    conditions: tuple[ConditionRow, ...]
    immunizations: tuple[ImmunizationRow, ...]


def history(reader: Reader, patient_id: Id) -> History:
    """What happened to the patient before."""
    parts: dict[str, list[_Line]] = {"visit": [], "diagnosis": [], "condition": [], "immunization": []}
    for line in zip(*reader.columns(_question(), patient=patient_id), strict=True):
        parts[line[0]].append(line)
    diagnoses = _diagnoses(*_turned(parts["diagnosis"], key=itemgetter(8, 1)))
    named: dict[Id, list[str]] = {}
    for each in diagnoses:
        named.setdefault(each.visit_id, []).append(each.text)
    return History(
        tuple(_visits(named, *_turned(parts["visit"], key=itemgetter(12), reverse=True))),
        tuple(sorted(diagnoses, key=attrgetter("day"), reverse=True)),
        tuple(_conditions(*_turned(parts["condition"], key=lambda line: (line[7], _newest(line[10]), line[1])))),
        tuple(_immunizations(*_turned(parts["immunization"], key=lambda line: (_newest(line[10]), line[1])))),
    )


_Line = tuple[Any, ...]


def _newest(day: date | None) -> int:
    """Sorts the newest day first and what has none last."""
    return -day.toordinal() if day else 0


def _turned(lines: list[_Line], *, key: Callable[[_Line], Any], reverse: bool = False) -> list[Column]:
    """The columns of lines in this order, whatever order the engine joined the parts in."""
    return list(zip(*sorted(lines, key=key, reverse=reverse), strict=True)) or [()] * len(_SHAPE)


def _visits(
    named: dict[Id, list[str]], _part: Column, ids: Column, _visit: Column, _count: Column, numbers: Column,
    _more: Column, complaints: Column, states: Column, _rank: Column, kinds: Column, days: Column, _until: Column,
    opened: Column, by: Column,
) -> list[PastVisitRow]:  # fmt: skip
    texts = [tuple(named.get(id, ())) for id in ids]
    return rows_of(
        PastVisitRow, ids, numbers, days, map(words(VisitKind), kinds), map(words(VisitState), states), complaints,
        texts, [name or "" for name in by], opened,
    )  # fmt: skip


def _diagnoses(
    _part: Column, ids: Column, visits: Column, _count: Column, codes: Column, icd10: Column, texts: Column,
    certain: Column, ranks: Column, occurred: Column, days: Column, *_rest: Column,
) -> list[DiagnosisRow]:  # fmt: skip
    return rows_of(
        DiagnosisRow, ids, visits, codes, icd10, texts, map(words(DiagnosisRank), ranks),
        map(words(Certainty), certain), map(words(Occurrence), occurred), days,
    )  # fmt: skip


def _conditions(
    _part: Column, ids: Column, _visit: Column, versions: Column, codes: Column, _more: Column, texts: Column,
    states: Column, _rank: Column, _kind: Column, onset: Column, resolved: Column, *_rest: Column,
) -> list[ConditionRow]:  # fmt: skip
    coded = [code or "" for code in codes]
    return rows_of(ConditionRow, ids, versions, coded, texts, map(words(ConditionState), states), onset, resolved)


def _immunizations(
    _part: Column, ids: Column, _visit: Column, doses: Column, _code: Column, _more: Column, vaccines: Column,
    _state: Column, _rank: Column, _kind: Column, given: Column, *_rest: Column,
) -> list[ImmunizationRow]:  # fmt: skip
    return rows_of(ImmunizationRow, ids, vaccines, given, doses)


@cache
def _question() -> Question:
    """Built with the first chart, for a reception never asks it."""
    return Question(union_all(*(select(part.subquery()) for part in (_visit(), _coded(), _problem(), _vaccine()))))


def _shaped(table: type[Any], part: str, **columns: ColumnElement[Any]) -> Select[Any]:
    """One of the four, with typed blanks for what it does not have; not void, of the patient asked for."""
    given = {"part": literal(part, t.Text(20)), "id": table.id, **columns}
    shaped = [
        cast(given[name] if name in given else null(), kind).label(name)
        if name not in given or name in {"part", "state", "rank", "kind"}
        else given[name].label(name)
        for name, kind in _SHAPE.items()
    ]
    return select(*shaped).where(
        table_of(table).c.patient_id == bindparam("patient", type_=t.Id()), table_of(table).c.voided_at.is_(None)
    )


def _visit() -> Select[Any]:
    v = table_of(Visit).c
    shaped = _shaped(
        Visit, "visit", code=v.number, text=v.complaint, state=v.state, kind=v.kind, day=v.day, at=v.opened_at,
        by=name_column(v.practitioner_id),
    )  # fmt: skip
    return first(shaped.order_by(v.opened_at.desc()), _MOST_VISITS)


def _coded() -> Select[Any]:
    d = table_of(Diagnosis).c
    shaped = _shaped(
        Diagnosis, "diagnosis", visit_id=d.visit_id, code=d.code, more=d.icd10, text=d.text, state=d.certainty,
        rank=d.rank, kind=d.occurrence, day=d.day,
    )  # fmt: skip
    return first(shaped.order_by(d.day.desc(), d.rank, d.id), _MOST_DIAGNOSES)


def _problem() -> Select[Any]:
    c = table_of(Condition).c
    shaped = _shaped(
        Condition, "condition", count=c.version, code=c.code, text=c.text, state=c.state, day=c.onset_on,
        until=c.resolved_on,
    )  # fmt: skip
    return first(shaped.order_by(c.state, c.onset_on.desc(), c.id), _MOST_PROBLEMS)


def _vaccine() -> Select[Any]:
    i = table_of(Immunization).c
    shaped = _shaped(Immunization, "immunization", count=i.dose_number, text=i.vaccine, day=i.given_on)
    return first(shaped.order_by(i.given_on.desc(), i.id), _MOST_VACCINES)
