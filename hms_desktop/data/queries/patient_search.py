"""Finding patients: the word index of each engine, telephone tails, patient numbers, national IDs.

Every statement is bounded: an index gives at most `MOST` candidates, of which the best are shown. Nothing here scans
the patients.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, literal, or_, select, text

from hms_desktop.data import types as t
from hms_desktop.data.base import table_of
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.data.tables.facility import Station
from hms_desktop.data.tables.patients import NameVariant, Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import Person, same_phone
from hms_desktop.domain.patient_search import Ask, Every, Term
from hms_desktop.domain.patients import PatientHit, Sex, full_name, listed_name

MOST = 400
"""How many candidates an index gives before the best are chosen: the newest registered."""
_AFTER_DIGITS = "a"
_AFTER_NUMBERS = "z" * 30
"""Ends of a prefix: sort behind every telephone tail and every patient number, in each engine's own sorting order."""

_WORDS_SQLITE = text(
    "SELECT found.patient_id AS id FROM"
    " (SELECT rowid FROM patient_words WHERE patient_words MATCH :ask ORDER BY rowid DESC LIMIT :most) AS hit"
    " JOIN patient_search_row AS found ON found.row = hit.rowid"
)
_WORDS_POSTGRESQL = text(
    "SELECT id FROM patient WHERE array_to_tsvector(string_to_array(search_words, ' ')) @@ CAST(:ask AS tsquery)"
    " LIMIT :most"
)


def in_fts5(ask: Ask) -> str:
    """`ask` in the words of SQLite's FTS5. Index words hold letters, marks and digits only."""
    if isinstance(ask, Term):
        return f'"{ask.word}"*' if ask.prefix else f'"{ask.word}"'
    joined = (" AND " if isinstance(ask, Every) else " OR ").join(map(in_fts5, ask.parts))
    return f"({joined})"


def in_tsquery(ask: Ask) -> str:
    """`ask` as a PostgreSQL tsquery."""
    if isinstance(ask, Term):
        return f"'{ask.word}':*" if ask.prefix else f"'{ask.word}'"
    joined = (" & " if isinstance(ask, Every) else " | ").join(map(in_tsquery, ask.parts))
    return f"({joined})"


def _shown() -> Select[Any]:
    """The columns of a row of the search, each patient with the open visit."""
    patient, visit = table_of(Patient), table_of(Visit)
    return (
        select(
            patient.c.id, patient.c.mrn, patient.c.given_name, patient.c.middle_name, patient.c.family_name,
            patient.c.birth_date, patient.c.birth_estimated, patient.c.sex, patient.c.phone, patient.c.national_id,
            patient.c.last_visit_on, visit.c.number.label("open_visit"),
        )
        .select_from(patient)
        .outerjoin(visit, visit.c.open_key == patient.c.id)
        .where(patient.c.voided_at.is_(None))
    )  # fmt: skip


def _seen_last_first(statement: Select[Any], limit: int | ColumnElement[int]) -> Select[Any]:
    patient = table_of(Patient)
    return statement.order_by(patient.c.last_visit_on.desc().nulls_last(), patient.c.id.desc()).limit(limit)


def hit(row: AnyRow, matched: str) -> PatientHit:
    """A row of the search."""
    return PatientHit(
        id=row.id, mrn=row.mrn, name=listed_name(row.given_name, row.middle_name, row.family_name),
        birth_date=row.birth_date, birth_estimated=row.birth_estimated, sex=Sex(row.sex), phone=row.phone,
        matched=matched, last_visit=row.last_visit_on, open_visit=row.open_visit,
    )  # fmt: skip


def person(row: AnyRow) -> Person:
    """The same row as likely duplicates are judged by."""
    name = full_name(row.given_name, row.middle_name, row.family_name)
    return Person(row.id, name, row.birth_date, row.birth_estimated, row.sex, row.phone, row.national_id)


@cache
def _words_statement(dialect: str) -> Select[Any]:
    """Built once an engine, for it is asked with every letter typed."""
    statement = _WORDS_SQLITE if dialect == "sqlite" else _WORDS_POSTGRESQL
    hits = statement.columns(id=t.Id()).subquery("hits")
    patient = table_of(Patient)
    return _seen_last_first(_shown().join(hits, hits.c.id == patient.c.id), bindparam("shown", type_=Integer()))


def by_words(reader: Reader, ask: Ask, limit: int) -> Sequence[AnyRow]:
    """Patients whose index words are as asked; whoever was here last comes first."""
    asked = in_fts5(ask) if reader.dialect == "sqlite" else in_tsquery(ask)
    return reader.rows(_words_statement(reader.dialect), {"ask": asked, "most": MOST, "shown": limit})


def recent(reader: Reader, limit: int) -> Sequence[AnyRow]:
    """Who was here last."""
    patient = table_of(Patient)
    statement = _shown().where(patient.c.last_visit_on.is_not(None))
    return reader.rows(statement.order_by(patient.c.last_visit_on.desc(), patient.c.id.desc()).limit(limit))


def _begins(column: ColumnElement[str], beginning: str, after: str) -> ColumnElement[bool]:
    return (column >= _typed(beginning)) & (column < _typed(beginning + after))


def _typed(words: str) -> ColumnElement[str]:
    """What a person typed, which may be longer than what the store has room for."""
    return literal(words, String())


def by_number(reader: Reader, beginnings: Sequence[str], limit: int) -> Sequence[AnyRow]:
    """Patients whose number (see `mrn_key`) begins so."""
    column = table_of(Patient).c.mrn_folded
    found = or_(*(_begins(column, beginning, _AFTER_NUMBERS) for beginning in beginnings))
    return reader.rows(_shown().where(found).order_by(column).limit(limit))


def by_phone(reader: Reader, reversed_tail: str, typed: str, limit: int) -> Sequence[AnyRow]:
    """Patients whose phone ends so, or is `typed` written with another country code or trunk zero."""
    column = table_of(Patient).c.phone_reversed
    rows = reader.rows(_seen_last_first(_shown().where(_begins(column, reversed_tail[:7], _AFTER_DIGITS)), MOST))
    ends = reversed_tail[::-1]
    return [r for r in rows if same_phone(r.phone, typed) or _digits_of(r).endswith(ends)][:limit]


def _digits_of(row: AnyRow) -> str:
    return "".join(c for c in str(row.phone) if c.isdecimal())


def by_national_id(reader: Reader, written: Sequence[str], limit: int) -> Sequence[AnyRow]:
    """Patients with this national ID, in one of these spellings."""
    statement = _shown().where(table_of(Patient).c.national_id.in_([_typed(each) for each in written]))
    return reader.rows(_seen_last_first(statement, limit))


def number_beginnings(reader: Reader, count: int) -> list[str]:
    """How the numbers with this count begin, one for each station and series of the clinic."""
    station = table_of(Station)
    rows = reader.rows(select(station.c.code, station.c.series).order_by(station.c.code))
    facility = reader.facility.code.lower()
    return [f"{facility}{r.code.lower()}{r.series.lower()}{count:06d}" for r in rows]


def known_words(reader: Reader, variants: Sequence[str]) -> dict[str, list[str]]:
    """The known name words of which one of these is a variant: {variant: [word, …]}."""
    near = table_of(NameVariant)
    found: dict[str, list[str]] = {}
    for row in reader.rows(select(near.c.variant, near.c.word).where(near.c.variant.in_(list(variants))).limit(MOST)):
        found.setdefault(row.variant, []).append(row.word)
    return found


def possible_people(
    reader: Reader, ask: Ask | None, reversed_tail: str, national_id: str, but: Id | None
) -> dict[Id, AnyRow]:
    """Candidates for being the same person: alike by name and age, the same phone, the same national ID."""
    patient = table_of(Patient)
    found: list[AnyRow] = []
    if ask is not None:
        found += by_words(reader, ask, MOST // 2)
    if len(reversed_tail) >= 7:
        same_tail = _begins(patient.c.phone_reversed, reversed_tail[:7], _AFTER_DIGITS)
        found += reader.rows(_shown().where(same_tail).limit(MOST // 8))
    if national_id:
        found += reader.rows(_shown().where(patient.c.national_id == _typed(national_id)).limit(MOST // 8))
    return {row.id: row for row in found if row.id != but}
