"""Vital signs: the sets of a visit or a patient, and the newest value of each measure."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from itertools import repeat
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import aliased

from hms_desktop.data.base import table_of
from hms_desktop.data.question import Question, first, rows_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.accounts import UserAccount
from hms_desktop.data.tables.triage import Vitals
from hms_desktop.domain import vitals as rules
from hms_desktop.domain.ids import Id
from hms_desktop.domain.protocols.vital_limits import Measure
from hms_desktop.domain.triage_rows import LastValue, VitalsRow
from hms_desktop.domain.vitals import Avpu

LETTERS = {Avpu.ALERT: "A", Avpu.CONFUSED: "C", Avpu.VOICE: "V", Avpu.PAIN: "P", Avpu.UNRESPONSIVE: "U"}
"""How consciousness is kept: the letters of ACVPU."""
_WORDS = {letter: avpu for avpu, letter in LETTERS.items()}
LOOK_BACK = 60
"""How many earlier sets are searched for the newest value of each measure."""


def columns_of(vitals: rules.Vitals) -> dict[str, Any]:
    """The values as the columns of a row; what was not measured stays NULL."""
    values: dict[str, Any] = {measure.value: getattr(vitals, measure.value) for measure in Measure}
    return {**values, "on_oxygen": vitals.on_oxygen, "avpu": None if vitals.avpu is None else LETTERS[vitals.avpu]}


def vitals_of(row: AnyRow) -> rules.Vitals:
    """The values of a row."""
    values: dict[str, Any] = {measure.value: row._mapping[measure.value] for measure in Measure}
    avpu = None if row.avpu is None else _WORDS[row.avpu]
    return rules.Vitals(**values, on_oxygen=row.on_oxygen, avpu=avpu)


def vitals_of_visit(reader: Reader, visit_id: Id, *, with_void: bool = True) -> list[VitalsRow]:
    """The sets of one visit, newest first; void ones keep their trace."""
    return _rows(reader, Vitals.visit_id == visit_id, with_void=with_void, limit=200)


def vitals_of_patient(reader: Reader, patient_id: Id, *, limit: int = 200) -> list[VitalsRow]:
    """The sets of a patient over all visits, newest first, without void ones."""
    ids, versions, visits, taken, pregnant, comments, given, family, *measured, letters = reader.columns(
        _of_patient(limit), patient=patient_id
    )
    values = rows_of(rules.Vitals, *measured, [None if letter is None else _WORDS[letter] for letter in letters])
    return rows_of(
        VitalsRow, ids, versions, visits, taken, map(person, given, family), values, pregnant, comments, repeat(None),
        repeat(""), repeat(""),
    )  # fmt: skip


@cache
def _of_patient(limit: int) -> Question:
    vitals, taker = table_of(Vitals), table_of(UserAccount)
    statement = (
        select(
            vitals.c.id, vitals.c.version, vitals.c.visit_id, vitals.c.taken_at, vitals.c.pregnant, vitals.c.comment,
            taker.c.given_name, taker.c.family_name, *(vitals.c[each.name] for each in fields(rules.Vitals)),
        )
        .outerjoin(taker, taker.c.id == vitals.c.created_by)
        .where(
            vitals.c.patient_id == bindparam("patient", type_=vitals.c.patient_id.type), vitals.c.voided_at.is_(None)
        )
        .order_by(vitals.c.taken_at.desc(), vitals.c.id.desc())
    )  # fmt: skip
    return Question(first(statement, limit))


def _rows(reader: Reader, condition: ColumnElement[bool], *, with_void: bool, limit: int) -> list[VitalsRow]:
    taker, voider = aliased(table_of(UserAccount)), aliased(table_of(UserAccount))
    statement = (
        select(
            table_of(Vitals),
            taker.c.given_name.label("by_given"), taker.c.family_name.label("by_family"),
            voider.c.given_name.label("void_given"), voider.c.family_name.label("void_family"),
        )
        .outerjoin(taker, taker.c.id == Vitals.created_by)
        .outerjoin(voider, voider.c.id == Vitals.voided_by)
        .where(condition)
        .order_by(Vitals.taken_at.desc(), Vitals.id.desc())
        .limit(limit)
    )  # fmt: skip
    if not with_void:
        statement = statement.where(Vitals.voided_at.is_(None))
    return [_shown(row) for row in reader.rows(statement)]


def _shown(row: AnyRow) -> VitalsRow:
    return VitalsRow(
        id=row.id, version=row.version, visit_id=row.visit_id, taken_at=row.taken_at,
        by=person(row.by_given, row.by_family), vitals=vitals_of(row), pregnant=row.pregnant, comment=row.comment,
        voided_at=row.voided_at, voided_by=person(row.void_given, row.void_family), void_reason=row.void_reason or "",
    )  # fmt: skip


def person(given: str | None, family: str | None) -> str:
    """A member of staff as lists name them; '' for somebody without an account."""
    return f"{given or ''} {family or ''}".strip()


def last_values(reader: Reader, patient_id: Id) -> Mapping[Measure, LastValue]:
    """The newest value of each measure, from whichever visit; a measure never taken is not in it."""
    found: dict[Measure, LastValue] = {}
    for row in vitals_of_patient(reader, patient_id, limit=LOOK_BACK):
        for measure in Measure:
            value = row.vitals.value(measure)
            if value is not None and measure not in found:
                found[measure] = LastValue(value, row.taken_at)
    return found
