"""Finding patients: the word index of each engine, telephone tails, patient numbers, national IDs.

Every statement is bounded: an index gives its candidates, the best of which are shown. Nothing here scans the patients.
On SQLite the rows of the word index lie in the order of the last visit, so its newest rows are the best already;
PostgreSQL's index knows no order, so there who was here in the last months is asked for first, and `MOST` are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import repeat
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Subquery, bindparam, or_, select, text

from hms_desktop.data import types as t
from hms_desktop.data.base import table_of
from hms_desktop.data.question import Column, Question, first, rows_of
from hms_desktop.data.reader import Reader
from hms_desktop.data.tables.facility import Station
from hms_desktop.data.tables.patients import NameVariant, Patient
from hms_desktop.data.tables.visits import Visit
from hms_desktop.domain.checkdigit import KIND_LETTERS
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import Person, same_phone
from hms_desktop.domain.patient_search import Ask, Every, Term, ask_names, read_line, recent_months
from hms_desktop.domain.patients import PatientHit, Sex, full_name, listed_name

MOST = 400
"""How many candidates an index without an order gives before the best are chosen."""
_SPARE = 5
"""So many more are taken from the ordered index, for those that are void."""
_AFTER_DIGITS = "a"
_AFTER_NUMBERS = "z" * 30
"""Ends of a prefix: sort behind every telephone tail and every patient number, in each engine's own sorting order."""

_WORDS_SQLITE = (
    "SELECT found.patient_id AS id, hit.rowid >> 24 AS month FROM"
    " (SELECT rowid FROM patient_words WHERE patient_words MATCH :ask ORDER BY rowid DESC LIMIT {most}) AS hit"
    " CROSS JOIN patient_search_row AS found ON found.row = hit.rowid"
)
_WORDS_POSTGRESQL = (
    "SELECT id, 0 AS month FROM patient"
    " WHERE array_to_tsvector(string_to_array(search_words, ' ')) @@ CAST(:ask AS tsquery) LIMIT {most}"
)
_patient, _visit = table_of(Patient), table_of(Visit)


@dataclass(frozen=True, slots=True)
class Found:
    """A patient as an index gives them, before anybody judged how well they match."""

    id: Id
    mrn: str
    given_name: str
    middle_name: str
    family_name: str
    birth_date: date | None
    birth_estimated: bool
    sex: Sex
    phone: str
    national_id: str
    last_visit_on: date | None
    open_visit: str | None

    @property
    def person(self) -> Person:
        """As likely duplicates are judged by."""
        name = full_name(self.given_name, self.middle_name, self.family_name)
        return Person(self.id, name, self.birth_date, self.birth_estimated, self.sex, self.phone, self.national_id)

    def hit(self, matched: str) -> PatientHit:
        """As a row of the search; `matched` says why."""
        return PatientHit(
            id=self.id, mrn=self.mrn, name=listed_name(self.given_name, self.middle_name, self.family_name),
            birth_date=self.birth_date, birth_estimated=self.birth_estimated, sex=self.sex, phone=self.phone,
            matched=matched, last_visit=self.last_visit_on, open_visit=self.open_visit,
        )  # fmt: skip


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


def _shown(hits: Subquery | None = None) -> Select[Any]:
    """The columns of `Found`, each patient with the open visit.

    With `hits` (ids of patients, none of which is ever deleted): theirs. The outer join makes SQLite begin with them;
    left to itself it reads the patients by their last visit until enough of them are hits.
    """
    people = _patient if hits is None else hits.outerjoin(_patient, _patient.c.id == hits.c.id)
    return (
        select(
            _patient.c.id, _patient.c.mrn, _patient.c.given_name, _patient.c.middle_name, _patient.c.family_name,
            _patient.c.birth_date, _patient.c.birth_estimated, _patient.c.sex, _patient.c.phone, _patient.c.national_id,
            _patient.c.last_visit_on, _visit.c.number.label("open_visit"),
        )
        .select_from(people.outerjoin(_visit, _visit.c.open_key == _patient.c.id))
        .where(_patient.c.voided_at.is_(None))
    )  # fmt: skip


def _best(statement: Select[Any], limit: int) -> Question:
    """The first of a list that begins with whoever was here last."""
    return Question(
        first(statement.order_by(_patient.c.last_visit_on.desc().nulls_last(), _patient.c.id.desc()), limit)
    )


def _hits(columns: Sequence[Column], matched: str) -> list[PatientHit]:
    ids, numbers, given, middle, family, born, estimated, sexes, phones, _national, seen, visits = columns
    names = map(listed_name, given, middle, family)
    return rows_of(PatientHit, ids, numbers, names, born, estimated, sexes, phones, repeat(matched), seen, visits)


@cache
def _words(dialect: str, most: int, limit: int) -> Question:
    statement = _WORDS_SQLITE if dialect == "sqlite" else _WORDS_POSTGRESQL
    ask = text(statement.format(most=most)).bindparams(bindparam("ask", type_=String()))
    hits = ask.columns(id=t.Id(), month=t.Whole()).subquery("hits")
    return _best(_shown(hits).order_by(hits.c.month.desc()), limit)


def by_words(reader: Reader, ask: Ask, limit: int) -> list[PatientHit]:
    """Patients whose index words are as asked; whoever was here last comes first."""
    if reader.dialect == "sqlite":
        return _hits(_columns(reader, ask, limit + _SPARE, limit), "name")
    lately = _hits(_columns(reader, Every((ask, recent_months(reader.today))), MOST, limit), "name")
    if len(lately) >= limit:
        return lately
    known = {hit.id: hit for hit in [*lately, *_hits(_columns(reader, ask, MOST, limit), "name")]}
    return list(known.values())[:limit]


def candidates(reader: Reader, ask: Ask, most: int) -> list[Found]:
    """Patients whose index words are as asked, to be judged; whoever was here last comes first."""
    return rows_of(Found, *_columns(reader, ask, most if reader.dialect == "sqlite" else MOST, most))


def _columns(reader: Reader, ask: Ask, most: int, limit: int) -> list[Column]:
    asked = in_fts5(ask) if reader.dialect == "sqlite" else in_tsquery(ask)
    return reader.columns(_words(reader.dialect, most, limit), ask=asked)


@cache
def _recent(limit: int) -> Question:
    statement = _shown().where(_patient.c.last_visit_on.is_not(None))
    return Question(first(statement.order_by(_patient.c.last_visit_on.desc(), _patient.c.id.desc()), limit))


def recent(reader: Reader, limit: int) -> list[PatientHit]:
    """Who was here last."""
    return _hits(reader.columns(_recent(limit)), "recent")


def _begins(column: ColumnElement[str], place: int = 0) -> ColumnElement[bool]:
    return (column >= _typed(f"from{place}")) & (column < _typed(f"below{place}"))


def _typed(name: str) -> ColumnElement[str]:
    """What a person typed, which may be longer than what the store has room for."""
    return bindparam(name, type_=String())


def _from(beginnings: Sequence[str], after: str) -> dict[str, str]:
    ends = {f"below{place}": each + after for place, each in enumerate(beginnings)}
    return {f"from{place}": each for place, each in enumerate(beginnings)} | ends


@cache
def _numbered(beginnings: int, limit: int) -> Question:
    begun = or_(*(_begins(_patient.c.mrn_folded, place) for place in range(beginnings)))
    return Question(first(_shown().where(begun).order_by(_patient.c.mrn_folded), limit))


def by_number(reader: Reader, beginnings: Sequence[str], limit: int) -> list[PatientHit]:
    """Patients whose number (see `mrn_key`) begins so."""
    question = _numbered(len(beginnings), limit)
    return _hits(reader.columns(question, **_from(beginnings, _AFTER_NUMBERS)), "mrn")


@cache
def _tailed() -> Question:
    tail = first(select(_patient.c.id).where(_begins(_patient.c.phone_reversed)), MOST).subquery("tail")
    return _best(_shown(tail), MOST)


def by_phone(reader: Reader, reversed_tail: str, typed: str, limit: int) -> list[PatientHit]:
    """Patients whose phone ends so, or is `typed` written with another country code or trunk zero."""
    hits = _hits(reader.columns(_tailed(), **_from([reversed_tail[:7]], _AFTER_DIGITS)), "phone")
    ends = reversed_tail[::-1]
    return [hit for hit in hits if _digits_of(hit).endswith(ends) or same_phone(hit.phone, typed)][:limit]


def _digits_of(hit: PatientHit) -> str:
    return hit.phone if hit.phone.isdecimal() else "".join(c for c in hit.phone if c.isdecimal())


@cache
def _identified(spellings: int, limit: int) -> Question:
    places = [_typed(f"written{place}") for place in range(spellings)]
    return _best(_shown().where(_patient.c.national_id.in_(places)), limit)


def by_national_id(reader: Reader, written: Sequence[str], limit: int) -> list[PatientHit]:
    """Patients with this national ID, in one of these spellings."""
    values = {f"written{place}": each for place, each in enumerate(written)}
    return _hits(reader.columns(_identified(len(written), limit), **values), "national_id")


_ONE = Question(_shown().where(_patient.c.id == bindparam("patient", type_=t.Id())))
_STATIONS = Question(select(Station.code, Station.series).order_by(Station.code))


def by_id(reader: Reader, patient_id: Id, matched: str) -> list[PatientHit]:
    """The patient with this id, unless void."""
    return _hits(reader.columns(_ONE, patient=patient_id), matched)


def number_beginnings(reader: Reader, count: int) -> list[str]:
    """How the patient numbers with this count begin, one for each station and series of the clinic."""
    codes, series = reader.columns(_STATIONS)
    facility, letter = reader.facility.code.lower(), KIND_LETTERS[NumberKind.MRN].lower()
    return [
        f"{facility}{code.lower()}{each.lower()}{letter}{count:06d}" for code, each in zip(codes, series, strict=True)
    ]


@cache
def _near(places: int) -> Question:
    near = table_of(NameVariant)
    asked = [_typed(f"variant{place}") for place in range(places)]
    return Question(first(select(near.c.variant, near.c.word).where(near.c.variant.in_(asked)), MOST))


def known_words(reader: Reader, variants: Sequence[str]) -> dict[str, list[str]]:
    """The known name words of which one of these is a variant: {variant: [word, …]}."""
    places = 1 << (len(variants) - 1).bit_length()
    values = {f"variant{place}": each for place, each in enumerate(_repeated(variants, places))}
    found: dict[str, list[str]] = {}
    for variant, word in zip(*reader.columns(_near(places), **values), strict=True):
        found.setdefault(variant, []).append(word)
    return found


def _repeated(values: Sequence[str], places: int) -> Iterator[str]:
    """The values, and the last one again until all places are filled: few statements serve every length."""
    yield from values
    yield from repeat(values[-1], places - len(values))


@cache
def _same_tail() -> Question:
    return Question(first(_shown().where(_begins(_patient.c.phone_reversed)), MOST // 8))


def possible_people(
    reader: Reader, ask: Ask | None, reversed_tail: str, national_id: str, but: Id | None
) -> dict[Id, Found]:
    """Candidates for being the same person: alike by name and age, the same phone, the same national ID."""
    found: list[Found] = []
    if ask is not None:
        found += candidates(reader, ask, MOST // 2)
    if len(reversed_tail) >= 7:
        found += rows_of(Found, *reader.columns(_same_tail(), **_from([reversed_tail[:7]], _AFTER_DIGITS)))
    if national_id:
        found += rows_of(Found, *reader.columns(_identified(1, MOST // 8), written0=national_id))
    return {each.id: each for each in found if each.id != but}


_NAMED_SQLITE = (
    "SELECT 1 FROM patient_search_row AS named CROSS JOIN patient_words ON patient_words.rowid = named.row"
    " WHERE named.patient_id = patient.id AND patient_words MATCH :named"
)
_NAMED_POSTGRESQL = "array_to_tsvector(string_to_array(patient.search_words, ' ')) @@ CAST(:named AS tsquery)"


def named(reader: Reader, typed: str) -> ColumnElement[bool]:
    """For a list that joins `patient`: every typed word begins a word of the name, or all of it begins the number.

    A few rows are looked up in the word index; names and years are read as the patient search reads them.
    """
    line = read_line(typed, reader.today)
    begun = [line.compact, reader.facility.code.lower() + line.compact]
    count, check = line.compact[:6], line.compact[6:]
    if count.isascii() and count.isdecimal() and len(check) <= 1:
        begun += [each + check for each in number_beginnings(reader, int(count))]
    numbered = [_patient.c.mrn_folded.startswith(each, autoescape=True) for each in begun]
    if not line.words:
        return or_(*numbered)
    ask = ask_names(line, prefix=True)
    sqlite = reader.dialect == "sqlite"
    asked = text(f"EXISTS ({_NAMED_SQLITE})" if sqlite else _NAMED_POSTGRESQL).bindparams(
        bindparam("named", in_fts5(ask) if sqlite else in_tsquery(ask), String())
    )
    return or_(asked, *numbered)
