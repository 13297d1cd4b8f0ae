"""Names of people in any script: folded for searching, heard for near misses, compared for likely duplicates."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

_LATIN = str.maketrans(
    {
        "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ɓ": "b", "ɗ": "d", "ɖ": "d",
        "ƙ": "k", "ƴ": "y", "ŋ": "ng", "ɛ": "e", "ɔ": "o", "ħ": "h", "ŧ": "t", "ɣ": "g", "ʋ": "v", "ƒ": "f",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, as a clerk without them types them."""

_ARABIC = str.maketrans({"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ـ": None, "ء": None})
"""Spelling variants of one Arabic, Persian or Urdu letter; tatweel and a bare hamza go."""

_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # Latin, Greek, Cyrillic
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]"  # Hebrew points, Arabic harakat
)
_APOSTROPHES = re.compile("['’‘ʼʻʿʾ`´′ʹ]")


_KEPT = 20_000
"""Names whose folded form and sound are kept: a country has some thousand, and each is compared again and again."""


@lru_cache(maxsize=_KEPT)
def fold(text: str) -> str:
    """`text` as it is searched: lower case, no accents, one space; every script kept.

    Latin, Greek, Cyrillic, Hebrew and Arabic lose their marks (Arabic also tatweel and the variants of alef, yeh, kaf
    and heh); Devanagari and other scripts of India keep their vowel signs, which are letters. Apostrophes vanish
    (Ng'ang'a = nganga), other punctuation is a space, digits of any script become Latin. Folding twice changes
    nothing.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = _MARKS.sub("", _APOSTROPHES.sub("", spread)).translate(_LATIN).translate(_ARABIC)
    kept = "".join(_kept(c) for c in bare)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _kept(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.digit(character))
    if kind[0] in "LMN":
        return character
    return "" if kind == "Cf" else " "


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, in the order written."""
    return tuple(fold(text).split())


def phone_digits(text: str) -> str:
    """The digits of a telephone number, without +, 00 and punctuation; digits of any script become Latin ones."""
    digits = "".join(str(unicodedata.digit(c)) for c in text if unicodedata.category(c) == "Nd")
    return digits.removeprefix("00")


def same_phone(one: str, other: str) -> bool:
    """Whether two numbers reach one phone: equal without country code and trunk zero. Fewer than 7 digits never
    match.
    """
    short, long = sorted((phone_digits(one).lstrip("0"), phone_digits(other).lstrip("0")), key=len)
    return len(short) >= 7 and long.endswith(short)


_HEARD_ARABIC = str.maketrans(
    {
        "ا": "a", "و": "w", "ي": "y", "ع": "a", "ب": "b", "پ": "b", "ت": "t", "ث": "t", "د": "t", "ذ": "t", "ض": "t",
        "ط": "t", "ج": "j", "چ": "ch", "ح": "h", "ه": "h", "خ": "k", "ق": "k", "ك": "k", "غ": "g", "گ": "g", "ر": "l",
        "ل": "l", "ز": "s", "س": "s", "ص": "s", "ظ": "s", "ژ": "j", "ش": "sh", "ف": "f", "ڤ": "f", "م": "m", "ن": "n",
    }
)  # fmt: skip

_HEARD_LATIN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        ("x", "ks"),
        ("sch|tch|sh|ch", "x"),
        ("dj|dz", "j"),
        ("ph", "f"),
        ("gh", "g"),
        ("ck|kh|qu|q", "k"),
        ("c(?=[eiy])|z", "s"),
        ("c", "k"),
        ("^gn", "n"),
        ("^ou(?=[aeiouy])", "w"),
        ("d", "t"),
        ("v", "f"),
        ("r", "l"),
        ("p", "b"),
        ("h", ""),
    )
)


@lru_cache(maxsize=_KEPT)
def sound_key(word: str) -> str:
    """How `word` sounds, coarsely: spellings of one name that drift share a key.

    An own key, not Soundex: it joins what clerks write for one sound in English, French, Swahili and Arabic (sh/ch,
    dj/j, ou/w, d/t, l/r, p/b, v/f, z/s, kh/q/k, dropped h, doubled letters and every vowel but a leading one).
    Mohamed, Muhammad, Mahamat and محمد are one; so are Aisha, Aicha and عائشة. Words of other scripts are their own
    key.
    """
    heard = "".join(words(word)).translate(_HEARD_ARABIC)
    if not heard.isascii():
        return heard
    for pattern, sound in _HEARD_LATIN:
        heard = pattern.sub(sound, heard)
    first, rest = ("a", heard) if heard[:1] in tuple("aeiouy") else ("", heard)
    if first == "" and heard[:1] == "w":
        first, rest = "w", heard[1:]
    sounds = re.sub("[aeiouyw]", "", rest)
    return first + re.sub(r"(.)\1+", r"\1", sounds)


def similarity(one: str, other: str) -> int:
    """How alike two names are, 0 to 100, whatever the order of their words. Symmetric; 100 for the same words.

    Each word is paired with its best partner (edits, or the same sound); a word without a partner counts half.
    """
    mine, theirs = words(one), words(other)
    if not mine or not theirs:
        return 0
    scored = sorted(
        ((_word_similarity(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)),
        key=lambda pair: (-pair[0], *sorted((mine[pair[1]], theirs[pair[2]]))),
    )
    left, right = set(range(len(mine))), set(range(len(theirs)))
    gained = weight = 0.0
    for score, i, j in scored:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            letters = len(mine[i]) + len(theirs[j])
            gained, weight = gained + score * letters, weight + letters
    weight += sum(len(mine[i]) for i in left) / 2 + sum(len(theirs[j]) for j in right) / 2
    return round(100 * gained / weight)


@lru_cache(maxsize=_KEPT)
def _word_similarity(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return 0.7 if one[0] == other[0] else 0.0
    edits = 1 - _edits(one, other) / max(len(one), len(other))
    key = sound_key(one)
    return max(edits, 0.9) if len(key) > 1 and key == sound_key(other) else edits


def _edits(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


class DuplicateReason(StrEnum):
    """Why a known patient may be the new one."""

    SAME_NATIONAL_ID = "same_national_id"
    SIMILAR_NAME_SAME_BIRTH = "similar_name_same_birth"
    SAME_NAME_SIMILAR_AGE = "same_name_similar_age"
    SAME_NAME_OTHER_ORDER = "same_name_other_order"
    SIMILAR_NAME = "similar_name"
    SAME_PHONE = "same_phone"


_POINTS = {
    DuplicateReason.SAME_NATIONAL_ID: 100,
    DuplicateReason.SIMILAR_NAME_SAME_BIRTH: 85,
    DuplicateReason.SAME_NAME_SIMILAR_AGE: 80,
    DuplicateReason.SAME_NAME_OTHER_ORDER: 70,
    DuplicateReason.SIMILAR_NAME: 45,
    DuplicateReason.SAME_PHONE: 45,
}
"""Our own weights: chosen so that one strong reason, or two weak ones, come before a shared household phone."""

LIKELY = 40
"""Below this score a patient is not shown as a possible duplicate."""


@dataclass(frozen=True, slots=True)
class Person:
    """What duplicates are judged by. `ref` is the caller's own key; `sex` a code such as female, or empty."""

    ref: str
    name: str
    birth_date: date | None = None
    birth_estimated: bool = False
    sex: str = ""
    phone: str = ""
    national_id: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A known person who may be the new one, why, and how likely (0 to 100)."""

    person: Person
    score: int
    reasons: tuple[DuplicateReason, ...]


def possible_duplicates(candidate: Person, others: Iterable[Person]) -> tuple[Duplicate, ...]:
    """Those among `others` who may be `candidate`, likeliest first.

    Each further reason adds 10 points; two different known sexes take 25 away.
    """
    found = []
    for other in others:
        reasons = _reasons(candidate, other)
        if not reasons:
            continue
        points = max(_POINTS[r] for r in reasons) + 10 * (len(reasons) - 1)
        if {candidate.sex, other.sex} == {"female", "male"}:
            points -= 25
        if points >= LIKELY:
            found.append(Duplicate(other, min(points, 100), reasons))
    return tuple(sorted(found, key=lambda d: (-d.score, fold(d.person.name), d.person.ref)))


def _reasons(one: Person, other: Person) -> tuple[DuplicateReason, ...]:
    found = []
    mine, theirs = fold(one.national_id).replace(" ", ""), fold(other.national_id).replace(" ", "")
    if mine and mine == theirs:
        found.append(DuplicateReason.SAME_NATIONAL_ID)
    by_name = _name_reason(one, other)
    if by_name is not None:
        found.append(by_name)
    if same_phone(one.phone, other.phone):
        found.append(DuplicateReason.SAME_PHONE)
    return tuple(found)


def _name_reason(one: Person, other: Person) -> DuplicateReason | None:
    """The strongest reason that lies in the name. Ages more than two years apart speak against the same name."""
    alike = similarity(one.name, other.name)
    if alike < 80:
        return None
    both_known = one.birth_date is not None and one.birth_date == other.birth_date
    if both_known and not (one.birth_estimated or other.birth_estimated):
        return DuplicateReason.SIMILAR_NAME_SAME_BIRTH
    if not _ages_agree(one, other):
        return None
    mine, theirs = words(one.name), words(other.name)
    if mine == theirs:
        return DuplicateReason.SAME_NAME_SIMILAR_AGE
    return DuplicateReason.SAME_NAME_OTHER_ORDER if sorted(mine) == sorted(theirs) else DuplicateReason.SIMILAR_NAME


def _ages_agree(one: Person, other: Person) -> bool:
    """Within two years, or unknown on one side."""
    if one.birth_date is None or other.birth_date is None:
        return True
    early, late = sorted((one.birth_date, other.birth_date))
    return (late - early).days <= 2 * 366
