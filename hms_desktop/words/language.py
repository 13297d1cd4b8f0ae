"""Which language we speak, and the functions that every text for a person goes through.

A text is translated first and filled in afterwards: `tr("Saved {time}", time=shown)`. The first argument is always a
literal, so that Babel finds it. Texts hold no braces but those of their placeholders.
"""

import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations
from pathlib import Path

from hms_desktop.words import catalogue


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code (ISO 639-1), its own name for itself, and whether it runs from right to left."""

    code: str
    name: str
    right_to_left: bool = False


ENGLISH = Language("en", "English")
LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    Language("fr", "Français"),
    Language("es", "Español"),
    Language("pt", "Português"),
    Language("sw", "Kiswahili"),
    Language("ar", "العربية", right_to_left=True),
)
"""All languages that the program plans for; `available` names those that it speaks."""


@dataclass(slots=True)
class _Speech:
    """What this process knows about speaking: one per process, set up by `configure`."""

    folder: Path
    language: Language = ENGLISH
    loaded: dict[str, NullTranslations] = field(default_factory=dict)
    own_words: dict[str, dict[str, str]] = field(default_factory=dict)


_speech = _Speech(catalogue.beside_the_package())
_here: ContextVar[Language | None] = ContextVar("language", default=None)


def configure(folder: Path) -> None:
    """Take the catalogues from `folder`. Called once at the start by whoever joins the program together."""
    _speech.folder = folder
    _speech.loaded.clear()


def available() -> tuple[Language, ...]:
    """The languages that have a catalogue, English first."""
    return tuple(each for each in LANGUAGES if catalogue.exists(_speech.folder, each.code))


def language_of(code: str | None) -> Language:
    """The language with this code; English when the program does not speak it."""
    return next((each for each in available() if each.code == code), ENGLISH)


def current() -> Language:
    """The language of this thread and moment: the one that `using` asked for, else the program's."""
    return _here.get() or _speech.language


def set_language(code: str | None) -> Language:
    """Speak this language from now on in the whole program (English when we have none such). Gives what was taken."""
    _speech.language = language_of(code)
    return _speech.language


@contextmanager
def using(code: str | None) -> Iterator[Language]:
    """Speak another language inside this block, in this thread only: a paper for a patient, for one."""
    chosen = language_of(code)
    token = _here.set(chosen)
    try:
        yield chosen
    finally:
        _here.reset(token)


def set_overrides(code: str, words: Mapping[str, str]) -> None:
    """Take the clinic's own words for a language: English text → what the clinic says instead of our translation.

    An empty replacement gives our own word back. Raises ValueError, before anything is taken, when a replacement
    names a placeholder that the text does not have.
    """
    for text, replacement in words.items():
        strange = placeholders(replacement) - placeholders(text)
        if strange:
            raise ValueError(f"{text!r} has no placeholder {', '.join(sorted(strange))}")
    _speech.own_words[code] = {text: replacement for text, replacement in words.items() if replacement}


def placeholders(text: str) -> frozenset[str]:
    """The names in braces of a text. Raises ValueError for a brace that is not closed."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def tr(text: str, /, **facts: object) -> str:
    """`text` in the current language, filled in with `facts`."""
    spoken = _speaker()
    return _filled(_own(text) or spoken.gettext(text), facts)


def trc(context: str, text: str, /, **facts: object) -> str:
    """Like `tr`, for an English word that has two meanings: `context` says which one is meant."""
    spoken = _speaker()
    return _filled(_own(text) or spoken.pgettext(context, text), facts)


def trn(one: str, many: str, n: int, /, **facts: object) -> str:
    """`one` or `many`, as the current language counts `n`. The text may use `{n}`."""
    spoken = _speaker()
    own = _own(one if n == 1 else many)
    return _filled(own or spoken.ngettext(one, many, n), {"n": n, **facts})


def N_(text: str, /) -> str:  # noqa: N802 - the name that gettext's users know
    """Mark a text for translation without translating it here."""
    return text


def NC_(_context: str, text: str, /) -> str:  # noqa: N802 - the name that gettext's users know
    """Mark a text with its context for translation without translating it here."""
    return text


def _speaker() -> NullTranslations:
    code = current().code
    if code not in _speech.loaded:
        _speech.loaded[code] = catalogue.load(_speech.folder, code)
    return _speech.loaded[code]


def _own(text: str) -> str | None:
    return _speech.own_words.get(current().code, {}).get(text)


def _filled(text: str, facts: Mapping[str, object]) -> str:
    return text.format_map(facts) if facts else text
