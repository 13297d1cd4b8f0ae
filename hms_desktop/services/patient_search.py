"""Steps of finding a patient: what was typed becomes questions to the indexes, asked until the list is full."""

import re
from collections.abc import Sequence

from hms_desktop.data.queries import numbers
from hms_desktop.data.queries import patient_search as queries
from hms_desktop.data.reader import Reader
from hms_desktop.domain.checkdigit import Number, read_number
from hms_desktop.domain.facility import NumberKind
from hms_desktop.domain.ids import Id
from hms_desktop.domain.names import Person, possible_duplicates, similarity
from hms_desktop.domain.patient_search import (
    Typed,
    ask_duplicates,
    ask_names,
    ask_near,
    one_letter_off,
    read_line,
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
        return queries.recent(reader, limit)
    if not typed.words and not typed.years:
        return _by_digits(reader, text, typed, limit)
    if any(c.isdecimal() for c in typed.compact):
        paper = read_number(text, facility=reader.facility.code)
        if paper is not None and paper.kind is not NumberKind.MRN and paper.facility == reader.facility.code:
            return _by_paper(reader, paper)
        found = _by_number(reader, text, typed.compact, limit)
        if found:
            return found
    if not typed.words:
        return []
    return _by_names(reader, typed, limit) or _near(reader, typed, limit)


def _by_paper(reader: Reader, number: Number) -> list[PatientHit]:
    """Whoever holds the paper that was scanned: a visit's, a receipt, a specimen's label."""
    patient_id = numbers.patient_of(reader, number)
    return [] if patient_id is None else queries.by_id(reader, patient_id, number.kind.value)


def _by_number(reader: Reader, text: str, compact: str, limit: int) -> list[PatientHit]:
    """A patient number, whole or begun, with or without the clinic's code in front and its kind letter; or a national
    ID.
    """
    facility = reader.facility.code.lower()
    spelt = (compact, re.sub(r"^([a-z]+?)p?(\d)", r"\1p\2", compact))
    begun = [beginning for each in dict.fromkeys(spelt) for beginning in (each, facility + each)]
    if re.fullmatch(r"\d{6}[a-z]", compact):
        begun += [each + compact[6] for each in queries.number_beginnings(reader, int(compact[:6]))]
    return queries.by_number(reader, begun, limit) or _by_national_id(reader, text, limit)


def _by_national_id(reader: Reader, text: str, limit: int) -> list[PatientHit]:
    written = text.strip()
    spellings = {written, written.upper(), written.lower(), written.upper().replace(" ", "").replace("-", "")}
    return queries.by_national_id(reader, sorted(spellings), limit)


def _by_digits(reader: Reader, text: str, typed: Typed, limit: int) -> list[PatientHit]:
    """Only digits: a patient number's count (and check character), the tail of a phone, a national ID."""
    digits = typed.digits
    count = typed.compact if typed.compact.isascii() else digits  # a phone's digits lack the zeros of "dial abroad"
    found: list[PatientHit] = []
    if 0 < len(count) <= 7 and int(count[:6]):
        begun = queries.number_beginnings(reader, int(count[:6]))
        found += queries.by_number(reader, [each + count[6:] for each in begun], limit)
    if len(digits) >= 3:
        found += queries.by_phone(reader, reversed_phone(text), text, limit)
    found += _by_national_id(reader, text, limit)
    seen: dict[Id, PatientHit] = {}
    for hit in found:
        seen.setdefault(hit.id, hit)
    return list(seen.values())[:limit]


def _by_names(reader: Reader, typed: Typed, limit: int) -> list[PatientHit]:
    """Whole words before beginnings; whoever was here last comes first."""
    found = queries.by_words(reader, ask_names(typed, prefix=False), limit)
    if len(found) >= limit:
        return found
    known = {hit.id: hit for hit in [*found, *queries.by_words(reader, ask_names(typed, prefix=True), limit)]}
    return list(known.values())[:limit]


def _near(reader: Reader, typed: Typed, limit: int) -> list[PatientHit]:
    """Nobody is called so: names that sound alike or are one letter off, the most alike first."""
    people = queries.candidates(reader, ask_near(typed, _slips(reader, typed.words)), _MOST_NEAR)
    wanted = " ".join(typed.words)
    scored = [(similarity(wanted, each.person.name), each) for each in people]
    likely = sorted((pair for pair in scored if pair[0] >= _LEAST_ALIKE), key=lambda pair: -pair[0])
    return [each.hit("near_name") for _score, each in likely[:limit]]


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
    judged = possible_duplicates(candidate, [each.person for each in rows.values()])
    return [
        DuplicateRow(rows[Id(each.person.ref)].hit("name"), each.score, each.reasons)
        for each in judged[:_MOST_DUPLICATES]
    ]
