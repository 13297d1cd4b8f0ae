"""How patients are found: the words a record is indexed by, and what a typed line asks for.

A record's index words are its folded name words and, each behind a private-use character of its own, how those words
sound, the year of birth and the month the patient was last seen. So one word index answers names in any order, near
names, "asha 28y", and "who was here lately" first.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from hms_desktop.domain.names import phone_digits, sound_key, words

SOUND, SEEN, SPELT, BORN = "\ue000", "\ue001", "\ue002", "\ue003"
_MOST_WORDS = 12
_LONGEST_WORD = 40
_MONTHS_RECENT = 3
_LONGEST_LINE = 200
UNKNOWN_YEAR = f"{BORN}0"
"""Index word of a record without a date of birth."""


@dataclass(frozen=True, slots=True)
class Term:
    """One index word, or every word that begins so."""

    word: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All parts must hold."""

    parts: "tuple[Ask, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part must hold."""

    parts: "tuple[Ask, ...]"


Ask = Term | Every | Some
"""What is asked of the word index; a store turns it into its own words."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed line says: name words, years of birth it allows, digits when there are only digits, and the line
    as a number is written, without dashes and blanks.
    """

    words: tuple[str, ...]
    years: tuple[int, ...]
    digits: str
    compact: str


def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name as the index keeps them. Letters younger than Unicode 3.2 are spelt by their code
    point, for not every engine knows them as letters.
    """
    return tuple("".join(map(_spelt, word[:_LONGEST_WORD])) for word in words(text)[:_MOST_WORDS])


def _spelt(character: str) -> str:
    kind = unicodedata.ucd_3_2_0.category(character)
    known = kind[0] in "LN" or kind in {"Mn", "Mc"}
    return character if known else f"{SPELT}{ord(character):x}"


def sounds(text: str) -> tuple[str, ...]:
    """Index words of how a name sounds. Words that are their own key (other scripts) have none."""
    keys = ((word, sound_key(word)) for word in words(text)[:_MOST_WORDS])
    return tuple(f"{SOUND}{key}" for word, key in keys if key != word and key.isascii() and len(key) > 1)


def index_words(name: str, birth_date: date | None, seen: date) -> str:
    """What `patient.search_words` holds. `seen` is the day of the last visit, or of registration."""
    born = f"{BORN}{birth_date.year}" if birth_date else UNKNOWN_YEAR
    found = (*name_words(name), *sounds(name), born, f"{SEEN}{seen:%Y%m}")
    return " ".join(dict.fromkeys(found))


def mrn_key(text: str) -> str:
    """A patient number as it is compared: lower case letters and digits only."""
    return "".join(words(text))


def reversed_phone(text: str) -> str:
    """A telephone number's digits from the last to the first, so that its tail is a prefix."""
    return phone_digits(text)[:40][::-1]


def read_line(text: str, today: date) -> Typed:
    """What a person typed into the patient search. `28y` and, beside a name, `1998` narrow the year of birth."""
    found = words(text[:_LONGEST_LINE])
    compact = "".join(found)
    if not any(c.isalpha() for c in compact):
        return Typed((), (), phone_digits(text[:_LONGEST_LINE]), compact)
    names, years = [], []
    for word in found[:_MOST_WORDS]:
        if age := re.fullmatch(r"(\d{1,3})y", word):
            year = today.year - int(age[1])
            years += [year - 1, year, year + 1]
        elif re.fullmatch(r"(18|19|20)\d\d", word):
            years.append(int(word))
        else:
            names.append(word)
    return Typed(name_words(" ".join(names)), tuple(sorted(set(years))), "", compact)


def recent_months(today: date) -> Some:
    """Asks for patients seen this month or in the two before."""
    count = today.year * 12 + today.month - 1
    months = [divmod(count - back, 12) for back in range(_MONTHS_RECENT)]
    return Some(tuple(Term(f"{SEEN}{year:04d}{month + 1:02d}") for year, month in months))


def ask_names(typed: Typed, *, prefix: bool) -> Every:
    """Asks for every typed word, whole or as a beginning, within the years."""
    return Every((*(Term(word, prefix) for word in typed.words), *_born_in(typed.years)))


def ask_near(typed: Typed, slips: dict[str, tuple[str, ...]]) -> Every:
    """Asks for each typed word, one that sounds like it, or one of its `slips` (known words one letter off)."""
    groups = []
    for word in typed.words:
        terms = [Term(word, prefix=True), *(Term(key) for key in sounds(word)), *map(Term, slips.get(word, ()))]
        groups.append(Some(tuple(terms)))
    return Every((*groups, *_born_in(typed.years)))


def _born_in(years: tuple[int, ...]) -> tuple[Some, ...]:
    return (Some(tuple(Term(f"{BORN}{year}") for year in years)),) if years else ()


def ask_duplicates(name: str, birth_date: date | None) -> Ask | None:
    """Asks for those whose name may be the same (two words that sound alike, or the only one) and whose age may."""
    keys = [Some((Term(word), *(Term(key) for key in sounds(word)))) for word in words(name)[:4]]
    if not keys:
        return None
    pairs = [Every((one, other)) for i, one in enumerate(keys) for other in keys[i + 1 :]]
    named: Ask = Some(tuple(pairs)) if pairs else keys[0]
    if birth_date is None:
        return named
    near = range(birth_date.year - 3, birth_date.year + 4)
    return Every((named, Some((Term(UNKNOWN_YEAR), *(Term(f"{BORN}{year}") for year in near)))))


def variants(word: str) -> tuple[str, ...]:
    """`word` and what is left when one of its letters is missing; none for words too short to be told apart."""
    if not 4 <= len(word) <= 24:
        return ()
    return tuple(dict.fromkeys((word, *(word[:i] + word[i + 1 :] for i in range(len(word))))))


def one_letter_off(one: str, other: str) -> bool:
    """Whether one letter more, less, changed or swapped with its neighbour makes `one` of `other`."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if left[1:] == right or left == right[1:] or left[1:] == right[1:]:
        return True
    return left[1:2] + left[:1] + left[2:] == right and len(left) > 1
