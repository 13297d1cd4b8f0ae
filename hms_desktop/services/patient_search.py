"""Steps of finding a patient: what was typed becomes questions to the indexes, asked until the list is full."""

import re
from collections.abc import Iterable, Sequence

from hms_desktop.data.queries import patient_search as queries
from hms_desktop.data.reader import AnyRow, Reader
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import Person, possible_duplicates, similarity
from hms_desktop.domain.patient_search import (
    Every,
    Typed,
    ask_duplicates,
    ask_names,
    ask_near,
    one_letter_off,
    read_line,
    recent_months,
    reversed_phone,
    variants,
)
from hms_desktop.domain.patients import DuplicateRow, PatientHit

_MOST_SLIPS = 20
_MOST_NEAR = 120
"""How many candidates are compared letter by letter."""
_LEAST_ALIKE = 55
"""Near names less alike than this (0 to 100) only confuse."""
_MOST_DUPLICATES = 8


def find(reader: Reader, text: str, limit: int) -> list[PatientHit]:
    """Patients for a typed line, with the reason: see `services.patients.find_patients`."""
    typed = read_line(text, reader.today)
    if not typed.compact:
        return _hits(queries.recent(reader, limit), "recent")
    if not typed.words and not typed.years:
        return _by_digits(reader, text, typed.digits, limit)
    if any(c.isdecimal() for c in typed.compact):
        found = _by_number(reader, text, typed.compact, limit)
        if found:
            return found
    if not typed.words:
        return []
    return _by_names(reader, typed, limit) or _near(reader, typed, limit)


def _hits(rows: Iterable[AnyRow], matched: str) -> list[PatientHit]:
    return [queries.hit(row, matched) for row in rows]


def _by_number(reader: Reader, text: str, compact: str, limit: int) -> list[PatientHit]:
    """A patient number, whole or begun, with or without the clinic's code in front; or a national ID."""
    begun = [compact, reader.facility.code.lower() + compact]
    if re.fullmatch(r"\d{6}[a-z]", compact):
        begun += [each + compact[6] for each in queries.number_beginnings(reader, int(compact[:6]))]
    rows = queries.by_number(reader, begun, limit)
    return _hits(rows, "mrn") if rows else _by_national_id(reader, text, limit)


def _by_national_id(reader: Reader, text: str, limit: int) -> list[PatientHit]:
    written = text.strip()
    spellings = {written, written.upper(), written.lower(), written.upper().replace(" ", "").replace("-", "")}
    return _hits(queries.by_national_id(reader, sorted(spellings), limit), "national_id")


def _by_digits(reader: Reader, text: str, digits: str, limit: int) -> list[PatientHit]:
    """Only digits: a patient number's count, the tail of a phone, a national ID."""
    found: list[PatientHit] = []
    if 0 < len(digits) <= 7 and int(digits[:6]):
        begun = queries.number_beginnings(reader, int(digits[:6]))
        found += _hits(queries.by_number(reader, [each + digits[6:] for each in begun], limit), "mrn")
    if len(digits) >= 3:
        found += _hits(queries.by_phone(reader, reversed_phone(text), text, limit), "phone")
    found += _by_national_id(reader, text, limit)
    seen: dict[Id, PatientHit] = {}
    for hit in found:
        seen.setdefault(hit.id, hit)
    return list(seen.values())[:limit]


def _by_names(reader: Reader, typed: Typed, limit: int) -> list[PatientHit]:
    """Whole words before beginnings; who was here lately before everybody else."""
    found: dict[Id, PatientHit] = {}
    for prefix in (False, True):
        asked = ask_names(typed, prefix=prefix)
        for ask in (Every((asked, recent_months(reader.today))), asked):
            for row in queries.by_words(reader, ask, limit):
                found.setdefault(row.id, queries.hit(row, "name"))
            if len(found) >= limit:
                return list(found.values())[:limit]
    return list(found.values())


def _near(reader: Reader, typed: Typed, limit: int) -> list[PatientHit]:
    """Nobody is called so: names that sound alike or are one letter off, the most alike first."""
    rows = queries.by_words(reader, ask_near(typed, _slips(reader, typed.words)), _MOST_NEAR)
    wanted = " ".join(typed.words)
    scored = [(similarity(wanted, queries.person(row).name), row) for row in rows]
    likely = sorted((pair for pair in scored if pair[0] >= _LEAST_ALIKE), key=lambda pair: -pair[0])
    return _hits((row for _score, row in likely[:limit]), "near_name")


def _slips(reader: Reader, typed: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each typed word the known words that are one letter off."""
    asked = {word: variants(word) for word in typed}
    wanted = [variant for each in asked.values() for variant in each]
    known = queries.known_words(reader, wanted) if wanted else {}
    slips = {}
    for word, each in asked.items():
        near = {other for variant in each for other in known.get(variant, ()) if one_letter_off(word, other)}
        slips[word] = tuple(sorted(near)[:_MOST_SLIPS])
    return slips


def duplicates(reader: Reader, candidate: Person, but: Id | None = None) -> list[DuplicateRow]:
    """Known patients who may be `candidate`, likeliest first; never the patient `but`."""
    ask = ask_duplicates(candidate.name, candidate.birth_date)
    rows = queries.possible_people(reader, ask, reversed_phone(candidate.phone), candidate.national_id, but)
    judged = possible_duplicates(candidate, [queries.person(row) for row in rows.values()])
    return [
        DuplicateRow(queries.hit(rows[Id(each.person.ref)], "name"), each.score, each.reasons)
        for each in judged[:_MOST_DUPLICATES]
    ]
